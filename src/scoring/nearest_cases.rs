//! The decided cases nearest to a matter, won and lost alike.
//!
//! Outcomes do not count. A case is near by the facts that are known in both: each that agrees counts one, each that differs takes one away; the same target counts two,
//! the same legal family one. Ties go to the later decision.

use super::Engine;
use crate::matter::answers::{Answers, Response};
use crate::pack::case::{counted, target_of};
use crate::pack::{Case, Profile};

/// A decided case beside a matter.
#[derive(Clone, Debug)]
pub struct Nearest<'p> {
    pub case: &'p Case,
    /// Questions on which both agree.
    pub agrees: Vec<usize>,
    /// Questions on which they differ.
    pub differs: Vec<usize>,
    /// The measure described above.
    pub nearness: i32,
}

impl<'p> Engine<'p> {
    /// The `n` nearest decided cases that count, to some answers in force ([`crate::flow::answers_in_force`]).
    pub fn nearest(&self, answers: &Answers, target: &Profile, n: usize) -> Vec<Nearest<'p>> {
        let pack = self.pack;
        let mut out: Vec<Nearest<'p>> = counted(pack)
            .cases
            .into_iter()
            .map(|case| {
                let (mut agrees, mut differs) = (Vec::new(), Vec::new());
                for (question, mask) in pack.case_facts.answers(case) {
                    let Response::Option(option) = *answers.response(question) else { continue };
                    if mask & 1 << option != 0 { agrees.push(question) } else { differs.push(question) }
                }
                let there = target_of(pack, &case.jurisdiction);
                let place = match there {
                    Some(profile) if profile.id == target.id => 2,
                    Some(profile) if profile.legal_family == target.legal_family => 1,
                    _ => 0,
                };
                let count = |list: &[usize]| i32::try_from(list.len()).unwrap_or(i32::MAX);
                Nearest { nearness: count(&agrees) - count(&differs) + place, case, agrees, differs }
            })
            .collect();
        out.sort_by(|a, b| {
            b.nearness.cmp(&a.nearness).then(b.case.order().cmp(&a.case.order())).then(a.case.id.cmp(&b.case.id))
        });
        out.truncate(n);
        out
    }
}
