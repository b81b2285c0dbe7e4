//! The source itself: the list, its topics, its entries, its notices, its facts.

use super::{Mapper, Writer, vocab};
use crate::model::{Claim, Decision, Entry, Scope, SourceKind, ThingIndex, Topic, short_hash};

impl Mapper<'_> {
    /// The list or the table of facts, with its whole text.
    pub(super) fn source(&self, writer: &mut Writer<'_>) {
        let info = &self.source.extraction.source;
        let iri = &self.own.source;
        let class = match info.kind {
            SourceKind::List => vocab::ITEM_LIST,
            SourceKind::Bibliography => vocab::BIBLIOGRAPHY,
            SourceKind::Facts => vocab::FACT_TABLE,
            SourceKind::Registry => vocab::REGISTRY,
            SourceKind::Service => vocab::SERVICE,
            SourceKind::Decisions => vocab::DECISION_FILE,
            SourceKind::Links => vocab::LINK_REPORT,
        };
        writer.iri(iri, vocab::TYPE, class.as_str());
        if info.kind == SourceKind::Bibliography {
            writer.iri(iri, vocab::TYPE, vocab::ITEM_LIST.as_str());
        }
        if info.scope == Scope::Known {
            writer.text(iri, vocab::SCOPE, "known");
        }
        writer.text(iri, vocab::IDENTIFIER, &info.key);
        writer.text(iri, vocab::NAME, info.title.as_deref().unwrap_or(&info.key));
        writer.text(iri, vocab::TEXT, &self.source.extraction.text);
        if let Some(address) = &info.address {
            writer.iri(iri, vocab::URL, address.as_ref());
        }
        self.topics(writer);
        self.notices(iri, writer);
    }

    fn topics(&self, writer: &mut Writer<'_>) {
        let info = &self.source.extraction.source;
        let topics = &self.source.extraction.topics;
        if topics.is_empty() {
            return;
        }
        let scheme = &self.own.topic_scheme;
        writer.iri(scheme, vocab::TYPE, vocab::CONCEPT_SCHEME.as_str());
        writer.text(scheme, vocab::NAME, info.title.as_deref().unwrap_or(&info.key));
        for (topic, iri) in topics.iter().zip(&self.own.topics) {
            self.topic(topic, iri, writer);
        }
    }

    fn topic(&self, topic: &Topic, iri: &str, writer: &mut Writer<'_>) {
        let scheme = &self.own.topic_scheme;
        writer.iri(iri, vocab::TYPE, vocab::CONCEPT.as_str());
        writer.iri(iri, vocab::IN_SCHEME, scheme);
        for label in &topic.labels {
            writer.label(iri, vocab::PREF_LABEL, label);
        }
        if let Some(number) = &topic.number {
            writer.text(iri, vocab::NOTATION, number);
        }
        match topic.parent {
            Some(parent) => writer.iri(iri, vocab::BROADER, &self.own.topics[parent]),
            // Where a term of a vocabulary stands in it, the vocabulary says.
            None if topic.iri.is_some() => {}
            None => writer.iri(iri, vocab::TOP_CONCEPT_OF, scheme),
        }
        writer.typed(iri, vocab::FIRST_LINE, topic.lines.first, vocab::XSD_INTEGER);
    }

    fn notices(&self, source: &str, writer: &mut Writer<'_>) {
        for notice in &self.source.extraction.notices {
            let key = format!("{} {} {}", notice.code.word(), notice.lines, notice.text);
            let iri = format!("{source}#notice-{}", short_hash(&key));
            writer.iri(&iri, vocab::TYPE, vocab::NOTICE.as_str());
            writer.iri(&iri, vocab::DCTERMS_IS_PART_OF, source);
            writer.text(&iri, vocab::NOTICE_CODE, notice.code.word());
            writer.text(&iri, vocab::TEXT, &notice.text);
            writer.typed(&iri, vocab::FIRST_LINE, notice.lines.first, vocab::XSD_INTEGER);
            writer.typed(&iri, vocab::LAST_LINE, notice.lines.last, vocab::XSD_INTEGER);
        }
    }

    /// Entries of a list, rows of a table of facts.
    pub(super) fn entries(&self, writer: &mut Writer<'_>) {
        let extraction = &self.source.extraction;
        for (at, entry) in extraction.entries.iter().enumerate() {
            self.entry(at, entry, writer);
        }
        for (claim, iri) in extraction.claims.iter().zip(&self.own.entries) {
            self.fact(claim, iri, writer);
        }
        let decisions = extraction.decisions.iter().zip(&self.source.decided);
        for ((decision, things), iri) in decisions.zip(&self.own.entries) {
            self.decision(decision, things, iri, writer);
        }
    }

    fn entry(&self, at: usize, entry: &Entry, writer: &mut Writer<'_>) {
        let (list, iri) = (&self.own.source, &self.own.entries[at]);
        writer.iri(iri, vocab::DCTERMS_IS_PART_OF, list);
        if matches!(self.source.extraction.source.kind, SourceKind::Registry | SourceKind::Service) {
            writer.iri(iri, vocab::TYPE, vocab::RECORD.as_str());
        } else {
            writer.iri(iri, vocab::TYPE, vocab::LIST_ITEM.as_str());
            writer.iri(list, vocab::ITEM_LIST_ELEMENT, iri);
            writer.typed(iri, vocab::POSITION, entry.position, vocab::XSD_INTEGER);
        }
        writer.typed(iri, vocab::FIRST_LINE, entry.origin.lines.first, vocab::XSD_INTEGER);
        writer.typed(iri, vocab::LAST_LINE, entry.origin.lines.last, vocab::XSD_INTEGER);
        if !entry.text.is_empty() {
            writer.text(iri, vocab::TEXT, &entry.text);
        }
        if let Some((address, day)) = &entry.said {
            writer.iri(iri, vocab::SOURCE, address.as_ref());
            writer.typed(iri, vocab::DATE, day, vocab::XSD_DATE);
        }
        if let Some(topic) = entry.topic {
            writer.iri(iri, vocab::SUBJECT, &self.own.topics[topic]);
        }
        let things = &self.source.entry_things[at];
        writer.iri(iri, vocab::ITEM, &self.minted.things[things.main]);
        for other in &things.others {
            writer.iri(iri, vocab::MENTIONS, &self.minted.things[*other]);
        }
        for rule in &entry.rules {
            writer.text(iri, vocab::RULE, rule.word());
        }
    }

    fn fact(&self, claim: &Claim, iri: &str, writer: &mut Writer<'_>) {
        writer.iri(iri, vocab::TYPE, vocab::FACT.as_str());
        writer.iri(iri, vocab::DCTERMS_IS_PART_OF, &self.own.source);
        writer.typed(iri, vocab::FIRST_LINE, claim.origin.lines.first, vocab::XSD_INTEGER);
        writer.typed(iri, vocab::LAST_LINE, claim.origin.lines.last, vocab::XSD_INTEGER);
        writer.text(iri, vocab::SOURCE, &claim.stated_in);
        writer.text(iri, vocab::TEXT, &claim.quote);
    }

    /// A decision, with the things that it names.
    fn decision(&self, decision: &Decision, things: &[ThingIndex], iri: &str, writer: &mut Writer<'_>) {
        writer.iri(iri, vocab::TYPE, vocab::DECISION.as_str());
        writer.iri(iri, vocab::DCTERMS_IS_PART_OF, &self.own.source);
        writer.typed(iri, vocab::FIRST_LINE, decision.lines.first, vocab::XSD_INTEGER);
        writer.typed(iri, vocab::LAST_LINE, decision.lines.last, vocab::XSD_INTEGER);
        writer.text(iri, vocab::TEXT, &decision.text);
        for thing in things {
            writer.iri(iri, vocab::MENTIONS, &self.minted.things[*thing]);
        }
    }
}
