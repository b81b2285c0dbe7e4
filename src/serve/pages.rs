//! The explorer: pages for people.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State as Shared},
    http::{HeaderName, HeaderValue, Request, Response, StatusCode, header},
};

use super::{
    answers,
    form::Form,
    formats,
    linked::{address_of, broken, iri_of, is_known, ontology as ontology_data, redirect},
    problem::Problem,
    request::Parts,
    state::State,
    stream::Wanted,
    world::World,
};
use crate::{
    explore::Item,
    query,
    site::{self, Context, Language, Limits, Links, SiteError},
    store::Budget,
};

/// How much of the graph a page about a thing shows around it, without scripts.
const AROUND: usize = 80;

/// A page in the making: what is asked for, and of what.
pub(super) struct Asked {
    pub(super) state: Arc<State>,
    pub(super) world: Arc<World>,
    pub(super) parts: Parts,
    pub(super) form: Form,
    pub(super) context: Context,
}

type Made = Result<String, Problem>;

impl From<SiteError> for Problem {
    fn from(error: SiteError) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "report it, with the address")
    }
}

/// Makes a page in a thread where one may wait, unless the client has it already.
pub(super) async fn page(
    state: &Arc<State>,
    parts: Parts,
    make: impl FnOnce(&Asked) -> Made + Send + 'static,
) -> Response<Body> {
    kept_page(state, parts, true, make).await
}

/// The same, of a page that may be another one the next time, since it took too long.
async fn fresh_page(
    state: &Arc<State>,
    parts: Parts,
    budget: &Budget,
    make: impl FnOnce(&Asked) -> Made + Send + 'static,
) -> Response<Body> {
    let _wanted = Wanted(budget.clone());
    kept_page(state, parts, false, make).await
}

async fn kept_page(
    state: &Arc<State>,
    parts: Parts,
    is_kept: bool,
    make: impl FnOnce(&Asked) -> Made + Send + 'static,
) -> Response<Body> {
    let lookup = match state.lookup().await {
        Ok(lookup) => lookup,
        Err(problem) => return failed(state, &parts, &problem),
    };
    let (state, for_failure) = (Arc::clone(state), (Arc::clone(state), parts.clone()));
    let made = tokio::task::spawn_blocking(move || {
        let _lookup = lookup;
        let world = state.world();
        let (language, is_chosen) = language(&parts)?;
        let tag = format!("W/\"{}-{}-{}\"", world.stamp, language.word(), env!("CARGO_PKG_VERSION"));
        let tag = Some(tag).filter(|_| is_kept);
        if !is_chosen && tag.as_ref().is_some_and(|tag| is_known(&parts, tag)) {
            return Ok(finished(String::new(), StatusCode::NOT_MODIFIED, language, is_chosen, tag.as_deref()));
        }
        let context = context(&state, &world, &parts, language);
        let form = parts.form()?;
        let asked = Asked { state, world, parts, form, context };
        let html = make(&asked)?;
        Ok(finished(html, StatusCode::OK, language, is_chosen, tag.as_deref()))
    });
    match made.await.unwrap_or_else(|_| Err(broken())) {
        Ok(response) => response,
        Err(problem) => failed(&for_failure.0, &for_failure.1, &problem),
    }
}

