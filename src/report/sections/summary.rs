//! The first page: what it comes to, what stands in the way, what to do first; and the targets side
//! by side.

use super::{advice, money};
use crate::messages::{compare, figure, num, outlook, plan, report as heading, summary};
use crate::numbers;
use crate::pack::Cure;
use crate::report::columns::{COLUMNS, rows};
use crate::report::sentences::{Writer, target_deadline};
use crate::report::{Bar, Blocks, Form, Options, Text};
use crate::scoring::TargetResult;
use crate::scoring::deadline::Deadline;
use crate::scoring::target::{Source, URGENT_DAYS};

/// Chance from which a hurdle that can be mended is worth a step on the first page.
const WORTH_A_STEP: f64 = 0.05;
/// Things to do on the first page.
const STEPS: usize = 3;

pub(in crate::report) fn write(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "summary", heading::summary(lang));
    let Some(lead) = writer.lead() else {
        out.note(summary::no_target(lang));
        return;
    };
    let (name, count) = (writer.place(&lead.id), writer.assessment.rows.len());
    if count > 1 {
        let line = if lead.blocked.is_empty() {
            summary::lead(lang, count, name)
        } else {
            summary::lead_blocked(lang, count, name)
        };
        out.paragraph(line);
    }
    verdicts(writer, lead, true, out);
    outlooks(writer, &writer.assessment.rows.iter().collect::<Vec<_>>(), out);
    first_steps(writer, lead, out);
    grade(writer, lead, out);
}

/// The outlooks of some targets, drawn.
pub(crate) fn outlooks(writer: &Writer<'_>, targets: &[&TargetResult], out: &mut Blocks) {
    let bars = targets.iter().map(|target| bar(writer, target));
    out.chart(outlook::chart(writer.lang), false, bars.collect());
}

/// What to do first.
pub(crate) fn first_steps(writer: &Writer<'_>, lead: &TargetResult, out: &mut Blocks) {
    out.heading(3, "first-steps", summary::first_steps(writer.lang));
    out.list(true, steps(writer, lead));
}

/// Why the evidence has its grade.
pub(crate) fn grade(writer: &Writer<'_>, lead: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(3, "why-grade", &summary::why_grade(lang, writer.grade(lead)));
    let reasons = writer.reasons(lead);
    if reasons.is_empty() {
        out.paragraph(summary::no_step_down(lang));
    }
    out.list(false, reasons.into_iter().map(Text::from).collect());
}

/// What it comes to: recognition, collection, what stands in the way, by when; the grade of the
/// evidence where there is anything to grade.
pub(crate) fn verdicts(writer: &Writer<'_>, lead: &TargetResult, graded: bool, out: &mut Blocks) {
    let lang = writer.lang;
    let meaning = outlook::meaning(lang, writer.say(&writer.pack.word(lead.outlook.expected).meaning));
    let recognition = writer.sentences(&[writer.sentence(&writer.outlook(lead)), meaning]);
    let [blocked, _] = writer.blocks_with_cure(lead);
    // What may block is named here and explained with its target, so that the page stays a page.
    let mut names: Vec<String> =
        lead.may_block.iter().map(|block| writer.say(&writer.hurdle(block.hurdle).name).to_owned()).collect();
    names.dedup();
    let may_block =
        if names.is_empty() { String::new() } else { plan::may_block(lang, names.join(num::semicolon(lang))) };
    let blocked =
        if blocked.is_empty() { summary::nothing_blocks(lang).to_owned() } else { writer.sentences(&blocked) };
    let mut pairs: Vec<(Text, Text)> = vec![
        (summary::target(lang).into(), writer.place(&lead.id).into()),
        (summary::recognition(lang).into(), recognition.into()),
        (summary::collection(lang).into(), writer.collection(lead).into()),
        (summary::blocks(lang).into(), blocked.into()),
        (summary::may_block(lang).into(), may_block.into()),
    ];
    if let Some(deadline) = target_deadline(lead) {
        let line = [writer.what(deadline, lead), writer.when(deadline)].join(num::colon(lang));
        let line = writer.sentence(&line);
        pairs.push((summary::deadline(lang).into(), line.into()));
    }
    if let Some((target, deadline)) = sooner(writer, lead) {
        let line = [writer.what(deadline, target), writer.when(deadline)].join(num::colon(lang));
        pairs.push((summary::sooner(lang).into(), writer.sentence(&line).into()));
    }
    if graded {
        pairs.push((summary::evidence(lang).into(), writer.grade(lead).into()));
    }
    let index = numbers::of_hundred(f64::from(lead.confidence.index) / 100.0, lang);
    pairs.push((summary::confidence(lang).into(), index.into()));
    out.key_values(pairs);
}

