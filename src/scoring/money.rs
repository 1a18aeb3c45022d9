//! Money: what can be recovered, what it costs, what is left.
//!
//! Figures are decimals in one currency, converted with the rates of the pack or those that the user has set; the
//! reader sees every rate. Where a figure cannot be worked out it
//! is absent, with the reason.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};

use crate::matter::answers::Answers;
use crate::matter::{Asset, Matter, Money};
use crate::pack::{Pack, Profile};

/// Rates of exchange into the result currency.
#[derive(Clone, Debug)]
pub struct Exchange {
    pub currency: String,
    /// The day of the rates.
    pub as_of: jiff::civil::Date,
    /// True when the user has set them.
    pub own: bool,
    rates: Vec<(String, Decimal)>,
}

impl Exchange {
    /// The rates for a matter: the user's own over the pack's.
    pub fn new(pack: &Pack, matter: &Matter) -> Self {
        let mut rates = pack.rates.per_unit.clone();
        let mut as_of = pack.rates.as_of;
        if let Some(own) = &matter.rates {
            as_of = own.as_of;
            for (currency, rate) in &own.per_unit {
                rates.retain(|(known, _)| known != currency);
                rates.push((currency.clone(), *rate));
            }
        }
        Exchange { currency: pack.rates.currency.clone(), as_of, own: matter.rates.is_some(), rates }
    }

    /// Units of the result currency for one unit of a currency.
    pub fn rate(&self, currency: &str) -> Option<Decimal> {
        if currency == self.currency {
            return Some(Decimal::ONE);
        }
        self.rates.iter().find(|(known, _)| known == currency).map(|(_, rate)| *rate)
    }

    /// An amount in the result currency.
    pub(crate) fn convert(&self, money: &Money) -> Option<Decimal> {
        money.amount.checked_mul(self.rate(&money.currency)?)
    }
}

/// The money of one target, in the result currency. `None`: cannot be worked out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What the judgment is worth there: without and with interest for late performance.
    pub claim: Option<[Decimal; 2]>,
    /// Assets there: certain only, expected, at face value.
    pub assets: Option<[Decimal; 3]>,
    /// What can be recovered: low, expected, high.
    pub recoverable: Option<[Decimal; 3]>,
    /// Costs: low, expected, high (estimates of the profile).
    pub cost: [Decimal; 3],
    /// Chance that the debtor fights.
    pub contest: f64,
    /// Expected net recovery: low, expected, high.
    pub net: Option<[Decimal; 3]>,
    /// Expected recoverable value over expected cost.
    pub ratio: Option<f64>,
    /// The recoverable value at which the expected net recovery is zero.
    pub break_even: Option<Decimal>,
}

/// What the judgment is worth in a target: the sum less what was paid, plus interest. Interest for
/// late performance counts at the bottom of the range only where the target is known to enforce it.
fn claim(pack: &Pack, answers: &Answers, target: &Profile, exchange: &Exchange) -> Option<[Decimal; 2]> {
    let amount = exchange.convert(answers.money(pack.roles.amount)?)?;
    let convert = |role| answers.money(role).map_or(Some(Decimal::ZERO), |money| exchange.convert(money));
    let paid = convert(pack.roles.paid)?;
    let interest = convert(pack.roles.interest)?;
    let late = convert(pack.roles.late_interest)?;
    let owed = (amount + interest - paid).max(Decimal::ZERO);
    let with = (amount + interest + late - paid).max(Decimal::ZERO);
    Some([if target.interest.double_interest == "enforced" { with } else { owed }, with])
}

/// The assets in a target: those with registered title at their discounted value; all at their
/// discounted value; all at face value less charges.
fn assets(pack: &Pack, answers: &Answers, target: &Profile, exchange: &Exchange) -> Option<[Decimal; 3]> {
    let mut sums = [Decimal::ZERO; 3];
    for asset in answers.assets(pack)?.iter().filter(|asset| asset.place == target.id) {
        let Some(value) = &asset.value else {
            // An asset without a value makes the total unknown, not zero.
            return None;
        };
        let value = exchange.convert(value)?;
        let charges = asset.charges.as_ref().map_or(Some(Decimal::ZERO), |money| exchange.convert(money))?;
        let free = (value - charges).max(Decimal::ZERO);
        let expected = free * factor(pack, asset, &["class", "certainty", "held", "moves"]);
        if asset.certainty == "registered" {
            sums[0] += free * factor(pack, asset, &["class", "held", "moves"]);
        }
        sums[1] += expected;
        sums[2] += free;
    }
    sums[0] = sums[0].min(sums[1]);
    Some(sums)
}

