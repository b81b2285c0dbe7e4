use serde_json::{Map, Value, json};

use crate::{
    explore::{Fact, Item, Link, Page},
    site::{Context, escape},
};

/// What the page is about in the words of [schema.org](https://schema.org/), as search engines read it; JSON that may stand
/// in a `<script>`.
pub(super) fn of(page: &Page, context: &Context) -> String {
    let mut thing = Map::new();
    thing.insert("@context".to_owned(), json!("https://schema.org"));
    thing.insert("@type".to_owned(), json!(class(page.thing.kind)));
    thing.insert("@id".to_owned(), json!(page.thing.iri));
    thing.insert("name".to_owned(), json!(escape::plain(&page.thing.name)));
    let alternate: Vec<String> = page
        .thing
        .name_zh
        .iter()
        .chain(page.names.iter().map(|name| &name.text))
        .map(|name| escape::plain(name))
        .collect();
    put(&mut thing, "alternateName", alternate);
    put(&mut thing, "description", page.descriptions.iter().take(1).map(|value| escape::plain(&value.text)).collect());
    for fact in &page.facts {
        add_fact(&mut thing, fact, context);
    }
    if let Some(identifiers) = identifiers(page) {
        thing.insert("identifier".to_owned(), identifiers);
    }
    put(&mut thing, "sameAs", same_as(page));
    for relation in &page.relations {
        let members = relation.members.iter().map(|member| reference(&member.item)).collect::<Vec<_>>();
        let Some(property) = property_of_relation(relation.key) else { continue };
        if !members.is_empty() {
            thing.insert(property.to_owned(), json!(members));
        }
    }
    escape::script_json(&Value::Object(thing))
}

/// The class of a kind, the same as in the graph where schema.org has it.
fn class(kind: &str) -> &'static str {
    match kind {
        "paper" => "ScholarlyArticle",
        "tool" | "model" => "SoftwareApplication",
        "dataset" => "Dataset",
        "course" => "Course",
        "competition" => "Event",
        "organization" => "Organization",
        "list" => "ItemList",
        "article" => "Article",
        "book" => "Book",
        "video" => "VideoObject",
        "person" => "Person",
        "topic" => "DefinedTerm",
        "journal" => "Periodical",
        "conference" => "EventSeries",
        _ => "Thing",
    }
}

fn property_of_relation(key: &str) -> Option<&'static str> {
    Some(match key {
        "authors" => "author",
        "venue" => "isPartOf",
        "topics" => "about",
        "cites" => "citation",
        _ => return None,
    })
}

fn add_fact(thing: &mut Map<String, Value>, fact: &Fact, context: &Context) {
    let property = match fact.key {
        "published" => "datePublished",
        "url" => "url",
        "repository" => "codeRepository",
        "license" => "license",
        "version" => "version",
        "modified" => "dateModified",
        "family-name" => "familyName",
        "given-name" => "givenName",
        "keywords" => "keywords",
        "abstract" => "abstract",
        "in-language" => "inLanguage",
        "pages" => "pagination",
        _ => return,
    };
    let is_address = matches!(property, "url" | "codeRepository");
    let text = |value: &crate::explore::Value| match &value.link {
        Some(Link::Address(address)) if is_address => context.links.checked(address),
        _ if is_address => context.links.checked(&value.text),
        _ => Some(escape::plain(&value.text)),
    };
    // Of values that exclude one another the first is the most trusted one.
    let n = if fact.is_disputed { 1 } else { fact.values.len() };
    put(thing, property, fact.values.iter().take(n).filter_map(text).collect());
}

fn identifiers(page: &Page) -> Option<Value> {
    let schemes = ["doi", "arxiv", "pmid", "pmcid", "orcid", "biorxiv"];
    let found: Vec<Value> = page
        .facts
        .iter()
        .filter(|fact| schemes.contains(&fact.key))
        .flat_map(|fact| fact.values.iter().map(|value| (fact.key, escape::plain(&value.text))))
        .map(|(scheme, value)| json!({"@type": "PropertyValue", "propertyID": scheme, "value": value}))
        .collect();
    (!found.is_empty()).then(|| json!(found))
}

fn same_as(page: &Page) -> Vec<String> {
    let resolvers = [
        ("doi", "https://doi.org/"),
        ("arxiv", "https://arxiv.org/abs/"),
        ("pmid", "https://pubmed.ncbi.nlm.nih.gov/"),
        ("orcid", "https://orcid.org/"),
    ];
    let mut found = Vec::new();
    for (key, resolver) in resolvers {
        for value in page.facts.iter().filter(|fact| fact.key == key).flat_map(|fact| &fact.values) {
            found.push(format!("{resolver}{}", escape::plain(&value.text)));
        }
    }
    found
}

fn reference(item: &Item) -> Value {
    json!({"@type": class(item.kind), "@id": item.iri, "name": escape::plain(&item.name)})
}

/// One value by itself, several as a list, none not at all.
fn put(thing: &mut Map<String, Value>, property: &str, mut values: Vec<String>) {
    match values.len() {
        0 => {}
        1 => {
            thing.insert(property.to_owned(), json!(values.remove(0)));
        }
        _ => {
            thing.insert(property.to_owned(), json!(values));
        }
    }
}
