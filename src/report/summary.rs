//! The first page: what it comes to, what stands in the way, what to do first; and the targets side
//! by side.

use super::words::{Writer, target_deadline};
use super::{Bar, Blocks, Form, Options, Text, money};
use crate::messages::{compare, figure, num, outlook, report as heading, summary};
use crate::numbers;
use crate::pack::Cure;
use crate::scoring::TargetResult;
use crate::scoring::target::{Source, URGENT_DAYS};

/// Chance from which a hurdle that can be mended is worth a step on the first page.
const WORTH_A_STEP: f64 = 0.05;
/// Steps on weaknesses on the first page.
const MOST_STEPS: usize = 3;

pub(super) fn write(writer: &Writer<'_>, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "summary", heading::summary(lang));
    let Some(lead) = writer.lead() else {
        out.note(summary::no_target(lang));
        return;
    };
    let (name, count) = (writer.place(&lead.id), writer.assessment.targets.len());
    if count > 1 {
        let line = if lead.blocked.is_empty() {
            summary::lead(lang, count, name)
        } else {
            summary::lead_blocked(lang, count, name)
        };
        out.paragraph(line);
    }
    verdicts(writer, lead, out);
    out.chart(
        outlook::chart(lang),
        false,
        writer.assessment.targets.iter().map(|target| bar(writer, target)).collect(),
    );
    out.heading(3, "first-steps", summary::first_steps(lang));
    out.list(true, first_steps(writer, lead));
    out.heading(3, "why-grade", &summary::why_grade(lang, writer.grade(lead)));
    let reasons = writer.reasons(lead);
    if reasons.is_empty() {
        out.paragraph(summary::no_step_down(lang));
    }
    out.list(false, reasons.into_iter().map(Text::from).collect());
}

fn verdicts(writer: &Writer<'_>, lead: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    let meaning = outlook::meaning(lang, writer.say(&writer.pack.word(lead.outlook.expected).meaning));
    let recognition = writer.sentences(&[writer.sentence(&writer.outlook(lead)), meaning]);
    let [blocked, may_block] = writer.blocks_with_cure(lead);
    let blocked =
        if blocked.is_empty() { summary::nothing_blocks(lang).to_owned() } else { writer.sentences(&blocked) };
    let mut pairs: Vec<(Text, Text)> = vec![
        (summary::target(lang).into(), writer.place(&lead.id).into()),
        (summary::recognition(lang).into(), recognition.into()),
        (summary::collection(lang).into(), writer.collection(lead).into()),
        (summary::blocks(lang).into(), blocked.into()),
        (summary::may_block(lang).into(), writer.sentences(&may_block).into()),
    ];
    if let Some(deadline) = target_deadline(lead) {
        let line = [writer.what(deadline, lead), writer.when(deadline)].join(num::colon(lang));
        let line = writer.sentence(&line);
        pairs.push((summary::deadline(lang).into(), line.into()));
    }
    pairs.push((summary::evidence(lang).into(), writer.grade(lead).into()));
    let index = numbers::of_hundred(f64::from(lead.confidence.index) / 100.0, lang);
    pairs.push((summary::confidence(lang).into(), index.into()));
    out.key_values(pairs);
}

