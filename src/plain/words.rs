//! Values, findings and misunderstandings as text.
//!
//! Must not: print. What comes from users and packs is made harmless where lines go out.

use super::entry::Misread;
use crate::lang::Lang;
use crate::matter::{Asset, Basis, Money, Value};
use crate::messages::{answers, num, plain as say, word};
use crate::numbers;
use crate::pack::{Kind, Pack, Question};

/// A question as asked.
pub(super) fn ask(pack: &Pack, at: usize, lang: Lang) -> &str {
    pack.questions[at].ask.get(lang)
}

/// What stands between the words of a list.
pub(super) const fn comma(lang: Lang) -> &'static str {
    num::comma(lang)
}

/// A place with the id that names it.
pub(super) fn named(pack: &Pack, id: &str, lang: Lang) -> String {
    num::bracket(lang, id, pack.place_name(id, lang))
}

/// An answer.
pub(super) fn value(pack: &Pack, question: &Question, value: &Value, lang: Lang) -> String {
    let label = |id: &String| question.option(id).map_or_else(|| id.clone(), |it| it.label.get(lang).to_owned());
    let list = |words: Vec<String>| words.join(num::semicolon(lang));
    match value {
        Value::Unknown => say::unknown(lang).to_owned(),
        Value::Choice(id) => label(id),
        Value::Choices(ids) if ids.is_empty() => say::none_of_these(lang).to_owned(),
        Value::Choices(ids) => list(ids.iter().map(label).collect()),
        Value::Date(date) => numbers::date(*date, lang),
        Value::Money(money) => amount(money, lang),
        Value::Number(number) => say::number(lang, numbers::number(*number), question.unit.get(lang)),
        Value::Place(id) => pack.place_name(id, lang).to_owned(),
        Value::Assets(assets) if assets.is_empty() => answers::none_asset(lang).to_owned(),
        Value::Assets(assets) if assets.len() == 1 => say::one_asset(lang).to_owned(),
        Value::Assets(assets) => say::assets(lang, assets.len()),
        Value::Targets(ids) => list(ids.iter().map(|id| pack.place_name(id, lang).to_owned()).collect()),
    }
}

/// An answer with what it rests on.
pub(super) fn with_basis(text: String, basis: Option<Basis>, lang: Lang) -> String {
    match basis {
        Some(basis) => num::bracket(lang, word(lang, "basis", basis.id()), text),
        None => text,
    }
}

pub(super) fn amount(money: &Money, lang: Lang) -> String {
    numbers::money(money.amount, &money.currency, lang)
}

/// An asset: its columns that are known, and its note.
pub(super) fn asset(pack: &Pack, asset: &Asset, lang: Lang) -> String {
    // Place, kind and value speak for themselves; "high" without its heading would not.
    let known = pack.assets.columns.iter().filter_map(|column| {
        let text = cell(pack, asset, &column.id, lang)?;
        let clear = matches!(column.id.as_str(), "where" | "class" | "value");
        Some(if clear { text } else { say::labelled(lang, column.label.get(lang), text) })
    });
    let mut parts: Vec<String> = known.collect();
    if !asset.note.is_empty() {
        parts.push(asset.note.clone());
    }
    if parts.is_empty() { say::unknown(lang).to_owned() } else { parts.join(num::semicolon(lang)) }
}

/// One column of an asset; `None` where it is not known.
pub(super) fn cell(pack: &Pack, asset: &Asset, column: &str, lang: Lang) -> Option<String> {
    let column = pack.assets.column(column)?;
    match (column.kind, column.id.as_str()) {
        (Kind::Money, "value") => asset.value.as_ref().map(|money| amount(money, lang)),
        (Kind::Money, _) => asset.charges.as_ref().map(|money| amount(money, lang)),
        (Kind::Place, _) => (!asset.place.is_empty()).then(|| pack.place_name(&asset.place, lang).to_owned()),
        _ => {
            let id = asset.option(&column.id);
            let label = column.options.iter().find(|option| option.id == id).map(|option| option.label.get(lang));
            label.or(Some(id)).filter(|text| !text.is_empty()).map(str::to_owned)
        }
    }
}

/// Why a line is not an answer, and what would be one.
pub(super) fn misread(pack: &Pack, question: Option<&Question>, it: &Misread, lang: Lang) -> String {
    let near = |near: &Option<String>| near.as_ref().map(|near| say::near(lang, near)).unwrap_or_default();
    let label = |id: &String| {
        let option = question.and_then(|question| question.option(id));
        option.map_or_else(|| id.clone(), |option| option.label.get(lang).to_owned())
    };
    match it {
        Misread::NoNumber(most) => say::no_number(lang, most),
        Misread::NoOption(found, close) => say::no_option(lang, found, near(close)),
        Misread::OnlyOne => say::only_one(lang).to_owned(),
        Misread::Excludes(id) => say::excludes(lang, label(id)),
        Misread::NotDate(found) => say::not_date(lang, found),
        Misread::NotMoney(found) => say::not_money(lang, found),
        Misread::NotNumber(found) => say::not_number(lang, found),
        Misread::NoPlace(found, close) => say::no_place(lang, found, near(close)),
        Misread::Several(found, ids) => {
            let names: Vec<String> = ids.iter().map(|id| named(pack, id, lang)).collect();
            say::several(lang, found, names.join(num::semicolon(lang)))
        }
        Misread::NotAssets => say::not_assets(lang).to_owned(),
    }
}
