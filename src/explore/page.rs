use std::{collections::BTreeMap, sync::PoisonError};

use oxrdf::{NamedNode, NamedNodeRef};

use super::{Atlas, Consensus, Item, Naming, Notice, Page, Relation, origins::at_line};
use crate::{
    lint::{self, Settings},
    map::vocab,
    model::{SourceInfo, SourceKind},
    network::{Column, Relation as Tie},
    query, read,
    store::StoreError,
};

use super::ties::{PER_SECTION, Shown};

/// How many notices of a list a page shows.
const MOST_NOTICES: usize = 200;

impl Atlas {
    /// All that is known of a thing; `None` where nothing is. Of one section, where it is named with a place, the members
    /// from there on.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn page(&self, iri: &str, from: Option<(&str, usize)>) -> Result<Option<Page>, StoreError> {
        self.page_of(iri, &Shown { from, most: PER_SECTION })
    }

    /// The same with the sections as long as they are, up to so many members: where nobody can leaf through them.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn whole_page(&self, iri: &str, most: usize) -> Result<Option<Page>, StoreError> {
        self.page_of(iri, &Shown { from: None, most })
    }

    fn page_of(&self, iri: &str, shown: &Shown<'_>) -> Result<Option<Page>, StoreError> {
        let Ok(node) = NamedNode::new(iri) else { return Ok(None) };
        let Some(at) = self.network().find(iri) else { return self.plain_page(node.as_ref()) };
        let thing = self.item(at);
        Ok(Some(Page {
            names: self.names(iri, &thing)?,
            descriptions: self.said(node.as_ref(), vocab::DESCRIPTION)?,
            statuses: self.said(node.as_ref(), vocab::CREATIVE_WORK_STATUS)?,
            facts: self.facts(node.as_ref(), thing.kind)?,
            relations: self.relations(at, shown)?,
            years: self.years(at),
            consensus: self.consensus(node.as_ref(), thing.kind)?,
            origins: self.origins(node.as_ref())?,
            notices: self.notices(node.as_ref(), thing.kind)?,
            thing,
        }))
    }

    /// The page of what is no thing but has an IRI: an entry, a record, a statement.
    fn plain_page(&self, node: NamedNodeRef<'_>) -> Result<Option<Page>, StoreError> {
        if self.graph().matching(Some(node), None, None).next().transpose()?.is_none() {
            return Ok(None);
        }
        let mut relations = Vec::new();
        for (key, property) in
            [("item", vocab::ITEM), ("mentions", vocab::MENTIONS), ("list", vocab::DCTERMS_IS_PART_OF)]
        {
            let mut items = Vec::new();
            for quad in self.graph().matching(Some(node), Some(property), None) {
                if let oxrdf::Term::NamedNode(other) = quad?.object {
                    items.push(self.item_of(other.as_str()));
                }
            }
            relations.extend(plain(key, items));
        }
        Ok(Some(Page {
            thing: self.item_of(node.as_str()),
            names: Vec::new(),
            descriptions: self.said(node, vocab::DESCRIPTION)?,
            statuses: Vec::new(),
            facts: self.facts(node, "thing")?,
            relations,
            years: Vec::new(),
            consensus: Consensus::default(),
            origins: self.origins(node)?,
            notices: Vec::new(),
        }))
    }

    /// How many works of each year a topic, a person, a venue or a list has.
    fn years(&self, node: u32) -> Vec<(i32, usize)> {
        let works: Vec<u32> = match self.node(node).kind {
            "topic" => self.below(node).into_iter().collect(),
            "person" | "organization" => self.sources(node, Tie::Author),
            "journal" | "conference" => self.sources(node, Tie::Venue),
            "list" => self.sources(node, Tie::Listed),
            _ => return Vec::new(),
        };
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        for year in works.into_iter().filter_map(|work| self.node(work).year()) {
            *years.entry(year).or_default() += 1;
        }
        years.into_iter().collect()
    }

    fn consensus(&self, thing: NamedNodeRef<'_>, kind: &str) -> Result<Consensus, StoreError> {
        if matches!(kind, "person" | "topic" | "journal" | "conference") {
            return Ok(Consensus::default());
        }
        let found = query::Consensus::of(self.graph(), thing)?;
        let lists = self.lists();
        let naming = |naming: query::Naming| Naming {
            list: lists.get(naming.list.as_str()).map_or_else(|| self.item_of(&naming.list), |at| self.item(*at)),
            topics: naming.topics.into_iter().collect(),
            counts_with: naming.counts_with,
        };
        Ok(Consensus { lists: found.lists.into_iter().map(naming).collect(), n_independent: found.n_independent })
    }

    /// The lists by their keys.
    fn lists(&self) -> BTreeMap<&str, u32> {
        let nodes = (0..).zip(&self.network().nodes).filter(|(_, node)| node.kind == "list");
        let folder = format!("{}id/list/", self.base());
        nodes.filter_map(|(at, node)| Some((node.iri.strip_prefix(&folder)?, at))).collect()
    }

    /// What the curator of a list should look at: what the rules of `lint` find in its text.
    fn notices(&self, list: NamedNodeRef<'_>, kind: &str) -> Result<Vec<Notice>, StoreError> {
        if kind != "list" {
            return Ok(Vec::new());
        }
        let known = self.notices.lock().unwrap_or_else(PoisonError::into_inner).get(list.as_str()).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let (Some(key), Some(text)) = (self.text(list, vocab::IDENTIFIER)?, self.text(list, vocab::TEXT)?) else {
            return Ok(Vec::new());
        };
        let address = self.text(list, vocab::URL)?;
        let source = read::Source::new(SourceInfo::new(key, SourceKind::List), &text);
        let notice = |finding: lint::Finding| Notice {
            code: finding.rule.name().to_owned(),
            line: finding.start.line,
            text: finding.message,
            address: address.as_deref().and_then(|address| at_line(address, finding.start.line, 0)),
        };
        let findings = lint::check(&source, &text, &Settings::default());
        let notices: Vec<Notice> = findings.into_iter().take(MOST_NOTICES).map(notice).collect();
        let mut kept = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(list.as_str().to_owned(), notices.clone());
        Ok(notices)
    }

    /// What speaks for a thing: how many lists name it, and how often it is cited.
    #[must_use]
    pub fn weight(&self, node: u32) -> (usize, usize) {
        let n_lists = self.from(node).iter().filter(|edge| edge.relation == Tie::Listed).count();
        let cited = self.to(node).filter(|edge| edge.relation == Tie::Cites).count();
        let counted = self.node(node).get(Column::CitationCount).and_then(|count| count.parse().ok()).unwrap_or(0);
        (n_lists, cited.max(counted))
    }
}

/// A relation of which nothing is known but the things.
fn plain(key: &'static str, items: Vec<Item>) -> Option<Relation> {
    let total = items.len();
    let member = |item| super::Member { item, grade: None, count: None, because: Vec::new() };
    let members = items.into_iter().map(member).collect();
    (total > 0).then_some(Relation { key, members, total, offset: 0 })
}
