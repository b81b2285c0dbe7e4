//! What is written into a title besides it: marks, a name, a year, a venue, a whole citation.

use super::citation;
use crate::model::Citation;

/// A text that is a whole citation, with its title in it: the title, and the citation without it.
pub(super) fn citation_in(text: &str) -> Option<(String, Citation)> {
    let citation = Some(citation::parse(text)).filter(|citation| !citation.authors.is_empty())?;
    let title = citation.title.clone()?;
    Some((title, Citation { title: None, ..citation }))
}

/// `Title of the work, Roe et al., ECCV 2020`: a citation behind the first comma from which all is one.
pub(super) fn citation_behind(text: &str) -> Option<(String, Citation)> {
    const FEWEST_WORDS: usize = 3;
    if !text.trim_end_matches(['.', ')', ' ']).ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.match_indices(", ").find_map(|(at, mark)| {
        let (own, rest) = (&text[..at], &text[at + mark.len()..]);
        if own.split_whitespace().count() < FEWEST_WORDS {
            return None;
        }
        let citation = citation::parse(rest);
        let is_whole =
            citation.year.is_some() && citation.venue.is_some() && !citation.rest.contains(char::is_alphabetic);
        (is_whole && citation.title.is_none()).then(|| (own.to_owned(), citation))
    })
}

/// `2019 - `, `[2021.05]`: the year of a date that is all that stands before a title.
pub(super) fn leading_year(before: &str) -> Option<u16> {
    let date = before.trim_matches(|c: char| !c.is_alphanumeric());
    let is_date = date.len() <= 10 && date.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
    date.get(..4).filter(|_| is_date)?.parse().ok().filter(|year| (1950..2050).contains(year))
}

/// The venue and the year that a heading consists of.
pub(super) fn place_of_heading(label: &str) -> Option<(Option<String>, u16)> {
    let words: Vec<&str> = label
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '年' | '-' | '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let year = words
        .iter()
        .find_map(|word| word.parse().ok().filter(|year| word.len() == 4 && (1950..2050).contains(year)))?;
    match words.as_slice() {
        [_] => Some((None, year)),
        [venue, last] if *last == year.to_string() && venue.chars().filter(|c| c.is_uppercase()).count() >= 2 => {
            Some((Some((*venue).to_owned()), year))
        }
        _ => None,
    }
}

/// `(MolT5) Translation between molecules and language`: the name, and the title.
pub(super) fn name_before(title: &str) -> Option<(&str, &str)> {
    const FEWEST_WORDS: usize = 3;
    let (name, own) = title.strip_prefix('(')?.split_once(')')?;
    let is_name = name.contains(char::is_alphabetic) && name.split_whitespace().count() <= 3;
    (is_name && own.split_whitespace().count() >= FEWEST_WORDS).then(|| (name.trim(), own.trim()))
}

/// `Title of the work (WWW 2019)`: the title, and where and when it was published.
pub(super) fn place_behind(title: &str) -> Option<(String, Option<String>, Option<u16>)> {
    const MOST_WORDS: usize = 14;
    let (open, close) = if title.ends_with(')') { ('(', ')') } else { ('[', ']') };
    let (own, inside) = title.strip_suffix(close)?.rsplit_once(open)?;
    // A date alone may stand behind a name of one word.
    let is_date = !inside.contains(char::is_alphabetic);
    let leading = inside.get(..4).and_then(|digits| digits.parse().ok()).filter(|year| (1950..2050).contains(year));
    let (venue, year) = citation::venue(inside);
    let year = year.or(leading.filter(|_| is_date));
    let n_words = own.split_whitespace().count();
    let is_place =
        year.is_some() && inside.split_whitespace().count() <= MOST_WORDS && n_words >= if is_date { 1 } else { 2 };
    is_place.then(|| (own.trim().to_owned(), venue, year))
}

/// Cuts the numbers of footnotes and references behind a title: `Name [73a], [73b]`.
pub(super) fn without_marks(title: &str) -> &str {
    let mut title = title.trim_end();
    while let Some((before, number)) = title.strip_suffix(']').and_then(|title| title.rsplit_once('[')) {
        let is_mark = !number.is_empty()
            && number.len() <= 4
            && number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_mark || before.trim().is_empty() {
            break;
        }
        title = before.trim_end_matches([' ', ',']);
    }
    title
}

pub(super) fn clean_title(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_mark = |c: char| matches!(c, '*' | '_' | '`' | '|' | ':' | '：' | '-' | '–' | ',' | ';');
    let title = without_marks(&joined).trim_matches(is_mark).trim();
    let title = bracketed(title).unwrap_or(title);
    title.to_owned()
}

/// A full stop ends a title that is not a link, unless it ends an abbreviation.
pub(super) fn without_stop(title: String) -> String {
    let is_sentence = title.split(' ').count() >= 3 && !title.ends_with("..") && !title.ends_with("etc.");
    title.strip_suffix(['.', '。']).filter(|_| is_sentence).map(str::to_owned).unwrap_or(title)
}

/// What stands between brackets that are around all of a title.
pub(super) fn bracketed(title: &str) -> Option<&str> {
    let inner = title.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.contains(['[', ']'])).then(|| inner.trim())
}

/// A description without the marks that lead to it.
pub(super) fn clean_description(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | '：' | '|' | ',')).to_owned()
}
