use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use oxrdf::{BlankNode, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple, vocab::rdf};

use crate::{
    export::serialized,
    serve::{
        formats::{self, GRAPHS},
        negotiate::choose,
        problem::Problem,
        request::Parts,
        state::State,
    },
};

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const FORMATS: [&str; 8] = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
];

/// What the service can do ([SPARQL 1.1 Service Description](https://www.w3.org/TR/sparql11-service-description/)).
pub(super) fn respond(state: &State, parts: &Parts) -> Result<Response<Body>, Problem> {
    let format = choose(parts.accept().as_deref(), &GRAPHS).ok_or_else(|| {
        Problem::new(StatusCode::NOT_ACCEPTABLE, "the description is not given in that form", "ask for text/turtle")
    })?;
    let mut response = Response::new(Body::from(serialized(&triples(state, &parts.address()), format)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(formats::type_of_graph(format)));
    headers.insert(header::VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

fn triples(state: &State, endpoint: &str) -> Vec<Triple> {
    let term = |name: &str| NamedNode::new_unchecked(format!("{SD}{name}"));
    let service = NamedOrBlankNode::from(BlankNode::new_unchecked("service"));
    let dataset = BlankNode::new_unchecked("dataset");
    let default = BlankNode::new_unchecked("default");
    let mut triples = Vec::new();
    let mut say = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>, object: Term| {
        triples.push(Triple::new(subject.clone(), predicate, object));
    };
    let kind = |name: &str| Term::from(term(name));
    say(&service, rdf::TYPE, kind("Service"));
    say(&service, term("endpoint").as_ref(), NamedNode::new_unchecked(endpoint).into());
    say(&service, term("supportedLanguage").as_ref(), kind("SPARQL11Query"));
    if state.options.token.is_some() {
        say(&service, term("supportedLanguage").as_ref(), kind("SPARQL11Update"));
    }
    for format in FORMATS {
        let format = NamedNode::new_unchecked(format!("http://www.w3.org/ns/formats/{format}"));
        say(&service, term("resultFormat").as_ref(), format.into());
    }
    say(&service, term("feature").as_ref(), kind("UnionDefaultGraph"));
    if !state.options.services.is_empty() {
        say(&service, term("feature").as_ref(), kind("BasicFederatedQuery"));
    }
    say(&service, term("defaultDataset").as_ref(), dataset.clone().into());
    let dataset = NamedOrBlankNode::from(dataset);
    say(&dataset, rdf::TYPE, kind("Dataset"));
    say(&dataset, term("defaultGraph").as_ref(), default.clone().into());
    say(&NamedOrBlankNode::from(default), rdf::TYPE, kind("Graph"));
    for (at, name) in state.world().graph_names().iter().enumerate() {
        let graph = BlankNode::new_unchecked(format!("graph{at}"));
        say(&dataset, term("namedGraph").as_ref(), graph.clone().into());
        let graph = NamedOrBlankNode::from(graph);
        say(&graph, rdf::TYPE, kind("NamedGraph"));
        say(&graph, term("name").as_ref(), name.clone().into());
    }
    triples
}
