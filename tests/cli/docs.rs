//! The documents hold: paths that they name exist, the table of modules is whole, and the commands of
//! the README do what it says that they do.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::command_line::Home;

const DOCUMENTS: [&str; 6] = [
    "README.md",
    "src/ARCHITECTURE.md",
    ".github/CONTRIBUTING.md",
    ".github/CHANGELOG.md",
    "questionnaires/GUIDE.md",
    "questionnaires/GUIDE.zh.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

/// Words that begin like a path of the repository, wherever they stand.
fn paths(text: &str) -> BTreeSet<&str> {
    let of_a_path = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    text.split(|c| !of_a_path(c))
        .map(|word| word.trim_end_matches(['.', '-']))
        .filter(|word| {
            ["src/", "tests/", "questionnaires/", ".ci/", ".github/"].iter().any(|top| word.starts_with(top))
        })
        .collect()
}

/// Where links lead, from the folder of their document.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|to| !to.contains("://"))
}

#[test]
fn every_path_that_a_document_names_exists() {
    for name in DOCUMENTS {
        let text = document(name);
        let folder = root().join(name).parent().map(Path::to_owned).expect("a folder");
        for path in paths(&text) {
            assert!(root().join(path).exists(), "{name} names `{path}`");
        }
        for link in links(&text) {
            assert!(folder.join(link).exists(), "{name} links to `{link}`");
        }
    }
    assert!(paths(&document("src/ARCHITECTURE.md")).len() > 50, "paths are found at all");
}

#[test]
fn the_table_of_modules_has_each_with_its_file_in_the_order_of_the_library() {
    let library = document("src/lib.rs");
    let modules: Vec<&str> =
        library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let text = document("src/ARCHITECTURE.md");
    let rows: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | `"))
        .map(|(module, rest)| {
            let file = rest.split('`').next().unwrap_or_default();
            assert_eq!(file, format!("src/{module}.rs"));
            module
        })
        .collect();
    assert!(modules.len() > 15, "the modules are found at all");
    assert_eq!(rows, modules);
}

/// The commands of the README's blocks of `sh`, one a line, without what is explained behind `#`.
fn commands(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "```sh" {
            let block = lines.by_ref().take_while(|line| *line != "```");
            out.extend(block.map(|line| line.split(" # ").next().unwrap_or_default().trim().to_owned()));
        }
    }
    out
}

/// What is not run: other programs, and formats that this build leaves out.
fn is_left_out(command: &str) -> bool {
    let left_out =
        [("docx", cfg!(feature = "docx")), ("pdf", cfg!(feature = "pdf")), ("xlsx", cfg!(feature = "sheets"))];
    !command.starts_with("exequatur ")
        || left_out.iter().any(|(ending, built)| !built && command.contains(&format!(".{ending}")))
}

/// What the reader of the README has: a portfolio of their own.
const PORTFOLIO: &str = r#"{"id": "A-1", "answers": {"service.method": "post"}, "targets": ["sg"]}"#;

#[test]
fn the_commands_of_the_readme_work_in_their_order() {
    let home = Home::new();
    home.write("cases.ndjson", PORTFOLIO);
    let mut vector = String::new();
    let mut run = 0;
    for line in commands(&document("README.md")) {
        if is_left_out(&line) {
            continue;
        }
        // A word in capitals stands for something of the reader's.
        let asked = line.replace("VECTOR", &vector);
        let (command, into) = match asked.split_once(" > ") {
            Some((command, into)) => (command, Some(into.trim())),
            None => (asked.as_str(), None),
        };
        let done = home.run(command.split_whitespace().skip(1));
        assert_eq!(done.status, 0, "{line}: {}", done.err);
        if let Some(into) = into {
            done.json()["vector"].as_str().expect("a vector").clone_into(&mut vector);
            home.write(into, &done.bytes);
        }
        if let Some(written) = command.split(" -o ").nth(1).and_then(|rest| rest.split(' ').next()) {
            assert!(fs::metadata(home.at(written)).expect("what was written").len() > 0, "{line}");
        }
        run += 1;
    }
    assert!(run > 10, "commands are found at all");
}
