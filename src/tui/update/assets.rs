//! The lists: assets with their form, and targets. Every change is one step of undo.

use super::{answer, interview, moved};
use crate::matter::{Asset, Money, Value};
use crate::pack::Kind;
use crate::tui::message::{Command, Effect};
use crate::tui::model::{AssetForm, Entry, Model, Overlay, Picker, Purpose, Row};
use crate::tui::text_field::TextField;
use crate::tui::words;

/// A command on the list of assets or targets.
pub(super) fn rows(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let pack = model.engine.pack;
    let Entry::Rows(cursor) = model.work.as_ref()?.entry else { return None };
    let count = model.work.as_ref()?.rows(pack).len();
    if let Some(row) = moved(command, cursor, count) {
        set_cursor(model, row);
        return None;
    }
    let row = interview::row_at(model)?;
    let targets = model.question()?.kind == Kind::Targets;
    match command {
        Command::Add => {
            add(model, targets);
            None
        }
        Command::Digit(0) => {
            // A list that was filled in is not thrown away by one key.
            if matches!(row, Row::Item(_)) { None } else { answer::set_value(model, Value::Unknown) }
        }
        Command::Remove => match row {
            Row::Item(n) => remove(model, n),
            _ => None,
        },
        Command::MoveUp | Command::MoveDown => match row {
            Row::Item(n) => shift(model, n, command == Command::MoveUp),
            _ => None,
        },
        Command::Enter => match row {
            Row::Item(n) if targets => to_front(model, n),
            Row::Item(n) => {
                open_form(model, Some(n));
                None
            }
            Row::Proposed(id) => add_target(model, id),
            Row::Add => {
                add(model, targets);
                None
            }
            Row::None => {
                let effect = answer::set_value(model, Value::Assets(Vec::new()));
                interview::keep_cursor_inside(model);
                effect
            }
            Row::Unknown => answer::set_value(model, Value::Unknown),
            Row::Continue => interview::go_on(model),
        },
        _ => None,
    }
}

fn set_cursor(model: &mut Model<'_>, row: usize) {
    if let Some(Entry::Rows(cursor)) = model.work.as_mut().map(|work| &mut work.entry) {
        *cursor = row;
    }
    interview::keep_cursor_inside(model);
}

fn add(model: &mut Model<'_>, targets: bool) {
    if targets { interview::open_pick(model, Purpose::AddTarget) } else { open_form(model, None) }
}

/// The assets listed so far.
fn listed(model: &Model<'_>) -> Vec<Asset> {
    match model.question().zip(model.work.as_ref()).and_then(|(q, work)| work.matter.known(&q.id)) {
        Some(Value::Assets(assets)) => assets.clone(),
        _ => Vec::new(),
    }
}

/// The targets chosen so far.
fn chosen(model: &Model<'_>) -> Vec<String> {
    match model.question().zip(model.work.as_ref()).and_then(|(q, work)| work.matter.known(&q.id)) {
        Some(Value::Targets(targets)) => targets.clone(),
        _ => Vec::new(),
    }
}

/// Changes the list; an empty one says nothing any more.
fn set_list(model: &mut Model<'_>, value: Value) -> Option<Effect> {
    let empty = match &value {
        Value::Assets(assets) => assets.is_empty(),
        Value::Targets(targets) => targets.is_empty(),
        _ => false,
    };
    let effect = if empty { answer::clear(model) } else { answer::set_value(model, value) };
    interview::keep_cursor_inside(model);
    effect
}

fn remove(model: &mut Model<'_>, n: usize) -> Option<Effect> {
    let value = if model.question()?.kind == Kind::Targets {
        let mut targets = chosen(model);
        (n < targets.len()).then(|| targets.remove(n))?;
        Value::Targets(targets)
    } else {
        let mut assets = listed(model);
        (n < assets.len()).then(|| assets.remove(n))?;
        Value::Assets(assets)
    };
    set_list(model, value)
}

fn shift(model: &mut Model<'_>, n: usize, up: bool) -> Option<Effect> {
    let to = if up { n.checked_sub(1)? } else { n + 1 };
    let value = if model.question()?.kind == Kind::Targets {
        let mut targets = chosen(model);
        (to < targets.len()).then(|| targets.swap(n, to))?;
        Value::Targets(targets)
    } else {
        let mut assets = listed(model);
        (to < assets.len()).then(|| assets.swap(n, to))?;
        Value::Assets(assets)
    };
    let effect = set_list(model, value);
    set_cursor(model, to);
    effect
}

