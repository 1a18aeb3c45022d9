//! Which hurdles each question moves, read off the rules: never typed in.
//!
//! Must not: know a matter. Dates, places and lists move hurdles through the facts worked out of
//! them, and money through the part that the question plays.

use super::model::Moved;
use crate::pack::{Expr, Fact, Measure, Pack, Subject};

/// What each question moves, in the order of the pack.
pub fn moves(pack: &Pack) -> Vec<Vec<Moved>> {
    let mut out = vec![Vec::new(); pack.questions.len()];
    let mut note = |expr: &Expr, moved: Moved| {
        for question in read_by(pack, expr) {
            if let Some(list) = out.get_mut(question) {
                list.push(moved);
            }
        }
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

/// The questions that a condition reads, also through facts.
fn read_by(pack: &Pack, expr: &Expr) -> Vec<usize> {
    let roles = &pack.roles;
    let mut subjects = Vec::new();
    expr.subjects(&mut subjects);
    let mut out = Vec::new();
    for (subject, _) in subjects {
        match subject {
            Subject::Question(at) => out.push(*at),
            Subject::Fact(Fact::Limitation) => out.extend([roles.effective_date, roles.judgment_date].iter().flatten()),
            Subject::Fact(Fact::Link) => {
                out.extend([roles.debtor_place, roles.debtor_link, roles.assets].iter().flatten());
            }
            Subject::Fact(Fact::AssetsHere) => out.extend(roles.assets),
        }
    }
    out
}
