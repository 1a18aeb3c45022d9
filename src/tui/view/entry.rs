//! The answer to the question in hand: options, a text field, a list of places, or rows.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::doc::Doc;
use crate::flow;
use crate::matter::Value;
use crate::messages::{question as q, ui};
use crate::pack::{Kind, Question};
use crate::text;
use crate::tui::model::{Entry, Model, Purpose, Row, Work, has_none_row};
use crate::tui::theme::Meaning;
use crate::tui::{search, words};

/// Rows of one or more lines.
pub(super) type Rows = Vec<Vec<Line<'static>>>;

/// The options with their digits, each in as many lines as it needs; none where it is answered otherwise.
pub(super) fn options(model: &Model<'_>, work: &Work, width: u16) -> Rows {
    match model.question() {
        Some(question) if matches!(work.entry, Entry::Options(_)) => option_rows(model, work, question, width),
        _ => Rows::new(),
    }
}

/// How many lines the answer needs to be shown whole. `options` are those of the question.
pub(super) fn height(model: &Model<'_>, work: &Work, options: &Rows, width: u16) -> u16 {
    let Some(question) = model.question() else { return 0 };
    let lines = match &work.entry {
        Entry::Options(_) => {
            let rows: usize = options.iter().map(Vec::len).sum();
            let notes = question
                .options
                .iter()
                .map(|option| text::wrap(option.note.get(model.lang), usize::from(width).saturating_sub(4)).len());
            rows + 1 + notes.max().unwrap_or_default()
        }
        Entry::Text { .. } => 7,
        Entry::Place(_) => 12,
        Entry::Rows(_) => work.rows(model.pack()).len() + 2,
    };
    u16::try_from(lines).unwrap_or(u16::MAX)
}

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work, options: &Rows, focused: bool) {
    let Some(question) = model.question() else { return };
    if area.is_empty() {
        return;
    }
    match &work.entry {
        Entry::Options(cursor) => list(model, canvas, area, options, *cursor, focused),
        Entry::Text { .. } => field(model, canvas, area, work, question, focused),
        Entry::Place(_) => place(model, canvas, area, work, question, focused),
        Entry::Rows(cursor) => rows(model, canvas, area, work, *cursor, focused),
    }
}

/// Options with their digits, then "I don't know"; below them what the one under the cursor means.
fn list(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, rows: &Rows, cursor: usize, focused: bool) {
    let Some(question) = model.question() else { return };
    let total = u16::try_from(rows.iter().map(Vec::len).sum::<usize>()).unwrap_or(u16::MAX);
    let mut note = Doc::new(area.width, model.look);
    if let Some(option) = question.options.get(cursor)
        && !option.note.is_empty()
    {
        note.item("    ", Meaning::Muted, option.note.get(model.lang));
    }
    let note_height = u16::try_from(note.lines.len()).unwrap_or(u16::MAX);
    let list = total.min(area.height);
    canvas.rows(Rect { height: list, ..area }, rows, Some(cursor), focused);
    if area.height >= list + 1 + note_height {
        canvas.doc(Rect { y: area.y + list + 1, height: note_height, ..area }, &note, 0, false);
    }
}

