//! Papers of the same title, or nearly the same.
//!
//! - **The same title** is one paper, unless identifiers, authors or years contradict it. Of a title of fewer than four
//!   words there are many papers: there an author must be the same, too. Where papers of one title are known by different
//!   identifiers, an entry without one joins the paper with which it shares an author, or none.
//!   A page of which nothing else is known joins the paper of its title, too.
//! - **The same title but for a short name before the colon**, where only one paper has the name.
//! - **Nearly the same title**, of long titles only: but for articles and blanks; for one word in the plural; for one slip
//!   of the pen in a long word, where one of its two spellings occurs nowhere else (*context* and *content* are words, and no
//!   slip) and an author or the year is the same.
//!
//! No title is compared with all others. Titles that differ in one word have the same sum of the others; sums are sorted,
//! so that the work grows with the number of titles.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use super::parts::{Agreement, Edge, Facts, Parts};
use crate::model::{Confidence, Evidence, Kind};

/// A preprint and the article that it became: two nodes, and why.
pub(super) struct Twins {
    pub(super) preprint: usize,
    pub(super) article: usize,
    pub(super) evidence: Evidence,
    pub(super) confidence: Confidence,
}

/// A title, and a node of each thing that has it.
struct Title<'n> {
    text: &'n str,
    nodes: Vec<usize>,
}

/// A short title that more papers than this have says nothing.
const MOST_OF_A_SHORT_TITLE: usize = 50;
/// A title that more papers than this have, each with its own authors, is compared with the first of them only.
const MOST_OF_A_TITLE: usize = 200;
/// Titles that differ in the same one word are a series when there are more of them than this.
const MOST_ALIKE: usize = 20;

/// Merges papers by their titles, and finds preprints of articles among them.
pub(super) fn unite<'n>(parts: &mut Parts<'n, '_>) -> Vec<Twins> {
    let titles = titles(parts);
    let mut twins = Vec::new();
    for title in titles.iter().filter(|title| title.nodes.len() > 1) {
        unite_one(title, parts, &mut twins);
    }
    for (a, b, likeness) in without_name(parts, &titles).into_iter().chain(alike(&titles)) {
        unite_alike(&titles[a], &titles[b], likeness, parts, &mut twins);
    }
    twins
}

fn titles<'n>(parts: &Parts<'n, '_>) -> Vec<Title<'n>> {
    let nodes = parts.nodes;
    let is_paper = |at: usize| nodes[at].kind.kind == Kind::Paper && !nodes[at].is_half;
    // A page of which nothing is known but its title is a page of the paper of that title.
    let is_page =
        |at: usize| nodes[at].kind.evidence == Evidence::KindByDefault && nodes[at].title.split(' ').count() >= 5;
    let may_be = |at: &usize| !nodes[*at].title.is_empty() && (is_paper(*at) || is_page(*at));
    let mut all: Vec<usize> = (0..nodes.len()).filter(may_be).collect();
    all.sort_unstable_by(|a, b| nodes[*a].title.cmp(&nodes[*b].title).then(a.cmp(b)));
    let of_one = all.chunk_by(|a, b| nodes[*a].title == nodes[*b].title);
    let of_papers = of_one.filter(|same| same.iter().any(|at| is_paper(*at)));
    let one_of_each = |same: &[usize]| {
        let mut seen = BTreeSet::new();
        same.iter().copied().filter(|at| seen.insert(parts.part_of(*at))).collect()
    };
    of_papers.map(|same| Title { text: &nodes[same[0]].title, nodes: one_of_each(same) }).collect()
}

/// Whether the title says enough to mean one paper.
fn is_long(title: &str) -> bool {
    title.split(' ').count() >= 4 || !title.is_ascii() && title.chars().count() >= 8
}

