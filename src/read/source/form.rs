//! What a text is, as its beginning shows: a list, a table of facts, a bibliography, a registry.

use std::{collections::BTreeSet, path::Path};

use super::spec;
use crate::model::SourceKind;

/// The form of a source's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A Markdown list, and whatever looks like nothing else.
    List,
    /// A table of facts with tabs.
    Facts,
    /// [BibTeX](https://www.bibtex.org/Format/) or BibLaTeX.
    BibTex,
    /// [RIS](https://en.wikipedia.org/wiki/RIS_(file_format)).
    Ris,
    /// [CSL-JSON](https://docs.citationstyles.org/en/stable/specification.html).
    CslJson,
    /// Items of Zotero as its [interface](https://www.zotero.org/support/dev/web_api/v3/basics) or Better BibTeX gives them.
    Zotero,
    /// Records of [bio.tools](https://biotools.readthedocs.io/en/latest/api_reference.html).
    BioTools,
    /// The tables of [scRNA-tools](https://github.com/scRNA-tools/scRNA-tools), one behind the other.
    ScrnaTools,
    /// The links between papers and code of Papers with Code.
    PapersWithCode,
    /// JSON that is none of these.
    OtherJson,
}

/// So many bytes show what a text is.
const BEGINNING: usize = 1 << 16;

impl Form {
    /// Recognises a text by its beginning.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut end = text.len().min(BEGINNING);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = text[..end].trim_start_matches('\u{feff}').trim_start();
        if text.starts_with(['{', '[']) {
            return json(text).unwrap_or(Self::List);
        }
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.clone().next().unwrap_or_default();
        if first.starts_with(SECTION) || first.starts_with("Tool\tPlatform\tCode\t") {
            return Self::ScrnaTools;
        }
        // Some databases write a few lines of their own above the first record.
        if lines.clone().take(20).any(is_start_of_ris) {
            return Self::Ris;
        }
        let first = lines.find(|line| !line.trim_start().starts_with('%')).unwrap_or_default();
        if is_start_of_bibtex(first) { Self::BibTex } else { Self::List }
    }

    /// Recognises the text of a file. What begins like prose is what the file's ending says.
    pub(super) fn of_file(path: &Path, text: &str) -> Self {
        let name = path.to_string_lossy();
        let name = without_gz(&name).to_ascii_lowercase();
        if spec::is_markdown(&name) {
            return Self::List;
        }
        let is_json = [".json", ".jsonl", ".ndjson"].iter().any(|ending| name.ends_with(ending));
        match Self::of(text) {
            // The Markdown of a list may begin with a brace; only what is called so is meant to be JSON.
            Self::List if is_json && text.trim().is_empty() => Self::CslJson,
            Self::List if is_json => Self::OtherJson,
            Self::List if name.ends_with(".bib") || name.ends_with(".bibtex") => Self::BibTex,
            Self::List if name.ends_with(".ris") => Self::Ris,
            Self::List if name.ends_with(".tsv") => Self::Facts,
            form => form,
        }
    }

    /// What sort of source has this form.
    pub(super) fn kind(self) -> SourceKind {
        match self {
            Self::List | Self::OtherJson => SourceKind::List,
            Self::Facts => SourceKind::Facts,
            Self::BibTex | Self::Ris | Self::CslJson | Self::Zotero => SourceKind::Bibliography,
            Self::BioTools | Self::ScrnaTools | Self::PapersWithCode => SourceKind::Registry,
        }
    }

    /// The name of a registry, whatever its files are called.
    pub(super) fn registry(self) -> Option<&'static str> {
        match self {
            Self::BioTools => Some("bio.tools"),
            Self::ScrnaTools => Some("scrna-tools"),
            Self::PapersWithCode => Some("papers-with-code"),
            _ => None,
        }
    }
}

/// How the line begins that stands above each file of several.
pub(super) const SECTION: &str = "==> ";

/// A name without the ending of packed files.
pub(super) fn without_gz(name: &str) -> &str {
    let at = name.len().saturating_sub(3);
    if name.get(at..).is_some_and(|ending| ending.eq_ignore_ascii_case(".gz")) { &name[..at] } else { name }
}

fn is_start_of_ris(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').strip_prefix("TY").is_some_and(|rest| rest.trim_start().starts_with('-'))
}

/// `@article{key,`, `@string(`.
fn is_start_of_bibtex(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix('@') else { return false };
    let kind = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    kind.len() < rest.len() && kind.trim_start().starts_with(['{', '('])
}

