//! One table says which key means what where. Dispatch, the hints at the bottom and the help screen are all read from
//! it, so that a hint can never name a key that does nothing.
//!
//! [`Keymap`] is the table with the keys of the user's settings put in; [`Keymap::resolve`] is a pure function of a key
//! and of the contexts that apply, the innermost context first.

use std::borrow::Cow;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use strum::{EnumIter, IntoStaticStr};

use super::filters::Facet;
use super::message::Command as C;
use crate::lang::Lang;
use crate::messages::{hint, key_name, safe};

/// Where a key applies. Its name in the settings is the same in small letters with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum Context {
    Options,
    /// A text field that answers a question.
    Field,
    /// A list that is searched by typing: places, the palette, the browsers.
    Search,
    List,
    /// Rows that can be opened.
    Open,
    /// Actions that can be tried.
    Try,
    /// Questions that can be jumped to.
    Jump,
    /// A list whose rows can be added, removed and moved.
    Rows,
    Form,
    /// A line of that form with a list of options.
    FormChoice,
    /// The interview, outside text fields.
    Interview,
    /// The interview, also inside text fields.
    InterviewKeys,
    Scroll,
    /// All answers.
    Review,
    Result,
    /// A window with a text of one line.
    LineBox,
    /// A window with a text of several lines.
    TextBox,
    /// A window with text to read.
    Reader,
    /// Everywhere outside text fields and windows.
    Plain,
    /// Everywhere outside text fields.
    Quit,
    Browser,
    TargetBrowser,
    CaseBrowser,
    Compare,
    Global,
}

/// A key: code and modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub control: bool,
}

impl Key {
    const fn plain(code: KeyCode) -> Self {
        Key { code, control: false }
    }

    const fn char(c: char) -> Self {
        Key::plain(KeyCode::Char(c))
    }

    const fn control(c: char) -> Self {
        Key { code: KeyCode::Char(c), control: true }
    }

    const fn f(n: u8) -> Self {
        Key::plain(KeyCode::F(n))
    }

    /// The key as the terminal reported it. Shift is part of the character.
    pub fn of(event: &KeyEvent) -> Option<Self> {
        if event.modifiers.contains(KeyModifiers::ALT) {
            return None;
        }
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(c) if control => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        Some(Key { code, control })
    }

    /// How the key is named in hints.
    pub fn name(self, lang: Lang) -> String {
        let name = match self.code {
            KeyCode::Up => key_name::up(lang).to_owned(),
            KeyCode::Down => key_name::down(lang).to_owned(),
            KeyCode::Left => key_name::left(lang).to_owned(),
            KeyCode::Right => key_name::right(lang).to_owned(),
            KeyCode::Char(' ') => key_name::space(lang).to_owned(),
            KeyCode::Enter => "Enter".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::Backspace => "Backspace".to_owned(),
            KeyCode::Delete => "Del".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            KeyCode::F(n) => format!("F{n}"),
            KeyCode::Char(c) if self.control => c.to_ascii_uppercase().to_string(),
            KeyCode::Char(c) => c.to_string(),
            _ => String::new(),
        };
        if self.control { format!("Ctrl-{name}") } else { name }
    }
}

/// A line of the table.
#[derive(Clone, Copy)]
pub struct Binding {
    pub context: Context,
    /// The keys, the one shown in hints first.
    pub keys: &'static [Key],
    pub command: C,
    pub hint: fn(Lang) -> &'static str,
    /// Place among the hints at the bottom; zero: only on the help screen.
    pub rank: u8,
}

const fn bind(context: Context, keys: &'static [Key], command: C, hint: fn(Lang) -> &'static str, rank: u8) -> Binding {
    Binding { context, keys, command, hint, rank }
}

