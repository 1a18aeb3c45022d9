//! The interview: moving between questions, and answering the one in hand.
//!
//! Nothing that was typed is lost: a text that is not the answer, because it cannot be read or because "I don't know"
//! was chosen instead, is kept as a draft and shown again when the question is.

use super::{answer, assets, moved, overlays, scrolled};
use crate::flow;
use crate::matter::Value;
use crate::pack::Kind;
use crate::tui::message::{Command, Effect};
use crate::tui::model::{Entry, Model, Notice, Overlay, Panel, Picker, Purpose, Row, TextBox, TextFor, has_none_row};
use crate::tui::text_field::TextField;
use crate::tui::{search, words};

/// A command on the interview screen.
pub(super) fn run(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    match command {
        Command::NextQuestion => go_by(model, true),
        Command::PreviousQuestion => go_by(model, false),
        Command::NextPanel | Command::PreviousPanel => {
            let work = model.work.as_mut()?;
            work.panel = if work.panel == Panel::Question { Panel::Sections } else { Panel::Question };
            None
        }
        Command::Basis => {
            let effect = keep_typed(model);
            answer::basis(model).or(effect)
        }
        Command::Note => open_text(model, TextFor::Note),
        Command::Evidence => open_text(model, TextFor::Evidence),
        Command::Explain => {
            model.overlays.push(Overlay::Explain(0));
            None
        }
        Command::PageUp | Command::PageDown => {
            let scroll = scrolled(model, command, model.work.as_ref()?.help_scroll)?;
            model.work.as_mut()?.help_scroll = scroll;
            None
        }
        Command::Back => super::go_home(model),
        command if model.work.as_ref()?.panel == Panel::Sections => sections(model, command),
        command => match model.work.as_ref()?.entry {
            Entry::Options(_) => options(model, command),
            Entry::Text { .. } => text(model, command),
            Entry::Place(_) => place(model, command),
            Entry::Rows(_) => assets::rows(model, command),
        },
    }
}

/// Opens the window for the note or the evidence.
fn open_text(model: &mut Model<'_>, what: TextFor) -> Option<Effect> {
    let effect = keep_typed(model);
    let question = model.question()?;
    let answer = model.work.as_ref()?.matter.answer(&question.id);
    let text = answer.map(|answer| if what == TextFor::Note { &answer.note } else { &answer.evidence });
    let text = text.map_or("", String::as_str);
    let field = if what == TextFor::Note { TextField::lines(text) } else { TextField::line(text) };
    model.overlays.push(Overlay::Text(TextBox { what, field }));
    effect
}

/// Shows a question. What was typed for the one before is kept.
pub(super) fn go_to(model: &mut Model<'_>, index: usize) -> Option<Effect> {
    let kept = keep_typed(model);
    let pack = model.engine.pack;
    let work = model.work.as_mut()?;
    if !work.visible.get(index).copied().unwrap_or_default() {
        return kept;
    }
    let other = work.at != index;
    work.at = index;
    work.panel = Panel::Question;
    work.help_scroll = 0;
    work.open_entry(pack);
    // The place is part of what is saved, so that a matter opens where it was left.
    let begun = work.path.is_some() || !work.matter.answers.is_empty();
    if other && begun { answer::save(model) } else { kept }
}

fn go_by(model: &mut Model<'_>, forward: bool) -> Option<Effect> {
    let kept = keep_typed(model);
    let pack = model.engine.pack;
    let work = model.work.as_ref()?;
    let to = if forward {
        flow::next(pack, &work.matter, Some(work.at))
    } else {
        flow::previous(pack, &work.matter, work.at)
    };
    match to {
        Some(index) => go_to(model, index).or(kept),
        // After the last question come all answers at a glance.
        None if forward => {
            model.screen = crate::tui::model::Screen::Review(0);
            kept
        }
        None => kept,
    }
}

/// Shows the next question without an answer, from the one in hand on and round.
pub(super) fn next_gap(model: &mut Model<'_>) -> Option<Effect> {
    let kept = overlays::put_away(model);
    let pack = model.engine.pack;
    let work = model.work.as_ref()?;
    let open = |index: &usize| work.visible[*index] && !work.matter.answers.contains_key(&pack.questions[*index].id);
    let count = pack.questions.len();
    let Some(index) = (1..=count).map(|n| (work.at + n) % count).find(open) else {
        model.notice = Some(Notice::NoGap);
        return kept;
    };
    show(model, index).or(kept)
}

/// Shows a question from wherever the user is.
pub(super) fn show(model: &mut Model<'_>, index: usize) -> Option<Effect> {
    let kept = overlays::put_away(model);
    let effect = go_to(model, index);
    model.screen = crate::tui::model::Screen::Interview;
    effect.or(kept)
}

