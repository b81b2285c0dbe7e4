//! What a query may take, and whether its answer is still wanted.
//!
//! Oxigraph asks for a token whenever it reads a quad, and gives up when the token is cancelled; a [`Budget`] owns that
//! token. But rows that are held in memory are joined, sorted and grouped for hours without reading anything. What these
//! loops cannot do without is to copy the terms in them, and those are our own ([`Key`](super::snapshot::Key)). So each
//! copy is a [`step`], every so many steps the clock and the memory are looked at, and when the budget is used up the
//! evaluation is unwound to where it began ([`within`]), dropping all that it holds.
//!
//! # Rationale
//!
//! Unwinding (the profile must not say `panic = "abort"`) without a panic is how rust-analyzer leaves queries that nobody wants any more. The other way is a process
//! for each query that can be killed, which costs more than most queries do.

use std::{
    cell::{Cell, RefCell},
    fmt,
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, AtomicU8, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use spareval::CancellationToken;
use tikv_jemalloc_ctl::thread::{allocatedp, allocatedp_mib, deallocatedp, deallocatedp_mib};

/// After so many steps the clock and the memory are looked at: a step takes some tens of nanoseconds.
const STEPS: u32 = 1024;

thread_local! {
    /// The budget of what this thread evaluates.
    static WATCHED: RefCell<Option<Budget>> = const { RefCell::new(None) };
    static COUNT: Cell<u32> = const { Cell::new(0) };
}

/// With this an evaluation is unwound.
struct Cut;

/// One step of an evaluation; the last one, where its budget is used up.
pub(super) fn step() {
    let count = COUNT.get() + 1;
    COUNT.set(count % STEPS);
    if count == STEPS {
        look();
    }
}

/// Looks at the clock and the memory, and unwinds the evaluation where its budget is used up.
pub(super) fn look() {
    let is_over = WATCHED.with_borrow(|watched| watched.as_ref().is_some_and(|budget| budget.look().is_err()));
    // Not while another failure is on its way up.
    if is_over && !std::thread::panicking() {
        panic::resume_unwind(Box::new(Cut));
    }
}

/// Evaluates within a budget.
pub(super) fn within<T>(budget: &Budget, work: impl FnOnce() -> T) -> Result<T, Stopped> {
    if !budget.is_limited() {
        return Ok(work());
    }
    let outer = WATCHED.replace(Some(budget.clone()));
    // What the work has half changed is dropped with it: nobody sees it again.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    WATCHED.set(outer);
    match result {
        Ok(value) => Ok(value),
        Err(cause) if cause.is::<Cut>() => Err(budget.stopped().unwrap_or(Stopped::Unwanted)),
        Err(cause) => panic::resume_unwind(cause),
    }
}

/// How much time and memory one query may take. Clones are handles to the same budget.
#[derive(Clone, Default)]
pub struct Budget(Arc<Inner>);

#[derive(Default)]
struct Inner {
    deadline: Option<Instant>,
    /// In bytes.
    memory: Option<i64>,
    /// What the thread held when the query began, in bytes.
    held: AtomicI64,
    /// A [`Stopped`] as a number, or 0.
    stopped: AtomicU8,
    token: CancellationToken,
}

/// Why a query was not run to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Stopped {
    /// It took longer than it may.
    #[error("it took longer than it may")]
    Time,
    /// It needed more memory than it may.
    #[error("it needed more memory than it may")]
    Memory,
    /// Nobody waits for the answer any more.
    #[error("nobody waits for the answer any more")]
    Unwanted,
}

impl Budget {
    /// As much as it takes.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::default()
    }

    /// So much time from now on, and so many bytes of memory, where they are given.
    ///
    /// Memory is counted only in programs whose global allocator is jemalloc, as ours is.
    #[must_use]
    pub fn new(time: Option<Duration>, memory: Option<u64>) -> Self {
        let deadline = time.and_then(|time| Instant::now().checked_add(time));
        let memory = memory.map(|bytes| i64::try_from(bytes).unwrap_or(i64::MAX));
        Self(Arc::new(Inner { deadline, memory, ..Inner::default() }))
    }

    /// Stops the query, unless it is stopped already.
    pub fn stop(&self, reason: Stopped) {
        // The first reason is the one that is told.
        let _ = self.0.stopped.compare_exchange(0, reason.number(), Relaxed, Relaxed);
        self.0.token.cancel();
    }

    /// Whether and why the query is to end.
    #[must_use]
    pub fn stopped(&self) -> Option<Stopped> {
        Stopped::ALL.into_iter().find(|reason| reason.number() == self.0.stopped.load(Relaxed))
    }

    /// Counts no longer what was handed over to another thread, which frees it: an answer that is being sent.
    pub fn handed_over(&self, n_bytes: usize) {
        self.0.held.fetch_add(i64::try_from(n_bytes).unwrap_or(0), Relaxed);
    }

    /// Whether anything is limited.
    pub(super) fn is_limited(&self) -> bool {
        self.0.deadline.is_some() || self.0.memory.is_some()
    }

    pub(super) fn token(&self) -> CancellationToken {
        self.0.token.clone()
    }

    /// Begins to count the memory of this thread.
    pub(super) fn begin(&self) {
        self.0.held.store(held(), Relaxed);
    }

    /// Looks at the clock and the memory.
    pub(super) fn look(&self) -> Result<(), Stopped> {
        if self.0.deadline.is_some_and(|deadline| Instant::now() > deadline) {
            self.stop(Stopped::Time);
        }
        if self.0.memory.is_some_and(|memory| held() - self.0.held.load(Relaxed) > memory) {
            self.stop(Stopped::Memory);
        }
        self.stopped().map_or(Ok(()), Err)
    }
}

impl Stopped {
    const ALL: [Self; 3] = [Self::Time, Self::Memory, Self::Unwanted];

    fn number(self) -> u8 {
        match self {
            Self::Time => 1,
            Self::Memory => 2,
            Self::Unwanted => 3,
        }
    }
}

impl fmt::Debug for Budget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Budget").field("stopped", &self.stopped()).finish_non_exhaustive()
    }
}

/// How many bytes this thread has taken and not given back, as [jemalloc counts](https://jemalloc.net/jemalloc.3.html);
/// nothing where the program has another allocator.
fn held() -> i64 {
    static COUNTERS: OnceLock<Option<(allocatedp_mib, deallocatedp_mib)>> = OnceLock::new();
    let counters = COUNTERS.get_or_init(|| Some((allocatedp::mib().ok()?, deallocatedp::mib().ok()?)));
    let bytes = counters.as_ref().and_then(|(taken, given)| {
        let (taken, given) = (taken.read().ok()?.get(), given.read().ok()?.get());
        Some(i64::try_from(taken).ok()? - i64::try_from(given).ok()?)
    });
    bytes.unwrap_or(0)
}
