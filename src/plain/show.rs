//! A question as lines: heading, question, options, the present answer; and its help.

use anyhow::Result;

use super::{At, Session, Step, entry, verbs, words};
use crate::flow;
use crate::lang::Lang;
use crate::matter::Value;
use crate::messages::{plain as say, ui};
use crate::pack::{Kind, Question};

impl Session<'_> {
    /// Puts a question; `all` lists every place where places are asked for.
    pub(super) fn show(&mut self, at: usize, all: bool) -> Result<()> {
        let (pack, lang) = (self.pack, self.lang);
        let question = &pack.questions[at];
        if self.section != Some(question.section) {
            self.section = Some(question.section);
            let section = &pack.sections[question.section];
            self.say("")?;
            let heading = say::section(lang, pack.sections.len(), question.section + 1, section.title.get(lang));
            self.say(heading)?;
            self.say(section.intro.get(lang))?;
        }
        let asked = self.asked();
        let number = asked.iter().position(|other| *other == at).map_or(0, |n| n + 1);
        self.say("")?;
        self.say(say::question(lang, words::ask(pack, at, lang), asked.len(), number))?;
        match question.kind {
            Kind::Choice | Kind::Choices => self.options(question)?,
            Kind::Targets => self.targets(all)?,
            Kind::Place if all => {
                for (n, id) in entry::places(pack).iter().enumerate() {
                    self.say(say::option(lang, words::named(pack, id, lang), n + 1))?;
                }
            }
            _ => {}
        }
        self.present(question)?;
        if question.kind == Kind::Assets {
            self.list_assets(at)?;
        }
        if !self.hinted.contains(&question.kind) {
            self.hinted.push(question.kind);
            self.hint(question)?;
        }
        Ok(())
    }

    fn options(&mut self, question: &Question) -> Result<()> {
        let lang = self.lang;
        let chosen: Vec<String> = match self.matter.known(&question.id) {
            Some(Value::Choice(id)) => vec![id.clone()],
            Some(Value::Choices(ids)) => ids.clone(),
            _ => Vec::new(),
        };
        let impossible = flow::impossible(self.pack, &self.matter, question);
        for (n, (option, impossible)) in question.options.iter().zip(impossible).enumerate() {
            let mut text = option.label.get(lang).to_owned();
            if impossible {
                text = say::option_impossible(lang, text);
            }
            if !option.note.is_empty() {
                text = say::option_note(lang, text, option.note.get(lang));
            }
            let chosen = chosen.contains(&option.id);
            let line = if chosen { say::option_chosen(lang, text, n + 1) } else { say::option(lang, text, n + 1) };
            self.say(line)?;
        }
        if question.kind == Kind::Choice {
            let unknown = self.matter.answer(&question.id).is_some_and(|answer| answer.value == Value::Unknown);
            let text = ui::unknown(lang);
            self.say(if unknown { say::option_chosen(lang, text, 0) } else { say::option(lang, text, 0) })?;
        }
        Ok(())
    }

    /// Targets chosen and proposed; the others when all are asked for.
    fn targets(&mut self, all: bool) -> Result<()> {
        let (pack, lang) = (self.pack, self.lang);
        let (ids, near) = entry::target_list(pack, &self.matter);
        let proposed = flow::proposed_targets(pack, &self.matter);
        for (n, id) in ids.iter().enumerate().take(if all { ids.len() } else { near }) {
            let name = words::named(pack, id, lang);
            let line = if n >= near {
                say::option(lang, name, n + 1)
            } else if proposed.contains(id) {
                say::option_proposed(lang, name, n + 1)
            } else if n == 0 {
                say::option_first(lang, name, n + 1)
            } else {
                say::option_chosen(lang, name, n + 1)
            };
            self.say(line)?;
        }
        Ok(())
    }

    /// The present answer with what it rests on, where there is one.
    fn present(&mut self, question: &Question) -> Result<()> {
        let lang = self.lang;
        let Some(answer) = self.matter.answer(&question.id).cloned() else { return Ok(()) };
        let text = self.wording(&self.exchange()).value(question, &answer.value);
        self.say(say::present(lang, words::with_basis(text, answer.basis, lang)))?;
        if !answer.note.is_empty() {
            self.say(say::note(lang, answer.note))?;
        }
        if !answer.evidence.is_empty() {
            self.say(say::evidence(lang, answer.evidence))?;
        }
        Ok(())
    }

    /// How an answer is written, said once for each kind of question.
    pub(super) fn hint(&mut self, question: &Question) -> Result<()> {
        let lang = self.lang;
        let line = match question.kind {
            Kind::Choice => return Ok(()),
            Kind::Choices if question.options.iter().any(|option| option.exclusive) => {
                say::hint_choices(lang).to_owned()
            }
            Kind::Choices => format!("{}{}", say::hint_choices(lang), say::hint_none(lang)),
            Kind::Date => say::hint_date(lang).to_owned(),
            Kind::Money => say::hint_money(lang).to_owned(),
            Kind::Number => say::hint_number(lang, question.unit.get(lang)),
            Kind::Place => entry::hint_place(self.pack, lang),
            Kind::Assets => say::hint_assets(lang).to_owned(),
            Kind::Targets => entry::hint_targets(self.pack, lang),
        };
        self.say(line)
    }

    /// After the last question.
    pub(super) fn show_end(&mut self) -> Result<()> {
        self.section = None;
        let gaps = flow::gaps(self.pack, &self.matter).len();
        self.say("")?;
        let line = if gaps == 0 { say::end(self.lang).to_owned() } else { say::end_gaps(self.lang, gaps) };
        self.say(line)
    }

    /// Help, why, proof, what the question moves, and the commands.
    pub(super) fn help(&mut self, at: At) -> Result<Step> {
        let lang = self.lang;
        if let Some(at) = at {
            let question = &self.pack.questions[at];
            self.say(say::help(lang, question.help.get(lang)))?;
            self.say(say::why(lang, question.why.get(lang)))?;
            self.say(say::proof(lang, question.proof.get(lang)))?;
            if !question.record_only.is_empty() {
                self.say(say::record_only(lang, question.record_only.get(lang)))?;
            }
            let moves = self.moved(at);
            if !moves.is_empty() {
                self.say(say::moves(lang, moves.join(words::comma(lang))))?;
            }
            self.say(say::id(lang, &question.id))?;
            self.hint(question)?;
        }
        self.say(say::commands(lang))?;
        for command in &verbs::COMMANDS {
            self.say(say::command(lang, command.help(lang), command.letter, command.word(lang)))?;
        }
        self.say(say::enter(lang))?;
        Ok(Step::Stay)
    }

    /// The hurdles that read a question.
    fn moved(&self, at: usize) -> Vec<String> {
        let lang: Lang = self.lang;
        let hurdles = self.pack.hurdles.iter().chain([&self.pack.contest]).filter(|hurdle| {
            let rules = hurdle.rules.iter().map(|rule| &rule.when);
            rules.chain(hurdle.gates.iter().map(|gate| &gate.when)).any(|when| when.questions().contains(&at))
        });
        hurdles.map(|hurdle| hurdle.name.get(lang).to_owned()).collect()
    }
}
