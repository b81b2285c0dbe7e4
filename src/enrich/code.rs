//! Repositories that running text names, and whether the text makes one the authors' own.
//!
//! Abstracts say where the code is in few ways: `available at`, `our implementation`, `Code: …`. They also name what was
//! used, compared or built upon. A wrong link is worse than a missing one: whatever is not said plainly is no claim.

use std::ops::Range;

use crate::{
    id::{Forge, RepoSlug, WebUrl},
    model::{Dossier, Evidence, Grade, Kind, LinkRole, Related, Relation},
};

/// What a text says of a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// The authors made it for this work.
    Own,
    /// It is only named.
    Named,
}

/// The repositories in a text, each once, in their order. One of several is no claim, nor is one in a review.
pub(super) fn repositories(text: &str) -> Vec<(RepoSlug, Claim)> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<(RepoSlug, Claim)> = Vec::new();
    for (range, url) in addresses(text, &lower) {
        let Some(slug) = RepoSlug::from_url(&url) else { continue };
        let is_whole = RepoSlug::is_root(&url) && !slug.name().to_ascii_lowercase().starts_with("awesome");
        let claim = if is_whole && is_own(&lower, range) { Claim::Own } else { Claim::Named };
        match found.iter_mut().find(|(known, _)| known.to_string() == slug.to_string()) {
            Some((_, known)) if claim == Claim::Own => *known = claim,
            Some(_) => {}
            None => found.push((slug, claim)),
        }
    }
    if found.len() > 1 || is_review(&lower) {
        found.iter_mut().for_each(|(_, claim)| *claim = Claim::Named);
    }
    found
}

/// The repository that the authors of a paper call their own in its abstract or in a comment on it.
pub(super) fn of_paper(title: &str, text: &str) -> Option<Related> {
    const REVIEWS: [&str; 6] = ["review", "survey", "overview", "tutorial", "perspective", "perspectives"];
    let title = title.to_ascii_lowercase();
    if title.split(|c: char| !c.is_alphanumeric()).any(|word| REVIEWS.contains(&word)) {
        return None;
    }
    let (slug, _) = repositories(text).into_iter().find(|(_, claim)| *claim == Claim::Own)?;
    implementation(&slug, 90)
}

/// A repository as what the authors of a paper made for it.
pub(super) fn implementation(slug: &RepoSlug, percent: u8) -> Option<Related> {
    let host = match slug.forge {
        Forge::GitHub => "github.com",
        Forge::GitLab => "gitlab.com",
        Forge::Bitbucket => "bitbucket.org",
    };
    let url: WebUrl = format!("https://{host}/{}/{}", slug.owner(), slug.name()).parse().ok()?;
    let name = Some(slug.name().to_owned());
    let tool = Dossier { kind: Kind::Tool, name, links: vec![(LinkRole::Main, url)], ..Dossier::default() };
    Some(Related {
        relation: Relation::Implements,
        is_inverse: true,
        other: Box::new(tool),
        evidence: Evidence::PaperNamesRepository,
        percent,
        grade: Some(Grade::Official),
    })
}

