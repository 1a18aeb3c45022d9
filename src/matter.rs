//! A matter: what a creditor has answered, on what basis, with notes.
//!
//! Invariant: nothing is scored here, and nothing touches the disk. [`mod@file`] turns a matter into text and back;
//! `store` saves that text.

pub mod answers;
pub mod fact_vector;
pub mod file;
pub mod merge;
pub mod parse_input;
pub mod raw_input;
pub mod redact;
mod validate;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::pack::Pack;
pub use validate::{Refused, accepts};

/// The answers of a case, with what they rest on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matter {
    /// Reference or name, for the user's eyes only.
    pub title: String,
    /// Language in which it was last worked on.
    pub lang: Option<Lang>,
    /// The question to open at.
    pub at: Option<String>,
    /// Answers by question id. A question that is not here was not asked.
    pub answers: BTreeMap<String, Answer>,
    /// Rates of exchange that replace the pack's.
    pub rates: Option<MatterRates>,
    /// Answers to questions that the pack does not have, by id, as they stand in the file: another
    /// version of the pack may know them, so they are saved back as they were.
    pub kept: BTreeMap<String, String>,
}

/// Rates of exchange that the user has set.
#[derive(Clone, Debug, PartialEq)]
pub struct MatterRates {
    /// The day they are stated for.
    pub as_of: Date,
    /// Units of the pack's result currency for one unit of each currency.
    pub per_unit: BTreeMap<String, Decimal>,
}

impl Matter {
    /// The answer to a question; `None` when it was not asked.
    pub fn answer(&self, id: &str) -> Option<&Answer> {
        self.answers.get(id)
    }

    /// The value of an answer that is known.
    pub fn known(&self, id: &str) -> Option<&Value> {
        self.answers.get(id).map(|answer| &answer.value).filter(|value| **value != Value::Unknown)
    }

    /// The known value of the question that plays a part, if the pack has one.
    pub(crate) fn role<'m>(&'m self, pack: &Pack, role: Option<usize>) -> Option<&'m Value> {
        self.known(&pack.questions[role?].id)
    }

    /// The state whose treaty and record concern a target: the one that gave the judgment, where the
    /// pack asks for it (role `origin`) and the answer is known, else the target itself.
    pub(crate) fn state_of<'m>(&'m self, pack: &Pack, target: &'m str) -> Option<&'m str> {
        if pack.roles.origin.is_some() { self.role_choice(pack, pack.roles.origin) } else { Some(target) }
    }

    /// The option chosen in the question that plays a part.
    pub(crate) fn role_choice<'m>(&'m self, pack: &Pack, role: Option<usize>) -> Option<&'m str> {
        match self.role(pack, role)? {
            Value::Choice(option) => Some(option),
            _ => None,
        }
    }

    /// The amount given in the question that plays a part.
    pub(crate) fn role_money<'m>(&'m self, pack: &Pack, role: Option<usize>) -> Option<&'m Money> {
        match self.role(pack, role)? {
            Value::Money(money) => Some(money),
            _ => None,
        }
    }

    /// The assets listed: `None` when not asked or not known.
    pub fn assets(&self, pack: &Pack) -> Option<&[Asset]> {
        match self.role(pack, pack.roles.assets)? {
            Value::Assets(assets) => Some(assets),
            _ => None,
        }
    }

    /// The targets considered, first choice first; where none are chosen, the targets in which
    /// assets are listed, in the order of the list.
    pub fn targets(&self, pack: &Pack) -> Vec<String> {
        self.considered(pack).map(str::to_owned).collect()
    }

    fn considered<'m>(&'m self, pack: &'m Pack) -> impl Iterator<Item = &'m str> {
        let chosen = match self.role(pack, pack.roles.targets) {
            Some(Value::Targets(targets)) => targets.as_slice(),
            _ => &[],
        };
        considered(pack, chosen, || self.assets(pack))
    }

    /// The targets in which assets are listed, in the order of the list.
    pub(crate) fn asset_targets(&self, pack: &Pack) -> Vec<String> {
        considered(pack, &[], || self.assets(pack)).map(str::to_owned).collect()
    }
}

/// The targets chosen; where there are none, those in which assets are listed, each once.
fn considered<'m>(
    pack: &'m Pack,
    chosen: &'m [String],
    assets: impl FnOnce() -> Option<&'m [Asset]>,
) -> impl Iterator<Item = &'m str> {
    let assets = if chosen.is_empty() { assets().unwrap_or_default() } else { &[] };
    let places = assets.iter().enumerate().filter(move |(at, asset)| {
        pack.profile(&asset.place).is_some() && assets[..*at].iter().all(|other| other.place != asset.place)
    });
    chosen.iter().map(String::as_str).chain(places.map(|(_, asset)| asset.place.as_str()))
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What was answered.
    pub value: Value,
    /// On what it rests; `None` for an answer that is not known.
    pub basis: Option<Basis>,
    pub note: String,
    /// The document or witness that proves it.
    pub evidence: String,
}

