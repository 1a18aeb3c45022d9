//! Values as text: answers, amounts, shares, dates, findings.
//!
//! Must not: draw. Text of a user or a file passes `text::one_line` here, so that no control
//! character reaches a widget.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use crate::lang::Lang;
use crate::matter::typed;
use crate::matter::{Answer, Asset, Money, Value};
use crate::messages::{self, asset_text, ui};
use crate::numbers;
use crate::pack::{Kind, Pack, Question};
use crate::text;

/// What a date, an amount or a number is read from, and written as in its field.
pub fn entry_text(value: Option<&Value>) -> String {
    match value {
        Some(Value::Date(date)) => date.to_string(),
        Some(Value::Money(money)) => format!("{} {}", grouped(money.amount), money.currency),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads the text of a field for a question.
pub fn read_entry(pack: &Pack, question: &Question, written: &str) -> Option<Value> {
    match question.kind {
        Kind::Date => typed::date(written).map(Value::Date),
        Kind::Money => typed::money(written, pack.assumed_currency(question)).map(Value::Money),
        Kind::Number => {
            let number = typed::half_width(written.trim()).replace([',', ' '], "").parse::<Decimal>().ok()?.normalize();
            (Decimal::ZERO..=Decimal::from(100_000)).contains(&number).then_some(Value::Number(number))
        }
        _ => None,
    }
}

/// An amount with its thousands apart.
pub fn grouped(amount: Decimal) -> String {
    let text = amount.normalize().to_string();
    let (sign, rest) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::new();
    for (n, c) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    part.map_or_else(|| format!("{sign}{out}"), |part| format!("{sign}{out}.{part}"))
}

/// An amount to three figures, for narrow places: `1.2M`, `340k`, in Chinese `120万`.
pub fn short_amount(lang: Lang, amount: Decimal) -> String {
    let size = amount.abs();
    let scaled = |unit: i64, places: u32, sign: &str| {
        format!("{}{sign}", (amount / Decimal::from(unit)).round_dp(places).normalize())
    };
    let places = |unit: i64| u32::from(size < Decimal::from(unit * 10));
    match lang {
        Lang::En if size >= Decimal::from(1_000_000) => scaled(1_000_000, places(1_000_000), "M"),
        Lang::En if size >= Decimal::from(1_000) => scaled(1_000, places(1_000), "k"),
        Lang::Zh if size >= Decimal::from(100_000_000) => scaled(100_000_000, places(100_000_000), "亿"),
        Lang::Zh if size >= Decimal::from(10_000) => scaled(10_000, places(10_000), "万"),
        _ => amount.round().normalize().to_string(),
    }
}

/// An amount with its currency.
pub fn money(money: &Money, lang: Lang) -> String {
    text::one_line(&numbers::money(money.amount, &money.currency, lang))
}

/// A share as a whole percent.
pub fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// A range as whole percents.
pub fn percents([low, high]: [f64; 2]) -> String {
    format!("{:.0}-{:.0}%", low * 100.0, high * 100.0)
}

/// A range of plain numbers, e.g. months.
pub fn numbers([low, high]: [f64; 2]) -> String {
    let plain = |number: f64| grouped(crate::scoring::money::decimal(number));
    if (low - high).abs() < f64::EPSILON { plain(low) } else { format!("{}-{}", plain(low), plain(high)) }
}

/// The label of an option; its id where the question has no such option.
pub fn option_label<'q>(question: &'q Question, id: &'q str, lang: Lang) -> &'q str {
    question.option(id).map_or(id, |option| option.label.get(lang))
}

/// A value as one line.
pub fn value(pack: &Pack, question: &Question, value: &Value, lang: Lang) -> String {
    let comma = ui::list_comma(lang);
    match value {
        Value::Unknown => ui::unknown(lang).to_owned(),
        Value::Choice(id) => text::one_line(option_label(question, id, lang)),
        Value::Choices(ids) if ids.is_empty() => ui::none_of_these(lang).to_owned(),
        Value::Choices(ids) => {
            let labels: Vec<String> = ids.iter().map(|id| text::one_line(option_label(question, id, lang))).collect();
            labels.join(comma)
        }
        Value::Date(date) => numbers::date(*date, lang),
        Value::Money(amount) => money(amount, lang),
        Value::Number(number) => format!("{} {}", grouped(*number), question.unit.get(lang)).trim().to_owned(),
        Value::Place(id) => text::one_line(pack.place_name(id, lang)),
        Value::Assets(assets) if assets.is_empty() => ui::no_assets(lang).to_owned(),
        Value::Assets(assets) => {
            let places: Vec<&str> = assets
                .iter()
                .map(|asset| if asset.place.is_empty() { "?" } else { pack.place_name(&asset.place, lang) })
                .collect();
            let mut names = places.clone();
            names.dedup();
            asset_text::listed(lang, assets.len(), text::one_line(&names.join(comma)))
        }
        Value::Targets(ids) => {
            let names: Vec<&str> = ids.iter().map(|id| pack.place_name(id, lang)).collect();
            text::one_line(&names.join(comma))
        }
    }
}

/// An answer as one line, or that there is none.
pub fn answer(pack: &Pack, question: &Question, given: Option<&Answer>, lang: Lang) -> String {
    given.map_or_else(
        || messages::word(lang, "basis", "not-asked").to_owned(),
        |answer| value(pack, question, &answer.value, lang),
    )
}

/// An asset as one line: place, kind, value.
pub fn asset(pack: &Pack, asset: &Asset, lang: Lang) -> String {
    let mut out = if asset.place.is_empty() {
        ui::place_missing(lang).to_owned()
    } else {
        pack.place_name(&asset.place, lang).to_owned()
    };
    if !asset.class.is_empty() {
        let _ = write!(out, " - {}", asset_option(pack, "class", &asset.class, lang));
    }
    if let Some(value) = &asset.value {
        let _ = write!(out, " - {}", money(value, lang));
    }
    if !asset.certainty.is_empty() {
        let _ = write!(out, " - {}", asset_option(pack, "certainty", &asset.certainty, lang));
    }
    text::one_line(&out)
}

/// The label of an option of the asset form.
pub fn asset_option<'p>(pack: &'p Pack, column: &str, id: &'p str, lang: Lang) -> &'p str {
    let column = pack.assets.column(column);
    column
        .and_then(|column| column.options.iter().find(|option| option.id == id))
        .map_or(id, |option| option.label.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_and_shortened() {
        let amount = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(grouped(amount("3900000")), "3,900,000");
        assert_eq!(grouped(amount("-1234.50")), "-1,234.5");
        assert_eq!(grouped(amount("12")), "12");
        assert_eq!(short_amount(Lang::En, amount("546000")), "546k");
        assert_eq!(short_amount(Lang::En, amount("1234567")), "1.2M");
        assert_eq!(short_amount(Lang::Zh, amount("546000")), "54.6万".replace("54.6", "55"));
        assert_eq!(short_amount(Lang::Zh, amount("54600")), "5.5万");
    }
}