/// The addresses on the hosts of repositories, with their places. The second text is the first in lower case.
fn addresses(text: &str, lower: &str) -> Vec<(Range<usize>, WebUrl)> {
    let mut found = Vec::new();
    for host in ["github.com/", "gitlab.com/", "bitbucket.org/"] {
        for (at, _) in lower.match_indices(host) {
            // `x.github.com/` and `notgithub.com/` are other hosts.
            let start = lower[..at].strip_suffix("www.").unwrap_or(&lower[..at]);
            if start.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '@' | '_')) {
                continue;
            }
            let start = ["https://", "http://"].iter().find_map(|scheme| start.strip_suffix(scheme)).unwrap_or(start);
            let len = address_len(&text[at..], host.len()).max(host.len());
            if let Ok(url) = format!("https://{host}{}", &text[at + host.len()..at + len]).parse() {
                found.push((start.len()..at + len, url));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// How long the address is with which a text begins, without what belongs to the sentence.
fn address_len(text: &str, host: usize) -> usize {
    /// No address of a repository is longer.
    const LONGEST: usize = 300;
    let is_part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'~' | b'%' | b'+');
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    let all = host + bytes[host..].iter().take_while(|b| is_part(**b)).count();
    // `/repo.Supplementary information`: the next sentence follows without a blank.
    let is_glued = |at: &usize| {
        bytes[*at] == b'.'
            && bytes.get(at + 1).is_some_and(u8::is_ascii_uppercase)
            && bytes.get(at + 2).is_some_and(u8::is_ascii_lowercase)
    };
    let end = (host..all).find(is_glued).unwrap_or(all);
    // A hyphen or a line under the name, then a blank: the name goes on behind a line break, nobody knows how.
    let address = text[..end].trim_end_matches(['.', '/']);
    if address.ends_with(['-', '_']) { host } else { address.len() }
}

/// Whether the sentence makes the repository in it the authors' own.
fn is_own(lower: &str, range: Range<usize>) -> bool {
    let (before, after) = sentence(lower, &range);
    let heading = heading(lower, range.start - before.len());
    let whole = format!("{before} {after}");
    let has = |words: &[&str]| words.iter().any(|word| whole.contains(word));
    if has(&DATA) && !has(&CODE) {
        return false;
    }
    let is_strong = has(&STRONG);
    let is_offered = is_offered_before(before)
        || is_offered_after(before, after)
        || is_labelled(before)
        || heading.is_some_and(|heading| before.trim().is_empty() && heading.contains("availability"))
        || is_strong && leads_on(before);
    // `We predicted structures using …, available at` names the tool of others; `We present …` does not.
    let is_use = whole.contains("we ") && has(&["using ", " with "]) && !has(&PRESENTING);
    is_offered && (is_strong || !has(&FOREIGN) && !is_use)
}

/// What authors say of their own code only.
const STRONG: [&str; 17] = [
    "our code",
    "our codes",
    "our source code",
    "our implementation",
    "our software",
    "our package",
    "our toolbox",
    "our tool ",
    "our library",
    "our pipeline",
    "our github",
    "our repository",
    "we release",
    "we open-source",
    "we open source",
    "code for this",
    "code of this",
];

/// How they bring in what is new.
const PRESENTING: [&str; 10] = [
    "we present",
    "we introduce",
    "we propose",
    "we develop",
    "we have developed",
    "we describe",
    "we implement",
    "we provide",
    "we make",
    "we built",
];

/// What they say of what others made.
const FOREIGN: [&str; 34] = [
    "we used",
    "we use ",
    "we utili",
    "we employ",
    "we appl",
    "we compare",
    "we obtained",
    "we downloaded",
    "was used",
    "were used",
    "was obtained",
    "were obtained",
    "was performed",
    "were performed",
    "was run",
    "were run",
    "were aligned",
    "were processed",
    "were analy",
    "were trained",
    "was downloaded",
    "were downloaded",
    "were retrieved",
    "were collected",
    "et al",
    "developed by",
    "proposed by",
    "provided by",
    "maintained by",
    "adapted from",
    "taken from",
    "fork of",
    "forked from",
    "available tools",
];

/// Words that make the next address something else than what is offered.
const NEAR_FOREIGN: [&str; 10] =
    ["based on", "built on", "built upon", "builds on", "using", "such as", "e.g", "including", "via the", "with "];

/// What says that something can be had.
const OFFERS: [&str; 16] = [
    "available",
    "can be found",
    "can be accessed",
    "can be downloaded",
    "can be obtained",
    "accessible",
    "is hosted",
    "are hosted",
    "is released",
    "are released",
    "been released",
    "released at",
    "released on",
    "open-sourced",
    "open sourced",
    "we release",
];

/// Words for data, of which a repository may hold no more.
const DATA: [&str; 8] =
    ["dataset", "data set", "data are", "data is", "supplementary", "corpus", "benchmark", "annotations"];

/// Words for what a tool is.
const CODE: [&str; 17] = [
    "code",
    "software",
    "implement",
    "package",
    "tool",
    "library",
    "script",
    "program",
    "framework",
    "pipeline",
    "server",
    "app ",
    "model",
    "method",
    "algorithm",
    "plugin",
    "python",
];

/// What stands before and behind an address in its sentence.
fn sentence<'t>(lower: &'t str, range: &Range<usize>) -> (&'t str, &'t str) {
    /// No sentence that says where the code is is longer.
    const LONGEST: usize = 600;
    let from = (range.start.saturating_sub(LONGEST)..=range.start).find(|at| lower.is_char_boundary(*at)).unwrap_or(0);
    let most = (range.end + LONGEST).min(lower.len());
    let to = (range.end..=most).rev().find(|at| lower.is_char_boundary(*at)).unwrap_or(range.end);
    let before = &lower[from..range.start];
    let after = &lower[range.end..to];
    let start = before.rmatch_indices(['.', '!', '?', '\n']).find(|(at, _)| ends_sentence(before, *at));
    let end = after.match_indices(['.', '!', '?', '\n']).find(|(at, _)| ends_sentence(after, *at));
    (start.map_or(before, |(at, _)| &before[at + 1..]), end.map_or(after, |(at, _)| &after[..at]))
}

