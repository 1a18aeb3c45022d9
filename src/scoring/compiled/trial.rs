//! Another answer, tried on a seat: only the hurdles that it changes are summed again.
//!
//! Must not: change the seat. What a trial knows before hurdles are joined bounds the outlook already, and
//! mostly that is enough.

use smallvec::SmallVec;

use super::seat::{HURDLES, Members, Readers, Seat};
use super::table::{Table, survives};
use super::variant::Seen;
use super::{Brief, Kept, Rules, ones};

/// A seat with other answers.
pub(in crate::scoring) struct Trial {
    /// The hurdles whose sums are not those of the seat.
    again: Members,
    /// The sums of those among them that are open.
    fresh: SmallVec<[(usize, Table); HURDLES]>,
    /// The product of the settled hurdles.
    settled: f64,
    /// Lowest and highest factor by which the expected outlook changes.
    pub(in crate::scoring) factor: [f64; 2],
}

impl Kept {
    /// The outlook after some variables (ascending) have taken other values.
    pub(in crate::scoring) fn what_if(
        &self,
        rules: Rules<'_>,
        seat: &Seat,
        states: &[u64],
        changed: &[usize],
    ) -> Option<Brief> {
        let trial = self.trial(rules, seat, states, changed)?;
        let brief = self.outcome(rules, seat, states, &trial);
        self.end_trial(trial);
        brief
    }

    /// What other values of some variables (ascending) make of each hurdle.
    pub(in crate::scoring) fn trial(
        &self,
        rules: Rules<'_>,
        seat: &Seat,
        states: &[u64],
        changed: &[usize],
    ) -> Option<Trial> {
        let (asked, seen, readers) = look(seat, states, changed);
        let mut memo = self.memo();
        memo.make_room();
        let mut trial = Trial { again: asked, fresh: SmallVec::new(), settled: 1.0, factor: [1.0, 1.0] };
        let mut seen = seen.iter();
        for (at, before) in seat.seen.iter().enumerate() {
            let differs = asked >> at & 1 == 1;
            let now = if differs { seen.next()? } else { before };
            let chances = if now.open == 0 {
                let survives = survives(now.odds);
                trial.settled *= survives;
                Chances::One(survives)
            } else {
                let variant = &seat.form.variants[seat.hurdles.start + at];
                let outer = readers.shared(variant, now.reads);
                // The sums of the seat hold where neither the hurdle differs nor what it shares.
                if !differs && seat.table(at).is_some_and(|(known, _)| *known == outer) {
                    continue;
                }
                trial.again |= 1 << at;
                trial.fresh.push((at, memo.table(rules.model, variant, now, outer, states, false)?));
                Chances::Table(&trial.fresh.last()?.1)
            };
            if differs {
                let [low, high] = before_of(seat, at).map_or([0.0, f64::INFINITY], |before| chances.over(&before));
                trial.factor = [trial.factor[0] * low, trial.factor[1] * high];
            }
        }
        Some(trial)
    }

    /// The outlook that a trial comes to.
    pub(in crate::scoring) fn outcome(
        &self,
        rules: Rules<'_>,
        seat: &Seat,
        states: &[u64],
        trial: &Trial,
    ) -> Option<Brief> {
        let mut tables = seat.sums();
        tables.resize(seat.seen.len(), None);
        ones(trial.again).for_each(|at| tables[at] = None);
        trial.fresh.iter().for_each(|(at, table)| tables[*at] = Some(table));
        let groups = self.memo().joined(rules, &tables, states, (&seat.groups, trial.again))?;
        Some(Brief::of(trial.settled, &groups))
    }

    /// Leaves the room of a trial to the next one.
    pub(in crate::scoring) fn end_trial(&self, trial: Trial) {
        self.memo().room.take_back(trial.fresh.into_iter().map(|(_, table)| table));
    }
}

/// The hurdles that other values change, what these make of them, and how many hurdles then read each variable.
fn look(seat: &Seat, states: &[u64], changed: &[usize]) -> (Members, SmallVec<[Seen; HURDLES]>, Readers) {
    let mut again = 0_u64;
    for hurdle in changed.iter().flat_map(|variable| seat.form.readers(*variable, &seat.hurdles)) {
        again |= 1 << (hurdle - seat.hurdles.start);
    }
    let read = seat.read(changed, states);
    let mut readers = seat.readers.clone();
    let mut seen = SmallVec::new();
    for at in ones(again) {
        let (variant, before) = (&seat.form.variants[seat.hurdles.start + at], &seat.seen[at]);
        let now = variant.see(seat.left(at, read.as_ref(), states), states);
        // The same rules hold and may, and nothing that changed is read: as if it had not been asked.
        if now == *before && !variant.any(now.reads, |variable| changed.contains(&variable)) {
            again &= !(1 << at);
            continue;
        }
        variant.each(before.reads, |variable| readers.take(variable));
        variant.each(now.reads, |variable| readers.add(variable));
        seen.push(now);
    }
    (again, seen, readers)
}

/// The chances of a hurdle to survive: one, or those of the cells of a table.
enum Chances<'t> {
    One(f64),
    Table(&'t Table),
}

/// Those of a hurdle as the seat has summed it; `None` where it was not summed.
fn before_of(seat: &Seat, at: usize) -> Option<Chances<'_>> {
    if !seat.summed {
        return None;
    }
    if seat.seen[at].open == 0 {
        return seat.survives.get(at).map(|survives| Chances::One(*survives));
    }
    seat.table(at).map(|(_, table)| Chances::Table(table))
}

impl Chances<'_> {
    /// The lowest and the highest.
    fn ends(&self) -> [f64; 2] {
        match self {
            Chances::One(chance) => [*chance; 2],
            Chances::Table(table) => ends(table.cells().iter().map(|cell| cell[0])),
        }
    }

    /// Lowest and highest ratio of these to others. Cells that stand for the same answers are compared one by
    /// one; averages over open answers then move within the same bounds, because the shares stay as they are.
    fn over(&self, others: &Chances<'_>) -> [f64; 2] {
        if let (Chances::Table(these), Chances::Table(those)) = (self, others)
            && these.patterns.id == those.patterns.id
        {
            return ends(these.cells().iter().zip(those.cells()).map(|(this, that)| this[0] / that[0]));
        }
        let ([low, high], [least, most]) = (self.ends(), others.ends());
        [low / most, high / least]
    }
}

fn ends(chances: impl Iterator<Item = f64>) -> [f64; 2] {
    chances.fold([f64::INFINITY, 0.0], |[low, high], chance| [low.min(chance), high.max(chance)])
}
