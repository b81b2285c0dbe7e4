//! Which address leads where.

use std::sync::Arc;

use axum::{
    Router,
    http::{HeaderName, HeaderValue, Method, header},
    middleware,
    routing::{any, get},
};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::{
    access, api, assets, downloads, graph_store, knowledge::Asked, linked, pages, problem::Problem, request::Parts,
    sparql, state::State, void,
};
use crate::agent;

/// Everything that is served.
pub(super) fn router(state: &Arc<State>) -> Router {
    let mut router = Router::new()
        .route("/", get(pages::home))
        .route("/search", get(pages::search))
        .route("/page", get(pages::thing))
        .route("/page/{*path}", get(pages::thing))
        .route("/explore", get(pages::around))
        .route("/questions", get(pages::questions))
        .route("/questions/{name}", get(pages::question))
        .route("/pictures", get(pages::pictures))
        .route("/pictures/{name}", get(downloads::picture))
        .route("/about", get(pages::about))
        .route("/ontology", get(pages::ontology))
        .route("/id/{*path}", get(linked::thing))
        .route("/data", get(linked::data))
        .route("/data/{*path}", get(linked::data))
        .route("/graph/{*path}", get(linked::named_graph))
        .route("/.well-known/void", get(description))
        .route("/download", get(downloads::download))
        .route("/sparql", any(sparql::endpoint))
        .route("/store", any(graph_store::endpoint))
        .route("/store/{*path}", any(graph_store::endpoint))
        .route("/api/search", get(api::search))
        .route("/api/suggest", get(api::suggest))
        .route("/api/things", get(api::thing))
        .route("/api/graph", get(api::around))
        .route("/api/path", get(api::path))
        .route("/api/overview", get(api::overview))
        .route("/api/questions", get(api::questions))
        .route("/api/questions/{name}", get(api::question))
        .route("/api/openapi.json", get(api::description))
        .route("/assets/{*name}", get(assets::asset))
        .fallback(pages::nothing);
    let knowledge = Arc::new(Asked::served(Arc::clone(state)));
    router = router.nest_service("/mcp", agent::http_service(knowledge, state.options.hosts_of_agents()));
    if !state.options.cors.is_empty() {
        router = router.layer(cors(&state.options.cors));
    }
    router.layer(middleware::from_fn_with_state(Arc::clone(state), access::guard)).with_state(Arc::clone(state))
}

/// What pages of other origins may do: read, and with the token write.
fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let allowed = match origins.iter().any(|origin| origin == "*") {
        true => AllowOrigin::any(),
        false => AllowOrigin::list(origins),
    };
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS];
    CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods(methods)
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE, header::AUTHORIZATION])
        .expose_headers([header::ETAG, header::LINK, header::LOCATION, HeaderName::from_static("retry-after")])
}

async fn description(
    axum::extract::State(state): axum::extract::State<Arc<State>>,
    request: axum::extract::Request,
) -> axum::response::Response {
    void::respond(&state, &Parts::of(&request)).unwrap_or_else(|problem: Problem| problem.text())
}
