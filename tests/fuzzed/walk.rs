//! The full-screen program driven by bytes, without a terminal and without a disk. After every event
//! the screen is drawn and looked at.

use std::path::PathBuf;

use exequatur::export;
use exequatur::lang::Lang;
use exequatur::matter::merge::{Merged, merge};
use exequatur::matter::{Matter, file};
use exequatur::pack::Pack;
use exequatur::scoring::Engine;
use exequatur::store::conflict::Conflict;
use exequatur::store::lock::Holder;
use exequatur::store::open_matter::LoadedMatter;
use exequatur::tui::keymap::Keymap;
use exequatur::tui::message::{Effect, ExportFault, Message, Recent};
use exequatur::tui::theme::Theme;
use exequatur::tui::{Look, Model, Session, message_of, update, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

use super::{TODAY, engines};

/// Sizes of a terminal, from generous to useless.
pub const SIZES: [(u16, u16); 5] = [(160, 50), (120, 36), (80, 24), (60, 20), (20, 5)];

/// Sizes that no terminal should have, and some have for a moment.
const ODD_SIZES: [(u16, u16); 6] = [(0, 0), (1, 1), (2, 40), (200, 1), (7, 3), (300, 90)];

/// Texts that somebody could paste.
const PASTES: [&str; 12] = [
    "送达 service",
    "2024-03-01",
    "390万元",
    "1,000,000 USD",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{202e}txt.exe\u{2066}\u{200b}\u{feff}",
    "a\nb\r\nc\td",
    "\u{0}\u{9b}31m",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "👨‍👩‍👧🇨🇳",
    "/nowhere/at/all/matter.toml",
    "ภาษาไทย हिन्दी",
];

/// What the bytes are spent on, one after the other.
struct Bytes<'b>(&'b [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        Some(list[usize::from(self.next()?) % list.len()])
    }
}

/// Something that happens.
enum Happens {
    Event(Event),
    /// Time for so many pieces of scoring.
    Idle(u8),
    /// A signal.
    Ended,
}

/// Keys without a letter, in the order of the bytes that stand for them.
const KEYS: [KeyCode; 27] = [
    KeyCode::Enter,
    KeyCode::Esc,
    KeyCode::Tab,
    KeyCode::BackTab,
    KeyCode::Up,
    KeyCode::Down,
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::PageUp,
    KeyCode::PageDown,
    KeyCode::Delete,
    KeyCode::Backspace,
    KeyCode::Insert,
    KeyCode::F(1),
    KeyCode::F(2),
    KeyCode::F(3),
    KeyCode::F(4),
    KeyCode::F(5),
    KeyCode::F(6),
    KeyCode::F(7),
    KeyCode::F(8),
    KeyCode::F(9),
    KeyCode::F(10),
    KeyCode::F(11),
    KeyCode::F(12),
];

