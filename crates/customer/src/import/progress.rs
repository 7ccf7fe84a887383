//! How far the imports of this process have come, for the pages that wait for them. The database
//! cannot tell: the run is one transaction, which nobody sees before it is over.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use kehu_core::ImportId;

static RUNNING: LazyLock<Mutex<HashMap<ImportId, (usize, usize)>>> = LazyLock::new(Mutex::default);

/// Records done and to do of a running import; `None` when it runs elsewhere or not yet.
pub(super) fn of(id: ImportId) -> Option<(usize, usize)> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
}

/// Tells the pages while it lives.
pub(super) struct Progress(ImportId);

impl Progress {
    pub fn start(id: ImportId) -> Self {
        let progress = Progress(id);
        progress.set(|at| *at = (0, 0));
        progress
    }

    pub fn of(&self, total: usize) {
        self.set(|at| at.1 = total);
    }

    pub fn add(&self, done: usize) {
        self.set(|at| at.0 += done);
    }

    fn set(&self, change: impl FnOnce(&mut (usize, usize))) {
        change(RUNNING.lock().unwrap_or_else(PoisonError::into_inner).entry(self.0).or_default());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}
