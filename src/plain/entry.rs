//! Text as a value: what a typed line means for a question.
//! [`matter::accepts`] has the last word.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::flow;
use crate::lang::{Lang, Localized};
use crate::matter::parse_input;
use crate::matter::{self, Matter, Money, Refused, Value};
use crate::messages::plain as say;
use crate::pack::reader::nearest;
use crate::pack::{Kind, Pack, Question};
use crate::text::one_line;

/// Why a line is not an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Misread {
    /// A number above that of the last option, which is given.
    NoNumber(usize),
    /// No such option; the nearest one.
    NoOption(String, Option<String>),
    /// Several options for a question that takes one.
    OnlyOne,
    /// The option excludes the others.
    Excludes(String),
    NotDate(String),
    /// Not an amount with a currency.
    NotMoney(String),
    NotNumber(String),
    /// No such place; the nearest one.
    NoPlace(String, Option<String>),
    /// Several places go by that name: their ids.
    Several(String, Vec<String>),
    /// Not what can be done with a list of assets.
    NotAssets,
}

/// Reads an answer. Lists of assets have a form of their own; here only `0`, none, is read.
pub(super) fn read(pack: &Pack, matter: &Matter, question: &Question, text: &str) -> Result<Value, Misread> {
    let text = text.trim();
    let value = match question.kind {
        Kind::Choice => choice(question, text)?,
        Kind::Choices => choices(matter, question, text)?,
        Kind::Date => Value::Date(parse_input::date(text).ok_or_else(|| Misread::NotDate(text.to_owned()))?),
        Kind::Money => Value::Money(money(text, pack.assumed_currency(question))?),
        Kind::Number => Value::Number(number(question, text)?),
        Kind::Place => Value::Place(place(pack, &places(pack), text)?),
        Kind::Targets => targets(pack, matter, question, text)?,
        Kind::Assets if text == "0" => Value::Assets(Vec::new()),
        Kind::Assets => return Err(Misread::NotAssets),
    };
    match matter::accepts(pack, question, &value) {
        Ok(()) => Ok(value),
        Err(Refused::NoSuchOption(id)) => Err(Misread::NoOption(id, None)),
        Err(Refused::NoSuchPlace(id)) => Err(Misread::NoPlace(id, None)),
        Err(Refused::Excludes(id)) => Err(Misread::Excludes(id)),
        Err(Refused::OutOfRange | Refused::OtherKind) => Err(Misread::NotNumber(text.to_owned())),
    }
}

/// An option by number, id or label.
pub(super) fn pick<'o>(
    options: impl Iterator<Item = (&'o str, &'o Localized)> + Clone,
    text: &str,
) -> Result<usize, Misread> {
    let count = options.clone().count();
    if let Ok(number) = text.parse::<usize>() {
        return number.checked_sub(1).filter(|at| *at < count).ok_or(Misread::NoNumber(count));
    }
    let same = |other: &str| other.to_lowercase() == text.to_lowercase();
    let by_id = options.clone().position(|(id, _)| same(id));
    by_id
        .or_else(|| options.clone().position(|(_, label)| same(&label.en) || same(&label.zh)))
        .ok_or_else(|| Misread::NoOption(text.to_owned(), nearest(text, options.map(|(id, _)| id)).map(str::to_owned)))
}

fn option(question: &Question, text: &str) -> Result<usize, Misread> {
    pick(question.options.iter().map(|option| (option.id.as_str(), &option.label)), text)
}

fn choice(question: &Question, text: &str) -> Result<Value, Misread> {
    let found = match option(question, text) {
        Ok(at) => &question.options[at],
        Err(fault) => {
            // A number that is no option's may still be a number of days that falls into a band.
            let band = text.parse().ok().and_then(|number: Decimal| question.band(number.to_f64()?));
            let several = words(text);
            if let Some(band) = band {
                band
            } else if several.len() > 1 && several.iter().all(|word| option(question, word).is_ok()) {
                return Err(Misread::OnlyOne);
            } else {
                return Err(fault);
            }
        }
    };
    Ok(Value::Choice(found.id.clone()))
}

fn choices(matter: &Matter, question: &Question, text: &str) -> Result<Value, Misread> {
    let exclusive = question.options.iter().any(|option| option.exclusive);
    if text == "0" && !exclusive {
        return Ok(Value::Choices(Vec::new()));
    }
    let present = match matter.known(&question.id) {
        Some(Value::Choices(ids)) => ids.clone(),
        _ => Vec::new(),
    };
    let find = |text: &str| option(question, text).map(|at| question.options[at].id.clone());
    let mut ids = match find(text) {
        Ok(id) => vec![id],
        Err(_) => edited(&present, &words(text), find)?,
    };
    ids.sort_by_key(|id| question.option_index(id));
    Ok(Value::Choices(ids))
}

/// A list written anew (`1 3`) or changed (`+2 -3`); each entry once.
fn edited(
    present: &[String],
    words: &[&str],
    find: impl Fn(&str) -> Result<String, Misread>,
) -> Result<Vec<String>, Misread> {
    let changes = words.iter().all(|word| word.starts_with(['+', '-']));
    let mut out = if changes { present.to_vec() } else { Vec::new() };
    for word in words {
        let id = find(word.trim_start_matches(['+', '-']))?;
        if changes && word.starts_with('-') {
            out.retain(|other| *other != id);
        } else if !out.contains(&id) {
            out.push(id);
        }
    }
    Ok(out)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、')).filter(|word| !word.is_empty()).collect()
}

