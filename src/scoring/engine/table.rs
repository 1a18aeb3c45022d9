//! One hurdle over the unknown answers that it shares with others; its own are summed out.

use super::clauses::Test;
use super::hurdle::{Class, Completion, Hurdle, Level, Partial, Walk, classes};
use super::{MAX_CELLS, Moments, clearance, ones};
use crate::scoring::model::Model;

/// An unknown answer that several hurdles read.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) variable: usize,
    /// Values that no hurdle tells apart are one class: one of them, and the share of all.
    pub(super) classes: Vec<(usize, f64)>,
}

/// A hurdle over the axes that it reads.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// Its axes, as a mask over all.
    pub(super) axes: u64,
    /// For each of its axes and each class of the axis, the class of the hurdle, which may tell fewer apart; and how
    /// many the hurdle has.
    coarse: Vec<(Vec<usize>, usize)>,
    /// The chance of clearance in each cell. The first axis runs fastest.
    pub(super) cells: Vec<Moments>,
    /// The share of each cell.
    pub(super) shares: Vec<f64>,
    pub(super) completions: Vec<InCell>,
}

/// A completion of the answers that a hurdle reads alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct InCell {
    pub(super) cell: usize,
    /// The share is that within the cell.
    pub(super) completion: Completion,
    pub(super) clearance: f64,
}

impl Table {
    /// Sums a hurdle over what it alone reads; `None` where there is too much of it.
    pub(super) fn new(
        hurdle: &Hurdle,
        partial: &Partial,
        axes: &[Axis],
        model: &Model,
        domains: &[u64],
    ) -> Option<Self> {
        let odds = hurdle.odds(partial.holds);
        if partial.open == 0 {
            return Some(Table::settled(clearance(odds)));
        }
        let clauses = hurdle.rules.clauses.as_ref()?;
        let mut shared: Vec<(usize, &Test, Vec<Class>)> = Vec::new();
        let mut own = Vec::new();
        for test in clauses.undecided(partial.clauses, domains) {
            let prior = &model.variables[test.variable].prior;
            let classes = classes(prior, domains[test.variable], |value| test.falsifies[value] & partial.clauses);
            match axes.iter().position(|axis| axis.variable == test.variable) {
                Some(axis) => shared.push((axis, test, classes)),
                None => own.push(Level::new(classes)),
            }
        }
        shared.sort_by_key(|(axis, ..)| *axis);
        let mut out = Table { axes: 0, coarse: Vec::new(), cells: Vec::new(), shares: Vec::new(), completions: vec![] };
        let mut size = 1;
        for (axis, test, classes) in &shared {
            let class_of = |value: usize| {
                classes.iter().position(|class| class.2 == test.falsifies[value] & partial.clauses).unwrap_or_default()
            };
            out.axes |= 1 << axis;
            out.coarse.push((axes[*axis].classes.iter().map(|(value, _)| class_of(*value)).collect(), classes.len()));
            size *= classes.len();
            if size > MAX_CELLS {
                return None;
            }
        }
        let mut walk = Walk::new(clauses, partial.open, own, MAX_CELLS);
        for cell in 0..size {
            let (mut rest, mut left, mut share) = (cell, partial.clauses, 1.0);
            for (.., classes) in &shared {
                let (_, part, falsified) = classes[rest % classes.len()];
                rest /= classes.len();
                left &= !falsified;
                share *= part;
            }
            let mut moments = Moments::EMPTY;
            let whole = walk.visit(left, &mut |completion| {
                let clearance = clearance(hurdle.odds_with(odds, completion.holds));
                moments.add(completion.share, Moments::certain(clearance));
                out.completions.push(InCell { cell, completion, clearance });
            });
            if !whole {
                return None;
            }
            out.cells.push(moments);
            out.shares.push(share);
        }
        Some(out)
    }

    /// A hurdle of which nothing is open.
    fn settled(clearance: f64) -> Self {
        let completion = Completion { share: 1.0, holds: 0 };
        Table {
            axes: 0,
            coarse: Vec::new(),
            cells: vec![Moments::certain(clearance)],
            shares: vec![1.0],
            completions: vec![InCell { cell: 0, completion, clearance }],
        }
    }

    /// For each cell over the classes of the axes, the cell of this table.
    pub(super) fn cells_of_axes(&self) -> Vec<usize> {
        let mut out = vec![0];
        let mut stride = 1;
        for (coarse, length) in &self.coarse {
            out = coarse.iter().flat_map(|class| out.iter().map(move |cell| cell + class * stride)).collect();
            stride *= length;
        }
        out
    }
}

/// The axes of some open hurdles: the unknown answers that more than one of them reads.
pub(super) fn axes<'h>(
    open: impl Iterator<Item = (&'h Hurdle, &'h Partial)>,
    model: &Model,
    domains: &[u64],
) -> Option<Vec<Axis>> {
    let mut readers: Vec<Vec<(&Test, &Partial)>> = vec![Vec::new(); model.variables.len()];
    for (hurdle, partial) in open {
        for test in hurdle.rules.clauses.as_ref()?.undecided(partial.clauses, domains) {
            readers[test.variable].push((test, partial));
        }
    }
    let mut out = Vec::new();
    for (variable, readers) in readers.iter().enumerate().filter(|(_, readers)| readers.len() > 1) {
        let alike = |one: usize, other: usize| {
            readers.iter().all(|(test, partial)| (test.falsifies[one] ^ test.falsifies[other]) & partial.clauses == 0)
        };
        let prior = &model.variables[variable].prior;
        let mut classes: Vec<(usize, f64)> = Vec::new();
        for value in ones(domains[variable]) {
            match classes.iter_mut().find(|(known, _)| alike(*known, value)) {
                Some(class) => class.1 += prior[value],
                None => classes.push((value, prior[value])),
            }
        }
        let total: f64 = classes.iter().map(|class| class.1).sum();
        for class in &mut classes {
            class.1 /= total;
        }
        out.push(Axis { variable, classes });
    }
    (out.len() <= u64::BITS as usize).then_some(out)
}
