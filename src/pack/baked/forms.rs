//! The parts of a pack that have one of several forms: a number says which, and the form follows.
//!
//! Must not: give a number that is in use to another form.

use super::super::condition::{Expr, Subject};
use super::super::hurdle::Support;
use super::{Bread, Oven, Shelf};
use crate::scoring::weights::Covariance;

impl<T: Bread> Bread for Option<T> {
    fn put(&self, oven: &mut Oven) {
        self.is_some().put(oven);
        if let Some(item) = self {
            item.put(oven);
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        if bool::take(shelf)? { T::take(shelf).map(Some) } else { Some(None) }
    }
}

impl Bread for Support {
    fn put(&self, oven: &mut Oven) {
        match self {
            Support::Precedent(cases) => {
                oven.number(0);
                cases.put(oven);
            }
            Support::Statute(citation) => {
                oven.number(1);
                citation.put(oven);
            }
            Support::Judgement => oven.number(2),
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        Some(match shelf.number()? {
            0 => Support::Precedent(Bread::take(shelf)?),
            1 => Support::Statute(Bread::take(shelf)?),
            2 => Support::Judgement,
            _ => return None,
        })
    }
}

/// The numbers stand as they are, so that they can be read where they stand.
impl Bread for Covariance {
    fn put(&self, oven: &mut Oven) {
        self.len().put(oven);
        (0..self.len()).for_each(|at| self.at(at).put(oven));
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        let length = shelf.length()?.checked_mul(size_of::<f64>())?;
        let (numbers, rest) = shelf.bytes.split_at_checked(length)?;
        shelf.bytes = rest;
        Some(Covariance::Baked(numbers.as_chunks().0))
    }
}

impl Bread for Subject {
    fn put(&self, oven: &mut Oven) {
        match self {
            Subject::Question(at) => {
                oven.number(0);
                at.put(oven);
            }
            Subject::Fact(fact) => {
                oven.number(1);
                fact.put(oven);
            }
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        match shelf.number()? {
            0 => Some(Subject::Question(Bread::take(shelf)?)),
            1 => Some(Subject::Fact(Bread::take(shelf)?)),
            _ => None,
        }
    }
}

impl Bread for Expr {
    fn put(&self, oven: &mut Oven) {
        match self {
            Expr::Always(value) => {
                oven.number(0);
                value.put(oven);
            }
            Expr::Test(subject, mask) => {
                oven.number(1);
                subject.put(oven);
                mask.put(oven);
            }
            Expr::Profile(path, words) => {
                oven.number(2);
                path.put(oven);
                words.put(oven);
            }
            Expr::Not(inner) => {
                oven.number(3);
                inner.put(oven);
            }
            Expr::All(parts) => {
                oven.number(4);
                parts.put(oven);
            }
            Expr::Any(parts) => {
                oven.number(5);
                parts.put(oven);
            }
        }
    }

    fn take(shelf: &mut Shelf) -> Option<Self> {
        Some(match shelf.number()? {
            0 => Expr::Always(Bread::take(shelf)?),
            1 => Expr::Test(Bread::take(shelf)?, Bread::take(shelf)?),
            2 => Expr::Profile(Bread::take(shelf)?, Bread::take(shelf)?),
            3 => Expr::Not(Box::new(Bread::take(shelf)?)),
            4 => Expr::All(Bread::take(shelf)?),
            5 => Expr::Any(Bread::take(shelf)?),
            _ => return None,
        })
    }
}
