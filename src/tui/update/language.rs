//! Switching to the other language. Lists of places are then in another order, and the cursor stays on its place.

use super::browser_rows;
use crate::tui::model::{Entry, Model, Overlay, Picker, Purpose, Screen};
use crate::tui::search::{self, Item};

/// Shows everything in the other language.
pub(super) fn switch(model: &mut Model<'_>) {
    let (row, overlay, entry) = (browser_row(model), in_overlay(model), in_entry(model));
    model.lang = model.lang.other();
    let rows = match &model.screen {
        Screen::Jurisdictions(browser) | Screen::Cases(browser) => browser_rows(model, browser),
        _ => Vec::new(),
    };
    if let Screen::Jurisdictions(browser) | Screen::Cases(browser) = &mut model.screen
        && let Some(at) = rows.iter().position(|at| Some(*at) == row)
    {
        browser.list.cursor = at;
    }
    let at = in_overlay_list(model).and_then(|(purpose, picker)| place_of(model, purpose, picker, overlay.as_ref()));
    if let (Some(at), Some(Overlay::Pick(_, picker))) = (at, model.overlays.last_mut()) {
        picker.cursor = at;
    }
    let at = entry_list(model).and_then(|picker| place_of(model, Purpose::AnswerPlace, picker, entry.as_ref()));
    if let (Some(at), Some(Entry::Place(picker))) = (at, model.work.as_mut().map(|work| &mut work.entry)) {
        picker.cursor = at;
    }
}

/// What a browser has under the cursor.
fn browser_row(model: &Model<'_>) -> Option<usize> {
    match &model.screen {
        Screen::Jurisdictions(browser) | Screen::Cases(browser) => {
            browser_rows(model, browser).get(browser.list.cursor).copied()
        }
        _ => None,
    }
}

fn in_overlay_list<'m>(model: &'m Model<'_>) -> Option<(Purpose, &'m Picker)> {
    match model.overlays.last() {
        Some(Overlay::Pick(purpose, picker)) => Some((*purpose, picker)),
        _ => None,
    }
}

fn entry_list<'m>(model: &'m Model<'_>) -> Option<&'m Picker> {
    match model.work.as_ref().map(|work| &work.entry) {
        Some(Entry::Place(picker)) => Some(picker),
        _ => None,
    }
}

fn in_overlay(model: &Model<'_>) -> Option<Item> {
    let (purpose, picker) = in_overlay_list(model)?;
    under(model, purpose, picker)
}

fn in_entry(model: &Model<'_>) -> Option<Item> {
    under(model, Purpose::AnswerPlace, entry_list(model)?)
}

fn under(model: &Model<'_>, purpose: Purpose, picker: &Picker) -> Option<Item> {
    search::items(model, purpose, &picker.field.text()).into_iter().nth(picker.cursor)
}

/// Where a row of the list stands now.
fn place_of(model: &Model<'_>, purpose: Purpose, picker: &Picker, item: Option<&Item>) -> Option<usize> {
    let kind = &item?.kind;
    search::items(model, purpose, &picker.field.text()).iter().position(|item| item.kind == *kind)
}