fn option_rows(model: &Model<'_>, work: &Work, question: &Question, width: u16) -> Rows {
    let lang = model.lang;
    let several = question.kind == Kind::Choices;
    let value = work.matter.answer(&question.id).map(|answer| &answer.value);
    let impossible = flow::impossible(model.pack(), &work.matter, question);
    let proposal = Doc::new(width, model.look);
    let mut rows = Vec::new();
    let mut row = |digit: String, chosen: bool, label: &str, meaning: Meaning| {
        let mark = match (several, chosen) {
            (true, true) => "[x]",
            (true, false) => "[ ]",
            (false, true) => "(*)",
            (false, false) => "( )",
        };
        let meaning = if chosen { Meaning::Chosen } else { meaning };
        let lines = text::wrap(label, usize::from(width).saturating_sub(7).max(8));
        let lines: Vec<Line<'static>> = lines
            .into_iter()
            .enumerate()
            .map(|(n, words)| {
                let before = if n == 0 { format!("{digit:>1} {mark} ") } else { " ".repeat(6) };
                Line::from(vec![
                    proposal.span(if chosen { Meaning::Chosen } else { Meaning::Muted }, before),
                    proposal.span(meaning, words),
                ])
            })
            .collect();
        rows.push(lines);
    };
    for (n, option) in question.options.iter().enumerate() {
        let chosen = match value {
            Some(Value::Choice(id)) => *id == option.id,
            Some(Value::Choices(ids)) => ids.contains(&option.id),
            _ => false,
        };
        let digit = if n < 9 { (n + 1).to_string() } else { " ".to_owned() };
        let ruled_out = impossible.get(n).copied().unwrap_or_default();
        let label = text::one_line(option.label.get(lang));
        let label = if ruled_out { format!("{label} {}", q::ruled_out(lang)) } else { label };
        row(digit, chosen, &label, if ruled_out { Meaning::Muted } else { Meaning::Text });
    }
    if has_none_row(question) {
        let n = question.options.len();
        let digit = if n < 9 { (n + 1).to_string() } else { " ".to_owned() };
        let chosen = matches!(value, Some(Value::Choices(ids)) if ids.is_empty());
        row(digit, chosen, ui::none_of_these(lang), Meaning::Text);
    }
    row("0".to_owned(), value == Some(&Value::Unknown), ui::unknown(lang), Meaning::Text);
    rows
}

/// A date, an amount or a number: the field, how it is read, and "I don't know".
fn field(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work, question: &Question, focused: bool) {
    let lang = model.lang;
    let Entry::Text { field, on_field, fault } = &work.entry else { return };
    let aside = !*on_field;
    let on_field = *on_field && focused;
    let boxed = area.height >= 6;
    let unit = text::one_line(question.unit.get(lang));
    let width = area.width.min(46);
    let inside = if boxed {
        canvas.panel(Rect { height: 3, width, ..area }, "", on_field)
    } else {
        canvas.text(area.x, area.y, 2, Meaning::Accent, if on_field { "> " } else { "  " });
        Rect { x: area.x + 2, width: width.saturating_sub(2), height: 1, ..area }
    };
    canvas.hits.push((inside, crate::tui::message::Click::Row(0)));
    let style = canvas.style(Meaning::Title);
    let caret = field.draw(Rect { height: inside.height.min(1), ..inside }, canvas.buffer, style);
    if on_field {
        canvas.caret = caret;
    }
    let unit_x = area.x + width + 1;
    if !unit.is_empty() && unit_x < area.right() {
        canvas.text(unit_x, inside.y, area.right() - unit_x, Meaning::Muted, &unit);
    }
    let mut y = if boxed { area.y + 3 } else { area.y + 1 };
    let chosen = work.matter.answer(&question.id).is_some_and(|answer| answer.value == Value::Unknown);
    let (meaning, says) = if chosen && aside && !field.text().trim().is_empty() {
        (Meaning::Warn, format!("! {}", q::not_taken(lang, ui::unknown(lang))))
    } else {
        reading(model, question, &field.text(), *fault)
    };
    for line in text::wrap(&says, usize::from(area.width)) {
        if y < area.bottom() {
            canvas.text(area.x, y, area.width, meaning, &line);
            y += 1;
        }
    }
    if y + 1 < area.bottom() {
        y += 1;
    }
    if y < area.bottom() {
        let mark = if chosen { "(*)" } else { "( )" };
        let row = Rect { y, height: 1, ..area };
        let meaning = if chosen { Meaning::Chosen } else { Meaning::Text };
        canvas.text(area.x, y, area.width, meaning, &format!("  {mark} {}", ui::unknown(lang)));
        if focused && !on_field {
            let style = canvas.style(Meaning::Focus);
            canvas.paint(row, style);
        }
        canvas.hits.push((row, crate::tui::message::Click::Row(1)));
    }
}

