//! Writes two things before the program is compiled: the shipped packs, as texts and in the compact form
//! that a start reads (by the program's own code: the modules below are those of the program), and one
//! typed function for each message of the interface. A message that lacks a language, or whose languages
//! name different placeholders, stops the build here.

#![allow(
    dead_code,
    unused_imports,
    missing_docs,
    clippy::pedantic,
    reason = "each module is used whole by the program"
)]

mod diagnostic;
mod lang;
mod pack;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the folder"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets the folder"));
    // The whole path, so that a folder that was moved together with what was built in it is built anew:
    // the code that is written here names the files of the packs.
    println!("cargo::rerun-if-changed={}", root.join("questionnaires").display());
    println!("cargo::rerun-if-changed=src/messages");
    println!("cargo::rerun-if-changed=src/build.rs");
    println!("cargo::rerun-if-changed=src/diagnostic.rs");
    println!("cargo::rerun-if-changed=src/lang.rs");
    println!("cargo::rerun-if-changed=src/pack");
    println!("cargo::rerun-if-changed=src/pack.rs");
    fs::write(out.join("packs.rs"), packs(&root.join("questionnaires"), &out))
        .expect("the build folder can be written");
    fs::write(out.join("default.rs"), default(&root.join("questionnaires"))).expect("the build folder can be written");
    fs::write(out.join("messages.rs"), messages(&root.join("src/messages"))).expect("the build folder can be written");
}

/// The packs of the program as values of `BuiltIn` in `src/library.rs`:
/// `&[BuiltIn { id: "…", title: ("…", "…"), files: &[("pack.toml", include_str!(…)), …], compact: … }, …]`.
/// A pack with faults has no compact form: it is read from its texts, which says what they are.
fn packs(folder: &Path, out: &Path) -> String {
    let mut text = String::from("&[\n");
    for folder in sorted(folder).into_iter().filter(|path| path.is_dir()) {
        let id = name(&folder);
        let mut paths = Vec::new();
        walk(&folder, &mut paths);
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        let mut files = Vec::new();
        let mut listed = String::new();
        for path in paths {
            let inside = path.strip_prefix(&folder).expect("a file of the folder").to_string_lossy().replace('\\', "/");
            let _ = writeln!(listed, "({inside:?}, include_str!({:?})),", path.to_string_lossy());
            let content = fs::read_to_string(&path).expect("a file of a pack can be read");
            files.push(pack::File { path: inside, text: content });
        }
        let loaded = pack::load(&files);
        let compact = if loaded.faults.is_empty() {
            let path = out.join(format!("{id}.pack"));
            fs::write(&path, pack::embedded::write(&loaded.pack)).expect("the build folder can be written");
            format!("Some(include_bytes!({path:?}))")
        } else {
            "None".to_owned()
        };
        let title = &loaded.pack.title;
        let _ = writeln!(
            text,
            "BuiltIn {{ id: {id:?}, title: ({:?}, {:?}), files: &[\n{listed}], compact: {compact} }},",
            title.en, title.zh
        );
    }
    text.push(']');
    text
}

