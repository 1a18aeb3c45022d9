//! The full-screen program, driven by key scripts on a terminal in memory.

use std::collections::BTreeSet;

use crate::assert_snapshot;
use crate::support::screen::Program;
use crate::support::{self, matter};
use exequatur::lang::Lang;
use exequatur::matter::{Basis, Value};
use exequatur::tui::context::contexts;
use exequatur::tui::keymap::{Context, Keymap, TABLE};
use exequatur::tui::message::{Click, Command, Message};
use exequatur::tui::model::{Entry, Overlay, Screen};
use exequatur::tui::view;
use proptest::prelude::*;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// A matter with every kind of answer, in one target: quick to score.
const MATTER: &str = r#"
format = 1
pack = "prc-outbound"
pack-version = "1.0.0"
title = "Li v Zhang 李某诉张某"

[answers]
judgment.kind = { value = "judgment", basis = "document" }
judgment.date = 2020-06-01
judgment.effective_date = { value = 2020-07-01, basis = "document", evidence = "certificate 生效证明" }
judgment.amount = "3900000 CNY"
service.method = "public-announcement"
service.abroad = "abroad-known"
service.address = "unknown"
participation.mode = "default"
policy.triggers = ["none"]
debtor.location = "au-nsw"
assets = "listed"
target.jurisdictions = ["au-nsw"]
cost.budget = "100000 USD"

[[asset]]
where = "au-nsw"
class = "real-property"
value = "1200000 AUD"
certainty = "registered"
"#;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (60, 20)];

/// The same script in both languages and three sizes.
fn screens(name: &str, text: Option<&str>, script: &str, settle: bool) {
    for lang in Lang::ALL {
        for size in SIZES {
            let mut program = Program::open(lang, size, text);
            program.press(script);
            if settle {
                program.settle();
            }
            assert_snapshot(name, &program);
        }
    }
}

#[test]
fn home() {
    screens("home", None, "", false);
}

#[test]
fn a_question_with_options() {
    screens("question", Some(&at("service.method")), "", true);
}

#[test]
fn a_question_with_a_field() {
    screens("field", Some(&at("judgment.amount")), "End Backspace Backspace Backspace", false);
}

#[test]
fn the_list_of_assets_and_its_form() {
    screens("assets", Some(&at("assets")), "", false);
    screens("asset-form", Some(&at("assets")), "Enter Down Right", false);
}

#[test]
fn targets() {
    screens("targets", Some(&at("target.jurisdictions")), "", false);
}

#[test]
fn review() {
    screens("review", Some(MATTER), "F3", false);
}

#[test]
fn result() {
    for (view, name) in ["summary", "hurdles", "confidence", "money", "compare"].iter().enumerate() {
        screens(&format!("result-{name}"), Some(MATTER), &format!("F4 {}", view + 1), true);
    }
    for (view, name) in [(7, "actions"), (8, "questions"), (9, "debtor")] {
        screens(&format!("result-{name}"), Some(MATTER), &format!("F4 {view}"), true);
    }
    screens("result-hurdle-open", Some(MATTER), "F4 2 Enter", true);
}

#[test]
fn the_method_stands_on_one_page() {
    for lang in Lang::ALL {
        let mut program = Program::open(lang, (120, 60), Some(MATTER));
        let by_zero = program.press("F4 0").screen();
        for words in [support::pack().version.as_str(), &support::pack().sha256] {
            assert!(by_zero.contains(words), "{words} in {by_zero}");
        }
        assert_eq!(program.press("1 m").screen(), by_zero);
    }
}

#[test]
fn lists_are_computed_when_the_program_is_idle() {
    let mut program = Program::open(Lang::En, (120, 36), Some(MATTER));
    program.settle().press("F4 8");
    assert!(program.model.lists.questions.is_none());
    assert!(program.screen().contains("working it out .."), "{}", program.screen());
    assert!(program.settle().model.lists.questions.is_some());
    assert!(program.model.lists.actions.is_none(), "only what the view shows");
    let first = program.model.lists.questions.as_ref().unwrap()[0].question;
    program.press("Enter");
    assert!(matches!(program.model.screen, Screen::Interview));
    assert_eq!(program.model.work.as_ref().unwrap().at, first);
    program.press("0 F4 8");
    assert!(program.model.lists.questions.is_none(), "an answer makes the list old");
}

