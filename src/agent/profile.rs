//! What `describe` tells: a page about a thing, cut to what fits.

use rmcp::schemars::JsonSchema;
use serde::Serialize;

use super::{
    clean::{NAME, TEXT, address, clean, quoted},
    knowledge::Refused,
    reply::{JSON, LINES, Reply, json_len},
    shapes::{Place, Thing, Tie},
};
use crate::explore;

/// How many values and members of each kind are shown: the first of these with which the answer fits.
const SIZES: [usize; 6] = [12, 8, 5, 3, 2, 1];
/// The order is that of telling: what comes last is left out first where nothing else helps.
const SECTIONS: usize = 40;

/// What is known of one thing.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Profile {
    thing: Thing,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    names: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statuses: Vec<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    descriptions: Vec<Value>,
    facts: Vec<Fact>,
    relations: Vec<Relation>,
    /// Lists that name it, and how many of them are independent.
    lists: Vec<String>,
    n_independent_lists: usize,
    /// Where it stands.
    origins: Vec<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    more: Option<String>,
}

/// What is said, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
struct Value {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    iri: Option<String>,
    sources: Vec<String>,
}

/// A property.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
struct Fact {
    key: String,
    values: Vec<Value>,
    /// Sources disagree.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_disputed: bool,
}

/// Things that it is tied to in one way.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars", inline)]
struct Relation {
    key: String,
    total: usize,
    members: Vec<Tie>,
}

pub(super) fn profile_reply(page: &explore::Page) -> Result<Reply, Refused> {
    let (mut profile, mut lines) = (profile(page, 1), Vec::new());
    for size in SIZES {
        profile = self::profile(page, size);
        lines = profile.lines();
        let n_bytes: usize = lines.iter().map(|line| line.len() + 1).sum();
        if n_bytes <= LINES && json_len(&profile) <= JSON {
            break;
        }
    }
    Reply::new(&cut(lines), &profile)
}

/// The same as data alone, for the resource.
pub(super) fn profile_json(page: &explore::Page) -> Result<String, Refused> {
    serde_json::to_string_pretty(&profile(page, SIZES[0])).map_err(|error| Refused::Failed(error.to_string()))
}

fn profile(page: &explore::Page, size: usize) -> Profile {
    let relations = page.relations.iter().filter(|relation| relation.total > 0).take(SECTIONS);
    let relations: Vec<Relation> = relations
        .map(|relation| Relation {
            key: clean(relation.key, NAME),
            total: relation.total,
            members: relation.members.iter().take(size).map(Tie::from).collect(),
        })
        .collect();
    let is_cut = relations.iter().any(|relation| relation.members.len() < relation.total);
    Profile {
        thing: Thing::from(&page.thing),
        names: page.names.iter().take(size).map(|name| clean(&name.text, NAME)).collect(),
        statuses: page.statuses.iter().take(size).map(Value::from).collect(),
        descriptions: page.descriptions.iter().take(size.min(5)).map(Value::from).collect(),
        facts: page.facts.iter().take(SECTIONS).map(|fact| self::fact(fact, size)).collect(),
        relations,
        lists: page.consensus.lists.iter().take(size).map(|naming| clean(&naming.list.name, NAME)).collect(),
        n_independent_lists: page.consensus.n_independent,
        origins: page.origins.iter().take(size).map(Place::from).collect(),
        more: is_cut.then(|| {
            "relations are cut; tools_of_paper, papers_of_tool, the question tools or run_sparql with this IRI list all"
                .to_owned()
        }),
    }
}

fn fact(fact: &explore::Fact, size: usize) -> Fact {
    let values = fact.values.iter().take(size).map(Value::from).collect();
    Fact { key: clean(fact.key, NAME), values, is_disputed: fact.is_disputed }
}

impl From<&explore::Value> for Value {
    fn from(value: &explore::Value) -> Self {
        let iri = match &value.link {
            Some(explore::Link::Thing(iri) | explore::Link::Address(iri)) => Some(address(iri)),
            None => None,
        };
        Self {
            text: clean(&value.text, TEXT),
            iri,
            sources: value.sources.iter().take(4).map(|source| clean(&source.name, NAME)).collect(),
        }
    }
}

impl Profile {
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.thing.line()];
        let mut add = |key: &str, values: &[Value]| lines.extend((!values.is_empty()).then(|| said(key, values)));
        add("status", &self.statuses);
        add("is", &self.descriptions);
        for fact in &self.facts {
            let key = if fact.is_disputed { format!("{} (sources disagree)", fact.key) } else { fact.key.clone() };
            add(&key, &fact.values);
        }
        if !self.names.is_empty() {
            let names: Vec<String> = self.names.iter().map(|name| quoted(name)).collect();
            lines.insert(1, format!("also called: {}", names.join(", ")));
        }
        for relation in &self.relations {
            lines.push(format!("{} ({}):", relation.key, relation.total));
            lines.extend(relation.members.iter().map(|member| format!("- {}", member.line())));
        }
        if !self.lists.is_empty() {
            let lists: Vec<String> = self.lists.iter().map(|list| quoted(list)).collect();
            lines.push(format!("in lists ({} independent): {}", self.n_independent_lists, lists.join(", ")));
        }
        if !self.origins.is_empty() {
            let places: Vec<&str> = self.origins.iter().map(|place| place.at.as_str()).collect();
            lines.push(format!("stands in: {}", places.join(", ")));
        }
        lines.extend(self.more.as_ref().map(|more| format!("… {more}")));
        lines
    }
}

/// `doi: "10.1/x" [crossref]; "10.1/y" [owner/list]`
fn said(key: &str, values: &[Value]) -> String {
    let values: Vec<String> = values.iter().map(Value::shown).collect();
    format!("{key}: {}", values.join("; "))
}

impl Value {
    fn shown(&self) -> String {
        let sources = if self.sources.is_empty() { String::new() } else { format!(" [{}]", self.sources.join(", ")) };
        match &self.iri {
            Some(iri) if address(&self.text) == *iri => format!("<{iri}>{sources}"),
            Some(iri) => format!("{} <{iri}>{sources}", quoted(&self.text)),
            None => format!("{}{sources}", quoted(&self.text)),
        }
    }
}

/// As many lines as fit: for pages that are too long even with one value of each.
fn cut(lines: Vec<String>) -> Vec<String> {
    let mut n_bytes = 0;
    let all = lines.len();
    let mut kept: Vec<String> = lines
        .into_iter()
        .take_while(|line| {
            n_bytes += line.len() + 1;
            n_bytes <= LINES
        })
        .collect();
    if kept.len() < all {
        kept.push(format!("… {} more lines; ask run_sparql for what you need", all - kept.len()));
    }
    kept
}
