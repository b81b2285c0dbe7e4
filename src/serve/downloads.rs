//! The graph, or a part of it, as a file; and pictures of it.

use std::{io::Write, sync::Arc, time::Duration};

use super::{
    answers,
    form::Form,
    formats,
    linked::{broken, is_known, name_file},
    pages,
    problem::Problem,
    request::Parts,
    state::{State, place},
    stream::stream,
    world::World,
};
use crate::{
    export::{
        Bibliography, Engine, Exchange, PictureFormat, Table, TableFormat, Theme, View, ViewKind, ViewOptions,
        described, dot, markdown, plain_svg, rdf, render, serialized,
    },
    network::{Network, Selection},
    site,
    store::Budget,
};
use axum::{
    body::Body,
    extract::{Path, State as Shared},
    http::{HeaderValue, Request, Response, StatusCode, header},
};

/// How far the part around a thing goes.
const DEPTH: usize = 1;
/// How long Graphviz may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// A file.
pub(super) async fn download(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    file(&state, &parts).await.unwrap_or_else(|problem| pages_or_text(&state, &parts, &problem))
}

fn pages_or_text(state: &Arc<State>, parts: &Parts, problem: &Problem) -> Response<Body> {
    match formats::wants_page(parts.accept().as_deref()) {
        true => pages::failed(state, parts, problem),
        false => problem.text(),
    }
}

async fn file(state: &Arc<State>, parts: &Parts) -> Result<Response<Body>, Problem> {
    let form = parts.form()?;
    let name = form.filled("format").unwrap_or("nq").to_owned();
    let kind = Kind::named(&name).ok_or_else(|| {
        let hint = "there are ttl nt nq trig jsonld rdfxml csv graphml gexf cytoscape cx2 bibtex ris csl-json markdown dot svg png";
        Problem::bad(format!("no format is called {name:?}"), hint)
    })?;
    if let Kind::Picture(format) = kind {
        let view = form.filled("view").unwrap_or(if form.filled("iri").is_some() { "all" } else { "tools" }).to_owned();
        let mut response = drawn(state, parts, view, format).await?;
        name_file(response.headers_mut(), &name);
        return Ok(response);
    }
    let world = state.world();
    let turn = state.download().await?;
    let mut response =
        stream(kind.content_type(), Budget::unlimited(), turn, move |out| kind.write(&world, &form, out)).await?;
    name_file(response.headers_mut(), &name);
    Ok(response)
}

/// What a file is.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Rdf(oxrdfio::RdfFormat),
    Exchange(Exchange),
    /// The nodes as a table.
    Nodes,
    Bibliography(Bibliography),
    Markdown,
    Picture(Drawn),
}

/// How a picture is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drawn {
    Dot,
    Svg,
    Png,
}

impl Kind {
    fn named(name: &str) -> Option<Self> {
        let picture = match name {
            "dot" => Some(Drawn::Dot),
            "svg" => Some(Drawn::Svg),
            "png" => Some(Drawn::Png),
            _ => None,
        };
        match name {
            "csv" => Some(Self::Nodes),
            "markdown" => Some(Self::Markdown),
            _ => picture
                .map(Self::Picture)
                .or_else(|| formats::graph_named(name).map(Self::Rdf))
                .or_else(|| Exchange::named(name).map(Self::Exchange))
                .or_else(|| Bibliography::named(name).map(Self::Bibliography)),
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Self::Rdf(format) => formats::type_of_graph(format),
            Self::Exchange(Exchange::Cytoscape | Exchange::Cx2) => "application/json",
            Self::Exchange(_) => "application/xml",
            Self::Nodes => "text/csv; charset=utf-8",
            Self::Bibliography(Bibliography::CslJson) => "application/vnd.citationstyles.csl+json",
            Self::Bibliography(Bibliography::Ris) => "application/x-research-info-systems",
            Self::Bibliography(_) => "application/x-bibtex",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Picture(Drawn::Dot) => "text/vnd.graphviz; charset=utf-8",
            Self::Picture(Drawn::Svg) => "image/svg+xml",
            Self::Picture(Drawn::Png) => "image/png",
        }
    }

