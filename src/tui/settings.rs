//! The user's settings: language, theme, colours and keys, read from one TOML file.
//!
//! A faulty setting does not stop the program: it is named as in a pack, with its line and what to do, and its default
//! is used; everything else counts.

use crossterm::event::KeyCode;
use strum::IntoEnumIterator as _;
use toml::Spanned;
use toml::de::DeValue;

use super::keymap::{Bound, Context, Key, Keymap, TABLE};
use super::message::Command;
use super::theme::{Meaning, Theme, UserStyles, read_style};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Lang;
use crate::messages::settings as words;
use crate::pack::reader::{Located, Reader, Table, nearest};

/// What a user may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language, where it is not that of the system.
    pub lang: Option<Lang>,
    pub theme: Option<Theme>,
    /// Frames and bars of ASCII only.
    pub ascii: bool,
    /// Whether the mouse belongs to the program; without it the terminal selects text as ever.
    pub mouse: bool,
    /// The user's own styles.
    pub styles: UserStyles,
    pub keymap: Keymap,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            lang: None,
            theme: None,
            ascii: false,
            mouse: true,
            styles: UserStyles::default(),
            keymap: Keymap::default(),
        }
    }
}

/// Contexts in which characters may be going into a text field, so that a bare one cannot be a key.
const TYPED_INTO: [Context; 10] = [
    Context::Field,
    Context::Search,
    Context::Form,
    Context::FormChoice,
    Context::InterviewKeys,
    Context::Scroll,
    Context::LineBox,
    Context::TextBox,
    Context::Browser,
    Context::Global,
];

/// Reads settings. `file` is its name for messages.
pub fn read(file: &str, text: &str) -> (Settings, Vec<Diagnostic>) {
    let reader = Reader::new(file);
    let root = reader.parse(text);
    let table = Table::new(&reader, root.get_ref(), 0..text.len());
    let mut settings = Settings {
        lang: table.word_or("language", &[("en", Lang::En), ("zh", Lang::Zh)]),
        theme: table.word_or("theme", &Theme::ALL),
        ascii: table.flag("ascii").unwrap_or_default(),
        mouse: table.flag("mouse").unwrap_or(true),
        ..Settings::default()
    };
    if let Some(colours) = table.table("colours") {
        read_colours(&colours, &mut settings.styles);
    }
    if let Some(keys) = table.table("keys") {
        for (name, value) in keys.entries() {
            let Some(context) = Context::iter().find(|context| <&str>::from(*context) == name.value) else {
                let near = nearest(&name.value, Context::iter().map(<&str>::from)).unwrap_or("-");
                reader.fault(name.span, Code::UnknownKey, &[("key", name.value.as_str()), ("near", near)]);
                continue;
            };
            match value.get_ref() {
                DeValue::Table(inner) => {
                    let inner = Table::new(&reader, inner, value.span());
                    read_bindings(&inner, context, &mut settings.keymap);
                }
                other => wrong_type(&reader, value.span(), &name.value, "table", other),
            }
        }
    }
    table.finish();
    (settings, reader.into_faults())
}

fn read_colours(table: &Table<'_, '_>, styles: &mut UserStyles) {
    for (name, value) in table.entries() {
        let Some(meaning) = Meaning::from_id(&name.value) else {
            let near = nearest(&name.value, Meaning::iter().map(Meaning::id)).unwrap_or("-");
            table.reader.fault(name.span, Code::UnknownKey, &[("key", &name.value), ("near", near)]);
            continue;
        };
        match value.get_ref() {
            DeValue::String(text) => match read_style(text) {
                Ok(style) => styles.set(meaning, style),
                Err(word) => table.reader.fault(value.span(), Code::BadStyle, &[("found", word)]),
            },
            other => wrong_type(table.reader, value.span(), &name.value, "string", other),
        }
    }
}