/// A page that tells what went wrong.
pub(super) fn failed(state: &Arc<State>, parts: &Parts, problem: &Problem) -> Response<Body> {
    let world = state.world();
    let (language, is_chosen) = language(parts).unwrap_or((Language::En, false));
    let candidates: Vec<Item> = problem.candidates.iter().map(|(iri, _)| world.atlas.item_of(iri)).collect();
    let detail = format!("{}; {}", problem.what, problem.hint);
    let failure = site::Failure {
        status: problem.status.as_u16(),
        subject: Some(parts.uri.path()),
        detail: Some(&detail),
        retry_after: problem
            .header
            .filter(|(name, _)| *name == "retry-after")
            .and_then(|(_, value)| value.parse().ok()),
        candidates: &candidates,
    };
    match site::failure(&failure, &context(state, &world, parts, language)) {
        Ok(html) => {
            let mut response = finished(html, problem.status, language, is_chosen, None);
            if let Some((name, value)) = problem.header {
                response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            response
        }
        Err(_) => problem.text(),
    }
}

fn context(state: &State, world: &World, parts: &Parts, language: Language) -> Context {
    Context {
        language,
        links: Links::server(world.atlas.base()),
        path: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        origin: Some(parts.origin()),
        title: state.options.title.clone(),
    }
}

/// The language of a page, and whether it was chosen just now: by the address, the cookie, or else the browser's settings.
fn language(parts: &Parts) -> Result<(Language, bool), Problem> {
    if let Some(chosen) = parts.form()?.get("lang").and_then(|tag| tag.parse().ok()) {
        return Ok((chosen, true));
    }
    let cookies = parts.header(header::COOKIE).unwrap_or_default();
    let kept = cookies.split([';', ',']).find_map(|cookie| cookie.trim().strip_prefix("lang=")?.parse().ok());
    let wanted = || {
        let wanted = parts.header(header::ACCEPT_LANGUAGE).unwrap_or_default();
        wanted.split(',').find_map(|range| range.split(';').next()?.trim().parse().ok())
    };
    Ok((kept.or_else(wanted).unwrap_or(Language::En), false))
}

fn finished(
    html: String,
    status: StatusCode,
    language: Language,
    is_chosen: bool,
    tag: Option<&str>,
) -> Response<Body> {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Accept-Language, Cookie"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(tag).ok()) {
        headers.insert(header::ETAG, tag);
    }
    if is_chosen {
        let cookie = match language {
            Language::En => "lang=en; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
            Language::Zh => "lang=zh; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly",
        };
        headers.insert(header::SET_COOKIE, HeaderValue::from_static(cookie));
    }
    response
}

/// The first page.
pub(super) async fn home(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    page(&state, Parts::of(&request), |asked| Ok(site::home(asked.world.overview(), &asked.context)?)).await
}

/// What was found by full text.
pub(super) async fn search(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    page(&state, Parts::of(&request), |asked| {
        let sought = answers::Sought::of(&asked.form, site::SEARCH_PAGE)?;
        Ok(site::search(&answers::findings(&asked.world, &sought)?, &asked.context)?)
    })
    .await
}

/// All about one thing.
pub(super) async fn thing(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    if let Some(response) = moved(&state, &parts) {
        return response;
    }
    page(&state, parts, |asked| {
        let atlas = &asked.world.atlas;
        let iri = iri_of("/page", atlas.base(), &asked.parts)?;
        let offset = asked.form.filled("offset").map(answers::number).transpose()?.unwrap_or(0);
        let section = asked.form.filled("section").map(|section| (section, offset));
        let Some(page) = atlas.page(&iri, section)? else {
            return Err(Problem::not_found(format!("nothing is known of {iri}")));
        };
        Ok(site::thing(&page, &asked.context)?)
    })
    .await
}

/// Where the page of a weaker name leads: to that of the thing.
fn moved(state: &State, parts: &Parts) -> Option<Response<Body>> {
    let world = state.world();
    let iri = iri_of("/page", world.atlas.base(), parts).ok()?;
    if world.atlas.network().find(&iri).is_some() {
        return None;
    }
    let thing = world.atlas.alias_of(&iri).ok()??;
    Some(redirect(StatusCode::MOVED_PERMANENTLY, &address_of("page", world.atlas.base(), &thing)))
}

/// The graph around a thing.
pub(super) async fn around(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    page(&state, Parts::of(&request), |asked| {
        let atlas = &asked.world.atlas;
        let iri = answers::thing(&asked.world, asked.form.filled("iri").unwrap_or_default())?;
        let neighborhood = atlas.around(&iri, 1, AROUND);
        let neighborhood = neighborhood.ok_or_else(|| Problem::not_found(format!("nothing is tied to {iri}")))?;
        Ok(site::graph(&atlas.item_of(&iri), &neighborhood, &asked.context)?)
    })
    .await
}

/// All questions.
pub(super) async fn questions(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    page(&state, Parts::of(&request), |asked| Ok(site::questions(&query::questions(), &asked.context)?)).await
}

