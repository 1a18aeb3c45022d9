//! The drawn front end and the one by lines are the same interview: same answers, same next question,
//! same order, whatever is answered.

use crate::support::drawn::{Move, drawn, moves};
use crate::support::line_mode::interview;
use crate::support::screen::Program;
use crate::support::{self, pack};
use exequatur::flow;
use exequatur::lang::Lang;
use exequatur::matter::{Answer, Matter, Value, file};
use exequatur::pack::{Kind, Question};
use exequatur::tui::model::{Entry, Overlay, Purpose, Row, Screen};
use exequatur::tui::search::{self, ItemKind};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The question on the drawn screen; `None` after the last.
fn shown(program: &Program) -> Option<usize> {
    match program.model.screen {
        Screen::Interview => program.model.work.as_ref().map(|work| work.at),
        _ => None,
    }
}

fn press(program: &mut Program, key: &str, times: usize) {
    for _ in 0..times {
        program.press(key);
    }
}

/// Answers the question in hand by keys alone, and goes on to the next.
fn answer(program: &mut Program, question: &Question, value: &Value, line: &str) {
    let given = program.matter().answer(&question.id).map(|answer| answer.value.clone());
    match (question.kind, value) {
        (_, Value::Unknown) => unknown(program, question),
        (Kind::Choice, Value::Choice(id)) => {
            let row = question.option_index(id).unwrap();
            program.press("Home");
            press(program, "Down", row);
            program.press("Enter");
        }
        (Kind::Choices, Value::Choices(wanted)) => {
            let ticked = match given {
                Some(Value::Choices(ids)) => ids,
                _ => Vec::new(),
            };
            let exclusive = |id: &String| question.options[question.option_index(id).unwrap()].exclusive;
            // An option that excludes the others takes their ticks away, and they take its.
            let swaps = wanted.iter().any(exclusive) != ticked.iter().any(exclusive) && !ticked.is_empty();
            for (row, option) in question.options.iter().enumerate() {
                let (want, has) = (wanted.contains(&option.id), ticked.contains(&option.id));
                if if swaps { want } else { want != has } {
                    program.press("Home");
                    press(program, "Down", row);
                    program.press("Space");
                }
            }
            program.press("Home Enter");
        }
        (Kind::Date | Kind::Money | Kind::Number, _) => {
            program.press("Up");
            press(program, "Backspace", 40);
            program.press(&format!("text:{}", line.replace(' ', "_")));
            program.press("Enter");
        }
        (Kind::Place, Value::Place(id)) => {
            pick_place(program, Purpose::AnswerPlace, id);
        }
        (Kind::Targets, Value::Targets(ids)) => {
            if given.as_ref() != Some(value) {
                let before = match given {
                    Some(Value::Targets(ids)) => ids.len(),
                    _ => 0,
                };
                for _ in 0..before {
                    program.press("Home d");
                }
                program.press("a");
                assert!(matches!(program.model.overlays.last(), Some(Overlay::Pick(..))));
                pick_place(program, Purpose::AddTarget, &ids[0]);
            }
            program.press("Right");
        }
        (Kind::Assets, Value::Assets(_)) => {
            if given.as_ref() != Some(value) {
                let work = program.model.work.as_ref().unwrap();
                let row = work.rows(pack()).iter().position(|row| *row == Row::None).unwrap();
                program.press("Home");
                press(program, "Down", row);
                program.press("Enter");
            }
            program.press("Right");
        }
        other => panic!("{other:?}"),
    }
}

/// Types the id of a place and takes the row that stands for it.
fn pick_place(program: &mut Program, purpose: Purpose, id: &str) {
    press(program, "Backspace", 20);
    program.press(&format!("text:{id}"));
    let items = search::items(&program.model, purpose, id);
    let row = items.iter().position(|item| item.kind == ItemKind::Place(id.to_owned())).unwrap();
    press(program, "Up", items.len());
    press(program, "Down", row);
    program.press("Enter");
}

