//! Lists that are searched by typing: their items, and what a search finds.
//!
//! A search finds by every word typed, in either language, in labels and ids, so that a Chinese name is found from
//! English screens and the other way round.

use super::filters::{self, Facet};
use super::message::Command;
use super::model::{Model, Purpose, Row};
use crate::lang::{Lang, Localized};
use crate::matter::Value;
use crate::messages::{hint, safe, ui, word};
use crate::pack::{Case, Pack, Profile};
use crate::text;

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub kind: ItemKind,
    pub label: String,
    /// Shown beside the label, muted.
    pub detail: String,
}

/// What a row means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A target or another place.
    Place(String),
    Command(Command),
    Question(usize),
    /// A decided case, by index.
    Case(usize),
    /// A target, to look at.
    Profile(usize),
    /// A filter of a browser, or that it is lifted.
    Filter(Facet, Option<String>),
}

/// True when every word typed is found in one of the texts.
pub(crate) fn contains_all(query: &str, texts: &[&str]) -> bool {
    let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    query.split_whitespace().all(|word| {
        let word = word.to_lowercase();
        texts.iter().any(|text| text.contains(&word))
    })
}

fn pair(text: &Localized) -> [&str; 2] {
    [&text.en, &text.zh]
}

/// The rows that a search finds.
pub fn items(model: &Model<'_>, purpose: Purpose, query: &str) -> Vec<Item> {
    let pack = model.pack();
    match purpose {
        Purpose::AddTarget => {
            let taken = match model.work.as_ref().and_then(|work| work.matter.role(pack, pack.roles.targets)) {
                Some(Value::Targets(targets)) => targets.clone(),
                _ => Vec::new(),
            };
            places(pack, model.lang, query, false).into_iter().filter(|item| !is_place(item, &taken)).collect()
        }
        Purpose::AssetPlace => {
            let words = ui::unknown(model.lang);
            let mut items = Vec::new();
            if contains_all(query, &[words]) {
                let kind = ItemKind::Place(String::new());
                items.push(Item { kind, label: words.to_owned(), detail: String::new() });
            }
            items.extend(places(pack, model.lang, query, true));
            items
        }
        Purpose::AnswerPlace => places(pack, model.lang, query, true),
        Purpose::Palette => palette(model, query),
        Purpose::Filter(facet) => filters::choices(model, facet, query),
    }
}

fn is_place(item: &Item, ids: &[String]) -> bool {
    matches!(&item.kind, ItemKind::Place(id) if ids.contains(id))
}

/// Targets, and the other places where asked for.
fn places(pack: &Pack, lang: Lang, query: &str, others: bool) -> Vec<Item> {
    let mut places: Vec<(&String, &Localized)> = Vec::new();
    for index in by_name(pack, lang) {
        places.push((&pack.profiles[index].id, &pack.profiles[index].name));
    }
    if others {
        places.extend(pack.places.iter().map(|place| (&place.id, &place.name)));
    }
    let mut items = Vec::new();
    for (id, name) in places {
        let sound = pack.profile(id).map(sound).unwrap_or_default();
        let mut texts = vec![id.as_str(), &name.en, &name.zh, &sound];
        texts.extend(pack.other_names(id).iter().map(String::as_str));
        if contains_all(query, &texts) {
            items.push(Item {
                kind: ItemKind::Place(id.clone()),
                label: text::one_line(name.get(lang)),
                detail: text::one_line(name.get(lang.other())),
            });
        }
    }
    items
}

/// Commands, questions, targets and cases.
fn palette(model: &Model<'_>, query: &str) -> Vec<Item> {
    let (pack, lang) = (model.pack(), model.lang);
    let mut items: Vec<Item> = Vec::new();
    for (command, words) in commands(model) {
        if contains_all(query, &[words(Lang::En), words(Lang::Zh)]) {
            items.push(Item {
                kind: ItemKind::Command(command),
                label: words(lang).to_owned(),
                detail: ui::palette_command(lang).to_owned(),
            });
        }
    }
    if let Some(work) = &model.work {
        for (index, question) in pack.questions.iter().enumerate().filter(|(index, _)| work.visible[*index]) {
            let [en, zh] = pair(&question.ask);
            if contains_all(query, &[&question.id, en, zh]) {
                items.push(Item {
                    kind: ItemKind::Question(index),
                    label: text::one_line(question.ask.get(lang)),
                    detail: text::one_line(pack.sections[question.section].title.get(lang)),
                });
            }
        }
    }
    for index in profiles(pack, lang, query) {
        let label = text::one_line(pack.profiles[index].name.get(lang));
        items.push(Item { kind: ItemKind::Profile(index), label, detail: ui::palette_target(lang).to_owned() });
    }
    if !query.trim().is_empty() {
        for index in cases(pack, query) {
            let label = text::one_line(&pack.cases[index].name);
            items.push(Item { kind: ItemKind::Case(index), label, detail: ui::palette_case(lang).to_owned() });
        }
    }
    items
}

type Words = fn(Lang) -> &'static str;

