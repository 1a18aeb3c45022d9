//! The layers: what the core may name, and who may use whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Words of a banned module that touch nothing but memory.
const IN_MEMORY: [&str; 1] = ["use std::io::{Cursor, Write as _};"];
/// The outside world.
const BANNED: [&str; 15] = [
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
];

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("text")
}

/// The modules in the order of `lib.rs`, which is that of the journey of an answer.
fn modules() -> Vec<String> {
    let library = text("src/lib.rs");
    let names = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// The code of each module, by file, without comments and without the tests at the end of a file.
fn sources(module: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = vec![root.join(module), root.join(format!("{module}.rs"))];
    let mut out = Vec::new();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") && path.exists() {
            let text = fs::read_to_string(&path).expect("a source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
            out.push((path, lines.join("\n")));
        }
    }
    out
}

/// The modules that a text names behind `crate::`, alone or in braces.
fn named(code: &str) -> BTreeSet<String> {
    let word =
        |text: &str| text.trim_start().split(|c: char| c != '_' && !c.is_alphanumeric()).next().map(str::to_owned);
    let mut out = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        let Some(list) = after.strip_prefix('{') else {
            out.extend(word(after));
            continue;
        };
        // What follows each comma of the outer braces.
        let mut depth = 1;
        let mut begins = true;
        for (at, c) in list.char_indices() {
            if begins {
                out.extend(word(&list[at..]));
            }
            depth += i32::from(c == '{') - i32::from(c == '}');
            begins = depth == 1 && c == ',';
            if depth == 0 {
                break;
            }
        }
    }
    out
}

/// Which modules each module uses.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let modules = modules();
    assert!(modules.len() > 15, "the modules are found at all");
    let used = |module: &String| {
        let mut all: BTreeSet<String> = sources(module).iter().flat_map(|(_, code)| named(code)).collect();
        all.retain(|name| name != module && modules.contains(name));
        (module.clone(), all)
    };
    modules.iter().map(used).collect()
}

#[test]
fn the_core_never_names_the_outside_world() {
    let document = text("src/ARCHITECTURE.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" | core |"));
    let core: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    assert!(core.len() > 8, "the core is found at all");
    for (path, code) in core.into_iter().flat_map(sources) {
        for line in code.lines().filter(|line| !IN_MEMORY.contains(line)) {
            for word in BANNED {
                assert!(!line.contains(word), "{}: `{word}` in `{}`", path.display(), line.trim());
            }
            assert!(!line.contains("println!"), "{}: it prints: {}", path.display(), line.trim());
        }
    }
}

#[test]
fn each_module_uses_only_those_before_it() {
    let order = modules();
    let uses = uses();
    // "`a` looks up to `b`" in the document names an exception, with its reason.
    let document = text("src/ARCHITECTURE.md");
    let mut up = BTreeSet::new();
    for (at, module) in order.iter().enumerate() {
        for later in &order[at + 1..] {
            if uses[module].contains(later) {
                up.insert(format!("`{module}` looks up to `{later}`"));
            }
        }
    }
    let unnamed: Vec<&String> = up.iter().filter(|pair| !document.contains(*pair)).collect();
    assert_eq!(unnamed, Vec::<&String>::new(), "see src/ARCHITECTURE.md");
    assert_eq!(document.matches(" looks up to `").count(), up.len(), "an exception is named that is none any more");
}

#[test]
fn no_module_uses_itself_through_others() {
    let mut uses = uses();
    // Take away what uses nothing that is left, until nothing more can go: what stays is in a cycle or uses one.
    loop {
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        let before = uses.len();
        uses.retain(|_, used| used.iter().any(|name| left.contains(name)));
        if uses.len() == before {
            break;
        }
    }
    assert!(uses.is_empty(), "in a cycle or above one: {:?}", uses.keys());
}
