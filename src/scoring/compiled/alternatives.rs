//! A condition as alternatives: lists of tests, one of which has to pass as a whole.
//!
//! Must not: lose a case. A list that no value could pass is left out, and so is one that passes only
//! where another one does.

use super::terms::MOST;
use crate::pack::Profile;
use crate::scoring::model::{Cond, Model};

/// A variable and the values with which a test passes.
pub(super) type Test = (usize, u64);

/// The terms of a condition; `None` where there are too many. Negations move down to the tests.
pub(super) fn alternatives(cond: &Cond, target: &Profile, model: &Model, negated: bool) -> Option<Vec<Vec<Test>>> {
    let settled = |holds: bool| if holds { vec![Vec::new()] } else { Vec::new() };
    Some(match cond {
        Cond::Always(value) => settled(*value != negated),
        Cond::Profile(path, words) => {
            let word = target.field(path).unwrap_or_default();
            settled(words.iter().any(|candidate| candidate == word) != negated)
        }
        Cond::In(variable, mask) => {
            let full = model.full(*variable);
            let mask = if negated { !mask & full } else { mask & full };
            if mask == 0 || mask == full { settled(mask != 0) } else { vec![vec![(*variable, mask)]] }
        }
        Cond::Not(inner) => alternatives(inner, target, model, !negated)?,
        Cond::All(parts) | Cond::Any(parts) => {
            let every = matches!(cond, Cond::All(_)) != negated;
            let mut out = settled(every);
            for part in parts {
                let terms = alternatives(part, target, model, negated)?;
                out = if every { both(&out, &terms) } else { [out, terms].concat() };
                widest(&mut out);
                if out.len() > MOST {
                    return None;
                }
            }
            out
        }
    })
}

/// Terms that hold where one of each list holds.
fn both(some: &[Vec<Test>], others: &[Vec<Test>]) -> Vec<Vec<Test>> {
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.filter_map(|(one, other)| joined(one, other)).collect()
}

/// Two terms as one; `None` where no value of some variable passes the tests of both.
fn joined(one: &[Test], other: &[Test]) -> Option<Vec<Test>> {
    let mut out = one.to_vec();
    for (variable, mask) in other {
        match out.iter_mut().find(|(known, _)| known == variable) {
            Some((_, known)) => {
                *known &= mask;
                if *known == 0 {
                    return None;
                }
            }
            None => out.push((*variable, *mask)),
        }
    }
    out.sort_unstable();
    Some(out)
}

/// Leaves out every term that holds only where another one does.
fn widest(terms: &mut Vec<Vec<Test>>) {
    let mut at = 0;
    while at < terms.len() {
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
}

/// Whether one term holds wherever another does.
fn covers(wide: &[Test], narrow: &[Test]) -> bool {
    wide.iter().all(|(variable, mask)| narrow.iter().any(|(other, own)| other == variable && own & !mask == 0))
}
