//! Two versions of a matter of which both changed the same answers, and how they are told.
//!
//! Must not: choose between them; the user does.

use crate::lang::Lang;
use crate::matter::merge::{self, Conflict, Part, Version};
use crate::matter::{Matter, Value};
use crate::pack::Pack;
use crate::text;

/// Two versions of a matter that cannot be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Both versions made into one, with our side of each conflict.
    pub merged: Matter,
    /// The version on the disk.
    pub theirs: Matter,
    /// What both changed.
    pub conflicts: Vec<Conflict>,
}

impl Clash {
    /// The matter with the other version of the conflicts for which `theirs` is true.
    pub fn settled(&self, theirs: impl Fn(usize) -> bool) -> Matter {
        let mut matter = self.merged.clone();
        for (_, conflict) in self.conflicts.iter().enumerate().filter(|(at, _)| theirs(*at)) {
            merge::put(&mut matter, &conflict.part, conflict.theirs.clone());
        }
        matter
    }
}

/// Why nothing was saved, where another version is in the way.
#[derive(Debug, thiserror::Error)]
#[error("{}", Clashed::WORDS)]
pub struct Clashed(pub Box<Clash>);

impl Clashed {
    /// The reason in one line.
    pub const WORDS: &str = "the file was changed by somebody else meanwhile, and both changed the same answers";
}

/// A version of a part as one line; ids stay ids, so that it is the same in every language.
pub fn version_words(version: Option<&Version>) -> String {
    let words = match version {
        None => "-".to_owned(),
        Some(Version::Text(text)) => text.clone(),
        Some(Version::Rates(rates)) => rates.as_of.to_string(),
        Some(Version::Answer(answer)) => {
            let value = match &answer.value {
                Value::Unknown => "?".to_owned(),
                Value::Choice(id) | Value::Place(id) => id.clone(),
                Value::Choices(ids) | Value::Targets(ids) => ids.join(", "),
                Value::Date(date) => date.to_string(),
                Value::Money(money) => money.to_string(),
                Value::Number(number) => number.to_string(),
                Value::Assets(assets) => {
                    let one = |asset: &crate::matter::Asset| {
                        let value = asset.value.as_ref().map(ToString::to_string).unwrap_or_default();
                        format!("{} {} {value}", asset.place, asset.class).trim().to_owned()
                    };
                    assets.iter().map(one).collect::<Vec<_>>().join(", ")
                }
            };
            [value.as_str(), &answer.evidence, &answer.note]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("; ")
        }
    };
    text::clip(&text::one_line(&words), 200)
}

/// What a part is called: the question, or the name of the field.
pub fn part_words(part: &Part, pack: &Pack, lang: Lang) -> String {
    use crate::messages::safe;
    match part {
        Part::Title => safe::part_title(lang).to_owned(),
        Part::Rates => safe::part_rates(lang).to_owned(),
        Part::Answer(id) => {
            pack.question(id).map_or_else(|| text::one_line(id), |question| text::one_line(question.ask.get(lang)))
        }
        Part::Kept(id) => text::one_line(id),
    }
}
