//! How hurdles combine into an outlook: the product of their chances of clearance, averaged over the answers that they
//! share.
//!
//! The tables of all hurdles are joined by variable elimination, one axis summed out after the other; a reverse pass
//! gives the derivatives.

use super::table::{Axis, Table};
use super::{MAX_CELLS, ones};

/// Mean over the completions by their shares, and the least and greatest of them. All within 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// Average by the shares of the completions.
    pub mean: f64,
    /// Of the worst completion.
    pub least: f64,
    /// Of the best completion.
    pub most: f64,
}

impl Moments {
    pub(super) const fn certain(value: f64) -> Self {
        Moments { mean: value, least: value, most: value }
    }

    /// An average to which nothing was added yet.
    pub(super) const EMPTY: Moments = Moments { mean: 0.0, least: f64::INFINITY, most: 0.0 };

    /// The product of two figures that have no unknown answer in common.
    fn times(self, other: Moments) -> Self {
        Moments { mean: self.mean * other.mean, least: self.least * other.least, most: self.most * other.most }
    }

    /// Adds figures that hold with a share.
    pub(super) fn add(&mut self, share: f64, other: Moments) {
        self.mean += share * other.mean;
        self.least = self.least.min(other.least);
        self.most = self.most.max(other.most);
    }
}

/// Figures over some axes; the first axis runs fastest.
#[derive(Clone, Debug)]
struct Factor {
    axes: u64,
    cells: Vec<Moments>,
    /// Of a product: the axis that was summed out of it and the factors that went in.
    from: Option<(usize, Vec<usize>)>,
}

/// The tables of all hurdles, joined.
#[derive(Clone, Debug)]
pub(super) struct Joint {
    /// The tables, then each product in the order in which it was made.
    factors: Vec<Factor>,
    /// Factors without an axis: their product is the result.
    constants: Vec<usize>,
    tables: usize,
}

impl Joint {
    /// Joins tables; `None` where a product would have more than [`MAX_CELLS`] cells.
    pub(super) fn new(tables: &[Table], axes: &[Axis]) -> Option<Self> {
        let mut factors = Vec::with_capacity(tables.len() + axes.len());
        for table in tables {
            if size(table.axes, axes) > MAX_CELLS {
                return None;
            }
            let cells = table.cells_of_axes().into_iter().map(|cell| table.cells[cell]).collect();
            factors.push(Factor { axes: table.axes, cells, from: None });
        }
        let mut live: Vec<usize> = (0..factors.len()).collect();
        let mut left: u64 = (0..axes.len()).fold(0, |mask, axis| mask | 1 << axis);
        while left != 0 {
            let beside = |axis: usize| {
                let with = live.iter().map(|factor| factors[*factor].axes).filter(|own| own >> axis & 1 == 1);
                with.fold(0, |all, own| all | own) & !(1 << axis)
            };
            // The axis whose product is smallest goes first.
            let axis = ones(left).min_by_key(|axis| size(beside(*axis), axes))?;
            let rest = beside(axis);
            if size(rest, axes) > MAX_CELLS {
                return None;
            }
            left &= !(1 << axis);
            let (from, others): (Vec<usize>, Vec<usize>) =
                live.iter().partition(|factor| factors[**factor].axes >> axis & 1 == 1);
            let mut cells = vec![Moments::EMPTY; size(rest, axes)];
            each_cell(axis, rest, &from, &factors, axes, |cell, share, at| {
                let product = from.iter().zip(at).fold(Moments::certain(1.0), |product, (factor, cell)| {
                    product.times(factors[*factor].cells[*cell])
                });
                cells[cell].add(share, product);
            });
            live = others;
            live.push(factors.len());
            factors.push(Factor { axes: rest, cells, from: Some((axis, from)) });
        }
        Some(Joint { factors, constants: live, tables: tables.len() })
    }

    /// The product of all tables, averaged over all axes.
    pub(super) fn moments(&self) -> Moments {
        self.constants
            .iter()
            .fold(Moments::certain(1.0), |product, factor| product.times(self.factors[*factor].cells[0]))
    }

    /// For each table, the derivative of the mean by each of its cells over the classes of its axes.
    pub(super) fn gradient(&self, axes: &[Axis]) -> Vec<Vec<f64>> {
        let mut slopes: Vec<Vec<f64>> = self.factors.iter().map(|factor| vec![0.0; factor.cells.len()]).collect();
        for factor in &self.constants {
            let others = self.constants.iter().filter(|other| *other != factor);
            slopes[*factor][0] = others.map(|other| self.factors[*other].cells[0].mean).product();
        }
        for index in (self.tables..self.factors.len()).rev() {
            let product = &self.factors[index];
            let Some((axis, from)) = &product.from else { continue };
            let own = std::mem::take(&mut slopes[index]);
            let mean = |(factor, cell): (&usize, &usize)| self.factors[*factor].cells[*cell].mean;
            each_cell(*axis, product.axes, from, &self.factors, axes, |cell, share, at| {
                for (index, factor) in from.iter().enumerate() {
                    // The product of the others, so that nothing is divided by a chance of zero.
                    let others = from.iter().zip(at).enumerate().filter(|(other, _)| *other != index);
                    let others: f64 = others.map(|(_, pair)| mean(pair)).product();
                    slopes[*factor][at[index]] += share * own[cell] * others;
                }
            });
        }
        slopes.truncate(self.tables);
        slopes
    }
}

/// How many cells a table over some axes has.
fn size(mask: u64, axes: &[Axis]) -> usize {
    ones(mask).fold(1_usize, |size, axis| size.saturating_mul(axes[axis].classes.len()))
}

/// For each cell over the axes `rest` and each class of the axis `out`: calls `visit` with the cell, the share of the
/// class, and the cell of each factor.
fn each_cell(
    out: usize,
    rest: u64,
    from: &[usize],
    factors: &[Factor],
    axes: &[Axis],
    mut visit: impl FnMut(usize, f64, &[usize]),
) {
    // How far a step along an axis moves in each factor.
    let strides = |axis: usize| -> Vec<usize> {
        let stride = |factor: &usize| {
            let own = factors[*factor].axes;
            if own >> axis & 1 == 1 { size(own & ((1 << axis) - 1), axes) } else { 0 }
        };
        from.iter().map(stride).collect()
    };
    let inner = strides(out);
    let outer: Vec<(usize, Vec<usize>)> = ones(rest).map(|axis| (axes[axis].classes.len(), strides(axis))).collect();
    let mut digits = vec![0; outer.len()];
    let (mut first, mut at) = (vec![0; from.len()], vec![0; from.len()]);
    for cell in 0..size(rest, axes) {
        at.copy_from_slice(&first);
        for (_, share) in &axes[out].classes {
            visit(cell, *share, &at);
            at.iter_mut().zip(&inner).for_each(|(at, stride)| *at += stride);
        }
        // The next cell, counted like the digits of a number.
        for (digit, (length, strides)) in digits.iter_mut().zip(&outer) {
            *digit += 1;
            first.iter_mut().zip(strides).for_each(|(first, stride)| *first += stride);
            if *digit < *length {
                break;
            }
            first.iter_mut().zip(strides).for_each(|(first, stride)| *first -= stride * length);
            *digit = 0;
        }
    }
}
