use std::str::FromStr;

use super::{IdError, canonical_text, strip_prefix_ignore_case};

/// A Digital Object Identifier, bare and in lower case, as the
/// [DOI Handbook](https://www.doi.org/doi-handbook/HTML/case-sensitivity.html) compares it.
///
/// Accepts what people paste: `doi:` and `DOI ` prefixes, resolver addresses, `%2F`, closing punctuation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Doi(String);

canonical_text!(Doi);

const PREFIXES: [&str; 9] = [
    "https://doi.org/",
    "http://doi.org/",
    "https://dx.doi.org/",
    "http://dx.doi.org/",
    "https://www.doi.org/",
    "doi.org/",
    "dx.doi.org/",
    "doi:",
    "doi",
];

impl FromStr for Doi {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let fail = || IdError::new(text, "a DOI, such as 10.1038/s41576-019-0122-6");
        let bare = PREFIXES
            .iter()
            .find_map(|prefix| strip_prefix_ignore_case(text.trim(), prefix))
            .unwrap_or(text.trim())
            .trim_start_matches([':', ' ', '/']);
        let mut doi = decode(bare).to_lowercase();
        doi.truncate(trim_end(&doi).len());
        let (registrant, suffix) = doi.split_once('/').ok_or_else(fail)?;
        let is_valid = is_registrant(registrant) && !suffix.is_empty() && suffix.chars().all(is_suffix_char);
        if is_valid { Ok(Self(doi)) } else { Err(fail()) }
    }
}

impl Doi {
    /// Finds the first DOI in running text and where it stands, in bytes.
    #[must_use]
    pub fn find_in(text: &str) -> Option<(Self, std::ops::Range<usize>)> {
        let mut from = 0;
        while let Some(at) = text[from..].find("10.").map(|at| from + at) {
            let starts_word = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
            let end = text[at..].find(|c: char| !is_suffix_char(c)).map_or(text.len(), |length| at + length);
            let candidate = trim_end(&text[at..end]);
            if starts_word && let Ok(doi) = candidate.parse() {
                return Some((doi, at..at + candidate.len()));
            }
            from = at + 3;
        }
        None
    }

    /// The identifier that arXiv, bioRxiv and medRxiv put behind their prefix; `10.48550/arXiv.…` and `10.1101/…`.
    #[must_use]
    pub fn suffix(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, suffix)| suffix)
    }

    /// Whether an archive for files of any sort issued it: Zenodo, figshare, Dryad. It may be data or software, seldom a paper.
    #[must_use]
    pub fn is_deposit(&self) -> bool {
        ["10.5281/", "10.6084/", "10.5061/"].iter().any(|registrant| self.0.starts_with(registrant))
    }

    /// Whether a preprint server issued it: bioRxiv and medRxiv (`10.1101` with a number), arXiv, Research Square,
    /// Preprints.org, ChemRxiv, OSF.
    #[must_use]
    pub fn is_preprint(&self) -> bool {
        let (registrant, suffix) = self.0.split_once('/').unwrap_or_default();
        match registrant {
            // Cold Spring Harbor Laboratory also publishes journals under 10.1101: `10.1101/gr.…`, `10.1101/gad.…`.
            "10.1101" => suffix.starts_with(|c: char| c.is_ascii_digit()),
            "10.48550" | "10.21203" | "10.20944" | "10.26434" | "10.31219" => true,
            _ => false,
        }
    }
}

fn is_registrant(text: &str) -> bool {
    let digits = text.strip_prefix("10.").unwrap_or_default();
    digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn is_suffix_char(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '"' | '<' | '>' | '，' | '。' | '；' | '）' | '（' | '、' | '|' | '`')
}

/// Cuts what belongs to the sentence and not to the DOI: closing punctuation and an unmatched bracket.
fn trim_end(text: &str) -> &str {
    let mut text = text;
    loop {
        let cut = text.trim_end_matches(['.', ',', ';', ':', '\'', '*', '_', '/', '\\', '”', '’', '?']);
        let cut = match cut.chars().next_back() {
            Some(')') if cut.matches('(').count() < cut.matches(')').count() => &cut[..cut.len() - 1],
            Some(']') if cut.matches('[').count() < cut.matches(']').count() => &cut[..cut.len() - 1],
            Some('}') if !cut.contains('{') => &cut[..cut.len() - 1],
            _ => cut,
        };
        if cut.len() == text.len() {
            return text;
        }
        text = cut;
    }
}

fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut decoded = text.to_owned();
    for (code, character) in
        [("%2F", "/"), ("%2f", "/"), ("%28", "("), ("%29", ")"), ("%3C", "<"), ("%3E", ">"), ("%3A", ":"), ("%3B", ";")]
    {
        decoded = decoded.replace(code, character);
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let doi: Doi = text.parse().unwrap();
        assert_eq!(doi.as_ref(), expected, "{text}");
        assert_eq!(doi.to_string().parse::<Doi>().unwrap(), doi, "display and parse again");
    }

    #[test]
    fn accepts_what_people_paste() {
        check("10.1038/S41576-019-0122-6", "10.1038/s41576-019-0122-6");
        check("doi: 10.1101/807214.", "10.1101/807214");
        check("http://dx.doi.org/10.1016/S0140-6736(19)32008-3", "10.1016/s0140-6736(19)32008-3");
        check("https://doi.org/10.1093%2Fnar%2Fgkx681", "10.1093/nar/gkx681");
        check("10.1016/j.annonc.2020.02.011)", "10.1016/j.annonc.2020.02.011");
    }

    #[test]
    fn refuses_what_is_none() {
        for text in ["", "10.1038", "10.10/x", "11.1038/x", "10.1038/", "version 10.2/3", "doi"] {
            assert!(text.parse::<Doi>().is_err(), "{text}");
        }
    }

    #[test]
    fn finds_one_in_running_text() {
        let text = "bioRxiv 807214; doi: https://doi.org/10.1101/807214). More";
        let (doi, range) = Doi::find_in(text).unwrap();
        assert_eq!((doi.as_ref(), &text[range]), ("10.1101/807214", "10.1101/807214"));
        assert_eq!(Doi::find_in("version 10.4 of 110.1038/x"), None);
    }

    #[test]
    fn tells_preprints_from_the_journals_of_the_same_publisher() {
        assert!("10.1101/2020.02.05.935296".parse::<Doi>().unwrap().is_preprint());
        assert!(!"10.1101/gr.229102".parse::<Doi>().unwrap().is_preprint());
    }
}
