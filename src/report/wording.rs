//! How a fact is said, for reports, screens, the line interview and conflicts alike: a question by its
//! name, the value of an answer, an asset, an amount. Percentages and ranges are in `numbers`.
//!
//! The words are as people and packs wrote them; whoever prints them makes them harmless.

use crate::lang::{Lang, Localized};
use crate::matter::merge::{Part, Version};
use crate::matter::{Answer, Asset, Money, Value};
use crate::messages::{answers, num, safe};
use crate::numbers;
use crate::pack::{Kind, Pack, Question};
use crate::scoring::money::Exchange;
use crate::text;

/// Cells of a version of a matter in a conflict.
const VERSION: usize = 200;

/// Says the facts of a matter in one language.
#[derive(Clone, Copy, Debug)]
pub struct Wording<'a> {
    pub pack: &'a Pack,
    /// The rates at which amounts in other currencies are also given in the result currency.
    pub exchange: Option<&'a Exchange>,
    pub lang: Lang,
}

impl Wording<'_> {
    /// A text of the pack; in the other language where this one is missing, because a gap says less
    /// than a sentence in the wrong language.
    pub fn say<'t>(&self, text: &'t Localized) -> &'t str {
        let own = text.get(self.lang);
        if own.is_empty() { text.get(self.lang.other()) } else { own }
    }

    /// A question by its name, in quotation marks.
    pub fn fact(&self, question: usize) -> String {
        num::quote(self.lang, self.say(&self.pack.questions[question].ask))
    }

    /// An answer, or that the question was not asked.
    pub fn answer(&self, question: &Question, answer: Option<&Answer>) -> String {
        answer.map_or_else(|| answers::not_asked(self.lang).to_owned(), |answer| self.value(question, &answer.value))
    }

    /// The value of an answer. A list of assets numbers each asset.
    pub fn value(&self, question: &Question, value: &Value) -> String {
        let lang = self.lang;
        let label = |id: &String| question.option(id).map_or(id.clone(), |option| self.say(&option.label).to_owned());
        match value {
            Value::Unknown => answers::unknown(lang).to_owned(),
            Value::Choice(id) => label(id),
            Value::Choices(ids) if ids.is_empty() => answers::none_of_these(lang).to_owned(),
            Value::Choices(ids) => ids.iter().map(label).collect::<Vec<_>>().join(num::semicolon(lang)),
            Value::Date(date) => numbers::date(*date, lang),
            Value::Money(money) => self.amount(money),
            Value::Number(number) => {
                let unit = self.say(&question.unit);
                format!("{} {unit}", numbers::number(*number)).trim_end().to_owned()
            }
            Value::Place(id) => self.place(id).to_owned(),
            Value::Targets(ids) => ids.iter().map(|id| self.place(id)).collect::<Vec<_>>().join(num::comma(lang)),
            Value::Assets(assets) if assets.is_empty() => answers::none_asset(lang).to_owned(),
            Value::Assets(assets) => {
                let numbered = assets.iter().enumerate();
                let lines: Vec<String> =
                    numbered.map(|(n, asset)| answers::asset(lang, self.asset(asset), n + 1)).collect();
                lines.join(num::semicolon(lang))
            }
        }
    }

    /// An asset: its columns that are known, and its note.
    pub fn asset(&self, asset: &Asset) -> String {
        let mut parts: Vec<String> = Vec::new();
        for column in &self.pack.assets.columns {
            let Some(words) = self.asset_column(asset, &column.id) else { continue };
            let charges = column.kind == Kind::Money && column.id != "value";
            parts.push(if charges { answers::charged(self.lang, words) } else { words });
        }
        if !asset.note.is_empty() {
            parts.push(asset.note.clone());
        }
        if parts.is_empty() { answers::unknown(self.lang).to_owned() } else { parts.join(num::comma(self.lang)) }
    }

    /// One column of an asset; `None` where it is not known.
    pub(crate) fn asset_column(&self, asset: &Asset, column: &str) -> Option<String> {
        let column = self.pack.assets.column(column)?;
        match column.kind {
            Kind::Money if column.id == "value" => asset.value.as_ref().map(|money| self.amount(money)),
            Kind::Money => asset.charges.as_ref().map(|money| self.amount(money)),
            Kind::Place => (!asset.place.is_empty()).then(|| self.place(&asset.place).to_owned()),
            _ => {
                let id = asset.option(&column.id);
                let option = column.options.iter().find(|option| option.id == id);
                option.map(|option| self.say(&option.label).to_owned())
            }
        }
    }

    /// An amount in its own currency, with the result currency where it differs.
    pub fn amount(&self, money: &Money) -> String {
        let own = numbers::money(money.amount, &money.currency, self.lang);
        let Some(exchange) = self.exchange.filter(|exchange| exchange.currency != money.currency) else { return own };
        let Some(converted) = exchange.convert(money) else { return own };
        let estimate = numbers::estimate(converted, &exchange.currency, self.lang);
        num::bracket(self.lang, num::about(self.lang, estimate), own)
    }

    fn place<'i>(&'i self, id: &'i str) -> &'i str {
        self.pack.place_name(id, self.lang)
    }

    /// What a part of a matter is called: the question, or the name of the field; on one line.
    pub fn part(&self, part: &Part) -> String {
        match part {
            Part::Title => safe::part_title(self.lang).to_owned(),
            Part::Rates => safe::part_rates(self.lang).to_owned(),
            Part::Answer(id) => text::one_line(self.pack.question(id).map_or(id, |question| self.say(&question.ask))),
            Part::Kept(id) => text::one_line(id),
        }
    }

    /// A version of a part of a matter, on one line.
    pub fn version(&self, part: &Part, version: Option<&Version>) -> String {
        let words = match version {
            None => num::none(self.lang).to_owned(),
            Some(Version::Text(text)) => text.clone(),
            Some(Version::Rates(rates)) => numbers::date(rates.as_of, self.lang),
            Some(Version::Answer(answer)) => {
                let question = match part {
                    Part::Answer(id) => self.pack.question(id),
                    _ => None,
                };
                let value = question.map_or_else(String::new, |question| self.value(question, &answer.value));
                let parts = [value.as_str(), &answer.evidence, &answer.note];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                parts.join(num::semicolon(self.lang))
            }
        };
        text::clip(&text::one_line(&words), VERSION)
    }
}
