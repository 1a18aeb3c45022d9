//! A pack: everything that a lawyer may want to correct, as values.
//!
//! Questions, hurdles with their rules, confidence hurdles, actions, jurisdiction profiles, decided
//! cases and treaties. [`load`] turns the texts of a pack's files into a [`Pack`] and the list of all
//! faults found.
//!
//! Must not: open files, or know what a pack is about. The texts come from the caller (the binary
//! carries some packs, `--pack` reads another).

pub mod advice;
pub mod baked;
pub mod case;
mod check;
pub mod condition;
mod definitions;
pub mod hurdle;
mod load;
pub mod profile;
pub mod question;
pub mod read;
pub mod renames;

use crate::lang::{Lang, Localized};

use crate::scoring::validation::Validation;
use crate::scoring::weights::Weights;

pub use advice::{Action, ActionKind, ConfidenceHurdle, ConfidenceRule, Contradiction, Measure};
pub use case::{Case, CaseColumns, CaseFacts, CaseKind, Inbound, Outcome, Treaty};
pub use condition::{Expr, Subject};
pub use hurdle::{Cure, Gate, Hurdle, Rule, Support};
pub use load::{File, Loaded, check_all, load, read_cases};
pub use profile::{Profile, Provenance, SourceStatus};
pub use question::{Choice, Kind, Question, Section};
pub use renames::Rename;

/// A whole pack.
#[derive(Clone, Debug)]
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
    /// The hurdles of creditor confidence.
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
    /// Planning rates of exchange.
    pub rates: Rates,
    /// Periods that run where the judgment was given, in years from the effective date.
    pub home_deadlines: Vec<HomeDeadline>,
    /// Published thresholds of funders.
    pub funders: Vec<Funder>,
    /// Targets.
    pub profiles: Vec<Profile>,
    /// Decided cases, in the order of the files.
    pub cases: Vec<Case>,
    /// How facts of cases answer questions.
    pub case_facts: CaseFacts,
    /// Treaties.
    pub treaties: Vec<Treaty>,
    /// What courts did with judgments of each state (see `Matter::state_of`).
    pub inbound: Vec<Inbound>,
    /// Ids of questions and options that were others in older versions, in the order of the changes.
    pub renames: Vec<Rename>,
    /// Other names of places, by the id of the place.
    pub also: Vec<OtherNames>,
    /// Example matters: name and text.
    pub examples: Vec<(String, String)>,
    /// What the examples are called.
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

/// What an example is called.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleName {
    /// Its file, without folder and ending.
    pub id: String,
    /// A short name for lists.
    pub name: Localized,
    /// The title of the matter.
    pub title: Localized,
}

impl Pack {
    /// What an example is called, where the pack says it.
    pub fn example_name(&self, id: &str) -> Option<&ExampleName> {
        self.example_names.iter().find(|name| name.id == id)
    }

    /// The index of a question.
    pub fn question_index(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id == id)
    }

    /// A question by id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// A target by id.
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// A decided case by id.
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
    pub fn assumed_currency(&self, question: &Question) -> Option<&str> {
        let roles = &self.roles;
        let sums = [roles.amount, roles.interest, roles.late_interest, roles.paid];
        let asked = |at: &usize| self.questions.get(*at).is_some_and(|other| other.id == question.id);
        let sum = sums.iter().flatten().any(asked);
        Some(self.rates.sum_currency.as_str()).filter(|currency| sum && !currency.is_empty())
    }

    /// Other names by which a place is found, e.g. of its cities.
    pub fn other_names(&self, id: &str) -> &[String] {
        self.also.iter().find(|also| also.place == id).map_or(&[], |also| &also.names)
    }

    /// What courts did with judgments of a state, by its id or by that of a part of it (`us-ca`).
    pub fn record_of(&self, state: &str) -> Option<&Inbound> {
        let country = state.split('-').next().unwrap_or_default();
        self.inbound.iter().find(|record| record.state_id == state || record.state_id == country)
    }

    /// The treaties with a state.
    pub fn treaties_with<'p>(&'p self, state: &'p str) -> impl Iterator<Item = &'p Treaty> {
        self.treaties.iter().filter(move |treaty| treaty.state_id == state)
    }

    /// The name of a part of the world; the id itself where the pack has none such.
    pub fn region_name<'p>(&'p self, id: &'p str, lang: Lang) -> &'p str {
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

/// A fact that the program works out for each target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// Whether the target's limitation period is open, nearly over, or over.
    Limitation,
    /// The debtor's strongest tie to the target.
    Link,
    /// Whether there are assets in the target.
    AssetsHere,
}

impl Fact {
    /// Every fact.
    pub const ALL: [Fact; 3] = [Fact::Limitation, Fact::Link, Fact::AssetsHere];

    /// The name used in conditions.
    pub const fn id(self) -> &'static str {
        match self {
            Fact::Limitation => "fact.limitation",
            Fact::Link => "fact.link",
            Fact::AssetsHere => "fact.assets_here",
        }
    }

    /// The words that the fact may take, in the order of mask bits.
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Fact::Limitation => &["open", "soon", "expired"],
            Fact::Link => &["lives", "property", "business", "none"],
            Fact::AssetsHere => &["yes", "no"],
        }
    }
}

/// What a pack calls its subject where the program speaks of it.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// Title of a report.
    pub report: Localized,
    /// The question at the head of the home screen.
    pub home: Localized,
    /// What the decided cases are about.
    pub cases: Localized,
    /// The court that gave the judgment.
    pub origin_court: Localized,
    /// Whose judgments the record of a target counts.
    pub record_there: Localized,
    /// Whose judgments the record of a state counts.
    pub record_back: Localized,
}

