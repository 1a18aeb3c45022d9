//! What is typed into a field, and how facts are said on the screen.

use rust_decimal::Decimal;

use crate::matter::Value;
use crate::matter::parse_input;
use crate::pack::{Kind, Pack, Question};
use crate::report::wording::Wording;
use crate::tui::model::Model;

/// What a date, an amount or a number is read from, and written as in its field.
pub(crate) fn entry_text(value: Option<&Value>) -> String {
    match value {
        Some(Value::Date(date)) => date.to_string(),
        Some(Value::Money(money)) => format!("{} {}", grouped(money.amount), money.currency),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Reads the text of a field for a question.
pub(crate) fn read_entry(pack: &Pack, question: &Question, written: &str) -> Option<Value> {
    match question.kind {
        Kind::Date => parse_input::date(written).map(Value::Date),
        Kind::Money => parse_input::money(written, pack.assumed_currency(question)).map(Value::Money),
        Kind::Number => {
            let number =
                parse_input::half_width(written.trim()).replace([',', ' '], "").parse::<Decimal>().ok()?.normalize();
            (Decimal::ZERO..=Decimal::from(100_000)).contains(&number).then_some(Value::Number(number))
        }
        _ => None,
    }
}

/// An amount with its thousands apart.
fn grouped(amount: Decimal) -> String {
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

/// How the facts of the matter in hand are said.
pub fn wording<'m>(model: &'m Model<'_>) -> Wording<'m> {
    let exchange = model.work.as_ref().map(|work| &work.scores.assessment.exchange);
    Wording { pack: model.pack(), exchange, lang: model.lang }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped() {
        let amount = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(grouped(amount("3900000")), "3,900,000");
        assert_eq!(grouped(amount("-1234.50")), "-1,234.5");
        assert_eq!(grouped(amount("12")), "12");
    }
}
