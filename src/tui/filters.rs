//! Facets by which the browsers are filtered: the values that a row has of each, and their names.
//!
//! A row may have several values of a facet (grounds); it passes a filter when one of them is the one asked for.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Browser, Model, Screen};
use super::search::{self, Item, ItemKind};
use crate::lang::Lang;
use crate::messages::{facet as f, word};
use crate::pack::case::target_of;
use crate::text;

/// What a browser can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Facet {
    /// Part of the world.
    Region,
    /// The target whose law a case was decided under.
    Place,
    /// A ground raised or decisive, by hurdle.
    Ground,
    /// What the court did.
    Outcome,
    /// How the debtor was served.
    Service,
    /// Whether reciprocity is asked for.
    Reciprocity,
    /// On what recognition rests.
    Basis,
    Outlook,
}

impl Facet {
    /// Its name in the settings.
    pub fn id(self) -> &'static str {
        self.into()
    }

    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Facet::Region => f::region(lang),
            Facet::Place => f::place(lang),
            Facet::Ground => f::ground(lang),
            Facet::Outcome => f::outcome(lang),
            Facet::Service => f::service(lang),
            Facet::Reciprocity => f::reciprocity(lang),
            Facet::Basis => f::basis(lang),
            Facet::Outlook => f::outlook(lang),
        }
    }
}

/// The filters in force: for each facet the value asked for.
pub(crate) type Filters = BTreeMap<Facet, String>;

/// The value of the outlook facet for a blocked target.
const BLOCKED: &str = "blocked";
/// The value while it is being computed.
const WORKING: &str = "working";

/// What the row with an index has of a facet. `cases`: rows are decided cases, else targets.
fn values(model: &Model<'_>, cases: bool, index: usize, facet: Facet) -> Vec<String> {
    let pack = model.pack();
    if cases {
        let Some(case) = pack.cases.get(index) else { return Vec::new() };
        let target = || target_of(pack, &case.jurisdiction);
        return match facet {
            Facet::Region => target().map(|target| target.region.clone()).into_iter().collect(),
            Facet::Place => target().map(|target| target.id.clone()).into_iter().collect(),
            Facet::Outcome => vec![case.outcome.id().to_owned()],
            Facet::Service => vec![case.facts.get("service").map_or("unknown", String::as_str).to_owned()],
            Facet::Ground => {
                let raised = case.decisive.iter().chain(&case.defences);
                let hurdles: BTreeSet<&str> = raised.filter_map(|ground| pack.case_facts.hurdle(ground)).collect();
                hurdles.into_iter().map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
    }
    let Some(profile) = pack.profiles.get(index) else { return Vec::new() };
    match facet {
        Facet::Region => vec![profile.region.clone()],
        Facet::Place => vec![profile.id.clone()],
        Facet::Reciprocity => vec![profile.basis.reciprocity.clone()],
        Facet::Basis => vec![profile.basis.kind.clone()],
        Facet::Outlook => vec![match model.lists.outlook_of(&profile.id) {
            None => WORKING.to_owned(),
            Some(brief) if brief.blocked => BLOCKED.to_owned(),
            Some(brief) => pack.word(brief.expected).up_to.to_string(),
        }],
        _ => Vec::new(),
    }
}

/// How a value is named.
pub fn label(model: &Model<'_>, facet: Facet, value: &str) -> String {
    let (pack, lang) = (model.pack(), model.lang);
    let words = match facet {
        Facet::Region => pack.region_name(value, lang),
        Facet::Place => pack.place_name(value, lang),
        Facet::Outcome => word(lang, "outcome", value),
        Facet::Service => word(lang, "served", value),
        Facet::Reciprocity => word(lang, "reciprocity", value),
        Facet::Basis => word(lang, "basis-kind", value),
        Facet::Ground => {
            pack.hurdles.iter().find(|hurdle| hurdle.id == value).map_or(value, |hurdle| hurdle.name.get(lang))
        }
        Facet::Outlook if value == BLOCKED => f::blocked(lang),
        Facet::Outlook if value == WORKING => f::working(lang),
        Facet::Outlook => {
            let band = pack.words.iter().find(|word| word.up_to.to_string() == value);
            band.map_or(value, |word| word.name.get(lang))
        }
    };
    text::one_line(words)
}

/// The rows that a search and the filters leave, by index.
pub fn rows(model: &Model<'_>, browser: &Browser) -> Vec<usize> {
    rows_without(model, browser, None)
}

/// The same without the filter of one facet.
fn rows_without(model: &Model<'_>, browser: &Browser, without: Option<Facet>) -> Vec<usize> {
    let cases = matches!(model.screen, Screen::Cases(_));
    let query = browser.list.field.text();
    let mut rows =
        if cases { search::cases(model.pack(), &query) } else { search::profiles(model.pack(), model.lang, &query) };
    for (facet, wanted) in &browser.filters {
        if Some(*facet) != without {
            rows.retain(|index| values(model, cases, *index, *facet).contains(wanted));
        }
    }
    rows
}

/// The choices of a facet with how many rows each would leave: "all" first, then regions and bands in
/// their own order, the rest by how many they leave.
pub fn choices(model: &Model<'_>, facet: Facet, query: &str) -> Vec<Item> {
    let (Screen::Jurisdictions(browser) | Screen::Cases(browser)) = &model.screen else { return Vec::new() };
    let cases = matches!(model.screen, Screen::Cases(_));
    let rows = rows_without(model, browser, Some(facet));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in rows.iter().flat_map(|index| values(model, cases, *index, facet)) {
        *counts.entry(value).or_default() += 1;
    }
    let pack = model.pack();
    let mut list: Vec<(String, usize)> = counts.into_iter().collect();
    // What comes equally often is sorted by name.
    list.sort_by_cached_key(|(value, _)| match pack.profile(value) {
        Some(profile) if facet == Facet::Place => profile.sort_key(model.lang),
        _ => String::new(),
    });
    list.sort_by_key(|(value, count)| match facet {
        Facet::Region => pack.regions.iter().position(|region| region.id == *value).unwrap_or(usize::MAX),
        Facet::Outlook => value.parse().unwrap_or(usize::MAX),
        _ => usize::MAX - count,
    });
    let mut items = vec![Item {
        kind: ItemKind::Filter(facet, None),
        label: f::all(model.lang).to_owned(),
        detail: rows.len().to_string(),
    }];
    for (value, count) in list {
        let label = label(model, facet, &value);
        items.push(Item { kind: ItemKind::Filter(facet, Some(value)), label, detail: count.to_string() });
    }
    items.retain(|item| search::contains_all(query, &[&item.label]));
    items
}