/// A place that is not a target.
#[derive(Clone, Debug)]
pub struct Place {
    /// Stable id.
    pub id: String,
    /// Its name.
    pub name: Localized,
}

/// A likelihood word and the band in whole percent that it names.
#[derive(Clone, Debug)]
pub struct LikelihoodWord {
    /// Highest whole percent of the band, inclusive.
    pub up_to: u8,
    /// The word.
    pub name: Localized,
    /// The band as a sentence.
    pub meaning: Localized,
}

/// The list of assets: columns and how each option counts.
#[derive(Clone, Debug, Default)]
pub struct AssetForm {
    /// Columns in the order of the form.
    pub columns: Vec<AssetColumn>,
}

impl AssetForm {
    /// A column by id.
    pub fn column(&self, id: &str) -> Option<&AssetColumn> {
        self.columns.iter().find(|column| column.id == id)
    }

    /// The share of an asset's value that counts for an option, 0 to 1. An option that the pack does
    /// not have counts in full, as an empty one does.
    pub fn factor(&self, column: &str, option: &str) -> f64 {
        self.column(column)
            .and_then(|column| column.options.iter().find(|candidate| candidate.id == option))
            .map_or(1.0, |option| option.factor)
    }
}

/// A column of the list of assets.
#[derive(Clone, Debug)]
pub struct AssetColumn {
    /// `where`, `class`, `value`, `certainty`, `held`, `charges` or `moves`.
    pub id: String,
    /// `place`, `choice` or `money`.
    pub kind: Kind,
    /// Its heading.
    pub label: Localized,
    /// What to enter.
    pub help: Localized,
    /// The options of a choice.
    pub options: Vec<AssetOption>,
}

/// An option of a column.
#[derive(Clone, Debug)]
pub struct AssetOption {
    /// Stable id.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The share of the value that counts, 0 to 1.
    pub factor: f64,
    /// Why.
    pub reason: Localized,
}

/// Which question plays which part where the program works with more than listed options. Each is
/// the index of a question, where the pack has one.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// Date of the judgment.
    pub judgment_date: Option<usize>,
    /// Date on which it took effect.
    pub effective_date: Option<usize>,
    /// Sum awarded.
    pub amount: Option<usize>,
    /// Interest accrued.
    pub interest: Option<usize>,
    /// Interest for late performance, which not every target enforces.
    pub late_interest: Option<usize>,
    /// What was paid already.
    pub paid: Option<usize>,
    /// Where the debtor lives or is registered.
    pub debtor_place: Option<usize>,
    /// The list of assets.
    pub assets: Option<usize>,
    /// Targets considered.
    pub targets: Option<usize>,
    /// The debtor's ties to the first choice.
    pub debtor_link: Option<usize>,
    /// What was tried to enforce at home.
    pub home_enforcement: Option<usize>,
    /// Most that will be spent before the first recovery.
    pub budget: Option<usize>,
    /// Months that the creditor can wait.
    pub horizon: Option<usize>,
    /// Least net recovery that makes it worthwhile.
    pub worth: Option<usize>,
    /// Lowest acceptable settlement.
    pub settlement: Option<usize>,
    /// Documents in hand.
    pub documents: Option<usize>,
    /// Whether the judgment is final.
    pub finality: Option<usize>,
    /// The sum up to which the other side's costs can be borne.
    pub adverse_sum: Option<usize>,
    /// The state whose court gave the judgment, where the pack is not about one state's judgments.
    pub origin: Option<usize>,
}

/// Other names by which a place is found, e.g. those of its cities.
#[derive(Clone, Debug)]
pub struct OtherNames {
    /// The id of the place.
    pub place: String,
    /// The names, in any language.
    pub names: Vec<String>,
}

/// Planning rates of exchange into one currency.
#[derive(Clone, Debug)]
pub struct Rates {
    /// The currency of every figure in a result.
    pub currency: String,
    /// The currency in which the court that gave the judgment counts: that of a sum of the judgment
    /// that is typed without one. Empty where there is no such currency.
    pub sum_currency: String,
    /// The day the rates are stated for.
    pub as_of: jiff::civil::Date,
    /// What they are: always says that they are a planning assumption.
    pub note: Localized,
    /// Units of the result currency for one unit of each currency.
    pub per_unit: Vec<(String, rust_decimal::Decimal)>,
}

/// A period that runs where the judgment was given.
#[derive(Clone, Debug)]
pub struct HomeDeadline {
    /// Stable id.
    pub id: String,
    /// What ends.
    pub name: Localized,
    /// Years from the effective date.
    pub years: i32,
    /// What interrupts it, and what it does not do.
    pub note: Localized,
    /// Where it comes from.
    pub support: Support,
    /// Why it is printed although it is no bar in a target.
    pub reason: Localized,
    /// The condition under which the period was interrupted.
    pub interrupted_if: Expr,
    /// What then interrupted it.
    pub interrupted: Localized,
}

/// A funder's published threshold.
#[derive(Clone, Debug)]
pub struct Funder {
    /// Stable id.
    pub id: String,
    /// What is asked.
    pub name: Localized,
    /// Least amount of the claim in the result currency, where one is named.
    pub least_claim: Option<f64>,
    /// Least recoverable value as a multiple of costs, where one is named.
    pub least_ratio: Option<f64>,
    /// Address of the page.
    pub source: String,
    /// What the source says of its date.
    pub dated: Localized,
}
