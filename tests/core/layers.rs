//! The core takes values and returns values: no terminal, no file, no clock, no environment.

use std::fs;
use std::path::{Path, PathBuf};

/// Modules that may touch the outside world.
const EDGES: &[&str] = &[
    "main.rs",
    "build.rs",
    "library.rs",
    "export",
    "store",
    "cli.rs",
    "commands",
    "tui",
    "plain",
    "batch",
    "fonts.rs",
];
/// Words of a banned module that touch nothing but memory.
const IN_MEMORY: &[&str] = &["use std::io::{Cursor, Write as _};"];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

fn core() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files
        .into_iter()
        .filter(|path| {
            let inside = path.strip_prefix(&root).expect("a source");
            let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
            !EDGES.iter().any(|edge| first == *edge || first == format!("{edge}.rs"))
        })
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source can be read");
            // Tests at the end of a file may use temporary folders and the like.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (path, text)
        })
        .collect()
}

#[test]
fn the_core_never_names_the_outside_world() {
    let banned = [
        "std::fs",
        "std::env",
        "std::io",
        "std::time",
        "std::process",
        "std::net",
        "std::thread",
        "ratatui",
        "crossterm",
        "clap::",
        "tempfile",
        "etcetera",
        "sys_locale",
        "Zoned::now",
        "anyhow",
        "println!",
        "eprintln!",
        "crate::store",
        "crate::library",
        "crate::commands",
        "crate::tui",
        "crate::cli",
    ];
    for (path, text) in core() {
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            if IN_MEMORY.contains(&line) {
                continue;
            }
            for word in banned {
                assert!(!line.contains(word), "{}: `{word}` in `{}`", path.display(), line.trim());
            }
        }
    }
}

#[test]
fn layers_only_look_down() {
    // Each layer may not name those after it.
    let order = ["lang", "text", "diagnostic", "pack", "matter", "flow", "scoring", "report"];
    // The pack carries fitted weights and the figures of their test, a matter's check needs facts, both of which scoring defines.
    let allowed = [
        "crate::scoring::weights",
        "crate::scoring::validation",
        "crate::scoring::facts",
        "crate::scoring::money",
        "crate::flow",
    ];
    for (path, text) in core() {
        let name = path.to_string_lossy().replace('\\', "/");
        let inside = name.rsplit_once("/src/").map_or(name.as_str(), |(_, rest)| rest).to_owned();
        let layer = inside.split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some(at) = order.iter().position(|known| *known == layer) else { continue };
        for later in &order[at + 1..] {
            for line in text.lines().filter(|line| line.contains(&format!("crate::{later}"))) {
                let fine = line.trim_start().starts_with("//") || allowed.iter().any(|word| line.contains(word));
                assert!(fine, "{inside} looks up: {}", line.trim());
            }
        }
    }
}