/// Reads the keys of the commands of a context. A line counts only where every key of it is right and free.
fn read_bindings(table: &Table<'_, '_>, context: Context, keymap: &mut Keymap) {
    let mut given: Vec<(usize, Located<Vec<Key>>)> = Vec::new();
    for (name, value) in table.entries() {
        let lines = || TABLE.iter().enumerate().filter(|(_, line)| line.context == context);
        let Some((line, binding)) = lines().find(|(_, line)| line.command.id() == name.value) else {
            let known: Vec<String> = lines().map(|(_, line)| line.command.id()).collect();
            let near = nearest(&name.value, known.iter().map(String::as_str)).unwrap_or("-");
            table.reader.fault(name.span, Code::UnknownKey, &[("key", &name.value), ("near", near)]);
            continue;
        };
        let DeValue::Array(array) = value.get_ref() else {
            wrong_type(table.reader, value.span(), &name.value, "array", value.get_ref());
            continue;
        };
        let keys: Vec<Option<Key>> =
            array.iter().map(|item| read_key(table.reader, context, &name.value, item)).collect();
        let Some(keys) = keys.into_iter().collect::<Option<Vec<Key>>>() else { continue };
        // Nobody may lock themselves in.
        let needed = matches!(binding.command, Command::Back | Command::Quit | Command::Interrupt | Command::Enter);
        if keys.is_empty() && needed {
            table.reader.fault(value.span(), Code::NoKeyLeft, &[("id", &name.value)]);
            continue;
        }
        given.push((line, Located { value: keys, span: value.span() }));
    }
    // All at once, so that two commands can exchange their keys.
    let mut wanted = keymap.clone();
    for (line, keys) in &given {
        wanted.rebind(*line, keys.value.clone());
    }
    for (line, keys) in given {
        let takes_one = |(n, other): &(usize, Bound<'_>)| {
            *n != line && other.binding.context == context && other.keys.iter().any(|key| keys.value.contains(key))
        };
        if let Some((_, other)) = wanted.lines().enumerate().find(takes_one) {
            let (command, other) = (TABLE[line].command.id(), other.binding.command.id());
            table.reader.fault(keys.span, Code::KeyTaken, &[("id", &command), ("other", &other)]);
        } else {
            keymap.rebind(line, keys.value);
        }
    }
}

/// Reads one key of the command `name`. A bare character cannot be a key where it may be typed into a text field.
fn read_key(reader: &Reader<'_>, context: Context, name: &str, item: &Spanned<DeValue<'_>>) -> Option<Key> {
    let DeValue::String(text) = item.get_ref() else {
        wrong_type(reader, item.span(), name, "string", item.get_ref());
        return None;
    };
    let key = Key::from_id(text).filter(|key| {
        let bare = matches!(key.code, KeyCode::Char(c) if c != ' ') && !key.control;
        !bare || !TYPED_INTO.contains(&context)
    });
    if key.is_none() {
        reader.fault(item.span(), Code::BadKey, &[("found", text)]);
    }
    key
}

fn wrong_type(reader: &Reader<'_>, span: std::ops::Range<usize>, key: &str, expected: &str, found: &DeValue<'_>) {
    let fields = [("key", key), ("expected", expected), ("found", found.type_str())];
    reader.fault(span, Code::WrongType, &fields);
}

/// A file of settings that holds every default as a comment.
pub fn template(lang: Lang) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "# {}\n", words::intro(lang));
    let themes: Vec<&str> = Theme::ALL.iter().map(|(id, _)| *id).collect();
    let _ = writeln!(text, "# language = \"{}\"", lang.code());
    let _ = writeln!(text, "# theme = \"dark\"  # {}", themes.join(", "));
    let _ = writeln!(text, "# ascii = false  # {}", words::ascii(lang));
    let _ = writeln!(text, "# mouse = true  # {}", words::mouse(lang));
    let _ = writeln!(text, "\n# {}", words::colours(lang));
    let _ = writeln!(text, "[colours]");
    for (n, meaning) in Meaning::iter().enumerate() {
        let example = ["bold", "244", "underline", "#5fc9d8"][n % 4];
        let _ = writeln!(text, "# {} = \"{example}\"", meaning.id());
    }
    let _ = writeln!(text, "\n# {}", words::keys(lang));
    for context in Context::iter() {
        let lines: Vec<_> = TABLE.iter().filter(|line| line.context == context).collect();
        if lines.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n[keys.{}]", <&str>::from(context));
        for line in lines {
            let keys: Vec<String> = line.keys.iter().map(|key| format!("{:?}", key.id())).collect();
            let hint = crate::text::one_line((line.hint)(lang));
            let _ = writeln!(text, "# {} = [{}]  # {hint}", line.command.id(), keys.join(", "));
        }
    }
    text
}

