use super::Lines;

/// What a notice is about. The word is fixed: scripts may filter by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeCode {
    /// A part of an entry's text could not be placed and was kept as text.
    TextNotPlaced,
    /// Text with links that was not understood as an entry.
    NotAnEntry,
    /// Text that introduces a list or explains something in it.
    Prose,
    /// A table of contents.
    Contents,
    /// A section about the list itself: how to contribute, licence, citation.
    AboutTheList,
    /// Rules, comments, pictures, definitions of links.
    Markup,
    /// An address that is none, or that leads nowhere outside the list itself.
    BadLink,
    /// A heading without any entry below it.
    EmptyTopic,
    /// A heading stands inside a list item.
    HeadingInsideItem,
    /// Bytes that are not UTF-8 were replaced.
    InvalidUtf8,
    /// The source has no entries at all.
    NoEntries,
    /// A row of a table of facts could not be read.
    BadRow,
    /// A decision could not be read.
    BadDecision,
    /// A decision names something that no source speaks of.
    UnknownThing,
    /// A decision cannot be carried out: it names one thing twice, or another decision says the opposite.
    VainDecision,
}

impl NoticeCode {
    /// Whether lists are meant to have such a thing, so that nobody needs to look at it.
    #[must_use]
    pub fn is_expected(self) -> bool {
        matches!(self, Self::Prose | Self::Contents | Self::AboutTheList | Self::Markup)
    }

    /// The fixed word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::TextNotPlaced => "text-not-placed",
            Self::NotAnEntry => "not-an-entry",
            Self::Prose => "prose",
            Self::Contents => "contents",
            Self::AboutTheList => "about-the-list",
            Self::Markup => "markup",
            Self::BadLink => "bad-link",
            Self::EmptyTopic => "empty-topic",
            Self::HeadingInsideItem => "heading-inside-item",
            Self::InvalidUtf8 => "invalid-utf8",
            Self::NoEntries => "no-entries",
            Self::BadRow => "bad-row",
            Self::BadDecision => "bad-decision",
            Self::UnknownThing => "unknown-thing",
            Self::VainDecision => "vain-decision",
        }
    }
}

/// A flaw in a source, or something in it that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What it is about.
    pub code: NoticeCode,
    /// Where.
    pub lines: Lines,
    /// The text that it is about.
    pub text: String,
}