#[test]
fn an_action_is_tried_marked_and_dropped_with_one_key() {
    for (key, kept) in [("u", true), ("w", false)] {
        let mut program = Program::open(Lang::En, (120, 36), Some(MATTER));
        let path = program.folder.path().join("test.toml");
        program.press("F4 7").settle();
        let before = program.matter().clone();
        let promised = program.model.lists.actions.as_ref().unwrap()[0].worth.after.expected;
        program.press("Enter").settle();
        assert_ne!(program.matter().answers, before.answers);
        let shown = program.model.work.as_ref().unwrap().result("au-nsw").unwrap().outlook.expected;
        assert!((shown - promised).abs() < 1e-9, "the verdict after it is what was promised");
        let screen = program.screen();
        assert!(screen.contains("WHAT IF: nothing is kept") && screen.contains("Tried: "), "{screen}");
        assert!(!path.exists(), "nothing is written");
        program.press(key).settle();
        assert_eq!(program.matter().answers, before.answers, "{key}");
        assert_eq!(program.model.work.as_ref().unwrap().trying(), kept);
        assert!(program.model.work.as_ref().unwrap().tried().is_empty());
        program.press("C-c");
        assert!(!path.exists());
    }
}

#[test]
fn an_interrupt_leaves_with_everything_saved() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("service.method")));
    program.press("m text:half_a_note C-c");
    let outcome = program.model.outcome.clone().unwrap();
    assert!(outcome.interrupted && outcome.unsaved.is_none());
    let text = program.file("test.toml");
    assert!(text.contains("half a note"), "{text}");
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.amount")));
    program.press("C-u text:5_CNY C-c");
    let text = program.file("test.toml");
    assert!(text.contains("\"5 CNY\""), "{text}");
    let mut program = Program::open(Lang::En, (80, 24), Some(MATTER));
    program.press("F3 q");
    assert!(!program.model.outcome.clone().unwrap().interrupted);
}

#[test]
fn an_empty_matter_has_no_grade() {
    let mut program = Program::start(Lang::En, (120, 60));
    program.press("Enter").settle();
    // No figure for one place before a place is chosen.
    assert!(program.screen().contains("The place decides:"), "{}", program.screen());
    assert!(!program.screen().contains("likely, about"), "{}", program.screen());
    program.press("s").settle();
    assert!(program.screen().contains("Evidence grade: none yet"), "{}", program.screen());
    program.press("Esc 1 s").settle();
    assert!(!program.screen().contains("none yet"));
}

#[test]
fn windows() {
    screens("help", Some(MATTER), "F1", false);
    screens("palette", Some(MATTER), "C-k text:service", false);
}

#[test]
fn browsers() {
    screens("jurisdictions", None, "C-k text:jurisdictions Enter text:California", true);
    screens("cases", None, "C-k text:decided_cases Enter text:Folex", true);
}

/// The matter, opened at a question.
fn at(question: &str) -> String {
    MATTER.replacen("\n[answers]", &format!("at = \"{question}\"\n\n[answers]"), 1)
}

// --- The key table ---

