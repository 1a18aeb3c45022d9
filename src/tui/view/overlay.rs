//! Windows over the screen: keys, help, texts to write, lists to pick from, the form of an asset.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::doc::Doc;
use super::{centred, help};
use crate::messages::{asset_text as a, overlay as o, safe, ui};
use crate::numbers;
use crate::pack::Kind;
use crate::text;
use crate::tui::keymap::Context;
use crate::tui::message::Click;
use crate::tui::model::{AssetForm, Model, Overlay, Picker, Purpose, ReadFor, TextBox, TextFor};
use crate::tui::search;
use crate::tui::theme::Meaning;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, overlay: &Overlay) {
    let lang = model.lang;
    match overlay {
        Overlay::Help(scroll) => {
            let place = window(canvas, centred(area, 76, area.height));
            let inner = canvas.panel(place, o::keys(lang), true);
            let doc = keys(model, inner.width);
            canvas.doc(inner, &doc, *scroll, true);
        }
        Overlay::Explain(scroll) => {
            let place = centred(area, 76, area.height);
            let doc = help::page(model, place.width.saturating_sub(4));
            let height = u16::try_from(doc.lines.len() + 2).unwrap_or(u16::MAX);
            let place = window(canvas, centred(area, 76, height));
            let inner = canvas.panel(place, crate::messages::question::help(lang), true);
            canvas.doc(inner, &doc, *scroll, true);
        }
        Overlay::Conflict(choosing) => super::conflict::draw(model, canvas, area, choosing),
        Overlay::Reader(_, words, scroll) | Overlay::AboutFile(words, scroll) => {
            let width = area.width.saturating_sub(4).min(110);
            let mut doc = Doc::new(width.saturating_sub(4), model.look);
            doc.para(Meaning::Text, words);
            let height = u16::try_from(doc.lines.len() + 2).unwrap_or(u16::MAX);
            let place = window(canvas, centred(area, width, height));
            let title = match overlay {
                Overlay::Reader(ReadFor::NotSaved, ..) => safe::not_saved_title(lang),
                Overlay::Reader(ReadFor::Settings, ..) => o::settings(lang),
                Overlay::Reader(ReadFor::Preview, ..) => crate::messages::export::title(lang),
                Overlay::AboutFile(..) => safe::notice(lang),
                _ => o::not_opened(lang),
            };
            let inner = canvas.panel(place, title, true);
            canvas.doc(inner, &doc, *scroll, true);
        }
        Overlay::LeaveUnsaved => {
            let width = area.width.min(64);
            let mut doc = Doc::new(width.saturating_sub(4), model.look);
            let reason = model.work.as_ref().and_then(|work| work.unsaved.as_deref()).unwrap_or_default();
            doc.para(Meaning::Bad, &ui::not_saved(lang, text::one_line(reason)));
            doc.blank();
            doc.para(Meaning::Text, o::leave_unsaved(lang));
            let height = u16::try_from(doc.lines.len() + 2).unwrap_or(u16::MAX);
            let place = window(canvas, centred(area, width, height));
            let inner = canvas.panel(place, o::leave(lang), true);
            canvas.doc(inner, &doc, 0, false);
        }
        Overlay::Text(text) => text_box(model, canvas, area, text),
        Overlay::Pick(purpose, picker) => pick_list(model, canvas, area, *purpose, picker),
        Overlay::Asset(form) => asset_form(model, canvas, area, form),
        Overlay::Export(form) => super::export::draw(model, canvas, area, form),
    }
}

/// Clears the area of a window.
pub(super) fn window(canvas: &mut Canvas<'_>, place: Rect) -> Rect {
    canvas.clear(place);
    place
}

/// The keys that apply on the screen below the help, then those that apply everywhere.
fn keys(model: &Model<'_>, width: u16) -> Doc {
    let lang = model.lang;
    let mut below = model.clone();
    below.overlays.pop();
    let contexts = crate::tui::context::contexts(&below);
    let mut doc = Doc::new(width, model.look);
    doc.para(Meaning::Muted, o::keys_intro(lang));
    let mut heading = "";
    for context in contexts {
        let bindings = model.keymap.applying(&[context]);
        if bindings.is_empty() {
            continue;
        }
        let name = context_name(context, lang);
        if name != heading {
            heading = name;
            doc.heading(name);
        }
        let mut digits = false;
        for bound in bindings.into_iter().filter(|bound| !bound.keys.is_empty()) {
            let binding = bound.binding;
            // Nine digits that do the same are one line.
            let digit = matches!(binding.command, crate::tui::message::Command::Digit(1..));
            if digit && std::mem::replace(&mut digits, true) {
                continue;
            }
            let keys: Vec<String> = bound.keys.iter().map(|key| key.name(lang)).collect();
            let keys = if digit { o::digits(lang).to_owned() } else { keys.join(" ") };
            doc.pair(&format!("  {keys}"), 24, Meaning::Text, (binding.hint)(lang));
        }
    }
    doc
}

