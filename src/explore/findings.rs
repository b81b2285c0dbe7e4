use serde::Serialize;

use super::Item;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings {
    /// What was searched for.
    pub query: String,
    /// Only things of this kind.
    pub kind: Option<String>,
    /// Only things under this topic.
    pub topic: Option<Item>,
    /// Only things of this year.
    pub year: Option<i32>,
    /// The things, the best first.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
    /// The place of the first hit among all.
    pub offset: usize,
    /// How many there are of each kind.
    pub kinds: Vec<(String, usize)>,
    /// How many there are under each topic.
    pub topics: Vec<(Item, usize)>,
    /// How many there are of each year.
    pub years: Vec<(i32, usize)>,
}

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The thing.
    pub item: Item,
    /// A sentence about it.
    pub text: String,
    /// The topics that it stands under.
    pub topics: Vec<Item>,
    /// How many lists name it.
    pub n_lists: usize,
    /// How well it fits.
    pub score: f32,
}
