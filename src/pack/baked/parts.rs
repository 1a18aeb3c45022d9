//! The parts of a pack that are their fields one after the other, and the words that stand as their place
//! in a list.
//!
//! Must not: change the order of what is there. It is the compact form.

use super::super::advice::{Action, ActionKind, ConfidenceHurdle, ConfidenceRule, Contradiction, Measure};
use super::super::case::{Case, CaseKind, Outcome};
use super::super::case_facts::{CaseFacts, FactMap};
use super::super::hurdle::{Cure, Gate, Hurdle, Rule, Weight};
use super::super::profile::{
    Basis, Interest, Law, Limitation, Mediation, Procedure, Profile, ProfileGround, Provenance, Range2, Record,
    Service, SourceStatus,
};
use super::super::question::{Choice, Kind, Question, Section};
use super::super::renames::Rename;
use super::super::treaty::{Inbound, Treaty};
use super::super::{
    AssetColumn, AssetForm, AssetOption, CaseColumns, ExampleName, Fact, Funder, HomeDeadline, LikelihoodWord,
    OtherNames, Pack, Place, Rates, Roles, Wording,
};
use super::{Bread, Oven, Shelf};
use crate::scoring::validation::{Bin, Score, Validation};
use crate::scoring::weights::{HurdleWeights, Weights};

fields! {
    Pack { id, version, cases_sha256, title, provenance, sha256, sections, questions, hurdles, contest, confidence, actions, contradictions, assets, places, words, roles, rates, home_deadlines, funders, profiles, cases, case_facts, treaties, inbound, examples, target_spread, case_weight, fitted, validation, is_default, wording, case_columns, regions, example_names, renames, also }
    ExampleName { id, name, title }
    OtherNames { place, names }
    Rename { since, option_of, from, to }
    Wording { report, home, cases, origin_court, record_there, record_back }
    CaseColumns { facts, origin_court, others }
    Place { id, name }
    LikelihoodWord { up_to, name, meaning }
    AssetForm { columns }
    AssetColumn { id, kind, label, help, options }
    AssetOption { id, label, factor, reason }
    Roles { judgment_date, effective_date, amount, interest, late_interest, paid, debtor_place, assets, targets, debtor_link, home_enforcement, budget, horizon, worth, settlement, documents, finality, adverse_sum, origin }
    Rates { currency, sum_currency, as_of, note, per_unit }
    HomeDeadline { id, name, years, note, support, reason, interrupted_if, interrupted }
    Funder { id, name, least_claim, least_ratio, source, dated }
    Provenance { status, sources }
    Profile { id, name, sort_zh, as_of, region, position, cases, matters, law }
    Law { notes, legal_family, basis, limitation, service, grounds, procedure, interest, mediation, time, cost, funding, record }
    Basis { kind, instrument, procedure, reciprocity, reciprocity_note, provenance }
    Limitation { years, runs_from, note, provenance }
    Service { standard, hague_party, postal_objection, announcement, note, provenance }
    ProfileGround { id, mandatory, law, how, seen, provenance }
    Procedure { discovery, cross_examination, summary_judgment, security_for_costs, loser_pays, freezing_order, asset_discovery, translation, documents, note, provenance }
    Interest { double_interest, currency, note, provenance }
    Mediation { status, note, provenance }
    Range2 { uncontested, contested, basis, provenance }
    Record { recognised, refused, counted_by, notes, provenance }
    Case { id, name, jurisdiction, court, citation, decided, decided_year, origin_court, outcome, is_final, kind, facts, defences, decisive, contested, amount, currency, duration_months, summary, lesson, note, confidence, status, sources, matter }
    CaseFacts { facts, grounds }
    FactMap { field, value, question, options }
    Treaty { state, state_id, signed, in_force, covers_judgments, scope, note, signed_status, in_force_status, status, sources }
    Inbound { state_id, state, basis, test, recognised, refused, first_recognised, counted_by, note, status, sources }
    ConfidenceHurdle { id, name, weight, reason, measure, start, raise, rules }
    ConfidenceRule { id, when, change, because }
    Action { id, name, how, when, set, add, cost, days, estimate, kind, who }
    Contradiction { id, when, says, questions }
    Hurdle { id, name, asks, base, support, reason, cure, objection, answer, rules, gates }
    Weight { mean, spread }
    Rule { id, when, sentence, weight, because, reason, support }
    Gate { id, when, because, reason, cure, support }
    Section { id, title, intro }
    Question { id, section, kind, ordered, show_if, ask, help, why, proof, record_only, elsewhere, unit, options, prior }
    Choice { id, label, note, exclusive, at_least, impossible_if }
    Weights { hurdles, fitted_on, cases, dates }
    HurdleWeights { means, targets, covariance, spreads, target_spread }
    Validation { cases, recognised, scores, calibration }
    Bin { from, to, n, predicted, observed }
    Score { brier, log_loss, auc }
}

words! {
    Fact { Limitation, Link, AssetsHere }
    SourceStatus { Read, PartlyMemory, Memory }
    Outcome { Recognised, Partly, Refused, Remitted, Withdrawn, Unknown }
    CaseKind { Judgment, MediationStatement, PreservationOrder, Other }
    Measure { BudgetOverCost, DocumentsInHand, HorizonOverMonths }
    ActionKind { Cure, Evidence, Decide }
    Cure { Curable, Mitigable, Fixed }
    Kind { Choice, Choices, Date, Money, Number, Place, Assets, Targets }
}
