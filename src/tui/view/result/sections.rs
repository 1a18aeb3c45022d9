//! The views that are sections of the report, as the report has them.

use super::super::doc::Doc;
use super::{listed, options, writer};
use crate::messages::result as r;
use crate::report::Blocks;
use crate::report::sections::{advice, card, cases, money, target};
use crate::scoring::TargetResult;
use crate::tui::model::{Model, Work};

/// Creditor confidence: each hurdle with what it rests on and what would raise it.
pub(super) fn confidence(model: &Model<'_>, work: &Work, width: u16, result: &TargetResult) -> Doc {
    let mut out = Blocks::default();
    target::confidence_part(&writer(model, work), options(model.lang), result, &mut out);
    page(model, width, &out)
}

/// Money, time and deadlines.
pub(super) fn money(model: &Model<'_>, work: &Work, width: u16, result: &TargetResult) -> Doc {
    let (writer, options) = (writer(model, work), options(model.lang));
    let mut out = Blocks::default();
    if let Some(profile) = model.pack().profile(&result.id) {
        money::write(&writer, options, result, profile, &mut out);
        target::deadlines(&writer, options, result, profile, &mut out);
    }
    page(model, width, &out)
}

/// The debtor's case, and the nearest decided cases once they are worked out.
pub(super) fn debtor(model: &Model<'_>, work: &Work, width: u16, result: &TargetResult) -> Doc {
    let writer = writer(model, work);
    let mut out = Blocks::default();
    cases::debtor(&writer, options(model.lang), result, true, &mut out);
    match listed(model, &result.id, model.lists.nearest.as_deref()) {
        None => out.paragraph(r::working(model.lang)),
        Some([]) => out.paragraph(r::no_cases(model.lang)),
        Some(near) => advice::nearest(&writer, result, near, &mut out),
    }
    page(model, width, &out)
}

/// The method, the cases behind it, its limits and its authors.
pub(super) fn card(model: &Model<'_>, work: &Work, width: u16) -> Doc {
    let writer = writer(model, work);
    let mut out = Blocks::default();
    let fitted = model.engine.weights.fitted_on.as_ref();
    if fitted.is_some_and(|cases| *cases != model.pack().cases_sha256) {
        out.note(r::card_stale(model.lang));
    }
    card::method(&writer, &mut out);
    card::reproduce(&writer, &mut out);
    page(model, width, &out)
}

fn page(model: &Model<'_>, width: u16, out: &Blocks) -> Doc {
    let mut doc = Doc::new(width, model.look);
    doc.blocks(&out.blocks, model.lang);
    doc
}
