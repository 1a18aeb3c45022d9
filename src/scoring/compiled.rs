//! The rules of a pack made ready for speed: for each hurdle and each kind of target, the conditions
//! as flat lists of masks, and what was worked out of them before.
//!
//! Must not: give another figure than `outlook`, which reads the conditions as they stand. A property
//! test holds the two together. What differs is only the way.
//!
//! Reading order: `terms` (conditions as masks) → `whole` (those of all hurdles, one mask an answer) →
//! `patterns` (what open rules can be together; kept, because it knows no weight) → `table` (the weights put
//! in) → `joint` and `part` (hurdles that share open answers) → `seat` (all of that for some answers) → `bound`,
//! `swap` and `trial` (another answer) → `given` (every answer to an open question).

mod alternatives;
mod bound;
mod checks;
mod given;
mod joint;
mod kept;
mod memo;
mod part;
mod patterns;
mod seat;
mod swap;
mod table;
mod terms;
mod trial;
mod variant;
mod walk;
mod whole;

use smallvec::SmallVec;

pub(super) use checks::Pending;
pub(super) use given::Given;
pub use kept::Kept;
pub(super) use kept::Room;
use memo::ByCell;
pub(super) use seat::Seat;
use seat::{Group, HURDLES, View};
pub(super) use trial::Trial;

use super::model::{Blocking, Model};
use super::outlook::{Exactness, Ground, Solved};
use crate::pack::weights::Weights;
use crate::pack::{Pack, Profile};

/// What the compiled rules need to know.
#[derive(Clone, Copy)]
pub(super) struct Rules<'r> {
    pub(super) pack: &'r Pack,
    pub(super) model: &'r Model,
    pub(super) weights: &'r Weights,
}

/// A whole result: the figures, and for each hurdle the rules that hold and those that may, as masks.
#[derive(Debug, Default)]
pub(super) struct Full {
    pub(super) solved: Solved,
    pub(super) holds: Vec<u64>,
    pub(super) open: Vec<u64>,
    /// For each hurdle, the place of the target's effect among its parameters.
    pub(super) own: Vec<Option<usize>>,
}

/// Expected outlook and its range.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brief {
    pub(super) expected: f64,
    pub(super) range: [f64; 2],
}

impl Brief {
    /// Of the hurdles that are settled, and the groups of the others.
    fn of<'g>(settled: f64, groups: impl IntoIterator<Item = &'g Group>) -> Self {
        let mut brief = Brief { expected: settled, range: [settled; 2] };
        for Group { sum: [expected, low, high], .. } in groups {
            brief.expected *= expected;
            brief.range[0] *= low;
            brief.range[1] *= high;
        }
        brief
    }
}

impl From<Solved> for Brief {
    fn from(solved: Solved) -> Self {
        Brief { expected: solved.expected, range: solved.range }
    }
}

/// How many seats leave their room behind: no more are in use at a time, but for the screens' targets.
const MOST_SEATS: usize = 4;

impl Kept {
    /// The hurdles as seen for some states; `None` where a hurdle has more rules or variables than the
    /// masks hold. `asked` says that other answers will be asked about.
    pub(super) fn seat(
        &self,
        rules: Rules<'_>,
        hurdles: std::ops::Range<usize>,
        states: &[u64],
        target: &Profile,
        asked: bool,
    ) -> Option<Seat> {
        let mut memo = self.memo();
        let form = memo.form(rules, target)?;
        let mut view = match memo.seats.pop() {
            Some(mut view) => {
                view.form = form;
                view
            }
            None => Box::new(View::new(form)),
        };
        view.look(hurdles, states, asked);
        Some(Seat(view))
    }

    /// Drops the values that settled answers rule out; false where the readable way has to.
    pub(super) fn rule_out(&self, rules: Rules<'_>, states: &mut [u64], target: &Profile) -> bool {
        let form = self.memo().form(rules, target);
        form.is_some_and(|form| {
            form.checks.rule_out(states);
            true
        })
    }

