//! The debtor's case, and the decided cases of a target, whoever won. No percentage is drawn from a handful
//! of cases.

use crate::messages::{cases, cases_one, debtor, num, report as heading, result, word};
use crate::numbers;
use crate::pack::case::target_of;
use crate::pack::{Case, Profile, SourceStatus, Support};
use crate::report::sentences::Writer;
use crate::report::{Audience, Blocks, Form, Options, Text};
use crate::scoring::{GroundResult, TargetResult, rule_record};

const OBJECTIONS: usize = 3;

/// The grounds of the strongest objections.
pub(in crate::report) fn objections(target: &TargetResult) -> Vec<&GroundResult> {
    target.worst_first().into_iter().take(OBJECTIONS).collect()
}

/// The three strongest objections, each with what answers it and a case; with `answers` also a case in
/// which the defence was raised and failed.
pub(crate) fn debtor(writer: &Writer<'_>, options: Options, target: &TargetResult, answers: bool, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(3, &format!("{}-debtor", target.id), heading::debtors_case(lang));
    out.paragraph(debtor::intro(lang));
    for ground in objections(target) {
        let hurdle = writer.hurdle(ground.hurdle);
        let title = debtor::heading(lang, writer.say(&hurdle.name), writer.percent(ground.p));
        out.heading(4, &format!("{}-debtor-{}", target.id, hurdle.id), &title);
        let case = rule_record::on_ground(writer.pack, target, ground);
        let line = case.map_or_else(|| debtor::no_case(lang).to_owned(), |case| line(writer, options, case));
        let mut pairs: Vec<(Text, Text)> = vec![
            (debtor::says(lang).into(), writer.say(&hurdle.objection).into()),
            (debtor::reply(lang).into(), writer.say(&hurdle.answer).into()),
            (debtor::case(lang).into(), line.into()),
        ];
        let failed = rule_record::failed_defence(writer.pack, &target.id, &hurdle.id).filter(|_| answers);
        if let Some(other) = failed.filter(|other| case.is_none_or(|case| case.id != other.id)) {
            pairs.push((result::answers_it(lang).into(), self::line(writer, options, other).into()));
        }
        out.key_values(pairs);
    }
}

fn line(writer: &Writer<'_>, options: Options, case: &Case) -> String {
    let lang = writer.lang;
    let year = case.decided_year.map_or_else(|| num::none(lang).to_owned(), |year| num::year(lang, year));
    let citation = match options.audience {
        Audience::Counsel if known(&case.citation) => case.citation.clone(),
        _ => year,
    };
    cases::case_line(lang, citation, writer.say(&case.lesson), &case.name, word(lang, "outcome", case.outcome.id()))
}

/// Every decided case of the target, newest first.
pub(in crate::report) fn decided(writer: &Writer<'_>, target: &TargetResult, profile: &Profile, out: &mut Blocks) {
    let lang = writer.lang;
    let pack = writer.pack;
    out.heading(3, &format!("{}-cases", target.id), heading::cases(lang));
    let mut here: Vec<&Case> = pack
        .cases
        .iter()
        .filter(|case| target_of(pack, &case.jurisdiction).is_some_and(|profile| profile.id == target.id))
        .collect();
    here.sort_by(|a, b| b.order().cmp(&a.order()).then_with(|| a.id.cmp(&b.id)));
    if here.is_empty() {
        out.paragraph(cases::none(lang));
    } else {
        let [records, matters, lost] = rule_record::of_target(pack, writer.decided(), &target.id);
        let count = if matters < FEW { cases_one::count } else { cases_one::count_many };
        let records = if records == 1 { cases_one::record(lang).to_owned() } else { cases_one::records(lang, records) };
        let matters = if matters == 1 { cases_one::matter(lang).to_owned() } else { cases_one::matters(lang, matters) };
        out.paragraph(count(lang, cases_one::lost(lang, lost), matters, records));
    }
    let columns = [
        (cases::case(lang), false),
        (cases::outcome(lang), false),
        (cases::lesson(lang), false),
        (cases::marks(lang), false),
    ];
    out.table(heading::cases(lang), &columns, here.into_iter().map(|case| row(writer, case)).collect());
    let counted = &profile.record;
    let value = cases::record_value(lang, writer.say(&counted.counted_by), counted.recognised, counted.refused);
    out.key_values(vec![(cases::record(lang).into(), value.into())]);
    let notes = writer.say(&counted.notes);
    if !notes.is_empty() {
        out.paragraph(writer.sentence(notes));
    }
}

/// Matters under which no rate is worth a word (MODEL.md).
const FEW: usize = 5;

fn row(writer: &Writer<'_>, case: &Case) -> Vec<Text> {
    let lang = writer.lang;
    let when = match (case.decided, case.decided_year) {
        (Some(date), _) => Some(numbers::date(date, lang)),
        (None, year) => year.map(|year| num::year(lang, year)),
    };
    let about: Vec<String> = [case.citation.clone(), case.court.clone(), when.unwrap_or_default()]
        .into_iter()
        .filter(|part| known(part))
        .collect();
    let name =
        Text::strong(&case.name).and(Text::plain(&format!("{}{}", num::clause(lang), about.join(num::clause(lang)))));
    vec![
        name,
        word(lang, "outcome", case.outcome.id()).into(),
        writer.say(&case.lesson).into(),
        marks(writer, case).into(),
    ]
}

/// Coders write `unknown` where the page did not say.
fn known(text: &str) -> bool {
    !text.is_empty() && text != "unknown"
}

/// What to doubt of a case.
fn marks(writer: &Writer<'_>, case: &Case) -> String {
    let lang = writer.lang;
    let mut out = vec![word(lang, "coding", &case.confidence).to_owned()];
    if case.status != SourceStatus::Read {
        out.push(word(lang, "status", case.status.id()).to_owned());
    }
    if case.is_final == Some(false) {
        out.push(cases::not_final(lang).to_owned());
    }
    out.extend(case.counts().err().map(|why| cases::not_counted(lang, word(lang, "not-counted", why.id()))));
    out.join(num::semicolon(lang))
}

/// Cases that a full report names, for the list of their pages.
pub(in crate::report) fn named<'a>(writer: &Writer<'a>, options: Options) -> Vec<&'a Case> {
    let pack = writer.pack;
    let mut out: Vec<&Case> = Vec::new();
    for target in &writer.assessment.rows {
        for case in &pack.cases {
            let here = target_of(pack, &case.jurisdiction).is_some_and(|profile| profile.id == target.id);
            if here && options.form == Form::Full && !out.iter().any(|known| known.id == case.id) {
                out.push(case);
            }
        }
        for ground in objections(target) {
            out.extend(rule_record::on_ground(writer.pack, target, ground));
        }
        let supports = target.grounds.iter().flat_map(|ground| {
            ground.contributions.iter().filter_map(move |c| super::hurdles::source(writer, ground, c.of))
        });
        out.extend(supports.flat_map(Support::cases).filter_map(|id| pack.case(id)));
    }
    out.sort_by(|a, b| a.id.cmp(&b.id));
    out.dedup_by(|a, b| a.id == b.id);
    out
}
