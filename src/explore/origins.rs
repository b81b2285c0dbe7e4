//! Where a thing or a statement stands, and why a tie is believed.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::{Atlas, Because, Origin};
use crate::{map::vocab, store::StoreError};

/// A person may stand in a thousand entries; nobody reads more than these.
const MOST_ORIGINS: usize = 40;

impl Atlas {
    /// The entries, facts, decisions and records that a thing or a statement rests on, by source and line.
    pub(super) fn origins(&self, subject: NamedNodeRef<'_>) -> Result<Vec<Origin>, StoreError> {
        let mut found = BTreeSet::new();
        for quad in self.graph().matching(Some(subject), Some(vocab::WAS_DERIVED_FROM), None).take(MOST_ORIGINS) {
            if let Term::NamedNode(entry) = quad?.object {
                found.insert(self.origin(entry.as_ref())?);
            }
        }
        Ok(found.into_iter().collect())
    }

    fn origin(&self, entry: NamedNodeRef<'_>) -> Result<Origin, StoreError> {
        let first = self.text(entry, vocab::FIRST_LINE)?.and_then(|line| line.parse().ok()).unwrap_or(0);
        let last = self.text(entry, vocab::LAST_LINE)?.and_then(|line| line.parse().ok()).unwrap_or(first);
        let list = self.object(entry, vocab::DCTERMS_IS_PART_OF)?.or(self.object(entry, vocab::IN_SCHEME)?);
        let source = match &list {
            Some(list) => match self.text(list.as_ref(), vocab::IDENTIFIER)? {
                Some(key) => key,
                None => self.item_of(list.as_str()).name,
            },
            None => String::new(),
        };
        // Where a fact was read, or where a record was asked for.
        let read_at = self.text(entry, vocab::SOURCE)?;
        let said = match self.text(entry, vocab::TEXT)? {
            Some(text) => Some(text),
            None => self.text(entry, vocab::PREF_LABEL)?,
        };
        let on_day = self.text(entry, vocab::DATE)?.map(|day| format!("({day})"));
        let text = [said, read_at.clone(), on_day].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let rules = self.texts(entry.as_str(), vocab::RULE)?.into_iter().map(|rule| rule.text).collect();
        let in_file = match &list {
            Some(list) => self.text(list.as_ref(), vocab::URL)?.and_then(|address| at_line(&address, first, last)),
            None => None,
        };
        let address = in_file.or_else(|| read_at.filter(|address| is_address(address)));
        Ok(Origin { iri: entry.as_str().to_owned(), source, lines: (first, last), address, rules, text })
    }

    /// What statements say of a tie, the surest first.
    pub(super) fn because(
        &self,
        from: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
        to: NamedNodeRef<'_>,
    ) -> Result<(Vec<Because>, Option<String>), StoreError> {
        let mut found = Vec::new();
        let mut grades = BTreeSet::new();
        for quad in self.graph().matching(None, Some(vocab::RDF_SUBJECT), Some(from.into())) {
            let NamedOrBlankNode::NamedNode(statement) = quad?.subject else { continue };
            let statement = statement.as_ref();
            let is_about = self.object(statement, vocab::RDF_OBJECT)?.is_some_and(|object| object.as_ref() == to)
                && self.object(statement, vocab::RDF_PREDICATE)?.is_some_and(|found| found.as_ref() == predicate);
            if !is_about {
                continue;
            }
            grades.extend(self.text(statement, vocab::GRADE)?);
            found.push(Because {
                evidence: self.text(statement, vocab::EVIDENCE)?.unwrap_or_default(),
                confidence: self.text(statement, vocab::CONFIDENCE)?,
                origins: self.origins(statement)?,
            });
        }
        found.sort_by(|a, b| (&b.confidence, &a.evidence, &a.origins).cmp(&(&a.confidence, &b.evidence, &b.origins)));
        let grade = ["official", "community", "use"].into_iter().find(|grade| grades.contains(*grade));
        Ok((found, grade.map(str::to_owned)))
    }

    /// The first text of a property; of an IRI its text.
    pub(super) fn text(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<String>, StoreError> {
        let quad = self.graph().matching(Some(subject), Some(property), None).next().transpose()?;
        Ok(quad.and_then(|quad| match quad.object {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            Term::NamedNode(node) => Some(node.into_string()),
            Term::BlankNode(_) => None,
        }))
    }

    /// The first object of a property that is an IRI.
    pub(super) fn object(
        &self,
        subject: NamedNodeRef<'_>,
        property: NamedNodeRef<'_>,
    ) -> Result<Option<NamedNode>, StoreError> {
        for quad in self.graph().matching(Some(subject), Some(property), None) {
            if let Term::NamedNode(node) = quad?.object {
                return Ok(Some(node));
            }
        }
        Ok(None)
    }
}

pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The address of lines in a file on a code host: only where the address is that of the file itself.
pub(super) fn at_line(address: &str, first: u32, last: u32) -> Option<String> {
    let is_file =
        address.starts_with("https://github.com/") && address.contains("/blob/") && !address.contains(['#', '?']);
    if !is_file || first == 0 {
        return None;
    }
    let end = if last > first { format!("-L{last}") } else { String::new() };
    Some(format!("{address}?plain=1#L{first}{end}"))
}