    /// The gates that hold (true) and those that may, and for each open variable that an unsettled gate
    /// reads, the gates that its values fire.
    #[expect(clippy::type_complexity, reason = "two lists that are always needed together")]
    pub(super) fn gates(
        &self,
        rules: Rules<'_>,
        states: &[u64],
        target: &Profile,
    ) -> Option<(SmallVec<[((usize, usize), bool); 8]>, Vec<Blocking>)> {
        let form = self.memo().form(rules, target)?;
        let mut gates = SmallVec::new();
        let met = form.checks.gates(states);
        gates.extend(ones(met.holds | met.open).map(|gate| (form.checks.place(gate), met.holds >> gate & 1 == 1)));
        Some((gates, if met.open == 0 { Vec::new() } else { form.checks.blocking(states) }))
    }

    /// Of a confidence hurdle: the rules that hold, and the patterns of open ones with their shares; `None`
    /// where the readable way has to.
    pub(super) fn confidence(
        &self,
        rules: Rules<'_>,
        hurdle: usize,
        states: &[u64],
        target: &Profile,
    ) -> Option<(u64, Vec<(f64, u64)>)> {
        let form = self.memo().form(rules, target)?;
        let terms = form.confidence.get_or_init(|| self.memo().confidence(rules.model, target));
        walk::patterns(rules.model, terms.as_ref()?.get(hurdle)?, states)
    }

    /// The outlook where every rule is settled; `None` where one is open, or a hurdle is too large.
    pub(super) fn settled(
        &self,
        rules: Rules<'_>,
        hurdles: std::ops::Range<usize>,
        states: &[u64],
        target: &Profile,
    ) -> Option<f64> {
        let form = self.memo().form(rules, target)?;
        if let Some(whole) = form.whole_of(&hurdles) {
            return whole.settled(states);
        }
        form.variants[hurdles].iter().try_fold(1.0, |expected, variant| {
            let met = variant.terms.met(states);
            (met.open == 0).then(|| expected * table::survives(variant.odds(met.holds)))
        })
    }

    /// Expected outlook and range for the states of a seat; `None` where that cannot be enumerated. `deep` says
    /// that everything will be asked for next.
    pub(super) fn brief(&self, rules: Rules<'_>, seat: &mut Seat, states: &[u64], deep: bool) -> Option<Brief> {
        let mut memo = self.memo();
        let settled = memo.fill(rules, seat, states, deep)?;
        let (mut slopes, mut by_cell) = (std::mem::take(&mut seat.slopes), ByCell::new());
        slopes.clear();
        let tables = seat.sums();
        let mut product = |members| {
            let sum = memo.group(rules, &tables, members, states, deep.then_some(&mut by_cell))?;
            slopes.extend_from_slice(&by_cell);
            Some(Group { members, sum })
        };
        let found: Option<SmallVec<[Group; HURDLES]>> = seat::groups(&tables).into_iter().map(&mut product).collect();
        drop(tables);
        seat.slopes = slopes;
        seat.groups = found?;
        seat.begins.clear();
        let (view, mut begin) = (&mut **seat, 0);
        view.begins.resize(view.seen.len(), 0);
        for at in view.groups.iter().flat_map(|group| ones(group.members)) {
            view.begins[at] = begin;
            begin += view.tables[at].as_ref().map_or(0, |(_, table)| table.cells().len());
        }
        (seat.summed, seat.deep) = (true, deep);
        Some(Brief::of(settled, &seat.groups))
    }

    /// Leaves the room of a seat to the next one.
    pub(super) fn leave(&self, seat: Option<Seat>) {
        let Some(Seat(mut view)) = seat else { return };
        let mut memo = self.memo();
        memo.room.take_back(view.tables.drain(..).flatten().map(|(_, table)| table));
        if memo.seats.len() < MOST_SEATS {
            memo.seats.push(view);
        }
    }

