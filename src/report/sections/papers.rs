//! The usual documents that can exist in a matter: which are in hand, and what gets the others.

use crate::flow;
use crate::matter::Value;
use crate::report::sentences::Writer;

impl Writer<'_> {
    /// Standard documents that are not ticked, and those that are; `None` when not known.
    pub(in crate::report) fn documents(&self) -> Option<[Vec<String>; 2]> {
        let question = &self.pack.questions[self.pack.roles.documents?];
        let Some(Value::Choices(ticked)) = self.matter.known(&question.id) else { return None };
        let impossible = flow::impossible(self.pack, &self.matter, question);
        let mut out = [Vec::new(), Vec::new()];
        for (option, impossible) in question.options.iter().zip(impossible).filter(|(option, _)| !option.exclusive) {
            let have = ticked.contains(&option.id);
            if have || !impossible {
                out[usize::from(!have)].push(self.say(&option.label).to_owned());
            }
        }
        Some(out)
    }

    /// The usual documents of the pack that can exist in this matter, each with the action that gets it.
    pub(in crate::report) fn checklist(&self) -> Vec<Paper> {
        let Some(at) = self.pack.roles.documents else { return Vec::new() };
        let question = &self.pack.questions[at];
        let ticked = match self.matter.known(&question.id) {
            Some(Value::Choices(ticked)) => Some(ticked),
            _ => None,
        };
        let impossible = flow::impossible(self.pack, &self.matter, question);
        let mut out = Vec::new();
        for (n, (option, impossible)) in question.options.iter().zip(impossible).enumerate() {
            let in_hand = ticked.map(|ticked| ticked.contains(&option.id));
            if option.exclusive || (impossible && in_hand != Some(true)) {
                continue;
            }
            let action = self.pack.actions.iter().position(|action| action.add.contains(&(at, n)));
            out.push(Paper { id: option.id.clone(), name: self.say(&option.label).to_owned(), in_hand, action });
        }
        out
    }
}

/// A document of the checklist.
pub(in crate::report) struct Paper {
    pub(in crate::report) id: String,
    pub(in crate::report) name: String,
    /// `None` where nobody has said.
    pub(in crate::report) in_hand: Option<bool>,
    pub(in crate::report) action: Option<usize>,
}