    fn write(self, world: &World, form: &Form, mut out: &mut dyn Write) -> Result<(), Problem> {
        if let Self::Rdf(format) = self {
            return write_rdf(world, form, format, out);
        }
        let network = part(world, form)?;
        let written = match self {
            Self::Exchange(exchange) => exchange.write(&network, out),
            Self::Nodes => {
                let mut bytes = Vec::new();
                TableFormat::Csv.write(&network, Table::Nodes, &mut bytes).and_then(|()| out.write_all(&bytes))
            }
            Self::Bibliography(bibliography) => bibliography.write(&world.atlas.scan()?, &network, &mut out).map(drop),
            _ => markdown(&world.atlas.scan()?, &network, &mut out),
        };
        written.map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "ask again"))
    }
}

fn write_rdf(world: &World, form: &Form, format: oxrdfio::RdfFormat, mut out: &mut dyn Write) -> Result<(), Problem> {
    let unwritten = |error: String| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error, "ask again");
    match form.filled("iri").or(form.filled("topic")) {
        Some(text) => {
            let iri = answers::thing(world, text)?;
            let bytes = serialized(&described(world.atlas.graph(), &iri)?, format);
            out.write_all(&bytes).map_err(|error| unwritten(error.to_string()))
        }
        None => rdf(world.atlas.graph(), format, &mut out).map_err(|error| unwritten(error.to_string())),
    }
}

/// The part of the network that is asked for: what stands under a topic, or around a thing.
fn part(world: &World, form: &Form) -> Result<Network, Problem> {
    let named = |name: &str, kind| form.filled(name).map(|text| answers::thing_of(world, text, kind)).transpose();
    let selection =
        Selection { topic: named("topic", Some("topic"))?, around: named("iri", None)?.map(|iri| (iri, DEPTH)) };
    Ok(world.atlas.network().select(&selection))
}

/// A page with a picture, or where the name ends with `.svg` the picture itself.
pub(super) async fn picture(
    Shared(state): Shared<Arc<State>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    let parts = Parts::of(&request);
    let Some(view) = name.strip_suffix(".svg") else { return pages::picture(&state, parts, name).await };
    let mut response = match drawn(&state, &parts, view.to_owned(), Drawn::Svg).await {
        Ok(response) => response,
        Err(problem) => problem.text(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Draws a picture, unless the client has it, or it was drawn before.
async fn drawn(state: &Arc<State>, parts: &Parts, view: String, format: Drawn) -> Result<Response<Body>, Problem> {
    let kind = ViewKind::named(&view).filter(|_| site::VIEWS.contains(&view.as_str()));
    let kind = kind.ok_or_else(|| Problem::not_found(format!("there is no picture {view}")))?;
    let form = parts.form()?;
    let theme = if form.get("theme") == Some("dark") { Theme::Dark } else { Theme::Light };
    let world = state.world();
    let key = format!("{view} {theme:?} {format:?} {:?} {:?}", form.filled("topic"), form.filled("iri"));
    let tag = format!("W/\"{}\"", world.stamp);
    let mut response = Response::new(Body::empty());
    if is_known(parts, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else if let Some(bytes) = world.picture(&key) {
        *response.body_mut() = Body::from(bytes);
    } else {
        // Held by the work, and not by whoever waits for it, who may leave.
        let turn = place(&state.drawings).await?;
        let draw = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            if let Some(bytes) = world.picture(&key) {
                return Ok(bytes);
            }
            let bytes = drawing(&world, &form, kind, theme, format)?;
            world.keep_picture(key, &bytes);
            Ok::<_, Problem>(bytes)
        });
        *response.body_mut() = Body::from(draw.await.unwrap_or_else(|_| Err(broken()))?);
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(Kind::Picture(format).content_type()));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}

fn drawing(world: &World, form: &Form, kind: ViewKind, theme: Theme, format: Drawn) -> Result<Vec<u8>, Problem> {
    let network = part(world, form)?;
    let view = View::of(&network, &ViewOptions::new(kind));
    let written = |text: String| Ok(text.into_bytes());
    let engine = Engine::of(&view);
    let source = dot(&view, engine, theme);
    match format {
        Drawn::Dot => written(source),
        // Without Graphviz, or where it takes too long, a plainer picture is better than none.
        Drawn::Svg => match render(&source, engine, PictureFormat::Svg, PATIENCE) {
            Ok(bytes) => Ok(bytes),
            Err(_) => written(plain_svg(&view, theme)),
        },
        Drawn::Png => render(&source, engine, PictureFormat::Png, PATIENCE)
            .map_err(|error| Problem::new(StatusCode::SERVICE_UNAVAILABLE, error.to_string(), "take the SVG instead")),
    }
}