/// The product of an asset's shares in some columns.
fn factor(pack: &Pack, asset: &Asset, columns: &[&str]) -> Decimal {
    columns
        .iter()
        .filter(|column| !asset.option(column).is_empty())
        .map(|column| decimal(pack.assets.factor(column, asset.option(column))))
        .product()
}

/// A share or a profile figure as a decimal of at most six places.
pub(crate) fn decimal(number: f64) -> Decimal {
    Decimal::from_f64(number).unwrap_or_default().round_dp(6).normalize()
}

/// Works out the money. `outlook` is low, expected, high; `contest` the chance of a fight.
///
/// `cost = (1 - contest) * middle of uncontested + contest * middle of contested`,
/// `net = outlook * recoverable - cost`.
pub fn figures(
    pack: &Pack,
    answers: &Answers,
    target: &Profile,
    exchange: &Exchange,
    outlook: [f64; 3],
    contest: f64,
) -> Figures {
    let cost = costs(target, contest);
    let claim = claim(pack, answers, target, exchange);
    let assets = assets(pack, answers, target, exchange);
    let recoverable = recoverable(claim, assets);
    let net = recoverable.map(|[low, expected, high]| {
        [
            (decimal(outlook[0]) * low - cost[2]).round(),
            expected_net(outlook[1], expected, cost[1]),
            (decimal(outlook[2]) * high - cost[0]).round(),
        ]
    });
    let ratio = recoverable.and_then(|[_, expected, _]| {
        let ratio = expected.checked_div(cost[1])?.to_f64()?;
        Some((ratio * 10.0).round() / 10.0)
    });
    let break_even = cost[1].checked_div(decimal(outlook[1])).map(|value| value.round());
    Figures {
        claim: claim.map(|claim| claim.map(|value| value.round())),
        assets: assets.map(|assets| assets.map(|value| value.round())),
        recoverable: recoverable.map(|values| values.map(|value| value.round())),
        cost,
        contest,
        net,
        ratio,
        break_even,
    }
}

/// Costs: low, expected, high.
fn costs(target: &Profile, contest: f64) -> [Decimal; 3] {
    let middle = |[low, high]: [f64; 2]| f64::midpoint(low, high);
    let expected_cost = (1.0 - contest) * middle(target.cost.uncontested) + contest * middle(target.cost.contested);
    [decimal(target.cost.uncontested[0]), decimal(expected_cost).round(), decimal(target.cost.contested[1])]
}

/// What can be recovered, from what the judgment is worth and what the assets are.
fn recoverable(claim: Option<[Decimal; 2]>, assets: Option<[Decimal; 3]>) -> Option<[Decimal; 3]> {
    match (claim, assets) {
        (Some([low, high]), Some(assets)) => {
            let middle = (low + high) / Decimal::TWO;
            Some([low.min(assets[0]), middle.min(assets[1]), high.min(assets[2])])
        }
        // Nothing can be got where there is nothing, whatever the judgment is worth.
        (None, Some([_, _, top])) if top.is_zero() => Some([Decimal::ZERO; 3]),
        _ => None,
    }
}

fn expected_net(outlook: f64, recoverable: Decimal, cost: Decimal) -> Decimal {
    (decimal(outlook) * recoverable - cost).round()
}

/// The expected net recovery of [`figures`] alone; `outlook` is the expected one.
pub fn net(
    pack: &Pack,
    answers: &Answers,
    target: &Profile,
    exchange: &Exchange,
    outlook: f64,
    contest: f64,
) -> Option<Decimal> {
    let assets = assets(pack, answers, target, exchange);
    let [_, expected, _] = recoverable(claim(pack, answers, target, exchange), assets)?;
    Some(expected_net(outlook, expected, costs(target, contest)[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_has_six_places_at_the_most() {
        let written = |number: f64| decimal(number).to_string();
        let numbers = [0.1 + 0.2, 1.0 / 3.0, -2.5, 60_000.0, 0.000_000_4, 1e15, 0.0];
        assert_eq!(numbers.map(written), ["0.3", "0.333333", "-2.5", "60000", "0", "1000000000000000", "0"]);
        assert_eq!(decimal(f64::NAN), Decimal::ZERO);
    }
}