/// Keys with a name, as the settings write them.
const NAMED: [(&str, KeyCode); 15] = [
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("shift-tab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("page-up", KeyCode::PageUp),
    ("page-down", KeyCode::PageDown),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("space", KeyCode::Char(' ')),
];

impl Key {
    /// The key that a text of the settings names: `n`, `N`, `?`, `space`, `f5`, `ctrl-k`, `page-up`.
    /// `None` also for chords that terminals keep for themselves or cannot tell from another key.
    pub(crate) fn from_id(text: &str) -> Option<Self> {
        let plain = |code| Some(Key { code, control: false });
        if let Some((_, code)) = NAMED.iter().find(|(name, _)| *name == text) {
            return plain(*code);
        }
        if let Some(n) = text.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
            return if (1..=12).contains(&n) { plain(KeyCode::F(n)) } else { None };
        }
        let mut chars = text.strip_prefix("ctrl-").unwrap_or(text).chars();
        let (c, None) = (chars.next()?, chars.next()) else { return None };
        if text.starts_with("ctrl-") {
            // Control with h, i, j or m is Backspace, Tab or Enter on the wire.
            let told_apart = c.is_ascii_lowercase() && !matches!(c, 'h' | 'i' | 'j' | 'm');
            return told_apart.then_some(Key { code: KeyCode::Char(c), control: true });
        }
        if c.is_control() || c.is_whitespace() { None } else { plain(KeyCode::Char(c)) }
    }

    /// Its text in the settings.
    pub fn id(self) -> String {
        if let Some((name, _)) = NAMED.iter().find(|(_, code)| *code == self.code) {
            return (*name).to_owned();
        }
        match self.code {
            KeyCode::F(n) => format!("f{n}"),
            KeyCode::Char(c) if self.control => format!("ctrl-{c}"),
            KeyCode::Char(c) => c.to_string(),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<Code> {
        read("config.toml", text).1.iter().map(|fault| fault.code).collect()
    }

    #[test]
    fn nothing_set_is_the_program_as_it_is() {
        assert_eq!(read("config.toml", ""), (Settings::default(), Vec::new()));
        for lang in Lang::ALL {
            assert_eq!(read("config.toml", &template(lang)), (Settings::default(), Vec::new()));
        }
    }

    #[test]
    fn the_keys_of_the_template_are_those_of_the_table() {
        let set: String = template(Lang::En)
            .lines()
            .map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = [")).unwrap_or(line))
            .fold(String::new(), |text, line| text + line + "\n");
        assert!(set.contains("\nnext-question = [\"right\", \"n\", \"l\"]"), "{set}");
        assert_eq!(read("config.toml", &set), (Settings::default(), Vec::new()));
    }

    #[test]
    fn keys_are_changed_and_may_be_exchanged() {
        let text = "theme = \"light\"\n[keys.interview]\nnote = [\"b\"]\nbasis = [\"m\", \"f9\"]\n";
        let (settings, faults) = read("config.toml", text);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(settings.theme, Some(Theme::Light));
        let means = |key| settings.keymap.resolve(Key::from_id(key).unwrap(), &[Context::Interview]);
        assert_eq!(means("b"), Some(Command::Note));
        assert_eq!(means("m"), Some(Command::Basis));
        assert_eq!(means("f9"), Some(Command::Basis));
        assert_eq!(means("e"), Some(Command::Evidence));
    }

    #[test]
    fn every_fault_is_named_and_the_rest_counts() {
        assert_eq!(codes("thme = \"dark\""), [Code::UnknownKey]);
        assert_eq!(codes("theme = \"blue\""), [Code::BadWord]);
        assert_eq!(codes("ascii = 1"), [Code::WrongType]);
        assert_eq!(codes("[colours]\nwarn = \"blurple\"\ngod = \"bold\""), [Code::BadStyle, Code::UnknownKey]);
        assert_eq!(codes("[keys.intervew]\nnote = [\"b\"]"), [Code::UnknownKey]);
        assert_eq!(codes("[keys.interview]\nnotes = [\"b\"]"), [Code::UnknownKey]);
        // Taken by `basis`; a chord that terminals swallow; a bare character where text is typed.
        assert_eq!(codes("[keys.interview]\nnote = [\"b\"]"), [Code::KeyTaken]);
        assert_eq!(codes("[keys.interview]\nnote = [\"ctrl-i\"]"), [Code::BadKey]);
        assert_eq!(codes("[keys.global]\nhelp = [\"x\"]"), [Code::BadKey]);
        assert_eq!(codes("[keys.global]\nback = []"), [Code::NoKeyLeft]);
        let (settings, faults) = read("config.toml", "mouse = false\ntheme = \"blue\"\n");
        assert_eq!((settings.mouse, faults.len()), (false, 1));
    }

    #[test]
    fn a_key_is_read_as_it_is_written() {
        for line in TABLE {
            for key in line.keys {
                assert_eq!(Key::from_id(&key.id()), Some(*key), "{key:?}");
            }
        }
    }
}
