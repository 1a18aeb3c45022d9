//! Which hurdles each question moves, derived from the rules of the pack.
//!
//! Dates, places and lists move hurdles through the facts derived from them, and money through the role of the
//! question.

use super::Moved;
use crate::pack::{Expr, Fact, Measure, Pack, Subject};

/// What each question moves, in the order of the pack.
pub fn moves(pack: &Pack) -> Vec<Vec<Moved>> {
    let mut out = vec![Vec::new(); pack.questions.len()];
    // Room for the subjects of one condition after the other.
    let mut subjects = Vec::new();
    let mut note = |expr, moved: Moved| {
        subjects.clear();
        read_by(pack, expr, &mut subjects, &mut |question: usize| {
            // Most rules of a hurdle read what the one before read.
            if let Some(list) = out.get_mut(question).filter(|list| list.last() != Some(&moved)) {
                list.push(moved);
            }
        });
    };
    for (at, hurdle) in pack.hurdles.iter().enumerate() {
        hurdle.rules.iter().for_each(|rule| note(&rule.when, Moved::Hurdle(at)));
        hurdle.gates.iter().for_each(|gate| note(&gate.when, Moved::Gate(at)));
    }
    pack.contest.rules.iter().for_each(|rule| note(&rule.when, Moved::Contest));
    for (at, hurdle) in pack.confidence.iter().enumerate() {
        hurdle.rules.iter().for_each(|rule| note(&rule.when, Moved::Confidence(at)));
    }
    let roles = &pack.roles;
    let mut play = |role: Option<usize>, moved: Moved| {
        if let Some(list) = role.and_then(|at| out.get_mut(at)) {
            list.push(moved);
        }
    };
    for (at, hurdle) in pack.confidence.iter().enumerate() {
        let role = match hurdle.measure {
            Some(Measure::BudgetOverCost) => roles.budget,
            Some(Measure::DocumentsInHand) => roles.documents,
            Some(Measure::HorizonOverMonths) => roles.horizon,
            None => None,
        };
        play(role, Moved::Confidence(at));
    }
    for role in [roles.amount, roles.interest, roles.late_interest, roles.paid, roles.assets, roles.worth] {
        play(role, Moved::Money);
    }
    for role in [roles.settlement, roles.adverse_sum] {
        play(role, Moved::Money);
    }
    for role in [roles.judgment_date, roles.effective_date] {
        play(role, Moved::Deadlines);
    }
    for role in [roles.targets, roles.assets] {
        play(role, Moved::Targets);
    }
    for list in &mut out {
        list.sort();
        list.dedup();
    }
    out
}

/// Tells the questions that a condition reads, also through facts. `subjects` is room for what it names.
fn read_by<'e>(pack: &Pack, expr: &'e Expr, subjects: &mut Vec<(&'e Subject, u64)>, tell: &mut impl FnMut(usize)) {
    let roles = &pack.roles;
    expr.subjects(subjects);
    for (subject, _) in subjects {
        match subject {
            Subject::Question(at) => tell(*at),
            Subject::Fact(Fact::Limitation) => {
                [roles.effective_date, roles.judgment_date].into_iter().flatten().for_each(&mut *tell);
            }
            Subject::Fact(Fact::Link) => {
                [roles.debtor_place, roles.debtor_link, roles.assets].into_iter().flatten().for_each(&mut *tell);
            }
            Subject::Fact(Fact::AssetsHere) => roles.assets.into_iter().for_each(&mut *tell),
        }
    }
}