fn context_name(context: Context, lang: crate::lang::Lang) -> &'static str {
    match context {
        Context::Options => o::context_options(lang),
        Context::Field => o::context_field(lang),
        Context::Search => o::context_search(lang),
        Context::List | Context::Open | Context::Try | Context::Jump | Context::Compare => o::context_list(lang),
        Context::Rows => o::context_rows(lang),
        Context::Form | Context::FormChoice => o::context_form(lang),
        Context::Interview => o::context_interview(lang),
        Context::InterviewKeys => o::context_interview_keys(lang),
        Context::Scroll => o::context_scroll(lang),
        Context::Review => o::context_review(lang),
        Context::Result => o::context_result(lang),
        Context::LineBox | Context::TextBox | Context::Reader => o::context_window(lang),
        Context::Browser | Context::TargetBrowser | Context::CaseBrowser => o::context_browser(lang),
        Context::Plain | Context::Quit | Context::Global => o::context_global(lang),
    }
}

/// The window of a note, of evidence or of the title.
fn text_box(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, text_box: &TextBox) {
    let lang = model.lang;
    let (title, says, lines) = match text_box.what {
        TextFor::Note => (o::note(lang), o::note_says(lang), 8),
        TextFor::Evidence => (o::evidence(lang), o::evidence_says(lang), 1),
        TextFor::Title => (o::title(lang), o::title_says(lang), 1),
        TextFor::SaveAs => (safe::save_as(lang), safe::save_as_says(lang), 1),
        TextFor::Passphrase => (safe::passphrase(lang), safe::passphrase_says(lang), 1),
        TextFor::NewPassphrase => (safe::new_passphrase(lang), safe::new_passphrase_says(lang), 1),
        TextFor::Repeat => (safe::repeat(lang), safe::repeat_says(lang), 1),
    };
    let width = area.width.min(72);
    let mut doc = Doc::new(width.saturating_sub(4), model.look);
    doc.para(Meaning::Muted, says);
    let says_height = u16::try_from(doc.lines.len()).unwrap_or(u16::MAX);
    let place = window(canvas, centred(area, width, lines + says_height + 3));
    let inner = canvas.panel(place, title, true);
    canvas.doc(Rect { height: says_height.min(inner.height), ..inner }, &doc, 0, false);
    let top = says_height + 1;
    let field = Rect { y: inner.y + top, height: inner.height.saturating_sub(top), ..inner };
    let style = canvas.style(Meaning::Title);
    canvas.caret = text_box.field.draw(field, canvas.buffer, style);
}

/// The line in which a search is typed; gives the area below it.
pub(super) fn search_line(
    model: &Model<'_>,
    canvas: &mut Canvas<'_>,
    area: Rect,
    picker: &Picker,
    focused: bool,
) -> Rect {
    let label = format!("{} ", ui::search(model.lang));
    let used = canvas.text(area.x, area.y, area.width, Meaning::Accent, &label);
    let field = Rect { x: area.x + used, width: area.width.saturating_sub(used), height: 1, ..area };
    let style = canvas.style(Meaning::Title);
    let caret = picker.field.draw(field, canvas.buffer, style);
    if focused {
        canvas.caret = caret;
    }
    let skip = 2.min(area.height);
    Rect { y: area.y + skip, height: area.height - skip, ..area }
}

/// A list searched by typing.
fn pick_list(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, purpose: Purpose, picker: &Picker) {
    let lang = model.lang;
    let title = match purpose {
        Purpose::AddTarget => o::pick_target(lang).to_owned(),
        Purpose::AssetPlace | Purpose::AnswerPlace => o::pick_place(lang).to_owned(),
        Purpose::Palette => o::palette(lang).to_owned(),
        Purpose::Filter(facet) => crate::messages::facet::pick(lang, facet.name(lang)),
    };
    let (width, height) = if matches!(purpose, Purpose::Filter(_)) { (56, 18) } else { (84, 26) };
    let place = window(canvas, centred(area, width, area.height.saturating_sub(2).min(height)));
    let inner = canvas.panel(place, &title, true);
    let list = search_line(model, canvas, inner, picker, true);
    let items = search::items(model, purpose, &picker.field.text());
    if items.is_empty() {
        canvas.text(list.x, list.y, list.width, Meaning::Muted, ui::nothing_found(lang));
        return;
    }
    let detail = if list.width >= 50 { usize::from(list.width) * 2 / 5 } else { 0 };
    let left = usize::from(list.width).saturating_sub(detail + 3);
    let lines: Vec<Vec<Line<'static>>> = items
        .iter()
        .enumerate()
        .map(|(n, item)| {
            let mark = if n == picker.cursor { "> " } else { "  " };
            vec![Line::from(vec![
                canvas.span(Meaning::Text, format!("{mark}{} ", text::pad(&item.label, left))),
                canvas.span(Meaning::Muted, text::clip(&item.detail, detail)),
            ])]
        })
        .collect();
    canvas.rows(list, &lines, Some(picker.cursor), true);
}