/// An amount with its currency, or in the one that is assumed.
pub(super) fn money(text: &str, assumed: Option<&str>) -> Result<Money, Misread> {
    parse_input::money(text, assumed).ok_or_else(|| Misread::NotMoney(text.to_owned()))
}

fn number(question: &Question, text: &str) -> Result<Decimal, Misread> {
    let bare = [&question.unit.en, &question.unit.zh]
        .into_iter()
        .filter(|unit| !unit.is_empty())
        .fold(text, |text, unit| text.strip_suffix(unit.as_str()).unwrap_or(text).trim_end());
    let number = bare.replace(',', "").parse::<Decimal>().ok();
    number.map(|number| number.normalize()).ok_or_else(|| Misread::NotNumber(text.to_owned()))
}

/// Every place, targets first: the order in which they are numbered.
pub(super) fn places(pack: &Pack) -> Vec<String> {
    let targets = pack.profiles.iter().map(|profile| profile.id.clone());
    targets.chain(pack.places.iter().map(|place| place.id.clone())).collect()
}

/// How a place may be written, with the pack's own first target as the example.
pub(super) fn hint_place(pack: &Pack, lang: Lang) -> String {
    let (id, name) = pack.profiles.first().map_or(("", ""), |profile| (profile.id.as_str(), profile.name.get(lang)));
    say::hint_place(lang, places(pack).len(), one_line(id), one_line(name))
}

/// How targets may be written, with the pack's own first two as the example.
pub(super) fn hint_targets(pack: &Pack, lang: Lang) -> String {
    let id = |n: usize| pack.profiles.get(n).or(pack.profiles.last()).map_or("", |profile| profile.id.as_str());
    say::hint_targets(lang, pack.profiles.len(), one_line(id(0)), one_line(id(1)))
}

/// The targets in the order in which they are numbered, and how many of them are chosen or proposed.
pub(super) fn target_list(pack: &Pack, matter: &Matter) -> (Vec<String>, usize) {
    let mut out = match matter.role(pack, pack.roles.targets) {
        Some(Value::Targets(targets)) => targets.clone(),
        _ => Vec::new(),
    };
    out.extend(flow::proposed_targets(pack, matter));
    let near = out.len();
    let others: Vec<String> =
        pack.profiles.iter().map(|profile| profile.id.clone()).filter(|id| !out.contains(id)).collect();
    out.extend(others);
    (out, near)
}

fn place_label<'p>(pack: &'p Pack, id: &str) -> Option<&'p Localized> {
    let place = || pack.places.iter().find(|place| place.id == id).map(|place| &place.name);
    pack.profile(id).map(|profile| &profile.name).or_else(place)
}

/// A place by number, id, name, or a part of its name that no other has.
pub(super) fn place(pack: &Pack, ids: &[String], text: &str) -> Result<String, Misread> {
    let text = text.trim();
    let named = || ids.iter().filter_map(|id| Some((id.as_str(), place_label(pack, id)?)));
    let (found, near) = match pick(named().collect::<Vec<_>>().into_iter(), text) {
        Ok(at) => return Ok(ids[at].clone()),
        Err(Misread::NoOption(found, near)) => (found, near),
        Err(other) => return Err(other),
    };
    let part = text.to_lowercase();
    let parts: Vec<String> = named()
        .filter(|(id, name)| {
            let holds = |word: &str| word.to_lowercase().contains(&part);
            id.starts_with(&part)
                || ((part.chars().count() > 1 || !part.is_ascii())
                    && (holds(&name.en) || holds(&name.zh) || pack.other_names(id).iter().any(|name| holds(name))))
        })
        .map(|(id, _)| id.to_owned())
        .collect();
    match parts.as_slice() {
        [] => Err(Misread::NoPlace(found, near)),
        [one] => Ok(one.clone()),
        _ => Err(Misread::Several(found, parts)),
    }
}

fn targets(pack: &Pack, matter: &Matter, question: &Question, text: &str) -> Result<Value, Misread> {
    let (ids, _) = target_list(pack, matter);
    let present = match matter.known(&question.id) {
        Some(Value::Targets(ids)) => ids.clone(),
        _ => Vec::new(),
    };
    let find = |text: &str| place(pack, &ids, text);
    // A name may hold blanks, so the whole and what stands between commas is tried before words.
    let by_comma: Vec<&str> = text.split([',', ';', '、']).map(str::trim).filter(|word| !word.is_empty()).collect();
    let found = match edited(&present, &by_comma, find) {
        Ok(ids) => Ok(ids),
        Err(fault) if by_comma.len() == words(text).len() => Err(fault),
        Err(_) => edited(&present, &words(text), find),
    };
    found.map(Value::Targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_anew_or_changed() {
        let find = |text: &str| Ok(text.to_owned());
        let present = ["a".to_owned(), "b".to_owned()];
        let edit = |words: &[&str]| edited(&present, words, find).unwrap_or_default();
        assert_eq!(edit(&["c", "a", "c"]), ["c", "a"]);
        assert_eq!(edit(&["+c"]), ["a", "b", "c"]);
        assert_eq!(edit(&["-a", "+c"]), ["b", "c"]);
    }
}