/// Every list of contexts that can apply at once.
fn chains() -> Vec<Vec<Context>> {
    let mut out = Vec::new();
    let scripts = [
        ("", ""),
        ("service.method", ""),
        ("service.method", "Tab"),
        ("service.method", "m"),
        ("service.method", "e"),
        ("service.method", "i"),
        ("service.method", "N"),
        ("judgment.amount", ""),
        ("judgment.amount", "Down"),
        ("debtor.location", ""),
        ("assets", ""),
        ("assets", "a"),
        ("assets", "a Down"),
        ("assets", "a Down Down"),
        ("target.jurisdictions", ""),
        ("target.jurisdictions", "a"),
        ("assets", "F3"),
        ("assets", "F4"),
        ("assets", "F4 7"),
        ("assets", "F4 5"),
        ("assets", "F4 8"),
        ("assets", "F1"),
        ("assets", "C-k"),
    ];
    for (question, script) in scripts {
        let text = if question.is_empty() { None } else { Some(at(question)) };
        let mut program = Program::open(Lang::En, (80, 24), text.as_deref());
        out.push(contexts(&program.press(script).model));
    }
    let mut program = Program::start(Lang::En, (80, 24));
    // Past the examples to the first of the browsers.
    let past = "Down ".repeat(1 + support::pack().examples.len());
    out.push(contexts(&program.press(&format!("{past}Enter")).model));
    out.push(contexts(&program.press("Esc C-k text:decided_cases Enter").model));
    out
}

#[test]
fn no_key_is_bound_twice_in_one_place() {
    for chain in chains() {
        let mut seen = std::collections::HashMap::new();
        for context in &chain {
            for binding in TABLE.iter().filter(|binding| binding.context == *context) {
                for key in binding.keys {
                    if let Some(other) = seen.insert(*key, (context, binding.command)) {
                        panic!("{key:?} means {other:?} and {:?} in {chain:?}", (context, binding.command));
                    }
                }
            }
        }
    }
}

#[test]
fn no_command_has_two_lines_in_one_place() {
    // The settings name a line by its place and command.
    let mut seen = BTreeSet::new();
    for binding in TABLE {
        let name = (format!("{:?}", binding.context), binding.command.id());
        assert!(seen.insert(name.clone()), "{name:?}");
    }
}

#[test]
fn every_context_is_reached_and_every_binding_is_live() {
    let reached: BTreeSet<String> = chains().iter().flatten().map(|context| format!("{context:?}")).collect();
    for binding in TABLE {
        let context = format!("{:?}", binding.context);
        assert!(reached.contains(&context), "nothing leads to {context}");
        assert!(!binding.keys.is_empty());
        for lang in Lang::ALL {
            assert!(!(binding.hint)(lang).is_empty());
            assert!(binding.keys.iter().all(|key| !key.name(lang).is_empty()));
        }
    }
}

#[test]
fn every_screen_hints_how_to_go_on() {
    for chain in chains() {
        let keymap = Keymap::default();
        let hints = keymap.hints(&chain);
        assert!(hints.len() >= 3, "{chain:?}");
        assert!(hints.iter().any(|bound| bound.binding.command == Command::Language), "{chain:?}");
    }
}

// --- Answering ---

#[test]
fn an_answer_is_saved_at_once_under_a_name_of_its_own() {
    let mut program = Program::start(Lang::En, (80, 24));
    program.press("Enter 1");
    let path = program.folder.path().join("matter.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("judgment.kind = { value = \"judgment\", basis = \"told\" }"), "{text}");
    program.press("N text:武汉诉罗宾逊 Enter");
    assert!(!path.exists());
    let text = program.file("武汉诉罗宾逊.toml");
    assert!(text.contains("title = \"武汉诉罗宾逊\""), "{text}");
}

#[test]
fn a_save_that_fails_is_shown_and_tried_again() {
    let mut program = Program::start(Lang::En, (120, 36));
    let folder = program.folder.path().join("gone");
    program.env.folder = Ok(folder.clone()).into();
    program.press("Enter 1");
    assert!(program.screen().contains("NOT SAVED"), "{}", program.screen());
    program.press("q");
    assert!(matches!(program.model.overlays.last(), Some(Overlay::LeaveUnsaved)));
    assert!(program.model.outcome.is_none());
    program.press("Esc");
    std::fs::create_dir(&folder).unwrap();
    program.press("2");
    assert!(!program.screen().contains("NOT SAVED"));
    assert!(folder.join("matter.toml").exists());
    program.press("q");
    let outcome = program.model.outcome.clone().unwrap();
    assert_eq!((outcome.path, outcome.unsaved), (Some(folder.join("matter.toml")), None));
}

