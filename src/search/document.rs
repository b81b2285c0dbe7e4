//! What can be found: a thing of the graph as plain text and numbers.

use serde::{Deserialize, Serialize};

/// A thing as the index sees it. Everything but the IRI may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// The IRI, which is what a search gives back. It should be unique; of two documents with one IRI both are found.
    pub iri: String,
    /// One word for what it is: `paper`, `tool`. Things can be restricted to it, and it is found as a word.
    pub kind: String,
    /// What it is called; the proper name first. Whoever types one of these in full gets this thing first.
    pub names: Vec<String>,
    /// Lesser names: abbreviations, former names, titles of older versions. In full, they come right after.
    pub other_names: Vec<String>,
    /// What it is, in a sentence or an abstract; may have several languages.
    pub description: String,
    /// Who made it: authors, owners.
    pub people: Vec<String>,
    /// DOI, arXiv identifier, `owner/repo`, … One of them in full gives this thing; words of `owner/repo` are found, too.
    pub identifiers: Vec<String>,
    /// The topics it stands under. For a search by topic to find what is under its subtopics, name the topics above, too.
    pub topics: Vec<TopicRef>,
    /// When it was published; found as a word, too.
    pub year: Option<i32>,
    /// How many independent lists name it.
    pub n_lists: u32,
    /// How often it is referred to: citations of a paper, papers of a person, things under a topic.
    pub n_mentions: u32,
}

/// A topic with its names in all languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TopicRef {
    /// The IRI of the topic.
    pub iri: String,
    /// Its names.
    pub names: Vec<String>,
}

impl Document {
    /// How much being well known counts: 1 for what nobody knows, 1.45 for what everybody does.
    ///
    /// Mild on purpose: it orders what fits equally well, and lifts nothing over what fits clearly better.
    pub(super) fn weight(&self) -> f64 {
        1.0 + 0.25 * portion(self.n_lists, 10) + 0.2 * portion(self.n_mentions, 1_000)
    }

    /// How short the proper name is: 1 for the shortest, towards 0 for long ones.
    pub(super) fn brevity(&self) -> f64 {
        let n_letters = self.names.first().map_or(200, |name| name.chars().take(200).count());
        let n_letters = u32::try_from(n_letters).unwrap_or(200);
        1.0 / (1.0 + f64::from(n_letters) / 20.0)
    }
}

/// The place of `n` between 0 and `most`, on a logarithmic scale from 0 to 1.
fn portion(n: u32, most: u32) -> f64 {
    (f64::from(n.min(most)).ln_1p()) / f64::from(most).ln_1p()
}
