//! Commands in the browsers of targets and of decided cases.
//!
//! A case opened as a matter is a new matter, and gets its own file with its first change.

use super::{Effect, Model, Screen, leave, moved, scrolled};
use crate::pack::case::target_of;
use crate::tui::filters::{self, Facet};
use crate::tui::message::Command;
use crate::tui::model::{Browser, Leaving, Next, Overlay, Picker, Purpose};
use crate::tui::search;

/// The rows that a browser lists, by index.
pub fn browser_rows(model: &Model<'_>, browser: &Browser) -> Vec<usize> {
    filters::rows(model, browser)
}

/// A command in a browser.
pub(super) fn run(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let (Screen::Jurisdictions(state) | Screen::Cases(state)) = &model.screen else { return None };
    let (cursor, scroll, page) = (state.list.cursor, state.scroll, state.page);
    let rows = browser_rows(model, state);
    let wide = crate::tui::view::browser_is_wide(model.size.0);
    let step = match command {
        Command::Up | Command::Down | Command::First | Command::Last if page => {
            let to = scrolled(model, command, scroll)?;
            with(model, |state| state.scroll = to);
            return None;
        }
        command => moved(command, cursor, rows.len()),
    };
    if let Some(row) = step {
        with(model, |state| {
            state.list.cursor = row;
            state.scroll = 0;
        });
        return None;
    }
    match command {
        Command::PageUp | Command::PageDown if page || wide => {
            let to = scrolled(model, command, scroll)?;
            with(model, |state| state.scroll = to);
        }
        Command::PageUp => with(model, |state| state.list.cursor = cursor.saturating_sub(10)),
        Command::PageDown => {
            with(model, |state| state.list.cursor = (cursor + 10).min(rows.len().saturating_sub(1)));
        }
        Command::Enter | Command::NextPanel | Command::PreviousPanel => {
            with(model, |state| state.page = !page && !rows.is_empty());
        }
        Command::Filter(facet) => {
            model.overlays.push(Overlay::Pick(Purpose::Filter(facet), Picker::new()));
        }
        Command::ClearFilters => clear(model),
        Command::Map => with(model, |state| state.no_map = !state.no_map),
        Command::Jump => jump(model, *rows.get(cursor)?),
        Command::Practise if matches!(model.screen, Screen::Cases(_)) => {
            return leave::leave(model, Leaving::For(Next::Case(*rows.get(cursor)?)));
        }
        Command::Back => return back(model),
        _ => {}
    }
    None
}

/// Sets or lifts a filter.
pub(super) fn filter(model: &mut Model<'_>, facet: Facet, value: Option<String>) {
    with(model, |state| {
        state.list.cursor = 0;
        state.scroll = 0;
        match value {
            Some(value) => state.filters.insert(facet, value),
            None => state.filters.remove(&facet),
        };
    });
}

/// Lifts every filter and the search; the row under the cursor stays under it.
fn clear(model: &mut Model<'_>) {
    let (Screen::Jurisdictions(state) | Screen::Cases(state)) = &model.screen else { return };
    let chosen = browser_rows(model, state).get(state.list.cursor).copied();
    with(model, |state| {
        state.filters.clear();
        state.list = Picker::new();
        state.scroll = 0;
    });
    let (Screen::Jurisdictions(state) | Screen::Cases(state)) = &model.screen else { return };
    let cursor = browser_rows(model, state).iter().position(|row| Some(*row) == chosen).unwrap_or_default();
    with(model, |state| state.list.cursor = cursor);
}

/// Out of the page, then to where a jump came from, then out of search and filters, then away.
fn back(model: &mut Model<'_>) -> Option<Effect> {
    let profile = matches!(model.screen, Screen::Jurisdictions(_));
    let (Screen::Jurisdictions(state) | Screen::Cases(state)) = &mut model.screen else { return None };
    // A jump to a target opens its page at once; a jump to cases opens their list.
    if (!state.page || profile)
        && let Some(from) = state.from.take()
    {
        model.screen = *from;
    } else if state.page {
        state.page = false;
    } else if !state.list.field.is_empty() || !state.filters.is_empty() {
        clear(model);
    } else if model.work.is_some() {
        model.screen = Screen::Interview;
    } else {
        return super::go_home(model);
    }
    None
}

/// From a target to its cases, from a case to its target; Esc goes back.
fn jump(model: &mut Model<'_>, row: usize) {
    let pack = model.engine.pack;
    let from = Some(Box::new(model.screen.clone()));
    if matches!(model.screen, Screen::Cases(_)) {
        let Some(target) = pack.cases.get(row).and_then(|case| target_of(pack, &case.jurisdiction)) else { return };
        let cursor =
            search::profiles(pack, model.lang, "").iter().position(|index| pack.profiles[*index].id == target.id);
        let list = Picker { cursor: cursor.unwrap_or_default(), ..Picker::new() };
        model.screen = Screen::Jurisdictions(Browser { list, page: true, from, ..Browser::default() });
    } else if let Some(profile) = pack.profiles.get(row) {
        let filters = [(Facet::Place, profile.id.clone())].into();
        model.screen = Screen::Cases(Browser { filters, from, ..Browser::default() });
    }
}

fn with(model: &mut Model<'_>, act: impl FnOnce(&mut Browser)) {
    if let Screen::Jurisdictions(state) | Screen::Cases(state) = &mut model.screen {
        act(state);
    }
}
