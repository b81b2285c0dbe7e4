//! Looks at HTML as far as the tests need it: tags, attributes, whether they close.

use std::collections::BTreeSet;

/// A tag: its name, whether it closes, its attributes.
struct Tag {
    name: String,
    is_closing: bool,
    attributes: Vec<(String, String)>,
}

/// Asserts that tags are closed, ids are there once, and nothing is written that the Content-Security-Policy forbids.
pub(super) fn check(page: &str, html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    let tags = tags(html);
    for tag in &tags {
        if tag.is_closing {
            assert_eq!(
                open.pop().as_deref(),
                Some(tag.name.as_str()),
                "{page}: a tag is closed that is not open\n{html}"
            );
            continue;
        }
        if !is_void(&tag.name) {
            open.push(tag.name.clone());
        }
        assert!(!matches!(tag.name.as_str(), "style" | "iframe" | "object" | "embed" | "base"), "{page}: {}", tag.name);
        for (name, value) in &tag.attributes {
            check_attribute(page, &tag.name, name, value);
            assert!(name != "id" || ids.insert(value.clone()), "{page}: the id {value} is there twice");
        }
    }
    assert!(open.is_empty(), "{page}: {open:?} stay open");
    for tag in &tags {
        for (name, value) in &tag.attributes {
            let is_reference = matches!(name.as_str(), "for" | "aria-labelledby" | "aria-describedby");
            assert!(!is_reference || ids.contains(value), "{page}: {name} names {value}, which is not there");
        }
    }
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1" && !tag.is_closing).count(), 1, "{page}: one first heading");
}

fn check_attribute(page: &str, tag: &str, name: &str, value: &str) {
    assert!(name != "style" && !name.starts_with("on"), "{page}: <{tag} {name}=…>");
    let is_plain = |character: char| character.is_ascii_lowercase() || matches!(character, '-' | ':' | '1'..='9');
    assert!(name.chars().all(is_plain) || name == "viewBox", "{page}: a strange attribute {name}");
    if matches!(name, "href" | "src" | "action" | "srcset") {
        let scheme = value.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        assert!(!scheme.contains(':') || matches!(scheme.as_str(), "http:" | "https:"), "{page}: {name}={value}");
    }
    if tag == "script" && name == "type" {
        assert!(matches!(value, "module" | "application/ld+json"), "{page}: a script of type {value}");
    }
}

/// What links, pictures, scripts and forms lead to.
pub(super) fn addresses(html: &str) -> Vec<String> {
    let is_address = |name: &str| matches!(name, "href" | "src" | "action" | "srcset" | "data-graph" | "data-suggest");
    let attributes = tags(html).into_iter().flat_map(|tag| tag.attributes);
    attributes.filter(|(name, _)| is_address(name)).map(|(_, value)| value).collect()
}

fn tags(html: &str) -> Vec<Tag> {
    let mut found: Vec<Tag> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let is_script = found.last().is_some_and(|tag: &Tag| tag.name == "script" && !tag.is_closing);
        if rest.starts_with('!') || (is_script && !rest.starts_with("/script")) {
            continue;
        }
        let (tag, after) = tag(rest);
        found.push(tag);
        rest = after;
    }
    found
}

/// Reads a tag behind its `<`.
fn tag(text: &str) -> (Tag, &str) {
    let is_closing = text.starts_with('/');
    let text = text.trim_start_matches('/');
    let end = text.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    assert!(!name.is_empty(), "no tag: <{}", &text[..text.len().min(40)]);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name: name.to_ascii_lowercase(), is_closing, attributes }, after);
        }
        let end = rest
            .find(|character: char| character.is_whitespace() || matches!(character, '=' | '>'))
            .expect("a tag ends");
        let (attribute, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("a value ends"),
            None => ("", after),
        };
        assert!(!value.contains('<'), "a value that is not escaped: {value}");
        attributes.push((attribute.to_owned(), value.to_owned()));
        rest = after;
    }
}

fn is_void(name: &str) -> bool {
    matches!(name, "meta" | "link" | "input" | "img" | "source" | "br" | "hr")
}
