//! The properties that MODEL.md promises, on the shipped pack with random answers.

use crate::support::{self, TODAY, engine, pack};
use exequatur::flow;
use exequatur::matter::{Answer, Matter, Value, fact_vector, file};
use exequatur::pack::Kind;
use exequatur::scoring::target::{Source, logistic};
use exequatur::scoring::{Block, Scope, TargetResult};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// A matter from one random number for each question: mostly answered, sometimes "I don't know",
/// sometimes not asked.
fn matter(seed: &[u32]) -> Matter {
    let mut matter = Matter::default();
    for (question, random) in pack().questions.iter().zip(seed) {
        let pick = (random / 16) as usize;
        let value = match (random % 16, question.kind) {
            (0, _) => continue,
            (1, _) => Value::Unknown,
            (_, Kind::Choice) => Value::Choice(question.options[pick % question.options.len()].id.clone()),
            (_, Kind::Choices) => {
                let ticked = question.options.iter().enumerate().filter(|(n, _)| pick >> n & 1 == 1);
                Value::Choices(ticked.fold(Vec::new(), |ticked, (_, o)| flow::toggle(question, &ticked, &o.id)))
            }
            _ => continue,
        };
        matter.answers.insert(question.id.clone(), Answer::told(value));
    }
    matter
}

fn seeds() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), pack().questions.len())
}

fn targets() -> impl Strategy<Value = String> {
    prop::sample::select(pack().profiles.iter().map(|profile| profile.id.clone()).collect::<Vec<_>>())
}

fn score(matter: &Matter, target: &str) -> TargetResult {
    engine().assess(matter, TODAY, &Scope::Only(vec![target.to_owned()])).rows.remove(0)
}

/// Runs a property on random matters. The seed is fixed, so that a failure can be seen again.
fn check<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: std::fmt::Debug,
{
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config.clone(), proptest::test_runner::TestRng::deterministic_rng(config.rng_algorithm))
        .run(&strategy, test)
        .expect("the property holds");
}

#[test]
fn results_are_bounded_and_explained() {
    check(60, (seeds(), targets()), |(seed, target)| {
        let result = score(&matter(&seed), &target);
        let outlook = result.outlook;
        prop_assert!(0.0 <= outlook.answers[0] && outlook.answers[0] <= outlook.expected + 1e-12);
        prop_assert!(outlook.expected <= outlook.answers[1] + 1e-12 && outlook.answers[1] <= 1.0);
        prop_assert!(outlook.data[0] <= outlook.expected && outlook.expected <= outlook.data[1]);
        for ground in &result.grounds {
            let sum: f64 = ground.contributions.iter().map(|contribution| contribution.logit).sum();
            prop_assert!((sum - ground.logit).abs() < 1e-9);
            prop_assert!((logistic(ground.logit) - ground.p).abs() < 1e-9);
            prop_assert!(ground.answers[0] <= ground.p + 1e-12 && ground.p <= ground.answers[1] + 1e-12);
            prop_assert!(ground.contributions.iter().any(|contribution| contribution.of == Source::Base));
        }
        prop_assert!(result.confidence.index <= 100);
        Ok(())
    });
}

#[test]
fn a_better_answer_never_lowers_the_outlook() {
    let ordered: Vec<usize> = (0..pack().questions.len()).filter(|at| pack().questions[*at].ordered).collect();
    check(60, (seeds(), targets(), prop::sample::select(ordered)), |(seed, target, at)| {
        let question = &pack().questions[at];
        let mut matter = matter(&seed);
        let (mut last, mut blocks) = (f64::INFINITY, 0);
        for option in &question.options {
            matter.answers.insert(question.id.clone(), Answer::told(Value::Choice(option.id.clone())));
            let result = score(&matter, &target);
            // A worse answer may block the target: that is worse than any outlook, and what is then shown
            // is the outlook without that block, so it says nothing of this answer.
            prop_assert!(result.blocked.len() >= blocks, "{} {} lifts a block", question.id, option.id);
            blocks = result.blocked.len();
            let gate = |block: &Block| &pack().hurdles[block.hurdle].gates[block.gate];
            if result.blocked.iter().any(|block| gate(block).when.questions().contains(&at)) {
                continue;
            }
            let outlook = result.outlook.expected;
            prop_assert!(outlook <= last + 1e-9, "{} {}: {outlook} after {last}", question.id, option.id);
            last = outlook;
        }
        Ok(())
    });
}