impl Answer {
    /// An answer told by the client, without notes.
    pub fn told(value: Value) -> Self {
        let basis = (value != Value::Unknown).then_some(Basis::Told);
        Answer { value, basis, note: String::new(), evidence: String::new() }
    }

    /// "I don't know": asked, cannot say.
    pub fn unknown() -> Self {
        Answer::told(Value::Unknown)
    }
}

/// On what an answer rests. It never moves the outlook; it moves the evidence grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    Document,
    /// The client says so.
    Told,
    Assumed,
}

impl Basis {
    /// Every basis, firmest first.
    pub const ALL: [Basis; 3] = [Basis::Document, Basis::Told, Basis::Assumed];

    /// The word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Basis::Document => "document",
            Basis::Told => "told",
            Basis::Assumed => "assumed",
        }
    }

    /// The basis that a word of a file names.
    pub(crate) fn from_id(id: &str) -> Option<Self> {
        Basis::ALL.into_iter().find(|basis| basis.id() == id)
    }
}

/// What was answered. Options, targets and places are ids, which stay stable between packs.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// "I don't know".
    Unknown,
    Choice(String),
    /// Options ticked, in the order of the pack.
    Choices(Vec<String>),
    Date(Date),
    Money(Money),
    Number(Decimal),
    /// A target or another place.
    Place(String),
    /// Assets; an empty list says that none are known to exist.
    Assets(Vec<Asset>),
    /// Targets, first choice first.
    Targets(Vec<String>),
}

/// An amount in a currency (three capital letters).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount, never negative.
    pub amount: Decimal,
    pub currency: String,
}

impl Money {
    /// Reads `3,900,000 CNY`, `CNY 3900000`, `390万 CNY` or `1.2亿元`. `元` without more is CNY.
    ///
    /// # Errors
    /// Nothing is said of why: the caller names what is expected.
    pub fn parse(text: &str) -> Option<Money> {
        let mut number = String::new();
        let mut currency = String::new();
        let mut scale = Decimal::ONE;
        for c in text.chars() {
            match c {
                '0'..='9' | '.' => number.push(c),
                '，' | ',' | ' ' | '_' | '\u{3000}' => {}
                '万' => scale *= Decimal::from(10_000),
                '亿' => scale *= Decimal::from(100_000_000),
                '元' if !currency.is_empty() => {}
                '元' => currency.push_str("CNY"),
                c if c.is_ascii_alphabetic() => currency.push(c.to_ascii_uppercase()),
                '¥' | '￥' => currency.push_str("CNY"),
                '$' => currency.push_str("USD"),
                '€' => currency.push_str("EUR"),
                '£' => currency.push_str("GBP"),
                _ => return None,
            }
        }
        if currency == "RMB" {
            "CNY".clone_into(&mut currency);
        }
        let mut amount = number.parse::<Decimal>().ok()?;
        // Most amounts are whole: there is nothing to multiply, and no zero behind the point.
        if scale != Decimal::ONE {
            amount = amount.checked_mul(scale)?;
        }
        if amount.scale() > 0 {
            amount = amount.normalize();
        }
        let limit = Decimal::from(1_000_000_000_000_000_i64);
        (currency.len() == 3 && amount <= limit).then_some(Money { amount, currency })
    }
}

impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

/// An asset of the debtor. Options are ids of the columns of the pack's asset form; an empty one is
/// not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asset {
    /// Where it is: a target or another place.
    pub place: String,
    pub class: String,
    pub value: Option<Money>,
    pub certainty: String,
    pub held: String,
    pub charges: Option<Money>,
    pub moves: String,
    pub note: String,
}

impl Asset {
    /// The option in a column of choices.
    pub fn option(&self, column: &str) -> &str {
        match column {
            "where" => &self.place,
            "class" => &self.class,
            "certainty" => &self.certainty,
            "held" => &self.held,
            "moves" => &self.moves,
            _ => "",
        }
    }

    /// Sets the option in a column of choices.
    pub(crate) fn set_option(&mut self, column: &str, option: &str) {
        let slot = match column {
            "where" => &mut self.place,
            "class" => &mut self.class,
            "certainty" => &mut self.certainty,
            "held" => &mut self.held,
            "moves" => &mut self.moves,
            _ => return,
        };
        option.clone_into(slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_people_write_it() {
        let money = |text| Money::parse(text).map(|money| money.to_string());
        assert_eq!(money("3,900,000 CNY").as_deref(), Some("3900000 CNY"));
        assert_eq!(money("390万元").as_deref(), Some("3900000 CNY"));
        assert_eq!(money("1.2亿 cny").as_deref(), Some("120000000 CNY"));
        assert_eq!(money("USD 12.50").as_deref(), Some("12.5 USD"));
        assert_eq!(money("rmb 5").as_deref(), Some("5 CNY"));
        assert_eq!(money("-5 CNY"), None);
        assert_eq!(money("5"), None);
        assert_eq!(money("9999999999999999999999 CNY"), None);
    }
}
