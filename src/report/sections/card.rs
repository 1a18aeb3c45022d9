//! The method in one page, the sources with their marks of doubt, and what makes the report again.

use super::cases;
use crate::lang::Lang;
use crate::messages::{card, few, figure, method as test, num, plainly, report as heading, sources, word};
use crate::pack::{Case, Pack, Provenance, SourceStatus};
use crate::report::figure::{Calibration, Figure, Point};
use crate::report::sentences::Writer;
use crate::report::{Audience, Blocks, Form, Options, Text};
use crate::scoring::backtest::Validation;

pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub(in crate::report) fn program() -> String {
    format!("exequatur {VERSION}")
}

pub(in crate::report) fn pack_line(writer: &Writer<'_>) -> String {
    card::pack_value(writer.lang, &writer.pack.id, &writer.pack.version)
}

pub(in crate::report) fn write(writer: &Writer<'_>, options: Options, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "method", heading::method(lang));
    if options.form == Form::Short {
        out.paragraph(card::short_method(lang));
    } else {
        match options.audience {
            Audience::Counsel => method(writer, out),
            Audience::Creditor => plain_method(writer, out),
        }
        source_list(writer, options, out);
    }
    reproduce(writer, out);
}

/// What makes the report again.
pub(crate) fn reproduce(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "reproduce", heading::reproduce(lang));
    out.key_values(vec![
        (card::vector(lang).into(), Text::code(&writer.assessment.vector)),
        (card::pack(lang).into(), pack_line(writer).into()),
        (card::hash(lang).into(), Text::code(&writer.pack.sha256)),
        (card::program(lang).into(), program().into()),
        (heading::as_of(lang).into(), writer.date(writer.assessment.as_of).into()),
    ]);
    out.paragraph(card::vector_note(lang));
}

/// The method for counsel, with the cases behind it and its limits.
pub(crate) fn method(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    out.paragraph(card::what(lang));
    let weights = &writer.engine.weights;
    // A fit to no case at all gives the priors back.
    let fitted = weights.fitted_on.as_ref().filter(|_| weights.cases > 0);
    out.paragraph(fitted.map_or_else(|| card::priors(lang).to_owned(), |_| card::fitted(lang, weights.cases)));
    let pack = writer.pack;
    let counted = pack.cases.iter().filter(|case| case.counts().is_ok());
    let dates = || counted.clone().filter_map(Case::order);
    let year = |date: Option<jiff::civil::Date>| date.map_or_else(String::new, |date| num::year(lang, date.year()));
    let (first, last) = (year(dates().min()), year(dates().max()));
    let count = counted.clone().count();
    out.paragraph(if count == 0 {
        few::no_cases(lang, pack.cases.len())
    } else {
        card::cases(lang, count, first, last, writer.decided().len(), pack.cases.len())
    });
    out.paragraph(walk_forward(pack, lang));
    calibration(pack, lang, out);
    out.paragraph(card::cost(lang));
    out.paragraph(card::limits(lang));
    out.paragraph(card::provenance(lang, writer.say(&pack.provenance)));
}

/// The same for a creditor, without the words of the trade.
fn plain_method(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    let weights = &writer.engine.weights;
    out.paragraph(plainly::what(lang));
    let fitted = weights.fitted_on.as_ref();
    out.paragraph(
        fitted.map_or_else(|| plainly::not_fitted(lang).to_owned(), |_| plainly::fitted(lang, weights.cases)),
    );
    let test = writer.pack.validation.as_ref().and_then(|validation| {
        let [model, base, ..] = validation.scores.as_slice() else { return None };
        let three = |value: f64| format!("{value:.3}");
        Some(plainly::test(lang, three(base.brier), validation.cases, three(model.brier), validation.recognised))
    });
    out.paragraph(test.unwrap_or_default());
    out.paragraph(plainly::estimates(lang));
    out.paragraph(card::cost(lang));
    out.paragraph(card::limits(lang));
    out.paragraph(plainly::summary_note(lang));
}

