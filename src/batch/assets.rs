//! The list of assets of a case.

use std::borrow::Cow;

use super::case::Reader;
use super::cell::Cell;
use crate::faults::sentence;
use crate::matter::answers::Answers;
use crate::matter::file::COLUMNS;
use crate::matter::{Asset, Basis, Money, Value, raw_input};
use crate::messages::batch as words;

/// The form of the list of assets, for messages.
const ASSETS: &str = r#"[{"where": "sg", "class": "cash", "value": "1000000 CNY", "certainty": "registered"}]"#;

impl Reader<'_> {
    /// The assets as the cell of a table has them: JSON text, or a word.
    pub(super) fn assets_text(&self, answers: &mut Answers, cell: &str) -> Result<(), String> {
        if !cell.starts_with('[') {
            return self.assets(answers, &Cell::Text(Cow::Borrowed(cell)));
        }
        let cell: Cell<'_> = serde_json::from_str(cell).map_err(|_fault| words::bad_assets(self.lang, ASSETS))?;
        self.assets(answers, &cell)
    }

    /// No key of a table stands twice.
    pub(super) fn once(&self, pairs: &[(Cow<'_, str>, Cell<'_>)]) -> Result<(), String> {
        let twice = pairs.iter().enumerate().find(|(n, (key, _))| pairs[..*n].iter().any(|(other, _)| other == key));
        twice.map_or(Ok(()), |(_, (key, _))| Err(words::twice(self.lang, crate::text::one_line(key))))
    }

    /// The assets as a line has them.
    pub(super) fn assets(&self, answers: &mut Answers, cell: &Cell<'_>) -> Result<(), String> {
        let Some(at) = self.pack.roles.assets else { return Ok(()) };
        let bad = || words::bad_assets(self.lang, ASSETS);
        let list = match cell {
            Cell::Text(_) => return self.put(answers, at, &cell.given(), None),
            Cell::List(list) => list,
            _ => return Err(bad()),
        };
        let mut assets = Vec::new();
        for entry in list {
            let Cell::Table(pairs) = entry else { return Err(bad()) };
            let mut asset = Asset::default();
            self.once(pairs)?;
            for (key, value) in pairs {
                let Cell::Text(text) = value else { return Err(bad()) };
                match &**key {
                    "note" => asset.note = text.to_string(),
                    "value" | "charges" => {
                        let money = Money::parse(text).ok_or_else(|| {
                            let fields = [("found", text.to_string())];
                            sentence(self.lang, crate::diagnostic::Code::BadMoney, &fields)
                        })?;
                        if &**key == "value" { asset.value = Some(money) } else { asset.charges = Some(money) }
                    }
                    key if COLUMNS.contains(&key) => {
                        if text != "unknown" {
                            asset.set_option(key, text);
                        }
                    }
                    key => {
                        let key = crate::text::one_line(key);
                        return Err(words::no_asset_key(self.lang, COLUMNS.join(", "), key));
                    }
                }
            }
            assets.push(asset);
        }
        let question = &self.pack.questions[at];
        let value = Value::Assets(assets);
        if let Err(refused) = crate::matter::accepts(self.pack, question, &value) {
            let (code, fields) = raw_input::why(self.pack, question, &refused);
            return Err(sentence(self.lang, code, &fields));
        }
        if answers.is_asked(at) {
            return Err(words::twice(self.lang, &question.id));
        }
        answers.set_value(self.pack, at, &value, Some(Basis::Told));
        Ok(())
    }
}