/// The id of the one pack whose `pack.toml` says `default = true`, as a literal.
fn default(folder: &Path) -> String {
    let chosen = |pack: &PathBuf| {
        let text = fs::read_to_string(pack.join("pack.toml")).unwrap_or_default();
        let table: toml::Table = text.parse().unwrap_or_default();
        table.get("default").and_then(toml::Value::as_bool) == Some(true)
    };
    let packs: Vec<PathBuf> = sorted(folder).into_iter().filter(chosen).collect();
    assert_eq!(packs.len(), 1, "one pack, and no other, says `default = true` in its pack.toml");
    format!("{:?}", name(&packs[0]))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder can be read").map(|entry| entry.expect("an entry").path()).collect();
    out.sort();
    out
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for path in sorted(folder) {
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

type Messages = BTreeMap<String, BTreeMap<String, (String, String)>>;

/// A module for each table and a function for each key, e.g. `home::new(lang)`; a message with
/// placeholders takes them as arguments in alphabetical order and gives a `String`. `{n|case|cases}` is
/// the first word where `n` is 1, else the second.
fn messages(folder: &Path) -> String {
    let mut all = Messages::new();
    for file in sorted(folder) {
        let text = fs::read_to_string(&file).expect("a message file can be read");
        let table: toml::Table = text.parse().unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        for (section, keys) in table {
            let keys =
                keys.as_table().unwrap_or_else(|| panic!("{}: {section} is not a table", file.display())).clone();
            for (key, value) in keys {
                let get = |lang: &str| {
                    let text = value.get(lang).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
                    assert!(!text.is_empty(), "{}: {section}.{key} lacks `{lang}`", file.display());
                    text
                };
                let pair = (get("en"), get("zh"));
                assert_eq!(holes(&pair.0), holes(&pair.1), "{section}.{key}: the placeholders differ");
                let old = all.entry(section.clone()).or_default().insert(key.clone(), pair);
                assert!(old.is_none(), "{section}.{key} is written twice");
            }
        }
    }
    let mut text = String::new();
    let mut arms = String::new();
    for (section, keys) in &all {
        let _ = writeln!(text, "/// Messages of `{section}`.\npub mod {} {{\nuse super::Lang;", ident(section));
        for (key, (en, zh)) in keys {
            let _ = writeln!(
                arms,
                "(Lang::En, {:?}) => {en:?},\n(Lang::Zh, {:?}) => {zh:?},",
                format!("{section}.{key}"),
                format!("{section}.{key}")
            );
            let holes = holes(en);
            let _ = writeln!(text, "/// `{}`", en.replace('\n', " ").replace('`', "'"));
            if holes.is_empty() {
                let _ = writeln!(
                    text,
                    "pub const fn {}(lang: Lang) -> &'static str {{ match lang {{ Lang::En => {en:?}, Lang::Zh => {zh:?} }} }}",
                    ident(key)
                );
            } else {
                let arguments: Vec<String> =
                    holes.iter().map(|hole| format!("{hole}: impl std::fmt::Display")).collect();
                let [en, zh] = [en, zh].map(|text| format!("format!({:?}{})", named(text), numbers(text)));
                let _ = writeln!(
                    text,
                    "pub fn {}(lang: Lang, {}) -> String {{ match lang {{ Lang::En => {en}, Lang::Zh => {zh} }} }}",
                    ident(key),
                    arguments.join(", ")
                );
            }
        }
        text.push_str("}\n");
    }
    let _ = writeln!(
        text,
        "/// A message by its key, e.g. `grade.low`, for words that come from data.\npub fn lookup(lang: Lang, key: &str) -> Option<&'static str> {{ Some(match (lang, key) {{ {arms} _ => return None }}) }}"
    );
    text
}

/// The contents of braces: a placeholder, or the word for one and for many of it, `n|case|cases`.
fn braces(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// The text with a name of its own for each word that goes by number.
fn named(text: &str) -> String {
    let words = braces(text).filter(|inside| inside.contains('|'));
    words
        .enumerate()
        .fold(text.to_owned(), |text, (n, inside)| text.replacen(&format!("{{{inside}}}"), &format!("{{word{n}}}"), 1))
}

/// The words that go by number, as arguments for `format!`.
fn numbers(text: &str) -> String {
    let words = braces(text).filter(|inside| inside.contains('|'));
    let argument = |(n, inside): (usize, &str)| {
        let parts: Vec<&str> = inside.split('|').collect();
        let [count, one, many] = parts[..] else { panic!("`{inside}` is not `number|one|many`") };
        format!(", word{n} = if {count}.to_string() == \"1\" {{ {one:?} }} else {{ {many:?} }}")
    };
    words.enumerate().map(argument).collect()
}

/// The placeholders of a message, in alphabetical order.
fn holes(text: &str) -> Vec<String> {
    let name = |inside: &str| inside.split('|').next().unwrap_or_default().to_owned();
    let mut out: Vec<String> = braces(text).map(name).collect();
    out.sort();
    out.dedup();
    out
}

fn ident(key: &str) -> String {
    let name = key.replace('-', "_");
    if matches!(
        name.as_str(),
        "type" | "match" | "move" | "in" | "for" | "use" | "where" | "loop" | "final" | "mod" | "true" | "false"
    ) {
        return format!("{name}_");
    }
    name
}
