//! The interview line by line, for screen readers and pipes.
//!
//! It never moves the cursor, colours, draws boxes, or prints anything that it would have to take back.
//! Order, visibility and validation are those of [`crate::flow`] and [`crate::matter::accepts`], so
//! that the drawn front end and this one cannot differ.
//!
//! What is least tiresome to listen to decided these points:
//!
//! - Every piece of output is one whole line, prompts too: a reader that speaks line by line then
//!   never cuts a prompt in half, and a program that reads our output gets it before it has to answer.
//!   Nothing is wrapped, because the reader's own pauses are better than ours.
//! - A hint on how to write an answer is given the first time that its kind of question comes up, and
//!   after an answer that could not be read; never again in between.
//! - What an answer rests on is never asked for: that would be a second prompt after each of fifty
//!   questions. It is written in the same line as the answer (`2 d`: option 2, document seen) or, when
//!   the question is on the screen again, alone (`d`). Without it an answer was told by the client.
//! - Each answer is repeated in one line, because a wrong digit cannot be seen.

mod answer;
mod assets;
mod entry;
mod forecast;
mod review;
mod show;
mod talk;
mod verbs;
mod words;

use std::io::{self, BufRead, Write};

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use crate::flow;
use crate::lang::Lang;
use crate::matter::Matter;
use crate::matter::parse_input::half_width;
use crate::messages::{plain as say, safe};
use crate::pack::{Kind, Pack};
use crate::report::wording::Wording;
use crate::scoring::Engine;
use crate::scoring::money::Exchange;
use crate::store::conflict::{Conflict, ConflictError};
use talk::Talk;
use verbs::Verb;

/// Holds the interview until the user ends it or the input does, and gives the matter back.
///
/// `save` is called after every change that was confirmed, and at the end where something is left to
/// save. When it fails, that is said in one line and tried again at the next change.
///
/// # Errors
/// When the input cannot be read or the output cannot be written (a reader who has gone away is no
/// error), and when the last changes could not be saved.
pub fn run(
    engine: &Engine<'_>,
    matter: Matter,
    lang: Lang,
    as_of: Date,
    input: impl BufRead,
    output: impl Write,
    save: impl FnMut(&Matter) -> Result<()>,
) -> Result<Matter> {
    run_with(engine, matter, lang, as_of, input, output, &mut Simple(save))
}

/// Where the interview keeps the matter.
pub(crate) trait Keep {
    /// Saves; gives the matter back where it now holds what somebody else had written.
    ///
    /// # Errors
    /// Why it is not saved; a [`ConflictError`] where another version is in the way.
    fn save(&mut self, matter: &Matter) -> Result<Option<Matter>>;
    /// Between two versions was chosen: the next save may write over the other one.
    fn chosen(&mut self) {}
}

struct Simple<F>(F);

impl<F: FnMut(&Matter) -> Result<()>> Keep for Simple<F> {
    fn save(&mut self, matter: &Matter) -> Result<Option<Matter>> {
        (self.0)(matter).map(|()| None)
    }
}

/// The same with a place to save that may find another version of the matter.
///
/// # Errors
/// Those of [`run`].
pub(crate) fn run_with(
    engine: &Engine<'_>,
    matter: Matter,
    lang: Lang,
    as_of: Date,
    mut input: impl BufRead,
    mut output: impl Write,
    save: &mut dyn Keep,
) -> Result<Matter> {
    let mut session = Session {
        engine,
        pack: engine.pack,
        saved: matter.clone(),
        matter,
        lang,
        as_of,
        talk: Talk::new(&mut input, &mut output),
        save,
        save_failed: false,
        section: None,
        hinted: Vec::new(),
    };
    session.matter.lang = Some(lang);
    let ended = session.interview();
    let kept = session.keep_last();
    let ended = ended.and_then(|()| session.farewell());
    match ended {
        // Everything is saved by now, and nobody listens any more.
        Err(fault) if fault.downcast_ref::<io::Error>().is_some_and(gone) => {}
        other => other?,
    }
    kept.context(say::not_kept(session.lang))?;
    Ok(session.matter)
}

fn gone(fault: &io::Error) -> bool {
    fault.kind() == io::ErrorKind::BrokenPipe
}

/// The interview as it stands.
struct Session<'s> {
    engine: &'s Engine<'s>,
    pack: &'s Pack,
    matter: Matter,
    saved: Matter,
    lang: Lang,
    as_of: Date,
    talk: Talk<'s>,
    save: &'s mut dyn Keep,
    save_failed: bool,
    /// The section whose heading was last spoken.
    section: Option<usize>,
    /// Kinds of question whose hint was given.
    hinted: Vec<Kind>,
}

/// Where the interview stands: at a question, or after the last one.
type At = Option<usize>;