/// The deadline of another target that comes before that of the lead: it must not wait for a later page.
fn sooner<'w>(writer: &'w Writer<'_>, lead: &TargetResult) -> Option<(&'w TargetResult, &'w Deadline)> {
    let own = target_deadline(lead).and_then(|deadline| deadline.date);
    let others = writer.assessment.rows.iter().filter(|target| target.id != lead.id && target.blocked.is_empty());
    others
        .filter_map(|target| Some((target, target_deadline(target)?)))
        .filter(|(_, deadline)| deadline.days.is_some_and(|days| days >= 0))
        .filter(|(_, deadline)| own.is_none_or(|own| deadline.date.is_some_and(|date| date < own)))
        .min_by_key(|(_, deadline)| deadline.date)
}

/// What to do first, the most important things and no more: the deadline, what blocks, what does not
/// fit, the best actions; where none is left, what to find out, the weaknesses that can be mended,
/// the documents.
fn steps(writer: &Writer<'_>, lead: &TargetResult) -> Vec<Text> {
    let lang = writer.lang;
    let name = writer.place(&lead.id);
    let mut out: Vec<Text> = Vec::new();
    if let Some(deadline) = target_deadline(lead)
        && deadline.days.is_some_and(|days| (0..URGENT_DAYS).contains(&days))
    {
        out.push(summary::step_deadline(lang, writer.when(deadline), name).into());
    }
    out.extend(lead.blocked.iter().map(|block| summary::step_gate(lang, writer.lift(block), name).into()));
    if !writer.assessment.findings.is_empty() {
        out.push(summary::step_findings(lang).into());
    }
    let ranked = writer.actions(lead);
    let best = ranked.iter().filter(|worth| !worth.depends).chain(ranked.iter().filter(|worth| worth.depends));
    out.extend(best.map(|worth| advice::step(writer, worth)));
    if ranked.is_empty() {
        out.extend(weaknesses(writer, lead));
    }
    if out.len() < STEPS {
        out.extend(writer.open_questions().iter().map(|open| {
            let question = &writer.pack.questions[open.question];
            plan::find_out(lang, writer.say(&question.ask), writer.say(&question.proof)).into()
        }));
    }
    match writer.documents() {
        Some([_, missing]) if !missing.is_empty() => {
            out.push(summary::step_documents(lang, missing.join(num::semicolon(lang))).into());
        }
        Some(_) => {}
        None => out.push(summary::step_documents_unknown(lang).into()),
    }
    if out.is_empty() {
        out.push(summary::step_none(lang).into());
    }
    out.truncate(STEPS);
    out
}

/// The hurdles that can be mended, each with the evidence that answers it.
fn weaknesses(writer: &Writer<'_>, lead: &TargetResult) -> Vec<Text> {
    let weak = lead.worst_first().into_iter().filter(|ground| {
        let hurts = |c: &crate::scoring::Contribution| matches!(c.of, Source::Rule(_)) && c.logit > 0.0;
        ground.p >= WORTH_A_STEP
            && writer.hurdle(ground.hurdle).cure != Cure::Fixed
            && ground.contributions.iter().any(hurts)
    });
    let steps = weak.map(|ground| {
        let hurdle = writer.hurdle(ground.hurdle);
        // The sentence begins in the middle of ours, so that its capital goes; a name keeps it.
        let answer = lower_first(writer.say(&hurdle.answer));
        summary::step_weakness(writer.lang, answer, writer.cure(hurdle.cure), writer.say(&hurdle.name)).into()
    });
    steps.collect()
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

fn bar(writer: &Writer<'_>, target: &TargetResult) -> Bar {
    Bar {
        label: writer.place(&target.id).into(),
        value: target.outlook.expected,
        range: Some(target.outlook.answers),
        words: writer.outlook(target).into(),
    }
}

/// All targets side by side: best first, blocked ones last.
pub(in crate::report) fn compared(writer: &Writer<'_>, options: Options, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "compared", heading::compared(lang));
    let columns = || COLUMNS.iter().filter_map(|column| column.report);
    let heads: Vec<(&str, bool)> = columns().map(|(name, figures, _)| (name(lang), figures)).collect();
    let cells = |row| columns().map(|(_, _, cell)| cell(writer, row).into()).collect();
    out.table(heading::compared(lang), &heads, rows(writer.assessment).map(cells).collect());
    out.paragraph(compare::order(lang));
    let known = rows(writer.assessment).filter_map(|row| Some((row.target, row.target.money.net?)));
    let spans: Vec<_> = known.map(|(target, net)| money::span(writer, writer.place(&target.id), net)).collect();
    if options.form == Form::Full && spans.len() > 1 {
        out.figure(money::spans(writer, figure::net(lang), spans));
    }
}
