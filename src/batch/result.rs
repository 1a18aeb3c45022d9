//! The result of a case as a line, and the count of all.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value as Json;

use super::Plan;
use super::case::{Case, Wrong};
use crate::messages::batch as words;
use crate::numbers::json_number;
use crate::pack::{Choice, Pack};
use crate::scoring::triage::{self, Triage};

#[derive(Clone, Debug, Serialize)]
pub struct Line<'r> {
    /// The reference of the case.
    pub id: &'r Json,
    /// The best target that is not blocked.
    pub best: Option<&'r str>,
    /// Each target, in the order asked for.
    pub targets: Vec<Target<'r>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Target<'r> {
    /// The target.
    pub jurisdiction: &'r str,
    pub expected: f64,
    /// Lowest outlook over what is not known.
    pub low: f64,
    /// Highest outlook over what is not known.
    pub high: f64,
    /// Whether a gate blocks it; the outlook is then what it would be if that were cured.
    pub blocked: bool,
    pub grade: &'static str,
    /// Expected net recovery in the currency of the pack.
    pub net: Option<Json>,
    /// The last day on which recognition can be asked for.
    pub deadline: Option<String>,
}

#[derive(Serialize)]
struct WrongLine<'r> {
    id: &'r Json,
    line: u64,
    error: &'r str,
}

/// Four places are more than an outlook supports, and enough to tell any two apart.
fn four(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

/// What a result says of a target.
pub fn target<'r>(result: &triage::Line<'r>) -> Target<'r> {
    Target {
        jurisdiction: result.id,
        expected: four(result.expected),
        low: four(result.answers[0]),
        high: four(result.answers[1]),
        blocked: result.blocked,
        grade: result.grade.id(),
        net: result.net.map(json_number),
        deadline: result.deadline.map(|date| date.to_string()),
    }
}

/// Writes the line of a case.
pub fn write(id: &Json, triage: &Triage<'_>, out: &mut Vec<u8>) {
    let best = triage.best().map(|best| best.id);
    let line = Line { id, best, targets: triage.targets.iter().map(target).collect() };
    put(&line, out);
}

/// Writes the line of what was no case. `line` counts from one.
pub fn write_wrong(wrong: &Wrong, line: u64, out: &mut Vec<u8>) {
    put(&WrongLine { id: &wrong.id, line, error: &wrong.why }, out);
}

fn put(line: &impl Serialize, out: &mut Vec<u8>) {
    // Writing into memory cannot fail, and the keys are texts.
    let _ = serde_json::to_writer(&mut *out, line);
    out.push(b'\n');
}

/// What a batch came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines that were cases.
    pub cases: u64,
    /// Lines that were not.
    pub wrong: u64,
    /// Cases whose best target has an expected net recovery above zero.
    pub worth: u64,
    /// Cases that are open somewhere, but not worth it by that measure or without figures.
    pub open: u64,
    /// Cases blocked in every target.
    pub blocked: u64,
    /// Cases without a target.
    pub none: u64,
    /// By target: cases, worth it, blocked.
    pub targets: BTreeMap<String, [u64; 3]>,
    /// For each option of the question on documents, how many cases lack it.
    pub documents: Vec<u64>,
}

impl Tally {
    /// Counts a case, with the answers as they were given.
    pub fn add(&mut self, pack: &Pack, case: &Case) {
        self.cases += 1;
        if let (Some(at), Some(have)) = (pack.roles.documents, case.answers.ticks(pack.roles.documents)) {
            let question = &pack.questions[at];
            let lacks = question.inclusive() & !have;
            self.documents.resize(question.options.len(), 0);
            for (option, count) in self.documents.iter_mut().enumerate() {
                *count += lacks >> option & 1;
            }
        }
    }

    /// Counts its result.
    pub(crate) fn add_result(&mut self, triage: &Triage<'_>) {
        let worth = |target: &triage::Line<'_>| target.net.is_some_and(|net| net > Decimal::ZERO);
        match triage.best() {
            Some(best) if worth(best) => self.worth += 1,
            Some(_) => self.open += 1,
            None if triage.targets.is_empty() => self.none += 1,
            None => self.blocked += 1,
        }
        for target in &triage.targets {
            if !self.targets.contains_key(target.id) {
                self.targets.insert(target.id.to_owned(), [0; 3]);
            }
            if let Some(counts) = self.targets.get_mut(target.id) {
                counts[0] += 1;
                counts[1] += u64::from(!target.blocked && worth(target));
                counts[2] += u64::from(target.blocked);
            }
        }
    }

    /// Adds the counts of another part of the batch.
    pub fn join(&mut self, other: &Tally) {
        self.cases += other.cases;
        self.wrong += other.wrong;
        self.worth += other.worth;
        self.open += other.open;
        self.blocked += other.blocked;
        self.none += other.none;
        for (id, counts) in &other.targets {
            let sums = self.targets.entry(id.clone()).or_default();
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        self.documents.resize(self.documents.len().max(other.documents.len()), 0);
        self.documents.iter_mut().zip(&other.documents).for_each(|(sum, count)| *sum += count);
    }

    /// The summary: how many are blocked and worth it, by target, and which documents lack most.
    pub fn text(&self, plan: &Plan<'_>) -> String {
        let lang = plan.lang;
        let mut out = words::done(lang, self.blocked, self.cases, self.none, self.open, self.worth, self.wrong);
        let mut targets: Vec<(&String, &[u64; 3])> = self.targets.iter().collect();
        targets.sort_by(|a, b| b.1[0].cmp(&a.1[0]).then(a.0.cmp(b.0)));
        for (id, [n, worth, blocked]) in targets {
            let _ = write!(out, "\n{}", words::by_target(lang, blocked, id, n, plan.pack.place_name(id, lang), worth));
        }
        let question = plan.pack.roles.documents.map(|at| &plan.pack.questions[at]);
        let options = question.into_iter().flat_map(|question| &question.options);
        let mut documents: Vec<(&Choice, &u64)> = options.zip(&self.documents).filter(|(_, n)| **n > 0).collect();
        documents.sort_by(|a, b| b.1.cmp(a.1).then(a.0.id.cmp(&b.0.id)));
        let list: Vec<String> =
            documents.into_iter().take(3).map(|(option, n)| words::document(lang, n, option.label.get(lang))).collect();
        if !list.is_empty() {
            let comma = if lang == crate::lang::Lang::Zh { "；" } else { "; " };
            let _ = write!(out, "\n{}", words::documents(lang, list.join(comma)));
        }
        out
    }
}