const UP: Key = Key::plain(KeyCode::Up);
const DOWN: Key = Key::plain(KeyCode::Down);
const LEFT: Key = Key::plain(KeyCode::Left);
const RIGHT: Key = Key::plain(KeyCode::Right);
const ENTER: Key = Key::plain(KeyCode::Enter);
const ESC: Key = Key::plain(KeyCode::Esc);
const TAB: Key = Key::plain(KeyCode::Tab);
const BACK_TAB: Key = Key::plain(KeyCode::BackTab);
const PAGE_UP: Key = Key::plain(KeyCode::PageUp);
const PAGE_DOWN: Key = Key::plain(KeyCode::PageDown);
const HOME: Key = Key::plain(KeyCode::Home);
const END: Key = Key::plain(KeyCode::End);
const DELETE: Key = Key::plain(KeyCode::Delete);
const BACKSPACE: Key = Key::plain(KeyCode::Backspace);
const SPACE: Key = Key::char(' ');

use Context as X;

pub const TABLE: &[Binding] = &[
    // The options of a question.
    bind(X::Options, &[ENTER], C::Enter, hint::choose_and_next, 1),
    bind(X::Options, &[SPACE], C::Toggle, hint::choose, 2),
    bind(X::Options, &[Key::char('1')], C::Digit(1), hint::digit, 0),
    bind(X::Options, &[Key::char('2')], C::Digit(2), hint::digit, 0),
    bind(X::Options, &[Key::char('3')], C::Digit(3), hint::digit, 0),
    bind(X::Options, &[Key::char('4')], C::Digit(4), hint::digit, 0),
    bind(X::Options, &[Key::char('5')], C::Digit(5), hint::digit, 0),
    bind(X::Options, &[Key::char('6')], C::Digit(6), hint::digit, 0),
    bind(X::Options, &[Key::char('7')], C::Digit(7), hint::digit, 0),
    bind(X::Options, &[Key::char('8')], C::Digit(8), hint::digit, 0),
    bind(X::Options, &[Key::char('9')], C::Digit(9), hint::digit, 0),
    bind(X::Options, &[Key::char('0')], C::Digit(0), hint::unknown, 4),
    bind(X::Options, &[DELETE, BACKSPACE], C::Clear, hint::clear, 0),
    bind(X::Options, &[UP, Key::char('k')], C::Up, hint::up, 0),
    bind(X::Options, &[DOWN, Key::char('j')], C::Down, hint::down, 0),
    bind(X::Options, &[HOME], C::First, hint::first, 0),
    bind(X::Options, &[END], C::Last, hint::last, 0),
    // A text field that answers a question.
    bind(X::Field, &[ENTER], C::Enter, hint::confirm_and_next, 1),
    bind(X::Field, &[DOWN], C::Down, hint::to_unknown, 2),
    bind(X::Field, &[UP], C::Up, hint::up, 0),
    // Lists searched by typing.
    bind(X::Search, &[ENTER], C::Enter, hint::take, 1),
    bind(X::Search, &[UP], C::Up, hint::up, 0),
    bind(X::Search, &[DOWN], C::Down, hint::down, 0),
    // Lists.
    bind(X::Open, &[ENTER], C::Enter, hint::open, 1),
    bind(X::Try, &[ENTER], C::Enter, hint::try_action, 1),
    bind(X::Jump, &[ENTER], C::Enter, hint::jump, 1),
    bind(X::List, &[UP, Key::char('k')], C::Up, hint::up, 0),
    bind(X::List, &[DOWN, Key::char('j')], C::Down, hint::down, 0),
    bind(X::List, &[HOME], C::First, hint::first, 0),
    bind(X::List, &[END], C::Last, hint::last, 0),
    bind(X::Rows, &[Key::char('a')], C::Add, hint::add, 2),
    bind(X::Rows, &[Key::char('d'), DELETE], C::Remove, hint::remove, 3),
    bind(X::Rows, &[Key::char('K')], C::MoveUp, hint::move_up, 0),
    bind(X::Rows, &[Key::char('J')], C::MoveDown, hint::move_down, 0),
    bind(X::Rows, &[Key::char('0')], C::Digit(0), hint::unknown, 4),
    // The form of an asset.
    bind(X::Form, &[ENTER], C::Enter, hint::next_line, 1),
    bind(X::Form, &[UP, BACK_TAB], C::Up, hint::up, 0),
    bind(X::Form, &[DOWN, TAB], C::Down, hint::down, 0),
    bind(X::FormChoice, &[LEFT], C::Left, hint::value_before, 0),
    bind(X::FormChoice, &[RIGHT, SPACE], C::Right, hint::value_after, 2),
    bind(X::Form, &[Key::control('s')], C::Done, hint::done, 3),
    // The interview.
    bind(X::Interview, &[RIGHT, Key::char('n'), Key::char('l')], C::NextQuestion, hint::next, 7),
    bind(X::Interview, &[LEFT, Key::char('p'), Key::char('h')], C::PreviousQuestion, hint::previous, 8),
    bind(X::Interview, &[Key::char('g')], C::NextGap, hint::next_gap, 0),
    bind(X::Interview, &[Key::char('b')], C::Basis, hint::basis, 9),
    bind(X::Interview, &[Key::char('m')], C::Note, hint::note, 10),
    bind(X::Interview, &[Key::char('e')], C::Evidence, hint::evidence, 0),
    bind(X::Interview, &[Key::char('i')], C::Explain, hint::explain, 13),
    bind(X::Interview, &[Key::char('r')], C::Review, hint::review, 11),
    bind(X::Interview, &[Key::char('s')], C::Result, hint::result, 5),
    bind(X::Interview, &[Key::char('w')], C::WhatIf, hint::what_if, 12),
    bind(X::Interview, &[Key::char('W')], C::KeepWhatIf, hint::keep_what_if, 0),
    bind(X::Interview, &[Key::char('N')], C::Name, hint::name, 0),
    bind(X::InterviewKeys, &[TAB], C::NextPanel, hint::panel, 13),
    bind(X::InterviewKeys, &[BACK_TAB], C::PreviousPanel, hint::panel, 0),
    bind(X::InterviewKeys, &[Key::control('n')], C::NextQuestion, hint::next, 0),
    bind(X::InterviewKeys, &[Key::control('p')], C::PreviousQuestion, hint::previous, 0),
    bind(X::InterviewKeys, &[Key::f(3)], C::Review, hint::review, 0),
    bind(X::InterviewKeys, &[Key::f(4)], C::Result, hint::result, 5),
    bind(X::InterviewKeys, &[Key::f(5)], C::Basis, hint::basis, 0),
    bind(X::InterviewKeys, &[Key::f(6)], C::Note, hint::note, 0),
    bind(X::InterviewKeys, &[Key::f(7)], C::Evidence, hint::evidence, 0),
    bind(X::InterviewKeys, &[Key::f(8)], C::Explain, hint::explain, 0),
    bind(X::InterviewKeys, &[Key::f(9)], C::Export, hint::export, 0),
    // Text that scrolls.
    bind(X::Scroll, &[PAGE_UP], C::PageUp, hint::page_up, 0),
    bind(X::Scroll, &[PAGE_DOWN], C::PageDown, hint::page_down, 14),
    // All answers.
    bind(X::Review, &[Key::char('s')], C::Result, hint::result, 3),
    bind(X::Review, &[Key::char('g')], C::NextGap, hint::next_gap, 4),
    bind(X::Review, &[Key::char('x')], C::Export, hint::export, 5),
    bind(X::Review, &[Key::char('N')], C::Name, hint::name, 0),
    // The result.
    bind(X::Result, &[RIGHT, TAB, Key::char('l')], C::Right, hint::next_view, 2),
    bind(X::Result, &[LEFT, BACK_TAB, Key::char('h')], C::Left, hint::previous_view, 0),
    bind(X::Result, &[Key::char('1')], C::Digit(1), hint::view, 0),
    bind(X::Result, &[Key::char('2')], C::Digit(2), hint::view, 0),
    bind(X::Result, &[Key::char('3')], C::Digit(3), hint::view, 0),
    bind(X::Result, &[Key::char('4')], C::Digit(4), hint::view, 0),
    bind(X::Result, &[Key::char('5')], C::Digit(5), hint::view, 0),
    bind(X::Result, &[Key::char('6')], C::Digit(6), hint::view, 0),
    bind(X::Result, &[Key::char('7')], C::Digit(7), hint::view, 0),
    bind(X::Result, &[Key::char('8')], C::Digit(8), hint::view, 0),
    bind(X::Result, &[Key::char('9')], C::Digit(9), hint::view, 0),
    bind(X::Result, &[Key::char('0'), Key::char('m')], C::Digit(0), hint::card, 0),
    bind(X::Result, &[Key::char('w')], C::WhatIf, hint::what_if, 7),
    bind(X::Result, &[Key::char('W')], C::KeepWhatIf, hint::keep_what_if, 8),
    bind(X::Result, &[Key::char('t'), Key::char(']')], C::NextTarget, hint::next_target, 3),
    bind(X::Result, &[Key::char('T'), Key::char('[')], C::PreviousTarget, hint::previous_target, 0),
    bind(X::Compare, &[Key::char('o')], C::Sort, hint::sort, 2),
    bind(X::Compare, &[Key::char('O')], C::SortBack, hint::sort_back, 0),
    bind(X::Compare, &[Key::char('d')], C::Law, hint::law_table, 2),
    bind(X::Result, &[Key::char('a')], C::AllTargets, hint::all_targets, 5),
    bind(X::Result, &[Key::char('x')], C::Export, hint::export, 4),
    bind(X::Result, &[Key::char('r')], C::Review, hint::review, 6),
    bind(X::Result, &[Key::char('s')], C::Interview, hint::interview, 4),
    bind(X::Result, &[Key::char('N')], C::Name, hint::name, 0),
    // Windows.
    bind(X::LineBox, &[ENTER], C::Done, hint::done, 1),
    bind(X::TextBox, &[Key::control('s'), TAB], C::Done, hint::done, 1),
    bind(X::Reader, &[ENTER], C::Back, hint::close, 1),
    bind(X::Reader, &[UP, Key::char('k')], C::Up, hint::up, 0),
    bind(X::Reader, &[DOWN, Key::char('j')], C::Down, hint::down, 0),
    // Everywhere outside text fields.
    bind(X::Plain, &[Key::char('?')], C::Help, hint::help, 6),
    bind(X::Plain, &[Key::char(':'), Key::char('/')], C::Palette, hint::palette, 16),
    bind(X::Plain, &[Key::char('u')], C::Undo, hint::undo, 15),
    bind(X::Plain, &[Key::char('U')], C::Redo, hint::redo, 0),
    bind(X::Plain, &[Key::char('y')], C::Theme, hint::theme, 0),
    bind(X::Plain, &[Key::char('H')], C::Home, hint::home, 0),
    bind(X::Quit, &[Key::char('q')], C::Quit, hint::quit, 19),
    // The browsers.
    bind(X::CaseBrowser, &[Key::f(3), Key::control('r')], C::Filter(Facet::Region), hint::filter_region, 4),
    bind(X::CaseBrowser, &[Key::f(4), Key::control('o')], C::Filter(Facet::Outcome), hint::filter_outcome, 5),
    bind(X::CaseBrowser, &[Key::f(5), Key::control('g')], C::Filter(Facet::Ground), hint::filter_ground, 6),
    bind(X::CaseBrowser, &[Key::f(6), Key::control('s')], C::Filter(Facet::Service), hint::filter_service, 7),
    bind(X::CaseBrowser, &[Key::f(7), Key::control('t')], C::Jump, hint::its_place, 8),
    bind(X::CaseBrowser, &[Key::f(8)], C::Practise, hint::practise, 9),
    bind(X::TargetBrowser, &[Key::f(3), Key::control('r')], C::Filter(Facet::Region), hint::filter_region, 4),
    bind(X::TargetBrowser, &[Key::f(4), Key::control('o')], C::Filter(Facet::Outlook), hint::filter_outlook, 5),
    bind(X::TargetBrowser, &[Key::f(5), Key::control('g')], C::Filter(Facet::Basis), hint::filter_basis, 6),
    bind(X::TargetBrowser, &[Key::f(6), Key::control('s')], C::Filter(Facet::Reciprocity), hint::filter_reciprocity, 7),
    bind(X::TargetBrowser, &[Key::f(7), Key::control('t')], C::Jump, hint::its_cases, 8),
    bind(X::TargetBrowser, &[Key::f(8)], C::Map, hint::map, 9),
    bind(X::Browser, &[Key::f(9), Key::control('x')], C::ClearFilters, hint::clear_filters, 2),
    bind(X::Browser, &[ENTER], C::Enter, hint::open, 1),
    bind(X::Browser, &[UP], C::Up, hint::up, 0),
    bind(X::Browser, &[DOWN], C::Down, hint::down, 0),
    bind(X::Browser, &[TAB, RIGHT], C::NextPanel, hint::page, 10),
    bind(X::Browser, &[BACK_TAB], C::PreviousPanel, hint::list, 0),
    // Everywhere.
    bind(X::Global, &[ESC], C::Back, hint::back, 17),
    bind(X::Global, &[Key::f(2), Key::control('l')], C::Language, hint::language, 20),
    bind(X::Global, &[Key::f(1)], C::Help, hint::help, 21),
    bind(X::Global, &[Key::control('k')], C::Palette, hint::palette, 0),
    bind(X::Global, &[Key::control('z')], C::Undo, hint::undo, 0),
    bind(X::Global, &[Key::control('y')], C::Redo, hint::redo, 0),
    bind(X::Global, &[Key::f(10), Key::control('q')], C::Quit, hint::quit, 0),
    bind(X::Global, &[Key::f(12)], C::SaveAs, safe::save_elsewhere, 0),
    bind(X::Global, &[Key::control('d')], C::Encrypt, safe::encrypt, 0),
    bind(X::Global, &[Key::control('c')], C::Interrupt, hint::interrupt, 0),
];

