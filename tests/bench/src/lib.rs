//! Random matters and portfolios for the benchmarks.

pub mod measure;
pub mod random;

use exequatur::flow;
use exequatur::matter::{Answer, Basis, Matter, Value};
use exequatur::pack::{Kind, Pack};

pub use random::Random;

/// The date of every measurement.
pub const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);

/// A matter in which about `unknown` of a hundred questions with listed options are open.
pub fn matter(pack: &Pack, unknown: usize, random: &mut Random) -> Matter {
    let mut matter = Matter::default();
    for question in &pack.questions {
        if random.below(100) < unknown {
            continue;
        }
        let pick = random.below(1 << 20);
        let value = match question.kind {
            Kind::Choice => Value::Choice(question.options[pick % question.options.len()].id.clone()),
            Kind::Choices => {
                let ticked = question.options.iter().enumerate().filter(|(n, _)| pick >> n & 1 == 1);
                Value::Choices(ticked.fold(Vec::new(), |ticked, (_, o)| flow::toggle(question, &ticked, &o.id)))
            }
            _ => continue,
        };
        let mut answer = Answer::told(value);
        if pick % 3 == 0 {
            answer.basis = Some(Basis::Document);
        }
        matter.answers.insert(question.id.clone(), answer);
    }
    matter
}

/// A line of a portfolio: every question with listed options, 15 of a hundred unknown, two targets, an
/// asset, dates and amounts.
pub fn line(pack: &Pack, at: usize, random: &mut Random) -> String {
    let mut answers = serde_json::Map::new();
    for question in &pack.questions {
        if random.below(100) < 15 {
            if random.below(2) == 0 && question.kind == Kind::Choice {
                answers.insert(question.id.clone(), "unknown".into());
            }
            continue;
        }
        let pick = random.below(1 << 20);
        let value: serde_json::Value = match question.kind {
            Kind::Choice => question.options[pick % question.options.len()].id.clone().into(),
            Kind::Choices => {
                let ticked = question.options.iter().enumerate().filter(|(n, _)| pick >> n & 1 == 1);
                ticked.fold(Vec::new(), |ticked, (_, o)| flow::toggle(question, &ticked, &o.id)).into()
            }
            Kind::Date => format!("20{}-0{}-1{}", 15 + pick % 10, 1 + pick % 9, pick % 10).into(),
            Kind::Money => format!("{} CNY", 10_000 + pick).into(),
            _ => continue,
        };
        answers.insert(question.id.clone(), value);
    }
    let mut target = || pack.profiles[random.below(pack.profiles.len())].id.clone();
    let (first, second) = (target(), target());
    let asset = serde_json::json!({"where": first, "class": "cash", "value": "1000000 USD", "certainty": "registered"});
    serde_json::json!({"id": at, "answers": answers, "assets": [asset], "targets": [first, second]}).to_string()
}

#[cfg(test)]
mod tests {
    use exequatur::batch::Plan;
    use exequatur::batch::run::{JsonLines, Source, run};
    use exequatur::lang::Lang;
    use exequatur::library;
    use exequatur::scoring::Scope;

    use super::*;

    #[test]
    fn every_line_of_a_portfolio_is_scored() {
        let pack = library::built_in(library::DEFAULT).expect("the pack").pack;
        let mut random = Random(5);
        let lines: String = (0..50).map(|at| line(&pack, at, &mut random) + "\n").collect();
        let plan = Plan { pack: &pack, scope: Scope::Matter, as_of: TODAY, lang: Lang::En };
        let mut out = Vec::new();
        let tally = run(&plan, Source::Lines(&mut lines.as_bytes()), &JsonLines, &mut out, 1, &mut |_| {});
        let tally = tally.expect("it runs");
        assert_eq!((tally.cases, tally.wrong), (50, 0), "{}", String::from_utf8_lossy(&out));
    }
}
