//! Pages for a model that is to write queries: what there is, and what it is called.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    clean::{NAME, clean},
    knowledge::{ParameterKind, QuestionCard, Vocabulary, Word},
};
use crate::explore::Overview;

const HOW: &str = "\
## How to write queries

- The default graph is the union of all named graphs. Each source has a named graph of its own: `GRAPH ?source { … }` tells who \
says something.
- Find the IRI of a thing with the tool `search`, not with a FILTER over names.
- A tool implements a paper: `?tool amml:implements ?paper`. Why, how sure, and where it stands is told by a statement about that \
triple: `?statement rdf:subject ?tool ; rdf:predicate amml:implements ; rdf:object ?paper ; amml:evidence ?evidence ; \
amml:confidence ?confidence ; prov:wasDerivedFrom ?entry`.
- An entry is what one line of a list says: `?entry dcterms:isPartOf ?list ; amml:firstLine ?line`, and \
`?list dcterms:identifier ?key` is the name of the list.
- A preprint and its article are two papers: `?preprint amml:preprintOf ?article`.
- Add LIMIT, select IRIs beside names, and read the query of a named question (`amml://questions/<name>`) as an example.
";

/// A short guide to the graph.
pub(super) fn guide(vocabulary: &Vocabulary, overview: &Overview) -> String {
    let mut page = String::from("# Guide to the graph\n\n");
    for (kind, count) in &overview.kinds {
        line(&mut page, &format!("- {kind}: {count}"));
    }
    line(&mut page, &format!("- links between tools and papers: {}", overview.n_links));
    line(&mut page, &format!("- quads: {}", overview.n_quads));
    let lists: Vec<String> = overview.lists.iter().take(30).map(|(list, _)| clean(&list.name, NAME)).collect();
    line(&mut page, &format!("- lists ({}): {}", overview.lists.len(), lists.join("; ")));
    line(&mut page, "\n## Prefixes\n\n```sparql");
    for (prefix, iri) in &vocabulary.prefixes {
        line(&mut page, &format!("PREFIX {prefix}: <{iri}>"));
    }
    line(&mut page, "```\n");
    words(&mut page, "Classes", &vocabulary.classes);
    words(&mut page, "Properties", &vocabulary.properties);
    page + HOW
}

/// All named questions.
pub(super) fn questions(tools: &BTreeMap<String, QuestionCard>) -> String {
    let mut page = String::from("# Named questions\n\n");
    for (tool, question) in tools {
        line(&mut page, &format!("- `{}` (tool `{tool}`): {}", question.name, clean(&question.text, 2 * NAME)));
        for parameter in &question.parameters {
            let kind = match parameter.kind {
                ParameterKind::Thing => "thing",
                ParameterKind::Text => "text",
                ParameterKind::Number => "number",
            };
            let optional = if parameter.is_optional { ", optional" } else { "" };
            let meaning = clean(&parameter.description, NAME);
            line(&mut page, &format!("  - `{}` ({kind}{optional}): {meaning}", parameter.name));
        }
    }
    page
}

fn words(page: &mut String, title: &str, words: &[Word]) {
    line(page, &format!("## {title}\n"));
    for word in words {
        line(page, &format!("- `{}`: {}", word.name, clean(&word.meaning, NAME)));
    }
    page.push('\n');
}

fn line(page: &mut String, text: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(page, "{text}");
}
