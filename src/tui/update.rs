//! `update(model, message)`: the only place that changes the model. One file for each part of the program.
//!
//! Invariant: nothing here draws, reads the clock or touches files. What has to be done outside is returned as an
//! [`Effect`]; its result comes back as a [`Message`].

mod answer;
mod assets;
mod browser;
mod export;
mod interview;
mod language;
mod leave;
pub mod lists;
mod overlays;
pub mod saving;
pub mod scores;
mod screens;
mod trial;
mod typing;

pub use browser::browser_rows;
pub use screens::{HomeItem, home_items, review_rows, settle, target_rows};

use super::context::{accepts_text, contexts};
use super::message::{Click, Command, Effect, Message};
use super::model::{Leaving, Model, Next, Notice, Opening, Overlay, ReadFor, Screen, Work};

/// Changes the model for what happened; says what has to be done outside.
pub fn update(model: &mut Model<'_>, message: Message) -> Option<Effect> {
    match message {
        Message::Do(command) => {
            model.notice = None;
            run(model, command)
        }
        Message::Typed(key) => {
            typing::key(model, key);
            None
        }
        Message::Pasted(text) => {
            typing::paste(model, &text);
            None
        }
        Message::Resized(columns, rows) => {
            model.size = (columns, rows);
            None
        }
        Message::Clicked(click) => clicked(model, click),
        Message::Idle => idle(model),
        Message::Saved(result) => leave::saved(model, result),
        Message::Confirmed(result) => {
            leave::confirmed(model, result);
            None
        }
        Message::Merged(path, matter, parts) => saving::merged(model, path, *matter, parts),
        Message::Conflict(conflict) => saving::conflicted(model, *conflict),
        Message::SavedAs(result) => saving::saved_as(model, result),
        Message::PutAside(result) => saving::put_aside(model, result),
        Message::OpenedWith(path, opened) => {
            let opened = *opened;
            let mut work = Work::new(model.engine.pack, opened.matter, Some(path), model.as_of);
            work.generated = true;
            start(model, work);
            saving::about_file(model, opened.held, &opened.changes);
            None
        }
        Message::Locked(path) => {
            saving::ask_passphrase(model, path);
            None
        }
        Message::Ended(signal) => saving::ended(model, signal),
        Message::Opened(Ok((path, matter))) => {
            let mut work = Work::new(model.engine.pack, matter, Some(path), model.as_of);
            work.generated = true;
            start(model, work);
            None
        }
        Message::OfAnotherPack(path) => leave::leave(model, Leaving::For(Next::Pack(Opening::Matter(path)))),
        Message::Opened(Err(reason)) => {
            model.overlays.push(Overlay::Reader(ReadFor::NotOpened, reason, 0));
            None
        }
        Message::Exported(result) => {
            export::done(model, result);
            None
        }
        Message::Recent(recent) => {
            model.recent = recent;
            let last = home_items(model).len().saturating_sub(1);
            model.home_cursor = model.home_cursor.min(last);
            None
        }
    }
}

/// One piece of scoring, one list, or a report that the screen has announced.
fn idle(model: &mut Model<'_>) -> Option<Effect> {
    if let Some(effect) = export::wanted(model) {
        return Some(effect);
    }
    if lists::wanted(model).is_some() {
        lists::step(model);
    } else {
        scores::step(model);
    }
    None
}

/// True while a report is announced and not yet written.
pub(crate) fn exporting(model: &Model<'_>) -> bool {
    export::wanted(model).is_some()
}

/// Begins work on a matter.
fn start(model: &mut Model<'_>, work: Work) {
    model.work = Some(work);
    model.overlays.clear();
    model.screen = Screen::Interview;
    scores::refresh(model);
}

/// Does what a key means: first for the window on top, then for the screen, then everywhere.
fn run(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    if let Some(effect) = everywhere(model, command) {
        return effect;
    }
    if !model.overlays.is_empty() {
        return overlays::run(model, command);
    }
    match model.screen {
        Screen::Home => screens::home(model, command),
        Screen::Interview => interview::run(model, command),
        Screen::Review(_) => screens::review(model, command),
        Screen::Result(_) => screens::result(model, command),
        Screen::Jurisdictions(_) | Screen::Cases(_) => browser::run(model, command),
    }
}

