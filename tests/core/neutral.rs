//! No line of Rust, and no message of the interface, knows which pack it runs.

use exequatur::library;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn sources(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, ending, out);
        } else if path.extension().is_some_and(|found| found == ending) {
            out.push(path);
        }
    }
}

fn texts(ending: &str) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), ending, &mut paths);
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("text"))).collect()
}

/// Names that the format gives to parts of a file, and ids of packs as well: a key of TOML, a field of
/// a profile or a treaty, a part that a question plays, a section of the messages.
const OF_THE_FORMAT: [&str; 9] =
    ["id", "service", "limitation", "reciprocity", "assets", "contest", "jurisdiction", "scope", "finality"];

#[test]
fn no_line_of_rust_names_an_id_of_a_pack() {
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for name in library::ids() {
        let pack = library::built_in(name).expect("a shipped pack").pack;
        ids.insert(pack.id);
        ids.extend(pack.questions.iter().map(|question| question.id.clone()));
        ids.extend(pack.profiles.iter().map(|profile| profile.id.clone()));
        ids.extend(pack.hurdles.iter().map(|hurdle| hurdle.id.clone()));
        ids.extend(pack.cases.iter().map(|case| case.id.clone()));
        ids.extend(pack.examples.iter().map(|(name, _)| name.clone()));
        ids.extend(pack.actions.iter().map(|action| action.id.clone()));
    }
    ids.retain(|id| !OF_THE_FORMAT.contains(&id.as_str()));
    assert!(ids.len() > 200, "the packs were read");
    for (file, text) in texts("rs") {
        // Tests inside a module make packs and matters of their own.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (n, line) in code.lines().enumerate() {
            let literals = line.split('"').skip(1).step_by(2);
            for literal in literals {
                assert!(!ids.contains(literal), "{file}:{}: `{literal}` is an id of a pack", n + 1);
            }
            for pack in library::ids() {
                assert!(!line.contains(pack), "{file}:{}: names the pack {pack}", n + 1);
            }
        }
    }
}

#[test]
fn no_message_speaks_of_what_one_pack_is_about() {
    let of_a_pack = ["Chinese judgment", "Chinese court", "in China", "abroad", "中国", "国内", "域外", "境外"];
    for (file, text) in texts("toml") {
        for (n, line) in text.lines().enumerate() {
            for words in of_a_pack {
                assert!(!line.contains(words), "{file}:{}: `{words}` belongs into pack.toml", n + 1);
            }
        }
    }
}
