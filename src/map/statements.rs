//! Relations between things, and statements about all that was inferred.
//!
//! A merge is an `owl:sameAs` from the thing to the IRI that its other part would have, were it a thing of its own: so the
//! part stays findable, a query can list all merges, and a decision can name both sides to tell them apart again.

use super::{Mapper, Writer, things, vocab};
use crate::model::{
    Authorship, Confidence, Evidence, Kind, Kinship, Merge, Place, Record, Relation, Ruling, TopicMatch,
};
use oxrdf::NamedNodeRef;

/// A triple that was inferred, with what it rests on.
struct Inferred<'a> {
    subject: &'a str,
    predicate: NamedNodeRef<'a>,
    object: &'a str,
    evidence: Evidence,
    confidence: Confidence,
    /// Entries of the source.
    entries: &'a [usize],
}

impl Mapper<'_> {
    pub(super) fn links(&self, writer: &mut Writer<'_>) {
        for link in &self.source.links {
            let subject = &self.minted.things[link.subject];
            let object = &self.minted.things[link.object];
            let predicate = match link.relation {
                Relation::Implements => vocab::IMPLEMENTS,
                Relation::PreprintOf => vocab::PREPRINT_OF,
                Relation::Cites => vocab::CITES,
                Relation::Uses => vocab::USES_TOOL,
                Relation::Mentions => vocab::MENTIONS,
                Relation::Refers => vocab::CITATION,
            };
            writer.iri(subject, predicate, object);
            // A citation is read, not inferred, and there are many: the graph in which it stands says who states it.
            if link.relation == Relation::Cites && link.evidence == Evidence::Service {
                continue;
            }
            let (evidence, confidence) = (link.evidence, link.confidence);
            let inferred = Inferred { subject, predicate, object, evidence, confidence, entries: &link.entries };
            let statement = self.statement(&inferred, writer);
            if let Some(grade) = link.grade {
                writer.text(&statement, vocab::GRADE, grade.word());
            }
        }
        self.guessed_kinds(writer);
    }

    /// What was put together, and what was related across sources.
    pub(super) fn identities(&self, writer: &mut Writer<'_>) {
        self.source.merges.iter().for_each(|merge| self.merge(merge, writer));
        self.source.matches.iter().for_each(|found| self.topic_match(found, writer));
        if let Some(kinship) = &self.source.kinship {
            self.kinship(kinship, writer);
        }
        self.merged_persons(writer);
        self.decided_kinds(writer);
    }

    fn merge(&self, merge: &Merge, writer: &mut Writer<'_>) {
        let Merge { thing, kind, part, evidence, confidence, grounds } = merge;
        let subject = &self.minted.things[*thing];
        let object = &self.minter.identity(*kind, part);
        let (evidence, confidence) = (*evidence, *confidence);
        let predicate = vocab::OWL_SAME_AS;
        writer.iri(subject, predicate, object);
        let iri = self.statement(&Inferred { subject, predicate, object, evidence, confidence, entries: &[] }, writer);
        self.grounds(&iri, grounds, writer);
    }

    fn topic_match(&self, found: &TopicMatch, writer: &mut Writer<'_>) {
        let topic = |(source, topic): Place| &self.minted.sources[source].topics[topic];
        let subject = &self.own.topics[found.topic];
        let object = topic(found.other);
        let (evidence, confidence) = (found.evidence, found.confidence);
        let predicate = vocab::CLOSE_MATCH;
        writer.iri(subject, predicate, object);
        let iri = self.statement(&Inferred { subject, predicate, object, evidence, confidence, entries: &[] }, writer);
        self.grounds(&iri, &found.grounds, writer);
        if let Some(heading) = found.pairing {
            writer.iri(&iri, vocab::WAS_DERIVED_FROM, topic(heading));
        }
    }

    fn kinship(&self, kinship: &Kinship, writer: &mut Writer<'_>) {
        let subject = &self.own.source;
        let object = &self.minted.sources[kinship.with].source;
        let Kinship { evidence, confidence, .. } = *kinship;
        let predicate = vocab::COUNTS_WITH;
        writer.iri(subject, predicate, object);
        self.statement(&Inferred { subject, predicate, object, evidence, confidence, entries: &[] }, writer);
    }

    /// Kinds that a person decided.
    fn decided_kinds(&self, writer: &mut Writer<'_>) {
        let decisions = self.source.extraction.decisions.iter().zip(&self.source.decided).enumerate();
        for (at, (decision, things)) in decisions {
            let Ruling::Kind(_, kind) = decision.ruling else { continue };
            for thing in things {
                let subject = self.minted.things[*thing].as_str();
                let object = things::class(kind).as_str();
                let (evidence, confidence) = (Evidence::Decision, Confidence::percent(100));
                let predicate = vocab::TYPE;
                writer.iri(subject, predicate, object);
                let inferred = Inferred { subject, predicate, object, evidence, confidence, entries: &[at] };
                self.statement(&inferred, writer);
            }
        }
    }

    fn grounds(&self, statement: &str, grounds: &[Place], writer: &mut Writer<'_>) {
        for (source, at) in grounds {
            writer.iri(statement, vocab::WAS_DERIVED_FROM, &self.minted.sources[*source].entries[*at]);
        }
    }

    /// A kind that nothing but a title, a heading or the siblings speaks for.
    fn guessed_kinds(&self, writer: &mut Writer<'_>) {
        for record in &self.source.records {
            let guess = self.catalog.things[record.thing].kind;
            let is_read = matches!(guess.evidence, Evidence::KindByCitation)
                || guess.confidence >= Confidence::percent(100)
                || guess.kind == Kind::Paper;
            if is_read {
                continue;
            }
            let inferred = Inferred {
                subject: &self.minted.things[record.thing],
                predicate: vocab::TYPE,
                object: things::class(guess.kind).as_str(),
                evidence: guess.evidence,
                confidence: guess.confidence,
                entries: &record.entries,
            };
            self.statement(&inferred, writer);
        }
    }

    /// An author who was recognised from another work.
    fn merged_persons(&self, writer: &mut Writer<'_>) {
        for record in &self.source.records {
            for author in &record.authors {
                self.identified_person(record, author, writer);
                let Some(merged) = &author.merged else { continue };
                let subject = &self.minted.persons[author.person];
                let object = &self.minter.person_name(&merged.part);
                let (evidence, confidence) = (merged.evidence, merged.confidence);
                let predicate = vocab::OWL_SAME_AS;
                writer.iri(subject, predicate, object);
                let inferred = Inferred { subject, predicate, object, evidence, confidence, entries: &record.entries };
                self.statement(&inferred, writer);
            }
        }
    }

    /// An author whose ORCID iD the source gives: who was known by name is known by it now.
    fn identified_person(&self, record: &Record, author: &Authorship, writer: &mut Writer<'_>) {
        if !author.states_orcid {
            return;
        }
        let subject = &self.minted.persons[author.person];
        let object = &self.minter.person_name(&self.catalog.persons[author.person].distinct_slug);
        let (evidence, confidence) = (Evidence::SameOrcid, Confidence::percent(99));
        let predicate = vocab::OWL_SAME_AS;
        writer.iri(subject, predicate, object);
        let inferred = Inferred { subject, predicate, object, evidence, confidence, entries: &record.entries };
        self.statement(&inferred, writer);
    }

    /// Writes the statement and gives its IRI.
    fn statement(&self, inferred: &Inferred<'_>, writer: &mut Writer<'_>) -> String {
        let Inferred { subject, predicate, object, evidence, confidence, entries } = inferred;
        // Each source makes its own statement, and each row of a table of facts, too.
        let first = if self.source.extraction.claims.is_empty() { String::new() } else { format!(" {entries:?}") };
        let parts = format!("{} {subject} {} {object} {}{first}", writer.graph, predicate.as_str(), evidence.word());
        let iri = self.minter.statement(&parts);
        writer.iri(&iri, vocab::TYPE, vocab::STATEMENT.as_str());
        writer.iri(&iri, vocab::RDF_SUBJECT, subject);
        writer.iri(&iri, vocab::RDF_PREDICATE, predicate.as_str());
        writer.iri(&iri, vocab::RDF_OBJECT, object);
        writer.text(&iri, vocab::EVIDENCE, evidence.word());
        writer.typed(&iri, vocab::CONFIDENCE, confidence, vocab::XSD_DECIMAL);
        for entry in *entries {
            writer.iri(&iri, vocab::WAS_DERIVED_FROM, &self.own.entries[*entry]);
        }
        iri
    }
}
