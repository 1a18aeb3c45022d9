//! The gates of a target: what blocks it, and what may. A gate is no probability; what fires one is said apart from
//! the outlook.

use super::Engine;
use super::model::{Blocking, Cond, Domains, Of};
use super::target::Block;
use crate::pack::{Fact, Profile};

impl Engine<'_> {
    /// The gates that hold or may.
    pub(super) fn gates(&self, domains: &Domains, target: &Profile) -> Gates {
        let gates = self.model.gates.iter().enumerate();
        let each =
            gates.flat_map(|(hurdle, gates)| gates.iter().enumerate().map(move |(gate, cond)| ((hurdle, gate), cond)));
        let list = each.filter_map(|(place, cond)| match cond.eval(domains, target) {
            Some(false) => None,
            value => Some((place, value == Some(true))),
        });
        Gates { list: list.collect(), blocking: self.model.blocking(domains, target) }
    }

    /// Gates that may block, as far as that is worth saying.
    pub(super) fn may_block(&self, gates: &Gates, domains: &Domains, target: &Profile) -> Vec<Block> {
        let certain: Vec<Block> = gates.certain(domains).collect();
        let open = gates.list.iter().filter(|(_, holds)| !holds).map(|((hurdle, gate), _)| (*hurdle, *gate));
        open.filter(|(hurdle, gate)| self.worth_a_warning(&self.model.gates[*hurdle][*gate], domains, target))
            .map(|(hurdle, gate)| Block { hurdle, gate })
            .filter(|block| !certain.contains(block))
            .collect()
    }

    /// A gate that is open only because a date is missing, or because one answer is: worth saying.
    /// (With nothing answered at all every gate is open, and saying so of each helps nobody.)
    fn worth_a_warning(&self, cond: &Cond, domains: &Domains, target: &Profile) -> bool {
        let mut warn = true;
        cond.fold(domains, target).visit(&mut |variable, _| {
            warn &=
                matches!(self.model.variables[variable].of, Of::Fact(Fact::Limitation | Fact::Link) | Of::Question(_));
        });
        warn
    }
}

/// The gates of a target that hold or may.
pub(super) struct Gates {
    /// Hurdle and index, and whether it certainly holds; in the order of the pack.
    list: Vec<((usize, usize), bool)>,
    /// For each open variable that an unsettled gate reads, the gates that its values fire.
    pub(super) blocking: Vec<Blocking>,
}

impl Gates {
    /// What blocks the target. `domains` are those that the gates were read for.
    pub(super) fn blocked(&self, domains: &[u64]) -> Vec<Block> {
        let holds = self.list.iter().filter(|(_, holds)| *holds);
        let holds = holds.map(|((hurdle, gate), _)| Block { hurdle: *hurdle, gate: *gate });
        holds.chain(self.certain(domains)).collect()
    }

    /// Where every answer to an open question fires some gate, the target is blocked whatever the
    /// answer: by the gate that most of them fire.
    fn certain<'g>(&'g self, domains: &'g [u64]) -> impl Iterator<Item = Block> + 'g {
        self.blocking.iter().filter_map(|(variable, list)| {
            let all = list.iter().fold(0, |mask, (_, values)| mask | values);
            if domains[*variable] & !all != 0 {
                return None;
            }
            let ((hurdle, gate), _) = list.iter().max_by_key(|(_, values)| values.count_ones())?;
            Some(Block { hurdle: *hurdle, gate: *gate })
        })
    }
}
