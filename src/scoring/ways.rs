//! The two ways to a figure: by the compiled rules, or by the readable ones where a hurdle is too large for them.
//!
//! Must not: compute. Whoever asks need not know which way was taken; both give the same.

use std::borrow::Cow;

use super::Engine;
use super::compiled::{Brief, Full, Given, Kept, Rules, Seat, Trial};
use super::model::{Model, States};
use crate::pack::Profile;
use crate::pack::weights::Weights;

impl Engine<'_> {
    /// What the compiled rules need to know.
    pub(super) fn rules(&self) -> Rules<'_> {
        Rules { pack: self.pack, model: &self.model, weights: &self.weights }
    }

    /// The legal hurdles as seen for given states, to ask what other answers would change.
    pub(super) fn seat(&self, states: &States, target: &Profile) -> Option<Seat> {
        self.kept.seat(self.rules(), 0..self.pack.hurdles.len(), states, target, true)
    }

    /// The same to be looked at once.
    pub(super) fn seat_once(&self, states: &States, target: &Profile) -> Option<Seat> {
        self.kept.seat(self.rules(), 0..self.pack.hurdles.len(), states, target, false)
    }

    /// The outlook and nothing else, for given states.
    pub(super) fn brief(&self, states: &States, target: &Profile) -> Brief {
        if let Some(expected) = self.kept.settled(self.rules(), 0..self.pack.hurdles.len(), states, target) {
            return Brief { expected, range: [expected; 2] };
        }
        let mut seat = self.seat_once(states, target);
        let brief = self.brief_of(seat.as_mut(), states, target, false);
        self.kept.leave(seat);
        brief
    }

    /// The outlook and nothing else, for the states of a seat; `deep` says that everything will be asked for next.
    pub(super) fn brief_of(&self, seat: Option<&mut Seat>, states: &States, target: &Profile, deep: bool) -> Brief {
        let found = seat.and_then(|seat| self.kept.brief(self.rules(), seat, states, deep));
        found.unwrap_or_else(|| self.readable(0..self.pack.hurdles.len(), states, target).0.into())
    }

    /// The outlook for states in which some variables differ from those of a seat.
    pub(super) fn what_if(&self, seat: Option<&Seat>, states: &States, changed: &[usize], target: &Profile) -> Brief {
        let found = seat.and_then(|seat| self.kept.what_if(self.rules(), seat, states, changed));
        found.unwrap_or_else(|| self.readable(0..self.pack.hurdles.len(), states, target).0.into())
    }

    /// What another value of a settled variable makes of the hurdles of a seat, not joined yet.
    pub(super) fn trial(&self, seat: &Seat, states: &States, variable: usize) -> Option<Trial> {
        self.kept.trial(self.rules(), seat, states, &[variable])
    }

    /// The factor by which the expected outlook changes with another value of a settled variable, where it can be
    /// read off; everything must have been asked for before.
    pub(super) fn swapped(&self, seat: &Seat, states: &States, variable: usize) -> Option<f64> {
        self.kept.swapped(self.rules(), seat, states, variable)
    }

    /// For each combination of answers to some open variables that makes a difference, its share and the outlook
    /// given it; `None` where that has to be worked out one by one.
    pub(super) fn given(&self, seat: Option<&Seat>, states: &States, variables: &[usize]) -> Option<Given> {
        self.kept.given(self.rules(), seat?, states, variables)
    }

    /// The outlook that a trial comes to.
    pub(super) fn outcome(&self, seat: &Seat, states: &States, trial: &Trial, target: &Profile) -> Brief {
        let found = self.kept.outcome(self.rules(), seat, states, trial);
        found.unwrap_or_else(|| self.readable(0..self.pack.hurdles.len(), states, target).0.into())
    }

    /// The outlook with everything that explains it, for the states of a seat.
    pub(super) fn full_of(&self, seat: Option<&mut Seat>, states: &States, target: &Profile, out: &mut Full) {
        if seat.and_then(|seat| self.kept.full(self.rules(), seat, states, out)).is_some() {
            return;
        }
        let (solved, factors) = self.readable(0..self.pack.hurdles.len(), states, target);
        let mask = |rules: &Vec<usize>| rules.iter().fold(0, |mask, n| mask | 1 << n);
        *out = Full {
            solved,
            holds: factors.settled.iter().map(mask).collect(),
            open: factors.open_rules.iter().map(mask).collect(),
            own: self.weights.hurdles.iter().map(|hurdle| hurdle.own(&target.id)).collect(),
        };
    }

    /// The expected outlook in a target for given states of the variables, by the compiled rules: the
    /// part of a result that benchmarks compare with the same rules written out by hand.
    pub fn outlook_of(&self, states: &States, target: &Profile) -> f64 {
        self.brief(states, target).expected
    }

    /// Puts other rules in place of those in force, and drops what was worked out of them.
    pub(super) fn use_model(&mut self, model: Model) {
        (self.model, self.kept) = (model, Kept::default());
    }

    /// Puts other weights in place of those in force, and drops what was worked out of them.
    pub(super) fn use_weights(&mut self, weights: Weights) {
        (self.weights, self.kept) = (Cow::Owned(weights), Kept::default());
    }

    /// The chance that the debtor fights.
    pub(super) fn contest(&self, states: &States, target: &Profile) -> f64 {
        let last = self.pack.hurdles.len();
        if let Some(expected) = self.kept.settled(self.rules(), last..last + 1, states, target) {
            return 1.0 - expected;
        }
        let mut seat = self.kept.seat(self.rules(), last..last + 1, states, target, false);
        let found = seat.as_mut().and_then(|seat| self.kept.brief(self.rules(), seat, states, false));
        self.kept.leave(seat);
        1.0 - found.unwrap_or_else(|| self.readable(last..last + 1, states, target).0.into()).expected
    }
}
