//! Asking for a passphrase at the terminal, without showing it.
//!
//! It never comes from an argument, the environment or a pipe, where others could see it.

use std::io::{IsTerminal as _, Write as _};

use anyhow::{Context as _, Result, bail};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::lang::Lang;
use crate::messages::safe;
use crate::store::cipher::Passphrase;

/// Longest passphrase, in characters.
const MOST: usize = 1_000;

/// Asks for the passphrase of a file.
pub(super) fn ask(lang: Lang, path: &str) -> Result<Passphrase> {
    line(lang, path, &safe::ask_passphrase(lang, path))
}

/// Asks for a new passphrase, twice.
pub(super) fn choose(lang: Lang, path: &str) -> Result<Passphrase> {
    let first = line(lang, path, &safe::ask_passphrase(lang, path))?;
    if first.is_empty() {
        bail!(safe::empty_passphrase(lang));
    }
    if line(lang, path, safe::ask_again(lang))? != first {
        bail!(safe::not_the_same(lang));
    }
    Ok(first)
}

/// A line from the terminal that is not shown. Standard output stays free for the result.
fn line(lang: Lang, path: &str, prompt: &str) -> Result<Passphrase> {
    if !std::io::stderr().is_terminal() || !std::io::stdin().is_terminal() {
        bail!(safe::no_way_to_ask(lang, path));
    }
    let mut error = std::io::stderr().lock();
    write!(error, "{prompt}").and_then(|()| error.flush()).context("asking for the passphrase")?;
    enable_raw_mode().context("asking for the passphrase")?;
    let typed = keys();
    // The terminal is as before whatever was typed.
    let restored = disable_raw_mode();
    let _ = writeln!(error, "\r");
    restored.context("restoring the terminal")?;
    typed
}

fn keys() -> Result<Passphrase> {
    let mut typed = String::new();
    loop {
        let Event::Key(key) = event::read().context("reading the passphrase")? else { continue };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => return Ok(Passphrase::new(typed)),
            KeyCode::Char('c' | 'd') if control => bail!("no passphrase was given"),
            KeyCode::Char('u') if control => typed.clear(),
            KeyCode::Esc => bail!("no passphrase was given"),
            KeyCode::Backspace => drop(typed.pop()),
            KeyCode::Char(c) if !control && typed.chars().count() < MOST => typed.push(c),
            _ => {}
        }
    }
}
