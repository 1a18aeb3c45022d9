//! A table of a file being read: each kind of value by its key.
//!
//! A key that was not asked for before [`Table::finish`] is an unknown key, and a fault.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Located, Reader, nearest};
use crate::diagnostic::Code;

/// A table of a file being read.
#[derive(Debug)]
pub struct Table<'r, 'a> {
    pub reader: &'r Reader<'a>,
    pub span: Range<usize>,
    keys: &'r DeTable<'a>,
    /// Keys that were asked for.
    seen: RefCell<Vec<Cow<'static, str>>>,
}

impl<'r, 'a> Table<'r, 'a> {
    pub fn new(reader: &'r Reader<'a>, table: &'r DeTable<'a>, span: Range<usize>) -> Self {
        Table { reader, span, keys: table, seen: RefCell::default() }
    }

    fn value(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'a>>> {
        self.seen.borrow_mut().push(Cow::Borrowed(key));
        self.keys.get(key)
    }

    /// Counts a key as known whose name the pack itself chose.
    pub(crate) fn pass_over(&self, key: &str) {
        self.seen.borrow_mut().push(Cow::Owned(key.to_owned()));
    }

    /// An optional text under a key whose name the pack itself chose.
    pub(crate) fn text_at(&self, key: &str) -> Option<Located<String>> {
        self.pass_over(key);
        self.text_under(key)
    }

    fn text_under(&self, key: &str) -> Option<Located<String>> {
        let value = self.keys.get(key)?;
        if let DeValue::String(text) = value.get_ref() {
            Some(Located { value: text.to_string(), span: value.span() })
        } else {
            self.wrong(value, key, "string");
            None
        }
    }

    /// The same for a text that must be there; empty where it is not.
    pub(crate) fn need_text_at(&self, key: &str) -> Located<String> {
        if !self.keys.contains_key(key) {
            self.reader.fault(self.span.clone(), Code::MissingKey, &[("key", key)]);
        }
        self.text_at(key).unwrap_or_else(|| Located { value: String::new(), span: self.span.clone() })
    }

    /// True when the key is there; it then counts as known.
    pub fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Where the key's value stands, or the table itself.
    pub(crate) fn span_of(&self, key: &'static str) -> Range<usize> {
        self.keys.get(key).map_or_else(|| self.span.clone(), Spanned::span)
    }

    pub fn missing(&self, key: &'static str) {
        self.reader.fault(self.span.clone(), Code::MissingKey, &[("key", key)]);
    }

    fn wrong(&self, value: &Spanned<DeValue<'a>>, key: &str, expected: &str) {
        let found = value.get_ref().type_str();
        self.reader.fault(value.span(), Code::WrongType, &[("key", key), ("expected", expected), ("found", found)]);
    }

    pub fn text(&self, key: &'static str) -> Option<Located<String>> {
        self.value(key)?;
        self.text_under(key)
    }

    /// An optional text without its place; empty where the key is absent.
    pub fn string(&self, key: &'static str) -> String {
        self.text(key).map(|text| text.value).unwrap_or_default()
    }

    /// A text that must be there; empty where it is not.
    pub(crate) fn need_text(&self, key: &'static str) -> Located<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.text(key).unwrap_or_else(|| Located { value: String::new(), span: self.span.clone() })
    }

