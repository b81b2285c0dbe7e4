//! The code and `ontology/amml.ttl` name the same terms, and the graph uses no other.

use std::collections::BTreeSet;

use amml_graph::{
    extract::extract,
    map::{self, Minter, vocab},
    read,
    resolve::resolve,
};
use oxrdf::{Term, Triple};
use oxrdfio::{RdfFormat, RdfParser};

use crate::harness::project;

fn ontology() -> Vec<Triple> {
    let text = std::fs::read_to_string(project("ontology/amml.ttl")).unwrap();
    RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()).map(|quad| quad.unwrap().into()).collect()
}

fn subjects() -> BTreeSet<String> {
    ontology().iter().map(|triple| triple.subject.to_string()).collect()
}

#[test]
fn every_term_of_the_code_is_in_the_ontology() {
    let declared = subjects();
    for term in vocab::ALL {
        let is_datatype = term.as_str().starts_with("http://www.w3.org/2001/XMLSchema#");
        assert!(is_datatype || declared.contains(&term.to_string()), "{term} is not in ontology/amml.ttl");
    }
}

#[test]
fn every_own_term_of_the_ontology_is_in_the_code() {
    let known: BTreeSet<String> = vocab::ALL.iter().map(ToString::to_string).collect();
    for subject in subjects().iter().filter(|subject| subject.contains(vocab::AMML)) {
        assert!(known.contains(subject), "{subject} is declared and never used");
    }
}

#[test]
fn every_own_term_has_label_comment_and_for_a_property_domain_and_range() {
    let triples = ontology();
    let has = |subject: &str, predicate: &str| {
        triples
            .iter()
            .any(|triple| triple.subject.to_string() == subject && triple.predicate.as_str().ends_with(predicate))
    };
    for subject in subjects().iter().filter(|subject| subject.contains(vocab::AMML)) {
        let is_class = subject[1..].trim_start_matches(vocab::AMML).starts_with(char::is_uppercase);
        for predicate in ["#label", "#comment"] {
            assert!(has(subject, predicate), "{subject} has no {predicate}");
        }
        for predicate in ["#domain", "#range"] {
            assert!(is_class || has(subject, predicate), "{subject} has no {predicate}");
        }
    }
}

#[test]
fn the_graph_uses_no_term_that_is_not_declared() {
    let declared = subjects();
    let catalog = resolve(read::embedded().iter().map(extract).collect());
    let mut n_quads = 0;
    map::quads(&catalog, &Minter::default(), &mut |quad| {
        n_quads += 1;
        assert!(declared.contains(&quad.predicate.to_string()), "{}", quad.predicate);
        if quad.predicate == vocab::TYPE {
            assert!(declared.contains(&quad.object.to_string()), "{}", quad.object);
        }
        assert!(!matches!(quad.object.into_owned(), Term::BlankNode(_)), "no blank nodes");
    });
    assert!(n_quads > 3000);
}