/// The form of an asset: one line a column, with its kind.
fn asset_form(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, form: &AssetForm) {
    let lang = model.lang;
    let columns = &model.pack().assets.columns;
    let title = form.at.map_or_else(|| a::new(lang).to_owned(), |index| a::edit(lang, index + 1));
    let rows = u16::try_from(columns.len() + 2).unwrap_or(u16::MAX);
    let place = window(canvas, centred(area, 84, rows + 10));
    let inner = canvas.panel(place, &title, true);
    let label = if inner.width >= 50 { 18 } else { 12 };
    let value_width = inner.width.saturating_sub(label + 3);
    for row in 0..rows {
        let y = inner.y + row;
        if y >= inner.bottom() {
            break;
        }
        let index = usize::from(row);
        let focused = form.row == index;
        let here = Rect { y, height: 1, ..inner };
        canvas.hits.push((here, Click::Row(index)));
        let mark = if focused { "> " } else { "  " };
        let column = columns.get(index);
        let name = column.map_or_else(
            || if index == columns.len() { a::note(lang) } else { "" }.to_owned(),
            |column| text::one_line(column.label.get(lang)),
        );
        let meaning = if focused { Meaning::Title } else { Meaning::Muted };
        let head = format!("{mark}{}", text::pad(&name, usize::from(label).saturating_sub(2)));
        canvas.text(inner.x, y, label, meaning, &head);
        let x = inner.x + label + 1;
        let field = match column.map(|column| column.id.as_str()) {
            Some("value") => Some(&form.value),
            Some("charges") => Some(&form.charges),
            None if index == columns.len() => Some(&form.note),
            _ => None,
        };
        if let Some(field) = field {
            let style = canvas.style(if focused { Meaning::Title } else { Meaning::Text });
            let caret = field.draw(Rect { x, y, width: value_width, height: 1 }, canvas.buffer, style);
            if focused {
                canvas.caret = caret;
            }
            if field.is_empty() && !focused && column.is_some() {
                canvas.text(x, y, value_width, Meaning::Muted, ui::not_given(lang));
            }
            continue;
        }
        let Some(column) = column else {
            let words = format!("[ {} ]", a::done(lang));
            canvas.pickable(x, y, value_width, Meaning::Accent, &words, focused);
            continue;
        };
        let id = form.asset.option(&column.id);
        let words = match (column.kind, id.is_empty()) {
            (_, true) => ui::not_given(lang).to_owned(),
            (Kind::Place, false) => text::one_line(model.pack().place_name(id, lang)),
            _ => text::one_line(
                &crate::tui::words::wording(model).asset_column(&form.asset, &column.id).unwrap_or_default(),
            ),
        };
        let meaning = if id.is_empty() { Meaning::Muted } else { Meaning::Text };
        let words = if focused && column.kind == Kind::Choice { format!("< {words} >") } else { words };
        canvas.pickable(x, y, value_width, meaning, &words, focused);
    }
    let top = inner.y + rows + 1;
    if top < inner.bottom() {
        let doc = form_help(model, inner.width, form);
        canvas.doc(Rect { y: top, height: inner.bottom() - top, ..inner }, &doc, 0, false);
    }
}

/// What to enter in the line under the cursor.
fn form_help(model: &Model<'_>, width: u16, form: &AssetForm) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    let Some(column) = model.pack().assets.columns.get(form.row) else {
        if form.row > model.pack().assets.columns.len() {
            doc.para(Meaning::Muted, a::done_says(lang));
        } else {
            doc.para(Meaning::Muted, a::note_says(lang));
        }
        return doc;
    };
    if form.fault == Some(form.row) {
        let expected = crate::messages::question::expected_money(lang);
        doc.item("! ", Meaning::Bad, &crate::messages::question::cannot_read(lang, expected));
    }
    doc.para(Meaning::Muted, column.help.get(lang));
    match column.kind {
        Kind::Place => doc.para(Meaning::Accent, a::place_says(lang)),
        Kind::Choice => {
            let id = form.asset.option(&column.id);
            if let Some(option) = column.options.iter().find(|option| option.id == id) {
                let counts = a::counts(lang, numbers::percent(option.factor, lang));
                doc.para(Meaning::Text, &format!("{counts} {}", option.reason.get(lang)));
            } else {
                doc.para(Meaning::Accent, a::choice_says(lang));
            }
        }
        _ => doc.para(Meaning::Accent, crate::messages::question::expected_money(lang)),
    }
    doc
}
