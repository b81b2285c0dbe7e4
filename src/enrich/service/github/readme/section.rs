//! What a heading says of the papers below it.

use super::words::Word;

/// What stands under a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// How to cite.
    Cite,
    /// References, publications: its own or others'.
    References,
    /// Works of others.
    Others,
    /// Nothing.
    Neutral,
}

const CITE: &str = "cite|citing|citation|citations|bibtex|citating|cites|citeus";
/// What makes a citation that of something else.
const CITE_OTHERS: &str = "cited|using|used|other|data|dataset|datasets";
const PAPERS: &str = "reference|references|publication|publications|paper|papers|manuscript|preprint|article|articles|\
    preprints|literature|bibliography";
/// What may stand beside such a word in a heading above the tool's own papers.
const BESIDE_PAPERS: &str = "our|the|and|main|original|please|for|link|links|to|key|associated|accompanying|corresponding|\
    documentation|of|method|methods|contact|author|authors";
const OTHERS: &str = "related|other|others|using|used|dependencies|dependency|dataset|datasets|data|further|external|\
    acknowledgement|acknowledgements|acknowledgment|acknowledgments|credits|benchmark|baselines|resources|studies|\
    applications|similar|projects|alternatives|reading|cited|thanks";

impl Section {
    /// Reads a heading.
    pub(super) fn of(heading: &[Word]) -> Self {
        let words: Vec<&Word> = heading.iter().filter(|word| !word.is_number()).collect();
        let has = |list| words.iter().any(|word| word.is_one_of(list));
        let text: String = words.iter().map(|word| word.text.as_str()).collect();
        let is_in_han = (text.contains("引用") || text.contains("인용")) && text.chars().count() <= 16;
        if has(CITE) && words.len() <= 12 || is_in_han {
            return if has(CITE_OTHERS) { Self::Others } else { Self::Cite };
        }
        if has(OTHERS) && words.len() <= 6 {
            return Self::Others;
        }
        let is_only_papers =
            has(PAPERS) && words.iter().all(|word| word.is_one_of(PAPERS) || word.is_one_of(BESIDE_PAPERS));
        let is_papers = is_only_papers || ["参考文献", "论文", "文献"].contains(&text.as_str());
        if is_papers { Self::References } else { Self::Neutral }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::enrich::service::github::readme::words::words;

    #[test]
    fn headings() {
        let check = |expected: Section, headings: &[&str]| {
            for heading in headings {
                assert_eq!(Section::of(&words(heading)), expected, "{heading}");
            }
        };
        check(Section::Cite, &["Citation", "5. How to cite?", "Citing the tool", "BibTeX", "引用", "如何引用本项目"]);
        check(Section::References, &["References", "Our papers", "Reference:", "Publication", "参考文献"]);
        check(Section::Others, &["Cited by", "Related work", "Papers using it", "Datasets", "How to cite the data"]);
        check(
            Section::Neutral,
            &["Usage", "Reference genome", "API reference manual", "Run CITE-seq", "", "Paper code"],
        );
    }
}
