use serde::{Deserialize, Serialize};

use super::{PartialDate, is_han};
use crate::id::{Identifiers, Orcid};

/// A person's name as a citation gives it, cut into its two parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonName {
    /// The family name; the whole name where it has no parts.
    pub family: String,
    /// Given names or initials, as written; empty where there are none.
    pub given: String,
    /// The spelling in the source.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub spelling: String,
    /// The ORCID iD.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orcid: Option<Orcid>,
    /// Whether the source guessed the iD by comparing names and works, and not the author or the publisher gave it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_orcid_guessed: bool,
    /// Whether it is a group: a consortium, a laboratory.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_group: bool,
}

impl PersonName {
    /// Whether the given name is written out, and not as initials.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.given.split([' ', '-']).next().is_some_and(|first| {
            let letters = first.trim_end_matches('.');
            letters.chars().count() > 1 && letters.chars().any(char::is_lowercase) || letters.chars().any(is_han)
        })
    }

    /// Given names for people to read: initials get their dots (`O G`, `OG`, `O.G.` all become `O. G.`).
    #[must_use]
    pub fn given_display(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for word in self.given.split([' ', '.']).filter(|word| !word.is_empty()) {
            let is_initials = word.chars().all(|c| c.is_uppercase() || c == '-') && word.chars().count() <= 4;
            if !is_initials {
                parts.push(word.to_owned());
                continue;
            }
            for hyphenated in word.split_inclusive('-') {
                let (letters, hyphen) = hyphenated.strip_suffix('-').map_or((hyphenated, ""), |letters| (letters, "-"));
                let dotted: Vec<String> = letters.chars().map(|letter| format!("{letter}.")).collect();
                let joined = format!("{}{hyphen}", dotted.join(" "));
                match parts.last_mut() {
                    Some(last) if last.ends_with('-') => last.push_str(&joined),
                    Some(last) if joined.starts_with('-') => last.push_str(&joined),
                    _ => parts.push(joined),
                }
            }
        }
        parts.join(" ")
    }

    /// The name for people to read: given names first, family name first where the name is in Han characters.
    #[must_use]
    pub fn display(&self) -> String {
        if self.given.is_empty() {
            self.family.clone()
        } else if self.family.chars().all(is_han) {
            format!("{}{}", self.family, self.given)
        } else {
            format!("{} {}", self.given_display(), self.family)
        }
    }
}

/// The bibliographic part of an entry. A field that the text does not give is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citation {
    /// Authors in the order of the text.
    pub authors: Vec<PersonName>,
    /// Whether the text says that there are more authors.
    pub et_al: bool,
    /// The title, where the citation itself contains it.
    pub title: Option<String>,
    /// Journal, conference or preprint server, as written.
    pub venue: Option<String>,
    /// The year of publication.
    pub year: Option<u16>,
    /// The date, where more than the year is known.
    pub date: Option<PartialDate>,
    /// The volume.
    pub volume: Option<String>,
    /// The issue.
    pub issue: Option<String>,
    /// First and last page with an ASCII hyphen, or the article number as it is.
    pub pages: Option<String>,
    /// The identifiers in the text.
    pub ids: Identifiers,
    /// What the parser could not place, in its order.
    pub rest: String,
}

impl Citation {
    /// Whether the text gave nothing that says where or by whom something was published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty()
            && self.venue.is_none()
            && self.year.is_none()
            && self.pages.is_none()
            && self.ids.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_written_one_way() {
        let name = |given: &str| PersonName { family: "Doe".into(), given: given.into(), ..PersonName::default() };
        for (given, expected) in [
            ("O G", "O. G. Doe"),
            ("OG", "O. G. Doe"),
            ("O.G.", "O. G. Doe"),
            ("H.-J.", "H.-J. Doe"),
            ("Philip S.", "Philip S. Doe"),
            ("Jie", "Jie Doe"),
            ("", "Doe"),
        ] {
            assert_eq!(name(given).display(), expected, "{given}");
        }
        assert!(name("Jie").is_full() && name("Bo").is_full());
        assert!(!name("J").is_full() && !name("O.G.").is_full() && !name("OG").is_full());
    }
}
