//! A condition over variables: a tree of tests, and what answers make of it.
//!
//! Must not: know a question or a matter. What is open stays open (Kleene's logic).

use crate::pack::Profile;

/// A condition over variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Cond {
    /// Settled.
    Always(bool),
    /// The variable's value is in the mask.
    In(usize, u64),
    /// A profile field holds one of these words.
    Profile(String, Vec<String>),
    /// The opposite.
    Not(Box<Cond>),
    /// Every part holds.
    All(Vec<Cond>),
    /// At least one part holds.
    Any(Vec<Cond>),
}

impl Cond {
    /// True, false or not settled, by Kleene's logic.
    pub fn eval(&self, states: &[u64], target: &Profile) -> Option<bool> {
        match self {
            Cond::Always(value) => Some(*value),
            Cond::In(variable, mask) => {
                let possible = states[*variable];
                if possible & mask == 0 { Some(false) } else { (possible & !mask == 0).then_some(true) }
            }
            Cond::Profile(..) => matches!(self.fold(states, target), Cond::Always(true)).into(),
            Cond::Not(inner) => inner.eval(states, target).map(|value| !value),
            Cond::All(parts) => eval_all(parts, states, target, false),
            Cond::Any(parts) => eval_all(parts, states, target, true),
        }
    }

    /// The condition with everything settled put in: `Always`, or a condition over open variables.
    #[must_use]
    pub fn fold(&self, states: &[u64], target: &Profile) -> Cond {
        match self {
            Cond::Always(value) => Cond::Always(*value),
            Cond::In(variable, mask) => {
                let possible = states[*variable];
                if possible & mask == 0 {
                    Cond::Always(false)
                } else if possible & !mask == 0 {
                    Cond::Always(true)
                } else {
                    self.clone()
                }
            }
            Cond::Profile(path, words) => {
                let word = target.field(path).unwrap_or_default();
                Cond::Always(words.iter().any(|candidate| candidate == word))
            }
            Cond::Not(inner) => match inner.fold(states, target) {
                Cond::Always(value) => Cond::Always(!value),
                inner => Cond::Not(Box::new(inner)),
            },
            Cond::All(parts) => join(parts, true, |part| part.fold(states, target)),
            Cond::Any(parts) => join(parts, false, |part| part.fold(states, target)),
        }
    }

    /// Whether it holds for a partial assignment (a variable with no bit is open); where that is not
    /// settled, an open variable on which it depends.
    ///
    /// # Errors
    /// The open variable.
    pub fn settle(&self, bits: &[u64]) -> Result<bool, usize> {
        match self {
            Cond::Always(value) => Ok(*value),
            Cond::In(variable, mask) => match bits[*variable] {
                0 => Err(*variable),
                bit => Ok(bit & mask != 0),
            },
            Cond::Profile(..) => Ok(false),
            Cond::Not(inner) => inner.settle(bits).map(|value| !value),
            Cond::All(parts) => settle_all(parts, bits, false),
            Cond::Any(parts) => settle_all(parts, bits, true),
        }
    }

    /// Whether it holds for a full assignment; `bits` has one bit for each open variable.
    pub fn holds(&self, bits: &[u64]) -> bool {
        match self {
            Cond::Always(value) => *value,
            Cond::In(variable, mask) => bits[*variable] & mask != 0,
            Cond::Profile(..) => false,
            Cond::Not(inner) => !inner.holds(bits),
            Cond::All(parts) => parts.iter().all(|part| part.holds(bits)),
            Cond::Any(parts) => parts.iter().any(|part| part.holds(bits)),
        }
    }

    /// Calls `visit` with every test of the profile.
    pub fn of_profile<'c>(&'c self, visit: &mut impl FnMut(&'c str, &'c [String])) {
        match self {
            Cond::Always(_) | Cond::In(..) => {}
            Cond::Profile(path, words) => visit(path, words),
            Cond::Not(inner) => inner.of_profile(visit),
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| part.of_profile(visit)),
        }
    }

    /// Calls `visit` with every variable tested and its mask.
    pub fn visit(&self, visit: &mut impl FnMut(usize, u64)) {
        match self {
            Cond::Always(_) | Cond::Profile(..) => {}
            Cond::In(variable, mask) => visit(*variable, *mask),
            Cond::Not(inner) => inner.visit(visit),
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| part.visit(visit)),
        }
    }
}

/// Parts of which one that is `decisive` settles the whole, by Kleene's logic.
fn eval_all(parts: &[Cond], states: &[u64], target: &Profile, decisive: bool) -> Option<bool> {
    let mut open = false;
    for part in parts {
        match part.eval(states, target) {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => open = true,
        }
    }
    (!open).then_some(!decisive)
}

/// Parts of which one that is `decisive` settles the whole; otherwise all must be settled.
fn settle_all(parts: &[Cond], bits: &[u64], decisive: bool) -> Result<bool, usize> {
    let mut open = None;
    for part in parts {
        match part.settle(bits) {
            Ok(value) if value == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(variable) => open = open.or(Some(variable)),
        }
    }
    open.map_or(Ok(!decisive), Err)
}

/// `All` (neutral true) or `Any` (neutral false) of parts, with settled parts put in.
fn join(parts: &[Cond], neutral: bool, settle: impl Fn(&Cond) -> Cond) -> Cond {
    let mut open = Vec::new();
    for part in parts {
        match settle(part) {
            Cond::Always(value) if value == neutral => {}
            Cond::Always(value) => return Cond::Always(value),
            part => open.push(part),
        }
    }
    match open.len() {
        0 => Cond::Always(neutral),
        1 => open.remove(0),
        _ if neutral => Cond::All(open),
        _ => Cond::Any(open),
    }
}