/// What follows on a line of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Prompt again without repeating the question.
    Stay,
    /// Put the question again.
    Again,
    /// Go somewhere else.
    Go(At),
    /// End.
    Quit,
}

impl Session<'_> {
    /// One line of output.
    fn say(&mut self, line: impl AsRef<str>) -> Result<()> {
        self.talk.say(line.as_ref())
    }

    /// A prompt and the line that answers it; `None` at the end of the input. A line that is no text
    /// is explained and asked for again.
    fn ask(&mut self, prompt: &str) -> Result<Option<String>> {
        loop {
            self.say(prompt)?;
            match self.talk.read()? {
                talk::Line::Text(text) => return Ok(Some(text)),
                talk::Line::End => return Ok(None),
                talk::Line::TooLong => self.say(say::too_long(self.lang))?,
                talk::Line::NotText => self.say(say::not_text(self.lang))?,
            }
        }
    }

    /// From the question at which the matter opens to the end.
    fn interview(&mut self) -> Result<()> {
        self.say(self.pack.title.get(self.lang))?;
        if !self.matter.title.trim().is_empty() {
            self.say(say::matter(self.lang, self.matter.title.clone()))?;
        }
        self.say(say::opening(self.lang))?;
        let mut at = Some(flow::open_at(self.pack, &self.matter)).filter(|_| !self.pack.questions.is_empty());
        let mut step = Step::Again;
        loop {
            match step {
                Step::Quit => return Ok(()),
                Step::Go(to) => {
                    at = to;
                    self.put(at)?;
                }
                Step::Again => self.put(at)?,
                Step::Stay => {}
            }
            let prompt = if at.is_some() { say::prompt(self.lang) } else { say::end_prompt(self.lang) };
            let Some(line) = self.ask(prompt)? else { return Ok(()) };
            step = self.take(at, &line)?;
        }
    }

    /// Puts the question, or says that there is none left.
    fn put(&mut self, at: At) -> Result<()> {
        match at {
            Some(at) => {
                self.matter.at = Some(self.pack.questions[at].id.clone());
                self.show(at, false)
            }
            None => self.show_end(),
        }
    }

    /// Does what a line asks.
    fn take(&mut self, at: At, line: &str) -> Result<Step> {
        let typed = line.trim();
        let plain = half_width(typed);
        let plain = plain.trim();
        if plain.is_empty() {
            return Ok(at.map_or(Step::Quit, |at| Step::Go(flow::next(self.pack, &self.matter, Some(at)))));
        }
        // The id of an option is an answer even where it is also the word of a command.
        let names_option = at.is_some_and(|at| plain.len() > 1 && self.pack.questions[at].option(plain).is_some());
        match (verbs::parse(typed), at) {
            (Some((verb, rest)), _) if !names_option => self.obey(verb, rest, at),
            (_, Some(at)) => self.answer(at, plain),
            (_, None) => self.go(plain),
        }
    }

    fn obey(&mut self, verb: Verb, rest: &str, at: At) -> Result<Step> {
        match (verb, at) {
            (Verb::Help, _) => self.help(at),
            (Verb::Back, _) => match flow::previous(self.pack, &self.matter, at.unwrap_or(self.pack.questions.len())) {
                Some(before) => Ok(Step::Go(Some(before))),
                None => self.stay(say::first(self.lang)),
            },
            (Verb::Review, _) => self.review(),
            (Verb::Go, _) => self.go(&half_width(rest)),
            (Verb::WhatIf, _) => self.what_if(at, &half_width(rest)),
            (Verb::Outlook, _) => {
                self.outlook()?;
                Ok(Step::Stay)
            }
            (Verb::Language, _) => {
                self.lang = self.lang.other();
                self.matter.lang = Some(self.lang);
                (self.section, self.hinted) = (None, Vec::new());
                Ok(Step::Again)
            }
            (Verb::Quit, _) => Ok(Step::Quit),
            (_, None) => self.stay(say::no_question_open(self.lang)),
            (Verb::Show, Some(at)) => {
                self.show(at, true)?;
                Ok(Step::Stay)
            }
            (Verb::Unknown, Some(at)) => self.unknown(at),
            (Verb::Clear, Some(at)) => self.clear(at),
            (Verb::Skip, Some(at)) => Ok(Step::Go(self.next_section(at))),
            (Verb::Note | Verb::Evidence, Some(at)) => self.remark(at, verb, rest),
            (Verb::Basis(basis), Some(at)) => self.rest_on(at, basis),
        }
    }

    /// Says a line and prompts again.
    fn stay(&mut self, line: impl AsRef<str>) -> Result<Step> {
        self.say(line)?;
        Ok(Step::Stay)
    }

    /// The first question asked in a later section.
    fn next_section(&self, at: usize) -> At {
        let section = self.pack.questions[at].section;
        let mut next = Some(at);
        while let Some(question) = next {
            if self.pack.questions[question].section > section {
                break;
            }
            next = flow::next(self.pack, &self.matter, Some(question));
        }
        next
    }

    /// Goes to a question by id or by its number.
    fn go(&mut self, text: &str) -> Result<Step> {
        match self.find_question(text) {
            Ok(at) if flow::visible(self.pack, &self.matter)[at] => Ok(Step::Go(Some(at))),
            Ok(at) => {
                let ask = words::ask(self.pack, at, self.lang);
                self.stay(say::hidden(self.lang, ask))
            }
            Err(why) => self.stay(why),
        }
    }

    /// A question by its number among those asked, its id, or an end of its id that no other has.
    fn find_question(&self, text: &str) -> Result<usize, String> {
        let text = text.trim();
        let asked: Vec<usize> = self.asked();
        if let Ok(number) = text.parse::<usize>() {
            let found = number.checked_sub(1).and_then(|n| asked.get(n));
            return found.copied().ok_or_else(|| say::no_question_number(self.lang, asked.len()));
        }
        if let Some(at) = self.pack.question_index(&text.to_ascii_lowercase()) {
            return Ok(at);
        }
        let ids = || self.pack.questions.iter().map(|question| question.id.as_str());
        let ending = format!(".{}", text.to_ascii_lowercase());
        let mut ends = ids().enumerate().filter(|(_, id)| id.ends_with(&ending));
        if let (Some((at, _)), None) = (ends.next(), ends.next()) {
            return Ok(at);
        }
        let near = crate::pack::reader::nearest(text, ids()).map(|near| say::near(self.lang, near)).unwrap_or_default();
        Err(say::no_question_id(self.lang, text, near))
    }

    /// The questions asked with the present answers, in order.
    fn asked(&self) -> Vec<usize> {
        let shown = flow::visible(self.pack, &self.matter);
        (0..shown.len()).filter(|at| shown[*at]).collect()
    }

    /// Saves after a change.
    fn keep(&mut self) -> Result<()> {
        let mut result = self.save.save(&self.matter);
        if let Err(fault) = &result
            && let Some(ConflictError(conflict)) = fault.downcast_ref::<ConflictError>()
            && let Some(settled) = self.choose(&conflict.clone())?
        {
            self.matter = settled;
            self.save.chosen();
            result = self.save.save(&self.matter);
        }
        match result {
            Ok(merged) => {
                if let Some(merged) = merged {
                    self.matter = merged;
                    self.say(safe::merged(self.lang, 1))?;
                }
                self.saved = self.matter.clone();
                if std::mem::take(&mut self.save_failed) {
                    self.say(say::saved_again(self.lang))?;
                }
            }
            Err(fault) => {
                self.save_failed = true;
                self.say(say::save_failed(self.lang, format!("{fault:#}")))?;
            }
        }
        Ok(())
    }

    /// The rates of the matter.
    fn exchange(&self) -> Exchange {
        Exchange::new(self.pack, &self.matter)
    }

    /// How facts are said.
    fn wording<'w>(&'w self, exchange: &'w Exchange) -> Wording<'w> {
        Wording { pack: self.pack, exchange: Some(exchange), lang: self.lang }
    }

    /// Lets the user choose between two versions; `None` where none is chosen.
    fn choose(&mut self, conflict: &Conflict) -> Result<Option<Matter>> {
        for part in &conflict.conflicts {
            let exchange = self.exchange();
            let wording = self.wording(&exchange);
            let versions = [&part.mine, &part.theirs];
            let [mine, theirs] = versions.map(|version| wording.version(&part.part, version.as_ref()));
            let line = safe::conflict_plain(self.lang, mine, wording.part(&part.part), theirs);
            self.say(line)?;
        }
        let answer = self.ask(safe::conflict_choose(self.lang))?.unwrap_or_default();
        Ok(match answer.trim() {
            "mine" | "我的" => Some(conflict.settled(|_| false)),
            "theirs" | "文件中的" => Some(conflict.settled(|_| true)),
            _ => None,
        })
    }

    /// Saves what is left at the end: a change that failed to save, or the place and the language.
    fn keep_last(&mut self) -> Result<()> {
        // A look at the first question leaves nothing behind.
        let nothing = self.matter.answers.is_empty() && self.saved.answers.is_empty();
        if self.matter == self.saved || nothing {
            return Ok(());
        }
        self.save.save(&self.matter).map(|_| ())
    }

    /// The last words: the outlook, and how to get a report.
    fn farewell(&mut self) -> Result<()> {
        self.outlook()?;
        self.say(say::report(self.lang))
    }
}