/// The commands that the palette offers.
fn commands(model: &Model<'_>) -> Vec<(Command, Words)> {
    let mut commands: Vec<(Command, Words)> = Vec::new();
    if model.work.is_some() {
        let inside: [(Command, Words); 13] = [
            (Command::Interview, hint::interview),
            (Command::Result, hint::result),
            (Command::Review, hint::review),
            (Command::Export, hint::export),
            (Command::NextGap, hint::next_gap),
            (Command::WhatIf, hint::what_if),
            (Command::KeepWhatIf, hint::keep_what_if),
            (Command::Name, hint::name),
            (Command::AllTargets, hint::all_targets),
            (Command::SaveAs, safe::save_elsewhere),
            (Command::Encrypt, safe::encrypt),
            (Command::Undo, hint::undo),
            (Command::Redo, hint::redo),
        ];
        commands.extend(inside);
    }
    let outside: [(Command, Words); 8] = [
        (Command::Home, hint::home),
        (Command::New, hint::new),
        (Command::Jurisdictions, hint::jurisdictions),
        (Command::Cases, hint::cases),
        (Command::Language, hint::language),
        (Command::Theme, hint::theme),
        (Command::Help, hint::help),
        (Command::Quit, hint::quit),
    ];
    commands.extend(outside);
    commands
}

/// The targets by index, in the order of their names in a language.
fn by_name(pack: &Pack, lang: Lang) -> Vec<usize> {
    let mut order: Vec<usize> = (0..pack.profiles.len()).collect();
    order.sort_by_cached_key(|index| pack.profiles[*index].sort_key(lang));
    order
}

/// How the Chinese name of a target sounds, as it is typed: without blanks.
fn sound(profile: &Profile) -> String {
    profile.sort_zh.replace(' ', "")
}

/// The targets that a search finds, by index, in the order of their names.
pub fn profiles(pack: &Pack, lang: Lang, query: &str) -> Vec<usize> {
    let matches = |profile: &Profile| {
        let sound = sound(profile);
        let mut texts = vec![profile.id.as_str(), &profile.name.en, &profile.name.zh, &sound];
        texts.extend([profile.basis.instrument.en.as_str(), profile.basis.instrument.zh.as_str()]);
        for lang in [Lang::En, Lang::Zh] {
            texts.push(word(lang, "family", &profile.legal_family));
            texts.push(word(lang, "basis-kind", &profile.basis.kind));
            texts.push(word(lang, "reciprocity", &profile.basis.reciprocity));
            texts.push(pack.region_name(&profile.region, lang));
        }
        texts.extend(pack.other_names(&profile.id).iter().map(String::as_str));
        contains_all(query, &texts)
    };
    by_name(pack, lang).into_iter().filter(|index| matches(&pack.profiles[*index])).collect()
}

/// The decided cases that a search finds, by index, newest first.
pub fn cases(pack: &Pack, query: &str) -> Vec<usize> {
    let matches = |case: &Case| {
        let target = crate::pack::case::target_of(pack, &case.jurisdiction);
        let [en, zh] = target.map(|profile| pair(&profile.name)).unwrap_or_default();
        let grounds: Vec<&String> = case.decisive.iter().chain(&case.defences).collect();
        let facts = case.facts.values().map(String::as_str).collect::<Vec<_>>().join(" ");
        let year = case.decided_year.map(|year| year.to_string()).unwrap_or_default();
        let mut texts = vec![
            case.id.as_str(),
            &case.name,
            &case.jurisdiction,
            &case.citation,
            &case.court,
            &case.origin_court,
            case.outcome.id(),
            word(Lang::En, "outcome", case.outcome.id()),
            word(Lang::Zh, "outcome", case.outcome.id()),
            en,
            zh,
            &facts,
            &year,
            &case.summary.en,
            &case.summary.zh,
            &case.lesson.en,
            &case.lesson.zh,
        ];
        for ground in grounds {
            texts.push(ground);
            let hurdle = pack.case_facts.hurdle(ground);
            let hurdle = hurdle.and_then(|id| pack.hurdles.iter().find(|hurdle| hurdle.id == id));
            texts.extend(hurdle.map(|hurdle| pair(&hurdle.name)).into_iter().flatten());
        }
        if let Some(target) = target {
            texts.extend([pack.region_name(&target.region, Lang::En), pack.region_name(&target.region, Lang::Zh)]);
        }
        contains_all(query, &texts)
    };
    let mut found: Vec<usize> = (0..pack.cases.len()).filter(|index| matches(&pack.cases[*index])).collect();
    found.sort_by_key(|index| std::cmp::Reverse(pack.cases[*index].order()));
    found
}

/// The label of a row of the list of assets or targets.
pub(crate) fn row_label(model: &Model<'_>, row: &Row) -> String {
    let (pack, lang) = (model.pack(), model.lang);
    let value = model.work.as_ref().zip(model.question()).and_then(|(work, q)| work.matter.known(&q.id));
    match row {
        Row::Item(n) => match value {
            Some(Value::Assets(assets)) => assets
                .get(*n)
                .map(|asset| text::one_line(&super::words::wording(model).asset(asset)))
                .unwrap_or_default(),
            Some(Value::Targets(targets)) => {
                let name = targets.get(*n).map_or("", |id| pack.place_name(id, lang));
                let name = text::one_line(name);
                if *n == 0 { ui::first_choice(lang, name) } else { name }
            }
            _ => String::new(),
        },
        Row::Proposed(id) => ui::proposed(lang, text::one_line(pack.place_name(id, lang))),
        Row::Add => match model.question().map(|question| question.kind) {
            Some(crate::pack::Kind::Targets) => ui::add_target(lang).to_owned(),
            _ => ui::add_asset(lang).to_owned(),
        },
        Row::None => ui::no_assets(lang).to_owned(),
        Row::Unknown => ui::unknown(lang).to_owned(),
        Row::Continue => ui::go_on(lang).to_owned(),
    }
}