/// One event. Printable ASCII stands for itself.
fn happens(bytes: &mut Bytes<'_>) -> Option<Happens> {
    let key = |code, modifiers| Happens::Event(Event::Key(KeyEvent::new(code, modifiers)));
    let sized = |(columns, rows)| Happens::Event(Event::Resize(columns, rows));
    Some(match bytes.next()? {
        byte @ 0x20..=0x7e => key(KeyCode::Char(char::from(byte)), KeyModifiers::NONE),
        byte @ 0x00..=0x1a => key(KEYS[usize::from(byte)], KeyModifiers::NONE),
        0x1b => key(bytes.of(&KEYS)?, KeyModifiers::SHIFT),
        0x1c => key(bytes.of(&KEYS)?, KeyModifiers::CONTROL),
        0x1d => key(bytes.of(&KEYS)?, KeyModifiers::ALT),
        0x1e => Happens::Idle(bytes.next()? % 32),
        0x1f => Happens::Event(Event::Paste(bytes.of(&PASTES)?.to_owned())),
        byte @ 0x80..=0x99 => key(KeyCode::Char(char::from(byte - 0x80 + b'a')), KeyModifiers::CONTROL),
        byte @ 0x9a..=0xb3 => key(KeyCode::Char(char::from(byte - 0x9a + b'a')), KeyModifiers::ALT),
        0xb4..=0xbf => {
            let all =
                ['送', '年', 'é', 'ß', '\u{301}', '\u{200b}', '\u{202e}', '\u{7f}', '\u{1b}', '😀', 'ｗ', '\u{0}'];
            key(KeyCode::Char(bytes.of(&all)?), KeyModifiers::NONE)
        }
        0xc0..=0xcf => sized(bytes.of(&SIZES)?),
        0xd0..=0xd1 => sized(bytes.of(&ODD_SIZES)?),
        0xd2..=0xef => {
            let kinds = [
                MouseEventKind::Down(MouseButton::Left),
                MouseEventKind::Down(MouseButton::Left),
                MouseEventKind::ScrollUp,
                MouseEventKind::ScrollDown,
                MouseEventKind::Down(MouseButton::Right),
                MouseEventKind::Moved,
            ];
            let kind = bytes.of(&kinds)?;
            let (column, row) = (u16::from(bytes.next()?), u16::from(bytes.next()?) % 64);
            Happens::Event(Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
        }
        0xf0..=0xfd => {
            let length = usize::from(bytes.next()? % 32).min(bytes.0.len());
            let (words, rest) = bytes.0.split_at(length);
            bytes.0 = rest;
            Happens::Event(Event::Paste(String::from_utf8_lossy(words).into_owned()))
        }
        0xfe => Happens::Event(if bytes.next()? % 2 == 0 { Event::FocusGained } else { Event::FocusLost }),
        _ => Happens::Ended,
    })
}

/// Where a walk begins.
#[derive(Clone, Copy, Debug)]
pub struct Start {
    /// Which pack.
    pub pack: usize,
    /// Language.
    pub lang: Lang,
    /// Columns and rows.
    pub size: (u16, u16),
    /// Which example of the pack is open; none beyond the last.
    pub example: usize,
    /// Whether the matter that is open is another's, to be read only.
    pub held: bool,
}

/// The program on its way.
pub struct Walk {
    start: Start,
    model: Model<'static>,
    terminal: Terminal<TestBackend>,
    /// How many things were done outside: the answers take turns.
    done: usize,
    /// How often the program was left and begun again.
    pub starts: usize,
}

fn model(start: Start) -> Model<'static> {
    let engine = &engines()[start.pack % engines().len()];
    let opened = example(engine, start.example).map(|matter| (PathBuf::from("/data/test.toml"), matter));
    let held = (start.held && opened.is_some()).then(holder);
    let session = Session {
        lang: start.lang,
        as_of: TODAY,
        opened,
        held,
        changes: Vec::new(),
        look: Look { theme: Theme::Mono, ..Look::default() },
        keymap: Keymap::default(),
        mouse: true,
        others: Vec::new(),
        first: None,
    };
    Model::new(engine, session, start.size)
}

fn holder() -> Holder {
    Holder { process: "1".to_owned(), host: "elsewhere".to_owned(), since: "2026-11-22".to_owned() }
}

fn example(engine: &Engine<'_>, at: usize) -> Option<Matter> {
    let (_, text) = engine.pack.examples.get(at)?;
    file::read("example.toml", text, engine.pack).matter
}

impl Walk {
    /// Begins.
    pub fn new(start: Start) -> Self {
        let terminal = Terminal::new(TestBackend::new(start.size.0, start.size.1)).expect("a screen in memory");
        Walk { start, model: model(start), terminal, done: 0, starts: 1 }
    }

    fn happen(&mut self, what: Happens) {
        match what {
            Happens::Event(event) => {
                if let Some(message) = message_of(&self.model, event) {
                    self.send(message);
                }
            }
            Happens::Idle(pieces) => {
                for _ in 0..pieces {
                    if !self.model.wants_idle() {
                        break;
                    }
                    self.send(Message::Idle);
                }
            }
            Happens::Ended => self.send(Message::Ended(15)),
        }
        if self.model.outcome.is_some() {
            let size = self.model.size;
            self.model = model(Start { size, ..self.start });
            self.starts += 1;
        }
        self.look();
    }

