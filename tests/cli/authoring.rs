//! Choosing a pack, and what the author of one sees: through the program itself.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_exequatur");

fn run(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).args(["--lang", "en"]).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// A copy of a shipped pack in a folder of its own.
fn copy(id: &str, to: &Path) -> PathBuf {
    let folder = to.join(id);
    for file in exequatur::library::files(id).expect("a shipped pack") {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        std::fs::write(path, file.text).expect("a file");
    }
    folder
}

#[test]
fn a_pack_is_named_by_its_id_or_its_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = copy("prc-inbound", home.path());
    let folder = folder.to_str().expect("a path");
    for named in ["prc-inbound", folder] {
        let output = run(&["jurisdictions", "--pack", named]);
        assert!(output.status.success(), "{}", said(&output));
        assert!(out(&output).contains("cn-sh") && !out(&output).contains("au-nsw"));
    }
    assert!(out(&run(&["jurisdictions"])).contains("au-nsw"), "without a name it is the default pack");
    let output = run(&["jurisdictions", "--pack", "nothing-of-the-kind"]);
    assert_eq!(output.status.code(), Some(1));
    for words in ["'nothing-of-the-kind' is neither", "prc-inbound, prc-outbound"] {
        assert!(said(&output).contains(words), "{}", said(&output));
    }
}

#[test]
fn a_matter_and_a_vector_pick_their_own_pack() {
    let home = tempfile::tempdir().expect("a folder");
    let name = |name: &str| home.path().join(name).to_str().expect("a path").to_owned();
    let (theirs, ours) = (name("in.toml"), name("out.toml"));
    assert!(run(&["new", &theirs, "--pack", "prc-inbound", "--example", "singapore-2025-shanghai"]).status.success());
    assert!(run(&["new", &ours, "--example", "nsw-2023-post"]).status.success());
    let both = run(&["score", &theirs, &ours]);
    assert!(both.status.success(), "{}", said(&both));
    assert!(out(&both).contains("Shanghai") && out(&both).contains("New South Wales"));
    let json: serde_json::Value =
        serde_json::from_slice(&run(&["score", "--json", &theirs]).stdout).expect("JSON of the result");
    assert_eq!(json["pack"]["id"], "prc-inbound");
    let vector = json["vector"].as_str().expect("a vector").to_owned();
    let again: serde_json::Value =
        serde_json::from_slice(&run(&["replay", &vector, "--json"]).stdout).expect("JSON of the replay");
    assert_eq!(again["pack"]["id"], "prc-inbound");
    // A pack named on the command line goes first, and the fault says so.
    let forced = run(&["score", &theirs, "--pack", "prc-outbound"]);
    assert_eq!(forced.status.code(), Some(1));
    assert!(said(&forced).contains("prc-inbound"), "{}", said(&forced));
}

#[test]
fn coverage_is_printed_as_text_and_as_json_in_both_languages() {
    for id in exequatur::library::ids() {
        let text = run(&["check", id, "--coverage"]);
        assert!(text.status.success(), "{}", said(&text));
        for part in ["Questions: ", "Options: ", "Rules and gates: ", "Actions: "] {
            assert!(out(&text).contains(part));
        }
        let json = run(&["check", id, "--coverage", "--json"]);
        let value: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
        assert_eq!(value["pack"]["id"], id);
        let never = value["rules"]["never"].as_array().expect("a list").len();
        assert!(never < usize::try_from(value["rules"]["all"].as_u64().expect("a number")).expect("small"));
    }
    let zh = Command::new(PROGRAM).args(["check", "prc-inbound", "--coverage", "--lang", "zh"]).output().expect("runs");
    assert!(out(&zh).contains("从未覆盖：") && out(&zh).contains("规则与闸门"));
}

/// A program that is ended when the test is over.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn only_a_folder_can_be_watched() {
    let output = run(&["check", "prc-inbound", "--watch"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("only a pack in a folder"), "{}", said(&output));
}

#[test]
fn watch_checks_again_when_a_file_is_saved() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = copy("prc-inbound", home.path());
    let child = Command::new(PROGRAM)
        .args(["check", folder.to_str().expect("a path"), "--watch", "--lang", "en", "--color", "never"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut watching = Watching(child);
    let mut said = BufReader::new(watching.0.stderr.take().expect("its messages")).lines();
    let mut until = |words: &str| {
        said.by_ref()
            .map_while(Result::ok)
            .find(|line| line.contains(words))
            .unwrap_or_else(|| panic!("never said: {words}"))
    };
    until("Watching");
    until("no faults");
    let file = folder.join("actions.toml");
    let sound = std::fs::read_to_string(&file).expect("its text");
    std::fs::write(&file, sound.replacen("set = {", "sett = {", 1)).expect("saved");
    until("1 fault, ");
    std::fs::write(&file, sound).expect("saved again");
    until("no faults");
}
