//! Where pages are: on a server, or in the files of a static site.
//!
//! What a static site cannot have (the endpoint, paging, downloads that were not written) has no address there; pages leave
//! it out. A web address that is neither `http` nor `https` is never linked.

mod encode;
pub mod files;
mod fixed;
mod server;
#[cfg(test)]
mod tests;

pub use fixed::{StaticLinks, StaticSite};
pub use server::ServerLinks;

use super::{Language, asset};
use crate::explore::{Link, Source};

/// Makes the addresses in pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Links {
    /// Of a running server.
    Server(ServerLinks),
    /// Of a page of a static site.
    Static(StaticLinks),
}

/// What is searched for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sought<'a> {
    pub(super) query: &'a str,
    pub(super) kind: Option<&'a str>,
    pub(super) topic: Option<&'a str>,
    pub(super) year: Option<i32>,
    pub(super) from: usize,
}

/// A part of the graph: what stands under a topic, or around a thing; all of it where neither is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// The IRI of a topic.
    pub topic: Option<&'a str>,
    /// The IRI of a thing.
    pub around: Option<&'a str>,
}

impl Links {
    /// On a server, whose IRIs begin with `base`.
    #[must_use]
    pub fn server(base: impl Into<String>) -> Self {
        Self::Server(ServerLinks { base: base.into() })
    }

    /// Whether there is a server behind the pages.
    pub(super) fn is_server(&self) -> bool {
        matches!(self, Self::Server(_))
    }

    pub(super) fn home(&self) -> String {
        self.either("/", files::HOME)
    }

    pub(super) fn search(&self) -> String {
        self.either("/search", files::SEARCH)
    }

    pub(super) fn questions(&self) -> String {
        self.either("/questions", files::QUESTIONS)
    }

    pub(super) fn pictures(&self) -> String {
        self.either("/pictures", files::PICTURES)
    }

    pub(super) fn about(&self) -> String {
        self.either("/about", files::ABOUT)
    }

    pub(super) fn ontology(&self) -> Option<String> {
        match self {
            Self::Server(_) => Some("/ontology".to_owned()),
            Self::Static(page) => page.site().has_ontology.then(|| page.to(files::ONTOLOGY)),
        }
    }

    /// What was found; only a server finds.
    pub(super) fn found(&self, sought: &Sought<'_>) -> Option<String> {
        self.on_server(|server| server.found(sought))
    }

    /// All things of a kind.
    pub(super) fn kind(&self, kind: &str) -> String {
        match self {
            Self::Server(server) => server.found(&Sought { kind: Some(kind), ..Sought::default() }),
            Self::Static(page) => page.to(&files::index(kind, 1)),
        }
    }

    /// A part of the list of all things of a kind; on a server the search shows it.
    pub(super) fn index(&self, kind: &str, part: usize) -> String {
        match self {
            Self::Server(_) => self.kind(kind),
            Self::Static(page) => page.to(&files::index(kind, part)),
        }
    }

    /// The page of a thing; none where a static site has no such page.
    pub(super) fn thing(&self, iri: &str) -> Option<String> {
        match self {
            Self::Server(server) => Some(server.of("page", iri)),
            Self::Static(page) => page.to_thing(iri),
        }
    }

    /// A part of a long section of a thing's page.
    pub(super) fn section(&self, iri: &str, key: &str, offset: usize) -> Option<String> {
        self.on_server(|server| {
            let offset = offset.to_string();
            let page = server.of("page", iri);
            let pairs = [("section", Some(key)), ("offset", Some(offset.as_str()))];
            format!("{}#{}", encode::query(&page, pairs), encode::value(key))
        })
    }

    /// The RDF of a thing.
    pub(super) fn data(&self, iri: &str, format: &str) -> Option<String> {
        match self {
            Self::Server(server) => Some(encode::query(&server.of("data", iri), [("format", Some(format))])),
            Self::Static(page) => {
                let is_written = page.site().data_formats.iter().any(|written| written == format);
                is_written.then(|| page.to_root(&files::data(&page.site().base, iri, format)))
            }
        }
    }

    /// A file with a part of the graph, or all of it.
    pub(super) fn download(&self, format: &str, part: Part<'_>) -> Option<String> {
        match self {
            Self::Server(_) => Some(ServerLinks::part("/download", part, &[("format", format)])),
            Self::Static(page) if part == Part::default() => {
                page.site().downloads.get(format).map(|file| page.to_root(&encode::path(file)))
            }
            Self::Static(_) => None,
        }
    }

    /// The graph view of a thing.
    pub(super) fn graph_view(&self, iri: &str) -> Option<String> {
        self.on_server(|_| encode::query("/explore", [("iri", Some(iri))]))
    }

    /// A question; on a static site only if its answer is written.
    pub(super) fn question(&self, name: &str) -> Option<String> {
        match self {
            Self::Server(_) => Some(format!("/questions/{}", encode::path(name))),
            Self::Static(page) => page.site().questions.contains(name).then(|| page.to(&files::question(name))),
        }
    }

