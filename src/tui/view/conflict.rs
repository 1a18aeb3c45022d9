//! The window with two versions of a matter, to choose from.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use super::centred;
use super::doc::Doc;
use super::overlay::window;
use crate::messages::safe;
use crate::tui::model::{Choosing, Model};
use crate::tui::theme::Meaning;
use crate::tui::words;

pub(super) fn draw(model: &Model<'_>, canvas: &mut Canvas<'_>, area: Rect, choosing: &Choosing) {
    let lang = model.lang;
    let width = area.width.min(90);
    let mut doc = Doc::new(width.saturating_sub(4), model.look);
    doc.para(Meaning::Text, safe::conflict_says(lang));
    let wording = words::wording(model);
    let mut current = 0;
    for (row, conflict) in choosing.conflict.conflicts.iter().enumerate() {
        doc.blank();
        if row == choosing.row {
            current = doc.lines.len();
        }
        let mark = if row == choosing.row { "> " } else { "  " };
        doc.para(Meaning::Title, &format!("{mark}{}", wording.part(&conflict.part)));
        let theirs = choosing.theirs.get(row).copied().unwrap_or_default();
        let line = |chosen: bool, words: String| format!("  {} {words}", if chosen { "(x)" } else { "( )" });
        doc.para(
            Meaning::Text,
            &line(!theirs, safe::mine(lang, wording.version(&conflict.part, conflict.mine.as_ref()))),
        );
        doc.para(
            Meaning::Text,
            &line(theirs, safe::theirs(lang, wording.version(&conflict.part, conflict.theirs.as_ref()))),
        );
    }
    let height = u16::try_from(doc.lines.len() + 2).unwrap_or(u16::MAX);
    let place = window(canvas, centred(area, width, height));
    let inner = canvas.panel(place, safe::conflict(lang), true);
    // The conflict under the cursor stays in sight.
    let scroll = (current + 3).saturating_sub(usize::from(inner.height));
    canvas.doc(inner, &doc, u16::try_from(scroll).unwrap_or(u16::MAX), true);
}
