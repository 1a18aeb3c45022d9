//! Whatever the program writes for a user is that user's alone, even where the files of everybody
//! else's programs can be read by all.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::command_line::{Done, Home};
use crate::support::screen::Program;
use crate::support::{example, pack};
use assert_cmd::Command;
use exequatur::lang::Lang;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display())).permissions().mode() & 0o777
}

/// The program where new files are for everybody to read, as they usually are.
fn exequatur(home: &Home) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg("umask 022 && exec \"$0\" \"$@\"").arg(assert_cmd::cargo::cargo_bin!("exequatur"));
    home.set(&mut command);
    command
}

#[test]
fn files_of_the_commands_are_private() {
    let home = Home::new();
    let at = |name: &str| home.at(name);
    let run = |args: &[&str]| {
        Done::of(exequatur(&home).args(args)).succeeded();
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
    home.write("cases.ndjson", "{\"id\": 1, \"targets\": [\"sg\"]}\n");
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
fn the_data_folder_and_its_files_are_private() {
    let home = Home::new();
    let folder = home.at("data/exequatur");
    // A folder that everybody could look into, from before.
    fs::create_dir_all(&folder).expect("made");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("opened to all");
    Done::of(exequatur(&home).arg("plain").write_stdin("1\nquit\n")).succeeded();
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&folder.join("matter.toml")), 0o600);
    assert_eq!(fs::read_dir(&folder).expect("the folder").count(), 1, "nothing else is left there");
}

#[test]
fn files_of_the_full_screen_are_private() {
    let mut program = Program::open(Lang::En, (120, 36), Some(example(pack(), "nsw-2023-post")));
    program.press("F4 x C-s").idle().press("Esc N text:x Enter");
    let mut names = Vec::new();
    for entry in fs::read_dir(program.folder.path()).expect("the folder").map(|entry| entry.expect("an entry")) {
        assert_eq!(mode(&entry.path()), 0o600, "{}", entry.path().display());
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    for ending in [".html", ".toml", ".toml.lock"] {
        assert!(names.iter().any(|name| name.ends_with(ending)), "{ending} in {names:?}");
    }
}
