//! What is made of a pack for scoring, when it is first asked for: a start that scores nothing makes
//! nothing.
//!
//! Must not: be seen. It reads as the thing itself.

use std::ops::Deref;
use std::sync::OnceLock;

use crate::pack::Pack;

/// A thing made of a pack, there already or still to be made.
#[derive(Clone, Debug)]
pub struct Ready<'p, T> {
    pack: &'p Pack,
    make: fn(&Pack) -> T,
    made: OnceLock<T>,
}

impl<'p, T> Ready<'p, T> {
    /// What `make` makes of a pack.
    pub(super) const fn of(pack: &'p Pack, make: fn(&Pack) -> T) -> Self {
        Ready { pack, make, made: OnceLock::new() }
    }

    /// The same, made by somebody else.
    pub(super) fn with(self, made: T) -> Self {
        Ready { made: OnceLock::from(made), ..self }
    }
}

impl<T> Deref for Ready<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.made.get_or_init(|| (self.make)(self.pack))
    }
}
