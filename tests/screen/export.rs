//! Writing a report from the screens.

use crate::support::screen::Program;
use crate::support::{self, engine, matter, pack};
use exequatur::lang::Lang;
use exequatur::matter::file;
use exequatur::report::{Audience, Form, html};
use exequatur::tui::model::{ExportState, Overlay, ReadFor};

fn example() -> &'static str {
    support::example(pack(), "nsw-2023-post")
}

/// The program with a matter open at its result, and the window of a report open over it.
fn asking(lang: Lang) -> Program {
    let mut program = Program::open(lang, (80, 24), Some(example()));
    program.press("F4 x");
    program
}

fn state(program: &Program) -> ExportState {
    match program.model.overlays.last() {
        Some(Overlay::Export(form)) => form.state.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_screen_says_that_a_report_is_written_and_then_where_it_is() {
    let mut program = asking(Lang::En);
    program.press("C-s");
    assert_eq!(state(&program), ExportState::Writing { replace: false });
    assert!(program.screen().contains("Writing the report"), "{}", program.screen());
    program.idle();
    let path = program.folder.path().join("test-en.html");
    assert_eq!(state(&program), ExportState::Written(path.clone()));
    let text = program.file("test-en.html");
    assert!(text.contains("New South Wales"), "{text}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    program.press("Enter");
    assert!(program.model.overlays.is_empty());
}

#[test]
fn a_file_that_exists_is_replaced_only_when_asked_twice() {
    let mut program = asking(Lang::En);
    let path = program.folder.path().join("test-en.html");
    std::fs::write(&path, "mine").unwrap();
    program.press("C-s");
    program.idle();
    assert_eq!(state(&program), ExportState::Exists);
    assert_eq!(program.file("test-en.html"), "mine");
    program.press("C-s");
    program.idle();
    assert_eq!(state(&program), ExportState::Written(path.clone()));
    assert_ne!(program.file("test-en.html"), "mine");
}

#[test]
fn a_report_that_cannot_be_written_says_why_and_the_window_stays() {
    let mut program = asking(Lang::Zh);
    program.press("Down Down Down Down C-u text:/nonexistent-folder/report.md C-s");
    program.idle();
    let ExportState::Failed(why) = state(&program) else { panic!("{:?}", state(&program)) };
    assert!(why.contains("/nonexistent-folder"), "{why}");
    assert!(program.screen().contains("未写入"), "{}", program.screen());
}

#[test]
fn format_language_length_and_reader_are_those_chosen() {
    let mut program = asking(Lang::En);
    // Another format changes the ending of the name.
    program.press("Right");
    let Some(Overlay::Export(form)) = program.model.overlays.last() else { panic!() };
    assert!(form.place.text().ends_with(&format!("test-en.{}", form.format.ending())));
    program.press("Left Down Right Down Right Down Right C-s");
    program.idle();
    let text = program.file("test-en.html");
    let read = matter(example());
    let report = support::report(engine(), &read, Lang::Zh, Form::Short, Audience::Creditor);
    assert_eq!(text, html::write(&report));
}

#[test]
fn a_what_if_is_not_in_the_report() {
    let mut program = Program::open(Lang::En, (80, 24), Some(example()));
    program.press("F4 x C-s");
    program.idle();
    let before = program.file("test-en.html");
    // The first question answered otherwise, without being kept.
    program.press("Enter s w F3 Home Enter 2 F4 x");
    assert!(program.model.work.as_ref().unwrap().trying());
    assert_ne!(program.matter().answers, matter(example()).answers);
    assert!(program.screen().contains("as it is kept"), "{}", program.screen());
    program.press("C-s");
    program.idle();
    program.press("C-s");
    program.idle();
    let after = program.file("test-en.html");
    assert_eq!(before, after);
    let saved = std::fs::read_to_string(program.folder.path().join("test.toml"));
    assert!(saved.is_err() || saved.is_ok_and(|text| text == file::write(&matter(example()), pack())));
}

#[test]
fn the_report_can_be_read_before_it_is_written() {
    let mut program = asking(Lang::Zh);
    program.press("Down Down Down Down Down Enter");
    let Some(Overlay::Reader(ReadFor::Preview, words, 0)) = program.model.overlays.last() else { panic!() };
    assert!(words.contains("新南威尔士"), "{words}");
    program.press("Esc");
    assert_eq!(state(&program), ExportState::Asking);
    assert_eq!(std::fs::read_dir(program.folder.path()).unwrap().count(), 0);
}
