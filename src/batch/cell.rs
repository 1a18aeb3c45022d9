//! A value of a line of JSON, with its texts left in the line where they have no escapes. Keys that stand twice are
//! kept, so that they can be refused.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::matter::raw_input::RawInput;

/// A value of a line.
#[derive(Debug)]
pub(super) enum Cell<'l> {
    Text(Cow<'l, str>),
    Number(String),
    List(Vec<Cell<'l>>),
    Table(Vec<(Cow<'l, str>, Cell<'l>)>),
    Other,
}

impl Cell<'_> {
    /// As an answer is given.
    pub(super) fn given(&self) -> RawInput<'_> {
        match self {
            Cell::Text(text) => RawInput::Text(text),
            Cell::Number(number) => RawInput::Number(number.clone()),
            Cell::List(list) => {
                let texts = list.iter().map(|cell| if let Cell::Text(text) = cell { Some(&**text) } else { None });
                texts.collect::<Option<Vec<&str>>>().map_or(RawInput::Other, RawInput::List)
            }
            Cell::Table(_) | Cell::Other => RawInput::Other,
        }
    }
}

/// The values of a table by name, in the order in which they stand.
#[derive(Default)]
pub(super) struct Pairs<'l>(pub(super) Vec<(Cow<'l, str>, Cell<'l>)>);

impl<'de: 'l, 'l> Deserialize<'de> for Pairs<'l> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`answers` as a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<Self::Value, A::Error> {
        pairs(from).map(Pairs)
    }
}

fn pairs<'de, A: MapAccess<'de>>(mut from: A) -> Result<Vec<(Cow<'de, str>, Cell<'de>)>, A::Error> {
    let mut out = Vec::new();
    while let Some((Text(key), value)) = from.next_entry()? {
        out.push((key, value));
    }
    Ok(out)
}

impl<'de: 'l, 'l> Deserialize<'de> for Cell<'l> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(CellVisitor)
    }
}

/// A text that is borrowed from the line where it has no escapes.
struct Text<'l>(Cow<'l, str>);

impl<'de: 'l, 'l> Deserialize<'de> for Text<'l> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Cell::deserialize(from)? {
            Cell::Text(text) => Ok(Text(text)),
            _ => Err(serde::de::Error::custom("a key should be text")),
        }
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a list or a table")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cell::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Cell::Number(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cell::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Cell::Number(number.to_string()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Cell::Other)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Cell::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::new();
        while let Some(cell) = from.next_element()? {
            out.push(cell);
        }
        Ok(Cell::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, from: A) -> Result<Self::Value, A::Error> {
        pairs(from).map(Cell::Table)
    }
}