/// Makes a target the first choice.
fn to_front(model: &mut Model<'_>, n: usize) -> Option<Effect> {
    let mut targets = chosen(model);
    let id = (n < targets.len()).then(|| targets.remove(n))?;
    targets.insert(0, id);
    let effect = set_list(model, Value::Targets(targets));
    set_cursor(model, 0);
    effect
}

/// Adds a target at the end.
pub(super) fn add_target(model: &mut Model<'_>, id: String) -> Option<Effect> {
    let mut targets = chosen(model);
    if !targets.contains(&id) {
        targets.push(id);
    }
    set_list(model, Value::Targets(targets))
}

/// Opens the form for an asset, or for a new one.
fn open_form(model: &mut Model<'_>, index: Option<usize>) {
    let assets = listed(model);
    let asset = index.and_then(|index| assets.get(index)).cloned().unwrap_or_default();
    let amount = |money: &Option<Money>| TextField::line(&words::entry_text(money.clone().map(Value::Money).as_ref()));
    let form = AssetForm {
        at: index.filter(|index| *index < assets.len()),
        row: 0,
        value: amount(&asset.value),
        charges: amount(&asset.charges),
        note: TextField::line(&asset.note),
        old: asset.clone(),
        asset,
        fault: None,
    };
    model.overlays.push(Overlay::Asset(Box::new(form)));
}

/// A command in the form of an asset.
pub(super) fn form(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let pack = model.engine.pack;
    let columns = &pack.assets.columns;
    // The columns, the note, "done".
    let rows = columns.len() + 2;
    let Some(Overlay::Asset(form)) = model.overlays.last_mut() else { return None };
    if let Some(row) = moved(command, form.row, rows) {
        form.row = row;
        return None;
    }
    let column = columns.get(form.row);
    match command {
        Command::Back | Command::Done => finish(model, command == Command::Back),
        Command::Enter => match column.map(|column| column.kind) {
            Some(Kind::Place) if form.asset.place.is_empty() => {
                model.overlays.push(Overlay::Pick(Purpose::AssetPlace, Picker::new()));
                None
            }
            _ if form.row + 1 == rows => finish(model, false),
            _ => {
                form.row += 1;
                None
            }
        },
        Command::Left | Command::Right => {
            let column = column?;
            if column.kind == Kind::Place {
                model.overlays.push(Overlay::Pick(Purpose::AssetPlace, Picker::new()));
                return None;
            }
            // Row 0 of the values is "not known", an empty text.
            let ids: Vec<&str> =
                std::iter::once("").chain(column.options.iter().map(|option| option.id.as_str())).collect();
            let now = form.asset.option(&column.id).to_owned();
            let index = ids.iter().position(|id| *id == now).unwrap_or_default();
            let step = if command == Command::Right { 1 } else { ids.len() - 1 };
            let id = ids[(index + step) % ids.len()];
            form.asset.set_option(&column.id, id);
            None
        }
        _ => None,
    }
}

/// Takes the place that was picked.
pub(super) fn set_place(model: &mut Model<'_>, id: &str) {
    if let Some(Overlay::Asset(form)) = model.overlays.last_mut() {
        id.clone_into(&mut form.asset.place);
        form.row += 1;
    }
}

/// Closes the form and keeps what it holds. An amount that cannot be read holds it open once; asked
/// again to go back, the form drops that amount.
fn finish(model: &mut Model<'_>, back: bool) -> Option<Effect> {
    let pack = model.engine.pack;
    let Some(Overlay::Asset(form)) = model.overlays.last_mut() else { return None };
    let mut asset = form.asset.clone();
    let again = form.fault.is_some() && back;
    for (column, field) in [("value", &form.value), ("charges", &form.charges)] {
        let written = field.text();
        let read =
            if written.trim().is_empty() { None } else { Some(crate::matter::parse_input::money(&written, None)) };
        let slot = if column == "value" { &mut asset.value } else { &mut asset.charges };
        match read {
            None => *slot = None,
            Some(Some(money)) => *slot = Some(money),
            Some(None) if again => {}
            Some(None) => {
                let row = pack.assets.columns.iter().position(|other| other.id == column).unwrap_or_default();
                form.fault = Some(row);
                form.row = row;
                return None;
            }
        }
    }
    form.note.text().trim().clone_into(&mut asset.note);
    let (index, old) = (form.at, form.old.clone());
    model.overlays.pop();
    if asset == old {
        return None;
    }
    let mut assets = listed(model);
    let row = index.unwrap_or(assets.len());
    match index {
        Some(index) if index < assets.len() => assets[index] = asset,
        _ => assets.push(asset),
    }
    let effect = set_list(model, Value::Assets(assets));
    set_cursor(model, row);
    effect
}
