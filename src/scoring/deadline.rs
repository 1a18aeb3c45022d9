//! Dates after which it is too late. A date that rests on the judgment's date because the effective date is not known
//! is marked as the earliest that it can be.

use jiff::civil::Date;

use super::facts::{days_between, last_day};
use crate::matter::answers::Answers;
use crate::pack::{Pack, Profile};

/// What ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The period for asking for recognition in the target.
    Target,
    /// A period in China, by index in the pack.
    Home(usize),
}

/// A date after which it is too late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What ends.
    pub what: What,
    /// The last day; `None` when no date to reckon from is known.
    pub date: Option<Date>,
    /// Whole days from the date of the report; negative when it has passed.
    pub days: Option<i32>,
    /// True when the day is the earliest that it can be, not the day itself.
    pub earliest: bool,
    /// True when the period was interrupted, so that the day no longer holds.
    pub interrupted: bool,
}

/// The deadlines of a target and of China, the target's first.
pub fn deadlines(pack: &Pack, answers: &Answers, target: &Profile, as_of: Date) -> Vec<Deadline> {
    let effective = answers.date(pack.roles.effective_date);
    let from = runs_from(pack, answers);
    let deadline = |what, years, interrupted| {
        let date = from.map(|from| last_day(from, years));
        Deadline {
            what,
            date,
            days: date.map(|date| days_between(as_of, date)),
            earliest: effective.is_none() && from.is_some(),
            interrupted,
        }
    };
    let mut out = vec![deadline(What::Target, target.limitation.years, false)];
    for (at, home) in pack.home_deadlines.iter().enumerate() {
        let interrupted = home.interrupted_if.eval(&|expr| answers.test(expr)) == Some(true);
        out.push(deadline(What::Home(at), home.years, interrupted));
    }
    out
}

/// The day from which periods run: that on which the judgment took effect, else its date.
fn runs_from(pack: &Pack, answers: &Answers) -> Option<Date> {
    answers.date(pack.roles.effective_date).or_else(|| answers.date(pack.roles.judgment_date))
}

/// The last day on which recognition can be asked for in a target.
pub(crate) fn of_target(pack: &Pack, answers: &Answers, target: &Profile) -> Option<Date> {
    runs_from(pack, answers).map(|from| last_day(from, target.limitation.years))
}
