//! A condition as a flat list of masks.
//!
//! Must not: know a matter. It gives what `Cond::fold` gives (Kleene's logic), without making a tree.

use crate::pack::Profile;
use crate::scoring::model::Cond;

/// Certainly holds. Everything below [`FALSE`] is an open variable on which it depends.
pub(super) const TRUE: usize = usize::MAX;
/// Certainly does not hold.
pub(super) const FALSE: usize = usize::MAX - 1;

/// A condition: a tree in the order of reading, each branch with the place after its last part; and the
/// same as steps.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flat {
    nodes: Box<[Node]>,
    steps: Steps,
}

/// Conditions as tests that lead to one another, all in one list: what is settled is read without a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Steps {
    tests: Vec<Step>,
    /// Where each condition begins.
    first: Vec<u16>,
}

/// A test, and where to go on: the next test, or [`YES`] or [`NO`].
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    mask: u64,
    variable: u16,
    yes: u16,
    no: u16,
}

/// The condition holds.
const YES: u16 = u16::MAX;
/// It does not.
const NO: u16 = u16::MAX - 1;
/// Nobody knows: the tree must be asked.
const ASK: u16 = u16::MAX - 2;

impl Steps {
    /// Adds a condition without profile tests and negations.
    fn add(&mut self, cond: &Cond) {
        let first = steps_of(cond, YES, NO, &mut self.tests);
        self.first.push(first);
    }

    /// The conditions of some lists as one.
    pub(super) fn joined<'s>(lists: impl Iterator<Item = &'s Flat>) -> Self {
        let mut out = Steps::default();
        for flat in lists {
            let from = out.tests.len();
            let moved = |at: u16| if at >= ASK { at } else { u16::try_from(from + usize::from(at)).unwrap_or(ASK) };
            out.first.extend(flat.steps.first.iter().map(|at| moved(*at)));
            out.tests.extend(flat.steps.tests.iter().map(|test| Step {
                yes: moved(test.yes),
                no: moved(test.no),
                ..*test
            }));
        }
        out
    }

    /// Whether condition `n` holds, where each test on the way is settled.
    pub(super) fn settled(&self, n: usize, states: &[u64]) -> Option<bool> {
        let mut at = self.first[n];
        while let Some(test) = self.tests.get(usize::from(at)) {
            let possible = states[usize::from(test.variable)];
            if possible & test.mask == 0 {
                at = test.no;
            } else if possible & !test.mask == 0 {
                at = test.yes;
            } else {
                return None;
            }
        }
        if at >= NO { Some(at == YES) } else { None }
    }
}

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
        let plain = plain(cond, target, false);
        write(&plain, &mut nodes);
        let mut steps = Steps::default();
        steps.add(&plain);
        Flat { nodes: nodes.into_boxed_slice(), steps }
    }

    /// [`TRUE`], [`FALSE`], or an open variable on which it depends. `states` are the values that each
    /// variable may still take.
    pub(super) fn tri(&self, states: &[u64]) -> usize {
        // While every test is settled, each leads to the next; an open one asks for the whole tree.
        match self.steps.settled(0, states) {
            Some(true) => TRUE,
            Some(false) => FALSE,
            None => value(&self.nodes, 0, states),
        }
    }

    /// Adds what is left of it when the settled parts are put in: a condition over open variables that
    /// is read in the same order. For conditions that are not settled.
    pub(super) fn residual(&self, states: &[u64], out: &mut Residual) {
        out.starts.push(out.nodes.len());
        self.residual_at(0, states, &mut out.nodes);
    }

    fn residual_at(&self, at: usize, states: &[u64], out: &mut Vec<Node>) {
        let (Node::All(end) | Node::Any(end)) = self.nodes[at] else {
            out.push(self.nodes[at]);
            return;
        };
        let (from, mut parts, mut part) = (out.len(), 0, at + 1);
        out.push(Node::Settled(false));
        while part < end as usize {
            // A part that is settled decides nothing, or the whole would be settled.
            if !matches!(value(&self.nodes, part, states), TRUE | FALSE) {
                self.residual_at(part, states, out);
                parts += 1;
            }
            part = after(&self.nodes, part);
        }
        if parts == 1 {
            // One part is the whole: moved down by one place, ends of branches included.
            out.remove(from);
            for node in &mut out[from..] {
                if let Node::All(end) | Node::Any(end) = node {
                    *end -= 1;
                }
            }
            return;
        }
        let end = u32::try_from(out.len()).unwrap_or(u32::MAX);
        out[from] = if matches!(self.nodes[at], Node::All(_)) { Node::All(end) } else { Node::Any(end) };
    }

    /// Calls `visit` with every open variable on which it depends; for conditions that are not settled.
    pub(super) fn reads(&self, states: &[u64], visit: &mut impl FnMut(usize)) {
        self.reads_at(0, states, visit);
    }

    fn reads_at(&self, at: usize, states: &[u64], visit: &mut impl FnMut(usize)) {
        if matches!(value(&self.nodes, at, states), TRUE | FALSE) {
            return;
        }
        match self.nodes[at] {
            Node::Settled(_) => {}
            Node::In(variable, _) => visit(variable as usize),
            Node::All(end) | Node::Any(end) => {
                let mut part = at + 1;
                while part < end as usize {
                    self.reads_at(part, states, visit);
                    part = after(&self.nodes, part);
                }
            }
        }
    }

    /// Calls `visit` with every test.
    pub(super) fn tests(&self, visit: &mut impl FnMut(usize, u64)) {
        for node in &self.nodes {
            if let Node::In(variable, mask) = node {
                visit(*variable as usize, *mask);
            }
        }
    }
}

