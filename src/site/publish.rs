//! The explorer as plain files, which any host can serve.
//!
//! Pages are the same as those of a server, but for what needs one: SPARQL, questions that ask for something, parts of long
//! sections. The search runs in the browser, over an index that is a file, too. Everything is in both languages, English at
//! the root and Chinese in a folder of its own. The same store gives the same files, to the byte.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    sync::Arc,
};

use oxrdfio::{JsonLdProfileSet, RdfFormat};
use serde_json::json;

use super::{
    About, Asking, Context, Failure, Index, Language, Limits, Links, Outcome, SiteError, StaticLinks, StaticSite,
    VIEWS, about, assets, failure, files, home, index, ontology, picture, pictures, question, questions, static_search,
    terms, thing,
};
use crate::{
    explore::{Atlas, Item},
    export::{self, Engine, PictureFormat, RdfError, Theme, View, ViewKind, ViewOptions, described, serialized},
    query::{self, Question},
    store::{Budget, StoreError},
};

/// How many things a list of all things of a kind has on one page.
const PER_INDEX: usize = 500;
/// How many things the search in the browser knows: more would be too much to load.
const MOST_SEARCHED: usize = 20_000;
/// How many rows of an answer a page shows.
const MOST_ROWS: usize = 1_000;
/// How many members a section of a page has: on plain files nobody can leaf through them.
const MOST_MEMBERS: usize = 1_000;
/// How long Graphviz may take for a picture.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);
/// The forms of RDF beside each page: name, and how it is written.
const DATA: [(&str, RdfFormat); 2] =
    [("ttl", RdfFormat::Turtle), ("jsonld", RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() })];
/// The whole graph as a file: format, and where.
const WHOLE: [(&str, &str); 2] = [("nq", "download/graph.nq"), ("ttl", "download/graph.ttl")];

