//! The model card: the method, the cases behind it, its limits and its authors, on one page.

use super::super::doc::Doc;
use crate::messages::result as r;
use crate::report::Blocks;
use crate::report::sections::card;
use crate::tui::model::{Model, Work};
use crate::tui::theme::Meaning;

pub(super) fn page(model: &Model<'_>, work: &Work, width: u16) -> Doc {
    let lang = model.lang;
    let writer = super::writer(model, work);
    let mut doc = Doc::new(width, model.look);
    let fitted = model.engine.weights.fitted_on.as_ref();
    if fitted.is_some_and(|cases| *cases != model.pack().cases_sha256) {
        doc.item("! ", Meaning::Warn, r::card_stale(lang));
    }
    let mut out = Blocks::default();
    card::method(&writer, &mut out);
    card::reproduce(&writer, &mut out);
    doc.blocks(&out.blocks, lang);
    doc
}
