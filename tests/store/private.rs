//! Whatever the program writes for a user is that user's alone, even where the files of everybody
//! else's programs can be read by all.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::{Program, pack};
use assert_cmd::Command;
use exequatur::lang::Lang;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())).permissions().mode() & 0o777
}

/// The program with its data folder under `home`. The usual mask lets everybody read new files.
fn exequatur(home: &Path) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg("umask 022 && exec \"$0\" \"$@\"").arg(assert_cmd::cargo::cargo_bin!("exequatur"));
    command.env("HOME", home).env("XDG_DATA_HOME", home.join("data"));
    command.args(["--as-of", "2026-11-22", "--lang", "en"]);
    command
}

#[test]
fn what_the_commands_write_is_private() {
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name);
    let run = |args: &[&str]| {
        let done = exequatur(home.path()).current_dir(home.path()).args(args).output().expect("it runs");
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    run(&["new", "matter.toml", "--example", "nsw-2023-post"]);
    assert_eq!(mode(&at("matter.toml")), 0o600);
    let mut endings = vec!["md", "html", "txt", "json"];
    if cfg!(feature = "docx") {
        endings.push("docx");
    }
    for ending in endings {
        let name = format!("report.{ending}");
        run(&["report", "matter.toml", "-o", &name]);
        assert_eq!(mode(&at(&name)), 0o600, "{name}");
        // A file that everybody could read is private once it is replaced.
        fs::set_permissions(at(&name), fs::Permissions::from_mode(0o644)).expect("opened to all");
        run(&["report", "matter.toml", "-o", &name, "--force"]);
        assert_eq!(mode(&at(&name)), 0o600, "{name}, replaced");
    }
    run(&["new", "copy.toml", "--from", "matter.toml", "--redacted"]);
    assert_eq!(mode(&at("copy.toml")), 0o600);
    fs::write(at("cases.ndjson"), "{\"id\": 1, \"targets\": [\"sg\"]}\n").expect("written");
    run(&["batch", "cases.ndjson", "-o", "results.ndjson"]);
    assert_eq!(mode(&at("results.ndjson")), 0o600);
    if cfg!(feature = "sheets") {
        run(&["batch", "--template", "cases.xlsx"]);
        assert_eq!(mode(&at("cases.xlsx")), 0o600);
        run(&["batch", "cases.xlsx", "-o", "results.xlsx"]);
        assert_eq!(mode(&at("results.xlsx")), 0o600);
    }
}

#[test]
fn the_data_folder_and_what_is_in_it_are_private() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("data/exequatur");
    // A folder that everybody could look into, from before.
    fs::create_dir_all(&folder).expect("made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("opened to all");
    let done = exequatur(home.path()).arg("plain").write_stdin("1\nquit\n").output().expect("it runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("matter.toml")), 0o600);
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1, "nothing else is left there");
}

#[test]
fn what_the_full_screen_writes_is_private() {
    let example = &pack().examples.iter().find(|(name, _)| name == "nsw-2023-post").expect("the example").1;
    let mut program = Program::open(Lang::En, (120, 36), Some(example));
    program.press("F4 x C-s");
    while program.model.wants_idle() {
        program.send(exequatur::tui::message::Message::Idle);
    }
    program.press("Esc N text:x Enter");
    let mut names = Vec::new();
    for entry in fs::read_dir(program.folder.path()).expect("the folder").map(|entry| entry.expect("an entry")) {
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    for ending in [".html", ".toml", ".toml.lock"] {
        assert!(names.iter().any(|name| name.ends_with(ending)), "{ending} in {names:?}");
    }
}
