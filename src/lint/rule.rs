use std::str::FromStr;

use super::Severity;

/// A name that no rule has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule {name}")]
pub struct UnknownRule {
    /// The name.
    pub name: String,
    /// Rules with a name like it, the nearest first.
    pub near: Vec<Rule>,
}

impl UnknownRule {
    /// The complaint together with the rules that may be meant.
    #[must_use]
    pub fn advised(&self) -> String {
        if self.near.is_empty() { self.to_string() } else { format!("{self}; is it {}?", self.near_names()) }
    }

    /// The names of the rules that may be meant.
    #[must_use]
    pub fn near_names(&self) -> String {
        self.near.iter().map(|rule| rule.name()).collect::<Vec<_>>().join(" or ")
    }
}

macro_rules! rules {
    ($($variant:ident $name:literal $severity:ident $explanation:literal $advice:literal)*) => {
        /// A rule that a list may break.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $explanation] $variant,)*
        }

        impl Rule {
            /// All rules, in the order in which they are listed.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The fixed name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much it matters, unless the curator says otherwise.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it is about.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation,)* }
            }

            /// What to do where it is broken.
            #[must_use]
            pub fn advice(self) -> &'static str {
                match self { $(Self::$variant => $advice,)* }
            }
        }
    };
}

rules! {
    // The form of links.
    GapInLink "gap-in-link" Error
        "A blank or a line end between the brackets and the address: it is no link."
        "write [text](address) without a blank in between"
    UnclosedLink "unclosed-link" Error
        "An address without its closing bracket: it is no link."
        "close the address with )"
    BlankInAddress "blank-in-address" Error
        "A blank inside an address: it is no link."
        "remove the blank, or write %20"
    FullWidthBrackets "full-width-brackets" Error
        "Full-width brackets around an address: it is no link."
        "write ( and ) instead of （ and ）"
    BracketsInAddress "brackets-in-address" Error
        "Doubled brackets around an address become a part of it: the link is broken."
        "write one pair of brackets"
    BlankAroundAddress "blank-around-address" Note
        "Blanks between an address and its brackets: some readers see no link."
        "remove the blanks"
    EmptyAddress "empty-address" Error
        "A link without an address."
        "add the address, or remove the link"
    EmptyLinkText "empty-link-text" Warning
        "A link without a text: nobody can see it."
        "add the text, or remove the link"
    MissingScheme "missing-scheme" Error
        "An address without https:// leads to a file of the list's own repository."
        "write the address in full, with https://"
    MalformedAddress "malformed-address" Error
        "An address that cannot work: a damaged scheme, a doubled one, or HTML left at its end."
        "correct the address"
    UndefinedReference "undefined-reference" Error
        "A reference link whose label is not defined: it is no link."
        "add a line [label]: address, or write [text](address)"
    UnusedDefinition "unused-definition" Note
        "The definition of a label that no link uses."
        "remove it"
    RepeatedDefinition "repeated-definition" Warning
        "A label is defined again with another address: only the first definition counts."
        "give it another label, or remove it"
    UnknownAnchor "unknown-anchor" Error
        "A link to a place in the list that no heading or HTML element has."
        "use the anchor that the code host makes of the heading: in lower case, without punctuation, - for each blank"
    AnchorCase "anchor-case" Note
        "An anchor that differs from the heading's in upper and lower case only: not every reader finds it."
        "write it in lower case"

    // What links lead to.
    HttpAddress "http-address" Note
        "http where the host is known to serve https."
        "write https://"
    DoiAddress "doi-address" Note
        "An outdated form of the DOI resolver's address."
        "write https://doi.org/ before the DOI"
    ArxivAddress "arxiv-address" Note
        "A PDF or one version of an arXiv paper, where its page shows all."
        "link https://arxiv.org/abs/ and the number without its version"
    TrackingParameter "tracking-parameter" Note
        "Parameters of an address that only track readers."
        "remove them"
    DerivableIdentifier "derivable-identifier" Note
        "A paper is linked by a publisher's page or a PDF whose address contains the DOI, and no DOI is given."
        "link the DOI: it stays when the publisher moves its pages"

    // What a store knows of them, where one is named.
    DeadLink "dead-link" Warning
        "Nothing is at an address any more. Known from a store whose links were checked: --known DIR."
        "link its new place or the archived copy, or remove the entry"
    MovedLink "moved-link" Note
        "The page has moved for good. Known from a store, see dead-link."
        "link the new address"
    MovedRepository "moved-repository" Note
        "The repository has another owner or name now. Known from a store: --known DIR."
        "link the new address"
    ArchivedRepository "archived-repository" Note
        "Nobody works on the repository any more. Known from a store: --known DIR."
        "say so, or name what replaces it"
    RetractedPaper "retracted-paper" Warning
        "A paper was retracted or withdrawn. Known from a store: --known DIR."
        "remove it, or say so"

    // The list's frame.
    BulletWithoutBlank "bullet-without-blank" Error
        "No blank behind the mark of a list item: it is no item."
        "put a blank behind the mark"
    EmptySection "empty-section" Warning
        "A heading with nothing below it."
        "fill or remove it"
    HeadingInItem "heading-in-item" Warning
        "A heading is indented into a list item: Markdown takes it for a part of that item."
        "remove the indent"
    HeadingLevel "heading-level" Note
        "A heading is more than one level below the one above it."
        "use the next level"
    HeadingNumber "heading-number" Warning
        "The number of a heading repeats or does not follow the one before it."
        "number the headings in their order"
    ContentsIncomplete "contents-incomplete" Warning
        "A heading is not in the table of contents, where its siblings are."
        "add it to the contents"

    // Entries.
    DuplicateEntry "duplicate-entry" Warning
        "The same thing twice in one section, also under another form of its address or its title."
        "keep one of them"
    EntryInTwoSections "entry-in-two-sections" Note
        "The same thing in two sections."
        "keep it where readers will look for it, unless it belongs to both"
    SharedAddress "shared-address" Warning
        "Two papers with different titles and one address: one of the links is wrong."
        "correct the link of one of them"
    ConflictingIdentifiers "conflicting-identifiers" Warning
        "The DOI in the text is not the one of the link."
        "find out which one belongs to the title"
    ConflictingYear "conflicting-year" Warning
        "The year of the citation cannot be that of the linked arXiv paper."
        "correct the year or the link"
    TruncatedAuthors "truncated-authors" Note
        "The authors are cut after one or two names."
        "name at least three before et al."
    MissingYear "missing-year" Note
        "A paper without its year, where nearly all others of the section have one."
        "add the year"
    MissingVenue "missing-venue" Note
        "A paper without its journal or conference, where nearly all others of the section name one."
        "add it"
    UnsortedEntry "unsorted-entry" Note
        "An entry out of alphabetical order in a section that is sorted otherwise."
        "move it to its place"
    TextNotPlaced "text-not-placed" Note
        "A part of an entry that the reader could not place."
        "write a citation as authors, venue, year, volume, pages; put a dash before a description"
    NotUnderstood "not-understood" Note
        "Text with links that the reader takes for no entry."
        "make it a list item that begins with a link"
    NoEntries "no-entries" Warning
        "Nothing in the file names a thing and links it."
        "write entries as list items: - [name](https://…)"
    BadRow "bad-row" Error
        "A row of a table of facts that cannot be read."
        "fill the columns as the header names them"
    InvalidUtf8 "invalid-utf8" Error
        "The file is not UTF-8."
        "save it as UTF-8; it is not fixed before"
    UnknownRule "unknown-rule" Warning
        "A comment in the list names a rule that does not exist."
        "see the names with: amml-graph lint --list-rules"
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        Self::ALL
            .iter()
            .copied()
            .find(|rule| rule.name() == name)
            .ok_or_else(|| UnknownRule { name: name.to_owned(), near: near(name) })
    }
}

/// The rules with the most similar names, three at most, none much less similar than the first.
fn near(name: &str) -> Vec<Rule> {
    const LEAST: f64 = 0.5;
    const APART: f64 = 0.15;
    let similarity = |rule: &Rule| strsim::normalized_damerau_levenshtein(name, rule.name());
    let mut near: Vec<Rule> = Rule::ALL.iter().copied().filter(|rule| similarity(rule) >= LEAST).collect();
    near.sort_by(|a, b| similarity(b).total_cmp(&similarity(a)));
    let best = near.first().map_or(0.0, similarity);
    near.retain(|rule| similarity(rule) > best - APART);
    near.truncate(3);
    near
}
