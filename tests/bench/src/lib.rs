//! Random matters and portfolios, and the synthetic model in three forms, for the benchmarks.

pub mod measure;
pub mod random;
pub mod straight;
pub mod synthetic;
pub mod typed;

use exequatur::flow;
use exequatur::matter::answers::Answers;
use exequatur::matter::{Answer, Asset, Basis, Matter, Money, Value};
use exequatur::pack::{Kind, Pack, Profile};
use exequatur::scoring::model::{Of, States};
use exequatur::scoring::{Engine, Scope};

pub use random::Random;

/// The target whose rules stand in [`straight`].
pub const TARGET: &str = "us-ca";
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

/// Matters in which everything is known that the hurdles of a target read, with what is known of each
/// variable.
pub fn known(engine: &Engine<'_>, target: &Profile, n: usize, random: &mut Random) -> Vec<(Matter, States)> {
    let mut out = Vec::new();
    // Now and then a date stands behind a question that an answer hides, and a fact stays open.
    for _ in 0..100 * n {
        if out.len() == n {
            break;
        }
        let matter = told(engine.pack, &target.id, random);
        let lines = engine.triage(&matter, TODAY, &Scope::Only(vec![target.id.clone()]));
        if lines.targets.iter().all(|line| line.answers == [line.expected; 2]) {
            let mut states = engine.model.states(engine.pack, &Answers::of(engine.pack, &matter), target, TODAY);
            engine.model.drop_blocking(&mut states, target);
            out.push((matter, states));
        }
    }
    out
}

/// A matter in which every question shown is answered, for one target.
fn told(pack: &Pack, target: &str, random: &mut Random) -> Matter {
    let mut matter = matter(pack, 0, random);
    for question in &pack.questions {
        let pick = random.below(1 << 20);
        let value = match question.kind {
            Kind::Date => Value::Date(jiff::civil::date(2015 + (pick % 10) as i16, 3, 1 + (pick % 28) as i8)),
            Kind::Money => Value::Money(Money { amount: (10_000 + pick as u32).into(), currency: "CNY".to_owned() }),
            Kind::Place => Value::Place(if pick % 2 == 0 { target.to_owned() } else { "elsewhere".to_owned() }),
            Kind::Targets => Value::Targets(vec![target.to_owned()]),
            Kind::Assets => {
                let asset = Asset {
                    place: target.to_owned(),
                    class: "cash".to_owned(),
                    value: Money::parse("1000000 USD"),
                    certainty: "registered".to_owned(),
                    ..Asset::default()
                };
                Value::Assets(vec![asset])
            }
            // A question with several answers and none of them ticked leaves facts open.
            Kind::Choices if matter.known(&question.id) == Some(&Value::Choices(Vec::new())) => {
                Value::Choices(vec![question.options[0].id.clone()])
            }
            _ => continue,
        };
        matter.answers.insert(question.id.clone(), Answer::told(value));
    }
    flow::hide(pack, &mut matter);
    matter
}

/// The weights that [`straight::outlook`] reads.
pub fn weights(engine: &Engine<'_>, target: &str) -> Vec<Vec<f64>> {
    let hurdles = engine.weights.hurdles.iter();
    hurdles
        .map(|weights| {
            let mut own = weights.means.clone();
            own[0] += weights.target(target);
            own
        })
        .collect()
}

/// Opens `n` answers of a case in which all is known that a hurdle reads; what none reads is settled.
pub fn opened(engine: &Engine<'_>, states: &States, n: usize, random: &mut Random) -> States {
    let mut out: States = states.iter().map(|state| state & state.wrapping_neg()).collect();
    let mut left = n;
    for _ in 0..1_000 {
        let variable = random.below(states.len());
        let asked = matches!(engine.model.variables[variable].of, Of::Question(_) | Of::Tick(..));
        if left == 0 {
            break;
        }
        if asked && out[variable].is_power_of_two() {
            out[variable] = engine.model.full(variable);
            left -= 1;
        }
    }
    out
}

