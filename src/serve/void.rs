//! What this server holds, described with [VoID](https://www.w3.org/TR/void/) and [DCAT](https://www.w3.org/TR/vocab-dcat-3/).

use axum::{body::Body, http::Response};
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Triple, vocab::rdf};

use super::{linked::graph, problem::Problem, request::Parts, state::State, world::World};
use crate::map::vocab;

const VOID: &str = "http://rdfs.org/ns/void#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";
const DCTERMS: &str = "http://purl.org/dc/terms/";

/// Vocabularies that the graph uses most.
const VOCABULARIES: [&str; 7] = [
    "https://w3id.org/amml-graph/ontology",
    "http://schema.org/",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/2004/02/skos/core#",
    "http://purl.org/ontology/bibo/",
    "http://purl.org/spar/cito/",
    "http://www.w3.org/ns/prov#",
];

/// Files of the whole, each in one format: its name under `/download`, and its media type.
const FILES: [(&str, &str); 3] = [("nq", "application/n-quads"), ("trig", "application/trig"), ("ttl", "text/turtle")];

/// Answers with the description.
pub(super) fn respond(state: &State, parts: &Parts) -> Result<Response<Body>, Problem> {
    let world = state.world();
    let origin = parts.origin();
    graph(parts, &world.stamp, "</>; rel=\"alternate\"; type=\"text/html\"", || {
        Ok(described(&world, &origin, &state.options.title))
    })
}

fn described(world: &World, origin: &str, title: &str) -> Vec<Triple> {
    let mut about = About { triples: Vec::new(), subject: iri(format!("{origin}/.well-known/void#dataset")) };
    let is_a = |class: String| Term::from(iri(class));
    about.say(rdf::TYPE.as_str(), is_a(format!("{VOID}Dataset")));
    about.say(rdf::TYPE.as_str(), is_a(format!("{DCAT}Dataset")));
    about.say(&format!("{DCTERMS}title"), Literal::from(title).into());
    let words = "Papers, tools, datasets, persons and topics that curated lists name, with who says so";
    about.say(&format!("{DCTERMS}description"), Literal::new_language_tagged_literal_unchecked(words, "en").into());
    about.say(&format!("{DCAT}landingPage"), iri(format!("{origin}/")).into());
    about.say("http://xmlns.com/foaf/0.1/homepage", iri(format!("{origin}/")).into());
    about.say(&format!("{VOID}sparqlEndpoint"), iri(format!("{origin}/sparql")).into());
    about.say(&format!("{VOID}uriSpace"), Literal::from(format!("{}id/", world.atlas.base())).into());
    about.number("triples", world.atlas.n_triples());
    about.number("entities", world.atlas.network().nodes.len());
    about.number("distinctSubjects", world.atlas.n_subjects());
    for vocabulary in VOCABULARIES {
        about.say(&format!("{VOID}vocabulary"), iri(vocabulary.to_owned()).into());
    }
    for (format, media_type) in FILES {
        about.file(&format!("{origin}/download?format={format}"), media_type);
    }
    about.classes(world);
    about.triples
}

struct About {
    triples: Vec<Triple>,
    subject: NamedNode,
}

impl About {
    fn say(&mut self, predicate: &str, object: Term) {
        self.say_of(self.subject.clone(), predicate, object);
    }

    fn say_of(&mut self, subject: NamedNode, predicate: &str, object: Term) {
        let subject = NamedOrBlankNode::from(subject);
        self.triples.push(Triple::new(subject, NamedNode::new_unchecked(predicate), object));
    }

    fn number(&mut self, name: &str, count: usize) {
        self.say(&format!("{VOID}{name}"), Literal::from(count as u64).into());
    }

    fn file(&mut self, address: &str, media_type: &str) {
        let file = iri(address.to_owned());
        self.say(&format!("{VOID}dataDump"), file.clone().into());
        self.say(&format!("{DCAT}distribution"), file.clone().into());
        self.say_of(file.clone(), rdf::TYPE.as_str(), iri(format!("{DCAT}Distribution")).into());
        self.say_of(file.clone(), &format!("{DCAT}downloadURL"), file.clone().into());
        let kind = format!("https://www.iana.org/assignments/media-types/{media_type}");
        self.say_of(file, &format!("{DCAT}mediaType"), iri(kind).into());
    }

    /// How many things there are of each class.
    fn classes(&mut self, world: &World) {
        for (kind, count) in &world.overview().kinds {
            let Some((class, _)) = vocab::KINDS.iter().find(|(_, word)| word == kind) else { continue };
            let part = iri(format!("{}-{kind}", self.subject.as_str()));
            self.say(&format!("{VOID}classPartition"), part.clone().into());
            self.say_of(part.clone(), &format!("{VOID}class"), class.into_owned().into());
            self.say_of(part, &format!("{VOID}entities"), Literal::from(*count as u64).into());
        }
    }
}

fn iri(text: String) -> NamedNode {
    NamedNode::new_unchecked(text)
}
