//! The first and the last line of every screen: what is open, and what the keys do. Hints are printed from the key
//! table.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::canvas::Canvas;
use crate::lang::Lang;
use crate::messages::{safe, ui};
use crate::numbers;
use crate::text;
use crate::tui::context::{available, contexts};
use crate::tui::keymap::Bound;
use crate::tui::message::{Click, Command};
use crate::tui::model::{Model, Notice};
use crate::tui::theme::Meaning;

/// Draws both lines; gives the area between them.
pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
    header(model, canvas, area);
    footer(model, canvas, area);
    Rect { y: area.y + 1, height: area.height - 2, ..area }
}

fn header(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let lang = model.lang;
    let switch = format!("F2 {} ", ui::other_language(lang));
    let right = if area.width >= 80 {
        format!("{}   {switch}", ui::as_of(lang, numbers::date(model.as_of, lang)))
    } else {
        switch
    };
    let right_width = u16::try_from(text::width(&right)).unwrap_or(u16::MAX).min(area.width);
    let mut spans = vec![canvas.span(Meaning::Header, " exequatur")];
    if let Some(work) = &model.work {
        let title = text::one_line(&work.matter.title);
        let title = if title.is_empty() { ui::unnamed(lang).to_owned() } else { title };
        spans.push(canvas.span(Meaning::Text, "  "));
        let state = if work.trying() {
            Some((Meaning::Warn, ui::trying(lang)))
        } else if work.held.is_some() {
            Some((Meaning::Warn, safe::read_only(lang)))
        } else if work.unsaved.is_some() {
            Some((Meaning::Bad, ui::not_saved_short(lang)))
        } else if work.path.is_some() {
            Some((Meaning::Muted, ui::saved(lang)))
        } else {
            None
        };
        // The title gives way: that nothing is kept must be seen.
        let taken = state.map_or(0, |(_, words)| text::width(words) + 4) + text::width(" exequatur") + 2;
        let left = usize::from(area.width.saturating_sub(right_width + 1)).saturating_sub(taken);
        spans.push(canvas.span(Meaning::Title, text::clip(&title, left)));
        if let Some((meaning, words)) = state {
            spans.push(canvas.span(Meaning::Text, "  "));
            spans.push(canvas.span(meaning, format!("[{words}]")));
        }
    }
    let width = area.width.saturating_sub(right_width + 1);
    let line = Line::from(clip_spans(spans, usize::from(width)));
    canvas.line(area.x, area.y, width, &line);
    let x = area.right().saturating_sub(right_width);
    canvas.text(x, area.y, right_width, Meaning::Muted, &right);
    canvas.hits.push((Rect { x, y: area.y, width: right_width, height: 1 }, Click::Command(Command::Language)));
}

/// Cuts spans to a width; a cut one ends in dots.
fn clip_spans(spans: Vec<Span<'static>>, width: usize) -> Vec<Span<'static>> {
    let mut left = width;
    let mut clipped = Vec::new();
    for span in spans {
        let words = text::clip(&span.content, left);
        left -= text::width(&words).min(left);
        clipped.push(Span::styled(words, span.style));
    }
    clipped
}

/// Draws the last line: what just happened, then what the keys do.
pub(super) fn footer(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect) {
    let lang = model.lang;
    let y = area.bottom() - 1;
    canvas.clear(Rect { y, height: 1, ..area });
    let mut x = area.x + 1;
    let failed = model.work.as_ref().and_then(|work| work.unsaved.as_ref());
    let message = match (failed, &model.notice) {
        (Some(reason), _) => Some((Meaning::Bad, safe::not_saved(lang, text::one_line(reason)))),
        (None, Some(notice)) => Some((Meaning::Warn, notice_text(model, notice))),
        (None, None) => None,
    };
    if let Some((meaning, words)) = message {
        // The message may take most of the line; the hints come back with the next key.
        let width = area.width.saturating_sub(if failed.is_some() { 24 } else { 2 });
        x += canvas.text(x, y, width, meaning, &words) + 3;
    }
    for bound in model.keymap.hints(&contexts(model)) {
        if !available(model, bound.binding.command) {
            continue;
        }
        let (key, words) = hint(bound, lang);
        let width = u16::try_from(text::width(&key) + 1 + text::width(words)).unwrap_or(u16::MAX);
        if x.saturating_add(width) >= area.right() {
            break;
        }
        let start = x;
        x += canvas.text(x, y, width, Meaning::Accent, &key) + 1;
        x += canvas.text(x, y, width, Meaning::Muted, words) + 2;
        let hit = Rect { x: start, y, width, height: 1 };
        canvas.hits.push((hit, Click::Command(bound.binding.command)));
    }
}

/// A key and what it does.
pub(super) fn hint(bound: Bound<'_>, lang: Lang) -> (String, &'static str) {
    let key = bound.keys.first().map(|key| key.name(lang)).unwrap_or_default();
    (key, (bound.binding.hint)(lang))
}

fn notice_text(model: &Model<'_>, notice: &Notice) -> String {
    let lang = model.lang;
    match notice {
        Notice::SavedAs(path) => ui::saved_as(lang, text::one_line(&path.display().to_string())),
        Notice::Undone => ui::undone(lang).to_owned(),
        Notice::Redone => ui::redone(lang).to_owned(),
        Notice::NothingToUndo => ui::nothing_to_undo(lang).to_owned(),
        Notice::Cleared => ui::cleared(lang).to_owned(),
        Notice::AnswerFirst => ui::answer_first(lang).to_owned(),
        Notice::NoGap => ui::no_gap(lang).to_owned(),
        Notice::Tried { action, alone } => {
            let name = model.pack().actions.get(*action).map_or("", |action| action.name.get(lang));
            let name = text::one_line(name);
            if *alone { ui::tried_alone(lang, name) } else { ui::tried(lang, name) }
        }
        Notice::Practice(outcome) => {
            let outcome = crate::messages::word(lang, "outcome", outcome.id());
            crate::messages::facet::practice(lang, outcome)
        }
        Notice::WhatIf => ui::what_if_on(lang).to_owned(),
        Notice::WhatIfDropped => ui::what_if_dropped(lang).to_owned(),
        Notice::WhatIfKept => ui::what_if_kept(lang).to_owned(),
        Notice::Ticked => ui::ticked(lang).to_owned(),
        Notice::Merged(parts) => safe::merged(lang, parts),
        Notice::Basis(basis) => ui::basis_is(lang, crate::messages::word(lang, "basis", basis.id())),
        Notice::ReadOnly => safe::read_only_says(lang).to_owned(),
        Notice::NotTheSame => safe::not_the_same(lang).to_owned(),
        Notice::NoEncryption => safe::no_encryption(lang).to_owned(),
        Notice::Encrypted => safe::encrypted(lang).to_owned(),
        Notice::Theme(theme) => ui::theme_is(lang, crate::messages::word(lang, "theme", theme.id())),
    }
}
