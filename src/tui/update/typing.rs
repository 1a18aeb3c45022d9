//! Keys and pastes that go into the text field in focus.

use crossterm::event::KeyEvent;

use crate::tui::context::accepts_text;
use crate::tui::model::{Entry, ExportRow, ExportState, Model, Overlay, Screen};
use crate::tui::text_field::TextField;

/// A key that no line of the key table knows.
pub(super) fn key(model: &mut Model<'_>, key: KeyEvent) {
    if !accepts_text(model) {
        return;
    }
    model.notice = None;
    if with_field(model, |field| field.key(key)).unwrap_or_default() {
        after_typing(model);
    }
}

/// A text from the clipboard.
pub(super) fn paste(model: &mut Model<'_>, text: &str) {
    if accepts_text(model) && with_field(model, |field| field.paste(text)).is_some() {
        after_typing(model);
    }
}

/// Gives the text field in focus to a function; `None` where none has the focus.
fn with_field<T>(model: &mut Model<'_>, act: impl FnOnce(&mut TextField) -> T) -> Option<T> {
    if let Some(overlay) = model.overlays.last_mut() {
        return match overlay {
            Overlay::Text(text) => Some(act(&mut text.field)),
            Overlay::Pick(_, picker) => Some(act(&mut picker.field)),
            Overlay::Export(form) if form.here() == ExportRow::Place => Some(act(&mut form.place)),
            Overlay::Asset(form) => {
                let kind = model.engine.pack.assets.columns.get(form.row).map(|column| column.id.as_str());
                let last = model.engine.pack.assets.columns.len();
                match kind {
                    Some("value") => Some(act(&mut form.value)),
                    Some("charges") => Some(act(&mut form.charges)),
                    None if form.row == last => Some(act(&mut form.note)),
                    _ => None,
                }
            }
            _ => None,
        };
    }
    match &mut model.screen {
        Screen::Jurisdictions(browser) | Screen::Cases(browser) => Some(act(&mut browser.list.field)),
        Screen::Interview => match &mut model.work.as_mut()?.entry {
            Entry::Text { field, on_field: true, .. } => Some(act(field)),
            Entry::Place(picker) => Some(act(&mut picker.field)),
            _ => None,
        },
        _ => None,
    }
}

/// A search begins again at its first row; a text that was faulty is looked at again.
fn after_typing(model: &mut Model<'_>) {
    if let Some(overlay) = model.overlays.last_mut() {
        match overlay {
            Overlay::Pick(_, picker) => picker.cursor = 0,
            Overlay::Asset(form) => form.fault = None,
            Overlay::Export(form) => form.state = ExportState::Asking,
            _ => {}
        }
        return;
    }
    match &mut model.screen {
        Screen::Jurisdictions(browser) | Screen::Cases(browser) => {
            browser.list.cursor = 0;
            browser.scroll = 0;
        }
        Screen::Interview => match model.work.as_mut().map(|work| &mut work.entry) {
            Some(Entry::Text { fault, .. }) => *fault = false,
            Some(Entry::Place(picker)) => picker.cursor = 0,
            _ => {}
        },
        _ => {}
    }
}
