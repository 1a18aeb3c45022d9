//! Commands in windows over the screen.

use super::{answer, assets, browser, export, interview, moved, saving, scrolled};
use crate::tui::message::{Command, Effect};
use crate::tui::model::{Browser, Model, Overlay, Picker, Purpose, ReadFor, Screen, TextBox, TextFor};
use crate::tui::search::{self, ItemKind};
use crate::tui::text_field::TextField;

/// A command while a window is open.
pub(super) fn run(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    match model.overlays.last()? {
        Overlay::Conflict(_) => saving::choose(model, command),
        Overlay::Help(scroll)
        | Overlay::Explain(scroll)
        | Overlay::Reader(.., scroll)
        | Overlay::AboutFile(_, scroll) => {
            let scroll = *scroll;
            if let Some(to) = scrolled(model, command, scroll) {
                if let Some(
                    Overlay::Help(scroll)
                    | Overlay::Explain(scroll)
                    | Overlay::Reader(.., scroll)
                    | Overlay::AboutFile(_, scroll),
                ) = model.overlays.last_mut()
                {
                    *scroll = to;
                }
            } else if matches!(command, Command::Back | Command::Enter) {
                model.overlays.pop();
            }
            None
        }
        Overlay::LeaveUnsaved => {
            if command == Command::Back {
                model.overlays.pop();
            }
            None
        }
        Overlay::Text(_) => text(model, command),
        Overlay::Pick(..) => pick(model, command),
        Overlay::Asset(_) => assets::form(model, command),
        Overlay::Export(_) => export::run(model, command),
    }
}

/// Shows a text to read.
pub(super) fn read(model: &mut Model<'_>, what: ReadFor, words: String) {
    model.overlays.push(Overlay::Reader(what, words, 0));
}

/// The window of a text: leaving it keeps the text, whichever way.
fn text(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    if !matches!(command, Command::Done | Command::Back | Command::Enter) {
        return None;
    }
    let Some(Overlay::Text(text)) = model.overlays.pop() else { return None };
    let written = text.field.text();
    if text.what.by_enter_only() && command == Command::Back {
        saving::dropped(model);
        return None;
    }
    match text.what {
        TextFor::SaveAs => saving::save_as(model, &written),
        TextFor::Passphrase => saving::open_locked(model, written),
        TextFor::NewPassphrase | TextFor::Repeat => saving::new_passphrase(model, text.what, written),
        TextFor::Note => answer::set_text(model, false, &written),
        TextFor::Evidence => answer::set_text(model, true, &written),
        TextFor::Title => {
            let title = written.trim().to_owned();
            let effect = answer::change(model, |matter| title.clone_into(&mut matter.title));
            let work = model.work.as_ref()?;
            match (&effect, &work.path) {
                // A file that the program named gets a name that says what it is.
                (Some(Effect::Save { text, .. }), Some(path)) if work.generated && !title.is_empty() => {
                    Some(Effect::Rename { path: path.clone(), title, text: text.clone() })
                }
                _ => effect,
            }
        }
    }
}

/// Leaves every window and the field in hand for something else, and keeps what is written there.
pub(super) fn put_away(model: &mut Model<'_>) -> Option<Effect> {
    let typed = interview::keep_typed(model);
    // The later of the two saves holds both.
    close_all(model).or(typed)
}

/// Closes every window and keeps what was written in them.
fn close_all(model: &mut Model<'_>) -> Option<Effect> {
    let mut effect = None;
    while let Some(top) = model.overlays.last() {
        let kept = match top {
            Overlay::Text(box_) if box_.what.by_enter_only() => text(model, Command::Back),
            Overlay::Text(_) => text(model, Command::Done),
            // An amount that cannot be read holds the form open once, not twice.
            Overlay::Asset(_) => assets::form(model, Command::Back),
            _ => {
                model.overlays.pop();
                None
            }
        };
        effect = kept.or(effect);
    }
    effect
}

/// Opens the window for the title.
pub(super) fn open_title(model: &mut Model<'_>) {
    if let Some(work) = &model.work {
        let field = TextField::line(&work.matter.title);
        model.overlays.push(Overlay::Text(TextBox { what: TextFor::Title, field }));
    }
}

/// Opens the palette; closes it where it is open.
pub(super) fn open_palette(model: &mut Model<'_>) {
    if matches!(model.overlays.last(), Some(Overlay::Pick(Purpose::Palette, _))) {
        model.overlays.pop();
    } else {
        model.overlays.push(Overlay::Pick(Purpose::Palette, Picker::new()));
    }
}

/// A list searched by typing.
fn pick(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let Some(Overlay::Pick(purpose, picker)) = model.overlays.last() else { return None };
    let (purpose, query, cursor) = (*purpose, picker.field.text(), picker.cursor);
    let items = search::items(model, purpose, &query);
    let step = match command {
        Command::PageUp => Some(cursor.saturating_sub(10)),
        Command::PageDown => Some((cursor + 10).min(items.len().saturating_sub(1))),
        command => moved(command, cursor, items.len()),
    };
    if let Some(row) = step {
        if let Some(Overlay::Pick(_, picker)) = model.overlays.last_mut() {
            picker.cursor = row;
        }
        return None;
    }
    match command {
        Command::Back => {
            model.overlays.pop();
            None
        }
        Command::Enter => {
            let kind = items.get(cursor)?.kind.clone();
            model.overlays.pop();
            picked(model, purpose, kind)
        }
        _ => None,
    }
}

/// A row was picked.
fn picked(model: &mut Model<'_>, purpose: Purpose, kind: ItemKind) -> Option<Effect> {
    match kind {
        ItemKind::Place(id) if purpose == Purpose::AddTarget => assets::add_target(model, id),
        ItemKind::Place(id) => {
            assets::set_place(model, &id);
            None
        }
        ItemKind::Command(command) => {
            let kept = put_away(model);
            match super::run(model, command) {
                // The answer to a save brings the list as well; every other effect holds what is kept here.
                None | Some(Effect::ListRecent) if kept.is_some() => kept,
                effect => effect,
            }
        }
        ItemKind::Question(index) => interview::show(model, index),
        ItemKind::Profile(index) => {
            let effect = put_away(model);
            let rows = search::profiles(model.engine.pack, model.lang, "");
            let cursor = rows.iter().position(|row| *row == index).unwrap_or_default();
            model.screen = Screen::Jurisdictions(opened(cursor));
            effect
        }
        ItemKind::Filter(facet, value) => {
            browser::filter(model, facet, value);
            None
        }
        ItemKind::Case(index) => {
            let effect = put_away(model);
            let rows = search::cases(model.engine.pack, "");
            let cursor = rows.iter().position(|row| *row == index).unwrap_or_default();
            model.screen = Screen::Cases(opened(cursor));
            effect
        }
    }
}

/// A browser with its page open at a row.
fn opened(cursor: usize) -> Browser {
    Browser { list: Picker { cursor, ..Picker::new() }, page: true, ..Browser::default() }
}

/// A click on a row of the window on top.
pub(super) fn click(model: &mut Model<'_>, row: usize) -> Option<Effect> {
    match model.overlays.last_mut()? {
        Overlay::Pick(_, picker) => {
            picker.cursor = row;
            pick(model, Command::Enter)
        }
        Overlay::Asset(form) => {
            form.row = row;
            None
        }
        Overlay::Export(_) => export::click(model, row),
        _ => None,
    }
}
