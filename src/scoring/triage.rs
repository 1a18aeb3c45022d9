//! What a list needs of each matter: a few figures for each target, by the same rules as a whole result.
//!
//! Must not: score in its own way. Each figure comes from the function that a whole result takes it
//! from; what a list does not show (contributions, confidence, findings) is not worked out, and the
//! grade stops where it is settled.

use jiff::civil::Date;
use rust_decimal::Decimal;
use smallvec::SmallVec;

use super::compiled::Room;
use super::evidence::{self, Found, Grade, Spare};
use super::model::drop_blocked;
use super::money::{self, Exchange};
use super::{Engine, Scope, TargetResult, deadline, order};
use crate::matter::Matter;
use crate::matter::answers::Answers;
use crate::pack::Profile;

/// A matter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Triage<'p> {
    /// One line for each target, in the order asked for.
    pub targets: SmallVec<[Line<'p>; 4]>,
}

/// A target of a matter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'p> {
    /// The target.
    pub id: &'p str,
    /// Expected outlook.
    pub expected: f64,
    /// Lowest and highest over what is not known.
    pub answers: [f64; 2],
    /// Whether a gate blocks it; the outlook is then what it would be if that were cured.
    pub blocked: bool,
    /// The evidence grade.
    pub grade: Grade,
    /// Expected net recovery in the currency of the pack.
    pub net: Option<Decimal>,
    /// The last day on which recognition can be asked for.
    pub deadline: Option<Date>,
}

impl<'p> Line<'p> {
    /// The line of a whole result.
    pub fn of(result: &'p TargetResult) -> Self {
        Line {
            id: &result.id,
            expected: result.outlook.expected,
            answers: result.outlook.answers,
            blocked: !result.blocked.is_empty(),
            grade: result.evidence.grade,
            net: result.money.net.map(|net| net[1]),
            deadline: result.deadlines.first().and_then(|deadline| deadline.date),
        }
    }
}

impl<'p> Triage<'p> {
    /// Targets from the best to the worst, as [`super::Assessment::ranked`] orders them.
    pub fn ranked(&self) -> Vec<&Line<'p>> {
        let mut out: Vec<&Line<'p>> = self.targets.iter().collect();
        out.sort_by(|a, b| order(a, b));
        out
    }

    /// The best target that is not blocked.
    pub fn best(&self) -> Option<&Line<'p>> {
        self.targets.iter().filter(|target| !target.blocked).min_by(|a, b| order(a, b))
    }
}

