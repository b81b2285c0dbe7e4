//! The store as it is served: one state of it, which does not change.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, OnceLock, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::http::StatusCode;
use oxrdf::NamedNode;

use super::{ServeError, problem::Problem};
use crate::{
    explore::{Atlas, Overview},
    search::{Index, SearchError},
    store::Graph,
};

/// The folder of the index, in that of the store.
const INDEX: &str = "amml.search";

/// One state of the store, and what was made of it.
pub(super) struct World {
    /// What is asked.
    pub(super) atlas: Atlas,
    /// Distinguishes this state from others, for caches.
    pub(super) stamp: String,
    graph_names: Vec<NamedNode>,
    overview: Overview,
    /// Where the index is kept, and the state of the store that it must be of.
    kept: Option<(PathBuf, String)>,
    index: OnceLock<Index>,
    /// Held by whoever makes the index: it takes seconds and memory, and one is enough.
    making: Mutex<()>,
    /// Pictures that were drawn, by what is in them.
    pictures: Mutex<BTreeMap<String, Vec<u8>>>,
}

/// How many pictures are kept: what is looked at again is mostly the whole.
const MOST_PICTURES: usize = 64;

impl World {
    /// Reads a state of the store.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub(super) fn open(graph: Graph) -> Result<Self, ServeError> {
        let kept = graph.place().map(|(path, state)| (path.join(INDEX), state));
        let graph_names = graph.graph_names()?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let atlas = Atlas::new(graph, this_year(now))?;
        let overview = atlas.overview()?;
        let stamp = format!("{:x}-{:x}", now.as_nanos(), atlas.n_quads());
        Ok(Self {
            atlas,
            stamp,
            graph_names,
            overview,
            kept,
            index: OnceLock::new(),
            making: Mutex::default(),
            pictures: Mutex::default(),
        })
    }

    /// The names of the named graphs, sorted.
    pub(super) fn graph_names(&self) -> &[NamedNode] {
        &self.graph_names
    }

    /// The whole at a glance.
    #[must_use]
    pub(super) fn overview(&self) -> &Overview {
        &self.overview
    }

    /// The graph in which strangers write that name none.
    pub(super) fn default_graph(&self) -> String {
        format!("{}graph/default", self.atlas.base())
    }

    /// The index of texts: the one that is kept with the store, if it is of the same state; else it is made, and kept where
    /// that is possible.
    pub(super) fn index(&self) -> Result<&Index, Problem> {
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = self.index.get() {
            return Ok(index);
        }
        let index = self.open_index().map_err(|error| {
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "see whether the disk has room")
        })?;
        Ok(self.index.get_or_init(|| index))
    }

    /// A picture that was drawn before.
    pub(super) fn picture(&self, key: &str) -> Option<Vec<u8>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps a picture.
    pub(super) fn keep_picture(&self, key: String, bytes: &[u8]) {
        let mut pictures = self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        if pictures.len() >= MOST_PICTURES {
            pictures.clear();
        }
        pictures.insert(key, bytes.to_vec());
    }

    fn open_index(&self) -> Result<Index, SearchError> {
        let Some((folder, state)) = &self.kept else { return Index::in_memory(self.atlas.documents()) };
        match Index::open(folder, state)? {
            Some(index) => Ok(index),
            // Where the folder cannot be written to, searching must work all the same.
            None => built(&self.atlas, folder, state).or_else(|_| Index::in_memory(self.atlas.documents())),
        }
    }
}

/// The year of a moment after 1970, to a day.
fn this_year(now: Duration) -> i32 {
    i32::try_from(now.as_secs() / 31_556_952).map_or(i32::MAX, |years| years.saturating_add(1970))
}

fn built(atlas: &Atlas, folder: &Path, state: &str) -> Result<Index, SearchError> {
    Index::build(folder, state, atlas.documents())
}
