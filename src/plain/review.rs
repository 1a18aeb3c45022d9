//! All answers, numbered, with gaps and what does not fit; a number goes to its question.

use anyhow::Result;

use super::{Session, Step, verbs, words};
use crate::flow;
use crate::matter::Value;
use crate::messages::plain as say;
use verbs::Verb;

impl Session<'_> {
    pub(super) fn review(&mut self) -> Result<Step> {
        self.list_answers()?;
        loop {
            let Some(line) = self.ask(say::review_prompt(self.lang))? else { return Ok(Step::Quit) };
            let text = crate::matter::parse_input::half_width(line.trim());
            let verb = verbs::parse(&line).map(|(verb, _)| verb);
            if text.trim().is_empty() || verb == Some(Verb::Back) {
                return Ok(Step::Again);
            }
            if verb == Some(Verb::Quit) {
                return Ok(Step::Quit);
            }
            if verb == Some(Verb::Review) {
                self.list_answers()?;
                continue;
            }
            let text = match verbs::parse(&text) {
                Some((Verb::Go, rest)) => rest,
                _ => text.trim(),
            };
            match self.go(text)? {
                Step::Stay => {}
                step => return Ok(step),
            }
        }
    }

    fn list_answers(&mut self) -> Result<()> {
        let (pack, lang) = (self.pack, self.lang);
        let progress = flow::progress(pack, &self.matter, &flow::visible(pack, &self.matter));
        let asked = self.asked();
        let exchange = self.exchange();
        let (mut open, mut unknown) = (Vec::new(), Vec::new());
        let mut section = None;
        for (n, at) in asked.into_iter().enumerate() {
            let question = &pack.questions[at];
            if section != Some(question.section) {
                section = Some(question.section);
                let done = progress[question.section];
                let title = pack.sections[question.section].title.get(lang);
                self.say("")?;
                self.say(say::review_section(lang, done.asked, done.shown, title))?;
            }
            let number = (n + 1).to_string();
            let answer = self.matter.answer(&question.id);
            match answer.map(|answer| &answer.value) {
                None => open.push(number),
                Some(Value::Unknown) => unknown.push(number),
                Some(_) => {}
            }
            let text = self.wording(&exchange).answer(question, answer);
            let text = words::with_basis(text, answer.and_then(|answer| answer.basis), lang);
            self.say(say::review_line(lang, text, words::ask(pack, at, lang), n + 1))?;
        }
        self.say("")?;
        let comma = words::comma(lang);
        if !open.is_empty() {
            self.say(say::review_open(lang, open.len(), open.join(comma)))?;
        }
        if !unknown.is_empty() {
            self.say(say::review_unknown(lang, unknown.len(), unknown.join(comma)))?;
        }
        for finding in self.findings() {
            let text = crate::report::finding(pack, &finding, lang);
            self.say(say::does_not_fit(lang, text))?;
        }
        Ok(())
    }
}
