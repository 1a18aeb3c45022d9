//! The first page of the report on the target that is shown, and its short form.

use ratatui::layout::Rect;

use super::super::canvas::Canvas;
use super::super::doc::Doc;
use crate::messages::result as r;
use crate::report::sections::{advice, hurdles, money, summary, target};
use crate::report::{Blocks, Form, Options};
use crate::scoring::TargetResult;
use crate::tui::model::{Model, Work};
use crate::tui::theme::Meaning;

const MOST_HURDLES: usize = 6;
/// Columns from which the page is in two.
const TWO: u16 = 108;

pub(super) fn draw(
    model: &Model<'_>,
    canvas: &mut Canvas<'_>,
    area: Rect,
    work: &Work,
    result: &TargetResult,
    scroll: u16,
) {
    if area.width < TWO {
        let mut doc = first(model, work, result, area.width);
        doc.blank();
        doc.lines.extend(rest(model, work, result, area.width).lines);
        canvas.doc(area, &doc, scroll, true);
        return;
    }
    let gap = 3;
    let width = (area.width - gap) / 2;
    let right = Rect { x: area.x + width + gap, width: area.width - gap - width, ..area };
    let left = Rect { width, ..area };
    let (first, second) = (first(model, work, result, left.width), rest(model, work, result, right.width));
    // The longer of the two says how far there is to scroll.
    let longer = first.lines.len() >= second.lines.len();
    canvas.doc(left, &first, scroll, longer);
    canvas.doc(right, &second, scroll, !longer);
}

/// What it comes to, what to do first, and why the evidence has its grade.
fn first(model: &Model<'_>, work: &Work, result: &TargetResult, width: u16) -> Doc {
    let lang = model.lang;
    let writer = super::writer_about(model, work, result);
    let graded = work.anything_known(model.pack());
    let mut out = Blocks::default();
    summary::verdicts(&writer, result, graded, &mut out);
    if !graded {
        // Before anything is answered there is nothing to grade.
        out.heading(3, "why-grade", r::no_grade(lang));
        out.paragraph(r::no_grade_says(lang));
    }
    summary::outlooks(&writer, &[result], &mut out);
    hurdles::chart(&writer, &result.worst_first()[..MOST_HURDLES.min(result.grounds.len())], &mut out);
    if super::listed(model, &result.id, model.lists.actions.as_deref()).is_some() {
        summary::first_steps(&writer, result, &mut out);
    } else {
        out.paragraph(r::working(lang));
    }
    if graded {
        summary::grade(&writer, result, &mut out);
    }
    let mut doc = Doc::new(width, model.look);
    doc.blocks(&out.blocks, lang);
    doc
}

/// The short form of the target's part of the report.
fn rest(model: &Model<'_>, work: &Work, result: &TargetResult, width: u16) -> Doc {
    let writer = super::writer_about(model, work, result);
    let mut out = Blocks::default();
    if let Some(profile) = model.pack().profile(&result.id) {
        let options = Options { form: Form::Short, ..super::options(model.lang) };
        target::outlook_part(&writer, options, result, &mut out);
        target::confidence_part(&writer, options, result, &mut out);
        money::write(&writer, options, result, profile, &mut out);
        target::deadlines(&writer, options, result, profile, &mut out);
        advice::actions(&writer, options, result, &mut out);
    }
    let mut doc = Doc::new(width, model.look);
    doc.blocks(&out.blocks, model.lang);
    doc.blank();
    doc.para(Meaning::Muted, r::no_advice(model.lang));
    doc
}