/// The figures of the walk-forward test, as the pack carries them.
pub fn walk_forward(pack: &Pack, lang: Lang) -> String {
    let Some(Validation { cases, recognised, scores, .. }) = &pack.validation else {
        return test::walk_none(lang).to_owned();
    };
    if *cases == 0 {
        return few::nothing(lang).to_owned();
    }
    let [model, base, local, priors, points] = scores.as_slice() else { return test::walk_none(lang).to_owned() };
    let three = |value: f64| format!("{value:.3}");
    test::walk(
        lang,
        three(base.brier),
        three(base.log_loss),
        three(local.brier),
        three(local.log_loss),
        three(model.log_loss),
        three(model.brier),
        cases,
        three(points.brier),
        three(points.log_loss),
        three(priors.brier),
        three(priors.log_loss),
        recognised,
    )
}

/// Predicted against observed, where the pack carries it.
fn calibration(pack: &Pack, lang: Lang, out: &mut Blocks) {
    let bins = pack.validation.as_ref().map_or(&[][..], |validation| &validation.calibration);
    if bins.is_empty() {
        return;
    }
    let points = bins.iter().map(|bin| Point {
        n: bin.n,
        between: [bin.from, bin.to],
        predicted: bin.predicted,
        observed: bin.observed,
    });
    let caption = figure::calibration(lang).into();
    out.figure(Figure::Calibration(Calibration { caption, points: points.collect() }));
}

fn source_list(writer: &Writer<'_>, options: Options, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "sources", heading::sources(lang));
    out.note(match options.audience {
        Audience::Counsel => sources::memory(lang),
        Audience::Creditor => plainly::memory_note(lang),
    });
    let columns = [(sources::part(lang), false), (sources::status(lang), false), (sources::addresses(lang), false)];
    for target in &writer.assessment.rows {
        let Some(profile) = writer.profile(target) else { continue };
        let title = sources::stated(lang, writer.date(profile.as_of), writer.say(&profile.name));
        out.heading(3, &format!("{}-sources", target.id), &title);
        let mut rows: Vec<Vec<Text>> =
            profile.parts().into_iter().map(|(part, from)| row(writer, part, from.status, &from.sources)).collect();
        let grounds: Vec<&Provenance> = profile.grounds.iter().map(|ground| &ground.provenance).collect();
        let mut pages: Vec<String> = grounds.iter().flat_map(|from| from.sources.clone()).collect();
        pages.sort();
        pages.dedup();
        let statuses = [SourceStatus::Read, SourceStatus::PartlyMemory, SourceStatus::Memory]
            .into_iter()
            .filter(|status| grounds.iter().any(|from| from.status == *status))
            .map(|status| word(lang, "status", status.id()));
        let statuses = statuses.collect::<Vec<_>>().join(num::comma(lang));
        rows.push(vec![word(lang, "part", "grounds").into(), statuses.into(), links(writer, &pages)]);
        out.table(&title, &columns, rows);
    }
    let named = cases::named(writer, options);
    if named.is_empty() {
        return;
    }
    out.heading(3, "case-sources", sources::case_sources(lang));
    let items = named.into_iter().map(|case| {
        let head = num::bracket(lang, word(lang, "status", case.status.id()), &case.name);
        Text::plain(&format!("{head}{}", num::colon(lang))).and(links(writer, &case.sources))
    });
    out.list(false, items.collect());
}

fn links(writer: &Writer<'_>, pages: &[String]) -> Text {
    if pages.is_empty() { sources::no_address(writer.lang).into() } else { Text::links(pages) }
}

fn row(writer: &Writer<'_>, part: &str, status: SourceStatus, pages: &[String]) -> Vec<Text> {
    let lang = writer.lang;
    vec![word(lang, "part", part).into(), word(lang, "status", status.id()).into(), links(writer, pages)]
}
