//! What does not fit in the answers of a debtor: contradictions to show while answering, never a reason to refuse.
//!
//! Contradictions that can be written as a condition are data of the pack; those about dates, amounts and the list of
//! assets are found here.

use jiff::civil::Date;

use super::facts;
use super::money::Exchange;
use crate::matter::Asset;
use crate::matter::answers::Answers;
use crate::pack::{Fact, Pack};

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: Kind,
    /// Indices of the questions to look at again.
    pub questions: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A contradiction of the pack, by index.
    Pack(usize),
    /// The judgment takes effect after the date of the report.
    EffectiveInFuture,
    /// It takes effect before it was given.
    EffectiveBeforeJudgment,
    /// A target with no asset and no tie of the debtor.
    TargetWithoutTie(String),
    /// The charges on an asset (counted from one) leave nothing of it.
    AssetUnderWater(usize),
    /// An asset (counted from one) in a place that is not a target, or without a place.
    AssetWithoutTarget(usize),
    /// An amount in a currency for which there is no rate.
    NoRate(String),
}

/// Everything that does not fit in some answers in force ([`crate::flow::answers_in_force`]), in the order of the
/// interview.
pub fn findings(pack: &Pack, answers: &Answers, exchange: &Exchange, as_of: Date) -> Vec<Finding> {
    let mut out = Vec::new();
    for (at, contradiction) in pack.contradictions.iter().enumerate() {
        if contradiction.when.eval(&|expr| answers.test(expr)) == Some(true) {
            out.push(Finding { kind: Kind::Pack(at), questions: contradiction.questions.clone() });
        }
    }
    let roles = &pack.roles;
    let mut add = |kind: Kind, questions: &[Option<usize>]| {
        out.push(Finding { kind, questions: questions.iter().flatten().copied().collect() });
    };
    let effective = answers.date(roles.effective_date);
    if effective.is_some_and(|date| date > as_of) {
        add(Kind::EffectiveInFuture, &[roles.effective_date]);
    }
    if let (Some(given), Some(effective)) = (answers.date(roles.judgment_date), effective)
        && effective < given
    {
        add(Kind::EffectiveBeforeJudgment, &[roles.judgment_date, roles.effective_date]);
    }
    for profile in answers.targets(pack).filter_map(|target| pack.profile(target)) {
        let none = 1 << (Fact::Link.words().len() - 1);
        if facts::possible(Fact::Link, pack, answers, profile, as_of) == none {
            add(Kind::TargetWithoutTie(profile.id.clone()), &[roles.targets, roles.assets, roles.debtor_link]);
        }
    }
    for (n, asset) in answers.assets(pack).unwrap_or_default().iter().enumerate() {
        if asset.place.is_empty() || pack.profile(&asset.place).is_none() {
            add(Kind::AssetWithoutTarget(n + 1), &[roles.assets]);
        }
        if under_water(asset, exchange) {
            add(Kind::AssetUnderWater(n + 1), &[roles.assets]);
        }
    }
    let assets = answers.assets(pack).unwrap_or_default();
    let in_assets = assets.iter().flat_map(|asset| [&asset.value, &asset.charges]).flatten();
    let currencies = answers.amounts().chain(in_assets).map(|money| money.currency.clone());
    let mut missing: Vec<String> = currencies.filter(|currency| exchange.rate(currency).is_none()).collect();
    missing.sort();
    missing.dedup();
    for currency in missing {
        add(Kind::NoRate(currency), &[roles.amount]);
    }
    out
}

fn under_water(asset: &Asset, exchange: &Exchange) -> bool {
    match (&asset.value, &asset.charges) {
        (Some(value), Some(charges)) => match (exchange.convert(value), exchange.convert(charges)) {
            (Some(value), Some(charges)) => charges >= value,
            _ => false,
        },
        _ => false,
    }
}
