//! Walks: the interview against `flow`, and against anything that may be typed.

use exequatur::flow;
use exequatur::lang::Lang;
use exequatur::matter::{self, Answer, Matter};
use proptest::prelude::*;

use super::{questions_put, with_assets};
use crate::support::drawn::{Move, drawn, moves};
use crate::support::line_mode::interview;
use crate::support::pack;

/// Walks by `flow` alone: the questions put, the lines to type, and the matter at the end.
fn walk(moves: &[Move]) -> (Vec<usize>, Vec<String>, Matter) {
    let mut matter = Matter::default();
    let mut now = flow::next(pack(), &matter, None);
    let mut put = Vec::new();
    let mut lines = Vec::new();
    let mut moves = moves.iter();
    while let Some(at) = now {
        put.push(at);
        let Some(step) = moves.next() else { break };
        let question = &pack().questions[at];
        match step {
            Move::Answer(a, b) => {
                let (value, line) = drawn(pack(), question, *a, *b);
                matter.answers.insert(question.id.clone(), Answer::told(value));
                lines.push(line);
                now = flow::next(pack(), &matter, Some(at));
            }
            Move::Unknown => {
                matter.answers.insert(question.id.clone(), Answer::unknown());
                lines.push("u".to_owned());
                now = flow::next(pack(), &matter, Some(at));
            }
            Move::Enter => {
                lines.push(String::new());
                now = flow::next(pack(), &matter, Some(at));
            }
            // At the first question "back" stays, and the question is not put again.
            Move::Back => {
                let before = flow::previous(pack(), &matter, at);
                lines.push("b".to_owned());
                if before.is_none() {
                    put.pop();
                }
                now = before.or(Some(at));
            }
        }
    }
    matter.at = put.last().map(|at| pack().questions[*at].id.clone());
    (put, lines, matter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_questions_put_are_those_of_flow(moves in moves(), chinese in any::<bool>()) {
        let lang = if chinese { Lang::Zh } else { Lang::En };
        let (put, lines, mut matter) = walk(&moves);
        matter.lang = Some(lang);
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let done = interview(Matter::default(), lang, &lines);
        prop_assert_eq!(questions_put(&done.text, lang), put);
        prop_assert_eq!(&done.matter, &matter);
        // A look that answered nothing leaves no file behind.
        prop_assert_eq!(done.saves.last(), Some(&matter).filter(|matter| !matter.answers.is_empty()));
    }

    #[test]
    fn no_line_can_harm_the_interview(lines in proptest::collection::vec(line(), 0..40)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let done = interview(with_assets(), Lang::En, &lines);
        for (id, answer) in &done.matter.answers {
            let question = pack().question(id).unwrap();
            prop_assert_eq!(matter::accepts(pack(), question, &answer.value), Ok(()));
        }
        prop_assert_eq!(done.saves.last().unwrap_or(&done.matter), &done.matter);
    }
}

/// A line that a finger or a cat may type.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[?busxdtarlq*+0-9 -]{0,4}",
        "[newg] [a-z0-9. ]{0,12}",
        "(g|w) (assets|target.jurisdictions|service.method|cost.budget) ?[0-9a-z+-]{0,4}",
        "\\PC{0,12}",
        Just("+".to_owned()),
        Just("390万元".to_owned()),
    ]
    // What ends the interview is left out often enough to come far.
    .prop_map(|line| if line.trim() == "q" { String::new() } else { line })
}

#[test]
fn a_matter_answered_in_full_equals_one_built_directly() {
    let built: Vec<Move> = (0..200).map(|n: u16| Move::Answer(n * 7 + 3, n)).collect();
    let (put, lines, mut matter) = walk(&built);
    assert!(put.len() > 40, "{}", put.len());
    matter.lang = Some(Lang::Zh);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let done = interview(Matter::default(), Lang::Zh, &lines);
    assert_eq!(done.matter, matter);
    assert!(done.text.contains("全部问题已回答。"), "{}", done.text);
    // What was saved opens again as the same matter.
    let text = exequatur::matter::file::write(&done.matter, pack());
    assert_eq!(matter::file::read("saved", &text, pack()).matter, Some(matter));
}

#[test]
fn every_example_walks_through_unchanged_by_enter_alone() {
    for (name, text) in &pack().examples {
        let Some(mut matter) = matter::file::read(name, text, pack()).matter else {
            panic!("{name} does not read");
        };
        matter.at = None;
        let first = flow::next(pack(), &matter, None);
        matter.at = first.map(|at| pack().questions[at].id.clone());
        let shown: Vec<usize> = std::iter::successors(first, |at| flow::next(pack(), &matter, Some(*at))).collect();
        let lines = vec![""; shown.len() + 1];
        let done = interview(matter.clone(), Lang::En, &lines);
        assert_eq!(questions_put(&done.text, Lang::En), shown, "{name}");
        assert_eq!(done.matter.answers, matter.answers, "{name}");
    }
}
