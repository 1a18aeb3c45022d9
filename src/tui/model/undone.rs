//! A step of undo: what a change replaced.
//!
//! Must not: keep more than the change touched. Most changes touch one answer, and a copy of all of them
//! for every key would be most of what the program holds.

use crate::matter::{Answer, Matter};

/// What stood there before a change, or stands there after it.
#[derive(Clone, Debug, PartialEq)]
pub enum Replaced {
    /// The answer to one question, if there was one.
    Answer(String, Option<Answer>),
    /// The whole matter.
    Matter(Box<Matter>),
}

impl Replaced {
    /// Puts it back, and gives what it takes the place of: the same step the other way round.
    #[must_use]
    pub fn put_back(self, matter: &mut Matter) -> Replaced {
        match self {
            Replaced::Answer(id, answer) => {
                let other = match answer {
                    Some(answer) => matter.answers.insert(id.clone(), answer),
                    None => matter.answers.remove(&id),
                };
                Replaced::Answer(id, other)
            }
            Replaced::Matter(mut other) => {
                std::mem::swap(matter, &mut other);
                Replaced::Matter(other)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matter::Value;

    #[test]
    fn a_step_put_back_twice_changes_nothing() {
        let mut matter = Matter::default();
        matter.answers.insert("a".to_owned(), Answer::unknown());
        let known = Answer::told(Value::Choice("x".to_owned()));
        for step in [
            Replaced::Answer("a".to_owned(), None),
            Replaced::Answer("a".to_owned(), Some(known.clone())),
            Replaced::Answer("b".to_owned(), Some(known)),
            Replaced::Matter(Box::default()),
        ] {
            let before = matter.clone();
            let back = step.clone().put_back(&mut matter);
            assert_ne!(matter, before);
            assert_eq!(back.put_back(&mut matter), step);
            assert_eq!(matter, before);
        }
    }
}
