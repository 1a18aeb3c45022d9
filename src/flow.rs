//! What is asked, and in which order: pure functions of a pack and a matter.
//!
//! Must not: change an answer. A question that earlier answers make pointless is hidden; its answer
//! is kept but neither scored nor reported (see [`in_force`]).

use std::cell::OnceCell;
use std::collections::BTreeMap;

use smallvec::SmallVec;

use crate::matter::answers::Answers;
use crate::matter::placed::Placed;
use crate::matter::{Answer, Matter, Value};
use crate::pack::{Expr, Pack, Question, Subject};

/// What one test of a condition gives for the answers of a matter; `None` when it is not settled.
/// Facts and profile fields belong to a target and are never settled here.
pub fn test(pack: &Pack, answers: &BTreeMap<String, Answer>, expr: &Expr) -> Option<bool> {
    let Expr::Test(Subject::Question(question), mask) = expr else { return None };
    let question = &pack.questions[*question];
    of_answer(question, *mask, answers.get(&question.id)?)
}

/// Whether an answer is one of some options; `None` when it is not known.
fn of_answer(question: &Question, mask: u64, answer: &Answer) -> Option<bool> {
    let bit = |id: &String| question.option_index(id).is_some_and(|at| mask & 1 << at != 0);
    match &answer.value {
        Value::Choice(id) => Some(bit(id)),
        Value::Choices(ids) => Some(ids.iter().any(bit)),
        _ => None,
    }
}

/// For each question, whether it is asked: it is hidden only where its show-if certainly fails. A
/// hidden answer does not count for later show-ifs.
pub fn visible(pack: &Pack, matter: &Matter) -> Vec<bool> {
    // Most questions hang on the same few answers: each of these is looked up once.
    let answers: SmallVec<[OnceCell<Option<&Answer>>; 96]> = pack.questions.iter().map(|_| OnceCell::new()).collect();
    let shown = shown(pack, |at, mask| {
        let question = &pack.questions[at];
        of_answer(question, mask, (*answers[at].get_or_init(|| matter.answers.get(&question.id)))?)
    });
    shown.into_vec()
}

/// [`visible`], of answers that were looked up before.
pub fn visible_among(pack: &Pack, answers: &Placed<'_>) -> Vec<bool> {
    shown(pack, |at, mask| of_answer(&pack.questions[at], mask, answers.get(at)?)).into_vec()
}

/// A mark for each question, without memory being asked for.
type Marks = SmallVec<[bool; 96]>;

/// [`visible`], where `test` says whether the answer to a question is one of some options.
fn shown(pack: &Pack, test: impl Fn(usize, u64) -> Option<bool>) -> Marks {
    let mut shown: Marks = SmallVec::from_elem(true, pack.questions.len());
    for (at, question) in pack.questions.iter().enumerate() {
        if matches!(question.show_if, Expr::Always(true)) {
            continue;
        }
        let still = |expr: &Expr| match expr {
            Expr::Test(Subject::Question(earlier), mask) if shown[*earlier] => test(*earlier, *mask),
            _ => None,
        };
        let asked = question.show_if.eval(&still) != Some(false);
        shown[at] = asked;
    }
    shown
}

/// The answers of a matter in force, by the place of their question: what is scored.
pub fn coded<'m>(pack: &Pack, matter: &'m Matter) -> Answers<'m> {
    let mut out = Answers::of(pack, matter);
    hide_coded(pack, &mut out);
    out
}

/// [`hide`], of answers by the place of their question.
pub fn hide_coded(pack: &Pack, answers: &mut Answers<'_>) {
    let shown = shown(pack, |at, mask| answers.test(at, mask));
    answers.hide(&shown);
}

/// The matter without the answers to hidden questions: what is scored and reported.
pub fn in_force(pack: &Pack, matter: &Matter) -> Matter {
    let mut out = matter.clone();
    hide(pack, &mut out);
    out
}

/// Takes the answers to hidden questions out of a matter: [`in_force`] without a copy.
pub fn hide(pack: &Pack, matter: &mut Matter) {
    for (question, _) in pack.questions.iter().zip(visible(pack, matter)).filter(|(_, shown)| !shown) {
        matter.answers.remove(&question.id);
    }
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
pub fn open_at(pack: &Pack, matter: &Matter) -> usize {
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
pub fn progress(pack: &Pack, matter: &Matter, shown: &[bool]) -> Vec<Progress> {
    progress_among(pack, &Placed::of(pack, matter), shown)
}

/// [`progress`], of answers that were looked up before.
pub fn progress_among(pack: &Pack, answers: &Placed<'_>, shown: &[bool]) -> Vec<Progress> {
    let mut out = vec![Progress::default(); pack.sections.len()];
    for (at, question) in pack.questions.iter().enumerate().filter(|(at, _)| shown[*at]) {
        let section = &mut out[question.section];
        section.shown += 1;
        if let Some(answer) = answers.get(at) {
            section.asked += 1;
            section.unknown += usize::from(answer.value == Value::Unknown);
        }
    }
    out
}

/// Questions shown that have no answer, or "I don't know".
pub fn gaps(pack: &Pack, matter: &Matter) -> Vec<usize> {
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
    let shown = visible(pack, matter);
    let read = |expr: &Expr| match expr {
        Expr::Test(Subject::Question(hidden), _) if !shown[*hidden] => None,
        _ => test(pack, &matter.answers, expr),
    };
    question.options.iter().map(|option| option.impossible_if.eval(&read) == Some(true)).collect()
}

/// Targets proposed from where the assets are that are not yet among those considered.
pub fn proposed_targets(pack: &Pack, matter: &Matter) -> Vec<String> {
    let chosen = match matter.role(pack, pack.roles.targets) {
        Some(Value::Targets(targets)) => targets.clone(),
        _ => Vec::new(),
    };
    matter.asset_targets(pack).into_iter().filter(|id| !chosen.contains(id)).collect()
}
