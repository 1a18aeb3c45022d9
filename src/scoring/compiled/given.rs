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

#[cfg(test)]
mod tests {
    use super::super::tests::{near, posed};
    use super::*;
    use crate::scoring::Engine;
    use crate::scoring::outlook::Solved;
    use crate::scoring::random::Random;

    /// The outlook with each combination of values of some variables put in.
    fn put_in(states: &[u64], variables: &[usize], outlook: &impl Fn(&[u64]) -> Solved) -> Vec<Solved> {
        let Some((variable, rest)) = variables.split_first() else { return vec![outlook(states)] };
        let each = ones(states[*variable]).flat_map(|value| {
            let mut other = states.to_vec();
            other[*variable] = 1 << value;
            put_in(&other, rest, outlook)
        });
        each.collect()
    }

    #[test]
    fn the_outlook_given_an_answer_is_the_one_with_that_answer_put_in() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let (mut random, mut given) = (Random(19), 0);
        for round in 0..40 {
            let (target, states) = posed(&engine, [30, 60, 80, 95][round % 4], &mut random);
            let mut seat = engine.seat(&states, target);
            engine.brief_of(seat.as_mut(), &states, target, false);
            let outlook = |states: &[u64]| engine.readable(0..pack.hurdles.len(), &states.to_vec(), target).0;
            let open: Vec<usize> = (0..states.len()).filter(|at| states[*at].count_ones() > 1).collect();
            for variables in open.windows(2).flat_map(|two| [&two[..1], two]) {
                let Some(answers) = engine.given(seat.as_ref(), &states, variables) else { continue };
                near(answers.iter().map(|(share, _)| share).sum(), 1.0);
                let wanted = put_in(&states, variables, &outlook);
                // Answers that no rule tells apart stand for one another, in whatever order.
                for (_, then) in &answers {
                    given += 1;
                    let same = |other: &Solved| {
                        let ours = [then.expected, then.range[0], then.range[1]];
                        let theirs = [other.expected, other.range[0], other.range[1]];
                        ours.iter().zip(theirs).all(|(one, other)| (one - other).abs() < 1e-12)
                    };
                    assert!(wanted.iter().any(same), "{then:?}");
                }
            }
        }
        assert!(given > 500, "{given}");
    }
}
