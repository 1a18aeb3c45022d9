//! What every input must hold to, whoever gives it: the fuzzer with what it makes up (`tests/fuzz`),
//! and `tests/screen/corpus.rs` with what the fuzzer kept.

#![allow(dead_code, reason = "each fuzz target and each test file takes what it needs")]

pub mod soak;
pub mod walk;

#[path = "../small/mod.rs"]
mod small;

use std::fmt::Write as _;
use std::sync::OnceLock;

use exequatur::batch::Plan;
use exequatur::batch::case::{Reader, Wrong};
use exequatur::batch::result;
use exequatur::batch::run::{JsonLines, Source, run};
use exequatur::diagnostic::Diagnostic;
use exequatur::lang::Lang;
use exequatur::matter::{Matter, fact_vector as facts, file, redact};
use exequatur::pack::condition::{Sentence, parse};
use exequatur::pack::{File, Pack, load};
use exequatur::scoring::money::Exchange;
use exequatur::scoring::{Engine, Scope, consistency};
use exequatur::{faults, flow, library, text};
use jiff::civil::Date;

/// The day of every result here.
pub const TODAY: Date = jiff::civil::date(2026, 11, 22);

/// The packs in the binary and their engines, made once.
pub fn engines() -> &'static [Engine<'static>] {
    static ENGINES: OnceLock<Vec<Engine<'static>>> = OnceLock::new();
    ENGINES.get_or_init(|| {
        let others = library::ids().filter(|id| *id != library::DEFAULT);
        let packs = std::iter::once(library::DEFAULT).chain(others);
        packs.map(|id| Engine::new(Box::leak(Box::new(library::built_in(id).expect("a pack").pack)))).collect()
    })
}

/// The pack that is used when none is named.
fn pack_in_use() -> &'static Pack {
    engines()[0].pack
}

/// Nothing that a terminal obeys, or that hides. Line feeds end lines.
pub fn harmless(shown: &str, of: &str) {
    assert_eq!(text::clean(shown), shown, "{of}");
}

/// Faults point into the text that they are about, and are told without harm.
fn told(faults: &[Diagnostic], texts: &[(String, String)]) {
    for fault in faults {
        let Some((_, text)) = texts.iter().find(|(path, _)| *path == fault.file) else { continue };
        assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len(), "{fault:?}");
        assert!(text.is_char_boundary(fault.span.start) && text.is_char_boundary(fault.span.end), "{fault:?}");
    }
    // A file may have thousands of faults of one kind; one of each is told.
    let mut some: Vec<Diagnostic> = faults.to_vec();
    some.sort_by_key(|fault| fault.code);
    some.dedup_by_key(|fault| fault.code);
    for lang in Lang::ALL {
        let find = |path: &str| texts.iter().find(|(known, _)| known == path).map(|(_, text)| text.as_str());
        harmless(&faults::render(&some, lang, false, find), "faults");
    }
}

/// The files of a pack: parts that begin with `=== path`, over those of a small pack without fault.
fn files(text: &str) -> Vec<File> {
    let mut files = small::files();
    let parts = text.split("=== ").filter_map(|part| part.split_once('\n'));
    for (path, text) in parts.take(64) {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        match files.iter_mut().find(|known| known.path == file.path) {
            Some(known) => *known = file,
            None => files.push(file),
        }
    }
    files
}

/// A pack from strangers is read, its faults are told, and where it has none it scores within bounds.
pub fn pack(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let files = files(text);
    let loaded = load(&files);
    let texts: Vec<(String, String)> = files.into_iter().map(|file| (file.path, file.text)).collect();
    told(&loaded.faults, &texts);
    if !loaded.faults.is_empty() {
        return;
    }
    let engine = Engine::new(&loaded.pack);
    let mut matter = Matter::default();
    // Of every question that has options, each in turn is answered with its first.
    for question in &loaded.pack.questions {
        bounded(&engine, &matter);
        let Some(option) = question.options.first() else { continue };
        let given = exequatur::matter::raw_input::RawInput::Text(&option.id);
        if let Ok(value) = exequatur::matter::raw_input::value(&loaded.pack, question, &given) {
            matter.answers.insert(question.id.clone(), exequatur::matter::Answer::told(value));
        }
    }
    bounded(&engine, &matter);
    again(&matter, &loaded.pack);
}