/// Why a site cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A page cannot be made.
    #[error(transparent)]
    Page(#[from] SiteError),
    /// The graph cannot be written as a file.
    #[error(transparent)]
    Graph(#[from] RdfError),
    /// A file cannot be written.
    #[error("cannot write {path}")]
    Write {
        /// Which, from the root of the site.
        path: String,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

/// Takes the path of a file from the root of the site, and its bytes.
pub type Sink<'s> = dyn FnMut(&str, &[u8]) -> io::Result<()> + 's;

/// Writes all files of a site, and gives how many there are.
///
/// # Errors
///
/// If the store cannot be read or a file not be written.
pub fn publish(atlas: &Atlas, title: &str, sink: &mut Sink<'_>) -> Result<usize, PublishError> {
    let nodes = &atlas.network().nodes;
    let asked =
        query::questions().into_iter().filter(|question| question.parameters.iter().all(|asked| asked.is_optional));
    let site = StaticSite {
        base: atlas.base().to_owned(),
        languages: Language::ALL.to_vec(),
        things: nodes.iter().map(|node| node.iri.to_string()).collect(),
        questions: asked.clone().map(|question| question.name).collect(),
        pictures: VIEWS.iter().map(|view| (*view).to_owned()).collect(),
        data_formats: DATA.iter().map(|(name, _)| (*name).to_owned()).collect(),
        downloads: WHOLE.iter().map(|(name, file)| ((*name).to_owned(), (*file).to_owned())).collect(),
        has_ontology: true,
    };
    let mut press = Press { atlas, title, site: Arc::new(site), sink, n_files: 0 };
    press.shared()?;
    let questions: Vec<Question> = asked.collect();
    for language in Language::ALL {
        press.pages(language, &questions)?;
        press.things(language)?;
        press.indexes(language)?;
        press.search_index(language)?;
    }
    Ok(press.n_files)
}

/// A site in the making.
struct Press<'p, 's> {
    atlas: &'p Atlas,
    title: &'p str,
    site: Arc<StaticSite>,
    sink: &'p mut Sink<'s>,
    n_files: usize,
}

impl Press<'_, '_> {
    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.n_files += 1;
        (self.sink)(path, bytes).map_err(|cause| PublishError::Write { path: path.to_owned(), cause })
    }

    fn context(&self, language: Language, file: &str) -> (Context, String) {
        let links = StaticLinks::new(Arc::clone(&self.site), language, file);
        let path = links.path();
        let context = Context {
            language,
            links: Links::Static(links),
            path: path.clone(),
            origin: None,
            title: self.title.to_owned(),
        };
        (context, path)
    }

    fn page(
        &mut self,
        language: Language,
        file: &str,
        make: impl FnOnce(&Context) -> Result<String, SiteError>,
    ) -> Result<(), PublishError> {
        let (context, path) = self.context(language, file);
        let html = make(&context)?;
        self.put(&path, html.as_bytes())
    }

    /// What both languages share.
    fn shared(&mut self) -> Result<(), PublishError> {
        for (name, asset) in assets() {
            self.put(&format!("assets/{name}"), asset.bytes)?;
        }
        for (name, format) in DATA {
            for node in &self.atlas.network().nodes {
                let bytes = serialized(&described(self.atlas.graph(), &node.iri)?, format);
                self.put(&files::data(self.atlas.base(), &node.iri, name), &bytes)?;
            }
        }
        for (name, format) in [("nq", RdfFormat::NQuads), ("ttl", RdfFormat::Turtle)] {
            let mut bytes = Vec::new();
            export::rdf(self.atlas.graph(), format, &mut bytes)?;
            let file = self.site.downloads.get(name).cloned().unwrap_or_default();
            self.put(&file, &bytes)?;
        }
        self.images()?;
        // Without it, some hosts leave out folders and files that begin with an underscore.
        self.put(".nojekyll", b"")
    }

    fn images(&mut self) -> Result<(), PublishError> {
        for name in VIEWS {
            let Some(kind) = ViewKind::named(name) else { continue };
            let view = View::of(self.atlas.network(), &ViewOptions::new(kind));
            for (word, theme) in [("light", Theme::Light), ("dark", Theme::Dark)] {
                let engine = Engine::of(&view);
                let source = export::dot(&view, engine, theme);
                let drawn = export::render(&source, engine, PictureFormat::Svg, PATIENCE);
                let bytes = drawn.unwrap_or_else(|_| export::plain_svg(&view, theme).into_bytes());
                self.put(&files::image(name, word), &bytes)?;
            }
        }
        Ok(())
    }

    /// The pages that are no things.
    fn pages(&mut self, language: Language, asked: &[Question]) -> Result<(), PublishError> {
        let overview = self.atlas.overview()?;
        self.page(language, files::HOME, |context| home(&overview, context))?;
        self.page(language, files::SEARCH, |context| static_search(&overview, context))?;
        self.page(language, files::ONTOLOGY, |context| ontology(&terms(), context))?;
        let example =
            self.atlas.network().nodes.iter().find(|node| node.kind == "paper").map(|node| node.iri.to_string());
        let limits = Limits { seconds: 0, n_rows: MOST_ROWS };
        let shown = About { overview: &overview, example: example.as_deref(), limits };
        self.page(language, files::ABOUT, |context| about(&shown, context))?;
        self.page(language, files::PICTURES, pictures)?;
        for view in VIEWS {
            self.page(language, &files::picture(view), |context| picture(view, None, context))?;
        }
        let lost = Failure { status: 404, ..Failure::default() };
        self.page(language, files::NOT_FOUND, |context| failure(&lost, context))?;
        self.page(language, files::QUESTIONS, |context| questions(asked, context))?;
        for one in asked {
            let outcome = match self.atlas.answer(one, &[], MOST_ROWS, Budget::unlimited()) {
                Ok(answer) => Outcome::Answer(answer),
                Err(error) => Outcome::Failed(error.to_string()),
            };
            let asking = Asking { question: one, given: &[], outcome: &outcome };
            self.page(language, &files::question(&one.name), |context| question(&asking, context))?;
        }
        Ok(())
    }

    fn things(&mut self, language: Language) -> Result<(), PublishError> {
        for node in &self.atlas.network().nodes {
            let Some(page) = self.atlas.whole_page(&node.iri, MOST_MEMBERS)? else { continue };
            let file = files::thing(self.atlas.base(), &node.iri);
            self.page(language, &file, |context| thing(&page, context))?;
        }
        Ok(())
    }

    /// Lists of all things of each kind.
    fn indexes(&mut self, language: Language) -> Result<(), PublishError> {
        let mut kinds: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
        for (at, node) in (0..).zip(&self.atlas.network().nodes) {
            kinds.entry(node.kind).or_default().push(self.atlas.item(at));
        }
        for (kind, mut items) in kinds {
            items.sort_by_cached_key(|item| (item.name.to_lowercase(), item.iri.clone()));
            let total = items.len();
            let n_parts = total.div_ceil(PER_INDEX);
            for (part, items) in (1..).zip(items.chunks(PER_INDEX)) {
                let list = Index { kind, items, part, n_parts, total };
                self.page(language, &files::index(kind, part), |context| index(&list, context))?;
            }
        }
        Ok(())
    }

    /// What the search in the browser reads; of a large store what is best known.
    fn search_index(&mut self, language: Language) -> Result<(), PublishError> {
        let mut weighed: Vec<(std::cmp::Reverse<(usize, usize)>, u32)> = (0..)
            .zip(&self.atlas.network().nodes)
            .map(|(at, _)| (std::cmp::Reverse(self.atlas.weight(at)), at))
            .collect();
        weighed.sort_unstable();
        let chosen: BTreeSet<u32> = weighed.into_iter().take(MOST_SEARCHED).map(|(_, at)| at).collect();
        let documents = self.atlas.documents().zip(0..).filter(|(_, at)| chosen.contains(at));
        let documents: Vec<_> = documents
            .map(|(document, at)| {
                let topics: Vec<String> = document.topics.into_iter().flat_map(|topic| topic.names).collect();
                let names = [document.names, document.other_names, document.identifiers].concat().join(" ");
                json!({
                    "id": at,
                    "href": files::thing(self.atlas.base(), &document.iri),
                    "name": self.atlas.item(at).name,
                    "names": names,
                    "kind": document.kind,
                    "year": document.year,
                    "text": document.description,
                    "topics": topics.join(" "),
                    "people": document.people.join(", "),
                })
            })
            .collect();
        let (_, path) = self.context(language, "search-index.json");
        self.put(&path, json!({ "documents": documents }).to_string().as_bytes())
    }
}
