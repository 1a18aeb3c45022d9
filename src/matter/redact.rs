//! A matter that may be shown to others: nothing that anybody typed, amounts to one figure.
//!
//! Options, dates, places and targets stay, because the result hangs on
//! them; who knows the case may recognise it by its dates.

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::{Asset, Matter, Money, Value};

/// The matter without title, notes and evidence, with amounts rounded to one significant figure.
pub fn redacted(matter: &Matter) -> Matter {
    let mut out = Matter { lang: matter.lang, answers: matter.answers.clone(), ..Matter::default() };
    for answer in out.answers.values_mut() {
        answer.note = String::new();
        answer.evidence = String::new();
        match &mut answer.value {
            Value::Money(money) => *money = rounded(money),
            Value::Assets(assets) => assets.iter_mut().for_each(redact),
            _ => {}
        }
    }
    // Rates that the user typed give way to those of the pack: they are public, and a typed one is not.
    out.rates = None;
    out.kept = BTreeMap::new();
    out
}

fn redact(asset: &mut Asset) {
    asset.note = String::new();
    asset.value = asset.value.as_ref().map(rounded);
    asset.charges = asset.charges.as_ref().map(rounded);
}

/// An amount to one significant figure.
fn rounded(money: &Money) -> Money {
    let amount = money.amount.round_sf_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
    Money { amount: amount.unwrap_or(Decimal::ZERO).normalize(), currency: money.currency.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_one_figure() {
        let round = |text| rounded(&Money::parse(text).unwrap()).to_string();
        assert_eq!(round("3,900,000 CNY"), "4000000 CNY");
        assert_eq!(round("149999 USD"), "100000 USD");
        assert_eq!(round("0.37 EUR"), "0.4 EUR");
        assert_eq!(round("0 EUR"), "0 EUR");
        assert_eq!(round("9 GBP"), "9 GBP");
    }
}
