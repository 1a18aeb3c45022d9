//! Facts worked out for each target from dates, places and the list of assets.
//! A fact that cannot be worked out leaves every word possible that the answers allow.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::matter::answers::Answers;
use crate::pack::{Fact, Pack, Profile};

/// Days left under which a period counts as nearly over.
pub(crate) const SOON_DAYS: i32 = 180;

/// The words that a fact may take, as a mask over [`Fact::words`].
pub fn possible(fact: Fact, pack: &Pack, answers: &Answers, target: &Profile, as_of: Date) -> u64 {
    match fact {
        Fact::Limitation => limitation(pack, answers, target, as_of),
        Fact::Link => link(pack, answers, target),
        Fact::AssetsHere => assets_here(pack, answers, target),
    }
}

/// The last day of a period of whole years that began on a day.
pub(crate) fn last_day(from: Date, years: i32) -> Date {
    from.saturating_add(years.years())
}

/// Whole days from one day to another; negative when it has passed.
pub(crate) fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn limitation(pack: &Pack, answers: &Answers, target: &Profile, as_of: Date) -> u64 {
    let years = target.limitation.years;
    if let Some(effective) = answers.date(pack.roles.effective_date) {
        let left = days_between(as_of, last_day(effective, years));
        return match left {
            ..0 => 0b100,
            0..SOON_DAYS => 0b010,
            _ => 0b001,
        };
    }
    // A judgment takes effect on its date or later, so that an open period is open all the more.
    match answers.date(pack.roles.judgment_date) {
        Some(judgment) if days_between(as_of, last_day(judgment, years)) >= SOON_DAYS => 0b001,
        _ => 0b111,
    }
}

fn assets_here(pack: &Pack, answers: &Answers, target: &Profile) -> u64 {
    match answers.assets(pack) {
        None => 0b11,
        Some(assets) if assets.iter().any(|asset| asset.place == target.id) => 0b01,
        Some(_) => 0b10,
    }
}

/// The debtor's strongest tie: lives there, holds property there, does business there, none.
fn link(pack: &Pack, answers: &Answers, target: &Profile) -> u64 {
    const LIVES: u64 = 1;
    const PROPERTY: u64 = 2;
    const BUSINESS: u64 = 4;
    const NONE: u64 = 8;
    let place = answers.place(pack.roles.debtor_place);
    let first = answers.targets(pack).next().is_some_and(|first| first == target.id);
    let told = answers.ticks(pack.roles.debtor_link).filter(|_| first);
    let says = |word: &str| {
        let option = || pack.questions[pack.roles.debtor_link?].option_index(word);
        told.is_some_and(|ticked| option().is_some_and(|option| ticked >> option & 1 == 1))
    };
    let assets = assets_here(pack, answers, target);
    if place == Some(&target.id) || says("lives") {
        LIVES
    } else if assets == 0b01 || says("property") {
        PROPERTY
    } else if says("business") {
        BUSINESS
    } else if told.is_some_and(|ticked| ticked != 0) {
        NONE
    } else {
        let lives = if place.is_none() { LIVES } else { 0 };
        let property = if assets == 0b11 { PROPERTY } else { 0 };
        if lives | property == 0 && !first { NONE } else { lives | property | BUSINESS | NONE }
    }
}

const _: () = assert!(SOON_DAYS > 0);
