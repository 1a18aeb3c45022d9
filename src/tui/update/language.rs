//! Switching to the other language. Lists of places are then in another order, and the cursor stays on its place.

use super::browser_rows;
use crate::tui::model::{Entry, Model, Overlay, Picker, Purpose, Screen};
use crate::tui::search::{self, Item};

/// Shows everything in the other language.
pub(super) fn switch(model: &mut Model<'_>) {
    let row = browser_row(model);
    let picked = window_list(model).and_then(|(purpose, picker)| item_under_cursor(model, purpose, picker));
    let place = place_list(model).and_then(|picker| item_under_cursor(model, Purpose::AnswerPlace, picker));
    model.lang = model.lang.other();
    if let Screen::Jurisdictions(browser) | Screen::Cases(browser) = &model.screen {
        let cursor = browser_rows(model, browser).iter().position(|index| Some(*index) == row);
        if let (Screen::Jurisdictions(browser) | Screen::Cases(browser), Some(cursor)) = (&mut model.screen, cursor) {
            browser.list.cursor = cursor;
        }
    }
    let cursor = window_list(model).and_then(|(purpose, picker)| position(model, purpose, picker, picked.as_ref()));
    if let (Some(cursor), Some(Overlay::Pick(_, picker))) = (cursor, model.overlays.last_mut()) {
        picker.cursor = cursor;
    }
    let cursor = place_list(model).and_then(|picker| position(model, Purpose::AnswerPlace, picker, place.as_ref()));
    if let (Some(cursor), Some(Entry::Place(picker))) = (cursor, model.work.as_mut().map(|work| &mut work.entry)) {
        picker.cursor = cursor;
    }
}

/// The row under the cursor of a browser, by index.
fn browser_row(model: &Model<'_>) -> Option<usize> {
    match &model.screen {
        Screen::Jurisdictions(browser) | Screen::Cases(browser) => {
            browser_rows(model, browser).get(browser.list.cursor).copied()
        }
        _ => None,
    }
}

/// The list in the window on top.
fn window_list<'m>(model: &'m Model<'_>) -> Option<(Purpose, &'m Picker)> {
    match model.overlays.last() {
        Some(Overlay::Pick(purpose, picker)) => Some((*purpose, picker)),
        _ => None,
    }
}

/// The list of places that answers the question in hand.
fn place_list<'m>(model: &'m Model<'_>) -> Option<&'m Picker> {
    match model.work.as_ref().map(|work| &work.entry) {
        Some(Entry::Place(picker)) => Some(picker),
        _ => None,
    }
}

fn item_under_cursor(model: &Model<'_>, purpose: Purpose, picker: &Picker) -> Option<Item> {
    search::items(model, purpose, &picker.field.text()).into_iter().nth(picker.cursor)
}

/// The present position of an item in its list.
fn position(model: &Model<'_>, purpose: Purpose, picker: &Picker, item: Option<&Item>) -> Option<usize> {
    let kind = &item?.kind;
    search::items(model, purpose, &picker.field.text()).iter().position(|item| item.kind == *kind)
}
