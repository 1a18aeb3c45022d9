//! An answer as somebody wrote it, in whatever kind of file, turned into a value: one reading for
//! matters, batches and sheets.
//!
//! Why a value does not fit is data; the caller words it.

use rust_decimal::Decimal;

use super::{Money, Refused, Value, accepts};
use crate::diagnostic::Code;
use crate::pack::reader::nearest;
use crate::pack::{Kind, Pack, Question};

/// A value as written.
#[derive(Clone, Debug, PartialEq)]
pub enum RawInput<'g> {
    Text(&'g str),
    /// A number in decimal notation.
    Number(String),
    Date(String),
    List(Vec<&'g str>),
    Other,
}

/// Why a value does not fit: the kind of fault, and the words for its message.
pub(crate) type Unfit = (Code, Vec<(&'static str, String)>);

/// Reads a value as the question's kind asks, and checks it against the pack.
///
/// # Errors
/// Why it does not fit.
pub fn value(pack: &Pack, question: &Question, given: &RawInput<'_>) -> Result<Value, Unfit> {
    let found = form(question, given)?;
    accepts(pack, question, &found).map_err(|refused| why(pack, question, &refused))?;
    Ok(found)
}

/// Reads a value as the question's kind asks.
///
/// # Errors
/// Where it is of another form.
pub fn form(question: &Question, given: &RawInput<'_>) -> Result<Value, Unfit> {
    let text = if let RawInput::Text(text) = given { Some(*text) } else { None };
    if text == Some("unknown") {
        return Ok(Value::Unknown);
    }
    let number = || if let RawInput::Number(number) = given { number.parse::<Decimal>().ok() } else { None };
    let list = || {
        let RawInput::List(list) = given else { return None };
        Some(list.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>())
    };
    let found = match question.kind {
        Kind::Choice => text.map(|id| Value::Choice(id.to_owned())).or_else(|| {
            let number = number()?.to_string().parse().ok()?;
            question.band(number).map(|option| Value::Choice(option.id.clone()))
        }),
        Kind::Choices => list().map(|mut ids| {
            ids.sort_by_key(|id| question.option_index(id));
            ids.dedup();
            Value::Choices(ids)
        }),
        Kind::Date => {
            let written = match given {
                RawInput::Date(date) => date.as_str(),
                _ => text.unwrap_or_default(),
            };
            // A year before the first is no date of a file: it could be written, and not read again.
            let date = written.parse().ok().filter(|date: &jiff::civil::Date| date.year() >= 0);
            if date.is_none() && !written.is_empty() {
                return Err((Code::BadDate, vec![("found", written.to_owned())]));
            }
            date.map(Value::Date)
        }
        Kind::Money => {
            let money = text.and_then(Money::parse);
            if let (None, Some(text)) = (&money, text) {
                return Err((Code::BadMoney, vec![("found", text.to_owned())]));
            }
            money.map(Value::Money)
        }
        Kind::Number => number().map(Value::Number),
        Kind::Place => text.map(|id| Value::Place(id.to_owned())),
        Kind::Assets => match text {
            Some("none") => Some(Value::Assets(Vec::new())),
            Some("listed") => Some(Value::Unknown),
            _ => None,
        },
        Kind::Targets => list().map(|mut ids| {
            let mut seen = std::collections::BTreeSet::new();
            ids.retain(|id| seen.insert(id.clone()));
            Value::Targets(ids)
        }),
    };
    found.ok_or_else(|| other_kind(question))
}

/// A refusal as a fault with its words.
pub fn why(pack: &Pack, question: &Question, refused: &Refused) -> Unfit {
    let id = || ("id", question.id.clone());
    match refused {
        Refused::NoSuchOption(found) => {
            let ids: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
            let near = nearest(found, ids.iter().copied()).unwrap_or("-").to_owned();
            let fields = [("subject", question.id.clone()), ("found", found.clone()), ("near", near)];
            (Code::NoSuchOption, fields.into_iter().chain([("allowed", ids.join(", "))]).collect())
        }
        Refused::NoSuchPlace(found) => {
            let ids = pack.profiles.iter().map(|profile| profile.id.as_str());
            let near = nearest(found, ids).unwrap_or("-").to_owned();
            (Code::NoSuchJurisdiction, vec![("found", found.clone()), ("near", near)])
        }
        Refused::Excludes(found) => (Code::BadAnswer, vec![id(), ("expected", format!("`{found}` alone"))]),
        Refused::OutOfRange => (Code::BadAnswer, vec![id(), ("expected", "0 .. 100000".to_owned())]),
        Refused::OtherKind => other_kind(question),
    }
}

fn other_kind(question: &Question) -> Unfit {
    (Code::BadAnswer, vec![("id", question.id.clone()), ("expected", expected(question.kind).to_owned())])
}

/// How a value of each kind is written, for messages.
pub const fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "\"option\"",
        Kind::Choices => "[\"option\", ...]",
        Kind::Date => "YYYY-MM-DD",
        Kind::Money => "\"1000000 CNY\"",
        Kind::Number => "12",
        Kind::Place => "\"place\"",
        Kind::Assets => "\"none\" / [[asset]]",
        Kind::Targets => "[\"target\", ...]",
    }
}
