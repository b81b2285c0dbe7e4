//! Recognises the identifiers that stand in a reference string, together with the label before each.

use crate::id::{ArxivId, Doi, Identifiers, Pmcid, Pmid, WebUrl};

/// No identifier is looked for beyond this many bytes, so that a text of nothing but beginnings takes linear time.
const LONGEST: usize = 1024;

/// An identifier at the beginning of the text, with its label, and its length. `server` says whether the word
/// before it is the name of a preprint server, whose numbers are the second half of a DOI.
pub(super) fn identifier(text: &str, server: bool) -> Option<(Identifiers, usize)> {
    match text.as_bytes().first()? {
        b'h' | b'H' | b'w' => address(text),
        b'd' | b'D' => doi(text),
        b'1' => bare_doi(text, 0).or_else(|| preprint_number(text, server)),
        b'a' | b'A' => arxiv(text),
        b'P' | b'p' => pubmed(text),
        b'0'..=b'9' => preprint_number(text, server),
        _ => None,
    }
}

/// The beginning of the text up to white space or a mark that no identifier contains.
fn run(text: &str) -> &str {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '，' | '。' | '；' | '）');
    let mut most = text.len().min(LONGEST);
    while !text.is_char_boundary(most) {
        most -= 1;
    }
    let text = &text[..most];
    &text[..text.find(is_end).unwrap_or(text.len())]
}

fn address(text: &str) -> Option<(Identifiers, usize)> {
    let is_address = ["http://", "https://", "www.", "HTTP://", "HTTPS://"].iter().any(|start| text.starts_with(start));
    if !is_address {
        return None;
    }
    let run = run(text);
    let length = trim_address(run);
    let url: WebUrl = run[..length].parse().ok()?;
    Some((Identifiers::from_url(&url), length))
}

/// The length of an address without the punctuation of the sentence around it.
pub(crate) fn trim_address(text: &str) -> usize {
    let surplus = |open: char, close: char| text.matches(close).count().saturating_sub(text.matches(open).count());
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    let mut end = text.len();
    while let Some(last) = text[..end].chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '|' | '`' => {}
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

fn doi(text: &str) -> Option<(Identifiers, usize)> {
    if let Some(rest) = text.strip_prefix("doi.org/").or_else(|| text.strip_prefix("dx.doi.org/")) {
        return bare_doi(rest, text.len() - rest.len());
    }
    let label = text.get(..3).filter(|label| label.eq_ignore_ascii_case("doi"))?;
    let rest = skip_label(&text[label.len()..]);
    let offset = text.len() - rest.len();
    if let Some((ids, length)) = address(rest).filter(|(ids, _)| !ids.is_empty()) {
        return Some((ids, offset + length));
    }
    let rest = rest.strip_prefix("doi.org/").unwrap_or(rest);
    bare_doi(rest, text.len() - rest.len())
}

fn skip_label(text: &str) -> &str {
    const MOST_MARKS: usize = 4;
    let is_mark = |c: char| matches!(c, ':' | ';' | ' ' | '：' | '.' | '=' | '-' | '#' | '\u{a0}');
    let length = text.chars().take(MOST_MARKS).take_while(|c| is_mark(*c)).map(char::len_utf8).sum();
    &text[length..]
}

fn bare_doi(text: &str, offset: usize) -> Option<(Identifiers, usize)> {
    // A registrant has four digits or more; to look is cheaper than to search.
    let registrant = text.strip_prefix("10.")?;
    if !registrant.bytes().take(4).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (doi, range) = Doi::find_in(run(text)).filter(|(_, range)| range.start == 0)?;
    Some((Identifiers { doi: Some(doi), ..Identifiers::default() }, offset + range.end))
}

/// `arXiv:1710.10903`, and `abs/1710.10903` as the Computing Research Repository is cited.
fn arxiv(text: &str) -> Option<(Identifiers, usize)> {
    let rest = match text.strip_prefix("abs/") {
        Some(rest) => rest,
        None => skip_label(
            text.get(..5).filter(|label| label.eq_ignore_ascii_case("arxiv")).map(|label| &text[label.len()..])?,
        ),
    };
    let run = run(rest);
    let end = run.find([',', ';', ')', ']', '(', '[']).unwrap_or(run.len());
    let number = run[..end].trim_end_matches('.');
    let id: ArxivId = number.parse().ok()?;
    Some((Identifiers { arxiv: Some(id), ..Identifiers::default() }, text.len() - rest.len() + number.len()))
}

/// `PMID: 26301843`, `PMCID: PMC4768299`, `PMC4768299`
fn pubmed(text: &str) -> Option<(Identifiers, usize)> {
    let is_label = |label: &str| text.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let end_behind = |label: &str| {
        let start = text.len() - skip_label(&text[label.len()..]).len();
        start + text[start..].bytes().take(16).take_while(u8::is_ascii_alphanumeric).count()
    };
    let mut ids = Identifiers::default();
    let end = if is_label("PMCID") {
        let end = end_behind("PMCID");
        ids.pmcid = Some(text[..end].parse::<Pmcid>().ok()?);
        end
    } else if is_label("PMID") {
        let end = end_behind("PMID");
        ids.pmid = Some(text[..end].parse::<Pmid>().ok()?);
        end
    } else if is_label("PMC") {
        let end = text.bytes().take(16).take_while(u8::is_ascii_alphanumeric).count();
        ids.pmcid = Some(text[..end].parse::<Pmcid>().ok()?);
        end
    } else {
        return None;
    };
    Some((ids, end))
}

/// The number that follows the name of a preprint server: `bioRxiv 807214`, `medRxiv 2020.03.01.20029769`.
fn preprint_number(text: &str, server: bool) -> Option<(Identifiers, usize)> {
    if !server {
        return None;
    }
    let run = text.bytes().take(32).take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = text[..run].trim_end_matches('.');
    if number.rsplit('.').next().unwrap_or_default().len() < 5 {
        return None;
    }
    let doi: Doi = format!("10.1101/{number}").parse().ok()?;
    Some((Identifiers { doi: Some(doi), ..Identifiers::default() }, number.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_loses_the_marks_around_it() {
        for (text, expected) in
            [("https://a.org/x).", "https://a.org/x"), ("https://a.org/x_(y)", "https://a.org/x_(y)"), ("a]]", "a")]
        {
            assert_eq!(&text[..trim_address(text)], expected);
        }
        assert_eq!(trim_address(&")".repeat(100_000)), 0);
    }
}