/// What the names of the fields say of a JSON text; `None` if it is no JSON at all.
fn json(text: &str) -> Option<Form> {
    let is_array = text.starts_with('[');
    let inside = text[1..].trim_start();
    let is_empty = matches!(inside.trim_end(), "]" | "}");
    if !is_empty && !inside.starts_with(if is_array { '{' } else { '"' }) {
        return None;
    }
    let keys: BTreeSet<(usize, &str)> = Keys::of(text).map(|key| (key.depth, key.name)).collect();
    let has_at = |depth, name| keys.contains(&(depth, name));
    let depth = match (is_array, has_at(1, "items") || has_at(1, "list")) {
        (false, false) => 1,
        (true, _) => 2,
        (false, true) => 3,
    };
    let has = |name| has_at(depth, name);
    let is_csl = ["issued", "container-title", "DOI", "citation-key", "id"].into_iter().any(has);
    Some(if has("biotoolsID") || has("biotoolsCURIE") {
        Form::BioTools
    } else if has("repo_url") && (has("paper_url") || has("paper_title")) {
        Form::PapersWithCode
    } else if has("itemType") || has("data") && has("library") {
        Form::Zotero
    } else if has("title") && has("type") && is_csl {
        Form::CslJson
    } else {
        Form::OtherJson
    })
}

/// A key of a JSON object.
struct Key<'t> {
    /// How many brackets it stands in.
    depth: usize,
    name: &'t str,
}

/// The keys of a JSON text in their order, as far as it goes: it may be cut anywhere.
struct Keys<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Keys<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// One past the closing quotation mark of the string that begins here.
    fn end_of_string(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while *bytes.get(at)? != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        Some(at + 1)
    }
}

impl<'t> Iterator for Keys<'t> {
    type Item = Key<'t>;

    fn next(&mut self) -> Option<Key<'t>> {
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                b'"' => {
                    let end = self.end_of_string()?;
                    let name = self.text.get(self.at + 1..end - 1)?;
                    self.at = end;
                    if self.text[end..].trim_start().starts_with(':') {
                        return Some(Key { depth: self.depth, name });
                    }
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_shows_what_it_is() {
        for (text, expected) in [
            ("", Form::List),
            ("# Title\n- [x](https://x.org)", Form::List),
            ("[![badge](x)](y)\n# Title", Form::List),
            ("{: .no_toc}\n# Title", Form::List),
            ("[a list]\n", Form::List),
            ("@me wrote this", Form::List),
            ("\u{feff}% from JabRef\n\n@Article{x,\n title={T}}", Form::BibTex),
            ("@string(a = {b})", Form::BibTex),
            ("Provider: X\nDatabase: Y\n\nTY  - JOUR\nER  - ", Form::Ris),
            (r#"[{"id":"x","type":"book","title":"T"}]"#, Form::CslJson),
            (r#"{"type":"article-journal","title":"T","DOI":"10.1/x"}"#, Form::CslJson),
            (r#"{"items":[{"id":"x","type":"book","title":"T"}]}"#, Form::CslJson),
            (r#"[{"key":"K","version":1,"library":{"type":"user"},"data":{"itemType":"book"}}]"#, Form::Zotero),
            (r#"{"config":{"id":"c"},"items":[{"itemType":"book","title":"T"}]}"#, Form::Zotero),
            (r#"{"name":"x","biotoolsID":"x","description":"a \"title\": b"}"#, Form::BioTools),
            ("{\"biotoolsID\":\"x\"}\n{\"biotoolsID\":\"y\"}", Form::BioTools),
            (r#"{"count":1,"next":null,"list":[{"name":"x","biotoolsID":"x"}]}"#, Form::BioTools),
            (r#"[{"paper_url":"https://x","paper_title":"T","repo_url":"https://y"}]"#, Form::PapersWithCode),
            (r#"{"status":"ok","message":{"title":["T"],"type":"x","DOI":"10.1/x"}}"#, Form::OtherJson),
            ("[]", Form::OtherJson),
            ("Tool\tPlatform\tCode\tDescription\n", Form::ScrnaTools),
            ("==> tools.tsv <==\nTool\tPlatform\n", Form::ScrnaTools),
        ] {
            assert_eq!(Form::of(text), expected, "{text}");
        }
        let cut = format!("[{{\"biotoolsID\":\"x\",\"text\":\"{}", "é".repeat(BEGINNING));
        assert_eq!(Form::of(&cut), Form::BioTools);
    }

    #[test]
    fn the_ending_decides_where_the_text_does_not() {
        let form = |path: &str, text: &str| Form::of_file(path.as_ref(), text);
        assert_eq!(form("a.bib", "Made by hand.\n@book{x,title={T}}"), Form::BibTex);
        assert_eq!(form("a.RIS.gz", ""), Form::Ris);
        assert_eq!(form("a.tsv", "subject\trelation\tobject\n"), Form::Facts);
        assert_eq!(form("a.md", "@book{x,title={T}}"), Form::List, "a list may begin with a citation of itself");
        assert_eq!(form("a.txt", "@book{x,title={T}}"), Form::BibTex);
        assert_eq!(form("a.json", "no JSON"), Form::OtherJson);
        assert_eq!(form("a.json", ""), Form::CslJson);
    }
}
