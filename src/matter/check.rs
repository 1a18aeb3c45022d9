//! What does not fit in a matter: contradictions to show while answering, never a reason to refuse.
//!
//! Must not: change anything. Contradictions that can be said as a condition are data of the pack;
//! those about dates, amounts and the list of assets are found here.

use jiff::civil::Date;

use super::answers::Answers;
use super::{Asset, Matter, Value};
use crate::pack::{Expr, Fact, Pack, Subject};
use crate::scoring::facts;
use crate::scoring::money::Exchange;

/// Something that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Indices of the questions to look at again.
    pub questions: Vec<usize>,
}

/// The kinds of finding.
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

/// Everything that does not fit in a matter in force ([`crate::flow::in_force`]), in the order of the interview.
pub fn findings(pack: &Pack, matter: &Matter, as_of: Date) -> Vec<Finding> {
    findings_among(pack, matter, &Answers::of(pack, matter), &Exchange::new(pack, matter), as_of)
}

/// [`findings`], where the answers are coded already and the rates at hand.
pub fn findings_among(
    pack: &Pack,
    matter: &Matter,
    answers: &Answers<'_>,
    exchange: &Exchange,
    as_of: Date,
) -> Vec<Finding> {
    let mut out = Vec::new();
    let test = |expr: &Expr| match expr {
        Expr::Test(Subject::Question(at), options) => answers.test(*at, *options),
        _ => None,
    };
    for (at, contradiction) in pack.contradictions.iter().enumerate() {
        if contradiction.when.eval(&test) == Some(true) {
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
    for (n, asset) in matter.assets(pack).unwrap_or_default().iter().enumerate() {
        if asset.place.is_empty() || pack.profile(&asset.place).is_none() {
            add(Kind::AssetWithoutTarget(n + 1), &[roles.assets]);
        }
        if under_water(asset, exchange) {
            add(Kind::AssetUnderWater(n + 1), &[roles.assets]);
        }
    }
    let mut missing: Vec<String> =
        amounts(pack, matter).into_iter().filter(|currency| exchange.rate(currency).is_none()).collect();
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

/// The currencies of all amounts.
fn amounts(pack: &Pack, matter: &Matter) -> Vec<String> {
    let mut out: Vec<String> = matter
        .answers
        .values()
        .filter_map(|answer| match &answer.value {
            Value::Money(money) => Some(money.currency.clone()),
            _ => None,
        })
        .collect();
    for asset in matter.assets(pack).unwrap_or_default() {
        out.extend([&asset.value, &asset.charges].into_iter().flatten().map(|money| money.currency.clone()));
    }
    out
}
