//! What is owed to one host: few requests at once, a pace, rest when it asks for it, and an end when it fails.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};

use super::Manners;

/// How many calls in succession may fail before a host is given up.
const MOST_FAILED: u32 = 5;

/// All hosts of a run.
#[derive(Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Arc<Host>>>);

pub(super) struct Host {
    state: Mutex<State>,
    /// Something changed for those who wait.
    changed: Notify,
}

struct State {
    n_open: usize,
    /// When the next request may begin.
    next: Instant,
    /// How many calls in succession failed.
    n_failed: u32,
    is_given_up: bool,
}

/// Who chose the address of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    /// The user named it: it may be anywhere, and is asked in any case.
    ByUser,
    /// It stands in data, or belongs to a service.
    ByData,
}

/// Leave for one open request.
pub(super) struct Permit<'a>(&'a Host);

/// What a request finds at the door of a host.
enum Turn {
    Now,
    At(Instant),
    WhenOneIsDone,
    Never,
}

impl Hosts {
    pub(super) fn of(&self, authority: &str) -> Arc<Host> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = hosts.get(authority) {
            return Arc::clone(host);
        }
        let state = State { n_open: 0, next: Instant::now(), n_failed: 0, is_given_up: false };
        let host = Arc::new(Host { state: Mutex::new(state), changed: Notify::new() });
        hosts.insert(authority.to_owned(), Arc::clone(&host));
        host
    }
}

impl Host {
    /// Waits until one more request may go to the host; `None` if it has been given up.
    pub(super) async fn enter(&self, manners: &Manners, chosen: Chosen) -> Option<Permit<'_>> {
        loop {
            let changed = self.changed.notified();
            match self.turn(manners, chosen) {
                Turn::Now => return Some(Permit(self)),
                Turn::Never => return None,
                Turn::WhenOneIsDone => changed.await,
                Turn::At(moment) => {
                    let _ = timeout_at(moment, changed).await;
                }
            }
        }
    }

    fn turn(&self, manners: &Manners, chosen: Chosen) -> Turn {
        let (mut state, now) = (self.state(), Instant::now());
        if state.is_given_up && chosen == Chosen::ByData {
            return Turn::Never;
        }
        if state.n_open >= manners.open_per_host.max(1) {
            return Turn::WhenOneIsDone;
        }
        if now < state.next {
            return Turn::At(state.next);
        }
        state.n_open += 1;
        state.next = now + manners.pause_between;
        Turn::Now
    }

    /// Leaves the host alone for a while.
    pub(super) fn rest(&self, wait: Duration) {
        let mut state = self.state();
        state.next = state.next.max(Instant::now() + wait);
    }

    /// A call was answered.
    pub(super) fn works(&self) {
        self.state().n_failed = 0;
    }

    /// A call failed for good.
    pub(super) fn fails(&self) {
        let mut state = self.state();
        state.n_failed += 1;
        let is_end = state.n_failed >= MOST_FAILED;
        drop(state);
        if is_end {
            self.give_up();
        }
    }

    /// Leaves the host alone for the rest of the run.
    pub(super) fn give_up(&self) {
        self.state().is_given_up = true;
        self.changed.notify_waiters();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.state().n_open -= 1;
        self.0.changed.notify_waiters();
    }
}
