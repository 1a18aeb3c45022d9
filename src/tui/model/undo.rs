//! A step of undo: the parts of the matter that a change replaced.
//!
//! A copy of the whole matter would not do: put back, it would also take back what somebody else wrote into the file
//! meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use crate::matter::{Answer, Matter, MatterRates};

/// The parts that a change replaced, as they were before it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UndoStep {
    /// Answers by question; `None` where there was none.
    answers: Vec<(String, Option<Answer>)>,
    title: Option<String>,
    rates: Option<Rates>,
    kept: Option<BTreeMap<String, String>>,
}

/// The rates of a matter, or that it had none.
#[derive(Clone, Debug, PartialEq)]
struct Rates(Option<MatterRates>);

impl UndoStep {
    /// The parts of the first matter that the second has otherwise. The question in hand and the language are no
    /// changes.
    pub fn between(before: &Matter, after: &Matter) -> Self {
        let ids: BTreeSet<&String> = before.answers.keys().chain(after.answers.keys()).collect();
        let differs = ids.into_iter().filter(|id| before.answers.get(*id) != after.answers.get(*id));
        UndoStep {
            answers: differs.map(|id| (id.clone(), before.answers.get(id).cloned())).collect(),
            title: (before.title != after.title).then(|| before.title.clone()),
            rates: (before.rates != after.rates).then(|| Rates(before.rates.clone())),
            kept: (before.kept != after.kept).then(|| before.kept.clone()),
        }
    }

    /// Puts it back, and gives what it takes the place of: the same step the other way round.
    #[must_use]
    pub(crate) fn put_back(mut self, matter: &mut Matter) -> Self {
        for (id, answer) in &mut self.answers {
            *answer = match answer.take() {
                Some(answer) => matter.answers.insert(id.clone(), answer),
                None => matter.answers.remove(id),
            };
        }
        if let Some(title) = &mut self.title {
            std::mem::swap(title, &mut matter.title);
        }
        if let Some(Rates(rates)) = &mut self.rates {
            std::mem::swap(rates, &mut matter.rates);
        }
        if let Some(kept) = &mut self.kept {
            std::mem::swap(kept, &mut matter.kept);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::Value;

    #[test]
    fn a_step_put_back_twice_changes_nothing_and_touches_nothing_else() {
        let known = || Answer::told(Value::Choice("x".to_owned()));
        let mut before = Matter { title: "one".to_owned(), ..Matter::default() };
        before.answers.insert("a".to_owned(), Answer::unknown());
        before.answers.insert("gone".to_owned(), known());
        let mut after = Matter { title: "two".to_owned(), ..before.clone() };
        after.answers.insert("a".to_owned(), known());
        after.answers.insert("new".to_owned(), known());
        after.answers.remove("gone");
        after.kept.insert("old".to_owned(), "1".to_owned());
        let step = UndoStep::between(&before, &after);
        // Somebody else answers another question meanwhile.
        after.answers.insert("theirs".to_owned(), known());
        let mut matter = after.clone();
        let back = step.clone().put_back(&mut matter);
        assert_eq!(matter.answers.remove("theirs"), Some(known()));
        assert_eq!(matter, before);
        matter.answers.insert("theirs".to_owned(), known());
        assert_eq!(back.put_back(&mut matter), step);
        assert_eq!(matter, after);
    }
}