#[test]
fn basis_note_and_evidence_belong_to_the_answer_and_outlive_it() {
    let mut program = Program::open(Lang::Zh, (80, 24), Some(&at("service.method")));
    program.press("b m paste:第一行 Enter text:second Esc e text:送达回证 Enter 4");
    let answer = program.matter().answer("service.method").unwrap();
    assert_eq!(answer.value, Value::Choice("post".to_owned()));
    assert_eq!(answer.basis, Some(Basis::Assumed));
    assert_eq!(answer.note, "第一行\nsecond");
    assert_eq!(answer.evidence, "送达回证");
}

#[test]
fn a_note_is_kept_whichever_way_its_window_is_left() {
    let ways = [
        "F10",
        "C-k text:result Enter",
        "C-k text:start_screen Enter",
        "C-k text:new_matter Enter",
        "C-k text:jurisdictions Enter",
        "C-k text:Folex Enter",
        "C-k text:what_was_the_dispute Enter",
        "C-k text:next_unanswered Enter",
        "Esc",
    ];
    for keys in ways {
        let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
        program.press(&format!("m paste:kept_note {keys}"));
        let file = std::fs::read_to_string(program.folder.path().join("test.toml"))
            .unwrap_or_else(|it| panic!("{keys}: {it}: {}", program.screen()));
        assert_eq!(matter(&file).answers["service.method"].note, "kept note", "{keys}: {}", program.screen());
        assert!(program.model.overlays.is_empty(), "{keys}: {}", program.screen());
    }
}

#[test]
fn undo_and_redo_go_through_every_change() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("service.method")));
    let before = program.matter().clone();
    program.press("1 2 0 b Delete");
    let after = program.matter().clone();
    assert!(after.answer("service.method").is_none());
    program.press("u u u u u u");
    assert_eq!(program.matter().answers, before.answers);
    program.press("U U U U U U");
    assert_eq!(program.matter().answers, after.answers);
}

#[test]
fn a_what_if_is_dropped_and_never_saved() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("service.method")));
    let path = program.folder.path().join("test.toml");
    program.press("1");
    let saved = std::fs::read_to_string(&path).unwrap();
    program.press("w 4 n n 1 w");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), saved);
    assert_eq!(program.matter().known("service.method"), Some(&Value::Choice("personal".to_owned())));
    program.press("C-k text:how_were_the_papers Enter w 4 W");
    assert_eq!(program.matter().known("service.method"), Some(&Value::Choice("post".to_owned())));
    assert!(std::fs::read_to_string(&path).unwrap().contains("\"post\""));
}

#[test]
fn a_text_that_cannot_be_read_stays_until_it_can() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.effective_date")));
    program.press("C-u text:soon C-n");
    let date = Value::Date(jiff::civil::date(2020, 7, 1));
    assert_eq!(program.matter().known("judgment.effective_date"), Some(&date), "the old answer stays");
    program.press("C-p");
    assert!(program.screen().contains("soon"), "{}", program.screen());
    assert!(program.screen().contains("cannot be read"));
    program.press("C-u text:2021年3月5日 Enter");
    let date = Value::Date(jiff::civil::date(2021, 3, 5));
    assert_eq!(program.matter().known("judgment.effective_date"), Some(&date));
}

/// The question, its answer, and the contents of its field.
fn in_hand(program: &Program) -> (usize, Option<Value>, String) {
    let work = program.model.work.as_ref().unwrap();
    let Entry::Text { field, .. } = &work.entry else { panic!("no field") };
    let id = &support::pack().questions[work.at].id;
    (work.at, program.matter().answer(id).map(|answer| answer.value.clone()), field.text())
}

