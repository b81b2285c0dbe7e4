//! The only room that opens Oxigraph: replace named graphs, match patterns, run SPARQL.
//!
//! A store is a folder with an Oxigraph database and a small file, `amml.lock`, which says who may use it: one process
//! writes, or any number read. What is written is written whole: all graphs of one call, or, if the process is killed
//! or the disk is full, none. A copy of the content, `amml.snapshot`, is read sooner than the database; a writer compares
//! with it, and opens the database only to write what differs.
//!
//! ```
//! use amml_graph::store::{Answer, Graph, NamedGraph};
//! use oxrdf::{NamedNode, Quad};
//!
//! let mut graph = Graph::in_memory();
//! let name = NamedNode::new_unchecked("http://example.org/g");
//! let quad = Quad::new(name.clone(), name.clone(), name.clone(), name.clone());
//! graph.replace(vec![NamedGraph::collect(&name, |sink| sink(quad.as_ref()))]).unwrap();
//! let Answer::Boolean(found) = graph.query("ASK { ?s ?p ?o }", &[]).unwrap() else { panic!() };
//! assert!(found);
//! ```

mod bind;
mod budget;
mod database;
mod depth;
mod file;
mod guard;
mod lock;
mod named_graph;
mod replacement;
mod request;
mod scan;
mod service;
mod snapshot;
mod terms;
mod update;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use oxigraph::{
    sparql::{QueryEvaluationError, SparqlSyntaxError, UpdateEvaluationError},
    store::{StorageError, Store},
};
use oxrdf::{GraphNameRef, NamedNodeRef, NamedOrBlankNodeRef, Quad, Term, TermRef, Triple, Variable};

pub use budget::{Budget, Stopped};
use lock::Lock;
pub use named_graph::NamedGraph;
use replacement::Replacement;
pub use request::{Form, Request};
pub use scan::Scan;
pub use service::{ServiceError, Services};
use snapshot::{MOST_QUADS, N_ESSENTIAL, N_TABLES, Snapshot};
pub use update::UpdateRequest;

/// An open store.
pub struct Graph {
    data: Data,
    access: Access,
    /// Where it is, if anywhere.
    path: Option<PathBuf>,
    /// Held as long as the store is open.
    lock: Option<Lock>,
    /// With more quads than this the tables that queries are quick with are not made in memory.
    most_quads: usize,
}

/// Where the quads are read from.
enum Data {
    /// The database.
    Store(Store),
    /// A copy of it in memory.
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
    /// The query was stopped before its end.
    #[error("the query was stopped: {0}")]
    Stopped(Stopped),
    /// The update failed while it ran.
    #[error("the update failed")]
    Update(#[source] Box<UpdateEvaluationError>),
    /// The update wants to read from elsewhere.
    #[error("LOAD <{source_iri}> is refused: the store reads nothing from elsewhere for others")]
    LoadRefused {
        /// What was to be loaded.
        source_iri: String,
    },
    /// The query is nested or chained so far, or makes texts so long, that to run it would be dangerous.
    #[error("the query {0}")]
    Excessive(&'static str),
    /// The query wants to ask another endpoint.
    #[error("SERVICE {service} is refused: no other endpoint is asked for others")]
    ServiceRefused {
        /// Which endpoint.
        service: String,
    },
    /// The graphs are given with the request and in the update.
    #[error("the update has USING or WITH, so the request may not name graphs, too")]
    TwoDatasets,
}

/// The quads that a replacement added and removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// Quads that were not there before.
    pub added: usize,
    /// Quads that are no longer there.
    pub removed: usize,
}

/// What became of the subjects that have a certain property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubjectChange {
    /// Subjects that did not have it before.
    pub added: usize,
    /// Subjects that have it no longer.
    pub removed: usize,
    /// Subjects that had it and have it, and of which something else is said now, or no longer.
    pub changed: usize,
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

impl Answer {
    /// No more than the first so many rows or triples.
    #[must_use]
    pub fn first(self, count: usize) -> Self {
        match self {
            Self::Rows { variables, rows } => Self::Rows { variables, rows: Box::new(rows.take(count)) },
            Self::Triples(triples) => Self::Triples(Box::new(triples.take(count))),
            Self::Boolean(answer) => Self::Boolean(answer),
        }
    }
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
        let data = match access {
            Access::Read => open_to_read(path, lock.is_some())?,
            Access::Write => Data::Snapshot(Arc::new(open_to_write(path)?)),
        };
        Ok(Self { data, access, path: Some(path.to_owned()), lock, most_quads: MOST_QUADS })
    }

