//! The user's settings: where they are, what is wrong with them, and how the screen looks by them.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use anyhow::Result;

use super::{Context, FAULTS, print, shown};
use crate::cli::Colour;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::messages::{folders, settings as words};
use crate::tui::Look;
use crate::tui::settings::{self, Settings};
use crate::tui::theme::{Depth, Theme};
use crate::{faults, library, store};

/// Most bytes of a file of settings.
const MAX_BYTES: u64 = 1 << 20;

/// The settings as they were found.
#[derive(Default)]
pub(super) struct Read {
    /// What counts.
    pub(super) settings: Settings,
    /// Where they are looked for; `None` where the platform has no such place.
    path: Option<PathBuf>,
    /// The file's text, if there is one.
    text: Option<String>,
    /// Why it could not be read.
    unread: Option<String>,
    faults: Vec<Diagnostic>,
}

impl Read {
    /// What is wrong, in words; `None` where nothing is.
    pub(super) fn report(&self, lang: Lang, colour: bool) -> Option<String> {
        if let Some(unread) = &self.unread {
            return Some(unread.clone());
        }
        let text = self.text.as_deref().unwrap_or_default();
        (!self.faults.is_empty()).then(|| faults::render(&self.faults, lang, colour, |_| Some(text)))
    }
}

/// Reads the settings. Faults are kept to be shown: they never stop the program.
pub(super) fn read() -> Read {
    let Ok(places) = store::places::find() else { return Read::default() };
    let path = places.settings.join("config.toml");
    let mut out = Read { path: Some(path.clone()), ..Read::default() };
    if path.symlink_metadata().is_err() {
        return out;
    }
    match library::read_text(&path, MAX_BYTES) {
        Ok(text) => {
            (out.settings, out.faults) = settings::read(&shown(&path), &text);
            out.text = Some(text);
        }
        Err(fault) => out.unread = Some(format!("{fault:#}")),
    }
    out
}

/// How the screen looks: the command line, then the settings, then the terminal. Without colours it
/// is monochrome, whatever was asked for.
pub(super) fn look(context: &Context, theme: Option<&str>, ascii: bool) -> Look {
    let settings = &context.settings.settings;
    let asked = theme.and_then(Theme::from_id).or(settings.theme).unwrap_or_default();
    let term = |name| std::env::var(name).ok();
    let depth = if context.colour(true) {
        Depth::of(term("TERM").as_deref(), term("COLORTERM").as_deref())
    } else {
        Depth::None
    };
    let theme = if depth == Depth::None { Theme::Mono } else { asked };
    Look { ascii: ascii || settings.ascii, theme, depth, styles: settings.styles }
}

/// Prints where the settings are and what is wrong with them, or a file to begin with.
pub(super) fn config(context: &Context, template: bool) -> Result<u8> {
    let lang = context.lang;
    if template {
        return print(settings::template(lang).as_bytes());
    }
    let it = &context.settings;
    let mut out = String::new();
    if let Some(path) = &it.path {
        out.push_str(&words::place(lang, shown(path)));
        out.push('\n');
    }
    let colour = context.common.color == Colour::Always || context.colour(std::io::stderr().is_terminal());
    if let Some(report) = it.report(lang, colour) {
        print(out.as_bytes())?;
        eprint!("{report}");
        return Ok(FAULTS);
    }
    out.push_str(if it.text.is_some() { words::fine(lang) } else { words::none(lang) });
    out.push('\n');
    if let Ok(places) = store::places::find() {
        out.push_str(&folders::matters(lang, shown(&places.matters)));
        out.push('\n');
    }
    print(out.as_bytes())
}
