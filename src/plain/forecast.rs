//! The outlook of the matter's targets in sentences, as it is and as it would be with another answer.

use anyhow::Result;

use super::{At, Session, Step, entry, verbs, words};
use crate::flow;
use crate::lang::Lang;
use crate::matter::{Answer, Matter, Value};
use crate::messages::{block, deadline, money, num, outlook, plain as say, word};
use crate::numbers;
use crate::pack::{Kind, Pack};
use crate::scoring::deadline::{Deadline, What};
use crate::scoring::{Assessment, Block, Scope, TargetResult};
use verbs::Verb;

impl Session<'_> {
    /// Says the outlook of each target.
    pub(super) fn outlook(&mut self) -> Result<()> {
        let assessment = self.engine.assess(&self.matter, self.as_of, &Scope::Matter);
        self.say("")?;
        if assessment.rows.is_empty() {
            return self.say(say::no_target(self.lang));
        }
        self.say(say::outlook(self.lang, numbers::date(self.as_of, self.lang)))?;
        for (n, target) in assessment.rows.iter().enumerate() {
            self.target(&assessment, target, n + 1, None)?;
        }
        Ok(())
    }

    /// One target; `now` is its present result where the one shown is only tried.
    fn target(&mut self, of: &Assessment, it: &TargetResult, n: usize, now: Option<&TargetResult>) -> Result<()> {
        let (pack, lang) = (self.pack, self.lang);
        self.say(say::target(lang, n, line(pack, it, lang), pack.place_name(&it.id, lang)))?;
        if let Some(now) = now {
            self.say(say::now(lang, line(pack, now, lang)))?;
        }
        if it.blocked.is_empty() && it.may_block.is_empty() {
            self.say(say::not_blocked(lang))?;
        }
        for it in &it.blocked {
            self.say(say::blocked(lang, gate(pack, it, lang)))?;
        }
        if !it.may_block.is_empty() {
            // By name only: a matter just begun may be blocked by almost everything.
            let mut hurdles: Vec<&str> = it.may_block.iter().map(|it| pack.hurdles[it.hurdle].name.get(lang)).collect();
            hurdles.dedup();
            self.say(say::may_block(lang, hurdles.join(num::semicolon(lang))))?;
        }
        self.say(say::grade(lang, word(lang, "grade", it.evidence.grade.id())))?;
        for it in nearest(&it.deadlines) {
            let what = match it.what {
                What::Target => say::deadline_here(lang),
                What::Home(at) => pack.home_deadlines[at].name.get(lang),
            };
            let (runs, when) = (runs(it), when(it, lang));
            self.say(if runs { say::nearest_deadline(lang, what, when) } else { say::deadline(lang, what, when) })?;
        }
        let net = match it.money.net {
            Some([low, expected, high]) => {
                let currency = &of.exchange.currency;
                let expected = numbers::estimate(expected, currency, lang);
                money::expected_range(lang, expected, numbers::estimates(low, high, currency, lang))
            }
            None => money::not_worked_out(lang).to_owned(),
        };
        self.say(say::net(lang, net))
    }

    /// Says the outlook with one answer otherwise, and keeps nothing.
    pub(super) fn what_if(&mut self, at: At, rest: &str) -> Result<Step> {
        let (pack, lang) = (self.pack, self.lang);
        let Some((id, text)) = rest.trim().split_once(char::is_whitespace) else {
            return self.stay(say::what_if_usage(lang));
        };
        let found = match at {
            Some(at) if id == "." => Ok(at),
            _ => self.find_question(id),
        };
        let at = match found {
            Ok(at) => at,
            Err(why) => return self.stay(why),
        };
        let question = &pack.questions[at];
        let unknown = matches!(verbs::parse(text), Some((Verb::Unknown, _)));
        let value = if unknown { Ok(Value::Unknown) } else { entry::read(pack, &self.matter, question, text) };
        let value = match value {
            Ok(value) => value,
            Err(_) if question.kind == Kind::Assets => return self.stay(say::what_if_assets(lang)),
            Err(why) => return self.stay(words::misread(pack, Some(question), &why, lang)),
        };
        let mut tried: Matter = self.matter.clone();
        tried.answers.insert(question.id.clone(), Answer::told(value.clone()));
        let scope = Scope::Only(self.matter.targets(pack));
        let now = self.engine.assess(&self.matter, self.as_of, &scope);
        // An answer about targets or assets may change which targets there are.
        let then = self.engine.assess(&tried, self.as_of, &Scope::Matter);
        self.say(say::what_if(
            lang,
            self.wording(&self.exchange()).value(question, &value),
            words::ask(pack, at, lang),
        ))?;
        if !flow::visible(pack, &tried)[at] {
            self.say(say::what_if_hidden(lang))?;
        }
        if then.rows.is_empty() {
            self.say(say::no_target(lang))?;
        }
        for (n, target) in then.rows.iter().enumerate() {
            let before = now.rows.iter().find(|before| before.id == target.id);
            self.target(&then, target, n + 1, before)?;
        }
        self.stay(say::nothing_kept(lang))
    }
}

/// `likely: 72% expected (…; …)`, or that this would hold if what blocks it were cured.
fn line(pack: &Pack, target: &TargetResult, lang: Lang) -> String {
    let it = &target.outlook;
    let word = pack.word(it.expected).name.get(lang);
    let (expected, data) = (numbers::percent(it.expected, lang), numbers::percent_range(it.data, lang));
    let line = if it.answers[1] - it.answers[0] < 1e-9 {
        outlook::settled(lang, data, expected, word)
    } else {
        outlook::line(lang, numbers::percent_range(it.answers, lang), data, expected, word)
    };
    if target.blocked.is_empty() { line } else { outlook::blocked(lang, line) }
}

fn gate(pack: &Pack, it: &Block, lang: Lang) -> String {
    let hurdle = &pack.hurdles[it.hurdle];
    block::line(lang, hurdle.gates[it.gate].because.get(lang), hurdle.name.get(lang))
}

/// The deadlines to speak of: the target's own where it has passed or cannot be worked out, and the
/// nearest one that still runs.
fn nearest(deadlines: &[Deadline]) -> Vec<&Deadline> {
    let own = deadlines.iter().filter(|it| it.what == What::Target && !runs(it));
    own.chain(deadlines.iter().filter(|it| runs(it)).min_by_key(|it| it.date)).collect()
}

fn runs(it: &Deadline) -> bool {
    !it.interrupted && it.days.is_some_and(|days| days >= 0)
}

fn when(it: &Deadline, lang: Lang) -> String {
    let (Some(date), Some(days)) = (it.date, it.days) else { return deadline::unknown(lang).to_owned() };
    let (date, days) = (numbers::date(date, lang), numbers::days_left(days, lang));
    if it.earliest { deadline::earliest(lang, date, days) } else { num::bracket(lang, days, date) }
}
