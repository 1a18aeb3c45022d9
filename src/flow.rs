//! What is asked, and in which order: pure functions of a pack and a matter.
//!
//! Invariant: no answer is ever changed. A question that earlier answers make pointless is hidden; its answer is kept
//! but neither scored nor reported (see [`in_force`]).

use crate::matter::answers::Answers;
use crate::matter::{Matter, Value};
use crate::pack::{Expr, Pack, Question};

/// For each question of a pack, whether a matter is asked it ([`Answers::visible`]).
pub fn visible(pack: &Pack, matter: &Matter) -> Vec<bool> {
    Answers::of(pack, matter).visible(pack)
}

/// The answers of a matter without those to hidden questions: what is scored.
pub fn answers_in_force(pack: &Pack, matter: &Matter) -> Answers {
    let mut answers = Answers::of(pack, matter);
    answers.hide(pack);
    answers
}

/// The matter without the answers to hidden questions: what is reported.
pub fn in_force(pack: &Pack, matter: &Matter) -> Matter {
    let mut out = matter.clone();
    for (question, visible) in pack.questions.iter().zip(visible(pack, matter)) {
        if !visible {
            out.answers.remove(&question.id);
        }
    }
    out
}

/// The next question asked after one (or the first, for `None`).
pub fn next(pack: &Pack, matter: &Matter, from: Option<usize>) -> Option<usize> {
    let shown = visible(pack, matter);
    (from.map_or(0, |at| at + 1)..pack.questions.len()).find(|at| shown[*at])
}

/// The question asked before one.
pub fn previous(pack: &Pack, matter: &Matter, from: usize) -> Option<usize> {
    let shown = visible(pack, matter);
    (0..from.min(pack.questions.len())).rev().find(|at| shown[*at])
}

/// The question at which to open a matter: where it was left, else the first one not yet asked, else
/// the first.
pub(crate) fn open_at(pack: &Pack, matter: &Matter) -> usize {
    let shown = visible(pack, matter);
    let left = matter.at.as_deref().and_then(|id| pack.question_index(id)).filter(|at| shown[*at]);
    let open = || (0..pack.questions.len()).find(|at| shown[*at] && !asked(matter, &pack.questions[*at]));
    left.or_else(open).unwrap_or(0)
}

fn asked(matter: &Matter, question: &Question) -> bool {
    matter.answers.contains_key(&question.id)
}

/// How far a section has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Questions asked in it.
    pub shown: usize,
    /// Of these, answered (also with "I don't know").
    pub asked: usize,
    /// Of these, "I don't know".
    pub unknown: usize,
}

/// Progress of every section. `shown` is what is asked ([`visible`]).
pub(crate) fn progress(pack: &Pack, matter: &Matter, shown: &[bool]) -> Vec<Progress> {
    let mut out = vec![Progress::default(); pack.sections.len()];
    for (question, _) in pack.questions.iter().zip(shown).filter(|(_, shown)| **shown) {
        let section = &mut out[question.section];
        section.shown += 1;
        if let Some(answer) = matter.answer(&question.id) {
            section.asked += 1;
            section.unknown += usize::from(answer.value == Value::Unknown);
        }
    }
    out
}

/// Questions shown that have no answer, or "I don't know".
pub(crate) fn gaps(pack: &Pack, matter: &Matter) -> Vec<usize> {
    let shown = visible(pack, matter);
    (0..pack.questions.len()).filter(|at| shown[*at] && matter.known(&pack.questions[*at].id).is_none()).collect()
}

/// Ticks or unticks an option of a question with several answers; one that excludes the others
/// clears them, and the others clear it.
pub fn toggle(question: &Question, ticked: &[String], id: &str) -> Vec<String> {
    if ticked.iter().any(|other| other == id) {
        return ticked.iter().filter(|other| *other != id).cloned().collect();
    }
    let exclusive = |id: &str| question.option(id).is_some_and(|option| option.exclusive);
    let mut out: Vec<String> =
        if exclusive(id) { Vec::new() } else { ticked.iter().filter(|other| !exclusive(other)).cloned().collect() };
    out.push(id.to_owned());
    out.sort_by_key(|id| question.option_index(id));
    out
}

/// The options of a question that other answers rule out.
pub fn impossible(pack: &Pack, matter: &Matter, question: &Question) -> Vec<bool> {
    if question.options.iter().all(|option| option.impossible_if == Expr::Always(false)) {
        return vec![false; question.options.len()];
    }
    let answers = Answers::of(pack, matter);
    let visible = answers.visible(pack);
    let read = |expr: &Expr| answers.test_visible(expr, &visible);
    question.options.iter().map(|option| option.impossible_if.eval(&read) == Some(true)).collect()
}

/// Targets proposed from where the assets are that are not yet among those considered.
pub(crate) fn proposed_targets(pack: &Pack, matter: &Matter) -> Vec<String> {
    let chosen = match matter.role(pack, pack.roles.targets) {
        Some(Value::Targets(targets)) => targets.clone(),
        _ => Vec::new(),
    };
    matter.asset_targets(pack).into_iter().filter(|id| !chosen.contains(id)).collect()
}