#[test]
fn i_do_not_know_after_typing_keeps_the_text_and_says_so() {
    let effective = index("judgment.effective_date");
    for (lang, says) in [(Lang::En, "Kept, but not used"), (Lang::Zh, "已保留但不采用")] {
        for typed in ["2021-03-05", "soon"] {
            let mut program = Program::open(lang, (80, 24), Some(&at("judgment.effective_date")));
            program.press(&format!("C-u text:{typed} Down Enter"));
            let kept = (effective, Some(Value::Unknown), typed.to_owned());
            assert_eq!(in_hand(&program), kept, "it does not go on before it has said so");
            assert!(program.screen().contains(says), "{}", program.screen());
            // The second Enter goes on, and the text is still there afterwards.
            program.press("Enter");
            assert_ne!(program.model.work.as_ref().unwrap().at, effective);
            program.press("C-p");
            assert_eq!(in_hand(&program), kept);
            assert!(program.screen().contains(says), "{}", program.screen());
            // Going past it takes nothing over.
            program.press("C-n C-p");
            assert_eq!(in_hand(&program), kept);
        }
    }
}

#[test]
fn a_text_set_aside_is_taken_by_up_and_enter() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.effective_date")));
    program.press("C-u text:2021-03-05 Down Enter Up Enter");
    let date = Value::Date(jiff::civil::date(2021, 3, 5));
    assert_eq!(program.matter().known("judgment.effective_date"), Some(&date));
    assert_ne!(program.model.work.as_ref().unwrap().at, index("judgment.effective_date"), "and it goes on");
}

#[test]
fn i_do_not_know_goes_on_at_once_where_nothing_was_typed() {
    let text = at("judgment.effective_date").replace("judgment.effective_date = ", "# ");
    let mut program = Program::open(Lang::En, (80, 24), Some(&text));
    program.press("Down Enter");
    assert_eq!(program.matter().answer("judgment.effective_date").unwrap().value, Value::Unknown);
    assert_ne!(program.model.work.as_ref().unwrap().at, index("judgment.effective_date"));
}

#[test]
fn deleting_an_answer_empties_its_field() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.effective_date")));
    program.press("C-u text:soon Down Delete");
    assert_eq!(in_hand(&program), (index("judgment.effective_date"), None, String::new()));
    program.press("C-n C-p");
    assert_eq!(in_hand(&program).2, "", "what was deleted does not come back");
}

#[test]
fn undo_in_a_field_takes_back_the_typing_only() {
    let before = Value::Date(jiff::civil::date(2020, 7, 1));
    let after = Value::Date(jiff::civil::date(2021, 3, 5));
    let here = |value: &Value, text: &str| (index("judgment.effective_date"), Some(value.clone()), text.to_owned());
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.effective_date")));
    program.press("C-u text:2021-03-05 C-z");
    assert_eq!(in_hand(&program), here(&before, "2020-07-01"));
    program.press("C-y");
    assert_eq!(in_hand(&program), here(&after, "2021-03-05"));
    program.press("C-u text:soon C-z");
    assert_eq!(in_hand(&program), here(&after, "2021-03-05"), "a text that cannot be read was no change");
    program.press("C-z C-u text:soon C-y");
    assert_eq!(in_hand(&program), here(&before, "soon"), "and is not dropped for what is done again");
}

#[test]
fn a_hidden_question_keeps_its_answer() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.kind")));
    let answers = program.matter().answers.len();
    // An arbitral award hides the questions about service.
    program.press("3");
    assert!(!program.model.work.as_ref().unwrap().visible[index("service.method")]);
    assert_eq!(program.matter().answers.len(), answers);
    program.press("1");
    assert!(program.model.work.as_ref().unwrap().visible[index("service.method")]);
    assert_eq!(program.matter().known("service.method"), Some(&Value::Choice("public-announcement".to_owned())));
}

fn index(id: &str) -> usize {
    support::pack().question_index(id).unwrap()
}

#[test]
fn changing_the_language_changes_only_the_words() {
    for script in ["", "n n n text:12", "F3 Down", "F4 2 Enter", "m text:half", "C-k text:ser", "F1"] {
        let mut program = Program::open(Lang::En, (80, 24), Some(&at("judgment.kind")));
        program.press(script);
        let before = program.screen();
        program.press("F2");
        assert_ne!(program.screen(), before, "{script}");
        program.press("F2");
        assert_eq!(program.screen(), before, "{script}");
    }
}