/// Whether the sign at a place ends a sentence, and not an abbreviation or the name of a host.
fn ends_sentence(text: &str, at: usize) -> bool {
    const ABBREVIATIONS: [&str; 8] = ["e.g", "i.e", "al", "vs", "fig", "cf", "etc", "resp"];
    if text[at..].starts_with('\n') {
        return true;
    }
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_before_blank = text[at + 1..].chars().next().is_none_or(char::is_whitespace);
    is_before_blank && !ABBREVIATIONS.contains(&word)
}

/// The short paragraph without a full stop that ends where a sentence begins.
fn heading(lower: &str, at: usize) -> Option<&str> {
    let above = lower[..at].strip_suffix('\n')?.trim_end();
    let line = above.rsplit('\n').next()?;
    (line.len() < 60 && !line.contains('.')).then_some(line)
}

/// `… is available at`, with nothing else between that and the address.
fn is_offered_before(before: &str) -> bool {
    const FARTHEST: usize = 80;
    let offer = OFFERS.iter().filter_map(|offer| Some(before.rfind(offer)? + offer.len())).max();
    offer.is_some_and(|at| {
        let between = &before[at..];
        between.len() <= FARTHEST && !NEAR_FOREIGN.iter().any(|word| between.contains(word))
    })
}

/// `The tool (github.com/…) is available`.
fn is_offered_after(before: &str, after: &str) -> bool {
    const FARTHEST: usize = 40;
    let offer = OFFERS.iter().filter_map(|offer| after.find(offer)).min();
    let near = before.char_indices().rev().nth(FARTHEST).map_or(before, |(at, _)| &before[at..]);
    offer.is_some_and(|at| at <= FARTHEST) && !NEAR_FOREIGN.iter().any(|word| near.contains(word))
}