    fn send(&mut self, message: Message) {
        let mut next = Some(message);
        while let Some(message) = next.take() {
            if let Some(effect) = update::update(&mut self.model, message) {
                self.done += 1;
                next = Some(self.answer(effect));
            }
        }
        // The disk confirms what was saved, or does not.
        if self.model.work.as_ref().is_some_and(|work| work.unwritten && work.unsaved.is_none()) {
            let failed = self.done.is_multiple_of(9);
            let result = if failed { Err("Input/output error (os error 5)".to_owned()) } else { Ok(()) };
            update::update(&mut self.model, Message::Confirmed(result));
        }
    }

    /// Answers what the program wants done outside: mostly it is done, sometimes it fails, and each way
    /// in which it can turn out has its turn.
    fn answer(&self, effect: Effect) -> Message {
        let pack = self.model.engine.pack;
        let failed = || "No space left on device (os error 28)".to_owned();
        let turn = self.done % 16;
        match effect {
            Effect::Save { path, text } => {
                let mine = kept(&text, pack);
                let path = path.unwrap_or_else(|| "/data/matter.toml".into());
                let other = example(self.model.engine, self.done % 3).unwrap_or_default();
                match turn {
                    3 => Message::Saved(Err(failed())),
                    7 => {
                        let Merged { matter, taken, conflicts } = merge(&Matter::default(), &mine, &other);
                        if conflicts.is_empty() {
                            Message::Merged(path, Box::new(matter), taken.len())
                        } else {
                            Message::Conflict(Box::new(Conflict { merged: matter, theirs: other, conflicts }))
                        }
                    }
                    11 => Message::Merged(path, Box::new(merge(&mine, &mine, &other).matter), 1),
                    _ => Message::Saved(Ok(path)),
                }
            }
            Effect::Rename { path, text, .. } | Effect::Settle { path, text } => {
                kept(&text, pack);
                Message::Saved(if turn == 3 { Err(failed()) } else { Ok(path) })
            }
            Effect::Encrypt { path, text, .. } => {
                kept(&text, pack);
                Message::Saved(Ok(path.unwrap_or_else(|| "/data/matter.toml.age".into())))
            }
            Effect::SaveAs { path, text, .. } => {
                kept(&text, pack);
                Message::SavedAs(if turn.is_multiple_of(2) { Ok(path) } else { Err(failed()) })
            }
            Effect::PutAside(text) => {
                kept(&text, pack);
                Message::PutAside(if turn.is_multiple_of(2) {
                    Ok("/data/put-aside.toml".into())
                } else {
                    Err(failed())
                })
            }
            Effect::Export { order, path, replace } => Message::Exported(match turn % 4 {
                _ if !replace && turn == 5 => Err(ExportFault::Exists),
                0 => match export::bytes(self.model.engine, &order) {
                    Ok(_) => Ok(path),
                    Err(fault) => Err(ExportFault::Failed(format!("{fault:#}"))),
                },
                _ => Ok(path),
            }),
            Effect::Open(path) | Effect::OpenLocked(path, _) => {
                match (turn % 5, example(self.model.engine, turn % 4)) {
                    (0, _) => Message::Locked(path),
                    (1, _) | (_, None) => Message::Opened(Err("\u{1b}[31mno such file".to_owned())),
                    (2, Some(matter)) => {
                        let changes = vec![
                            file::Change::Version("0.9.0".to_owned()),
                            file::Change::Kept("\u{202e}old".to_owned()),
                            file::Change::Open(3),
                        ];
                        Message::OpenedWith(path, Box::new(LoadedMatter { matter, changes, held: Some(holder()) }))
                    }
                    (_, Some(matter)) => Message::Opened(Ok((path, matter))),
                }
            }
            Effect::ListRecent => {
                let titles =
                    ["", "Li v Zhang", "\u{1b}[2J\u{202e}x", "一个很长的案件名称一个很长的案件名称一个很长的案件名称"];
                let recent = |(at, title): (usize, &&str)| Recent {
                    path: format!("/data/{at}\u{1b}.toml").into(),
                    title: (*title).to_owned(),
                };
                Message::Recent(titles.iter().enumerate().map(recent).collect())
            }
        }
    }