/// How what was typed is read, or what is expected.
fn reading(model: &Model<'_>, question: &Question, typed: &str, fault: bool) -> (Meaning, String) {
    let lang = model.lang;
    let expected = match question.kind {
        Kind::Date => q::expected_date(lang),
        Kind::Money => q::expected_money(lang),
        _ => q::expected_number(lang),
    };
    if typed.trim().is_empty() {
        return (Meaning::Muted, expected.to_owned());
    }
    match words::read_entry(model.pack(), question, typed) {
        Some(value) => {
            let mut says = text::one_line(&words::wording(model).value(question, &value));
            if let Value::Number(number) = &value {
                use rust_decimal::prelude::ToPrimitive as _;
                let band = number.to_f64().and_then(|number| question.band(number));
                if let Some(band) = band {
                    says = format!("{says} - {}", text::one_line(band.label.get(lang)));
                }
            }
            (Meaning::Good, q::reads_as(lang, says))
        }
        None if fault => (Meaning::Bad, format!("! {}", q::cannot_read(lang, expected))),
        None => (Meaning::Muted, expected.to_owned()),
    }
}

/// A list of places searched by typing.
fn place(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work, question: &Question, focused: bool) {
    let lang = model.lang;
    let Entry::Place(picker) = &work.entry else { return };
    let value = work.matter.answer(&question.id).map(|answer| &answer.value);
    let items = search::items(model, Purpose::AnswerPlace, &picker.field.text());
    let list = super::overlay::search_line(model, canvas, area, picker, focused);
    let width = usize::from(list.width);
    let mut lines: Vec<Vec<Line<'static>>> = items
        .iter()
        .map(|item| {
            let chosen =
                matches!((&item.kind, value), (search::ItemKind::Place(id), Some(Value::Place(given))) if id == given);
            let meaning = if chosen { Meaning::Chosen } else { Meaning::Text };
            let mark = if chosen { "(*)" } else { "( )" };
            let label = text::pad(&item.label, (width * 3 / 5).saturating_sub(5));
            vec![Line::from(vec![
                canvas.span(meaning, format!("{mark} {label} ")),
                canvas.span(Meaning::Muted, item.detail.clone()),
            ])]
        })
        .collect();
    let unknown = value == Some(&Value::Unknown);
    let mark = if unknown { "(*)" } else { "( )" };
    let meaning = if unknown { Meaning::Chosen } else { Meaning::Text };
    lines.push(vec![Line::from(canvas.span(meaning, format!("{mark} {}", ui::unknown(lang))))]);
    canvas.rows(list, &lines, Some(picker.cursor), focused);
}

/// Assets or targets.
fn rows(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work, cursor: usize, focused: bool) {
    let Some(question) = model.question() else { return };
    let value = work.matter.answer(&question.id).map(|answer| &answer.value);
    let rows = work.rows(model.pack());
    let mut lines = Vec::new();
    for row in &rows {
        let label = search::row_label(model, row);
        let (mark, meaning) = match row {
            Row::Item(n) => (format!("{:>2}. ", n + 1), Meaning::Text),
            Row::Proposed(_) | Row::Add => ("  + ".to_owned(), Meaning::Accent),
            Row::None if matches!(value, Some(Value::Assets(_))) => ("(*) ".to_owned(), Meaning::Chosen),
            Row::Unknown if value == Some(&Value::Unknown) => ("(*) ".to_owned(), Meaning::Chosen),
            Row::None | Row::Unknown => ("( ) ".to_owned(), Meaning::Text),
            Row::Continue => (" >> ".to_owned(), Meaning::Accent),
        };
        let label = text::clip(&label, usize::from(area.width).saturating_sub(4));
        lines.push(vec![Line::from(vec![canvas.span(Meaning::Muted, mark), canvas.span(meaning, label)])]);
    }
    canvas.rows(area, &lines, Some(cursor), focused);
    let used = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    if area.height > used.saturating_add(2) {
        let mut doc = Doc::new(area.width, model.look);
        let hint =
            if question.kind == Kind::Targets { q::targets_hint(model.lang) } else { q::assets_hint(model.lang) };
        doc.para(Meaning::Muted, hint);
        let top = area.y + used + 1;
        canvas.doc(Rect { y: top, height: area.bottom() - top, ..area }, &doc, 0, false);
    }
}
