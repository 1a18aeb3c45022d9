//! A pack: everything that a lawyer may want to correct, as values.
//!
//! Questions, hurdles with their rules, confidence hurdles, actions, jurisdiction profiles, decided
//! cases and treaties. [`load()`] turns the texts of a pack's files into a [`Pack`] and the list of all
//! faults found.
//!
//! Invariant: no line here knows what a pack is about, and no file is opened: the caller brings the texts.

mod advice;
mod assets;
pub mod case;
mod case_facts;
mod check;
pub mod condition;
pub mod embedded;
mod header;
pub mod hurdle;
mod index;
mod load;
pub mod profile;
mod question;
pub mod reader;
mod renames;
mod treaty;
pub mod validation;
pub mod weights;

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Localized};

pub use advice::{Action, ActionKind, ConfidenceHurdle, ConfidenceRule, Contradiction, Measure};
pub use assets::{AssetColumn, AssetForm, AssetOption};
pub use case::{Case, CaseColumns, CaseKind, Outcome};
pub use case_facts::CaseFacts;
pub use condition::{Expr, Fact, Subject};
pub use header::{ExampleName, Funder, HomeDeadline, LikelihoodWord, OtherNames, Place, Rates, Roles, Wording};
pub use hurdle::{Cure, Gate, Hurdle, Rule, Support};
pub use load::{Loaded, check_all, load, read_cases};
pub use profile::{Profile, Provenance, SourceStatus};
pub use question::{Choice, Kind, Question, Section};
pub use reader::File;
pub use renames::Rename;
pub use treaty::{Inbound, Treaty};
pub use validation::Validation;
pub use weights::Weights;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pack {
    /// Stable name: that of its folder, for a pack of the program.
    pub id: String,
    /// Version of the content, `major.minor.patch`.
    pub version: String,
    /// SHA-256 of the decided cases and of how their facts answer questions, in hexadecimal.
    pub cases_sha256: String,
    /// What the pack is for.
    pub title: Localized,
    /// Who wrote the priors and how the evidence was read; printed on the model card.
    pub provenance: Localized,
    /// Whether it is the pack that is used when none is named.
    pub is_default: bool,
    /// Its words where the program speaks of its subject.
    pub wording: Wording,
    /// What the columns of its cases are called.
    pub case_columns: CaseColumns,
    /// SHA-256 of all files, in hexadecimal.
    pub sha256: String,
    /// Sections in the order of the interview.
    pub sections: Vec<Section>,
    /// Questions in the order of the interview.
    pub questions: Vec<Question>,
    /// Legal hurdles, in the order of the report.
    pub hurdles: Vec<Hurdle>,
    /// The chance that the debtor fights: a hurdle that moves cost and time, never the outlook.
    pub contest: Hurdle,
    pub confidence: Vec<ConfidenceHurdle>,
    /// What can be done.
    pub actions: Vec<Action>,
    /// Answers that do not fit together.
    pub contradictions: Vec<Contradiction>,
    /// The columns of the list of assets.
    pub assets: AssetForm,
    /// Places that are not targets (the country of origin, elsewhere).
    pub places: Vec<Place>,
    /// Parts of the world, in the order in which they are listed.
    pub regions: Vec<Place>,
    /// Words for likelihoods, lowest band first.
    pub words: Vec<LikelihoodWord>,
    /// Which question plays which part in money and dates.
    pub roles: Roles,
    pub rates: Rates,
    /// Periods that run where the judgment was given, in years from the effective date.
    pub home_deadlines: Vec<HomeDeadline>,
    /// Published thresholds of funders.
    pub funders: Vec<Funder>,
    pub profiles: Vec<Profile>,
    /// Decided cases, in the order of the files.
    pub cases: Vec<Case>,
    /// How facts of cases answer questions.
    pub case_facts: CaseFacts,
    pub treaties: Vec<Treaty>,
    /// What courts did with judgments of each state (see `Matter::state_of`).
    pub inbound: Vec<Inbound>,
    /// Ids of questions and options that were others in older versions, in the order of the changes.
    pub renames: Vec<Rename>,
    /// Other names of places, by the id of the place.
    pub also: Vec<OtherNames>,
    /// Example matters: name and text.
    pub examples: Vec<(String, String)>,
    pub example_names: Vec<ExampleName>,
    /// Standard deviation of what one target adds to a hurdle's base (partial pooling).
    pub target_spread: f64,
    /// How much a decided case counts in the fit: its likelihood is raised to this power (above 0, up
    /// to 1), because the cases are those that were reported, coded from parts of the rulings.
    pub case_weight: f64,
    /// Weights fitted on the decided cases, where the pack carries them.
    pub fitted: Option<Weights>,
    /// Figures of the walk-forward test, where the pack carries them for these cases.
    pub validation: Option<Validation>,
}

