//! A part of a pack that is read out of the compact form when it is first asked for: the first screen
//! shows no question, no decided case and no law of a target, and making room for them costs more than
//! drawing it.
//!
//! Must not: be seen. It reads as the part itself.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

/// A part of a pack, there already or still to be read. It stands aside, so that one which nobody asks for
/// takes no room.
pub struct Later<T> {
    part: LazyLock<Box<T>, Box<dyn FnOnce() -> Box<T> + Send + Sync>>,
    /// How many things a list holds, where that is known without reading it.
    count: Option<usize>,
}

impl<T> Later<T> {
    /// A part that `read` makes when it is first asked for.
    pub(super) fn of(read: impl FnOnce() -> T + Send + Sync + 'static) -> Self {
        Later { part: LazyLock::new(Box::new(|| Box::new(read()))), count: None }
    }
}

impl<T> Later<Vec<T>> {
    /// The same, when it is known that it will hold so many.
    pub(super) fn counting(self, count: usize) -> Self {
        Later { count: Some(count), ..self }
    }

    /// How many there are; a list that is not there yet need not be read for it.
    pub fn len(&self) -> usize {
        self.count.unwrap_or_else(|| Vec::len(self))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Send + Sync + 'static> From<T> for Later<T> {
    fn from(part: T) -> Self {
        Later::of(move || part)
    }
}

impl<T: Default + Send + Sync + 'static> Default for Later<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: Clone + Send + Sync + 'static> Clone for Later<T> {
    fn clone(&self) -> Self {
        T::clone(self).into()
    }
}

impl<T> Deref for Later<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.part
    }
}

impl<T> DerefMut for Later<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.count = None;
        &mut self.part
    }
}

impl<T: fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[allow(clippy::into_iter_without_iter, reason = "the part has its own, which is reached through `Deref`")]
impl<'l, T> IntoIterator for &'l Later<T>
where
    &'l T: IntoIterator,
{
    type Item = <&'l T as IntoIterator>::Item;
    type IntoIter = <&'l T as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_as_if_it_had_always_been_there() {
        let mut part = Later::of(|| vec!["one", "two"]);
        assert_eq!(part.clone().len(), 2);
        assert_eq!(*part, ["one", "two"]);
        part.push("three");
        assert_eq!((&part).into_iter().count(), 3);
        assert_eq!(format!("{part:?}"), r#"["one", "two", "three"]"#);
    }

    #[test]
    fn a_list_is_counted_without_being_read() {
        let mut part = Later::of(|| vec![1]).counting(7);
        assert_eq!((part.len(), part.is_empty()), (7, false));
        part.push(2);
        assert_eq!(part.len(), 2);
    }

    #[test]
    fn it_can_be_changed_before_it_was_asked_for() {
        let mut part = Later::of(|| vec![1]);
        part.clear();
        assert!(part.is_empty());
    }
}