    /// Everything, into `out`; `None` where it cannot be enumerated.
    pub(super) fn full(&self, rules: Rules<'_>, seat: &mut Seat, states: &[u64], out: &mut Full) -> Option<()> {
        let Brief { expected, range } = if seat.summed && seat.deep {
            let settled = seat.survives.iter().product();
            Brief::of(settled, &seat.groups)
        } else {
            self.brief(rules, seat, states, true)?
        };
        let solved = &mut out.solved;
        (solved.expected, solved.range, solved.exactness) = (expected, range, Exactness::default());
        solved.grounds.resize_with(seat.seen.len(), Ground::default);
        for (ground, seen) in solved.grounds.iter_mut().zip(&seat.seen) {
            ground.holds.clear();
            ground.by_rule.clear();
            if seen.open == 0 {
                let survives = table::survives(seen.odds);
                ground.p = 1.0 - survives;
                ground.range = [ground.p; 2];
                // Every figure is a product with this hurdle's chance to survive as a factor.
                ground.by_base = -expected * ground.p;
            }
        }
        let mut left = seat.slopes.as_slice();
        for group in &seat.groups {
            let others = expected / group.sum[0];
            for member in ones(group.members) {
                let (Some((_, table)), ground) = (seat.table(member), &mut solved.grounds[member]) else { continue };
                let deep = table.deep()?;
                let (own, rest) = left.split_at(table.cells().len());
                left = rest;
                ground.p = table.p;
                ground.range = table.range;
                ground.holds.extend_from_slice(deep.holds);
                ground.by_base = -others * own.iter().zip(deep.slope).map(|(by, slope)| by * slope).sum::<f64>();
                ground.by_rule.resize(deep.holds.len(), 0.0);
                for (by, slopes) in own.iter().zip(deep.slopes.chunks(deep.holds.len().max(1))) {
                    let sums = ground.by_rule.iter_mut().zip(slopes);
                    sums.for_each(|(sum, slope)| *sum -= others * by * slope);
                }
            }
        }
        out.holds.clear();
        out.holds.extend(seat.seen.iter().map(|seen| seen.holds));
        out.open.clear();
        out.open.extend(seat.seen.iter().map(|seen| seen.open));
        out.own.clear();
        out.own.extend_from_slice(&seat.form.own[seat.hurdles.clone()]);
        Some(())
    }
}

