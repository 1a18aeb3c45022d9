//! Whether a value answers a question.

use rust_decimal::Decimal;

use super::Value;
use crate::pack::{Kind, Pack, Question};

/// Why a value does not answer a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The question has no such option.
    NoSuchOption(String),
    /// A target that the pack does not have.
    NoSuchPlace(String),
    /// Two options of which one excludes the other.
    Excludes(String),
    /// A value of another kind.
    OtherKind,
    /// A number outside 0 to 100 000.
    OutOfRange,
}

/// Whether a value answers a question.
///
/// # Errors
/// The first reason why it does not.
pub fn accepts(pack: &Pack, question: &Question, value: &Value) -> Result<(), Refused> {
    let option = |id: &String| question.option(id).map(|_| ()).ok_or_else(|| Refused::NoSuchOption(id.clone()));
    let place = |id: &String| {
        let known = pack.profile(id).is_some() || pack.places.iter().any(|place| place.id == *id);
        if known { Ok(()) } else { Err(Refused::NoSuchPlace(id.clone())) }
    };
    match (question.kind, value) {
        (_, Value::Unknown) | (Kind::Date, Value::Date(_)) | (Kind::Money, Value::Money(_)) => Ok(()),
        (Kind::Choice, Value::Choice(id)) => option(id),
        (Kind::Choices, Value::Choices(ids)) => {
            ids.iter().try_for_each(option)?;
            let exclusive = ids.iter().find(|id| question.option(id).is_some_and(|option| option.exclusive));
            match exclusive {
                Some(id) if ids.len() > 1 => Err(Refused::Excludes(id.clone())),
                _ => Ok(()),
            }
        }
        (Kind::Number, Value::Number(number)) => {
            let good = (Decimal::ZERO..=Decimal::from(100_000)).contains(number);
            if good { Ok(()) } else { Err(Refused::OutOfRange) }
        }
        (Kind::Place, Value::Place(id)) => place(id),
        (Kind::Assets, Value::Assets(assets)) => assets.iter().try_for_each(|asset| {
            if !asset.place.is_empty() {
                place(&asset.place)?;
            }
            for column in pack.assets.columns.iter().filter(|column| column.kind == Kind::Choice) {
                let id = asset.option(&column.id);
                if !id.is_empty() && !column.options.iter().any(|option| option.id == id) {
                    return Err(Refused::NoSuchOption(id.to_owned()));
                }
            }
            Ok(())
        }),
        (Kind::Targets, Value::Targets(ids)) => {
            ids.iter().try_for_each(|id| pack.profile(id).map(|_| ()).ok_or_else(|| Refused::NoSuchPlace(id.clone())))
        }
        _ => Err(Refused::OtherKind),
    }
}
