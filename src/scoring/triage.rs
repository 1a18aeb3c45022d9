//! What a list needs of each matter: a few figures for each target, from the functions that a whole result takes them
//! from. What a list does not show (contributions, confidence, findings) is not worked out.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::engine::Moments;
use super::evidence::{Grade, Graded, MOST_STEPS};
use super::money::{self, Exchange};
use super::target::Posed;
use super::{Engine, Scope, TargetResult, deadline, order};
use crate::matter::answers::Answers;
use crate::pack::Profile;

/// A matter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Triage<'p> {
    /// One line for each target, in the order asked for.
    pub targets: Vec<Line<'p>>,
}

/// A target of a matter in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'p> {
    /// The target.
    pub id: &'p str,
    pub expected: f64,
    /// Lowest and highest over what is not known.
    pub answers: [f64; 2],
    /// Whether a gate blocks it; the outlook is then what it would be if that were cured.
    pub blocked: bool,
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
    /// The lines of one debtor's answers in force, sums converted at `exchange`.
    pub fn triage(&self, answers: &Answers, exchange: &Exchange, as_of: Date, scope: &Scope) -> Triage<'p> {
        let targets = self.targets_in(scope, answers);
        Triage { targets: targets.into_iter().map(|target| self.line(answers, target, exchange, as_of)).collect() }
    }

    fn line(&self, answers: &Answers, target: &'p Profile, exchange: &Exchange, as_of: Date) -> Line<'p> {
        let Posed { possible, gates, domains } = self.pose(answers, &[], target, as_of);
        let evaluation = self.rules(target).evaluate(&self.model, &domains);
        let Moments { mean: expected, least, most } = evaluation.moments();
        let range = [least.min(expected), most.max(expected)];
        let contest = self.rules(target).contest(&self.model, &domains);
        let graded = Graded { engine: self, answers, target, domains: &domains, evaluation: &evaluation, as_of };
        Line {
            id: &target.id,
            expected,
            answers: range,
            blocked: !gates.blocked(&possible).is_empty(),
            grade: graded.evidence(range, MOST_STEPS).grade,
            net: money::net(self.pack, answers, target, exchange, expected, contest),
            deadline: deadline::of_target(self.pack, answers, target),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::flow;
    use crate::matter::{Answer, Basis, Matter, Value};
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
            let matter = matter(&pack, [60, 80, 90, 95, 98, 100][round % 6], &mut random);
            let whole = engine.assess(&matter, date(2026, 11, 22), &Scope::Matter);
            let answers = flow::answers_in_force(&pack, &matter);
            let exchange = Exchange::new(&pack, &matter);
            let lines = engine.triage(&answers, &exchange, date(2026, 11, 22), &Scope::Matter);
            let expected: Vec<Line<'_>> = whole.rows.iter().map(Line::of).collect();
            assert_eq!(lines.targets, expected);
            assert_eq!(lines.best().map(|line| line.id), whole.best().map(|best| best.id.as_str()));
            let ranked: Vec<&str> = whole.ranked().iter().map(|target| target.id.as_str()).collect();
            assert_eq!(lines.ranked().iter().map(|line| line.id).collect::<Vec<_>>(), ranked);
            grades.extend(lines.targets.iter().map(|line| line.grade));
        }
        assert!(grades.contains(&Grade::Low) && grades.contains(&Grade::VeryLow), "{grades:?}");
    }
}
