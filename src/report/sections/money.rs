//! Money and time of a target: what is claimed, found, spent and left; whether a funder would look. What
//! cannot be worked out says why.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::matter::{Money, Value};
use crate::messages::{figure, lens, money, num, report as heading};
use crate::numbers;
use crate::pack::{Funder, Profile};
use crate::report::figure::{Figure, Span, Spans, ticks};
use crate::report::sentences::Writer;
use crate::report::{Blocks, Form, Options, Text};
use crate::scoring::TargetResult;

pub(crate) fn write(writer: &Writer<'_>, options: Options, target: &TargetResult, profile: &Profile, out: &mut Blocks) {
    let lang = writer.lang;
    let it = &target.money;
    let full = options.form == Form::Full;
    let [no_claim, no_assets, why] = missing(writer, target);
    out.heading(3, &format!("{}-money", target.id), heading::money(lang));
    let three = |[low, expected, high]: [Decimal; 3]| {
        money::expected_range(lang, writer.estimate(expected), writer.estimates(low, high))
    };
    let or_why = |value: Option<String>| value.unwrap_or_else(|| why.clone());
    let claim = it.claim.map(|[low, high]| {
        if low == high { writer.money(high) } else { money::claim_range(lang, writer.money(high), writer.money(low)) }
    });
    let assets = it.assets.map(|[sure, expected, face]| {
        money::assets_value(lang, writer.estimate(expected), writer.estimate(face), writer.estimate(sure))
    });
    let months = |range| numbers::months(range, lang);
    let time = money::time_value(lang, months(profile.time.contested), months(profile.time.uncontested));
    let mut pairs: Vec<(Text, Text)> = vec![
        (money::claim(lang).into(), claim.unwrap_or(no_claim).into()),
        (money::assets(lang).into(), assets.unwrap_or(no_assets).into()),
    ];
    if full {
        pairs.push((money::recoverable(lang).into(), or_why(it.recoverable.map(three)).into()));
    }
    pairs.push((money::cost(lang).into(), three(it.cost).into()));
    pairs.push((money::contest(lang).into(), writer.percent(target.contest).into()));
    pairs.push((money::time(lang).into(), time.into()));
    pairs.push((money::net(lang).into(), or_why(it.net.map(three)).into()));
    if let (true, Some(ratio)) = (full, it.ratio) {
        pairs.push((money::ratio(lang).into(), num::ratio(lang, format!("{ratio:.1}")).into()));
    }
    if let (true, Some(even)) = (full, it.break_even) {
        let mut value = writer.sentence(&money::break_even_value(lang, writer.estimate(even)));
        if it.claim.is_some_and(|claim| even > claim[1]) {
            value = writer.sentences(&[value, money::break_even_beyond(lang).to_owned()]);
        }
        pairs.push((money::break_even(lang).into(), value.into()));
    }
    pairs.push((money::worst(lang).into(), worst(writer, target, profile).into()));
    if let Some(floor) = writer.role_money(writer.pack.roles.worth)
        && let Some([_, net, _]) = it.net
    {
        let floor_words = writer.money(floor);
        let value =
            if net >= floor { money::worth_met(lang, floor_words) } else { money::worth_missed(lang, floor_words) };
        pairs.push((money::worth(lang).into(), value.into()));
    }
    if let Some(floor) = writer.role_money(writer.pack.roles.settlement)
        && let Some([_, net, _]) = it.net
    {
        let (words, net_words) = (writer.money(floor), writer.estimate(net));
        let value = if net.is_sign_negative() {
            money::settle_any(lang, words, net_words)
        } else if floor <= net {
            money::settle_below(lang, words, net_words)
        } else {
            money::settle_above(lang, words, net_words)
        };
        pairs.push((money::settlement(lang).into(), value.into()));
    }
    if full {
        pairs.push((money::funding(lang).into(), writer.say(&profile.funding).into()));
    }
    pairs.push((money::rates(lang).into(), rates(writer).into()));
    out.key_values(pairs);
    out.paragraph(money::rounded(lang));
    if full {
        if let (Some(recoverable), Some(net)) = (it.recoverable, it.net) {
            let rows = [(money::recoverable(lang), recoverable), (money::cost(lang), it.cost), (money::net(lang), net)];
            let rows = rows.into_iter().map(|(label, values)| span(writer, label, values)).collect();
            out.figure(spans(writer, figure::money(lang), rows));
        }
        for (what, basis) in [(money::time(lang), &profile.time.basis), (money::cost(lang), &profile.cost.basis)] {
            if !writer.say(basis).is_empty() {
                let basis = writer.sentence(writer.say(basis));
                out.paragraph(Text::plain(&format!("{what}{}{basis}", num::colon(lang))));
            }
        }
        funders(writer, target, out);
    }
}

/// A range of estimates, for a drawing.
pub(in crate::report) fn span(writer: &Writer<'_>, label: &str, values: [Decimal; 3]) -> Span {
    Span {
        label: label.into(),
        values: values.map(|value| value.to_f64().unwrap_or_default()),
        words: values.map(|value| writer.estimate(value).into()),
    }
}

