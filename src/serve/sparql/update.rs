use std::sync::Arc;

use axum::{
    body::Body,
    http::{Response, StatusCode},
};
use oxrdf::NamedNode;

use super::request::Update;
use crate::{
    serve::{problem::Problem, state::State, stream::Wanted},
    store::UpdateRequest,
};

/// Runs an update.
pub(super) async fn respond(state: &Arc<State>, update: Update) -> Result<Response<Body>, Problem> {
    let turn = state.turn().await?;
    let _wanted = Wanted(turn.budget.clone());
    let state = Arc::clone(state);
    let done = tokio::task::spawn_blocking(move || {
        let default_graph = NamedNode::new_unchecked(state.world().default_graph());
        let request = UpdateRequest {
            sparql: &update.sparql,
            base: Some(&update.base),
            default_graph: &default_graph,
            using_graphs: update.using_graphs,
            using_named_graphs: update.using_named_graphs,
            budget: turn.budget.clone(),
        };
        state.write(|graph| graph.update(&request))
    });
    done.await.map_err(|_| {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the update broke off", "nothing was changed")
    })??;
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(response)
}