/// Takes over the contents of the text field of the question in hand, or keeps it as a draft.
pub(super) fn keep_typed(model: &mut Model<'_>) -> Option<Effect> {
    let question = model.question()?;
    let work = model.work.as_mut()?;
    let Entry::Text { field, on_field, fault } = &mut work.entry else { return None };
    let typed = field.text();
    let before = work.matter.answer(&question.id).map(|answer| &answer.value);
    if typed.trim() == words::entry_text(before) {
        work.drafts.remove(&work.at);
        return None;
    }
    if typed.trim().is_empty() {
        work.drafts.remove(&work.at);
        let answered = !matches!(before, None | Some(Value::Unknown));
        return if *on_field && answered { answer::clear(model) } else { None };
    }
    if !*on_field {
        work.drafts.insert(work.at, typed);
        return None;
    }
    let Some(value) = words::read_entry(model.engine.pack, question, &typed) else {
        *fault = true;
        work.drafts.insert(work.at, typed);
        return None;
    };
    // A matter that may only be read takes no answer; the text stays all the same.
    if work.held.is_some() && !work.trying() {
        work.drafts.insert(work.at, typed);
    } else {
        work.drafts.remove(&work.at);
    }
    answer::set_value(model, value)
}

/// Takes back what was typed and cannot be read; false where the field holds nothing of the kind.
pub(super) fn take_back_unread(model: &mut Model<'_>) -> bool {
    let pack = model.engine.pack;
    let Some(work) = &mut model.work else { return false };
    let unread = matches!(work.entry, Entry::Text { on_field: true, fault: true, .. });
    if unread {
        work.drafts.remove(&work.at);
        work.open_entry(pack);
    }
    unread
}

/// Options and "I don't know".
fn options(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let question = model.question()?;
    let count = question.options.len();
    let none = has_none_row(question);
    let rows = count + usize::from(none) + 1;
    let Entry::Options(cursor) = model.work.as_ref()?.entry else { return None };
    if let Some(row) = moved(command, cursor, rows) {
        set_cursor(model, row);
        return None;
    }
    match command {
        Command::Digit(0) => {
            set_cursor(model, rows - 1);
            take(model, rows - 1)
        }
        Command::Digit(digit) => {
            let row = usize::from(digit) - 1;
            if row >= count + usize::from(none) {
                return None;
            }
            set_cursor(model, row);
            take(model, row)
        }
        Command::Toggle => take(model, cursor),
        Command::Clear => answer::clear(model),
        Command::Enter if question.kind == Kind::Choices && cursor < count => {
            // Several answers: Enter goes on once something is ticked.
            if model.work.as_ref()?.matter.answer(&question.id).is_some() {
                return go_by(model, true);
            }
            let effect = take(model, cursor);
            model.notice = Some(Notice::Ticked);
            effect
        }
        Command::Enter => {
            let effect = if chosen(model, cursor) { None } else { take(model, cursor) };
            go_by(model, true).or(effect)
        }
        _ => None,
    }
}

/// True when the row under the cursor is the answer already.
fn chosen(model: &Model<'_>, row: usize) -> bool {
    let Some((question, work)) = model.question().zip(model.work.as_ref()) else { return false };
    let count = question.options.len();
    match work.matter.answer(&question.id).map(|answer| &answer.value) {
        Some(Value::Choice(id)) => question.option_index(id) == Some(row),
        Some(Value::Choices(ids)) if row == count && has_none_row(question) => ids.is_empty(),
        Some(Value::Unknown) => row >= count && !(row == count && has_none_row(question)),
        _ => false,
    }
}

/// Takes the row of an option, of "none of these" or of "I don't know".
fn take(model: &mut Model<'_>, row: usize) -> Option<Effect> {
    let question = model.question()?;
    let count = question.options.len();
    if row < count {
        return answer::choose(model, row);
    }
    let value = if row == count && has_none_row(question) { Value::Choices(Vec::new()) } else { Value::Unknown };
    answer::set_value(model, value)
}

fn set_cursor(model: &mut Model<'_>, row: usize) {
    if let Some(Entry::Options(cursor) | Entry::Rows(cursor)) = model.work.as_mut().map(|work| &mut work.entry) {
        *cursor = row;
    }
}

/// After rows went away: the cursor stays on a row that is there.
pub(super) fn keep_cursor_inside(model: &mut Model<'_>) {
    let pack = model.engine.pack;
    let Some(work) = &mut model.work else { return };
    let rows = work.rows(pack).len();
    if let Entry::Rows(cursor) = &mut work.entry {
        *cursor = (*cursor).min(rows.saturating_sub(1));
    }
}