/// Ranges of money on one scale.
pub(in crate::report) fn spans(writer: &Writer<'_>, caption: &str, rows: Vec<Span>) -> Figure {
    let ticks = ticks(rows.iter().flat_map(|row| row.values))
        .into_iter()
        .map(|at| (at, writer.estimate(crate::scoring::money::decimal(at)).into()))
        .collect();
    Figure::Spans(Spans { caption: caption.into(), rows, ticks })
}

/// Why the claim, the assets, and what follows from both are missing.
fn missing(writer: &Writer<'_>, target: &TargetResult) -> [String; 3] {
    let lang = writer.lang;
    let why = |reasons: &[&str]| {
        format!("{}{}{}", money::not_worked_out(lang), num::colon(lang), reasons.join(num::semicolon(lang)))
    };
    let (claim, assets) = (money::missing_claim(lang), money::missing_assets(lang));
    let both: Vec<&str> = [(target.money.claim.is_none(), claim), (target.money.assets.is_none(), assets)]
        .into_iter()
        .filter_map(|(missing, words)| missing.then_some(words))
        .collect();
    [why(&[claim]), why(&[assets]), why(&both)]
}

fn worst(writer: &Writer<'_>, target: &TargetResult, profile: &Profile) -> String {
    let lang = writer.lang;
    let [_, _, most] = target.money.cost;
    let spent = writer.sentence(&money::worst_value(lang, writer.estimate(most)));
    let loser = match profile.procedure.loser_pays.as_str() {
        "yes" => money::worst_loser_yes(lang),
        "partly" => money::worst_loser_partly(lang),
        _ => money::worst_loser_no(lang),
    };
    let budget = writer.role_money(writer.pack.roles.budget).map(|budget| {
        let words = writer.money(budget);
        if most <= budget { money::within_budget(lang, words) } else { money::over_budget(lang, words) }
    });
    writer.sentences(&[spent, loser.to_owned(), budget.unwrap_or_default()])
}

/// The rates used, with their day and mark.
fn rates(writer: &Writer<'_>) -> String {
    let lang = writer.lang;
    let exchange = &writer.assessment.exchange;
    let mut used: Vec<&str> = amounts(writer).map(|money| money.currency.as_str()).collect();
    used.retain(|currency| *currency != exchange.currency && exchange.rate(currency).is_some());
    used.sort_unstable();
    used.dedup();
    if used.is_empty() {
        return money::rates_none(lang, numbers::currency(&exchange.currency, lang));
    }
    let list: Vec<String> = used
        .into_iter()
        .filter_map(|currency| {
            let rate = exchange.rate(currency)?.normalize();
            let [one, worth] = [(Decimal::ONE, currency), (rate, exchange.currency.as_str())]
                .map(|(amount, currency)| numbers::in_currency(&amount.to_string(), currency, lang));
            Some(money::rate(lang, one, worth))
        })
        .collect();
    let mark = if exchange.own { money::rates_own(lang) } else { writer.say(&writer.pack.rates.note) };
    money::rates_value(lang, writer.date(exchange.as_of), mark, list.join(num::semicolon(lang)))
}

/// Every amount of the matter.
fn amounts<'w>(writer: &'w Writer<'_>) -> impl Iterator<Item = &'w Money> {
    writer.matter.answers.values().flat_map(|answer| match &answer.value {
        Value::Money(money) => vec![money],
        Value::Assets(assets) => assets.iter().flat_map(|asset| asset.value.iter().chain(&asset.charges)).collect(),
        _ => Vec::new(),
    })
}

/// Whether a funder's published threshold is met; `None` where it cannot be said.
pub(in crate::report) fn meets(funder: &Funder, target: &TargetResult) -> Option<bool> {
    let claim = target.money.claim.and_then(|claim| claim[0].to_f64());
    let amount = funder.least_claim.map(|least| claim.map(|claim| claim >= least));
    let ratio = funder.least_ratio.map(|least| target.money.ratio.map(|ratio| ratio >= least));
    [amount, ratio].into_iter().flatten().try_fold(true, |met, part| Some(met && part?))
}

fn funders(writer: &Writer<'_>, target: &TargetResult, out: &mut Blocks) {
    let lang = writer.lang;
    out.heading(4, &format!("{}-funders", target.id), money::funders(lang));
    out.paragraph(lens::note(lang));
    let none = || num::none(lang).to_owned();
    let rows = writer.pack.funders.iter().map(|funder| {
        let met = match meets(funder, target) {
            Some(true) => money::yes(lang),
            Some(false) => money::no(lang),
            None => money::unknown(lang),
        };
        let claim = || target.money.claim.map_or_else(none, |claim| lens::claim(lang, writer.money(claim[0])));
        let ratio = || {
            let words = target.money.ratio.map(|ratio| num::ratio(lang, format!("{ratio:.1}")));
            words.map_or_else(none, |words| lens::ratio(lang, words))
        };
        let here = [funder.least_claim.map(|_| claim()), funder.least_ratio.map(|_| ratio())];
        let here = here.into_iter().flatten().collect::<Vec<_>>().join(num::semicolon(lang));
        let source = Text::plain(&format!("{} ", writer.say(&funder.dated)));
        vec![writer.say(&funder.name).into(), here.into(), met.into(), source.and(Text::links([&funder.source]))]
    });
    let columns = [
        (money::funder(lang), false),
        (lens::here(lang), false),
        (money::met(lang), false),
        (money::source(lang), false),
    ];
    out.table(money::funders(lang), &columns, rows.collect());
}