fn unite_one(title: &Title<'_>, parts: &mut Parts<'_, '_>, twins: &mut Vec<Twins>) {
    let is_long = is_long(title.text);
    if !is_long && title.nodes.len() > MOST_OF_A_SHORT_TITLE {
        return;
    }
    let mut nodes: Vec<(Facts, usize)> = title.nodes.iter().map(|at| (parts.facts(*at), *at)).collect();
    // The strongest identifier first: what has none joins what has one.
    nodes.sort_by_key(|(facts, at)| (strength(facts), *at));
    let (preprints, others): (Vec<_>, Vec<_>) = nodes.into_iter().partition(|(facts, _)| facts.is_preprint);
    let others = join(others, title.text, parts);
    let preprints = join(preprints, title.text, parts);
    let Some((preprint, of_preprint)) = preprints.first().filter(|_| is_long) else { return };
    let (published, drafts): (Vec<_>, Vec<_>) = others.iter().partition(|(_, facts)| facts.is_published);
    let is_article = |facts: &Facts| of_preprint.agreement_of_versions(facts) != Agreement::Contradicted;
    match published.iter().find(|(_, facts)| is_article(facts)) {
        Some((article, _)) => twins.push(Twins {
            preprint: *preprint,
            article: *article,
            evidence: Evidence::SameTitle,
            confidence: Confidence::percent(85),
        }),
        None => {
            for (draft, facts) in drafts {
                let agreement = parts.facts(*preprint).agreement(facts);
                if agreement != Agreement::Contradicted {
                    let confidence = confidence(title.text, agreement);
                    parts.unite(edge(*preprint, *draft, Evidence::SameTitle, confidence));
                }
            }
        }
    }
}

fn strength(facts: &Facts) -> usize {
    let ids = &facts.ids;
    let known = [ids.doi.is_some(), ids.arxiv.is_some(), ids.pmcid.is_some(), ids.pmid.is_some()];
    known.into_iter().position(|is_known| is_known).unwrap_or(known.len())
}

/// Puts together the papers of one title that do not contradict one another; gives one node of each that is left.
fn join(nodes: Vec<(Facts, usize)>, title: &str, parts: &mut Parts<'_, '_>) -> Vec<(usize, Facts)> {
    let mut papers: Vec<(usize, Facts)> = Vec::new();
    // Told apart from the others by a decision: whatever comes next joins those, not these.
    let mut aside: Vec<(usize, Facts)> = Vec::new();
    for (facts, node) in nodes {
        let agreements: Vec<(usize, Agreement)> = papers
            .iter()
            .take(MOST_OF_A_TITLE)
            .enumerate()
            .map(|(at, (_, of_paper))| (at, of_paper.agreement(&facts)))
            .filter(|(_, agreement)| *agreement != Agreement::Contradicted)
            .collect();
        let mut shared = agreements.iter().filter(|(_, agreement)| *agreement == Agreement::SharedAuthor);
        let chosen = match (agreements.as_slice(), shared.next(), shared.next()) {
            (_, Some(one), None) => Some(*one),
            ([one], None, None) if is_long(title) => Some(*one),
            _ => None,
        };
        let Some((at, agreement)) = chosen else {
            papers.push((node, facts));
            continue;
        };
        let confidence = confidence(title, agreement);
        if parts.unite(edge(papers[at].0, node, Evidence::SameTitle, confidence)) {
            papers[at].1.absorb(facts);
        } else {
            aside.push((node, facts));
        }
    }
    papers.append(&mut aside);
    papers
}

fn confidence(title: &str, agreement: Agreement) -> Confidence {
    let is_very_long = title.split(' ').count() >= 6 || !title.is_ascii() && title.chars().count() >= 12;
    Confidence::percent(match (agreement, is_very_long) {
        (Agreement::SharedAuthor, _) if is_long(title) => 97,
        (Agreement::SameYear, true) => 93,
        (Agreement::SharedAuthor | Agreement::Silent, true) => 90,
        _ => 80,
    })
}

fn edge(a: usize, b: usize, evidence: Evidence, confidence: Confidence) -> Edge {
    Edge { a, b, evidence, confidence, decision: None }
}

/// How two titles that are not the same are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// But for a name before the colon.
    Name,
    /// But for articles and blanks.
    Blank,
    /// But for a plural.
    Plural,
    /// But for a slip of the pen.
    Slip,
}

/// Unites the papers of two titles that are alike, where each title means one paper.
fn unite_alike(a: &Title<'_>, b: &Title<'_>, likeness: Likeness, parts: &mut Parts<'_, '_>, twins: &mut Vec<Twins>) {
    let means_one = |title: &Title<'_>| title.nodes.iter().all(|at| parts.head(*at) == parts.head(title.nodes[0]));
    if !means_one(a) || !means_one(b) {
        return;
    }
    let (a, b) = (a.nodes[0], b.nodes[0]);
    let (of_a, of_b) = (parts.facts(a), parts.facts(b));
    let is_version = of_a.is_preprint != of_b.is_preprint && (of_a.is_published || of_b.is_published);
    let agreement = if is_version { of_a.agreement_of_versions(&of_b) } else { of_a.agreement(&of_b) };
    let Some(percent) = percent(likeness, agreement) else { return };
    let evidence = if likeness == Likeness::Name { Evidence::TitleWithoutName } else { Evidence::SimilarTitle };
    let confidence = Confidence::percent(percent);
    if is_version {
        let (preprint, article) = if of_a.is_preprint { (a, b) } else { (b, a) };
        if parts.may_unite(a, b) {
            twins.push(Twins { preprint, article, evidence, confidence });
        }
    } else {
        parts.unite(edge(a, b, evidence, confidence));
    }
}

