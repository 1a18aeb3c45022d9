//! The result on one screen of text: what `score FILE` prints.

use crate::lang::Lang;
use crate::matter::Matter;
use crate::messages::{num, outlook, report as heading, screen, summary};
use crate::numbers;
use crate::report::sentences::{Writer, target_deadline};
use crate::scoring::{Assessment, Engine, TargetResult};
use crate::text::{one_line, pad, width, wrap};

/// Cells in a line, and those of the labels at most.
const CELLS: usize = 80;
/// Targets on one screen: with more, the reader is sent to `compare`.
const MOST_TARGETS: usize = 3;
/// Hurdles named for a target.
const HURDLES: usize = 3;

pub fn write(engine: &Engine<'_>, matter: &Matter, assessment: &Assessment, lang: Lang) -> String {
    let writer = Writer::new(engine, matter, assessment, lang);
    let mut out = String::new();
    let title = if matter.title.trim().is_empty() { heading::untitled(lang) } else { &matter.title };
    let head = num::bracket(lang, writer.date(assessment.as_of), one_line(title));
    push(&wrap(&head, CELLS), &mut out);
    if assessment.rows.is_empty() {
        push(&wrap(summary::no_target(lang), CELLS), &mut out);
    }
    for target in assessment.rows.iter().take(MOST_TARGETS) {
        out.push('\n');
        push(&[writer.place(&target.id).to_owned()], &mut out);
        pairs(&lines(&writer, target, assessment.rows.len()), &mut out);
    }
    out.push('\n');
    if !assessment.findings.is_empty() {
        push(&wrap(summary::step_findings(lang), CELLS), &mut out);
    }
    let left = assessment.rows.len().saturating_sub(MOST_TARGETS);
    if left > 0 {
        push(&[screen::others(lang, left)], &mut out);
    }
    push(&[screen::more(lang).to_owned()], &mut out);
    out
}

fn push(lines: &[String], out: &mut String) {
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
}

/// The lines of a target; with several targets, only what tells them apart.
fn lines(writer: &Writer<'_>, target: &TargetResult, targets: usize) -> Vec<(&'static str, String)> {
    let lang = writer.lang;
    let mut out = vec![(summary::recognition(lang), writer.outlook(target))];
    if target.blocked.is_empty() {
        let meaning = outlook::meaning(lang, writer.say(&writer.pack.word(target.outlook.expected).meaning));
        if targets == 1 {
            out[0].1 = writer.sentences(&[writer.sentence(&out[0].1), meaning]);
        }
    } else {
        let blocks = target.blocked.iter().map(|block| writer.block(block)).collect::<Vec<_>>();
        out.push((summary::blocks(lang), blocks.join(num::semicolon(lang))));
    }
    if !target.may_block.is_empty() && targets == 1 {
        let may = target.may_block.iter().map(|block| writer.may_block(block)).collect::<Vec<_>>();
        out.push((summary::may_block(lang), may.join(num::semicolon(lang))));
    }
    out.push((summary::collection(lang), writer.collection(target)));
    if let Some(deadline) = target_deadline(target) {
        out.push((summary::deadline(lang), writer.when(deadline)));
    }
    let worst: Vec<String> = target
        .worst_first()
        .into_iter()
        .take(HURDLES)
        .map(|ground| format!("{} {}", writer.say(&writer.hurdle(ground.hurdle).name), writer.percent(ground.p)))
        .collect();
    out.push((screen::hurdles(lang), writer.list(&worst)));
    let index = numbers::of_hundred(f64::from(target.confidence.index) / 100.0, lang);
    let lowest = target.confidence.lowest_first();
    let line = lowest.first().map_or_else(String::new, |value| {
        screen::confidence(lang, writer.say(&writer.pack.confidence[value.hurdle].name), &index)
    });
    out.push((summary::confidence(lang), if line.is_empty() { index } else { line }));
    let grade = writer.grade(target);
    let count = target.evidence.reasons.len();
    out.push((summary::evidence(lang), if count == 0 { grade.to_owned() } else { screen::grade(lang, count, grade) }));
    out
}

fn pairs(pairs: &[(&str, String)], out: &mut String) {
    let label = pairs.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
    for (key, value) in pairs {
        for (n, line) in wrap(value, CELLS - label - 4).iter().enumerate() {
            let key = if n == 0 { *key } else { "" };
            out.push_str(format!("  {}  {line}", pad(key, label)).trim_end());
            out.push('\n');
        }
    }
}
