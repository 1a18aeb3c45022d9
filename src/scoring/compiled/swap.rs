//! The expected outlook with another value of a settled answer, read off the derivatives.
//!
//! Must not: join hurdles. A group's product is a sum over combinations in which each of its hurdles stands once,
//! as one of its cells: where one hurdle of a group changes, the product is the sum of the new cells times the
//! derivatives by the old ones, exactly. Groups do not depend on each other.

use smallvec::SmallVec;

use super::memo::Memo;
use super::part::step;
use super::patterns::Patterns;
use super::seat::{Members, Seat};
use super::table::survives;
use super::variant::{Seen, Variant};
use super::{Kept, Rules};

impl Kept {
    /// The factor by which the expected outlook changes when a settled variable takes the value that `states` hold;
    /// `None` where derivatives were not asked for, where two hurdles of a group change, or where one comes to
    /// depend on what others depend on.
    pub(in crate::scoring) fn swapped(
        &self,
        rules: Rules<'_>,
        seat: &Seat,
        states: &[u64],
        variable: usize,
    ) -> Option<f64> {
        if !(seat.summed && seat.deep) {
            return None;
        }
        let read = seat.read(&[variable], states);
        let mut instead: SmallVec<[(usize, Seen); 8]> = SmallVec::new();
        let (mut changed, mut newly): (Members, SmallVec<[usize; 8]>) = (0, SmallVec::new());
        // First whether it can be read off at all: no table is made for nothing.
        for hurdle in seat.form.readers(variable, &seat.hurdles) {
            let at = hurdle - seat.hurdles.start;
            let (variant, before) = (&seat.form.variants[hurdle], &seat.seen[at]);
            let now = variant.see(seat.left(at, read.as_ref(), states), states);
            if now == *before {
                continue;
            }
            let fresh = now.reads & !before.reads;
            if variant.any(fresh, |variable| seat.depends(variable) || newly.contains(&variable)) {
                return None;
            }
            variant.each(fresh, |variable| newly.push(variable));
            if before.open != 0 {
                let members = seat.groups.iter().find(|group| group.members >> at & 1 == 1)?.members;
                if changed & members != 0 {
                    return None;
                }
                changed |= members;
            }
            instead.push((at, now));
        }
        let mut memo = self.memo();
        memo.make_room();
        instead.iter().try_fold(1.0, |factor, (at, now)| Some(factor * memo.replaced(rules, seat, *at, now, states)?))
    }
}

impl Memo {
    /// The factor by which the product of a hurdle's group changes when the hurdle is seen otherwise.
    fn replaced(&mut self, rules: Rules<'_>, seat: &Seat, at: usize, now: &Seen, states: &[u64]) -> Option<f64> {
        let variant = &seat.form.variants[seat.hurdles.start + at];
        if seat.seen[at].open == 0 {
            return Some(self.alone(rules, variant, now, states)? / seat.survives.get(at)?);
        }
        let group = seat.groups.iter().find(|group| group.members >> at & 1 == 1)?;
        let (outer, before) = seat.table(at)?;
        let slopes = seat.slopes.get(*seat.begins.get(at)?..)?.get(..before.cells().len())?;
        if now.open == 0 {
            return Some(slopes.iter().sum::<f64>() * survives(now.odds) / group.sum[0]);
        }
        let table = self.table(rules.model, variant, now, outer & now.reads, states, false)?;
        let (cells, own) = (table.cells(), slopes.iter());
        let sum: Option<f64> = if table.patterns.id == before.patterns.id {
            Some(own.zip(cells).map(|(slope, cell)| slope * cell[0]).sum())
        } else {
            places(&before.patterns, &table.patterns)
                .map(|places| own.zip(places).map(|(slope, place)| slope * cells[place][0]).sum())
        };
        self.room.take_back(std::iter::once(table));
        Some(sum? / group.sum[0])
    }

    /// The expected chance to survive of a hurdle that shares no open answer.
    fn alone(&mut self, rules: Rules<'_>, variant: &Variant, now: &Seen, states: &[u64]) -> Option<f64> {
        if now.open == 0 {
            return Some(survives(now.odds));
        }
        let table = self.table(rules.model, variant, now, 0, states, false)?;
        let expected = table.cells()[0][0];
        self.room.take_back(std::iter::once(table));
        Some(expected)
    }
}

/// For each cell of some patterns, the cell of others that stands for the same answers; `None` where the others
/// tell answers apart that these do not.
fn places(these: &Patterns, others: &Patterns) -> Option<SmallVec<[usize; 32]>> {
    // For each variable and class, how far it moves among the others' cells.
    let mut moves: SmallVec<[SmallVec<[usize; 8]>; 8]> = SmallVec::new();
    let mut found = 0;
    for (variable, classes) in these.outer.iter().zip(&these.classes) {
        let Some(place) = others.outer.iter().position(|other| other == variable) else {
            moves.push(classes.iter().map(|_| 0).collect());
            continue;
        };
        found += 1;
        let stride: usize = others.classes[..place].iter().map(Vec::len).product();
        let class = |values: &u64| others.classes[place].iter().position(|class| values & !class == 0);
        moves.push(classes.iter().map(|values| Some(class(values)? * stride)).collect::<Option<_>>()?);
    }
    if found < others.outer.len() {
        return None;
    }
    let mut digits: SmallVec<[usize; 8]> = SmallVec::from_elem(0, moves.len());
    let mut out = SmallVec::new();
    for _ in 0..these.size() {
        out.push(moves.iter().zip(&digits).map(|(moves, digit)| moves[*digit]).sum());
        step(&mut digits, |n| moves[n].len());
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::Full;
    use super::super::tests::{near, posed};
    use crate::scoring::Engine;
    use crate::scoring::random::Random;

    #[test]
    fn the_outlook_read_off_is_the_one_with_the_other_answer_put_in() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let (mut random, mut read_off) = (Random(23), 0);
        for round in 0..40 {
            let (target, states) = posed(&engine, [50, 70, 85, 95][round % 4], &mut random);
            let (mut seat, mut full) = (engine.seat(&states, target), Full::default());
            engine.full_of(seat.as_mut(), &states, target, &mut full);
            let Some(seat) = seat else { continue };
            for variable in (0..states.len()).filter(|at| states[*at].is_power_of_two() && seat.reads(*at)) {
                let mut other = states.clone();
                other[variable] = 1 << random.below(engine.model.variables[variable].prior.len());
                let Some(factor) = engine.swapped(&seat, &other, variable) else { continue };
                let then = engine.readable(0..pack.hurdles.len(), &other, target).0;
                if then.exactness.standard_error == 0.0 {
                    read_off += 1;
                    near(full.solved.expected * factor, then.expected);
                }
            }
        }
        assert!(read_off > 500, "{read_off} read off");
    }
}
