//! What answers are made of: the data of `explore`, cleaned and cut, as it goes into JSON and onto lines.

use rmcp::schemars::JsonSchema;
use serde::Serialize;

use super::clean::{NAME, TEXT, address, clean, quoted};
use crate::explore;

/// How many places are named for one reason; a popular tie has hundreds.
const PLACES: usize = 3;
/// How many reasons are named for one tie.
const REASONS: usize = 4;

/// A thing of the graph.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct Thing {
    iri: String,
    kind: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
}

/// A thing that was found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct Hit {
    #[serde(flatten)]
    thing: Thing,
    #[serde(skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<String>,
    n_lists: usize,
}

/// A thing that another is tied to, and why that is believed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct Tie {
    #[serde(flatten)]
    thing: Thing,
    /// official, implementation, use …
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<Reason>,
}

/// One step of a way.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct Step {
    /// Read from the thing before to this one.
    relation: String,
    #[serde(flatten)]
    thing: Thing,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    because: Vec<Reason>,
}

/// Why a tie is believed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct Reason {
    evidence: String,
    /// From 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<String>,
    sources: Vec<Place>,
    /// Further places that say the same.
    #[serde(skip_serializing_if = "is_zero")]
    n_more_sources: usize,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct Place {
    /// The source and the line: owner/list:88.
    pub(super) at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<String>,
}

/// That there is more, and how to get it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
pub(super) struct More {
    /// How many, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) left_out: Option<usize>,
    pub(super) how: String,
}

impl More {
    pub(super) fn line(&self) -> String {
        match self.left_out {
            Some(left_out) => format!("… {left_out} more; {}", self.how),
            None => format!("… more; {}", self.how),
        }
    }
}

impl From<&explore::Item> for Thing {
    fn from(item: &explore::Item) -> Self {
        Self {
            iri: address(&item.iri),
            kind: clean(item.kind, NAME),
            name: clean(&item.name, NAME),
            year: item.year,
            status: item.status.as_deref().map(|status| clean(status, NAME)),
        }
    }
}

impl Thing {
    /// `tool "scVI" 2018 (archived) <IRI>`
    pub(super) fn line(&self) -> String {
        let year = self.year.map(|year| format!(" {year}")).unwrap_or_default();
        let status = self.status.as_ref().map(|status| format!(" ({status})")).unwrap_or_default();
        format!("{} {}{year}{status} <{}>", self.kind, quoted(&self.name), self.iri)
    }
}

impl From<&explore::Hit> for Hit {
    fn from(hit: &explore::Hit) -> Self {
        Self {
            thing: Thing::from(&hit.item),
            text: clean(&hit.text, TEXT),
            topics: hit.topics.iter().take(PLACES).map(|topic| clean(&topic.name, NAME)).collect(),
            n_lists: hit.n_lists,
        }
    }
}

impl Hit {
    pub(super) fn line(&self) -> String {
        let lists = match self.n_lists {
            0 => String::new(),
            1 => " in 1 list".to_owned(),
            n => format!(" in {n} lists"),
        };
        let text = if self.text.is_empty() { String::new() } else { format!(": {}", quoted(&clean(&self.text, 120))) };
        format!("{}{lists}{text}", self.thing.line())
    }
}

impl From<&explore::Member> for Tie {
    fn from(member: &explore::Member) -> Self {
        Self {
            thing: Thing::from(&member.item),
            grade: member.grade.as_deref().map(|grade| clean(grade, NAME)),
            count: member.count,
            because: reasons(&member.because),
        }
    }
}

impl Tie {
    pub(super) fn line(&self) -> String {
        let mut line = self.thing.line();
        if let Some(grade) = &self.grade {
            line = format!("{line} [{grade}]");
        }
        if let Some(count) = self.count {
            line = format!("{line} ×{count}");
        }
        line + &because(&self.because)
    }
}

impl Step {
    pub(super) fn new(relation: &str, item: &explore::Item, because: &[explore::Because]) -> Self {
        Self { relation: clean(relation, NAME), thing: Thing::from(item), because: reasons(because) }
    }

    pub(super) fn line(&self) -> String {
        format!("{} {}{}", self.relation, self.thing.line(), because(&self.because))
    }
}

impl From<&explore::Because> for Reason {
    fn from(because: &explore::Because) -> Self {
        Self {
            evidence: clean(&because.evidence, NAME),
            confidence: because.confidence.as_deref().map(|confidence| clean(confidence, NAME)),
            sources: because.origins.iter().take(PLACES).map(Place::from).collect(),
            n_more_sources: because.origins.len().saturating_sub(PLACES),
        }
    }
}

impl Reason {
    fn line(&self) -> String {
        let confidence = self.confidence.as_ref().map(|confidence| format!(" {confidence}")).unwrap_or_default();
        let mut places: Vec<&str> = self.sources.iter().map(|place| place.at.as_str()).collect();
        let more = format!("{} more", self.n_more_sources);
        if self.n_more_sources > 0 {
            places.push(&more);
        }
        let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
        format!("{}{confidence}{places}", self.evidence)
    }
}

impl From<&explore::Origin> for Place {
    fn from(origin: &explore::Origin) -> Self {
        let source = clean(&origin.source, NAME);
        let at = match origin.lines {
            (0, _) => source,
            (first, last) if last <= first => format!("{source}:{first}"),
            (first, last) => format!("{source}:{first}-{last}"),
        };
        Self { at, address: origin.address.as_deref().map(address) }
    }
}

fn reasons(because: &[explore::Because]) -> Vec<Reason> {
    because.iter().take(REASONS).map(Reason::from).collect()
}

fn because(reasons: &[Reason]) -> String {
    if reasons.is_empty() {
        return String::new();
    }
    let reasons: Vec<String> = reasons.iter().map(Reason::line).collect();
    format!(" — {}", reasons.join("; "))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}