/// One question, and its answer where it was asked.
pub(super) async fn question(
    Shared(state): Shared<Arc<State>>,
    Path(name): Path<String>,
    request: Request<Body>,
) -> Response<Body> {
    let parts = Parts::of(&request);
    let turn = match state.turn().await {
        Ok(turn) => turn,
        Err(problem) => return failed(&state, &parts, &problem),
    };
    let budget = turn.budget.clone();
    fresh_page(&state, parts, &budget, move |asked| {
        let question = query::named(&name);
        let question = question.ok_or_else(|| Problem::not_found(format!("there is no question {name}")))?;
        let given = answers::given(&question, &asked.form);
        let outcome = answers::outcome(&asked.world, &question, &given, asked.state.options.page_rows, &turn);
        let asking = site::Asking { question: &question, given: &given, outcome: &outcome };
        Ok(site::question(&asking, &asked.context)?)
    })
    .await
}

/// The page on which queries are written.
pub(super) async fn sparql(state: &Arc<State>, parts: &Parts) -> Response<Body> {
    let turn = match state.turn().await {
        Ok(turn) => turn,
        Err(problem) => return failed(state, parts, &problem),
    };
    let budget = turn.budget.clone();
    fresh_page(state, parts.clone(), &budget, move |asked| {
        let sparql = asked.form.get("query").unwrap_or_default();
        let services = asked.state.services();
        let solution = answers::solution(&asked.world, sparql, asked.state.options.page_rows, &turn, services);
        let desk = site::Desk {
            query: sparql,
            solution: &solution,
            limits: limits(&asked.state),
            examples: &query::questions(),
        };
        Ok(site::sparql(&desk, &asked.context)?)
    })
    .await
}

/// All pictures.
pub(super) async fn pictures(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    page(&state, Parts::of(&request), |asked| Ok(site::pictures(&asked.context)?)).await
}

/// One picture, of all or of a part.
pub(super) async fn picture(state: &Arc<State>, parts: Parts, view: String) -> Response<Body> {
    page(state, parts, move |asked| {
        if !site::VIEWS.contains(&view.as_str()) {
            return Err(Problem::not_found(format!("there is no picture {view}")));
        }
        let part = asked.form.filled("topic").or(asked.form.filled("iri"));
        let part = part.map(|text| answers::thing(&asked.world, text)).transpose()?;
        let item = part.map(|iri| asked.world.atlas.item_of(&iri));
        Ok(site::picture(&view, item.as_ref(), &asked.context)?)
    })
    .await
}

/// What there is to be had as data, and how.
pub(super) async fn about(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    page(&state, Parts::of(&request), |asked| {
        let nodes = &asked.world.atlas.network().nodes;
        let example = nodes.iter().find(|node| node.kind == "paper").or(nodes.first());
        let about = site::About {
            overview: asked.world.overview(),
            example: example.map(|node| &*node.iri),
            limits: limits(&asked.state),
        };
        Ok(site::about(&about, &asked.context)?)
    })
    .await
}

/// The vocabulary, as a page or as RDF.
pub(super) async fn ontology(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    let is_page = formats::wants_page(parts.accept().as_deref())
        && parts.form().is_ok_and(|form| form.filled("format").is_none());
    if !is_page {
        return ontology_data(&state, &parts).unwrap_or_else(|problem| problem.text());
    }
    page(&state, parts, |asked| Ok(site::ontology(&site::terms(), &asked.context)?)).await
}

/// There is nothing at an address.
pub(super) async fn nothing(Shared(state): Shared<Arc<State>>, request: Request<Body>) -> Response<Body> {
    let parts = Parts::of(&request);
    let problem = Problem::not_found(format!("there is nothing at {}", parts.uri.path()));
    match (parts.uri.path().starts_with("/api/"), formats::wants_page(parts.accept().as_deref())) {
        (true, _) => problem.json(),
        (false, true) => failed(&state, &parts, &problem),
        (false, false) => problem.text(),
    }
}

fn limits(state: &State) -> Limits {
    Limits { seconds: state.options.query_time.as_secs(), n_rows: state.options.page_rows }
}
