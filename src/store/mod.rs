//! The only room that opens Oxigraph: replace named graphs, match patterns, run SPARQL.
//!
//! A store is a folder with an Oxigraph database and a small file, `amml.lock`, which says who may use it: one process
//! writes, or any number read. What is written is written whole: all graphs of one call, or, if the process is killed
//! or the disk is full, none.
//!
//! ```
//! use amml_graph::store::{Answer, Graph};
//! use oxrdf::{NamedNode, Quad};
//!
//! let graph = Graph::in_memory();
//! let name = NamedNode::new_unchecked("http://example.org/g");
//! let quad = Quad::new(name.clone(), name.clone(), name.clone(), name.clone());
//! graph.replace(&[(name, vec![quad])]).unwrap();
//! let Answer::Boolean(found) = graph.query("ASK { ?s ?p ?o }", &[]).unwrap() else { panic!() };
//! assert!(found);
//! ```

mod bind;
mod lock;
mod snapshot;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use oxigraph::{
    sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator, SparqlSyntaxError},
    store::{StorageError, Store},
};
use oxrdf::{
    GraphName, GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef, Triple, Variable,
};

use lock::Lock;
use snapshot::{Dataset, Snapshot};
use spargebra::SparqlParser;

/// An open store.
pub struct Graph {
    data: Data,
    /// Where it is, if anywhere.
    path: Option<PathBuf>,
    /// Held as long as the store is open.
    lock: Option<Lock>,
}

/// Where the quads are.
enum Data {
    /// In the database.
    Store(Store),
    /// In a copy of it that is quick to open.
    Snapshot(Arc<Snapshot>),
}

