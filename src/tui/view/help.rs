//! Help on the question in hand: how to answer it, why it is asked, what proves it, what it moves.
//!
//! All of it is the pack's own text, and what it moves is derived from the rules.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::doc::Doc;
use crate::messages::question as q;
use crate::text;
use crate::tui::model::{Model, Moved};
use crate::tui::theme::Meaning;

/// The panel beside the question.
pub(super) fn panel(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let Some(work) = &model.work else { return };
    let inner = canvas.panel(area, q::help(model.lang), false);
    canvas.doc(inner, &page(model, inner.width), work.help_scroll, true);
}

/// The whole help on the question in hand.
pub(super) fn page(model: &Model<'_>, width: u16) -> Doc {
    let lang = model.lang;
    let mut doc = Doc::new(width, model.look);
    let Some((question, work)) = model.question().zip(model.work.as_ref()) else { return doc };
    doc.para(Meaning::Text, question.help.get(lang));
    for (heading, words) in [(q::why(lang), &question.why), (q::proof(lang), &question.proof)] {
        if !words.is_empty() {
            doc.heading(heading);
            doc.para(Meaning::Text, words.get(lang));
        }
    }
    doc.heading(q::moves(lang));
    let all = model.moves(work.at);
    if all.is_empty() {
        doc.para(Meaning::Muted, q::moves_nothing(lang));
        doc.para(Meaning::Muted, question.record_only.get(lang));
    }
    for moved in all {
        // A hurdle that the question can also block is named once, as blocking.
        if let Moved::Hurdle(index) = moved
            && all.contains(&Moved::Gate(*index))
        {
            continue;
        }
        doc.item("- ", Meaning::Text, &moved_words(model, *moved));
    }
    if question.options.iter().any(|option| !option.note.is_empty()) {
        doc.heading(q::options(lang));
    }
    for option in question.options.iter().filter(|option| !option.note.is_empty()) {
        doc.item("- ", Meaning::Text, &format!("{}: {}", option.label.get(lang), option.note.get(lang)));
    }
    doc
}

fn moved_words(model: &Model<'_>, moved: Moved) -> String {
    let lang = model.lang;
    let pack = model.pack();
    let name = |index: usize| text::one_line(pack.hurdles.get(index).map_or("", |hurdle| hurdle.name.get(lang)));
    match moved {
        Moved::Hurdle(index) => name(index),
        Moved::Gate(index) => q::can_block(lang, name(index)),
        Moved::Contest => text::one_line(pack.contest.name.get(lang)),
        Moved::Confidence(index) => {
            q::confidence(lang, text::one_line(pack.confidence.get(index).map_or("", |hurdle| hurdle.name.get(lang))))
        }
        Moved::Money => q::moves_money(lang).to_owned(),
        Moved::Deadlines => q::moves_deadlines(lang).to_owned(),
        Moved::Targets => q::moves_targets(lang).to_owned(),
    }
}