/// The places of the bits that are set.
pub(super) fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = mask.trailing_zeros() as usize;
        (mask != 0).then(|| {
            mask &= mask - 1;
            bit
        })
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::Engine;
    use super::Full;
    use crate::matter::answers::Answers;
    use crate::matter::{Answer, Matter, Value};
    use crate::pack::{Kind, Pack, Profile};
    use crate::scoring::model::States;
    use crate::scoring::random::Random;

    /// A matter in which `known` of a hundred questions with listed options are answered.
    pub(super) fn matter(pack: &Pack, known: usize, random: &mut Random) -> Matter {
        let mut matter = Matter::default();
        for question in &pack.questions {
            let which = random.below(1 << 20);
            if random.below(100) >= known {
                continue;
            }
            let value = match question.kind {
                Kind::Choice => Value::Choice(question.options[which % question.options.len()].id.clone()),
                Kind::Choices => {
                    let ticked = question.options.iter().enumerate().filter(|(n, _)| which >> n & 1 == 1);
                    Value::Choices(ticked.map(|(_, option)| option.id.clone()).collect())
                }
                _ => continue,
            };
            matter.answers.insert(question.id.clone(), Answer::told(value));
        }
        matter
    }

    /// A target, and what a random matter leaves open there.
    pub(super) fn posed<'p>(engine: &Engine<'p>, known: usize, random: &mut Random) -> (&'p Profile, States) {
        let pack: &'p Pack = engine.pack;
        let matter = matter(pack, known, random);
        let target = &pack.profiles[random.below(pack.profiles.len())];
        let mut states = engine.model.states(pack, &Answers::of(pack, &matter), target, date(2026, 11, 22));
        engine.model.drop_blocking(&mut states, target);
        (target, states)
    }

    pub(super) fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn the_compiled_rules_give_what_the_readable_ones_give() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let (mut random, mut alike) = (Random(7), 0);
        for round in 0..60 {
            let matter = matter(&pack, [0, 5, 30, 60, 80, 95, 100][round % 7], &mut random);
            let at = random.below(pack.profiles.len());
            let target = &pack.profiles[at];
            let today = date(2026, 11, 22);
            let answers = Answers::of(&pack, &matter);
            let mut states = engine.model.states(&pack, &answers, target, today);
            let compiled = engine.states_in(&engine.model.answered(&pack, &answers), &answers, target, today);
            assert_eq!(compiled, states, "what answers rule out");
            assert_eq!(engine.gates(&states, target).blocking, engine.model.blocking(&states, target));
            engine.model.drop_blocking(&mut states, target);
            let hurdles = 0..pack.hurdles.len();
            let contest = engine.readable(hurdles.end..hurdles.end + 1, &states, target).0.expected;
            near(engine.contest(&states, target), 1.0 - contest);
            let (readable, factors) = engine.readable(hurdles.clone(), &states, target);
            let mut full = Full::default();
            engine.full_of(engine.seat(&states, target).as_mut(), &states, target, &mut full);
            near(full.solved.expected, readable.expected);
            near(full.solved.range[0], readable.range[0]);
            near(full.solved.range[1], readable.range[1]);
            for (hurdle, (ours, theirs)) in full.solved.grounds.iter().zip(&readable.grounds).enumerate() {
                near(ours.p, theirs.p);
                near(ours.range[0], theirs.range[0]);
                near(ours.range[1], theirs.range[1]);
                near(ours.by_base, theirs.by_base);
                assert_eq!(super::ones(full.holds[hurdle]).collect::<Vec<_>>(), factors.settled[hurdle]);
                // A rule that no completion makes hold is open in the one and settled in the other.
                let ours_open: Vec<usize> = super::ones(full.open[hurdle]).collect();
                assert_eq!(ours_open.len(), ours.by_rule.len());
                assert!(ours_open.iter().all(|rule| factors.open_rules[hurdle].contains(rule)));
                for (at, rule) in factors.open_rules[hurdle].iter().enumerate() {
                    let found = ours_open.iter().position(|other| other == rule);
                    near(found.map_or(0.0, |found| ours.by_rule[found]), theirs.by_rule[at]);
                    near(found.map_or(0.0, |found| ours.holds[found]), theirs.holds[at]);
                }
            }
            // Other answers, looked at only in the hurdles that read them, and from the beginning.
            let seat = engine.seat(&states, target);
            // Values that are said to make no difference make none; with little known, the readable way is long.
            for variable in (0..states.len()).filter(|at| round % 7 > 2 && states[*at].count_ones() > 1) {
                for class in seat.as_ref().and_then(|seat| seat.alike(variable, states[variable])).unwrap_or_default() {
                    let mut briefs = super::ones(class).map(|value| {
                        let mut other = states.clone();
                        other[variable] = 1 << value;
                        engine.readable(hurdles.clone(), &other, target).0
                    });
                    let Some(first) = briefs.next() else { continue };
                    for other in briefs {
                        alike += 1;
                        near(other.expected, first.expected);
                        near(other.range[0], first.range[0]);
                        near(other.range[1], first.range[1]);
                    }
                }
            }
            for times in [1, 1, 1, 1, 1, 2, 3, 4] {
                let mut other = states.clone();
                for _ in 0..times {
                    let variable = random.below(states.len());
                    let values = engine.model.variables[variable].prior.len();
                    other[variable] = 1 << random.below(values);
                }
                let changed: Vec<usize> = (0..states.len()).filter(|at| states[*at] != other[*at]).collect();
                let then = engine.what_if(seat.as_ref(), &other, &changed, target);
                let readable = engine.readable(hurdles.clone(), &other, target).0;
                near(then.expected, readable.expected);
                near(then.range[0], readable.range[0]);
                near(then.range[1], readable.range[1]);
            }
        }
        assert!(alike > 100, "{alike}");
    }
}
