//! Whether it is worth it: the verdict on collection. The expected net recovery is an average over success
//! and failure, and the words say so.

use crate::matter::Value;
use crate::messages::collect;
use crate::report::sentences::Writer;
use crate::scoring::TargetResult;

impl Writer<'_> {
    /// The verdict on collection in a target, which stands apart from that on recognition: one sentence,
    /// and a second one where the creditor named the least sum that is worth it.
    pub(in crate::report) fn collection(&self, target: &TargetResult) -> String {
        let lang = self.lang;
        let it = &target.money;
        let verdict = match (&it.net, self.matter.assets(self.pack)) {
            _ if !target.blocked.is_empty() => return collect::blocked(lang).to_owned(),
            (_, None) => return collect::no_assets_known(lang).to_owned(),
            _ if it.assets.is_some_and(|assets| assets[2].is_zero()) => return collect::nothing_there(lang).to_owned(),
            (None, _) => return collect::no_value(lang).to_owned(),
            (Some([low, expected, high]), _) => {
                let (net, range) = (self.estimate(*expected), self.estimates(*low, *high));
                if expected.is_sign_negative() {
                    collect::loss(lang, net)
                } else if low.is_sign_negative() {
                    collect::risky(lang, net, range)
                } else {
                    collect::safe(lang, net, range)
                }
            }
        };
        let Some(Value::Money(named)) = self.matter.role(self.pack, self.pack.roles.worth) else { return verdict };
        let Some(floor) = self.assessment.exchange.convert(named) else { return verdict };
        let met = it.net.is_some_and(|net| net[1] >= floor);
        let floor = self.money(floor);
        let second = if met { collect::worth_met(lang, floor) } else { collect::worth_missed(lang, floor) };
        self.sentences(&[verdict, second])
    }
}
