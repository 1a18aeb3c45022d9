//! Choosing a pack, and what the author of one sees.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::support::command_line::Home;

/// A copy of a shipped pack in the home, in a folder with its id.
fn copy(id: &str, home: &Home) {
    for file in exequatur::library::files(id).expect("a shipped pack") {
        home.write(&format!("{id}/{}", file.path), file.text);
    }
}

#[test]
fn a_pack_is_named_by_its_id_or_its_folder() {
    let home = Home::new();
    copy("prc-inbound", &home);
    for named in ["prc-inbound", "./prc-inbound"] {
        let list = home.run(["jurisdictions", "--pack", named]);
        assert!(list.succeeded().contains("cn-sh") && !list.out().contains("au-nsw"));
    }
    assert!(home.run(["jurisdictions"]).succeeded().contains("au-nsw"), "without a name it is the default pack");
    let done = home.run(["jurisdictions", "--pack", "nothing-of-the-kind"]);
    for words in ["'nothing-of-the-kind' is neither", "prc-inbound, prc-outbound"] {
        assert!(done.failed(1).contains(words), "{}", done.err);
    }
}

#[test]
fn a_matter_and_a_vector_pick_their_own_pack() {
    let home = Home::new();
    home.run(["new", "in.toml", "--pack", "prc-inbound", "--example", "singapore-2025-shanghai"]).succeeded();
    home.example("out.toml", "nsw-2023-post");
    let both = home.run(["score", "in.toml", "out.toml"]);
    assert!(both.succeeded().contains("Shanghai") && both.out().contains("New South Wales"));
    let json = home.run(["score", "--json", "in.toml"]).json();
    assert_eq!(json["pack"]["id"], "prc-inbound");
    let replayed = home.run(["replay", json["vector"].as_str().expect("a vector"), "--json"]).json();
    assert_eq!(replayed["pack"]["id"], "prc-inbound");
    // A pack named on the command line goes first, and the fault says so.
    let forced = home.run(["score", "in.toml", "--pack", "prc-outbound"]);
    assert!(forced.failed(1).contains("prc-inbound"), "{}", forced.err);
}

#[test]
fn coverage_is_printed_as_text_and_as_json_in_both_languages() {
    let home = Home::new();
    for id in exequatur::library::ids() {
        let text = home.run(["check", id, "--coverage"]);
        for part in ["Questions: ", "Options: ", "Rules and gates: ", "Actions: "] {
            assert!(text.succeeded().contains(part));
        }
        let value = home.run(["check", id, "--coverage", "--json"]).json();
        assert_eq!(value["pack"]["id"], id);
        let never = value["rules"]["never"].as_array().expect("a list").len();
        assert!(never < usize::try_from(value["rules"]["all"].as_u64().expect("a number")).expect("small"));
    }
    let zh = home.run(["check", "prc-inbound", "--coverage", "--lang", "zh"]);
    assert!(zh.succeeded().contains("从未覆盖：") && zh.out().contains("规则与闸门"));
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
    let done = Home::new().run(["check", "prc-inbound", "--watch"]);
    assert!(done.failed(1).contains("only a pack in a folder"), "{}", done.err);
}

#[test]
fn watch_checks_again_when_a_file_is_saved() {
    let home = Home::new();
    copy("prc-inbound", &home);
    let child = Command::new(env!("CARGO_BIN_EXE_exequatur"))
        .args(["check", "prc-inbound", "--watch", "--lang", "en", "--color", "never"])
        .current_dir(home.path())
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
    let file = "prc-inbound/actions.toml";
    let sound = home.read(file);
    home.write(file, sound.replacen("set = {", "sett = {", 1));
    until("1 fault, ");
    home.write(file, sound);
    until("no faults");
}