impl Pack {
    pub fn example_name(&self, id: &str) -> Option<&ExampleName> {
        self.example_names.iter().find(|name| name.id == id)
    }

    pub fn question_index(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id == id)
    }

    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    pub fn case(&self, id: &str) -> Option<&Case> {
        self.cases.iter().find(|case| case.id == id)
    }

    /// The name of a target or place; the id itself where it is neither.
    pub fn place_name<'p>(&'p self, id: &'p str, lang: Lang) -> &'p str {
        let profile = self.profile(id).map(|profile| profile.name.get(lang));
        let place = || self.places.iter().find(|place| place.id == id).map(|place| place.name.get(lang));
        profile.or_else(place).unwrap_or(id)
    }

    /// The currency of an amount that is typed without one: that in which the court counts, where the
    /// question asks for a sum of the judgment, and none elsewhere.
    pub(crate) fn assumed_currency(&self, question: &Question) -> Option<&str> {
        let roles = &self.roles;
        let sums = [roles.amount, roles.interest, roles.late_interest, roles.paid];
        let asked = |at: &usize| self.questions.get(*at).is_some_and(|other| other.id == question.id);
        let sum = sums.iter().flatten().any(asked);
        Some(self.rates.sum_currency.as_str()).filter(|currency| sum && !currency.is_empty())
    }

    pub(crate) fn other_names(&self, id: &str) -> &[String] {
        self.also.iter().find(|also| also.place == id).map_or(&[], |also| &also.names)
    }

    /// What courts did with judgments of a state, by its id or by that of a part of it (`us-ca`).
    pub(crate) fn record_of(&self, state: &str) -> Option<&Inbound> {
        let country = state.split('-').next().unwrap_or_default();
        self.inbound.iter().find(|record| record.state_id == state || record.state_id == country)
    }

    pub(crate) fn treaties_with<'p>(&'p self, state: &'p str) -> impl Iterator<Item = &'p Treaty> {
        self.treaties.iter().filter(move |treaty| treaty.state_id == state)
    }

    /// The name of a part of the world; the id itself where the pack has none such.
    pub(crate) fn region_name<'p>(&'p self, id: &'p str, lang: Lang) -> &'p str {
        self.regions.iter().find(|region| region.id == id).map_or(id, |region| region.name.get(lang))
    }

    /// The likelihood word for a probability: the first band that reaches it.
    ///
    /// Bands are in whole percent, as printed: 0.4049 prints as 40 % and takes the word for 40.
    pub fn word(&self, probability: f64) -> &LikelihoodWord {
        let percent = (probability * 100.0).round();
        self.words.iter().find(|word| percent <= f64::from(word.up_to)).unwrap_or(&self.words[self.words.len() - 1])
    }

    /// Decided cases in a target that count towards rates (see [`Case::counts`]).
    pub fn counted_in<'p>(&'p self, target: &'p str) -> impl Iterator<Item = &'p Case> {
        self.cases.iter().filter(move |case| {
            case.counts().is_ok()
                && case::target_of(self, &case.jurisdiction).is_some_and(|profile| profile.id == target)
        })
    }
}
