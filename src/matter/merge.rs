//! Two versions of a matter made into one, by what both started from.
//!
//! What both changed to different things is a [`ConflictingPart`]; the matter that
//! [`merge`] gives holds our side of it until somebody chooses.

use std::collections::{BTreeMap, BTreeSet};

use super::{Answer, Matter, MatterRates};

/// A part of a matter that can change alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Title,
    /// The answer to the question with this id.
    Answer(String),
    Rates,
    /// What stands under an id that the pack does not have.
    Kept(String),
}

/// A part that both sides changed, each in its own way.
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictingPart {
    pub part: Part,
    /// Our version; `None` where we took it away.
    pub mine: Option<Version>,
    pub theirs: Option<Version>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Version {
    /// A title, or something kept as it stands.
    Text(String),
    Answer(Answer),
    Rates(MatterRates),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The matter, with our side of each conflict.
    pub matter: Matter,
    /// What only the other side changed, and is now in the matter.
    pub taken: Vec<Part>,
    /// What both changed.
    pub conflicts: Vec<ConflictingPart>,
}

/// Merges. `base` is what both started from. Where the user is and in which language is ours.
pub fn merge(base: &Matter, mine: &Matter, theirs: &Matter) -> Merged {
    let mut merged = Merged { matter: mine.clone(), taken: Vec::new(), conflicts: Vec::new() };
    let [old, ours, others] = [base, mine, theirs].map(parts);
    let all: BTreeSet<&Part> = ours.keys().chain(others.keys()).chain(old.keys()).collect();
    for part in all {
        let [was, mine, theirs] = [&old, &ours, &others].map(|side| side.get(part));
        if theirs == mine || theirs == was {
            continue;
        }
        if mine == was {
            put(&mut merged.matter, part, theirs.cloned());
            merged.taken.push(part.clone());
        } else {
            merged.conflicts.push(ConflictingPart { part: part.clone(), mine: mine.cloned(), theirs: theirs.cloned() });
        }
    }
    merged
}

/// Puts a version of a part into a matter; `None` takes it away.
pub fn put(matter: &mut Matter, part: &Part, version: Option<Version>) {
    match (part, version) {
        (Part::Title, Some(Version::Text(title))) => matter.title = title,
        (Part::Title, _) => matter.title = String::new(),
        (Part::Answer(id), Some(Version::Answer(answer))) => drop(matter.answers.insert(id.clone(), answer)),
        (Part::Answer(id), _) => drop(matter.answers.remove(id)),
        (Part::Rates, Some(Version::Rates(rates))) => matter.rates = Some(rates),
        (Part::Rates, _) => matter.rates = None,
        (Part::Kept(id), Some(Version::Text(text))) => drop(matter.kept.insert(id.clone(), text)),
        (Part::Kept(id), _) => drop(matter.kept.remove(id)),
    }
}

fn parts(matter: &Matter) -> BTreeMap<Part, Version> {
    let mut out = BTreeMap::new();
    if !matter.title.is_empty() {
        out.insert(Part::Title, Version::Text(matter.title.clone()));
    }
    if let Some(rates) = &matter.rates {
        out.insert(Part::Rates, Version::Rates(rates.clone()));
    }
    for (id, answer) in &matter.answers {
        out.insert(Part::Answer(id.clone()), Version::Answer(answer.clone()));
    }
    for (id, text) in &matter.kept {
        out.insert(Part::Kept(id.clone()), Version::Text(text.clone()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::Value;

    fn matter(answers: &[(&str, &str)]) -> Matter {
        let answers =
            answers.iter().map(|(id, value)| ((*id).to_owned(), Answer::told(Value::Choice((*value).to_owned()))));
        Matter { answers: answers.collect(), ..Matter::default() }
    }

    #[test]
    fn what_one_side_changed_is_taken_and_what_both_changed_is_asked() {
        let base = matter(&[("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]);
        let mine = matter(&[("a", "2"), ("b", "1"), ("c", "2"), ("e", "1")]);
        let theirs = matter(&[("a", "1"), ("c", "3"), ("d", "1"), ("e", "1"), ("f", "9")]);
        let merged = merge(&base, &mine, &theirs);
        assert_eq!(merged.matter, matter(&[("a", "2"), ("c", "2"), ("e", "1"), ("f", "9")]));
        assert_eq!(merged.taken, [Part::Answer("b".into()), Part::Answer("f".into())]);
        let [conflict] = merged.conflicts.as_slice() else { panic!("{:?}", merged.conflicts) };
        assert_eq!(conflict.part, Part::Answer("c".into()));
        let mut settled = merged.matter.clone();
        put(&mut settled, &conflict.part, conflict.theirs.clone());
        assert_eq!(settled.answers["c"].value, Value::Choice("3".into()));
    }
}
