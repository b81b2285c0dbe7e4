use oxrdf::NamedNodeRef;

use crate::map::vocab;

/// A relation between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The number of the node that it starts from.
    pub from: u32,
    /// The number of the node that it leads to.
    pub to: u32,
    /// What it says.
    pub relation: Relation,
    /// What it rests on: a place in the table of the network.
    pub why: u32,
}

/// What a relation rests on: the surest of its statements.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Why {
    /// How sure it is, in hundredths.
    pub percent: u8,
    /// The fixed words for the evidence; empty where a source states the relation itself.
    pub evidence: String,
    /// How close a tool is to a paper, where that is known.
    pub grade: Option<String>,
    /// Whether a source states it, and it was not inferred from names and titles alone.
    pub is_stated: bool,
}

impl Why {
    /// A source states it.
    #[must_use]
    pub fn stated() -> Self {
        Self { percent: 100, evidence: String::new(), grade: None, is_stated: true }
    }
}

/// Declares the relations with their words and properties.
macro_rules! relations {
    ($($(#[$doc:meta])* $case:ident = $word:literal, $predicate:expr;)*) => {
        /// What an edge says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Relation {
            $($(#[$doc])* $case,)*
        }

        impl Relation {
            /// Every relation, in order.
            pub const ALL: &[Self] = &[$(Self::$case,)*];

            /// The words for it.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$case => $word,)* }
            }

            /// The property that it is in the graph.
            #[must_use]
            pub fn predicate(self) -> NamedNodeRef<'static> {
                match self { $(Self::$case => $predicate,)* }
            }
        }
    };
}

relations! {
    /// A tool implements or accompanies a paper.
    Implements = "implements", vocab::IMPLEMENTS;
    /// A paper cites a paper.
    Cites = "cites", vocab::CITES;
    /// A preprint became an article.
    PreprintOf = "preprint of", vocab::PREPRINT_OF;
    /// A tool uses another.
    Uses = "uses", vocab::USES_TOOL;
    /// A tool refers to a paper that it does not implement.
    Refers = "refers to", vocab::CITATION;
    /// A person or group wrote a work: from the work to the author.
    Author = "author", vocab::AUTHOR;
    /// A thing stands under a topic.
    Topic = "topic", vocab::SUBJECT;
    /// A topic stands below another.
    Broader = "broader", vocab::BROADER;
    /// A topic says the same as one of another list.
    CloseMatch = "close match", vocab::CLOSE_MATCH;
    /// A work appeared in a journal, a conference, on a server.
    Venue = "published in", vocab::IS_PART_OF;
    /// A thing has an entry in a list, or is named in one.
    Listed = "listed in", vocab::DCTERMS_IS_PART_OF;
}
