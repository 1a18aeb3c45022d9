//! What the tests share: the shipped packs, matters and results, and a driver for each front end.

#![allow(dead_code, reason = "each test program takes what it needs")]

pub mod batch;
pub mod command_line;
pub mod drawn;
pub mod line_mode;
#[cfg(unix)]
pub mod pty;
pub mod screen;

use std::sync::LazyLock;

use exequatur::lang::Lang;
use exequatur::library;
use exequatur::matter::{Matter, file};
use exequatur::pack::Pack;
use exequatur::report::{self, Audience, Form, Options, Report};
use exequatur::scoring::{Assessment, Engine, Scope};
use jiff::civil::{Date, date};

/// The day of every result.
pub const TODAY: Date = date(2026, 11, 22);

/// Numbers of a fixed sequence (Knuth's MMIX constants), so that a failure can be repeated.
pub struct Random(pub u64);

impl Random {
    /// One of the numbers below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % n
    }
}

/// A shipped pack, read once, with its engine.
fn shipped(id: &'static str) -> Engine<'static> {
    Engine::new(Box::leak(Box::new(library::built_in(id).expect("a shipped pack").pack)))
}

/// The default pack.
pub fn pack() -> &'static Pack {
    engine().pack
}

/// The engine of the default pack.
pub fn engine() -> &'static Engine<'static> {
    static ENGINE: LazyLock<Engine<'static>> = LazyLock::new(|| shipped(library::DEFAULT));
    &ENGINE
}

/// The engine of the other shipped pack.
pub fn inbound() -> &'static Engine<'static> {
    static ENGINE: LazyLock<Engine<'static>> = LazyLock::new(|| shipped("prc-inbound"));
    &ENGINE
}

/// A matter of the default pack from its text, which has no fault.
#[track_caller]
pub fn matter(text: &str) -> Matter {
    matter_of(pack(), text)
}

/// A matter of any pack from its text, which has no fault.
#[track_caller]
pub fn matter_of(pack: &Pack, text: &str) -> Matter {
    let read = file::read("matter.toml", text, pack);
    assert!(read.faults.is_empty(), "{:#?}", read.faults);
    read.matter.expect("no faults")
}

/// The text of an example of a pack.
pub fn example<'p>(pack: &'p Pack, name: &str) -> &'p str {
    &pack.examples.iter().find(|(known, _)| known == name).expect("the example").1
}

/// The result for the targets of the matter.
pub fn assess(engine: &Engine<'_>, matter: &Matter) -> Assessment {
    engine.assess(matter, TODAY, &Scope::Matter)
}

/// The report on a matter.
pub fn report(engine: &Engine<'_>, matter: &Matter, lang: Lang, form: Form, audience: Audience) -> Report {
    report::build(engine, matter, &assess(engine, matter), Options { lang, form, audience })
}
