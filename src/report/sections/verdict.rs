//! Whether it is worth it: the verdict on collection, the same words on the screen and in a report.
//!
//! Must not: call an average safe. The expected net recovery is an average over success and failure,
//! and the words say so.

use crate::lang::Lang;
use crate::matter::{Matter, Value};
use crate::messages::collect;
use crate::numbers;
use crate::pack::Pack;
use crate::scoring::TargetResult;

/// The verdict on collection in a target, which stands apart from that on recognition: one sentence,
/// and a second one where the creditor named the least sum that is worth it.
pub fn collection(pack: &Pack, matter: &Matter, target: &TargetResult, lang: Lang) -> String {
    let it = &target.money;
    let currency = &pack.rates.currency;
    let estimate = |sum| numbers::estimate(sum, currency, lang);
    let verdict = match (&it.net, matter.assets(pack)) {
        _ if !target.blocked.is_empty() => return collect::blocked(lang).to_owned(),
        (_, None) => return collect::no_assets_known(lang).to_owned(),
        _ if it.assets.is_some_and(|assets| assets[2].is_zero()) => return collect::nothing_there(lang).to_owned(),
        (None, _) => return collect::no_value(lang).to_owned(),
        (Some([low, expected, high]), _) => {
            let (net, range) = (estimate(*expected), numbers::estimates(*low, *high, currency, lang));
            if expected.is_sign_negative() {
                collect::loss(lang, net)
            } else if low.is_sign_negative() {
                collect::risky(lang, net, range)
            } else {
                collect::safe(lang, net, range)
            }
        }
    };
    let Some(Value::Money(named)) = matter.role(pack, pack.roles.worth) else { return verdict };
    let Some(floor) = crate::scoring::money::Exchange::new(pack, matter).convert(named) else { return verdict };
    let met = it.net.is_some_and(|net| net[1] >= floor);
    let floor = numbers::money(floor, currency, lang);
    let second = if met { collect::worth_met(lang, floor) } else { collect::worth_missed(lang, floor) };
    let blank = if lang == Lang::En { " " } else { "" };
    format!("{verdict}{blank}{second}")
}