#[test]
fn walking_all_questions_and_back_keeps_every_answer() {
    let mut program = Program::open(Lang::En, (80, 24), Some(MATTER));
    let before = program.matter().answers.clone();
    for _ in 0..70 {
        program.press("C-n");
    }
    assert!(matches!(program.model.screen, Screen::Review(_)));
    program.press("Esc");
    for _ in 0..70 {
        program.press("C-p");
    }
    assert_eq!(program.matter().answers, before);
    assert_eq!(program.model.work.as_ref().unwrap().at, 0);
}

#[test]
fn assets_are_added_changed_moved_and_removed() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("assets")));
    program.press(
        "a Enter text:California Enter Right Down text:80,000_usd Down Down Down Down Down paste:a_note Enter Enter",
    );
    let assets = program.matter().assets(support::pack()).unwrap().to_vec();
    assert_eq!(assets.len(), 2);
    assert_eq!(assets[1].place, "us-ca");
    assert_eq!(assets[1].class, "cash");
    assert_eq!(assets[1].value.as_ref().unwrap().to_string(), "80000 USD");
    program.press("K");
    assert_eq!(program.matter().assets(support::pack()).unwrap()[0].place, "us-ca");
    program.press("d");
    assert_eq!(program.matter().assets(support::pack()).unwrap().len(), 1);
    program.press("u u");
    assert_eq!(program.matter().assets(support::pack()).unwrap(), assets);
}

#[test]
fn an_amount_that_cannot_be_read_holds_the_form_open_once() {
    let mut program = Program::open(Lang::En, (80, 24), Some(&at("assets")));
    program.press("Enter Down Down C-u text:lots Esc");
    assert!(matches!(program.model.overlays.last(), Some(Overlay::Asset(_))));
    assert!(program.screen().contains("cannot be read"), "{}", program.screen());
    program.press("Esc");
    assert!(program.model.overlays.is_empty());
    let value = program.matter().assets(support::pack()).unwrap()[0].value.clone();
    assert_eq!(value.unwrap().to_string(), "1200000 AUD", "what could be read before stays");
}

#[test]
fn places_stand_by_their_names_are_found_by_sound_and_keep_the_cursor() {
    let first = |program: &Program| program.screen().lines().find(|line| line.contains("( )")).unwrap().to_owned();
    let text = at("debtor.location").replace("debtor.location = ", "# ");
    for (lang, name) in [(Lang::En, "Brazil"), (Lang::Zh, "阿联酋")] {
        let program = Program::open(lang, (120, 36), Some(&text));
        assert!(first(&program).contains(name), "{}", program.screen());
    }
    // 阿联酋、澳大利亚维多利亚州、澳大利亚新南威尔士州: the third in Chinese, and not the third in English.
    let mut program = Program::open(Lang::Zh, (120, 36), Some(&text));
    program.press("Down Down F2 Enter");
    assert_eq!(program.matter().known("debtor.location"), Some(&Value::Place("au-nsw".to_owned())));
    program.press("C-p text:xinjiapo Enter");
    assert_eq!(program.matter().known("debtor.location"), Some(&Value::Place("sg".to_owned())));
}

#[test]
fn targets_are_proposed_searched_and_put_in_order() {
    let text = at("target.jurisdictions").replace("target.jurisdictions = [\"au-nsw\"]\n", "");
    let mut program = Program::open(Lang::Zh, (80, 24), Some(&text));
    let targets = |program: &Program| program.matter().targets(support::pack());
    program.press("Enter");
    assert_eq!(targets(&program), ["au-nsw"]);
    program.press("a text:singapore Enter a text:加利 Enter");
    assert_eq!(targets(&program), ["au-nsw", "sg", "us-ca"]);
    program.press("Down Down Enter");
    assert_eq!(targets(&program), ["us-ca", "au-nsw", "sg"]);
}

