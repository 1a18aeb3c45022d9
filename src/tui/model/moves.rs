//! Which hurdles each question moves, derived from the rules of the pack.
//!
//! Dates, places and lists move hurdles through the facts derived from them, and money through the role of the
//! question.

use super::Moved;
use crate::pack::{Expr, Fact, Measure, Pack, Subject};

/// What each question moves, in the order of the pack.
pub(super) fn moves(pack: &Pack) -> Vec<Vec<Moved>> {
    let mut moves = Moves { pack, by_question: vec![Vec::new(); pack.questions.len()] };
    for (index, hurdle) in pack.hurdles.iter().enumerate() {
        for rule in &hurdle.rules {
            moves.add_readers(&rule.when, Moved::Hurdle(index));
        }
        for gate in &hurdle.gates {
            moves.add_readers(&gate.when, Moved::Gate(index));
        }
    }
    for rule in &pack.contest.rules {
        moves.add_readers(&rule.when, Moved::Contest);
    }
    let roles = &pack.roles;
    for (index, hurdle) in pack.confidence.iter().enumerate() {
        for rule in &hurdle.rules {
            moves.add_readers(&rule.when, Moved::Confidence(index));
        }
        let measured = match hurdle.measure {
            Some(Measure::BudgetOverCost) => roles.budget,
            Some(Measure::DocumentsInHand) => roles.documents,
            Some(Measure::HorizonOverMonths) => roles.horizon,
            None => None,
        };
        moves.add(measured, Moved::Confidence(index));
    }
    let money = [roles.amount, roles.interest, roles.late_interest, roles.paid, roles.assets, roles.worth];
    for question in money.into_iter().chain([roles.settlement, roles.adverse_sum]) {
        moves.add(question, Moved::Money);
    }
    for question in [roles.judgment_date, roles.effective_date] {
        moves.add(question, Moved::Deadlines);
    }
    for question in [roles.targets, roles.assets] {
        moves.add(question, Moved::Targets);
    }
    for moved in &mut moves.by_question {
        moved.sort();
        moved.dedup();
    }
    moves.by_question
}

struct Moves<'p> {
    pack: &'p Pack,
    by_question: Vec<Vec<Moved>>,
}

impl Moves<'_> {
    fn add(&mut self, question: Option<usize>, moved: Moved) {
        if let Some(list) = question.and_then(|index| self.by_question.get_mut(index)) {
            list.push(moved);
        }
    }

    /// Adds to every question that a condition reads, also through facts.
    fn add_readers(&mut self, condition: &Expr, moved: Moved) {
        let roles = &self.pack.roles;
        let mut subjects = Vec::new();
        condition.subjects(&mut subjects);
        for (subject, _) in subjects {
            let questions = match subject {
                Subject::Question(index) => vec![Some(*index)],
                Subject::Fact(Fact::Limitation) => vec![roles.effective_date, roles.judgment_date],
                Subject::Fact(Fact::Link) => vec![roles.debtor_place, roles.debtor_link, roles.assets],
                Subject::Fact(Fact::AssetsHere) => vec![roles.assets],
            };
            for question in questions {
                self.add(question, moved);
            }
        }
    }
}