/// How sure it is that two titles are one; `None` if it is not sure enough.
fn percent(likeness: Likeness, agreement: Agreement) -> Option<u8> {
    match (likeness, agreement) {
        (_, Agreement::Contradicted) | (Likeness::Slip, Agreement::Silent) => None,
        (_, Agreement::SharedAuthor) => Some(94),
        (Likeness::Name | Likeness::Slip, Agreement::SameYear) => Some(85),
        (Likeness::Name, Agreement::Silent) => Some(78),
        (Likeness::Blank | Likeness::Plural, Agreement::SameYear) => Some(90),
        (Likeness::Blank | Likeness::Plural, Agreement::Silent) => Some(85),
    }
}

/// Pairs of titles of which one is the other without a short name before its colon.
fn without_name(parts: &Parts<'_, '_>, titles: &[Title<'_>]) -> Vec<(usize, usize, Likeness)> {
    let mut named: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, title) in titles.iter().enumerate() {
        let written = parts.nodes[title.nodes[0]].written_title();
        let Some((name, _)) = written.split_once([':', '：']).filter(|(name, _)| is_short_name(name)) else {
            continue;
        };
        let name = crate::model::normalise(name);
        let Some(rest) = title.text.strip_prefix(&*name).map(str::trim_start).filter(|rest| says_much(rest)) else {
            continue;
        };
        if let Ok(found) = titles.binary_search_by(|other| other.text.cmp(rest)) {
            named.entry(found).or_default().push(at);
        }
    }
    let alone = named.into_iter().filter(|(_, named)| named.len() == 1);
    alone.map(|(plain, named)| (plain, named[0], Likeness::Name)).collect()
}

fn is_short_name(text: &str) -> bool {
    text.chars().count() <= 30 && text.split_whitespace().count() <= 3
}

/// Long enough that a small difference is one.
fn says_much(title: &str) -> bool {
    title.split(' ').count() >= 5 && title.chars().count() >= 30
}

/// Pairs of long titles that differ in an article, a blank, a plural, or a slip of the pen.
fn alike(titles: &[Title<'_>]) -> Vec<(usize, usize, Likeness)> {
    let mut sums: Vec<(u64, usize)> = Vec::new();
    for (at, title) in titles.iter().enumerate().filter(|(_, title)| says_much(title.text)) {
        add_sums(title.text, at, &mut sums);
    }
    sums.sort_unstable();
    let mut found: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    let mut slips: Vec<(usize, usize, &str, &str)> = Vec::new();
    for same in sums.chunk_by(|a, b| a.0 == b.0).filter(|same| (2..=MOST_ALIKE).contains(&same.len())) {
        for (position, (_, a)) in same.iter().enumerate() {
            for (_, b) in &same[position + 1..] {
                match difference(titles[*a].text, titles[*b].text) {
                    Some(Difference::Plain(likeness)) => {
                        found.insert((*a, *b), likeness);
                    }
                    Some(Difference::OneWord(one, other)) => slips.push((*a, *b, one, other)),
                    None => {}
                }
            }
        }
    }
    let frequency = frequency(titles, &slips);
    let is_slip = |(.., one, other): &&(usize, usize, &str, &str)| frequency[one].min(frequency[other]) == 1;
    found.extend(slips.iter().filter(is_slip).map(|(a, b, ..)| ((*a, *b), Likeness::Slip)));
    found.into_iter().map(|((a, b), likeness)| (a, b, likeness)).collect()
}

/// Of a title the sum of its letters without articles and blanks, and for each of its longer words that of all others.
fn add_sums(title: &str, at: usize, sums: &mut Vec<(u64, usize)>) {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut letters = 0xcbf2_9ce4_8422_2325;
    let mut all: u64 = 0;
    let mut place: u64 = 1;
    let mut words: Vec<(u64, bool)> = Vec::with_capacity(16);
    for word in title.split(' ') {
        if !is_article(word) {
            letters = hash(letters, word);
        }
        place = place.wrapping_mul(STEP);
        let part = hash(0x8422_2325_cbf2_9ce4, word).wrapping_mul(place);
        all = all.wrapping_add(part);
        words.push((part, word.len() >= 4));
    }
    sums.push((letters, at));
    for (position, (part, _)) in words.iter().enumerate().filter(|(_, (_, is_long))| *is_long) {
        let salt = u64::try_from(position * 64 + words.len()).unwrap_or(u64::MAX);
        sums.push((all.wrapping_sub(*part) ^ salt.wrapping_mul(STEP), at));
    }
}

/// FNV-1a, from where another word ended.
fn hash(start: u64, word: &str) -> u64 {
    word.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the")
}

enum Difference<'t> {
    Plain(Likeness),
    /// One long word by one letter.
    OneWord(&'t str, &'t str),
}

