//! A condition over variables: a tree of tests, and what answers make of it (Kleene's logic).

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
    pub(crate) fn eval(&self, domains: &[u64], target: &Profile) -> Option<bool> {
        self.kleene(domains, &|path, words| says(target, path, words))
    }

    /// [`Cond::eval`] of a condition into which a profile was put ([`Cond::fold`]).
    pub(crate) fn eval_folded(&self, domains: &[u64]) -> Option<bool> {
        self.kleene(domains, &|_, _| false)
    }

    fn kleene(&self, domains: &[u64], profile: &impl Fn(&str, &[String]) -> bool) -> Option<bool> {
        // Parts of which one that is `decisive` settles the whole.
        let parts = |parts: &[Cond], decisive: bool| {
            let mut open = false;
            for part in parts {
                match part.kleene(domains, profile) {
                    Some(value) if value == decisive => return Some(decisive),
                    Some(_) => {}
                    None => open = true,
                }
            }
            (!open).then_some(!decisive)
        };
        match self {
            Cond::Always(value) => Some(*value),
            Cond::In(variable, mask) => {
                let possible = domains[*variable];
                if possible & mask == 0 { Some(false) } else { (possible & !mask == 0).then_some(true) }
            }
            Cond::Profile(path, words) => Some(profile(path, words)),
            Cond::Not(inner) => inner.kleene(domains, profile).map(|value| !value),
            Cond::All(list) => parts(list, false),
            Cond::Any(list) => parts(list, true),
        }
    }

    /// The condition with everything settled put in: `Always`, or a condition over open variables.
    #[must_use]
    pub fn fold(&self, domains: &[u64], target: &Profile) -> Cond {
        match self {
            Cond::Always(value) => Cond::Always(*value),
            Cond::In(variable, mask) => {
                let possible = domains[*variable];
                if possible & mask == 0 {
                    Cond::Always(false)
                } else if possible & !mask == 0 {
                    Cond::Always(true)
                } else {
                    self.clone()
                }
            }
            Cond::Profile(path, words) => Cond::Always(says(target, path, words)),
            Cond::Not(inner) => match inner.fold(domains, target) {
                Cond::Always(value) => Cond::Always(!value),
                inner => Cond::Not(Box::new(inner)),
            },
            Cond::All(parts) => join(parts, true, |part| part.fold(domains, target)),
            Cond::Any(parts) => join(parts, false, |part| part.fold(domains, target)),
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

    /// Whether it tests a variable.
    pub fn tests(&self, variable: usize) -> bool {
        let mut found = false;
        self.visit(&mut |other, _| found |= other == variable);
        found
    }

    /// Calls `visit` with every variable tested and its mask.
    pub(crate) fn visit(&self, visit: &mut impl FnMut(usize, u64)) {
        match self {
            Cond::Always(_) | Cond::Profile(..) => {}
            Cond::In(variable, mask) => visit(*variable, *mask),
            Cond::Not(inner) => inner.visit(visit),
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| part.visit(visit)),
        }
    }
}

/// Whether a field of a profile holds one of some words.
fn says(target: &Profile, path: &str, words: &[String]) -> bool {
    let word = target.field(path).unwrap_or_default();
    words.iter().any(|candidate| candidate == word)
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