// --- Robustness ---

#[test]
fn a_tiny_terminal_gets_a_message_and_recovers() {
    let mut program = Program::open(Lang::En, (80, 24), Some(MATTER));
    let before = program.screen();
    program.send(Message::Resized(20, 5));
    assert!(program.screen().replace('\n', " ").contains("too small"), "{}", program.screen());
    program.send(Message::Resized(80, 24));
    assert_eq!(program.screen(), before);
}

#[test]
fn control_characters_of_a_file_never_reach_the_screen() {
    let text = at("service.method").replace("Li v Zhang", "\\u001b[2Jevil\\u202e").replace(
        "service.abroad = \"abroad-known\"",
        "service.abroad = { value = \"abroad-known\", note = \"\\u0007bell\" }",
    );
    let mut program = Program::open(Lang::En, (120, 36), Some(&text));
    for script in ["", "n", "F3", "F4", "6", "H"] {
        program.press(script);
        assert!(!program.screen().chars().any(|c| c.is_control() && c != '\n'), "{script}");
    }
}

#[test]
fn a_click_answers_and_a_hint_can_be_clicked() {
    let mut program = Program::open(Lang::En, (120, 36), Some(&at("service.method")));
    let measured = view::measure(&program.model);
    let (place, _) = measured.hits.iter().find(|(_, click)| *click == Click::Row(3)).unwrap();
    assert_eq!(view::hit(&program.model, place.x + 1, place.y), Some(Click::Row(3)));
    program.send(Message::Clicked(Click::Row(3)));
    assert_eq!(program.matter().known("service.method"), Some(&Value::Choice("post".to_owned())));
    let (place, click) = measured.hits.iter().rev().find(|(_, click)| matches!(click, Click::Command(_))).unwrap();
    assert_eq!(view::hit(&program.model, place.x, place.y), Some(*click));
}

fn any_event() -> impl Strategy<Value = Event> {
    let code = prop_oneof![
        4 => prop_oneof![
            Just(KeyCode::Enter), Just(KeyCode::Esc), Just(KeyCode::Tab), Just(KeyCode::BackTab), Just(KeyCode::Up),
            Just(KeyCode::Down), Just(KeyCode::Left), Just(KeyCode::Right), Just(KeyCode::Home), Just(KeyCode::End),
            Just(KeyCode::PageUp), Just(KeyCode::PageDown), Just(KeyCode::Delete), Just(KeyCode::Backspace),
        ],
        4 => prop::sample::select("abcdefghijklmnopqrstuvwxyzKJNWHUT0123456789 /:?武，。e\u{301}".chars().collect::<Vec<_>>())
            .prop_map(KeyCode::Char),
        1 => (1_u8..=12).prop_map(KeyCode::F),
    ];
    let modifiers = prop_oneof![9 => Just(KeyModifiers::NONE), 1 => Just(KeyModifiers::CONTROL)];
    prop_oneof![
        30 => (code, modifiers).prop_map(|(code, modifiers)| Event::Key(KeyEvent::new(code, modifiers))),
        1 => "\\PC{0,12}".prop_map(Event::Paste),
        1 => (1_u16..130, 1_u16..45).prop_map(|(columns, rows)| Event::Resize(columns, rows)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_keys_break_nothing(events in prop::collection::vec(any_event(), 1..260), zh in any::<bool>(), open in any::<bool>()) {
        let lang = if zh { Lang::Zh } else { Lang::En };
        let mut program = Program::open(lang, (80, 24), if open { Some(MATTER) } else { None });
        for event in events {
            program.event(event);
            // Leaving would end the test early; the keys go on as if nothing had been said.
            program.model.outcome = None;
            let screen = program.screen();
            prop_assert!(!screen.chars().any(|c| c.is_control() && c != '\n'));
            if let Some(work) = &program.model.work {
                prop_assert!(work.at < support::pack().questions.len());
            }
        }
    }
}
