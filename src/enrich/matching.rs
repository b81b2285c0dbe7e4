//! Whether what a service found by a title is the paper that was meant. A wrong identifier is worse than none.

use super::Wanted;
use crate::model::{About, Dossier, Kind, WorkRef, normalise};

/// Chooses the one answer that is about the paper, if one is, and says how sure that is.
#[must_use]
pub fn choose(wanted: &Wanted, found: Vec<Dossier>) -> Option<Dossier> {
    let mut fitting: Vec<(u8, Dossier)> =
        found.into_iter().filter_map(|dossier| Some((agreement(wanted, &dossier)?, dossier))).collect();
    fitting.sort_by_key(|(percent, dossier)| (std::cmp::Reverse(*percent), is_preprint(dossier)));
    let others = fitting.iter().skip(1).filter(|(_, other)| !is_same_work(&fitting[0].1, other));
    // Two articles of one title, and nothing tells which one is meant.
    let is_ambiguous = others
        .clone()
        .any(|(percent, other)| *percent >= fitting[0].0 && is_preprint(other) == is_preprint(&fitting[0].1));
    if fitting.is_empty() || is_ambiguous {
        return None;
    }
    let (percent, mut dossier) = fitting.swap_remove(0);
    dossier.about = Some(About { what: WorkRef::Title(normalise(&wanted.title)), percent });
    Some(dossier)
}

fn is_preprint(dossier: &Dossier) -> bool {
    dossier.ids.is_preprint()
}

fn is_same_work(a: &Dossier, b: &Dossier) -> bool {
    WorkRef::of_identifiers(&a.ids).any(|id| WorkRef::of_identifiers(&b.ids).any(|other| other == id))
}

/// How sure it is that a dossier is about a paper, in hundredths; `None` if it is not sure enough.
fn agreement(wanted: &Wanted, dossier: &Dossier) -> Option<u8> {
    if dossier.kind != Kind::Paper && dossier.kind != Kind::Book || dossier.ids.is_empty() {
        return None;
    }
    let likeness = likeness(&normalise(&wanted.title), &normalise(&dossier.title))?;
    let years = wanted.year.zip(dossier.date).map(|(year, date)| year.abs_diff(date.year()));
    let shares_author = shares_author(wanted, dossier);
    match (likeness, shares_author, years) {
        (_, Some(false), _) => None,
        // A preprint may be years older than its article, and lists give either year.
        (Likeness::Same, Some(true), None | Some(0..=4)) => Some(97),
        (Likeness::Same, None, Some(0..=1)) if says_much(wanted, 5) => Some(92),
        (Likeness::Same, None, Some(2) | None) if says_much(wanted, 7) => Some(88),
        (Likeness::Near, Some(true), Some(0..=1)) => Some(93),
        (Likeness::Near, Some(true), None) if says_much(wanted, 7) => Some(90),
        _ => None,
    }
}

/// How two titles are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// They are the same.
    Same,
    /// One has a subtitle or a name that the other has not, or one word differs in a letter or two.
    Near,
}

fn likeness(a: &str, b: &str) -> Option<Likeness> {
    if a == b && !a.is_empty() {
        return Some(Likeness::Same);
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let n_words = short.split(' ').count();
    // The shorter one, of some length, stands whole at the beginning or at the end.
    let has_rest = long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' '))
        || long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '));
    if has_rest && n_words >= 5 {
        return Some(Likeness::Near);
    }
    let letters = |text: &str| text.split(' ').collect::<String>();
    if letters(short) == letters(long) && n_words >= 3 {
        return Some(Likeness::Near);
    }
    (n_words >= 6 && differ_in_a_word(short, long)).then_some(Likeness::Near)
}

/// Whether two titles of as many words differ in one long word, and there in its end or in two letters at most.
fn differ_in_a_word(a: &str, b: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let mut unlike = a.iter().zip(&b).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (unlike.next(), unlike.next()) else { return false };
    let start = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let has_digit = |word: &str| word.chars().any(|c| c.is_ascii_digit());
    let lengths = (one.chars().count(), other.chars().count());
    a.len() == b.len() && !has_digit(one) && !has_digit(other) && start >= 4 && lengths.0.max(lengths.1) <= start + 2
}

/// Whether a family name stands in both; `None` if one of them names nobody.
fn shares_author(wanted: &Wanted, dossier: &Dossier) -> Option<bool> {
    let found: Vec<String> =
        dossier.authors.iter().map(|name| normalise(&name.family)).filter(|family| !family.is_empty()).collect();
    if wanted.families.is_empty() || found.is_empty() {
        return None;
    }
    let is_one = |family: &String| found.contains(&normalise(family));
    Some(wanted.families.iter().any(is_one))
}

fn says_much(wanted: &Wanted, n_words: usize) -> bool {
    let title = normalise(&wanted.title);
    title.split(' ').count() >= n_words || !title.is_ascii() && title.chars().count() >= 2 * n_words
}
