use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::{
    Context, SiteError,
    shell::{Door, Shell},
    words::Words,
    written,
};

use crate::map::ONTOLOGY;

/// A term of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its IRI.
    pub iri: String,
    /// What it is called.
    pub label: String,
    /// What it means here.
    pub comment: String,
    /// What sort of term: `class`, `property`, `individual`, `datatype`.
    pub kind: String,
}

#[derive(Template)]
#[template(path = "ontology.html")]
struct Ontology<'a> {
    shell: Shell<'a>,
    w: &'static Words,
    groups: Vec<Group<'a>>,
    download: Option<String>,
}

struct Group<'a> {
    id: String,
    label: String,
    terms: Vec<TermView<'a>>,
}

struct TermView<'a> {
    /// The fragment of its IRI, so that the IRI leads here.
    id: String,
    term: &'a Term,
}

/// The terms of the ontology.
///
/// # Errors
///
/// If the template cannot be filled in.
pub fn ontology(terms: &[Term], context: &Context) -> Result<String, SiteError> {
    let w = context.words();
    let mut kinds: Vec<&str> = Vec::new();
    for term in terms {
        if !kinds.contains(&term.kind.as_str()) {
            kinds.push(&term.kind);
        }
    }
    let mut ids = BTreeSet::from(["content".to_owned()]);
    let groups = kinds.into_iter().enumerate().map(|(at, kind)| Group {
        id: format!("group-{at}"),
        label: w.term_kind(kind).into_owned(),
        terms: terms
            .iter()
            .filter(|term| term.kind == kind)
            .map(|term| TermView { id: id(term, &mut ids), term })
            .collect(),
    });
    let mut shell = Shell::new(context, w.ontology, Door::About).described(w.ontology_text);
    let download = context.links.service("/ontology?format=ttl").map(str::to_owned);
    shell.alternates = download.iter().map(|href| (href.clone(), "text/turtle")).collect();
    let page = Ontology { groups: groups.collect(), shell, w, download };
    written("ontology", &page)
}

fn id(term: &Term, ids: &mut BTreeSet<String>) -> String {
    let name = term.iri.rsplit(['#', '/']).next().unwrap_or_default();
    let name: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    let mut id = if name.is_empty() { "term".to_owned() } else { name };
    while !ids.insert(id.clone()) {
        id.push('_');
    }
    id
}

/// The kind of a term of which the ontology does not say what it is.
const UNSAID: &str = "unsaid";

/// The terms that the ontology declares, with what they mean.
#[must_use]
pub fn terms() -> Vec<Term> {
    let parser = oxrdfio::RdfParser::from_format(oxrdfio::RdfFormat::Turtle).for_slice(ONTOLOGY.as_bytes());
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for quad in parser.flatten() {
        let oxrdf::NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let term = terms.entry(subject.as_str().to_owned()).or_insert_with(|| Term {
            iri: subject.as_str().to_owned(),
            label: subject.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned(),
            comment: String::new(),
            kind: UNSAID.to_owned(),
        });
        let name = quad.predicate.as_str().rsplit(['#', '/']).next().unwrap_or_default();
        match (name, &quad.object) {
            ("comment" | "definition", oxrdf::Term::Literal(text)) => term.comment = text.value().to_owned(),
            ("type", oxrdf::Term::NamedNode(class)) => {
                let class = class.as_str().rsplit(['#', '/']).next().unwrap_or_default();
                term.kind = match class {
                    "Class" => "class".to_owned(),
                    "Ontology" => String::new(),
                    _ if class.ends_with("Property") => "property".to_owned(),
                    "Datatype" => "datatype".to_owned(),
                    _ => "individual".to_owned(),
                };
            }
            _ => {}
        }
    }
    let is_class = |term: &Term| term.label.chars().next().is_some_and(char::is_uppercase);
    for term in terms.values_mut().filter(|term| term.kind == UNSAID && !term.comment.is_empty()) {
        // Terms of others are declared elsewhere; all of them write classes with a capital.
        term.kind = if is_class(term) { "class" } else { "property" }.to_owned();
    }
    terms.into_values().filter(|term| !term.kind.is_empty() && term.kind != UNSAID).collect()
}