/// What may be done with a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read what is there.
    Read,
    /// Read and replace; the store is made if there is none.
    Write,
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is none.
    #[error("there is no store at {path}")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file, or a folder of something else.
    #[error("{path} is {what}, not a store")]
    NotAStore {
        /// Where.
        path: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// Written by a version of the program that this one does not understand.
    #[error("the store {path} has the format {found}, and this program reads the format {expected}")]
    OtherVersion {
        /// Where.
        path: PathBuf,
        /// What its lock file says.
        found: String,
        /// What this program writes.
        expected: &'static str,
    },
    /// Another process writes to it.
    #[error("the store {path} is in use by another process")]
    Busy {
        /// Where.
        path: PathBuf,
    },
    /// The lock file cannot be used.
    #[error("cannot lock the store {path}")]
    Unlockable {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the store {path}")]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// Why.
        #[source]
        cause: StorageError,
    },
    /// Reading or writing failed.
    #[error("cannot {action}")]
    Failed {
        /// What was tried.
        action: &'static str,
        /// Why.
        #[source]
        cause: StorageError,
    },
    /// It was opened to be read.
    #[error("the store was opened to be read")]
    ReadOnly,
    /// The query is no SPARQL.
    #[error("the query is not valid SPARQL")]
    Syntax(#[source] Box<SparqlSyntaxError>),
    /// A parameter names no variable of the query.
    #[error("the query has no variable ?{name}")]
    NoSuchVariable {
        /// The parameter.
        name: String,
    },
    /// The query failed while it ran.
    #[error("the query failed")]
    Evaluation(#[source] Box<QueryEvaluationError>),
}

/// The quads that a replacement added and removed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// Quads that were not there before.
    pub added: Vec<Quad>,
    /// Quads that are no longer there.
    pub removed: Vec<Quad>,
}

/// What a query gives.
pub enum Answer {
    /// Rows, one column for each variable.
    Rows {
        /// The names of the columns.
        variables: Vec<Variable>,
        /// The rows, as they are found.
        rows: Box<dyn Iterator<Item = Result<Vec<Option<Term>>, StoreError>>>,
    },
    /// The answer to `ASK`.
    Boolean(bool),
    /// The triples of `CONSTRUCT` and `DESCRIBE`.
    Triples(Box<dyn Iterator<Item = Result<Triple, StoreError>>>),
}

impl Graph {
    /// Opens the store in a folder.
    ///
    /// # Errors
    ///
    /// If there is none (to read), if the folder holds something else, or if another process uses it.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        check_place(path, access)?;
        let lock = Lock::take(path, access)?;
        let unreadable = |cause| StoreError::Unreadable { path: path.to_owned(), cause };
        // Only under the lock: without it another process could write while the copy is compared.
        let snapshot = lock.as_ref().filter(|_| access == Access::Read).and_then(|_| snapshot::read(path));
        let data = match (snapshot, access) {
            (Some(snapshot), _) => Data::Snapshot(snapshot),
            (None, Access::Read) => Data::Store(Store::open_read_only(path).map_err(unreadable)?),
            (None, Access::Write) => Data::Store(Store::open(path).map_err(unreadable)?),
        };
        Ok(Self { data, path: Some(path.to_owned()), lock })
    }

    /// An empty store in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        let store = Store::new().expect("a store in memory needs nothing that could fail");
        Self { data: Data::Store(store), path: None, lock: None }
    }

    /// Replaces whole named graphs, all of them at once, and writes no more than what differs.
    ///
    /// The default graph is kept as the union of all named graphs: a triple that several sources state is there once, so
    /// that queries count it once.
    ///
    /// # Errors
    ///
    /// If the database fails; the store is then as it was.
    pub fn replace(&self, graphs: &[(NamedNode, Vec<Quad>)]) -> Result<Change, StoreError> {
        let store = self.store()?;
        let mut removed: Vec<Quad> = Vec::new();
        let mut added: Vec<Quad> = Vec::new();
        for (name, quads) in graphs {
            let wanted: HashSet<&Quad> = quads.iter().collect();
            let mut present: HashSet<Quad> = HashSet::new();
            for quad in store.quads_for_pattern(None, None, None, Some(name.as_ref().into())) {
                let quad = quad.map_err(failed("read the old graph"))?;
                if wanted.contains(&quad) {
                    present.insert(quad);
                } else {
                    removed.push(quad);
                }
            }
            added.extend(quads.iter().filter(|quad| !present.contains(*quad)).cloned());
        }
        let (n_added, n_removed) = (added.len(), removed.len());
        let stated: HashSet<Triple> = added.iter().map(|quad| Triple::from(quad.clone())).collect();
        let unstated = no_longer_stated(store, &removed, &stated)?;
        removed.extend(unstated.into_iter().map(in_default_graph));
        added.extend(stated.into_iter().map(in_default_graph));
        write(store, &added, &removed)?;
        added.truncate(n_added);
        removed.truncate(n_removed);
        Ok(Change { added, removed })
    }

    /// The database, to write to it.
    fn store(&self) -> Result<&Store, StoreError> {
        match &self.data {
            Data::Store(store) => Ok(store),
            Data::Snapshot(_) => Err(StoreError::ReadOnly),
        }
    }

    /// Closes a store that was written to, and leaves a copy beside it that is quick to open.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn finish(self) -> Result<(), StoreError> {
        let Self { data, path, lock } = self;
        if let (Data::Store(store), Some(path)) = (data, path) {
            let quads = store.quads_for_pattern(None, None, None, None).filter(|quad| !is_in_default_graph(quad));
            let quads = quads.collect::<Result<Vec<Quad>, _>>().map_err(failed("read the store"))?;
            // The copy names the state of the closed database. That it cannot be made is no failure: it only saves time.
            drop(store);
            let _ = snapshot::write(&path, &quads);
        }
        drop(lock);
        Ok(())
    }

    /// The triples with this subject, predicate and object, whichever are given, of the union of all graphs.
    pub fn matching(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        let found: Box<dyn Iterator<Item = Result<Quad, StoreError>>> = match &self.data {
            Data::Store(store) => {
                let subject = subject.map(NamedOrBlankNodeRef::from);
                let quads = store.quads_for_pattern(subject, predicate, object, Some(GraphNameRef::DefaultGraph));
                Box::new(quads.map(|quad| quad.map_err(failed("read the store"))))
            }
            Data::Snapshot(snapshot) => {
                let wanted = [subject.map(TermRef::from), predicate.map(TermRef::from), object];
                Box::new(snapshot.matching(false, wanted).map(Ok))
            }
        };
        found
    }

    /// The quads of all named graphs.
    pub fn quads(&self) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        let found: Box<dyn Iterator<Item = Result<Quad, StoreError>>> = match &self.data {
            Data::Store(store) => {
                let quads = store.quads_for_pattern(None, None, None, None).filter(|quad| !is_in_default_graph(quad));
                Box::new(quads.map(|quad| quad.map_err(failed("read the store"))))
            }
            Data::Snapshot(snapshot) => Box::new(snapshot.matching(true, [None; 3]).map(Ok)),
        };
        found
    }

    /// Runs a SPARQL 1.1 query with some of its variables bound, over the union of all graphs unless it names its own.
    ///
    /// # Errors
    ///
    /// If the query is not valid, has no such variable, or fails.
    pub fn query(&self, sparql: &str, parameters: &[(String, Term)]) -> Result<Answer, StoreError> {
        let mut query = SparqlParser::new().parse_query(sparql).map_err(|error| StoreError::Syntax(Box::new(error)))?;
        for (name, value) in parameters {
            let is_bound = Variable::new(name).is_ok_and(|variable| bind::bind(&mut query, &variable, value));
            if !is_bound {
                return Err(StoreError::NoSuchVariable { name: name.clone() });
            }
        }
        let prepared = SparqlEvaluator::new().for_query(query);
        let results = match &self.data {
            Data::Store(store) => prepared.on_store(store).execute(),
            Data::Snapshot(snapshot) => prepared.on_queryable_dataset(Dataset(Arc::clone(snapshot))).execute(),
        };
        let results = results.map_err(evaluation)?;
        Ok(match results {
            QueryResults::Boolean(answer) => Answer::Boolean(answer),
            QueryResults::Solutions(solutions) => Answer::Rows {
                variables: solutions.variables().to_vec(),
                rows: Box::new(
                    solutions.map(|solution| solution.map(|solution| solution.values().to_vec()).map_err(evaluation)),
                ),
            },
            QueryResults::Graph(triples) => Answer::Triples(Box::new(triples.map(|triple| triple.map_err(evaluation)))),
        })
    }

    /// Gives the store up without closing it: what a process that only read does before it ends.
    pub fn abandon(self) {
        std::mem::forget(self.data);
    }
}