#[test]
fn answering_an_unknown_never_widens_the_answer_range() {
    let choices: Vec<usize> =
        (0..pack().questions.len()).filter(|at| pack().questions[*at].kind == Kind::Choice).collect();
    check(60, (seeds(), targets(), prop::sample::select(choices), any::<usize>()), |(seed, target, at, pick)| {
        let question = &pack().questions[at];
        let mut matter = matter(&seed);
        matter.answers.remove(&question.id);
        // An answer that other answers rule out is a contradiction, not an answer to the unknown.
        let ruled_out = flow::impossible(pack(), &matter, question);
        let possible: Vec<usize> = (0..question.options.len()).filter(|option| !ruled_out[*option]).collect();
        prop_assume!(!possible.is_empty());
        let before = score(&matter, &target);
        let option = &question.options[possible[pick % possible.len()]].id;
        matter.answers.insert(question.id.clone(), Answer::told(Value::Choice(option.clone())));
        let after = score(&matter, &target);
        // A gate takes the answers that fire it out of the average; what then blocks is said apart.
        prop_assume!(before.blocked.len() == after.blocked.len());
        let slack = 1e-9;
        prop_assert!(after.outlook.answers[0] >= before.outlook.answers[0] - slack, "{} {option}", question.id);
        prop_assert!(after.outlook.answers[1] <= before.outlook.answers[1] + slack, "{} {option}", question.id);
        Ok(())
    });
}

#[test]
fn the_order_of_answers_and_the_way_through_a_file_change_nothing() {
    check(20, (seeds(), targets()), |(seed, target)| {
        let forward = matter(&seed);
        let mut backward = Matter::default();
        for (id, answer) in forward.answers.iter().rev() {
            backward.answers.insert(id.clone(), answer.clone());
        }
        let text = file::write(&forward, pack());
        let again = support::matter(&text);
        prop_assert_eq!(&again.answers, &forward.answers);
        prop_assert_eq!(file::write(&again, pack()), text);
        let outlook = |matter: &Matter| score(matter, &target).outlook;
        prop_assert_eq!(outlook(&forward), outlook(&backward));
        prop_assert_eq!(outlook(&forward), outlook(&again));
        Ok(())
    });
}

#[test]
fn a_fact_vector_gives_the_same_outlook() {
    check(20, (seeds(), targets()), |(seed, target)| {
        let matter = matter(&seed);
        let line = fact_vector::write(pack(), &matter);
        let again = fact_vector::read(pack(), &line).expect("a vector that was written can be read");
        prop_assert_eq!(fact_vector::write(pack(), &again), line);
        prop_assert_eq!(score(&matter, &target).outlook, score(&again, &target).outlook);
        Ok(())
    });
}

#[test]
fn the_basis_of_an_answer_never_moves_the_outlook() {
    check(20, (seeds(), targets()), |(seed, target)| {
        let told = matter(&seed);
        let mut seen = told.clone();
        for answer in seen.answers.values_mut() {
            answer.basis = answer.basis.map(|_| exequatur::matter::Basis::Document);
        }
        let (told, seen) = (score(&told, &target), score(&seen, &target));
        prop_assert_eq!(told.outlook, seen.outlook);
        prop_assert!(seen.evidence.grade <= told.evidence.grade);
        Ok(())
    });
}

#[test]
fn every_walk_through_the_questions_ends_and_going_back_returns_the_same_way() {
    check(200, seeds(), |seed| {
        let matter = matter(&seed);
        let mut way = Vec::new();
        let mut at = flow::next(pack(), &matter, None);
        while let Some(question) = at {
            way.push(question);
            prop_assert!(way.len() <= pack().questions.len());
            at = flow::next(pack(), &matter, Some(question));
        }
        let mut back = Vec::new();
        let mut at = way.last().copied();
        while let Some(question) = at {
            back.push(question);
            at = flow::previous(pack(), &matter, question);
        }
        back.reverse();
        prop_assert_eq!(way, back);
        Ok(())
    });
}
