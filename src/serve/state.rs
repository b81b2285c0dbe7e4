//! What all requests share.

use std::{
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::Duration,
};

use axum::http::StatusCode;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time,
};

use super::{Options, ServeError, federation::Federation, problem::Problem, world::World};
use crate::store::{Budget, Graph, Services, Stopped, StoreError};

/// What all requests share.
pub(super) struct State {
    pub(super) options: Options,
    /// What is served now. A change puts another one in its place; whoever has the old one reads it to the end.
    world: RwLock<Arc<World>>,
    /// The store to write to, if that is allowed.
    writer: Option<Mutex<Graph>>,
    queries: Arc<Semaphore>,
    lookups: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
    pub(super) drawings: Arc<Semaphore>,
    /// Who asks other endpoints, if any may be asked.
    services: Option<Arc<dyn Services>>,
}

/// How long anybody waits for a turn.
const TURN: Duration = Duration::from_secs(10);
/// So many pages are made and things looked up at once,
const LOOKUPS: usize = 32;
/// so many files are sent,
const DOWNLOADS: usize = 8;
/// and so many pictures are drawn: each takes a core for seconds.
const DRAWINGS: usize = 2;

/// Waits for one of some places.
pub(super) async fn place(places: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Problem> {
    match time::timeout(TURN, Arc::clone(places).acquire_owned()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => {
            let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too much is going on", "ask again in a while");
            Err(problem.with("retry-after", "10"))
        }
    }
}

impl State {
    pub(super) fn new(graph: Graph, options: Options) -> Result<Self, ServeError> {
        let [queries, lookups, downloads, drawings] =
            [options.most_queries, LOOKUPS, DOWNLOADS, DRAWINGS].map(|count| Arc::new(Semaphore::new(count)));
        let (world, writer) = match &options.token {
            None => (World::open(graph)?, None),
            Some(_) => {
                let reader = graph.reader().ok_or(ServeError::TooLarge)?;
                (World::open(reader)?, Some(Mutex::new(graph)))
            }
        };
        let services: Option<Arc<dyn Services>> = match options.services.as_slice() {
            [] => None,
            hosts => Some(Arc::new(Federation::new(hosts, options.query_time))),
        };
        Ok(Self {
            options,
            world: RwLock::new(Arc::new(world)),
            writer,
            queries,
            lookups,
            downloads,
            drawings,
            services,
        })
    }

    /// What is served now.
    pub(super) fn world(&self) -> Arc<World> {
        Arc::clone(&self.world.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Who asks other endpoints, if any may be asked.
    pub(super) fn services(&self) -> Option<Arc<dyn Services>> {
        self.services.clone()
    }

    /// A turn to run a query, and what it may take.
    pub(super) async fn turn(&self) -> Result<Turn, Problem> {
        let permit = place(&self.queries).await?;
        let budget = self.budget();
        let watch = budget.clone();
        let time = self.options.query_time;
        // The evaluator looks at the clock itself, where it can: this is for where it only looks at its token.
        let alarm = tokio::spawn(async move {
            time::sleep(time).await;
            watch.stop(Stopped::Time);
        });
        Ok(Turn { budget, _permit: permit, alarm })
    }

    /// A turn to look something up.
    pub(super) async fn lookup(&self) -> Result<OwnedSemaphorePermit, Problem> {
        place(&self.lookups).await
    }

    /// A turn to send a file.
    pub(super) async fn download(&self) -> Result<OwnedSemaphorePermit, Problem> {
        place(&self.downloads).await
    }

    /// What one query may take.
    pub(super) fn budget(&self) -> Budget {
        Budget::new(Some(self.options.query_time), Some(self.options.query_memory))
    }

    /// Changes the store, and serves what it holds then. To be called where one may wait.
    pub(super) fn write<T>(&self, change: impl FnOnce(&mut Graph) -> Result<T, StoreError>) -> Result<T, Problem> {
        let Some(writer) = &self.writer else { return Err(Problem::read_only()) };
        let mut graph = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = change(&mut graph)?;
        let reader = graph.reader().ok_or_else(|| Problem::from(StoreError::ReadOnly))?;
        let world = World::open(reader).map_err(|error| {
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "start the server again")
        })?;
        *self.world.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(world);
        Ok(changed)
    }
}

/// The turn of a query: while it is held, the query counts as running.
pub(super) struct Turn {
    pub(super) budget: Budget,
    _permit: OwnedSemaphorePermit,
    alarm: tokio::task::JoinHandle<()>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.alarm.abort();
    }
}
