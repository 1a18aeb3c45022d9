//! The window from which a report is written.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::centred;
use super::doc::Doc;
use super::overlay::window;
use crate::messages::{export as e, word};
use crate::report::{Audience, Form};
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::{ExportForm, ExportRow, ExportState, Model};
use crate::tui::theme::Meaning;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, form: &ExportForm) {
    let lang = model.lang;
    let rows = u16::try_from(ExportRow::ALL.len()).unwrap_or(u16::MAX);
    let place = window(canvas, centred(area, 84, rows + 8));
    let inner = canvas.panel(place, e::title(lang), true);
    let label = if inner.width >= 50 { 16 } else { 10 };
    for (index, row) in ExportRow::ALL.into_iter().enumerate() {
        let y = inner.y + u16::try_from(index).unwrap_or(u16::MAX);
        if y >= inner.bottom() {
            break;
        }
        canvas.hits.push((Rect { y, height: 1, ..inner }, Click::Row(index)));
        let focused = form.row == index;
        let mark = if focused { "> " } else { "  " };
        let name = match row {
            ExportRow::Format => e::format(lang),
            ExportRow::Language => e::language(lang),
            ExportRow::Form => e::form(lang),
            ExportRow::Audience => e::audience(lang),
            ExportRow::Place => e::place(lang),
            ExportRow::Preview | ExportRow::Write => "",
        };
        let meaning = if focused { Meaning::Title } else { Meaning::Muted };
        let head = format!("{mark}{}", text::pad(name, usize::from(label).saturating_sub(2)));
        canvas.text(inner.x, y, label, meaning, &head);
        let (x, width) = (inner.x + label + 1, inner.width.saturating_sub(label + 1));
        if row == ExportRow::Place {
            let style = canvas.style(if focused { Meaning::Title } else { Meaning::Text });
            let caret = form.place.draw(Rect { x, y, width, height: 1 }, canvas.buffer, style);
            if focused {
                canvas.caret = caret;
            }
            continue;
        }
        let words = value(model, form, row);
        let words = match row {
            ExportRow::Preview | ExportRow::Write => format!("[ {words} ]"),
            _ if focused => format!("< {words} >"),
            _ => words,
        };
        let meaning = if row.is_choice() { Meaning::Text } else { Meaning::Accent };
        canvas.pickable(x, y, width, meaning, &words, focused);
    }
    let top = inner.y + rows + 1;
    if top < inner.bottom() {
        let doc = says(model, inner.width, form);
        canvas.doc(Rect { y: top, height: inner.bottom() - top, ..inner }, &doc, 0, false);
    }
}

/// The value of a row.
fn value(model: &Model<'_>, form: &ExportForm, row: ExportRow) -> String {
    let lang = model.lang;
    match row {
        ExportRow::Format => word(lang, "export-format", form.format.ending()).to_owned(),
        ExportRow::Language => word(lang, "export-language", form.lang.code()).to_owned(),
        ExportRow::Form if form.form == Form::Full => e::full(lang).to_owned(),
        ExportRow::Form => e::short(lang).to_owned(),
        ExportRow::Audience if form.audience == Audience::Counsel => e::counsel(lang).to_owned(),
        ExportRow::Audience => e::creditor(lang).to_owned(),
        ExportRow::Place => String::new(),
        ExportRow::Preview => e::preview(lang).to_owned(),
        ExportRow::Write => e::write(lang).to_owned(),
    }
}

/// How far it is, or what the row under the cursor is for.
fn says(model: &Model<'_>, width: u16, form: &ExportForm) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    match &form.state {
        ExportState::Writing { .. } => doc.para(Meaning::Warn, e::writing(lang)),
        ExportState::Exists => doc.item("! ", Meaning::Warn, e::exists(lang)),
        ExportState::Failed(why) => doc.item("! ", Meaning::Bad, &e::failed(lang, text::one_line(why))),
        ExportState::Written(path) => {
            doc.para(Meaning::Good, &e::written(lang, text::one_line(&path.to_string_lossy())));
            doc.para(Meaning::Muted, e::written_says(lang));
        }
        ExportState::Asking => {
            let words = match form.here() {
                ExportRow::Format => e::format_says(lang),
                ExportRow::Language => e::language_says(lang),
                ExportRow::Form => e::form_says(lang),
                ExportRow::Audience => e::audience_says(lang),
                ExportRow::Place => e::place_says(lang),
                ExportRow::Preview => e::preview_says(lang),
                ExportRow::Write => e::write_says(lang),
            };
            doc.para(Meaning::Muted, words);
        }
    }
    if model.work.as_ref().is_some_and(crate::tui::model::Work::trying) {
        doc.para(Meaning::Warn, e::not_tried(lang));
    }
    doc
}
