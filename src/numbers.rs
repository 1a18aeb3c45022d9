//! Numbers, money and dates as a reader of each language writes them.
//!
//! Invariant: no figure is worked out here. A percentage is whole; a probability above zero never prints as
//! nothing, and one below certainty never prints as certain. Chinese counts in 万 and 亿.
//!
//! ```
//! use exequatur::lang::Lang;
//! use exequatur::numbers;
//! let amount = 1_250_000.into();
//! assert_eq!(numbers::money(amount, "USD", Lang::En), "USD 1,250,000");
//! assert_eq!(numbers::money(amount, "USD", Lang::Zh), "125万美元");
//! ```

use jiff::civil::Date;
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::lang::Lang;
use crate::messages::{fill, lookup, num};

/// A probability as a whole percentage: `42%`, `under 1%`, `不足1%`.
pub fn percent(p: f64, lang: Lang) -> String {
    let whole = (p * 100.0).round();
    if whole < 1.0 && p > 0.0 {
        num::percent_under(lang).to_owned()
    } else if whole > 99.0 && p < 1.0 {
        num::percent_over(lang).to_owned()
    } else {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 100")]
        let whole = whole as i64;
        format!("{whole}%")
    }
}

/// A range of probabilities; one figure where both ends print alike.
pub(crate) fn percent_range([low, high]: [f64; 2], lang: Lang) -> String {
    range(&percent(low, lang), &percent(high, lang), lang)
}

/// Two words for the ends of a range, as one; a single word where they are the same.
pub fn range(low: &str, high: &str, lang: Lang) -> String {
    if low == high { low.to_owned() } else { num::range(lang, high, low) }
}

/// A value from 0 to 1 out of a hundred, for what is a score and not a chance.
pub(crate) fn of_hundred(value: f64, lang: Lang) -> String {
    num::of_hundred(lang, format!("{:.0}", value * 100.0))
}

/// An amount to the cent.
pub fn money(amount: Decimal, currency: &str, lang: Lang) -> String {
    let text = match lang {
        Lang::En => grouped(amount.abs()),
        Lang::Zh => chinese(amount.abs()),
    };
    let text = in_currency(&text, currency, lang);
    if amount.is_sign_negative() && !amount.is_zero() { format!("-{text}") } else { text }
}

/// A number, written out, in a currency: `USD 0.73`, `0.73美元`.
pub fn in_currency(number: &str, currency: &str, lang: Lang) -> String {
    match lookup(lang, &format!("currency.{}", currency.to_ascii_lowercase())) {
        Some(form) => fill(form, &[("amount", number.to_owned())]),
        None => num::any_money(lang, number, currency),
    }
}

/// The name of a currency: `USD`, `美元`; `人民币` without its unit.
pub fn currency(currency: &str, lang: Lang) -> String {
    let name = in_currency("", currency, lang).trim().to_owned();
    let short = name.strip_suffix('元').filter(|name| name.ends_with('币'));
    short.unwrap_or(&name).to_owned()
}

/// An estimate: three figures, because none of the rest is known.
pub fn estimate(amount: Decimal, currency: &str, lang: Lang) -> String {
    money(three_figures(amount), currency, lang)
}

/// A range of estimates.
pub fn estimates(low: Decimal, high: Decimal, currency: &str, lang: Lang) -> String {
    range(&estimate(low, currency, lang), &estimate(high, currency, lang), lang)
}

