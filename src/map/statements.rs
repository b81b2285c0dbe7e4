//! Relations between things, and statements about all that was inferred.

use super::{Mapper, Writer, things, vocab};
use crate::model::{Confidence, Evidence, Kind, Relation};
use oxrdf::NamedNodeRef;

/// A triple that was inferred, with what it rests on.
struct Inferred<'a> {
    subject: &'a str,
    predicate: NamedNodeRef<'a>,
    object: &'a str,
    evidence: Evidence,
    confidence: Confidence,
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
            };
            writer.iri(subject, predicate, object);
            let (evidence, confidence) = (link.evidence, link.confidence);
            self.statement(
                &Inferred { subject, predicate, object, evidence, confidence, entries: &link.entries },
                writer,
            );
        }
        self.guessed_kinds(writer);
        self.merged_persons(writer);
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
                let Some((evidence, confidence)) = author.merged else { continue };
                let inferred = Inferred {
                    subject: &self.minted.things[record.thing],
                    predicate: vocab::AUTHOR,
                    object: &self.minted.persons[author.person],
                    evidence,
                    confidence,
                    entries: &record.entries,
                };
                self.statement(&inferred, writer);
            }
        }
    }

    fn statement(&self, inferred: &Inferred<'_>, writer: &mut Writer<'_>) {
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
    }
}