/// The outlook by the straight form where some answers are open: it is worked out for everything that these can
/// be together, each counted by its share.
pub fn completed(engine: &Engine<'_>, states: &mut States, weights: &[Vec<f64>]) -> f64 {
    let Some(variable) = states.iter().position(|state| !state.is_power_of_two()) else {
        return straight::outlook(states, weights);
    };
    let possible = states[variable];
    let (mut sum, mut total) = (0.0, 0.0);
    for (value, share) in engine.model.variables[variable].prior.iter().enumerate() {
        if possible >> value & 1 == 1 {
            states[variable] = 1 << value;
            sum += share * completed(engine, states, weights);
            total += share;
        }
    }
    states[variable] = possible;
    sum / total
}

/// How many completions some states have.
pub fn completions(states: &States) -> usize {
    states.iter().map(|state| state.count_ones() as usize).product()
}

/// Lines of a portfolio as a table separated by commas, head first.
pub fn table(pack: &Pack, lines: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let asked = pack.questions.iter().enumerate().filter(|(at, question)| {
        Some(*at) != pack.roles.assets && Some(*at) != pack.roles.targets && question.kind != Kind::Assets
    });
    let ids: Vec<&str> = asked.map(|(_, question)| question.id.as_str()).collect();
    out.write_record(["id", "targets", "assets"].into_iter().chain(ids.iter().copied()))?;
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Null => String::new(),
        serde_json::Value::Array(list) if list.iter().all(serde_json::Value::is_string) => {
            let parts: Vec<&str> = list.iter().filter_map(serde_json::Value::as_str).collect();
            if parts.is_empty() { "none".to_owned() } else { parts.join("+") }
        }
        other => other.to_string(),
    };
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line)?;
        let first = ["id", "targets", "assets"].into_iter().map(|key| plain(&line[key]));
        out.write_record(first.chain(ids.iter().map(|id| plain(&line["answers"][*id]))))?;
    }
    Ok(out.into_inner()?)
}

#[cfg(test)]
mod tests {
    use exequatur::library;

    use super::*;

    #[test]
    fn the_straight_form_gives_what_the_program_gives() {
        let pack = library::built_in(library::DEFAULT).expect("the pack").pack;
        let engine = Engine::new(&pack);
        let target = pack.profile(TARGET).expect("the target");
        let weights = weights(&engine, TARGET);
        let mut random = Random(21);
        let scope = Scope::Only(vec![TARGET.to_owned()]);
        let known = known(&engine, target, 200, &mut random);
        assert_eq!(known.len(), 200);
        for (matter, states) in known {
            let straight = straight::outlook(&states, &weights);
            let line = &engine.triage(&matter, TODAY, &scope).rows[0];
            let whole = &engine.assess(&matter, TODAY, &scope).rows[0];
            assert!((straight - line.expected).abs() < 1e-12, "{straight} {}", line.expected);
            assert_eq!(line.expected, whole.outlook.expected);
            assert_eq!(line.answers, [line.expected; 2], "everything is known");
            let mut open = opened(&engine, &states, 4, &mut random);
            let joint = engine.outlook_of(&open, target);
            let straight = completed(&engine, &mut open, &weights);
            assert!((straight - joint).abs() < 1e-12, "{straight} {joint}");
        }
    }

    #[test]
    fn the_same_cases_as_lines_and_as_a_table_give_the_same_results() {
        use exequatur::batch::Plan;
        use exequatur::batch::run::{JsonLines, Source, run};
        let pack = library::built_in(library::DEFAULT).expect("the pack").pack;
        let mut random = Random(5);
        let lines: String = (0..50).map(|at| line(&pack, at, &mut random) + "\n").collect();
        let table = table(&pack, &lines).expect("a table");
        let plan = Plan { pack: &pack, scope: Scope::Matter, as_of: TODAY, lang: exequatur::lang::Lang::En };
        let score = |source: Source<'_>, jobs| {
            let mut out = Vec::new();
            let tally = run(&plan, source, &JsonLines, &mut out, jobs, &mut |_| {}).expect("it runs");
            assert_eq!(tally.wrong, 0, "{}", String::from_utf8_lossy(&out));
            String::from_utf8(out).expect("text").replace('"', "")
        };
        let of_lines = score(Source::Lines(&mut lines.as_bytes()), 1);
        assert_eq!(of_lines, score(Source::Lines(&mut lines.as_bytes()), 2));
        assert_eq!(of_lines, score(Source::Table(&mut table.as_slice()), 1));
    }
}
