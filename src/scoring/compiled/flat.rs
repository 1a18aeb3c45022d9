//! A condition as a flat list of masks.
//!
//! Must not: know a matter. It gives what `Cond::fold` gives (Kleene's logic), without making a tree.

use crate::pack::Profile;
use crate::scoring::model::Cond;

/// Certainly holds. Everything below [`FALSE`] is an open variable on which it depends.
pub(super) const TRUE: usize = usize::MAX;
/// Certainly does not hold.
pub(super) const FALSE: usize = usize::MAX - 1;

/// A condition: a tree in the order of reading, each branch with the place after its last part.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flat(Box<[Node]>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Node {
    Settled(bool),
    In(u32, u64),
    All(u32),
    Any(u32),
}

impl Flat {
    /// A condition with the profile of a target put in. Negations move down to the tests, which
    /// changes nothing in Kleene's logic.
    pub(super) fn new(cond: &Cond, target: &Profile) -> Self {
        let mut nodes = Vec::new();
        write(&plain(cond, target, false), &mut nodes);
        Flat(nodes.into_boxed_slice())
    }

    /// [`TRUE`], [`FALSE`], or an open variable on which it depends. `states` are the values that each
    /// variable may still take.
    pub(super) fn tri(&self, states: &[u64]) -> usize {
        self.at(0, states)
    }

    fn at(&self, at: usize, states: &[u64]) -> usize {
        match self.0[at] {
            Node::Settled(true) => TRUE,
            Node::Settled(false) => FALSE,
            Node::In(variable, mask) => test(variable, mask, states),
            Node::All(end) => self.parts(at + 1, end, states, FALSE, TRUE),
            Node::Any(end) => self.parts(at + 1, end, states, TRUE, FALSE),
        }
    }

    /// Parts of which one that is `decisive` settles the whole.
    fn parts(&self, mut at: usize, end: u32, states: &[u64], decisive: usize, neutral: usize) -> usize {
        let mut open = neutral;
        while at < end as usize {
            let value = self.at(at, states);
            if value == decisive {
                return decisive;
            }
            if value != neutral && open == neutral {
                open = value;
            }
            at = self.after(at);
        }
        open
    }

    fn after(&self, at: usize) -> usize {
        match self.0[at] {
            Node::All(end) | Node::Any(end) => end as usize,
            _ => at + 1,
        }
    }

    /// Calls `visit` with every open variable on which it depends; for conditions that are not settled.
    pub(super) fn reads(&self, states: &[u64], visit: &mut impl FnMut(usize)) {
        self.reads_at(0, states, visit);
    }

    fn reads_at(&self, at: usize, states: &[u64], visit: &mut impl FnMut(usize)) {
        if matches!(self.at(at, states), TRUE | FALSE) {
            return;
        }
        match self.0[at] {
            Node::Settled(_) => {}
            Node::In(variable, _) => visit(variable as usize),
            Node::All(end) | Node::Any(end) => {
                let mut part = at + 1;
                while part < end as usize {
                    self.reads_at(part, states, visit);
                    part = self.after(part);
                }
            }
        }
    }

    /// Calls `visit` with every test.
    pub(super) fn tests(&self, visit: &mut impl FnMut(usize, u64)) {
        for node in &self.0 {
            if let Node::In(variable, mask) = node {
                visit(*variable as usize, *mask);
            }
        }
    }
}

fn test(variable: u32, mask: u64, states: &[u64]) -> usize {
    let possible = states[variable as usize];
    if possible & mask == 0 {
        FALSE
    } else if possible & !mask == 0 {
        TRUE
    } else {
        variable as usize
    }
}

/// Without profile tests and negations, and without parts that settle nothing.
fn plain(cond: &Cond, target: &Profile, negated: bool) -> Cond {
    match cond {
        Cond::Always(value) => Cond::Always(*value != negated),
        Cond::In(variable, mask) => Cond::In(*variable, if negated { !mask } else { *mask }),
        Cond::Profile(path, words) => {
            let word = target.field(path).unwrap_or_default();
            Cond::Always(words.iter().any(|candidate| candidate == word) != negated)
        }
        Cond::Not(inner) => plain(inner, target, !negated),
        Cond::All(parts) => joined(parts, target, negated, !negated),
        Cond::Any(parts) => joined(parts, target, negated, negated),
    }
}

fn joined(parts: &[Cond], target: &Profile, negated: bool, all: bool) -> Cond {
    let mut out: Vec<Cond> = Vec::new();
    for part in parts {
        let inner = match plain(part, target, negated) {
            Cond::Always(value) if value == all => continue,
            Cond::Always(_) => return Cond::Always(!all),
            Cond::All(inner) if all => inner,
            Cond::Any(inner) if !all => inner,
            other => vec![other],
        };
        for part in inner {
            if !out.contains(&part) {
                out.push(part);
            }
        }
    }
    match out.len() {
        0 => Cond::Always(all),
        1 => out.remove(0),
        _ if all => Cond::All(out),
        _ => Cond::Any(out),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a condition has a few dozen parts")]
fn write(cond: &Cond, nodes: &mut Vec<Node>) {
    match cond {
        Cond::Always(value) => nodes.push(Node::Settled(*value)),
        Cond::In(variable, mask) => nodes.push(Node::In(*variable as u32, *mask)),
        Cond::Profile(..) | Cond::Not(_) => nodes.push(Node::Settled(false)),
        Cond::All(parts) | Cond::Any(parts) => {
            let at = nodes.len();
            nodes.push(Node::Settled(false));
            for part in parts {
                write(part, nodes);
            }
            let end = nodes.len() as u32;
            nodes[at] = if matches!(cond, Cond::All(_)) { Node::All(end) } else { Node::Any(end) };
        }
    }
}
