//! The interview: sections at the side, the question, help and consequence beside it.
//!
//! Panels fold on narrow screens: first the sections become one line, then help moves into a window and the consequence
//! becomes one line.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::canvas::Canvas;
use super::doc::Doc;
use super::{consequence, entry, help};
use crate::messages::{self, question as q, ui};
use crate::text;
use crate::tui::message::Click;
use crate::tui::model::{Model, Panel, Work};
use crate::tui::theme::Meaning;

/// Columns from which the sections are at the side.
const WITH_SECTIONS: u16 = 112;
/// Columns from which help and consequence are beside the question.
const WITH_SIDE: u16 = 76;
/// Lines of the panel of consequences.
const CONSEQUENCE: u16 = 12;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(work) = &model.work else { return };
    let mut area = area;
    let sections_at_side = area.width >= WITH_SECTIONS;
    if sections_at_side {
        let width = if area.width >= 140 { 40 } else { 33 };
        sections(model, canvas, Rect { width, ..area }, work);
        area = Rect { x: area.x + width, width: area.width - width, ..area };
    } else if work.panel == Panel::Sections {
        // With the focus the folded sections open over the question.
        sections(model, canvas, Rect { width: area.width.min(44), ..area }, work);
        return;
    } else {
        strip(model, canvas, Rect { height: 1, ..area }, work);
        area = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    if area.width < WITH_SIDE {
        let bottom = Rect { y: area.bottom() - 1, height: 1, ..area };
        consequence::line(model, canvas, bottom);
        question(model, canvas, Rect { height: area.height - 1, ..area }, work);
        return;
    }
    let side = (area.width * 2 / 5).clamp(32, 52);
    let left = Rect { width: area.width - side, ..area };
    let right = Rect { x: left.right(), width: side, ..area };
    question(model, canvas, left, work);
    let below = CONSEQUENCE.min(right.height / 2);
    help::panel(model, canvas, Rect { height: right.height - below, ..right });
    consequence::panel(model, canvas, Rect { y: right.bottom() - below, height: below, ..right });
}

/// The sections with their progress.
fn sections(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work) {
    let lang = model.lang;
    let focused = work.panel == Panel::Sections;
    let inner = canvas.panel(area, q::sections(lang), focused);
    let here = model.question().map(|question| question.section);
    let mut rows: Vec<Vec<Line<'static>>> = Vec::new();
    for (index, section) in model.pack().sections.iter().enumerate() {
        let progress = work.progress.get(index).copied().unwrap_or_default();
        let count = format!("{}/{}", progress.asked, progress.shown);
        let width = usize::from(inner.width).saturating_sub(3 + 5);
        let mark = if here == Some(index) { "> " } else { "  " };
        let done = progress.shown > 0 && progress.asked == progress.shown;
        let meaning = if here == Some(index) {
            Meaning::Title
        } else if done {
            Meaning::Good
        } else {
            Meaning::Text
        };
        let label = text::pad(&text::one_line(section.title.get(lang)), width);
        rows.push(vec![Line::from(vec![
            canvas.span(meaning, format!("{mark}{label} ")),
            canvas.span(if done { Meaning::Good } else { Meaning::Muted }, format!("{count:>5}")),
        ])]);
    }
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(inner.height);
    let list = Rect { height, ..inner };
    let from = canvas.hits.len();
    canvas.rows(list, &rows, Some(work.section_cursor), focused);
    for (_, click) in canvas.hits.iter_mut().skip(from) {
        if let Click::Row(row) = click {
            *click = Click::Section(*row);
        }
    }
    let rest = Rect { y: list.bottom(), height: inner.height - height, ..inner };
    if rest.height > 4 {
        overall(model, canvas, rest, work);
    }
}

/// How far the whole interview has come.
fn overall(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work) {
    let lang = model.lang;
    let (asked, shown, unknown) = totals(work);
    let mut doc = Doc::new(area.width, model.look);
    doc.lines.push(Line::default());
    doc.para(Meaning::Muted, &q::overall(lang, asked, shown));
    #[expect(clippy::cast_precision_loss, reason = "a count of questions")]
    let share = asked as f64 / shown.max(1) as f64;
    let bar = canvas.gauge(usize::from(area.width), share, Meaning::Accent);
    doc.push(bar);
    if unknown > 0 {
        doc.para(Meaning::Muted, &q::unknown_count(lang, unknown));
    }
    let findings = work.scores.assessment.findings.len();
    if findings > 0 {
        doc.para(Meaning::Warn, &format!("! {}", q::findings_count(lang, findings)));
    }
    canvas.doc(area, &doc, 0, false);
}

fn totals(work: &Work) -> (usize, usize, usize) {
    work.progress.iter().fold((0, 0, 0), |(asked, shown, unknown), progress| {
        (asked + progress.asked, shown + progress.shown, unknown + progress.unknown)
    })
}

