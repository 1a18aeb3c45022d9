//! The list of assets: a form that repeats. Each column is saved when it is answered, so that an end of the
//! input in the middle of an asset loses nothing; giving an asset up restores the list.

use anyhow::Result;

use super::entry::{self, Misread};
use super::verbs::{self, Verb};
use super::{Session, Step, words};
use crate::matter::{Asset, Basis, Value};
use crate::messages::plain as say;
use crate::pack::{AssetColumn, Kind};

/// Where a column leads.
enum Field {
    Next(Box<Asset>),
    /// To the one before.
    Back,
    /// Out, without this asset.
    GiveUp,
    /// To the end of the interview.
    Quit,
}

impl Session<'_> {
    /// The assets listed as the answer to a question.
    pub(super) fn assets_at(&self, at: usize) -> Option<&[Asset]> {
        match self.matter.known(&self.pack.questions[at].id) {
            Some(Value::Assets(assets)) => Some(assets),
            _ => None,
        }
    }

    /// Reads out the list.
    pub(super) fn list_assets(&mut self, at: usize) -> Result<()> {
        let exchange = self.exchange();
        let wording = self.wording(&exchange);
        let lines: Vec<String> = self
            .assets_at(at)
            .unwrap_or_default()
            .iter()
            .enumerate()
            .map(|(n, asset)| say::option(self.lang, wording.asset(asset), n + 1))
            .collect();
        lines.into_iter().try_for_each(|line| self.say(line))
    }

    /// Adds (`+`), changes (`2`) or removes (`-2`) an asset.
    pub(super) fn assets(&mut self, at: usize, text: &str, basis: Option<Basis>) -> Result<Step> {
        let count = self.assets_at(at).map_or(0, <[Asset]>::len);
        if text == "+" {
            return self.asset(at, count, basis);
        }
        let (remove, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest.trim()));
        let Ok(number) = digits.parse::<usize>() else {
            return self.stay(say::not_assets(self.lang));
        };
        match number.checked_sub(1).filter(|n| *n < count) {
            None => self.stay(say::no_asset(self.lang, count)),
            Some(n) if remove => self.remove_asset(at, n),
            Some(n) => self.asset(at, n, basis),
        }
    }

    fn remove_asset(&mut self, at: usize, n: usize) -> Result<Step> {
        let mut assets = self.assets_at(at).unwrap_or_default().to_vec();
        let gone = assets.remove(n);
        let gone = say::removed_asset(self.lang, self.wording(&self.exchange()).asset(&gone));
        let id = &self.pack.questions[at].id;
        let bare = self.matter.answer(id).is_some_and(|answer| answer.note.is_empty() && answer.evidence.is_empty());
        if !assets.is_empty() {
            self.set(at, Value::Assets(assets), None, false)?;
        } else if bare {
            // An empty list would say that none are known to exist, which nobody said.
            self.matter.answers.remove(id);
            self.keep()?;
        } else {
            self.set(at, Value::Unknown, None, false)?;
        }
        self.say(gone)?;
        self.say_list(at)
    }

    /// Reads the list out after a change.
    fn say_list(&mut self, at: usize) -> Result<Step> {
        let count = self.assets_at(at).map_or(0, <[Asset]>::len);
        match count {
            0 => self.say(say::list_empty(self.lang))?,
            1 => self.say(say::one_asset_now(self.lang))?,
            _ => self.say(say::assets_now(self.lang, count))?,
        }
        self.list_assets(at)?;
        Ok(Step::Stay)
    }

    /// The form of one asset: each column in turn, the note last.
    fn asset(&mut self, at: usize, n: usize, basis: Option<Basis>) -> Result<Step> {
        let columns = &self.pack.assets.columns;
        let id = &self.pack.questions[at].id;
        let before = self.matter.answers.get(id).cloned();
        let list = self.assets_at(at).unwrap_or_default().to_vec();
        let mut asset = list.get(n).cloned().unwrap_or_default();
        if n == list.len() {
            self.say(say::new_asset(self.lang))?;
        }
        let mut field = 0;
        while field <= columns.len() {
            match self.field(&asset, n, field)? {
                Field::Back if field == 0 => self.say(say::first_field(self.lang))?,
                Field::Back => field -= 1,
                Field::Quit => return Ok(Step::Quit),
                Field::GiveUp => {
                    match before {
                        Some(answer) => self.matter.answers.insert(id.clone(), answer),
                        None => self.matter.answers.remove(id),
                    };
                    self.keep()?;
                    self.say(say::gave_up(self.lang))?;
                    return self.say_list(at);
                }
                Field::Next(changed) => {
                    field += 1;
                    if *changed != asset {
                        asset = *changed;
                        let mut list = list.clone();
                        match list.get_mut(n) {
                            Some(slot) => *slot = asset.clone(),
                            None => list.push(asset.clone()),
                        }
                        self.set(at, Value::Assets(list), basis, false)?;
                    }
                }
            }
        }
        if n == list.len() && asset == Asset::default() {
            self.say(say::nothing_entered(self.lang))?;
        }
        self.say_list(at)
    }

    /// One column (or, after the last, the note) of an asset.
    fn field(&mut self, asset: &Asset, n: usize, field: usize) -> Result<Field> {
        let (pack, lang) = (self.pack, self.lang);
        let column = pack.assets.columns.get(field);
        let label = column.map_or(say::asset_note(lang), |column| column.label.get(lang));
        self.say(say::field(lang, label, pack.assets.columns.len() + 1, n + 1, field + 1))?;
        if let Some(column) = column.filter(|column| column.kind == Kind::Choice) {
            for (k, option) in column.options.iter().enumerate() {
                let text = option.label.get(lang);
                let chosen = asset.option(&column.id) == option.id;
                let line = if chosen { say::option_chosen(lang, text, k + 1) } else { say::option(lang, text, k + 1) };
                self.say(line)?;
            }
        }
        let present = match column {
            Some(column) => self.wording(&self.exchange()).asset_column(asset, &column.id),
            None => Some(asset.note.clone()).filter(|note| !note.is_empty()),
        };
        if let Some(present) = present {
            self.say(say::present(lang, present))?;
        }
        if let Some(kind @ (Kind::Money | Kind::Place)) = column.map(|column| column.kind)
            && !self.hinted.contains(&kind)
        {
            self.hinted.push(kind);
            self.say(match kind {
                Kind::Place => entry::hint_place(pack, lang),
                _ => say::hint_money(lang).to_owned(),
            })?;
        }
        loop {
            let Some(line) = self.ask(say::prompt(lang))? else { return Ok(Field::Quit) };
            let typed = line.trim();
            let text = crate::matter::parse_input::half_width(typed);
            match verbs::parse(typed).map(|(verb, _)| verb) {
                Some(Verb::Help) => {
                    self.say(column.map_or(say::help_asset_note(lang), |column| column.help.get(lang)))?;
                    self.say(say::help_field(lang))?;
                }
                Some(Verb::Show) if column.is_some_and(|column| column.kind == Kind::Place) => {
                    for (k, id) in entry::places(pack).iter().enumerate() {
                        self.say(say::option(lang, words::named(pack, id, lang), k + 1))?;
                    }
                }
                Some(Verb::Back) => return Ok(Field::Back),
                Some(Verb::Clear) => return Ok(Field::GiveUp),
                Some(Verb::Quit) => return Ok(Field::Quit),
                Some(Verb::Unknown) => return Ok(Field::Next(Box::new(without(asset, column)))),
                _ if text.trim().is_empty() => return Ok(Field::Next(Box::new(asset.clone()))),
                _ => match self.with(asset, column, text.trim(), typed) {
                    Ok(asset) => return Ok(Field::Next(Box::new(asset))),
                    Err(why) => self.say(words::misread(pack, None, &why, lang))?,
                },
            }
        }
    }

    /// The asset with a column answered.
    fn with(&self, asset: &Asset, column: Option<&AssetColumn>, text: &str, typed: &str) -> Result<Asset, Misread> {
        let mut asset = asset.clone();
        let Some(column) = column else {
            typed.clone_into(&mut asset.note);
            return Ok(asset);
        };
        match column.kind {
            Kind::Money if column.id == "value" => asset.value = Some(entry::money(text, None)?),
            Kind::Money => {
                // "Enter 0 if there are none": then the currency is that of the value.
                let currency = || asset.value.as_ref().map_or("CNY", |value| value.currency.as_str());
                let nothing = text.chars().all(|c| c == '0');
                let written = if nothing { format!("0 {}", currency()) } else { text.to_owned() };
                asset.charges = Some(entry::money(&written, None)?);
            }
            Kind::Place => asset.place = entry::place(self.pack, &entry::places(self.pack), text)?,
            _ => {
                let options = column.options.iter().map(|option| (option.id.as_str(), &option.label));
                let at = entry::pick(options, text)?;
                asset.set_option(&column.id, &column.options[at].id);
            }
        }
        Ok(asset)
    }
}

/// The asset with a column not known.
fn without(asset: &Asset, column: Option<&AssetColumn>) -> Asset {
    let mut asset = asset.clone();
    match column {
        None => asset.note.clear(),
        Some(column) if column.kind == Kind::Money && column.id == "value" => asset.value = None,
        Some(column) if column.kind == Kind::Money => asset.charges = None,
        Some(column) => asset.set_option(&column.id, ""),
    }
    asset
}