/// What is left of some conditions, one after the other.
#[derive(Debug, Default)]
pub(super) struct Residual {
    nodes: Vec<Node>,
    starts: Vec<usize>,
}

impl Residual {
    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.starts.clear();
    }

    /// [`Flat::tri`] of the condition that was added as number `n`.
    pub(super) fn tri(&self, n: usize, states: &[u64]) -> usize {
        value(&self.nodes, self.starts[n], states)
    }

    /// Everything as words, for keys: the same words are the same conditions.
    pub(super) fn words(&self, out: &mut Vec<u64>) {
        for node in &self.nodes {
            match node {
                Node::Settled(value) => out.push(u64::from(*value)),
                Node::In(variable, mask) => out.extend([u64::from(*variable) << 2 | 1, *mask]),
                Node::All(end) => out.push(u64::from(*end) << 2 | 2),
                Node::Any(end) => out.push(u64::from(*end) << 2 | 3),
            }
        }
    }
}

fn value(nodes: &[Node], at: usize, states: &[u64]) -> usize {
    match nodes[at] {
        Node::Settled(true) => TRUE,
        Node::Settled(false) => FALSE,
        Node::In(variable, mask) => test(variable, mask, states),
        Node::All(end) => parts(nodes, at + 1, end, states, FALSE, TRUE),
        Node::Any(end) => parts(nodes, at + 1, end, states, TRUE, FALSE),
    }
}

/// Parts of which one that is `decisive` settles the whole.
fn parts(nodes: &[Node], mut at: usize, end: u32, states: &[u64], decisive: usize, neutral: usize) -> usize {
    let mut open = neutral;
    while at < end as usize {
        let value = match nodes[at] {
            // Most parts are tests: no call for them.
            Node::In(variable, mask) => test(variable, mask, states),
            _ => value(nodes, at, states),
        };
        if value == decisive {
            return decisive;
        }
        if value != neutral && open == neutral {
            open = value;
        }
        at = after(nodes, at);
    }
    open
}

fn after(nodes: &[Node], at: usize) -> usize {
    match nodes[at] {
        Node::All(end) | Node::Any(end) => end as usize,
        _ => at + 1,
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

/// Writes a condition as steps, the last ones first, and gives the place of its first: `yes` and `no` are
/// where to go on once it is settled.
fn steps_of(cond: &Cond, yes: u16, no: u16, out: &mut Vec<Step>) -> u16 {
    match cond {
        Cond::Always(value) => {
            if *value {
                yes
            } else {
                no
            }
        }
        Cond::In(variable, mask) => {
            // No pack is large enough for this to fail; the tree would be asked then.
            let (Ok(at), Ok(variable)) = (u16::try_from(out.len()), u16::try_from(*variable)) else { return ASK };
            out.push(Step { mask: *mask, variable, yes, no });
            at.min(ASK)
        }
        Cond::All(parts) => parts.iter().rev().fold(yes, |yes, part| steps_of(part, yes, no, out)),
        Cond::Any(parts) => parts.iter().rev().fold(no, |no, part| steps_of(part, yes, no, out)),
        // `plain` leaves none of these.
        Cond::Profile(..) | Cond::Not(_) => no,
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