/// The sections folded to one line.
fn strip(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work) {
    let Some(question) = model.question() else { return };
    let lang = model.lang;
    let (asked, shown, _) = totals(work);
    let section = model.pack().sections.get(question.section);
    let title = section.map_or("", |section| section.title.get(lang));
    let count = model.pack().sections.len();
    let words = format!(" {}/{} {}", question.section + 1, count, text::one_line(title));
    let right = format!("{} ", q::overall(lang, asked, shown));
    let right_width = u16::try_from(text::width(&right)).unwrap_or(u16::MAX).min(area.width);
    canvas.text(area.x, area.y, area.width - right_width, Meaning::Accent, &words);
    canvas.text(area.right() - right_width, area.y, right_width, Meaning::Muted, &right);
}

/// The question with its answer, basis, evidence and note.
fn question(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work) {
    let Some(question) = model.question() else { return };
    let lang = model.lang;
    let focused = work.panel == Panel::Question;
    let inner = canvas.panel(area, &place_in_section(model, work), focused);
    if inner.is_empty() {
        return;
    }
    let mut head = Doc::new(inner.width, model.look);
    if inner.height >= 20 {
        head.lines.push(Line::default());
    }
    head.para(Meaning::Title, question.ask.get(lang));
    head.lines.push(Line::default());
    let foot = foot(model, inner.width, work);
    let head_height = u16::try_from(head.lines.len()).unwrap_or(u16::MAX).min(inner.height);
    let left = inner.height - head_height;
    // The answer comes first; what it rests on is shown as far as it fits below.
    let wanted = u16::try_from(foot.lines.len()).unwrap_or(u16::MAX);
    let options = entry::options(model, work, inner.width);
    let needed = entry::height(model, work, &options, inner.width).clamp(3, left.max(3));
    let foot_height = wanted.min(left.saturating_sub(needed.min(left)).max(u16::from(left > 6) * 2)).min(left);
    canvas.doc(Rect { height: head_height, ..inner }, &head, 0, false);
    let middle = Rect { y: inner.y + head_height, height: left - foot_height, ..inner };
    entry::draw(model, canvas, middle, work, &options, focused);
    canvas.doc(Rect { y: inner.bottom() - foot_height, height: foot_height, ..inner }, &foot, 0, false);
}

/// "Question 3 of 11 - Service of process".
fn place_in_section(model: &Model<'_>, work: &Work) -> String {
    let lang = model.lang;
    let pack = model.pack();
    let Some(question) = model.question() else { return String::new() };
    let asked: Vec<usize> = (0..pack.questions.len())
        .filter(|index| pack.questions[*index].section == question.section && work.visible[*index])
        .collect();
    let number = asked.iter().position(|index| *index == work.at).map_or(0, |position| position + 1);
    let title = pack.sections.get(question.section).map_or("", |section| section.title.get(lang));
    q::place(lang, asked.len(), number, text::one_line(title))
}

/// What the answer rests on, its evidence and note, and what does not fit.
fn foot(model: &Model<'_>, width: u16, work: &Work) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    let Some(question) = model.question() else { return doc };
    doc.lines.push(Line::default());
    let answer = work.matter.answer(&question.id);
    let label = 11;
    let given = match answer {
        None => messages::word(lang, "basis", "not-asked").to_owned(),
        Some(answer) => answer.basis.map_or_else(
            || messages::word(lang, "basis", "unknown").to_owned(),
            |basis| messages::word(lang, "basis", basis.id()).to_owned(),
        ),
    };
    let meaning = if answer.is_some() { Meaning::Chosen } else { Meaning::Muted };
    doc.pair(&text::pad(q::rests_on(lang), label), label + 1, meaning, &given);
    let texts = [
        (q::evidence(lang), answer.map_or("", |answer| answer.evidence.as_str())),
        (q::note(lang), answer.map_or("", |answer| answer.note.as_str())),
    ];
    for (name, words) in texts {
        let words = text::one_line(words);
        if !words.is_empty() {
            let left = usize::from(width).saturating_sub(label + 1);
            doc.pair(&text::pad(name, label), label + 1, Meaning::Text, &text::clip(&words, left.max(8)));
        }
    }
    for found in work.scores.assessment.findings.iter().filter(|found| found.questions.contains(&work.at)) {
        doc.item("! ", Meaning::Warn, &crate::report::finding(model.pack(), found, lang));
    }
    if let Some(draft) =
        work.drafts.get(&work.at).filter(|_| !matches!(work.entry, crate::tui::model::Entry::Text { .. }))
    {
        doc.item("! ", Meaning::Warn, &ui::draft(lang, text::one_line(draft)));
    }
    doc
}
