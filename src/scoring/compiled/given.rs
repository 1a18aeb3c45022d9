//! The outlook given what open variables may turn out to be.
//!
//! Must not: sum a hurdle anew where its table tells these answers apart already. With the variables as the
//! first of the shared ones, the joint sums of their hurdles fall apart into one for each answer.

use smallvec::SmallVec;

use super::joint::{Joint, Split};
use super::seat::{Group, HURDLES, Seat};
use super::table::Table;
use super::{Brief, Kept, Rules, ones};

/// Answers that no rule tells apart: their share, and the outlook given one of them.
pub(in crate::scoring) type Given = SmallVec<[(f64, Brief); 8]>;

impl Kept {
    /// For each combination of answers to some open variables that settle nothing else ([`Seat::alone`]), the
    /// outlook given it; `None` where the seat was not summed, or where too much meets to go through.
    pub(in crate::scoring) fn given(
        &self,
        rules: Rules<'_>,
        seat: &Seat,
        states: &[u64],
        variables: &[usize],
    ) -> Option<Given> {
        if !seat.summed {
            return None;
        }
        let settled: f64 = seat.survives.iter().product();
        let mut out: Split = SmallVec::from_elem((1.0, [1.0; 3]), 1);
        let mut others: SmallVec<[Group; HURDLES]> = SmallVec::new();
        for group in &seat.groups {
            let read = |variable: &&usize| ones(group.members).any(|at| local(seat, at, **variable).is_some());
            let leads: SmallVec<[usize; 8]> = variables.iter().filter(read).copied().collect();
            if leads.is_empty() {
                others.push(*group);
                continue;
            }
            let list = self.split(rules, seat, states, group, &leads)?;
            // What no variable joins depends on nothing in common.
            let pairs = out.iter().flat_map(|one| list.iter().map(move |other| (one, other)));
            let both = |one: [f64; 3], other: [f64; 3]| std::array::from_fn(|form| one[form] * other[form]);
            out = pairs.map(|((share, one), (part, other))| (share * part, both(*one, *other))).collect();
        }
        let others = Brief::of(settled, &others);
        let given = out.into_iter().map(|(share, [expected, low, high])| {
            let range = [others.range[0] * low, others.range[1] * high];
            (share, Brief { expected: others.expected * expected, range })
        });
        Some(given.collect())
    }

    /// The sums of a group given each combination of answers to variables that it reads.
    fn split(&self, rules: Rules<'_>, seat: &Seat, states: &[u64], group: &Group, leads: &[usize]) -> Option<Split> {
        let mut memo = self.memo();
        // A hurdle that reads one of them alone has summed it out.
        let mut fresh: SmallVec<[(usize, Table); 1]> = SmallVec::new();
        for at in ones(group.members) {
            let (outer, _) = seat.table(at)?;
            let apart = leads.iter().filter_map(|lead| local(seat, at, *lead)).fold(*outer, |apart, own| apart | own);
            if apart != *outer {
                let variant = &seat.form.variants[seat.hurdles.start + at];
                fresh.push((at, memo.table(rules.model, variant, &seat.seen[at], apart, states, false)?));
            }
        }
        let table = |at: usize| {
            let own = fresh.iter().find(|(other, _)| *other == at).map(|(_, table)| table);
            own.or_else(|| seat.table(at).map(|(_, table)| table))
        };
        let tables: SmallVec<[&Table; HURDLES]> = ones(group.members).filter_map(table).collect();
        Some(Joint::new(&tables, leads, rules.model, states)?.given(leads.len()))
    }
}

/// The place of an open variable among those that a hurdle still reads, as a mask.
fn local(seat: &Seat, at: usize, variable: usize) -> Option<u64> {
    let variant = &seat.form.variants[seat.hurdles.start + at];
    let place = variant.terms.place(variable)?;
    (seat.seen[at].reads >> place & 1 == 1).then_some(1 << place)
}
