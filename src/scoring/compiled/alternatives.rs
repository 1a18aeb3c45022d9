//! A condition as alternatives: lists of tests, one of which has to pass as a whole.
//!
//! Must not: lose a case. A list that no value could pass is left out, and so is one that passes only
//! where another one does.

use smallvec::{SmallVec, smallvec};

use super::terms::MOST;
use crate::pack::Profile;
use crate::scoring::model::{Cond, Model};

/// A variable and the values with which a test passes.
pub(super) type Test = (usize, u64);

/// Tests that have to pass together, one for each variable, in the order of the variables.
pub(super) type Term = SmallVec<[Test; 3]>;

/// Terms of one condition; most have one.
pub(super) type Several = SmallVec<[Term; 1]>;

/// The terms of a condition; `None` where there are too many. Negations move down to the tests.
pub(super) fn alternatives(cond: &Cond, target: &Profile, model: &Model, negated: bool) -> Option<Several> {
    let mut term = Term::new();
    match plain(cond, target, model, negated, &mut term) {
        Plain::Never => Some(Several::new()),
        Plain::Term => Some(smallvec![term]),
        Plain::No => several(cond, target, model, negated),
    }
}

/// What a condition is that has no alternatives, as most: one term, or none that could hold.
enum Plain {
    Never,
    Term,
    No,
}

/// Puts the tests of a condition without alternatives into a term.
fn plain(cond: &Cond, target: &Profile, model: &Model, negated: bool, out: &mut Term) -> Plain {
    let settled = |holds: bool| if holds { Plain::Term } else { Plain::Never };
    match cond {
        Cond::Always(value) => settled(*value != negated),
        Cond::Profile(path, words) => settled(says(target, path, words) != negated),
        Cond::In(variable, mask) => {
            let full = model.full(*variable);
            let mask = if negated { !mask & full } else { mask & full };
            settled(mask == full || mask != 0 && test(out, (*variable, mask)))
        }
        Cond::Not(inner) => plain(inner, target, model, !negated, out),
        Cond::All(parts) | Cond::Any(parts) => {
            if matches!(cond, Cond::All(_)) == negated && parts.len() != 1 {
                return Plain::No;
            }
            for part in parts {
                match plain(part, target, model, negated, out) {
                    Plain::Term => {}
                    other => return other,
                }
            }
            Plain::Term
        }
    }
}

/// Whether a field of a profile holds one of some words.
fn says(target: &Profile, path: &str, words: &[String]) -> bool {
    let word = target.field(path).unwrap_or_default();
    words.iter().any(|candidate| candidate == word)
}

/// The same where there may be alternatives.
fn several(cond: &Cond, target: &Profile, model: &Model, negated: bool) -> Option<Several> {
    let settled = |holds: bool| if holds { smallvec![Term::new()] } else { Several::new() };
    Some(match cond {
        Cond::Always(value) => settled(*value != negated),
        Cond::Profile(path, words) => settled(says(target, path, words) != negated),
        Cond::In(variable, mask) => {
            let full = model.full(*variable);
            let mask = if negated { !mask & full } else { mask & full };
            if mask == 0 || mask == full { settled(mask != 0) } else { smallvec![smallvec![(*variable, mask)]] }
        }
        Cond::Not(inner) => alternatives(inner, target, model, !negated)?,
        Cond::All(parts) | Cond::Any(parts) => {
            let every = matches!(cond, Cond::All(_)) != negated;
            let mut out: Option<Several> = None;
            for part in parts {
                let mut terms = alternatives(part, target, model, negated)?;
                let joined = match &mut out {
                    Some(out) if every => both(out, &terms),
                    Some(out) => {
                        out.append(&mut terms);
                        std::mem::take(out)
                    }
                    None => terms,
                };
                let out = out.insert(widest(joined));
                if out.len() > MOST {
                    return None;
                }
                // What the other parts say changes nothing more.
                let settled = if every { out.is_empty() } else { out.iter().any(SmallVec::is_empty) };
                if settled {
                    break;
                }
            }
            out.unwrap_or_else(|| settled(every))
        }
    })
}

/// Terms that hold where one of each list holds.
fn both(some: &[Term], others: &[Term]) -> Several {
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.filter_map(|(one, other)| joined(one, other)).collect()
}

/// Two terms as one; `None` where no value of some variable passes the tests of both.
fn joined(one: &Term, other: &Term) -> Option<Term> {
    let mut out = one.clone();
    other.iter().all(|more| test(&mut out, *more)).then_some(out)
}

/// Puts a test into a term; false where no value of its variable passes all tests of it.
fn test(term: &mut Term, (variable, mask): Test) -> bool {
    match term.binary_search_by_key(&variable, |(known, _)| *known) {
        Ok(at) => {
            term[at].1 &= mask;
            term[at].1 != 0
        }
        Err(at) => {
            term.insert(at, (variable, mask));
            true
        }
    }
}

/// Leaves out every term that holds only where another one does.
fn widest(mut terms: Several) -> Several {
    let mut at = 0;
    while terms.len() > 1 && at < terms.len() {
        let included = terms
            .iter()
            .enumerate()
            .any(|(other, wide)| other != at && covers(wide, &terms[at]) && (other < at || !covers(&terms[at], wide)));
        if included {
            terms.remove(at);
        } else {
            at += 1;
        }
    }
    terms
}

/// Whether one term holds wherever another does.
fn covers(wide: &[Test], narrow: &[Test]) -> bool {
    wide.len() <= narrow.len()
        && wide.iter().all(|(variable, mask)| narrow.iter().any(|(other, own)| other == variable && own & !mask == 0))
}