/// What to do first: the deadline, what blocks, the best actions; where none is left, the weaknesses
/// that can be mended; then documents and contradictions.
fn first_steps(writer: &Writer<'_>, lead: &TargetResult) -> Vec<Text> {
    let lang = writer.lang;
    let name = writer.place(&lead.id);
    let mut out: Vec<String> = Vec::new();
    if let Some(deadline) = target_deadline(lead)
        && deadline.days.is_some_and(|days| (0..URGENT_DAYS).contains(&days))
    {
        out.push(summary::step_deadline(lang, writer.when(deadline), name));
    }
    out.extend(lead.blocked.iter().map(|block| summary::step_gate(lang, writer.lift(block), name)));
    let ranked = writer.actions(lead);
    let best = ranked.iter().filter(|worth| !worth.depends).chain(ranked.iter().filter(|worth| worth.depends));
    for worth in best.take(MOST_STEPS) {
        let action = &writer.pack.actions[worth.action];
        let how = writer.say(&action.how);
        out.push([writer.say(&action.name), how].join(num::colon(lang)));
    }
    let weak = lead.worst_first().into_iter().filter(|ground| {
        let hurts = |c: &crate::scoring::Contribution| matches!(c.of, Source::Rule(_)) && c.logit > 0.0;
        ground.p >= WORTH_A_STEP
            && writer.hurdle(ground.hurdle).cure != Cure::Fixed
            && ground.contributions.iter().any(hurts)
    });
    for ground in weak.take(if ranked.is_empty() { MOST_STEPS } else { 0 }) {
        let hurdle = writer.hurdle(ground.hurdle);
        let answer = writer.say(&hurdle.answer);
        // The sentence begins in the middle of ours, so that its capital goes; a name keeps it.
        let answer = lower_first(answer);
        out.push(summary::step_weakness(lang, answer, writer.cure(hurdle.cure), writer.say(&hurdle.name)));
    }
    match writer.documents() {
        Some([_, missing]) if !missing.is_empty() => {
            out.push(summary::step_documents(lang, missing.join(num::semicolon(lang))));
        }
        Some(_) => {}
        None => out.push(summary::step_documents_unknown(lang).to_owned()),
    }
    if !writer.assessment.findings.is_empty() {
        out.push(summary::step_findings(lang).to_owned());
    }
    if out.is_empty() {
        out.push(summary::step_none(lang).to_owned());
    }
    out.into_iter().map(Text::from).collect()
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
pub(super) fn compared(writer: &Writer<'_>, options: Options, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(2, "compared", heading::compared(lang));
    let mut targets: Vec<&TargetResult> = writer.assessment.targets.iter().collect();
    targets.sort_by(|a, b| {
        let net = |target: &TargetResult| target.money.net.map(|net| net[1]);
        a.blocked
            .is_empty()
            .cmp(&b.blocked.is_empty())
            .reverse()
            .then_with(|| net(b).cmp(&net(a)))
            .then_with(|| b.outlook.expected.total_cmp(&a.outlook.expected))
    });
    let rows = targets.iter().map(|target| row(writer, target)).collect();
    let columns = [
        (summary::target(lang), false),
        (compare::status(lang), false),
        (compare::outlook(lang), true),
        (summary::net(lang), true),
        (summary::deadline(lang), false),
        (summary::evidence(lang), false),
    ];
    out.table(heading::compared(lang), &columns, rows);
    out.paragraph(compare::order(lang));
    let known = targets.iter().filter_map(|target| Some((target, target.money.net?)));
    let spans: Vec<_> = known.map(|(target, net)| money::span(writer, writer.place(&target.id), net)).collect();
    if options.form == Form::Full && spans.len() > 1 {
        out.figure(money::spans(writer, figure::net(lang), spans));
    }
}

fn row(writer: &Writer<'_>, target: &TargetResult) -> Vec<Text> {
    let lang = writer.lang;
    let status = match (target.blocked.is_empty(), target.may_block.is_empty()) {
        (false, _) => compare::blocked(lang),
        (true, false) => compare::may(lang),
        _ => compare::open(lang),
    };
    let it = &target.outlook;
    let answers = numbers::percent_range(it.answers, lang);
    let word = writer.say(&writer.pack.word(it.expected).name);
    let outlook = num::bracket(lang, answers, format!("{word} {}", writer.percent(it.expected)));
    let net = target.money.net.map_or_else(|| num::none(lang).to_owned(), |net| writer.estimate(net[1]));
    let deadline = target_deadline(target).and_then(|deadline| deadline.date);
    vec![
        writer.place(&target.id).into(),
        status.into(),
        outlook.into(),
        net.into(),
        deadline.map_or_else(|| num::none(lang).to_owned(), |date| writer.date(date)).into(),
        writer.grade(target).into(),
    ]
}
