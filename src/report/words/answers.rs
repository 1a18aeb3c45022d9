//! Answers as the reader would say them.
//!
//! Must not: escape anything; each format does that for itself.

use super::Writer;
use crate::matter::{Asset, Value};
use crate::messages::{self, num};
use crate::numbers;
use crate::pack::{Kind, Question};

impl Writer<'_> {
    /// An answer as the reader would say it. An asset list has one line for each asset.
    pub(in crate::report) fn value(&self, question: &Question, value: &Value) -> String {
        let label = |id: &String| question.option(id).map_or_else(|| id.clone(), |o| self.say(&o.label).to_owned());
        match value {
            Value::Unknown => messages::answers::unknown(self.lang).to_owned(),
            Value::Choice(id) => label(id),
            Value::Choices(ids) => ids.iter().map(label).collect::<Vec<_>>().join(num::semicolon(self.lang)),
            Value::Date(date) => self.date(*date),
            Value::Money(money) => self.amount(money),
            Value::Number(number) => format!("{} {}", numbers::number(*number), self.say(&question.unit)),
            Value::Place(id) => self.place(id).to_owned(),
            Value::Targets(ids) => self.list(&ids.iter().map(|id| self.place(id).to_owned()).collect::<Vec<_>>()),
            Value::Assets(assets) if assets.is_empty() => messages::answers::none_asset(self.lang).to_owned(),
            Value::Assets(assets) => {
                let lines: Vec<String> = assets
                    .iter()
                    .enumerate()
                    .map(|(n, asset)| messages::answers::asset(self.lang, self.asset(asset), n + 1))
                    .collect();
                lines.join(num::semicolon(self.lang))
            }
        }
    }

    fn asset(&self, asset: &Asset) -> String {
        let mut parts = Vec::new();
        for column in &self.pack.assets.columns {
            match column.kind {
                Kind::Money if column.id == "value" => parts.extend(asset.value.as_ref().map(|v| self.amount(v))),
                Kind::Money => parts.extend(
                    asset.charges.as_ref().map(|money| messages::answers::charged(self.lang, self.amount(money))),
                ),
                Kind::Place if !asset.place.is_empty() => parts.push(self.place(&asset.place).to_owned()),
                _ => {
                    let option = column.options.iter().find(|option| option.id == asset.option(&column.id));
                    parts.extend(option.map(|option| self.say(&option.label).to_owned()));
                }
            }
        }
        if !asset.note.is_empty() {
            parts.push(asset.note.clone());
        }
        self.list(&parts)
    }
}