/// What two titles with a sum in common differ in; `None` if it is more than a trifle.
fn difference<'t>(a: &'t str, b: &'t str) -> Option<Difference<'t>> {
    let letters = |title: &str| title.split(' ').filter(|word| !is_article(word)).collect::<String>();
    if letters(a) == letters(b) {
        return Some(Difference::Plain(Likeness::Blank));
    }
    if a.split(' ').count() != b.split(' ').count() {
        return None;
    }
    let mut unlike = a.split(' ').zip(b.split(' ')).filter(|(one, other)| one != other);
    let (Some((one, other)), None) = (unlike.next(), unlike.next()) else { return None };
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    if has_digit(one) || has_digit(other) {
        return None;
    }
    if is_plural(one, other) || is_plural(other, one) {
        return Some(Difference::Plain(Likeness::Plural));
    }
    is_slip(one, other).then_some(Difference::OneWord(one, other))
}

/// Whether the second is the plural of the first, in English.
fn is_plural(word: &str, plural: &str) -> bool {
    let stem = word.strip_suffix('y').filter(|stem| stem.len() > 2);
    word.len() > 2
        && (plural.strip_suffix('s') == Some(word)
            || plural.strip_suffix("es") == Some(word)
            || stem.is_some_and(|stem| plural.strip_suffix("ies") == Some(stem)))
}

/// Whether two long words differ in one letter, or two that changed places, and not in the first.
fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().min(other.len()) < 6 || one.len().abs_diff(other.len()) > 1 || one[0] != other[0] {
        return false;
    }
    let start = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let end = |skip_one: usize, skip_other: usize| one[start + skip_one..] == other[start + skip_other..];
    match one.len().cmp(&other.len()) {
        Ordering::Less => end(0, 1),
        Ordering::Greater => end(1, 0),
        Ordering::Equal => {
            let is_swapped = one.len() > start + 1 && one[start] == other[start + 1] && one[start + 1] == other[start];
            end(1, 1) || is_swapped && end(2, 2)
        }
    }
}

/// In how many titles each of the words in question stands.
fn frequency<'t>(titles: &[Title<'t>], slips: &[(usize, usize, &'t str, &'t str)]) -> HashMap<&'t str, usize> {
    let mut counts: HashMap<&str, usize> = slips.iter().flat_map(|(.., a, b)| [(*a, 0), (*b, 0)]).collect();
    if counts.is_empty() {
        return counts;
    }
    for title in titles {
        for word in title.text.split(' ') {
            if let Some(count) = counts.get_mut(word) {
                *count += 1;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: &str) {
        let mut sums = Vec::new();
        add_sums(a, 0, &mut sums);
        add_sums(b, 1, &mut sums);
        let has_common = sums.iter().any(|(sum, at)| *at == 0 && sums.contains(&(*sum, 1)));
        let found = match difference(a, b).filter(|_| has_common) {
            Some(Difference::Plain(likeness)) => format!("{likeness:?}"),
            Some(Difference::OneWord(..)) => "Slip".to_owned(),
            None => "None".to_owned(),
        };
        assert_eq!(found, expected, "{a} | {b}");
    }

    #[test]
    fn trifles_are_told_from_differences() {
        let start = "deep learning for the segmentation of";
        for (a, b, expected) in [
            ("single cell images", "singlecell images", "Blank"),
            ("single cell images", "a single cell image", "None"),
            ("the single cell images", "single cell images", "Blank"),
            ("medical images", "medical image", "Plural"),
            ("medical bodies", "medical body", "Plural"),
            ("medcial images", "medical images", "Slip"),
            ("human images", "animal images", "None"),
            ("typical images", "atypical images", "None"),
            ("mri images", "mra images", "None"),
            ("images in 2018", "images in 2019", "None"),
        ] {
            check(&format!("{start} {a}"), &format!("{start} {b}"), expected);
        }
    }
}