/// An amount to three figures, for narrow places: `1.2M`, `340k`, in Chinese `120万`.
pub(crate) fn short_amount(amount: Decimal, lang: Lang) -> String {
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

pub(crate) fn three_figures(amount: Decimal) -> Decimal {
    amount.round_sf_with_strategy(3, RoundingStrategy::MidpointAwayFromZero).unwrap_or(amount)
}

/// `1,250,000` and, with cents, `1,250,000.50`.
fn grouped(amount: Decimal) -> String {
    let places = if amount.fract().is_zero() { 0 } else { 2 };
    let text = format!("{amount:.places$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let mut out = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (whole.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &rest
}

/// `125万`, `1.2亿`; an amount that neither names in four places is written out.
fn chinese(amount: Decimal) -> String {
    let in_unit = |unit: i64| {
        let value = (amount / Decimal::from(unit)).normalize();
        (value >= Decimal::ONE && value.scale() <= 4).then_some(value)
    };
    let plain = |value: Decimal| {
        let text = value.to_string();
        let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
        grouped(whole.parse().unwrap_or_default()) + &rest
    };
    if let Some(value) = in_unit(100_000_000) {
        num::yi(Lang::Zh, plain(value))
    } else if let Some(value) = in_unit(10_000) {
        num::wan(Lang::Zh, plain(value))
    } else {
        grouped(amount)
    }
}

/// A number without needless zeros, with thousands apart.
pub fn number(value: Decimal) -> String {
    let value = value.normalize();
    if value.fract().is_zero() { grouped(value) } else { value.to_string() }
}

/// `22 November 2026`, `2026年11月22日`.
pub fn date(date: Date, lang: Lang) -> String {
    let month = lookup(lang, &format!("month.m{}", date.month())).unwrap_or_default();
    num::date(lang, date.day(), month, date.year())
}

/// Days until a deadline, or since.
pub(crate) fn days_left(days: i32, lang: Lang) -> String {
    match days {
        ..-1 => num::days_passed(lang, number(Decimal::from(-days))),
        -1 => num::day_passed(lang).to_owned(),
        0 => num::days_last(lang).to_owned(),
        1 => num::day_left(lang).to_owned(),
        _ => num::days_left(lang, number(Decimal::from(days))),
    }
}

/// A range of months; one figure where both ends print alike.
pub fn months([low, high]: [f64; 2], lang: Lang) -> String {
    let [low, high] = [low, high].map(|end| format!("{end:.0}"));
    match (low == high, high.as_str()) {
        (true, "1") => num::month_one(lang).to_owned(),
        (true, _) => num::months_same(lang, high),
        _ => num::months(lang, high, low),
    }
}

/// A difference of chances in whole points: `1 point`, `26 points`.
pub fn points(difference: f64, lang: Lang) -> String {
    whole_points(&format!("{:.0}", (difference * 100.0).abs()), lang)
}

/// Points as a word that may have a sign: `+1 point`, `-3 points`.
pub fn whole_points(points: &str, lang: Lang) -> String {
    if points.trim_start_matches(['+', '-']) == "1" { num::point(lang, points) } else { num::points(lang, points) }
}

/// A number of years: `1 year`, `2 years`.
pub fn years(years: i32, lang: Lang) -> String {
    if years == 1 { num::year_one(lang).to_owned() } else { num::years(lang, years) }
}

/// Log-odds with sign and two places: `+1.70`.
pub(crate) fn log_odds(value: f64) -> String {
    // Minus nothing is nothing.
    let value = if value.abs() < 0.005 { 0.0 } else { value };
    format!("{value:+.2}")
}

/// Rounds parts so that, as shown, they add up to the rounded total: what rounding leaves over goes
/// to the parts that it wronged the most. A reader who adds them up by hand must not find a fault.
pub(crate) fn parts_of_total(parts: &[f64], total: f64, places: i32) -> Vec<f64> {
    let scale = 10_f64.powi(places);
    let mut rounded: Vec<f64> = parts.iter().map(|part| (part * scale).round()).collect();
    let mut left = (total * scale).round() - rounded.iter().sum::<f64>();
    while left.abs() >= 0.5 && !rounded.is_empty() {
        let step = left.signum();
        let wronged = |n: usize| (parts[n] * scale - rounded[n]) * step;
        let most = (0..rounded.len()).max_by(|a, b| wronged(*a).total_cmp(&wronged(*b))).unwrap_or(0);
        rounded[most] += step;
        left -= step;
    }
    // Adding zero turns a negative zero into zero.
    rounded.into_iter().map(|part| part / scale + 0.0).collect()
}

/// A decimal as a JSON number: whole where it is whole.
pub(crate) fn json_number(amount: Decimal) -> serde_json::Value {
    if amount.fract().is_zero()
        && let Some(whole) = amount.to_i64()
    {
        return whole.into();
    }
    amount.to_f64().map_or(serde_json::Value::Null, Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Decimal {
        text.parse().expect("an amount")
    }

    #[test]
    fn a_chance_is_never_shown_as_nothing_or_as_certain() {
        assert_eq!(percent(0.424, Lang::En), "42%");
        assert_eq!(percent(0.001, Lang::En), "under 1%");
        assert_eq!(percent(0.0, Lang::En), "0%");
        assert_eq!(percent(0.997, Lang::Zh), "99%以上");
        assert_eq!(percent(1.0, Lang::Zh), "100%");
        assert_eq!(percent_range([0.18, 0.66], Lang::En), "18% to 66%");
        assert_eq!(percent_range([0.18, 0.66], Lang::Zh), "18%至66%");
        assert_eq!(percent_range([0.421, 0.424], Lang::Zh), "42%");
    }

    #[test]
    fn money_is_written_as_the_reader_writes_it() {
        for (text, currency, en, zh) in [
            ("3900000", "CNY", "CNY 3,900,000", "人民币390万元"),
            ("1250000", "USD", "USD 1,250,000", "125万美元"),
            ("120000000", "CNY", "CNY 120,000,000", "人民币1.2亿元"),
            ("123456789", "USD", "USD 123,456,789", "12,345.6789万美元"),
            ("9500", "USD", "USD 9,500", "9,500美元"),
            ("12.5", "EUR", "EUR 12.50", "12.50欧元"),
            ("1234567.89", "CNY", "CNY 1,234,567.89", "人民币1,234,567.89元"),
            ("-210000", "USD", "-USD 210,000", "-21万美元"),
            ("0", "USD", "USD 0", "0美元"),
            ("50000", "XYZ", "XYZ 50,000", "5万 XYZ"),
        ] {
            assert_eq!(money(amount(text), currency, Lang::En), en);
            assert_eq!(money(amount(text), currency, Lang::Zh), zh);
        }
        assert_eq!(estimate(amount("251437"), "USD", Lang::En), "USD 251,000");
        assert_eq!(estimate(amount("251437"), "USD", Lang::Zh), "25.1万美元");
        assert_eq!(estimate(amount("-1234567"), "USD", Lang::En), "-USD 1,230,000");
    }

    #[test]
    fn dates_days_and_odds() {
        let day = jiff::civil::date(2026, 11, 22);
        assert_eq!(date(day, Lang::En), "22 November 2026");
        assert_eq!(date(day, Lang::Zh), "2026年11月22日");
        assert_eq!(days_left(1257, Lang::En), "1,257 days left");
        assert_eq!(days_left(-30, Lang::Zh), "届满已30天");
        assert_eq!(days_left(0, Lang::En), "today is the last day");
        assert_eq!(log_odds(1.7), "+1.70");
        assert_eq!(log_odds(-4.6), "-4.60");
        assert_eq!(log_odds(-0.001), "+0.00");
    }

    #[test]
    fn shown_parts_add_up_to_the_shown_total() {
        let parts = [0.333_4, 0.333_4, 0.333_4, -0.004];
        let shown = parts_of_total(&parts, parts.iter().sum(), 2);
        let sum: f64 = shown.iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{shown:?}");
        assert!(shown.iter().zip(&parts).all(|(shown, part)| (shown - part).abs() < 0.011));
        assert!(parts_of_total(&[], 0.0, 2).is_empty());
    }

    #[test]
    fn amounts_are_shortened_for_narrow_places() {
        let amount = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(short_amount(amount("546000"), Lang::En), "546k");
        assert_eq!(short_amount(amount("1234567"), Lang::En), "1.2M");
        assert_eq!(short_amount(amount("546000"), Lang::Zh), "54.6万".replace("54.6", "55"));
        assert_eq!(short_amount(amount("54600"), Lang::Zh), "5.5万");
    }
}