    /// A question with values; the answer alone, where a format is given.
    pub(super) fn answer(&self, name: &str, given: &[(String, String)], format: Option<&str>) -> Option<String> {
        self.on_server(|_| {
            let folder = if format.is_some() { "/api/questions/" } else { "/questions/" };
            let pairs = given.iter().map(|(name, value)| (name.as_str(), Some(value.as_str())));
            encode::query(&format!("{folder}{}", encode::path(name)), pairs.chain([("format", format)]))
        })
    }

    /// The SPARQL page, with a query in it.
    pub(super) fn sparql(&self, query: Option<&str>) -> Option<String> {
        self.on_server(|_| encode::query("/sparql", [("query", query)]))
    }

    /// The result of a query alone.
    pub(super) fn sparql_result(&self, query: &str, format: &str) -> Option<String> {
        self.on_server(|_| encode::query("/sparql", [("query", Some(query)), ("format", Some(format))]))
    }

    /// The page that shows a picture.
    pub(super) fn picture(&self, view: &str, part: Part<'_>) -> Option<String> {
        match self {
            Self::Server(_) => Some(ServerLinks::part(&format!("/pictures/{}", encode::path(view)), part, &[])),
            Self::Static(page) => page.site().pictures.contains(view).then(|| page.to(&files::picture(view))),
        }
    }

    /// A picture itself.
    pub(super) fn image(&self, view: &str, part: Part<'_>, theme: &str) -> String {
        match self {
            Self::Server(_) => {
                ServerLinks::part(&format!("/pictures/{}.svg", encode::path(view)), part, &[("theme", theme)])
            }
            Self::Static(page) => page.to_root(&files::image(view, theme)),
        }
    }

    /// The file that a picture is downloaded as.
    pub(super) fn picture_download(&self, view: &str, part: Part<'_>, format: &str) -> Option<String> {
        self.on_server(|_| ServerLinks::part("/download", part, &[("format", format), ("view", view)]))
    }

    /// Where a server answers programs; nowhere on a static site.
    pub(super) fn service(&self, path: &'static str) -> Option<&'static str> {
        self.is_server().then_some(path)
    }

    /// What is known of a source: the page of a list, the quads of any other.
    pub(super) fn source(&self, source: &Source) -> Option<String> {
        let base = match self {
            Self::Server(server) => &server.base,
            Self::Static(page) => &page.site().base,
        };
        let list = source.graph.strip_prefix(base.as_str()).and_then(|graph| graph.strip_prefix("graph/list/"));
        match (list, self) {
            (Some(list), _) => self.thing(&format!("{base}id/list/{list}")),
            (None, Self::Server(server)) => server.named_graph(&source.graph),
            (None, Self::Static(_)) => None,
        }
    }

    /// Where a value leads: to a page of this site, or to the web.
    pub(super) fn link(&self, link: &Link) -> Option<String> {
        match link {
            Link::Thing(iri) => self.thing(iri),
            Link::Address(address) => self.checked(address),
        }
    }

    /// A web address, if it is one: nothing but `http` and `https` is linked.
    pub(super) fn checked(&self, address: &str) -> Option<String> {
        let address = address.trim();
        let scheme = address.split_once("://").map(|(scheme, _)| scheme)?;
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        (is_web && !address.contains(|character: char| character.is_control())).then(|| address.to_owned())
    }

    /// An asset. Its hash is in the address, so that browsers may keep it for good.
    pub(super) fn asset(&self, name: &str) -> String {
        let version = asset(name).map(|asset| asset.version).unwrap_or_default();
        match self {
            Self::Server(_) => {
                encode::query(&format!("/assets/{name}"), [("v", Some(version).filter(|v| !v.is_empty()))])
            }
            Self::Static(page) => encode::query(
                &page.to_root(&format!("assets/{name}")),
                [("v", Some(version).filter(|v| !v.is_empty()))],
            ),
        }
    }

    /// What the search in the browser reads on a static site.
    pub(super) fn search_index(&self) -> Option<String> {
        match self {
            Self::Server(_) => None,
            Self::Static(page) => Some(page.to("search-index.json")),
        }
    }

    /// This page in the other language.
    pub(super) fn in_language(&self, language: Language, path: &str) -> Option<String> {
        let other = language.other();
        match self {
            Self::Server(_) => Some(ServerLinks::in_language(path, other.word())),
            Self::Static(page) => page.in_language(other),
        }
    }

    fn either(&self, path: &str, file: &str) -> String {
        match self {
            Self::Server(_) => path.to_owned(),
            Self::Static(page) => page.to(file),
        }
    }

    fn on_server(&self, address: impl FnOnce(&ServerLinks) -> String) -> Option<String> {
        match self {
            Self::Server(server) => Some(address(server)),
            Self::Static(_) => None,
        }
    }
}