/// Every figure of every target is within its bounds.
fn bounded(engine: &Engine<'_>, matter: &Matter) {
    let targets: Vec<String> = engine.pack.profiles.iter().take(3).map(|profile| profile.id.clone()).collect();
    for result in engine.assess(matter, TODAY, &Scope::Only(targets)).rows {
        let outlook = result.outlook;
        assert!(0.0 <= outlook.answers[0] && outlook.answers[0] <= outlook.expected + 1e-9, "{outlook:?}");
        assert!(outlook.expected <= outlook.answers[1] + 1e-9 && outlook.answers[1] <= 1.0, "{outlook:?}");
        assert!(result.confidence.index <= 100);
    }
}

/// What is written is read as the same.
fn again(matter: &Matter, pack: &Pack) {
    let written = file::write(matter, pack);
    let read = file::read("matter.toml", &written, pack);
    assert!(read.faults.is_empty(), "{:?}\n{written}", read.faults);
    let read = read.matter.expect("no faults");
    assert_eq!(&read, matter, "\n{written}");
    assert_eq!(file::write(&read, pack), written);
}

/// A matter of any bytes is refused with its faults, or read, written and read as the same.
pub fn matter(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let named = file::pack_of(text);
    let other = engines()
        .iter()
        .filter(|engine| Some(&engine.pack.id) == named.as_ref() && engine.pack.id != engines()[0].pack.id);
    for engine in engines().iter().take(1).chain(other) {
        let read = file::read("matter.toml", text, engine.pack);
        assert_eq!(read.faults.is_empty(), read.matter.is_some());
        told(&read.faults, &[("matter.toml".to_owned(), text.to_owned())]);
        let Some(matter) = read.matter else { continue };
        again(&matter, engine.pack);
        let answers = flow::answers_in_force(engine.pack, &matter);
        let _ = consistency::findings(engine.pack, &answers, &Exchange::new(engine.pack, &matter), TODAY);
        let redacted = redact::redacted(&matter);
        again(&redacted, engine.pack);
        line(&matter, engine.pack);
    }
}

/// The vector of a matter is one line and carries the same facts.
fn line(matter: &Matter, pack: &Pack) {
    let line = facts::write(pack, matter);
    assert!(!line.contains('\n'), "{line}");
    harmless(&line, "a vector");
    let read = facts::read(pack, &line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
    assert_eq!(facts::write(pack, &read), line);
}

/// A vector of any text is refused, or read, written and read as the same.
pub fn vector(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = facts::pack_of(text);
    for engine in engines() {
        let pack = engine.pack;
        let Ok(matter) = facts::read(pack, text) else { continue };
        line(&matter, pack);
        assert_eq!(facts::read(pack, &facts::write(pack, &matter)).as_ref(), Ok(&matter));
        let bare = facts::redact(flow::in_force(pack, &matter));
        assert_eq!(facts::read(pack, &facts::write(pack, &bare)), Ok(bare));
        again(&matter, pack);
    }
}

/// A condition of any text is refused at a place in it, or printed and read as the same.
pub fn condition(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match parse(text) {
        Ok(sentence) => {
            let printed = printed(&sentence);
            let read = parse(&printed).unwrap_or_else(|fault| panic!("{fault:?}: {printed}"));
            assert_eq!(self::printed(&read), printed);
            assert!(same(&sentence, &read), "{printed}");
        }
        Err(fault) => {
            assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len());
            assert!(text.is_char_boundary(fault.span.start) && text.is_char_boundary(fault.span.end));
        }
    }
}

