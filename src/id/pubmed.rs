use std::str::FromStr;

use super::{IdError, canonical_text, strip_prefix_ignore_case};

/// A [PubMed](https://pubmed.ncbi.nlm.nih.gov/help/#pmid) number: one to eight digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pmid(String);

/// A [PubMed Central](https://pmc.ncbi.nlm.nih.gov/about/faq/) identifier: `PMC` and digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pmcid(String);

canonical_text!(Pmid);
canonical_text!(Pmcid);

impl FromStr for Pmid {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bare = strip_prefix_ignore_case(text.trim(), "pmid").unwrap_or(text.trim());
        let digits = bare.trim_start_matches([':', ' ', '：']).trim_end_matches(['.', ',', ';', '/']);
        if is_number(digits) {
            Ok(Self(digits.to_owned()))
        } else {
            Err(IdError::new(text, "a PubMed number, such as 26301843"))
        }
    }
}

impl FromStr for Pmcid {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let bare = strip_prefix_ignore_case(text.trim(), "pmcid").unwrap_or(text.trim());
        let bare = bare.trim_start_matches([':', ' ', '：']);
        let digits = strip_prefix_ignore_case(bare, "pmc").unwrap_or_default().trim_end_matches(['.', ',', ';', '/']);
        if is_number(digits) {
            Ok(Self(format!("PMC{digits}")))
        } else {
            Err(IdError::new(text, "a PubMed Central identifier, such as PMC4768299"))
        }
    }
}

fn is_number(digits: &str) -> bool {
    (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_kinds() {
        assert_eq!("PMID: 26301843.".parse::<Pmid>().unwrap().as_ref(), "26301843");
        assert_eq!("pmc4768299/".parse::<Pmcid>().unwrap().as_ref(), "PMC4768299");
        assert_eq!("PMCID: PMC4768299".parse::<Pmcid>().unwrap().as_ref(), "PMC4768299");
        assert!("4768299".parse::<Pmcid>().is_err());
        assert!("123456789".parse::<Pmid>().is_err());
    }
}