/// Commands that mean the same on every screen. `None` where the screen has to say.
#[expect(clippy::option_option, reason = "whether it was done here, and whether something is left to do outside")]
fn everywhere(model: &mut Model<'_>, command: Command) -> Option<Option<Effect>> {
    let effect = match command {
        Command::Language => {
            language::switch(model);
            None
        }
        Command::Theme => {
            model.look.theme = model.look.theme.next();
            model.notice = Some(Notice::Theme(model.look.theme));
            None
        }
        Command::Help => {
            if matches!(model.overlays.last(), Some(Overlay::Help(_))) {
                model.overlays.pop();
            } else {
                model.overlays.push(Overlay::Help(0));
            }
            None
        }
        Command::Palette => {
            overlays::open_palette(model);
            None
        }
        Command::Undo => answer::undo(model),
        Command::Redo => answer::redo(model),
        Command::Quit => leave::leave(model, Leaving::Left),
        Command::Interrupt => leave::leave(model, Leaving::Interrupted),
        Command::Home => go_home(model),
        Command::New => leave::leave(model, Leaving::For(Next::New)),
        Command::Jurisdictions => leave_to(model, Screen::Jurisdictions(super::model::Browser::default())),
        Command::Cases => leave_to(model, Screen::Cases(super::model::Browser::default())),
        Command::Interview if model.work.is_some() => leave_to(model, Screen::Interview),
        Command::Review if model.work.is_some() => {
            let effect = interview::keep_typed(model);
            let row = screens::review_row(model);
            let _ = leave_to(model, Screen::Review(row));
            effect
        }
        Command::Result if model.work.is_some() => {
            let effect = interview::keep_typed(model);
            let _ = leave_to(model, Screen::Result(super::model::ResultState::default()));
            effect
        }
        Command::WhatIf => answer::what_if(model),
        Command::KeepWhatIf => answer::keep_what_if(model),
        Command::Name => {
            overlays::open_title(model);
            None
        }
        Command::Export => {
            let effect = interview::keep_typed(model);
            export::open(model);
            effect
        }
        Command::SaveAs => {
            saving::open_save_as(model);
            None
        }
        Command::Encrypt => {
            saving::open_encrypt(model);
            None
        }
        Command::NextGap => interview::next_gap(model),
        Command::AllTargets => {
            scores::ask_all(model);
            None
        }
        _ => return None,
    };
    Some(effect)
}

fn leave_to(model: &mut Model<'_>, screen: Screen) -> Option<Effect> {
    let effect = overlays::put_away(model);
    model.screen = screen;
    effect
}

fn go_home(model: &mut Model<'_>) -> Option<Effect> {
    let effect = leave_to(model, Screen::Home);
    model.home_cursor = 0;
    // A save that is under way answers with the new list as well.
    effect.or(Some(Effect::ListRecent))
}

fn clicked(model: &mut Model<'_>, click: Click) -> Option<Effect> {
    match click {
        Click::Command(command) => update(model, Message::Do(command)),
        Click::Wheel(rows) => {
            let command = if rows < 0 { Command::Up } else { Command::Down };
            let page = matches!(model.screen, Screen::Interview | Screen::Jurisdictions(_) | Screen::Cases(_));
            let command = match command {
                Command::Up if page && model.overlays.is_empty() => Command::PageUp,
                Command::Down if page && model.overlays.is_empty() => Command::PageDown,
                command => command,
            };
            for _ in 0..rows.unsigned_abs().min(3) {
                let _ = run(model, command);
            }
            None
        }
        Click::Row(row) => {
            if !model.overlays.is_empty() {
                return overlays::click(model, row);
            }
            match model.screen {
                Screen::Interview => interview::click(model, row),
                _ => screens::click(model, row),
            }
        }
        Click::Column(column) => {
            screens::sort_by(model, column);
            None
        }
        Click::Section(section) => interview::click_section(model, section),
        Click::Question(index) => interview::show(model, index),
    }
}

/// The cursor moved by a command within so many rows; `None` for other commands.
fn moved(command: Command, cursor: usize, rows: usize) -> Option<usize> {
    let last = rows.saturating_sub(1);
    Some(match command {
        Command::Up => cursor.saturating_sub(1),
        Command::Down => (cursor + 1).min(last),
        Command::First => 0,
        Command::Last => last,
        _ => return None,
    })
}

/// Lines scrolled, moved by a command. How far there is to go is what drawing says.
fn scrolled(model: &Model<'_>, command: Command, scroll: u16) -> Option<u16> {
    let measured = super::view::measure(model);
    let page = measured.page.saturating_sub(2).max(1);
    let to = match command {
        Command::Up => scroll.saturating_sub(1),
        Command::Down => scroll.saturating_add(1),
        Command::PageUp => scroll.saturating_sub(page),
        Command::PageDown => scroll.saturating_add(page),
        Command::First => 0,
        Command::Last => measured.scroll,
        _ => return None,
    };
    Some(to.min(measured.scroll))
}

/// The message that a key means in this state.
pub fn message_of(model: &Model<'_>, event: crossterm::event::KeyEvent) -> Option<Message> {
    let key = super::keymap::Key::of(&event)?;
    if let Some(command) = model.keymap.resolve(key, &contexts(model)) {
        return Some(Message::Do(command));
    }
    accepts_text(model).then_some(Message::Typed(event))
}
