//! What an engine keeps between two results.
//!
//! Must not: change a figure. Everything here could be worked out anew.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use super::Full;
use super::memo::Memo;
use crate::scoring::model::{Answered, States};
use crate::scoring::money::Exchange;

/// What was worked out before, behind a lock that nobody ever waits for: each thread has its own
/// engine. A copy begins empty.
#[derive(Debug, Default)]
pub struct Kept {
    memo: Mutex<Memo>,
    /// The rates of the pack.
    planning: OnceLock<Exchange>,
    /// Targets by the number of their decided cases.
    by_record: OnceLock<Vec<String>>,
    /// The hash of the weights.
    weights_sha256: OnceLock<String>,
    /// Room that the last line of a list left behind.
    room: Mutex<Option<Box<Room>>>,
}

impl Clone for Kept {
    fn clone(&self) -> Self {
        Kept::default()
    }
}

impl Kept {
    pub(super) fn memo(&self) -> MutexGuard<'_, Memo> {
        self.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Room for what a line of a list needs on the way, so that the next line asks for no memory.
#[derive(Debug, Default)]
pub(in crate::scoring) struct Room {
    pub(in crate::scoring) answered: Answered,
    pub(in crate::scoring) states: States,
    pub(in crate::scoring) other: States,
    pub(in crate::scoring) full: Full,
    pub(in crate::scoring) left: Vec<(f64, usize, usize)>,
}

impl Kept {
    /// Room for one line; given back by [`Kept::give_back`].
    pub(in crate::scoring) fn room(&self) -> Box<Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or_default()
    }

    /// Room for the next line.
    pub(in crate::scoring) fn give_back(&self, room: Box<Room>) {
        *self.room.lock().unwrap_or_else(PoisonError::into_inner) = Some(room);
    }

    /// The rates of exchange of a matter that has none of its own.
    pub(in crate::scoring) fn planning(&self, rates: impl FnOnce() -> Exchange) -> &Exchange {
        self.planning.get_or_init(rates)
    }

    /// The hash of the weights, worked out once.
    pub(in crate::scoring) fn weights_sha256(&self, hash: impl FnOnce() -> String) -> &str {
        self.weights_sha256.get_or_init(hash)
    }

    /// Targets by the number of their decided cases, put in order once.
    pub(in crate::scoring) fn by_record(&self, order: impl FnOnce() -> Vec<String>) -> &[String] {
        self.by_record.get_or_init(order)
    }
}