fn unknown(program: &mut Program, question: &Question) {
    match program.model.work.as_ref().unwrap().entry {
        Entry::Options(_) => {
            program.press("0 Enter");
        }
        Entry::Text { .. } => {
            // What stands in the field would be taken for the answer.
            program.press("Up");
            press(program, "Backspace", 40);
            program.press("Down Enter");
        }
        Entry::Place(_) => {
            let rows = search::items(&program.model, Purpose::AnswerPlace, "").len();
            press(program, "Backspace", 20);
            press(program, "Down", rows + 1);
            program.press("Enter");
        }
        Entry::Rows(_) => {
            if question.kind == Kind::Targets
                && let Some(Value::Targets(ids)) = program.matter().known(&question.id).cloned()
            {
                for _ in ids {
                    program.press("Home d");
                }
            }
            program.press("End 0 Right");
        }
    }
}

/// Does the same walk at both, and compares after every step.
fn walk(moves: &[Move], lang: Lang, size: (u16, u16)) {
    let mut program = Program::start(lang, size).without_disk();
    program.press("Enter");
    let mut lines: Vec<String> = Vec::new();
    let mut matter = Matter::default();
    let mut now = flow::next(pack(), &matter, None);
    for step in moves {
        assert_eq!(shown(&program), now, "after {lines:?}");
        let Some(at) = now else { break };
        let question = &pack().questions[at];
        match step {
            Move::Answer(a, b) => {
                let (value, line) = drawn(pack(), question, *a, *b);
                answer(&mut program, question, &value, &line);
                matter.answers.insert(question.id.clone(), Answer::told(value));
                lines.push(line);
                now = flow::next(pack(), &matter, Some(at));
            }
            Move::Unknown => {
                answer(&mut program, question, &Value::Unknown, "");
                matter.answers.insert(question.id.clone(), Answer::unknown());
                lines.push("u".to_owned());
                now = flow::next(pack(), &matter, Some(at));
            }
            Move::Enter => {
                program.press("C-n");
                lines.push(String::new());
                now = flow::next(pack(), &matter, Some(at));
            }
            Move::Back => {
                program.press("C-p");
                lines.push("b".to_owned());
                now = flow::previous(pack(), &matter, at).or(Some(at));
            }
        }
        assert_eq!(program.matter().answers, matter.answers, "after {lines:?}");
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let by_lines = interview(Matter::default(), lang, &lines).matter;
    assert_eq!(by_lines.answers, program.matter().answers, "{lines:?}");
    if let Some(at) = shown(&program) {
        assert_eq!(by_lines.at.as_deref(), Some(pack().questions[at].id.as_str()), "{lines:?}");
    }
    // What the drawn one saved is what the other has.
    if !by_lines.answers.is_empty() {
        let read = file::read("saved", program.saved.as_deref().unwrap(), pack());
        assert_eq!(read.matter.unwrap().answers, by_lines.answers);
    }
}

/// How many walks; a thousand, or what the environment says for a longer run.
fn count() -> usize {
    std::env::var("EXEQUATUR_WALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(1000)
}

#[test]
fn both_interviews_agree_on_a_thousand_random_walks() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[26; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    for n in 0..count() {
        let moves = moves().new_tree(&mut runner).unwrap().current();
        let lang = if n % 2 == 0 { Lang::En } else { Lang::Zh };
        walk(&moves, lang, [(120, 36), (80, 24), (60, 20)][n % 3]);
    }
}

#[test]
fn both_interviews_agree_on_every_example() {
    for (name, text) in &pack().examples {
        let matter = Matter { at: None, ..support::matter(text) };
        let mut program = Program::open(Lang::Zh, (80, 24), Some(&file::write(&matter, pack())));
        let first = flow::next(pack(), &matter, None);
        program.press("H");
        let order: Vec<usize> = std::iter::successors(first, |at| flow::next(pack(), &matter, Some(*at))).collect();
        // From home back into the matter, which opens at its first question.
        let mut seen = Vec::new();
        program.press("F3 Home Enter");
        while let Some(at) = shown(&program) {
            seen.push(at);
            program.press("C-n");
        }
        assert_eq!(seen, order, "{name}");
        assert_eq!(program.matter().answers, matter.answers, "{name}");
        let by_lines = interview(matter.clone(), Lang::Zh, &vec![""; order.len() + 1]);
        assert_eq!(by_lines.matter.answers, matter.answers, "{name}");
    }
}