/// A date, an amount or a number.
fn text(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let on_field = matches!(model.work.as_ref()?.entry, Entry::Text { on_field: true, .. });
    match command {
        Command::Enter if on_field => {
            let kept = keep_typed(model);
            if matches!(model.work.as_ref()?.entry, Entry::Text { fault: true, .. }) {
                return kept;
            }
            go_by(model, true).or(kept)
        }
        Command::Down | Command::Last if on_field => {
            let kept = keep_typed(model);
            focus_field(model, false);
            kept
        }
        Command::Up | Command::First if !on_field => {
            focus_field(model, true);
            None
        }
        Command::Toggle | Command::Digit(0) if !on_field => unknown(model),
        Command::Enter if !on_field => {
            let before = says_unknown(model);
            let effect = unknown(model);
            // What was typed is not the answer any more, and the screen says so before it goes on.
            if !before && says_unknown(model) && holds_text(model) {
                return effect;
            }
            go_by(model, true).or(effect)
        }
        Command::Clear if !on_field => {
            let effect = answer::clear(model);
            if let Some(Entry::Text { field, .. }) = model.work.as_mut().map(|work| &mut work.entry) {
                *field = TextField::line("");
            }
            effect
        }
        _ => None,
    }
}

/// True when the answer to the question in hand is "I don't know".
fn says_unknown(model: &Model<'_>) -> bool {
    let Some((question, work)) = model.question().zip(model.work.as_ref()) else { return false };
    work.matter.answer(&question.id).is_some_and(|answer| answer.value == Value::Unknown)
}

/// True when the text field of the question in hand holds a text.
fn holds_text(model: &Model<'_>) -> bool {
    matches!(model.work.as_ref().map(|work| &work.entry), Some(Entry::Text { field, .. }) if !field.is_empty())
}

fn focus_field(model: &mut Model<'_>, on: bool) {
    if let Some(Entry::Text { on_field, .. }) = model.work.as_mut().map(|work| &mut work.entry) {
        *on_field = on;
    }
}

/// "I don't know" to the question in hand. The text in the field stays, in case it was a slip.
fn unknown(model: &mut Model<'_>) -> Option<Effect> {
    answer::set_value(model, Value::Unknown)
}

/// A place: the list, then "I don't know".
fn place(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let Entry::Place(picker) = &model.work.as_ref()?.entry else { return None };
    let (query, cursor) = (picker.field.text(), picker.cursor);
    let items = search::items(model, Purpose::AnswerPlace, &query);
    if let Some(row) = moved(command, cursor, items.len() + 1) {
        if let Some(Entry::Place(picker)) = model.work.as_mut().map(|work| &mut work.entry) {
            picker.cursor = row;
        }
        return None;
    }
    if command != Command::Enter {
        return None;
    }
    let value = match items.get(cursor).map(|item| &item.kind) {
        Some(search::ItemKind::Place(id)) => Value::Place(id.clone()),
        _ => Value::Unknown,
    };
    let effect = answer::set_value(model, value);
    go_by(model, true).or(effect)
}

/// The sections at the side.
fn sections(model: &mut Model<'_>, command: Command) -> Option<Effect> {
    let pack = model.engine.pack;
    let work = model.work.as_mut()?;
    if let Some(row) = moved(command, work.section_cursor, pack.sections.len()) {
        work.section_cursor = row;
        return None;
    }
    match command {
        Command::Enter => {
            let section = work.section_cursor;
            click_section(model, section)
        }
        _ => None,
    }
}

/// Shows a section: its first question without an answer, else its first.
pub(super) fn click_section(model: &mut Model<'_>, section: usize) -> Option<Effect> {
    let pack = model.engine.pack;
    let work = model.work.as_ref()?;
    let here = |index: &usize| pack.questions[*index].section == section && work.visible[*index];
    let open = |index: &usize| !work.matter.answers.contains_key(&pack.questions[*index].id);
    let mut all = (0..pack.questions.len()).filter(here);
    let index = all.clone().find(open).or_else(|| all.next())?;
    go_to(model, index)
}

/// A click on a row of the question.
pub(super) fn click(model: &mut Model<'_>, row: usize) -> Option<Effect> {
    model.work.as_mut()?.panel = Panel::Question;
    match &mut model.work.as_mut()?.entry {
        Entry::Options(cursor) => {
            *cursor = row;
            take(model, row)
        }
        Entry::Rows(cursor) => {
            *cursor = row;
            assets::rows(model, Command::Enter)
        }
        Entry::Place(picker) => {
            picker.cursor = row;
            place(model, Command::Enter)
        }
        Entry::Text { on_field, .. } => {
            *on_field = row == 0;
            if row == 0 { None } else { unknown(model) }
        }
    }
}

/// What a row of the list of assets or targets does; shared with `assets`.
pub(super) fn row_at(model: &Model<'_>) -> Option<Row> {
    let work = model.work.as_ref()?;
    let Entry::Rows(cursor) = work.entry else { return None };
    work.rows(model.engine.pack).get(cursor).cloned()
}

/// Opens a list to pick from.
pub(super) fn open_pick(model: &mut Model<'_>, purpose: Purpose) {
    model.overlays.push(Overlay::Pick(purpose, Picker::new()));
}

/// Goes on to the next question; shared with `assets`.
pub(super) fn go_on(model: &mut Model<'_>) -> Option<Effect> {
    go_by(model, true)
}