    /// Draws, and looks at what was drawn and at where the user is.
    fn look(&mut self) {
        let (columns, rows) = self.model.size;
        let area = self.terminal.backend().buffer().area;
        if (area.width, area.height) != (columns, rows) {
            self.terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a screen in memory");
        }
        let model = &self.model;
        self.terminal.draw(|frame| view::view(model, frame)).expect("drawn in memory");
        for cell in &self.terminal.backend().buffer().content {
            let symbol = cell.symbol();
            assert!(is_harmless(symbol), "{symbol:?} in a cell of {:?}", model.screen);
        }
        if let Some(work) = &model.work {
            assert!(work.at < model.engine.pack.questions.len(), "at {}", work.at);
            assert!(work.undo.len() <= 10_000, "{} changes to undo", work.undo.len());
            assert_eq!(work.unwritten, work.unsaved.is_some(), "a save was forgotten in {:?}", self.model.screen);
        }
    }
}

/// Nothing that a terminal obeys, that turns the order of a line round, or that spills over other lines.
/// A joiner stays: some scripts and the pictures of families need it.
fn is_harmless(symbol: &str) -> bool {
    let obeyed = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    symbol.is_ascii() && symbol.len() == 1 && !symbol.starts_with(obeyed)
        || symbol.chars().count() <= 12 && !symbol.chars().any(obeyed)
}

/// What is saved can be opened again, and is the same.
fn kept(text: &str, pack: &Pack) -> Matter {
    let read = file::read("matter.toml", text, pack);
    assert!(read.faults.is_empty(), "{:?}\n{text}", read.faults);
    let matter = read.matter.expect("no faults");
    assert_eq!(file::write(&matter, pack), text);
    matter
}

/// Walks as the bytes say: the first is where it begins, the rest is what happens.
pub fn keys(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let (Some(first), Some(second)) = (bytes.next(), bytes.next()) else { return };
    let first = usize::from(first);
    let start = Start {
        pack: first & 1,
        lang: if first & 2 == 0 { Lang::En } else { Lang::Zh },
        size: SIZES[(first >> 2) % SIZES.len()],
        example: usize::from(second % 6),
        held: second & 0x80 != 0,
    };
    let mut walk = Walk::new(start);
    walk.look();
    // So many events are more than anybody needs to come from one state to any other.
    for _ in 0..80 {
        let Some(what) = happens(&mut bytes) else { return };
        walk.happen(what);
    }
}

/// So many events by chance, as a person with a keyboard would have them: many keys that move, some
/// letters, few that leave. Gives how many happened.
pub fn at_random(start: Start, events: usize, random: &mut impl FnMut(u32) -> u32) -> Walk {
    let mut walk = Walk::new(start);
    for _ in 0..events {
        let byte = match random(100) {
            0..40 => random(15),
            40..48 => 15 + random(12),
            48..60 => b'0'.into(),
            60..78 => 0x20 + random(95),
            78..80 => 0x1e,
            80..82 => 0x1f,
            82..84 => 0x1b + random(3),
            84..87 => 0x80 + random(26),
            87..89 => 0xb4,
            89..90 => 0xc0 + random(18),
            90..98 => 0xd2,
            _ => 0x9a + random(26),
        };
        // Digits choose options; `q`, Ctrl-C and Ctrl-Q leave, and nobody comes far who always leaves.
        let byte = if byte == u32::from(b'0') { byte + random(10) } else { byte };
        let leaves = [u32::from(b'q'), 0x80 + 2, 0x80 + 16].contains(&byte);
        let byte = if leaves && random(8) != 0 { 0 } else { byte };
        let all = [byte, random(256), random(256), random(256)].map(|byte| byte.to_le_bytes()[0]);
        if let Some(what) = happens(&mut Bytes(&all)) {
            walk.happen(what);
        }
    }
    walk
}