impl<'p> Engine<'p> {
    /// The lines of a matter whose hidden answers have been taken out ([`crate::flow::hide`]).
    pub fn triage(&self, matter: &Matter, as_of: Date, scope: &Scope) -> Triage<'p> {
        let own = matter.rates.as_ref().map(|_| Exchange::new(self.pack, matter));
        self.triage_of(&Answers::of(self.pack, matter), own.as_ref(), as_of, scope)
    }

    /// The lines of answers in force ([`crate::flow::hide_coded`]), sums converted at `own` rates or else at
    /// those of the pack.
    pub fn triage_of(&self, answers: &Answers<'_>, own: Option<&Exchange>, as_of: Date, scope: &Scope) -> Triage<'p> {
        let planning = || Exchange::new(self.pack, &Matter::default());
        let exchange = own.unwrap_or_else(|| self.kept.planning(planning));
        let mut room = self.kept.room();
        let Room { answered, states, other, full, left } = &mut *room;
        self.model.put_answered(self.pack, answers, answered);
        let mut line = |target: &'p Profile| -> Line<'p> {
            self.put_states(answered, answers, target, as_of, states);
            let gates = self.gates(states, target);
            let blocked = gates.any(states);
            drop_blocked(states, &gates.blocking);
            let mut seat = self.seat(states, target);
            let brief = self.brief_of(seat.as_mut(), states, target, true);
            let expected = brief.expected;
            let range = [brief.range[0].min(expected), brief.range[1].max(expected)];
            let contest = self.contest(states, target);
            let found = Found { seat: seat.as_mut(), states, expected, answers: range };
            let spare = Spare { full: &mut *full, other: &mut *other, left: &mut *left };
            let grade = evidence::only_grade(self, answers, target, found, as_of, spare);
            self.kept.leave(seat);
            Line {
                id: &target.id,
                expected,
                answers: range,
                blocked,
                grade,
                net: money::net(self.pack, answers, target, exchange, expected, contest),
                deadline: deadline::of_target(self.pack, answers, target),
            }
        };
        let pack: &'p crate::pack::Pack = self.pack;
        let targets = match scope {
            Scope::Matter => answers.targets(pack).filter_map(|id| pack.profile(id)).map(&mut line).collect(),
            Scope::All => pack.profiles.iter().map(&mut line).collect(),
            Scope::Only(ids) => ids.iter().filter_map(|id| pack.profile(id)).map(&mut line).collect(),
        };
        self.kept.give_back(room);
        Triage { targets }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::flow;
    use crate::matter::{Answer, Basis, Value};
    use crate::pack::{Kind, Pack};
    use crate::scoring::evidence::Grade;
    use crate::scoring::random::Random;

    fn matter(pack: &Pack, known: usize, random: &mut Random) -> Matter {
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
                    Value::Choices(ticked.fold(Vec::new(), |ticked, (_, o)| flow::toggle(question, &ticked, &o.id)))
                }
                Kind::Date => Value::Date(date(2016 + i16::try_from(which % 10).unwrap_or_default(), 5, 4)),
                Kind::Money => Value::Money(crate::matter::Money { amount: which.into(), currency: "CNY".to_owned() }),
                Kind::Assets => Value::Assets(vec![crate::matter::Asset {
                    place: pack.profiles[which % pack.profiles.len()].id.clone(),
                    class: "cash".to_owned(),
                    value: crate::matter::Money::parse("900000 USD"),
                    certainty: "registered".to_owned(),
                    ..Default::default()
                }]),
                Kind::Targets => {
                    let target = |n: usize| pack.profiles[n % pack.profiles.len()].id.clone();
                    Value::Targets(vec![target(which), target(which + 1)])
                }
                _ => continue,
            };
            let mut answer = Answer::told(value);
            if which.is_multiple_of(4) {
                answer.basis = Some(Basis::Document);
            }
            matter.answers.insert(question.id.clone(), answer);
        }
        matter
    }

    #[test]
    fn a_line_says_what_the_whole_result_says() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let mut random = Random(3);
        let mut grades = std::collections::BTreeSet::new();
        for round in 0..90 {
            let mut matter = matter(&pack, [60, 80, 90, 95, 98, 100][round % 6], &mut random);
            let whole = engine.assess(&matter, date(2026, 11, 22), &Scope::Matter);
            flow::hide(&pack, &mut matter);
            let lines = engine.triage(&matter, date(2026, 11, 22), &Scope::Matter);
            let expected: Vec<Line<'_>> = whole.targets.iter().map(Line::of).collect();
            assert_eq!(lines.targets.as_slice(), expected);
            assert_eq!(lines.best().map(|line| line.id), whole.best().map(|best| best.id.as_str()));
            let ranked: Vec<&str> = whole.ranked().iter().map(|target| target.id.as_str()).collect();
            assert_eq!(lines.ranked().iter().map(|line| line.id).collect::<Vec<_>>(), ranked);
            grades.extend(lines.targets.iter().map(|line| line.grade));
        }
        assert!(grades.contains(&Grade::Low) && grades.contains(&Grade::VeryLow), "{grades:?}");
    }

    #[test]
    fn what_was_worked_out_before_changes_nothing() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let used = Engine::new(&pack);
        let mut random = Random(11);
        for round in 0..400 {
            let mut matter = matter(&pack, [70, 80, 85, 90][round % 4], &mut random);
            flow::hide(&pack, &mut matter);
            let fresh = Engine::new(&pack).triage(&matter, date(2026, 11, 22), &Scope::Matter);
            assert_eq!(used.triage(&matter, date(2026, 11, 22), &Scope::Matter), fresh, "matter {round}");
        }
    }

    #[test]
    fn bounds_hold_whatever_the_other_answer_is() {
        let pack = crate::library::built_in(crate::library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let mut random = Random(8);
        let mut tried = 0;
        for round in 0..40 {
            let mut matter = matter(&pack, [50, 80, 95, 100][round % 4], &mut random);
            flow::hide(&pack, &mut matter);
            let target = &pack.profiles[random.below(pack.profiles.len())];
            let mut states = engine.model.states(&pack, &Answers::of(&pack, &matter), target, date(2026, 11, 22));
            engine.model.drop_blocking(&mut states, target);
            let mut seat = engine.seat(&states, target);
            // With derivatives the bounds are closer.
            let now = engine.brief_of(seat.as_mut(), &states, target, round % 2 == 0).expected;
            let Some(seat) = seat else { continue };
            for _ in 0..30 {
                let variable = random.below(states.len());
                if states[variable].count_ones() != 1 {
                    continue;
                }
                let mut other = states.clone();
                other[variable] = 1 << random.below(engine.model.variables[variable].prior.len());
                let Some([low, high]) = seat.factor(variable, &other) else { continue };
                let Some(trial) = engine.trial(&seat, &other, variable) else { continue };
                let then = engine.readable(0..pack.hurdles.len(), &other, target).0;
                if then.exactness.standard_error == 0.0 {
                    tried += 1;
                    let far = 1e-9;
                    for [low, high] in [[low, high], trial.factor] {
                        assert!(
                            low * now - far <= then.expected && then.expected <= high * now + far,
                            "{low} {high} {now}"
                        );
                    }
                }
            }
        }
        assert!(tried > 300, "{tried} answers were changed");
    }
}
