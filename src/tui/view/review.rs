//! All answers by section, with gaps and what does not fit.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::doc::Doc;
use crate::matter::Value;
use crate::messages::{self, review as r, ui};
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::{Model, Work};
use crate::tui::theme::Meaning;
use crate::tui::update::review_rows;
use crate::tui::words;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, cursor: usize) {
    let Some(work) = &model.work else { return };
    let lang = model.lang;
    let findings = findings(model, work, area.width.saturating_sub(4));
    let wanted = u16::try_from(findings.lines.len()).unwrap_or(u16::MAX);
    let top_height = if wanted == 0 { 0 } else { (wanted + 2).min(area.height / 3) };
    if top_height >= 3 {
        let count = work.scores.assessment.findings.len();
        let inner = canvas.panel(Rect { height: top_height, ..area }, &r::findings(lang, count), false);
        canvas.doc(inner, &findings, 0, false);
    }
    let below = Rect { y: area.y + top_height, height: area.height - top_height, ..area };
    let unknown: usize = work.progress.iter().map(|progress| progress.unknown).sum();
    let asked: usize = work.progress.iter().map(|progress| progress.asked).sum();
    let shown: usize = work.progress.iter().map(|progress| progress.shown).sum();
    let inner = canvas.panel(below, &r::title(lang, asked, shown, unknown), true);
    list(model, canvas, inner, work, cursor);
}

/// What does not fit, each line leading to the first question to look at again.
fn findings(model: &Model<'_>, work: &Work, width: u16) -> Doc {
    let mut doc = Doc::new(width, model.look);
    for found in &work.scores.assessment.findings {
        let from = doc.lines.len();
        doc.item("! ", Meaning::Warn, &crate::report::finding(model.pack(), found, model.lang));
        if let Some(at) = found.questions.first() {
            doc.click_from(from, Click::Question(*at));
        }
    }
    doc
}

/// The answers, with the headings of the sections among them.
pub(super) fn list(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work, cursor: usize) {
    let lang = model.lang;
    let pack = model.pack();
    let wording = words::wording(model);
    let rows = review_rows(work);
    let mut lines: Vec<Vec<Line<'static>>> = Vec::new();
    let mut section = usize::MAX;
    let basis_width = if area.width >= 100 { 20 } else { 0 };
    let ask_width = (usize::from(area.width).saturating_sub(basis_width + 6)) * 3 / 5;
    let value_width = usize::from(area.width).saturating_sub(basis_width + ask_width + 5);
    for (n, at) in rows.iter().enumerate() {
        let Some(question) = pack.questions.get(*at) else { continue };
        let mut out = Vec::new();
        if question.section != section {
            section = question.section;
            if n > 0 {
                out.push(Line::default());
            }
            let title = pack.sections.get(section).map_or("", |section| section.title.get(lang));
            out.push(Line::from(canvas.span(Meaning::Accent, text::one_line(title))));
        }
        let answer = work.matter.answer(&question.id);
        let doubtful = work.scores.assessment.findings.iter().any(|found| found.questions.contains(at));
        let (mark, meaning) = match answer.map(|answer| &answer.value) {
            _ if doubtful => ("! ", Meaning::Warn),
            None => ("- ", Meaning::Muted),
            Some(Value::Unknown) => ("? ", Meaning::Muted),
            Some(_) => ("  ", Meaning::Text),
        };
        let value = text::one_line(&wording.answer(question, answer));
        let basis =
            answer.and_then(|answer| answer.basis).map_or("", |basis| messages::word(lang, "basis", basis.id()));
        let pointer = if n == cursor { ">" } else { " " };
        out.push(Line::from(vec![
            canvas.span(Meaning::Text, pointer),
            canvas.span(meaning, mark),
            canvas.span(Meaning::Text, text::pad(&text::one_line(question.ask.get(lang)), ask_width)),
            canvas.span(meaning, format!("  {}", text::pad(&value, value_width))),
            canvas.span(Meaning::Muted, text::clip(basis, basis_width)),
        ]));
        lines.push(out);
    }
    if lines.is_empty() {
        canvas.text(area.x, area.y, area.width, Meaning::Muted, ui::nothing_found(lang));
        return;
    }
    rows_with_headings(canvas, area, &lines, cursor);
}

/// Rows whose first lines may be headings: only the last line of the one under the cursor is marked.
fn rows_with_headings(canvas: &mut Canvas<'_>, area: Rect, lines: &[Vec<Line<'static>>], cursor: usize) {
    let from = canvas.hits.len();
    canvas.rows(area, lines, Some(cursor), false);
    let style = canvas.style(Meaning::Focus);
    let place = canvas
        .hits
        .iter()
        .skip(from)
        .filter(|(_, click)| *click == Click::Row(cursor))
        .map(|(place, _)| *place)
        .next_back();
    if let Some(place) = place {
        canvas.paint(place, style);
    }
}
