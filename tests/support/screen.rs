//! The full-screen program on a terminal in memory.

use std::fmt::Write as _;

use exequatur::lang::{Lang, Localized};
use exequatur::matter::Matter;
use exequatur::scoring::Engine;
use exequatur::tui::effect::Env;
use exequatur::tui::keymap::Keymap;
use exequatur::tui::message::{Effect, ExportFault, Message};
use exequatur::tui::{Look, Model, Session, confirm, handle, message_of, outside, theme::Theme, update, view};
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::{TODAY, engine, matter_of};

/// The program on a terminal in memory, with a data folder of its own.
pub struct Program {
    pub model: Model<'static>,
    pub env: Env<'static>,
    pub folder: tempfile::TempDir,
    /// What was last to be saved, where nothing is written to disk.
    pub saved: Option<String>,
    on_disk: bool,
}

impl Program {
    /// Starts at the first screen.
    pub fn start(lang: Lang, size: (u16, u16)) -> Self {
        Program::open(lang, size, None)
    }

    /// Starts with a matter of the data folder.
    pub fn open(lang: Lang, size: (u16, u16), text: Option<&str>) -> Self {
        Program::of(engine(), lang, size, text, Vec::new())
    }

    /// Starts with any pack, and offers other ones.
    pub fn of(
        engine: &'static Engine<'static>,
        lang: Lang,
        size: (u16, u16),
        text: Option<&str>,
        others: Vec<(String, Localized)>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let opened = text.map(|text| (folder.path().join("test.toml"), matter_of(engine.pack, text)));
        let session = Session {
            lang,
            as_of: TODAY,
            opened,
            held: None,
            changes: Vec::new(),
            look: Look { theme: Theme::Mono, ..Look::default() },
            keymap: Keymap::default(),
            mouse: true,
            others,
            first: None,
        };
        let model = Model::new(engine, session, size);
        let env = Env::with_folder(engine, Ok(folder.path().to_path_buf()));
        Program { model, env, folder, saved: None, on_disk: true }
    }

    /// From now on saves are remembered instead of written: a thousand walks need no disk.
    pub fn without_disk(mut self) -> Self {
        self.on_disk = false;
        self
    }

    /// Presses keys: `Down Enter 1 C-k F2 text:words paste:words`.
    pub fn press(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            for event in events(word) {
                self.event(event);
            }
        }
        self
    }

    /// Gives an event to the program.
    pub fn event(&mut self, event: Event) {
        let mut next = message_of(&self.model, event);
        while let Some(message) = next.take() {
            let Some(effect) = update::update(&mut self.model, message) else { break };
            next = match effect {
                // Keys at random type names at random: nothing is written outside the test's own folder.
                Effect::SaveAs { path, .. } if !path.starts_with(self.folder.path()) => {
                    Some(Message::SavedAs(Err("outside the folder of the test".to_owned())))
                }
                Effect::Export { path, .. } if !path.starts_with(self.folder.path()) => {
                    Some(Message::Exported(Err(ExportFault::Failed("outside the folder of the test".to_owned()))))
                }
                effect if self.on_disk => Some(outside(effect, &self.model, &self.env)),
                Effect::Save { path, text } => {
                    self.saved = Some(text);
                    Some(Message::Saved(Ok(path.unwrap_or_else(|| "matter.toml".into()))))
                }
                _ => None,
            };
        }
        // As the loop does once the screen is drawn.
        confirm(&mut self.model, &self.env);
    }

    /// Lets time pass until nothing waits to be done.
    pub fn idle(&mut self) -> &mut Self {
        while self.model.wants_idle() {
            self.send(Message::Idle);
        }
        self
    }

    /// The text of a file of the data folder.
    pub fn file(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Scores what waits.
    pub fn settle(&mut self) -> &mut Self {
        update::settle(&mut self.model);
        self
    }

    /// The screen as text, with the place of the caret.
    pub fn screen(&self) -> String {
        let (columns, rows) = self.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal.draw(|frame| view::view(&self.model, frame)).unwrap();
        let shown = terminal.backend().cursor_visible();
        let at = terminal.backend_mut().get_cursor_position().unwrap();
        let mut out = screen_text(terminal.backend().buffer());
        let _ = if shown { writeln!(out, "caret {},{}", at.x, at.y) } else { writeln!(out, "no caret") };
        out
    }

    /// The matter in hand.
    pub fn matter(&self) -> &Matter {
        &self.model.work.as_ref().unwrap().matter
    }

    /// Sends a message as the loop would.
    pub fn send(&mut self, message: Message) {
        handle(&mut self.model, message, &self.env);
        confirm(&mut self.model, &self.env);
    }
}

/// The events of a word of a script.
fn events(word: &str) -> Vec<Event> {
    let key = |code, modifiers| vec![Event::Key(KeyEvent::new(code, modifiers))];
    let plain = |code| key(code, KeyModifiers::NONE);
    if let Some(text) = word.strip_prefix("text:") {
        return text.replace('_', " ").chars().flat_map(|c| plain(KeyCode::Char(c))).collect();
    }
    if let Some(text) = word.strip_prefix("paste:") {
        return vec![Event::Paste(text.replace('_', " "))];
    }
    if let Some(c) = word.strip_prefix("C-") {
        return key(KeyCode::Char(c.chars().next().unwrap()), KeyModifiers::CONTROL);
    }
    let code = match word {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Space" => KeyCode::Char(' '),
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "Delete" => KeyCode::Delete,
        "Backspace" => KeyCode::Backspace,
        _ if word.len() > 1 && word.starts_with('F') => KeyCode::F(word[1..].parse().unwrap()),
        _ => {
            let mut chars = word.chars();
            let c = chars.next().unwrap();
            assert!(chars.next().is_none(), "{word} is no key");
            KeyCode::Char(c)
        }
    };
    plain(code)
}

/// The cells as text. The cell after a wide character is part of it, and is skipped.
pub fn screen_text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut line = String::new();
        let mut skip = 0;
        for x in buffer.area.left()..buffer.area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            skip = exequatur::text::width(symbol).saturating_sub(1);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