/// `Code: …`, `(source code at …)`.
fn is_labelled(before: &str) -> bool {
    const LABELS: [&str; 8] =
        ["code", "codes", "availability", "implementation", "software", "github", "github repository", "repository"];
    let text = before.trim_end_matches([' ', '(', '<', '"']);
    let label = text.strip_suffix([':', '-', '–', '—']).or_else(|| text.strip_suffix(" at"));
    label.is_some_and(|label| {
        let label = label.trim_end();
        let label = label.strip_suffix(" is").or_else(|| label.strip_suffix(" are")).unwrap_or(label);
        LABELS.iter().any(|known| label.strip_suffix(known).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
    })
}

/// `… at`, `… on GitHub:`.
fn leads_on(before: &str) -> bool {
    const ENDS: [&str; 6] = [" at", " from", " here", " via", " on github", " repository"];
    let text = before.trim_end_matches([' ', '(', '<', '"', ':']);
    ENDS.iter().any(|end| text.ends_with(end))
}

/// Whether a text says that it is about the work of others.
fn is_review(lower: &str) -> bool {
    const WORDS: [&str; 14] = [
        "this review",
        "our review",
        "we review ",
        "we reviewed",
        "this survey",
        "our survey",
        "we survey",
        "systematic review",
        "literature review",
        "scoping review",
        "article reviews",
        "paper reviews",
        "chapter reviews",
        "this perspective",
    ];
    WORDS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, Claim)]) {
        let found: Vec<(String, Claim)> =
            repositories(text).into_iter().map(|(slug, claim)| (slug.to_string(), claim)).collect();
        let expected: Vec<(String, Claim)> =
            expected.iter().map(|(slug, claim)| ((*slug).to_owned(), *claim)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_authors_offer_is_their_own() {
        for text in [
            "The code is available at https://github.com/a/b.",
            "Results are good. Our implementation is at https://github.com/a/b. More.",
            "Source code is freely available at: http://www.github.com/A/B/.",
            "We release our code and models at https://github.com/a/b",
            "FOO, a tool based on deep learning, is freely available from https://github.com/a/b under the MIT licence.",
            "We present FOO, a tool for calling variants using graphs, available at https://github.com/a/b.",
            "We make the dataset and code publicly available at https://github.com/a/b.",
            "The R package FOO (https://github.com/a/b) is publicly available.",
            "Code: https://github.com/a/b",
            "All code is at github.com/a/b, as are the data.",
            "12 pages, 3 figures. Code at github.com/a/b",
            "Availability and implementation: https://github.com/a/b.Supplementary information: none.",
            "AVAILABILITY AND IMPLEMENTATION\n\nhttps://github.com/a/b.\n\nCONTACT\n\nx@y.org",
            "Data and code are available at GitHub (https://github.com/a/b/tree/main).",
            "Our code, which uses methods of Li et al. 2009, is available at https://github.com/a/b.git",
            "Code is available on GitHub: https://GitHub.com/a/b. See https://github.com/a/b for more.",
        ] {
            check(text, &[("github/a/b", Claim::Own)]);
        }
        check("Our software can be found at https://gitlab.com/a/b", &[("gitlab/a/b", Claim::Own)]);
        check("The pipeline is accessible at https://bitbucket.org/a/b", &[("bitbucket/a/b", Claim::Own)]);
    }

    #[test]
    fn what_is_only_named_is_no_claim() {
        for text in [
            "We used the aligner available at https://github.com/a/b.",
            "Reads were aligned with FOO (https://github.com/a/b).",
            "Data were downloaded from https://github.com/a/b",
            "The dataset is available at https://github.com/a/b.",
            "Supplementary tables are available at https://github.com/a/b.",
            "FOO is freely available and based on BAR (https://github.com/a/b).",
            "https://github.com/a/b",
            "We built upon https://github.com/a/b. The code will be made available.",
            "The code is available upon request. We thank the authors of https://github.com/a/b.",
            "In this review we compare tools. A list is available at https://github.com/a/b.",
            "The code is available at https://github.com/a/b/tree/main/examples/paper.",
            "The tool of Li et al. is available at https://github.com/a/b.",
            "Structures were run with FOO, available at https://github.com/a/b.",
            "We predicted structures using FOO, available at https://github.com/a/b.",
        ] {
            check(text, &[("github/a/b", Claim::Named)]);
        }
        check(
            "Code is available at https://github.com/a/b. It needs https://github.com/c/d.",
            &[("github/a/b", Claim::Named), ("github/c/d", Claim::Named)],
        );
        check("A list is available at https://github.com/a/awesome-b", &[("github/a/awesome-b", Claim::Named)]);
    }

    #[test]
    fn what_is_no_repository_is_not_found() {
        for text in [
            "",
            "See github.com and https://github.com/owner",
            "Code at https://notgithub.com/a/b and https://x.github.com/a/b",
            "Code is available at https://github.com/a/my- repository",
            "Code is available at https://github.com/topics/deep",
            "github.com/",
            "mail@github.com/a/b",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_paper_gets_its_repository_and_a_review_none() {
        let text = "The code is available at https://github.com/Lab/Foo.";
        let related = of_paper("Foo: a method", text).unwrap();
        assert_eq!((related.relation, related.is_inverse, related.percent), (Relation::Implements, true, 90));
        assert_eq!((related.grade, related.evidence), (Some(Grade::Official), Evidence::PaperNamesRepository));
        assert_eq!((related.other.kind, related.other.name.as_deref()), (Kind::Tool, Some("Foo")));
        assert_eq!(related.other.links, [(LinkRole::Main, "https://github.com/Lab/Foo".parse().unwrap())]);
        assert_eq!(of_paper("Deep learning: a survey", text), None);
        assert_eq!(of_paper("Foo", "No code."), None);
    }

    #[test]
    fn any_text_is_read_in_time() {
        let start = std::time::Instant::now();
        for piece in
            ["github.com/", "github.com/a/b ", "深github.com/a/b。", "available at ", ". ", "https://www.", "İ"]
        {
            repositories(&piece.repeat(200_000 / piece.len()));
        }
        assert!(start.elapsed().as_secs() < 20);
        let text = "Our cödé is available at https://github.com/a/b。深 (e.g. github.com/c/d)";
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            repositories(&text[at..]);
            repositories(&text[..at]);
        }
    }
}