    /// One of a list of words that must be there; the first word where it is not.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> T {
        if !self.has(key) {
            self.missing(key);
        }
        self.word_or(key, words).unwrap_or_else(|| words[0].1)
    }

    /// One of a list of words, if the key is there and right.
    pub(crate) fn word_or<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.reader.fault(
            text.span,
            Code::BadWord,
            &[("key", key), ("found", &text.value), ("allowed", &allowed.join(", "))],
        );
        None
    }

    /// An optional number, whole or not.
    pub fn number(&self, key: &'static str) -> Option<Located<f64>> {
        let value = self.value(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok().map(whole),
            DeValue::Float(n) => n.as_str().replace('_', "").parse::<f64>().ok().filter(|n| n.is_finite()),
            _ => None,
        };
        if number.is_none() {
            self.wrong(value, key, "number");
        }
        number.map(|number| Located { value: number, span: value.span() })
    }

    /// A number within a range that must be there; the lower bound where it is not.
    pub(crate) fn need_number(&self, key: &'static str, from: f64, to: f64) -> f64 {
        if !self.has(key) {
            self.missing(key);
        }
        self.number_in(key, from, to).unwrap_or(from)
    }

    /// An optional number within a range.
    pub(crate) fn number_in(&self, key: &'static str, from: f64, to: f64) -> Option<f64> {
        let Located { value, span } = self.number(key)?;
        if (from..=to).contains(&value) {
            return Some(value);
        }
        self.reader.fault(
            span,
            Code::OutOfRange,
            &[("key", key), ("from", &from.to_string()), ("to", &to.to_string()), ("found", &value.to_string())],
        );
        None
    }

    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong(value, key, "boolean");
        None
    }

    pub fn date(&self, key: &'static str) -> Option<jiff::civil::Date> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => {
                self.wrong(value, key, "date");
                return None;
            }
        };
        let date = text.parse().ok().filter(|date: &jiff::civil::Date| date.year() >= 0);
        if date.is_none() {
            self.reader.fault(value.span(), Code::BadDate, &[("found", &text)]);
        }
        date
    }

    /// A list of texts; empty where the key is absent.
    pub fn texts(&self, key: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        if !matches!(value.get_ref(), DeValue::Array(_)) {
            self.wrong(value, key, "array");
            return Vec::new();
        }
        self.words(key, value)
    }

    /// A list of texts without their places; empty where the key is absent.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.texts(key).into_iter().map(|text| text.value).collect()
    }

    /// A value of [`Table::entries`] as a list of texts: one text is a list of one.
    pub fn words(&self, key: &str, value: &Spanned<DeValue<'a>>) -> Vec<Located<String>> {
        let items = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut out = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => out.push(Located { value: text.to_string(), span: item.span() }),
                _ => self.wrong(item, key, "string"),
            }
        }
        out
    }

    /// A table of rates above zero by name, each written as text so that no digit is lost.
    pub fn rates(&self, key: &'static str) -> Vec<(String, Decimal)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let mut out = Vec::new();
        for (name, value) in table.entries() {
            match value.get_ref().as_str().and_then(|text| text.parse().ok()) {
                Some(rate) if rate > Decimal::ZERO => out.push((name.value, rate)),
                _ => self.reader.fault(value.span(), Code::BadMoney, &[("found", &name.value)]),
            }
        }
        out
    }

    /// Two numbers, the smaller first, that must be there.
    pub fn range(&self, key: &'static str) -> [f64; 2] {
        let Some(value) = self.value(key) else {
            self.missing(key);
            return [0.0, 0.0];
        };
        match numbers(value.get_ref()).unwrap_or_default().as_slice() {
            [low, high] if *low >= 0.0 && low <= high => [*low, *high],
            _ => {
                self.wrong(value, key, "[low, high]");
                [0.0, 0.0]
            }
        }
    }

    /// A list of numbers; `None` where it is missing or of another form.
    pub fn numbers(&self, key: &'static str) -> Option<Vec<f64>> {
        numbers(self.value(key)?.get_ref())
    }

    /// A list of lists of numbers; `None` where it is missing or of another form.
    pub fn rows(&self, key: &'static str) -> Option<Vec<Vec<f64>>> {
        self.value(key)?.get_ref().as_array()?.iter().map(|row| numbers(row.get_ref())).collect()
    }

    pub fn table(&self, key: &'static str) -> Option<Table<'r, 'a>> {
        let value = self.value(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Table::new(self.reader, table, value.span()));
        }
        self.wrong(value, key, "table");
        None
    }

    /// The tables of an array of tables; empty where the key is absent.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'r, 'a>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let DeValue::Array(array) = value.get_ref() else {
            self.wrong(value, key, "array of tables");
            return Vec::new();
        };
        let mut out = Vec::new();
        for item in array {
            match item.get_ref() {
                DeValue::Table(table) => out.push(Table::new(self.reader, table, item.span())),
                _ => self.wrong(item, key, "table"),
            }
        }
        out
    }

    /// Every key of the table with its value, for tables whose keys are ids.
    pub(crate) fn entries(&self) -> Vec<(Located<String>, &'r Spanned<DeValue<'a>>)> {
        let mut out: Vec<_> = self
            .keys
            .iter()
            .map(|(key, value)| (Located { value: key.get_ref().to_string(), span: key.span() }, value))
            .collect();
        out.sort_by_key(|(key, _)| key.span.start);
        out
    }

    /// Notes a fault where there are more of something than can be read.
    pub(crate) fn at_most(&self, found: usize, most: usize) {
        if found > most {
            self.reader.fault(self.span.clone(), Code::TooLarge, &[]);
        }
    }

    /// Notes every key that was not asked for.
    pub(crate) fn finish(self) {
        let seen = self.seen.borrow();
        for (key, _) in self.keys {
            let name: &str = key.get_ref();
            if !seen.iter().any(|seen| seen == name) {
                let near = nearest(name, seen.iter().map(AsRef::as_ref));
                self.reader.fault(key.span(), Code::UnknownKey, &[("key", name), ("near", near.unwrap_or("-"))]);
            }
        }
    }
}

fn numbers(value: &DeValue<'_>) -> Option<Vec<f64>> {
    let number = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
        DeValue::Integer(n) => n.as_str().replace('_', "").parse().ok(),
        DeValue::Float(n) => n.as_str().replace('_', "").parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    };
    value.as_array()?.iter().map(number).collect()
}

#[expect(clippy::cast_precision_loss, reason = "whole numbers in packs are far below 2^53")]
fn whole(n: i64) -> f64 {
    n as f64
}