/// A line of the table with the keys that it has now.
#[derive(Clone, Copy)]
pub struct Bound<'k> {
    pub binding: &'static Binding,
    /// Its keys, the one shown in hints first.
    pub keys: &'k [Key],
}

/// The table with the keys that the user wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// The keys of each line of [`TABLE`]: its own, or the user's.
    keys: Vec<Cow<'static, [Key]>>,
}

impl Default for Keymap {
    /// The table with its own keys.
    fn default() -> Self {
        Keymap { keys: TABLE.iter().map(|binding| binding.keys.into()).collect() }
    }
}

impl Keymap {
    /// What a key means; the innermost context that knows it wins.
    pub(crate) fn resolve(&self, key: Key, contexts: &[Context]) -> Option<C> {
        for context in contexts {
            for line in self.lines() {
                if line.binding.context == *context && line.keys.contains(&key) {
                    return Some(line.binding.command);
                }
            }
        }
        None
    }

    /// The lines that apply, innermost context first.
    pub(crate) fn applying(&self, contexts: &[Context]) -> Vec<Bound<'_>> {
        contexts.iter().flat_map(|context| self.lines().filter(move |line| line.binding.context == *context)).collect()
    }

    /// The lines for the hints at the bottom, each command once, in the order of their rank.
    pub fn hints(&self, contexts: &[Context]) -> Vec<Bound<'_>> {
        let mut lines = self.applying(contexts);
        lines.retain(|line| line.binding.rank > 0 && !line.keys.is_empty());
        lines.sort_by_key(|line| line.binding.rank);
        let mut hints: Vec<Bound<'_>> = Vec::new();
        for line in lines {
            if hints.iter().all(|hint| hint.binding.command != line.binding.command) {
                hints.push(line);
            }
        }
        hints
    }

    /// Gives a line other keys. `line` is its place in [`TABLE`].
    pub(crate) fn rebind(&mut self, line: usize, keys: Vec<Key>) {
        if let Some(slot) = self.keys.get_mut(line) {
            *slot = keys.into();
        }
    }

    /// Every line, in the order of the table.
    pub fn lines(&self) -> impl Iterator<Item = Bound<'_>> {
        TABLE.iter().zip(&self.keys).map(|(binding, keys)| Bound { binding, keys })
    }
}
