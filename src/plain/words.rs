//! Questions, places and misunderstandings as text. It is made harmless where lines go out.

use super::entry::Misread;
use crate::lang::Lang;
use crate::matter::Basis;
use crate::messages::{num, plain as say, word};
use crate::pack::{Pack, Question};

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

/// An answer with what it rests on.
pub(super) fn with_basis(text: String, basis: Option<Basis>, lang: Lang) -> String {
    match basis {
        Some(basis) => num::bracket(lang, word(lang, "basis", basis.id()), text),
        None => text,
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