/// A sentence as text, with parentheses only where they are needed, so that it nests no deeper.
fn printed(sentence: &Sentence) -> String {
    let joined = |parts: &[Sentence], with: &str, needs: fn(&Sentence) -> bool| {
        let part = |part: &Sentence| if needs(part) { format!("({})", printed(part)) } else { printed(part) };
        parts.iter().map(part).collect::<Vec<_>>().join(with)
    };
    match sentence {
        Sentence::Test(test) => {
            let verb = match (test.has, test.negated, test.words.len() > 1) {
                (true, _, true) => "has any of",
                (true, _, false) => "has",
                (false, true, true) => "is not one of",
                (false, true, false) => "is not",
                (false, false, true) => "is one of",
                (false, false, false) => "is",
            };
            let words: Vec<&str> = test.words.iter().map(|word| word.text.as_str()).collect();
            format!("{} {verb} {}", test.subject.text, words.join(", "))
        }
        Sentence::Not(inner) => match **inner {
            Sentence::Test(_) | Sentence::Not(_) => format!("not {}", printed(inner)),
            _ => format!("not ({})", printed(inner)),
        },
        Sentence::All(parts) => joined(parts, " and ", |part| matches!(part, Sentence::All(_) | Sentence::Any(_))),
        Sentence::Any(parts) => joined(parts, " or ", |part| matches!(part, Sentence::Any(_))),
    }
}

/// The same sentence, wherever its words stand.
fn same(a: &Sentence, b: &Sentence) -> bool {
    let all = |a: &[Sentence], b: &[Sentence]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    match (a, b) {
        (Sentence::Test(a), Sentence::Test(b)) => {
            let words = |test: &exequatur::pack::condition::Test| {
                test.words.iter().fold(String::new(), |mut text, word| {
                    let _ = write!(text, "{} ", word.text);
                    text
                })
            };
            a.subject.text == b.subject.text && a.has == b.has && a.negated == b.negated && words(a) == words(b)
        }
        (Sentence::Not(a), Sentence::Not(b)) => same(a, b),
        (Sentence::All(a), Sentence::All(b)) | (Sentence::Any(a), Sentence::Any(b)) => all(a, b),
        _ => false,
    }
}

/// Whatever a line holds, its result is one line of JSON with its reference or the reason.
pub fn batch_line(bytes: &[u8]) {
    let engine = &engines()[0];
    let plan = Plan { pack: engine.pack, scope: Scope::Matter, as_of: TODAY, lang: Lang::En };
    let exchange = Exchange::new(engine.pack, &Matter::default());
    let (mut lines, mut wanted) = (Vec::new(), 0);
    for lang in Lang::ALL {
        let reader = Reader::new(engine.pack, lang);
        for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1..) {
            match reader.line(line) {
                Ok(mut case) => {
                    // A case with every target is no other code than one with a few, and takes the fuzzer's time.
                    if case.answers.targets(engine.pack).count() > 4 {
                        continue;
                    }
                    case.answers.hide(engine.pack);
                    let triage = engine.triage(&case.answers, &exchange, plan.as_of, &plan.scope);
                    result::write(&case.id, &triage, &mut lines);
                }
                Err(wrong) => wrote_wrong(&wrong, number, &mut lines),
            }
            wanted += 1;
        }
    }
    assert_eq!(json(&lines), wanted);
    if bytes.starts_with(b"id,") {
        let mut out = Vec::new();
        let mut input = bytes;
        let done = run(&plan, Source::Table(&mut input), &JsonLines, &mut out, 1, &mut |_| ());
        let found = json(&out);
        if let Ok(tally) = done {
            assert_eq!(tally.cases + tally.wrong, found);
        }
    }
}

fn wrote_wrong(wrong: &Wrong, line: u64, out: &mut Vec<u8>) {
    harmless(&wrong.why, "the reason");
    result::write_wrong(wrong, line, out);
}

/// How many lines of JSON these are; nothing else may be among them.
fn json(lines: &[u8]) -> u64 {
    let text = std::str::from_utf8(lines).expect("UTF-8");
    assert!(text.is_empty() || text.ends_with('\n'));
    for line in text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|fault| panic!("{fault}: {line}"));
        assert!(value.is_object());
    }
    text.lines().count() as u64
}

/// Keys, clicks, pastes and sizes of any bytes.
pub fn keys(bytes: &[u8]) {
    walk::keys(bytes);
}