fn failed(action: &'static str) -> impl Fn(StorageError) -> StoreError {
    move |cause| StoreError::Failed { action, cause }
}

/// The triples of the removed quads that no other graph states.
fn no_longer_stated(store: &Store, removed: &[Quad], added: &HashSet<Triple>) -> Result<HashSet<Triple>, StoreError> {
    let gone: HashSet<&Quad> = removed.iter().collect();
    let mut unstated = HashSet::new();
    for quad in removed.iter().filter(|quad| !added.contains(&Triple::from((*quad).clone()))) {
        let others = store.quads_for_pattern(
            Some(quad.subject.as_ref()),
            Some(quad.predicate.as_ref()),
            Some(quad.object.as_ref()),
            None,
        );
        let mut is_stated = false;
        for other in others {
            let other = other.map_err(failed("read the old graph"))?;
            is_stated |= !other.graph_name.is_default_graph() && !gone.contains(&other);
        }
        if !is_stated {
            unstated.insert(Triple::from(quad.clone()));
        }
    }
    Ok(unstated)
}

fn write(store: &Store, added: &[Quad], removed: &[Quad]) -> Result<(), StoreError> {
    let action = "write to the store";
    if removed.is_empty() && added.is_empty() {
        return Ok(());
    }
    if removed.is_empty() {
        // Nothing to take away: the bulk loader is twice as fast and as atomic.
        let mut loader = store.bulk_loader();
        loader.load_quads(added.iter().cloned()).map_err(failed(action))?;
        return loader.commit().map_err(failed(action));
    }
    let mut transaction = store.start_transaction().map_err(failed(action))?;
    for quad in removed {
        transaction.remove(quad);
    }
    for quad in added {
        transaction.insert(quad);
    }
    transaction.commit().map_err(failed(action))?;
    store.flush().map_err(failed(action))
}

fn is_in_default_graph(quad: &Result<Quad, StorageError>) -> bool {
    quad.as_ref().is_ok_and(|quad| quad.graph_name.is_default_graph())
}

fn in_default_graph(triple: Triple) -> Quad {
    triple.in_graph(GraphName::DefaultGraph)
}

fn evaluation(error: QueryEvaluationError) -> StoreError {
    StoreError::Evaluation(Box::new(error))
}

/// Whether a store can be at the place, before anything is opened or made there.
fn check_place(path: &Path, access: Access) -> Result<(), StoreError> {
    let not_a_store = |what| Err(StoreError::NotAStore { path: path.to_owned(), what });
    if path.is_file() {
        return not_a_store("a file");
    }
    let has_database = path.join("CURRENT").is_file();
    match access {
        _ if has_database => Ok(()),
        Access::Read if path.is_dir() && !is_empty(path) => not_a_store("a folder of something else"),
        Access::Read => Err(StoreError::Missing { path: path.to_owned() }),
        Access::Write if path.is_dir() && !is_empty(path) => not_a_store("a folder of something else"),
        Access::Write => Ok(()),
    }
}

/// Whether a folder has nothing in it but a lock file.
fn is_empty(path: &Path) -> bool {
    std::fs::read_dir(path).is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name() == lock::FILE))
}

#[cfg(test)]
mod tests;