    /// An empty store in memory.
    #[must_use]
    pub fn in_memory() -> Self {
        let data = Data::Snapshot(Arc::new(Snapshot::empty()));
        Self { data, access: Access::Write, path: None, lock: None, most_quads: MOST_QUADS }
    }

    /// Takes everything into memory, with all that makes queries quick, unless there are more quads than that: for whoever
    /// is asked again and again. A quad takes some 120 bytes.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn into_memory(mut self, most_quads: usize) -> Result<Self, StoreError> {
        self.most_quads = most_quads;
        if matches!(&self.data, Data::Snapshot(snapshot) if snapshot.is_complete()) {
            return Ok(self);
        }
        let Scan(snapshot) = self.scan()?;
        let is_small = snapshot.len() <= most_quads;
        if let Some(mut snapshot) = Arc::into_inner(snapshot).filter(|_| is_small) {
            snapshot.complete(most_quads);
            self.data = Data::Snapshot(Arc::new(snapshot));
        }
        Ok(self)
    }

    /// The same content to read, which later changes do not reach; of a store that is answered from memory.
    #[must_use]
    pub fn reader(&self) -> Option<Self> {
        let Data::Snapshot(snapshot) = &self.data else { return None };
        let data = Data::Snapshot(Arc::clone(snapshot));
        Some(Self { data, access: Access::Read, path: None, lock: None, most_quads: self.most_quads })
    }

    /// Replaces whole named graphs, all of them at once, and writes no more than what differs.
    ///
    /// # Errors
    ///
    /// If the database fails; the store is then as it was.
    pub fn replace(&mut self, graphs: Vec<NamedGraph>) -> Result<Change, StoreError> {
        self.replace_counting(graphs, oxrdf::vocab::rdf::TYPE, &|_| false).map(|(change, _)| change)
    }

    /// Does what [`Graph::replace`] does, and counts what became of the subjects that have a property, and of which
    /// `is_counted` is true.
    ///
    /// The default graph is kept as the union of all named graphs: a triple that several sources state is there once, so
    /// that queries count it once.
    ///
    /// # Errors
    ///
    /// If the database fails; the store is then as it was.
    pub fn replace_counting(
        &mut self,
        graphs: Vec<NamedGraph>,
        property: NamedNodeRef<'_>,
        is_counted: &dyn Fn(&str) -> bool,
    ) -> Result<(Change, SubjectChange), StoreError> {
        let (Data::Snapshot(before), Access::Write) = (&self.data, self.access) else {
            return Err(StoreError::ReadOnly);
        };
        let replacement = Replacement::new(before, &graphs);
        // Not needed any more, and the database is about to take its share of the memory.
        drop(graphs);
        let [named, default] = replacement.changes();
        if [named, default] == [Change::default(); 2] {
            return Ok((named, SubjectChange::default()));
        }
        let subjects = replacement.subjects(property, is_counted);
        let mut after = match &self.path {
            Some(path) => {
                let all = Change { added: named.added + default.added, removed: named.removed + default.removed };
                database::write(path, replacement, all)?
            }
            None => replacement.into_snapshot(),
        };
        after.complete(self.most_quads);
        self.data = Data::Snapshot(Arc::new(after));
        Ok((named, subjects))
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

    /// The quads of all named graphs with this subject and predicate: who says it.
    pub fn stated(
        &self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = Result<Quad, StoreError>> + use<> {
        let found: Box<dyn Iterator<Item = Result<Quad, StoreError>>> = match &self.data {
            Data::Store(store) => {
                let quads = store.quads_for_pattern(Some(subject.into()), Some(predicate), None, None);
                let named = quads.filter(|quad| !is_in_default_graph(quad));
                Box::new(named.map(|quad| quad.map_err(failed("read the store"))))
            }
            Data::Snapshot(snapshot) => {
                let wanted = [Some(TermRef::from(subject)), Some(TermRef::from(predicate)), None];
                Box::new(snapshot.matching(true, wanted).map(Ok))
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

    /// Everything at once, as sorted rows of numbers.
    ///
    /// # Errors
    ///
    /// If the store cannot be read.
    pub fn scan(&self) -> Result<Scan, StoreError> {
        let store = match &self.data {
            Data::Snapshot(snapshot) => return Ok(Scan(Arc::clone(snapshot))),
            Data::Store(store) => store,
        };
        // Queries of a large store are quicker in the database, but to have all of it the copy is.
        let folder = self.path.as_deref().map(database::place).filter(|_| self.lock.is_some());
        let snapshot = match folder.and_then(|folder| file::read(&folder, N_ESSENTIAL)) {
            Some(copy) => copy,
            None => {
                Snapshot::collect(store.quads_for_pattern(None, None, None, None)).map_err(failed("read the store"))?
            }
        };
        Ok(Scan(Arc::new(snapshot)))
    }

    /// Where the store is, if it is on disk, and what distinguishes its present state from every other.
    #[must_use]
    pub fn place(&self) -> Option<(&Path, String)> {
        let path = self.path.as_deref()?;
        let state = file::fingerprint(&database::place(path)).ok()?;
        Some((path, format!("{state:016x}")))
    }

    /// Gives the store up without closing it: what a process that only read does before it ends.
    pub fn abandon(self) {
        std::mem::forget(self.data);
    }
}

/// Only under the lock is the copy as good as the database: without it another process could write meanwhile.
fn open_to_read(path: &Path, is_locked: bool) -> Result<Data, StoreError> {
    let folder = database::place(path);
    match file::read(&folder, N_TABLES).filter(|_| is_locked) {
        Some(snapshot) => Ok(Data::Snapshot(Arc::new(snapshot))),
        None => database::open(&folder, Access::Read).map(Data::Store),
    }
}

/// What is in the store that is to be written to. The database itself is opened only when something differs.
fn open_to_write(path: &Path) -> Result<Snapshot, StoreError> {
    let unsettled = |cause| StoreError::Unreadable { path: path.to_owned(), cause: StorageError::Io(cause) };
    database::settle(path).map_err(unsettled)?;
    if let Some(snapshot) = file::read(path, N_ESSENTIAL) {
        return Ok(snapshot);
    }
    if !database::is_in(path) {
        return Ok(Snapshot::empty());
    }
    let mut snapshot = database::read(path)?;
    file::write(path, &mut snapshot);
    Ok(snapshot)
}

fn failed(action: &'static str) -> impl Fn(StorageError) -> StoreError {
    move |cause| StoreError::Failed { action, cause }
}

fn is_in_default_graph(quad: &Result<Quad, StorageError>) -> bool {
    quad.as_ref().is_ok_and(|quad| quad.graph_name.is_default_graph())
}

/// Whether a store can be at the place, before anything is opened or made there.
fn check_place(path: &Path, access: Access) -> Result<(), StoreError> {
    let not_a_store = |what| Err(StoreError::NotAStore { path: path.to_owned(), what });
    if path.is_file() {
        return not_a_store("a file");
    }
    let has_database = database::is_in(&database::place(path));
    match access {
        _ if has_database => Ok(()),
        Access::Read if path.is_dir() && !is_empty(path) => not_a_store("a folder of something else"),
        Access::Read => Err(StoreError::Missing { path: path.to_owned() }),
        Access::Write if path.is_dir() && !is_empty(path) => not_a_store("a folder of something else"),
        Access::Write => Ok(()),
    }
}

/// Whether a folder has nothing in it but what a killed process may have left.
fn is_empty(path: &Path) -> bool {
    let is_ours = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("amml.");
    std::fs::read_dir(path).is_ok_and(|mut entries| entries.all(|entry| entry.is_ok_and(is_ours)))
}

#[cfg(test)]
mod limits_tests;
#[cfg(test)]
mod tests;
