use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

/// Tells work that nobody waits for it any more. Clones are handles to the same.
///
/// Work that looks up now and then asks [`Stop::is_requested`]; work that has its own way to be ended, such as a query
/// with a token, says with [`Stop::when_requested`] what is to be done.
#[derive(Clone, Default)]
pub struct Stop(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    is_requested: bool,
    actions: Vec<Box<dyn FnOnce() + Send>>,
}

impl Stop {
    /// Whether the work is to end.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        self.state().is_requested
    }

    /// Does something as soon as the work is to end; at once if it is to end already.
    pub fn when_requested(&self, action: impl FnOnce() + Send + 'static) {
        let mut state = self.state();
        if state.is_requested {
            drop(state);
            action();
        } else {
            state.actions.push(Box::new(action));
        }
    }

    /// Asks the work to end.
    pub fn request(&self) {
        let actions = {
            let mut state = self.state();
            state.is_requested = true;
            std::mem::take(&mut state.actions)
        };
        // The lock is free again, so that an action may look at this itself.
        for action in actions {
            action();
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // A flag cannot be half written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Stop").field(&self.is_requested()).finish()
    }
}

/// Asks to end when it is dropped: with the call whose answer the work was for.
pub(super) struct StopOnDrop(pub(super) Stop);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.request();
    }
}
