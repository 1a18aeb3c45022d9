//! A line of a portfolio parsed into borrowed texts and nothing else: what reading alone costs.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A line.
#[derive(Debug, Deserialize)]
pub struct Line<'l> {
    /// Its number.
    pub id: u64,
    /// Its answers.
    #[serde(borrow)]
    pub answers: Answers<'l>,
    /// Its assets.
    #[serde(borrow)]
    pub assets: Vec<Answers<'l>>,
    /// Its targets.
    #[serde(borrow)]
    pub targets: Vec<&'l str>,
}

/// Pairs of a table.
#[derive(Debug)]
pub struct Answers<'l>(pub Vec<(&'l str, Answer<'l>)>);

/// A value.
#[derive(Debug)]
pub enum Answer<'l> {
    /// A text.
    Text(&'l str),
    /// Texts.
    List(Vec<&'l str>),
    /// Anything else.
    Other,
}

impl<'de: 'l, 'l> Deserialize<'de> for Answers<'l> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Answers<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
                let mut out = Vec::with_capacity(96);
                while let Some(pair) = from.next_entry()? {
                    out.push(pair);
                }
                Ok(Answers(out))
            }
        }
        from.deserialize_map(Pairs)
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Answer<'l> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct One;
        impl<'de> Visitor<'de> for One {
            type Value = Answer<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Answer::Text(text))
            }
            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Answer::Other)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
                let mut out = Vec::new();
                while let Some(text) = from.next_element()? {
                    out.push(text);
                }
                Ok(Answer::List(out))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Self::Value, A::Error> {
                while from.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Answer::Other)
            }
            fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Answer::Other)
            }
            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Answer::Other)
            }
        }
        from.deserialize_any(One)
    }
}
