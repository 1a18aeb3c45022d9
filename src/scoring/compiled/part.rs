//! Hurdles that share open answers, joined exactly: one shared answer after another is summed out
//! (and, for the range, minimised and maximised), which gives the same as going through all of their
//! combinations and costs far less.
//!
//! Must not: approximate. Where a table on the way would have more than [`MAX_COMPLETIONS`] cells,
//! there is no part, and the caller samples.

use super::table::{Table, shares};
use crate::scoring::model::Model;
use crate::scoring::outlook::MAX_COMPLETIONS;

/// The joint figures of some hurdles.
#[derive(Debug)]
pub(super) struct Part {
    /// Expected, lowest and highest product of their chances to survive.
    pub(super) expected: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// For each hurdle, derivatives of the expected product; empty where they were not asked for.
    pub(super) slopes: Vec<Slopes>,
}

/// Derivatives by the base of a hurdle and by the weight of each open rule.
#[derive(Debug)]
pub(super) struct Slopes {
    pub(super) by_base: f64,
    pub(super) by_rule: Vec<f64>,
}

/// Numbers for each combination of classes of some variables; the first one moves fastest.
struct Grid {
    /// Places of the variables in [`Axes`], ascending.
    axes: Vec<usize>,
    expected: Vec<f64>,
    low: Vec<f64>,
    high: Vec<f64>,
}

/// A shared variable: the share of each class, and for each table that reads it, the class there.
struct Axis {
    shares: Vec<f64>,
    /// For each class, one value of it.
    values: Vec<u64>,
}

impl Part {
    pub(super) fn new(tables: &[&Table], model: &Model, states: &[u64], slopes: bool) -> Option<Self> {
        let mut variables: Vec<usize> = tables.iter().flat_map(|table| table.outer.iter().copied()).collect();
        variables.sort_unstable();
        variables.dedup();
        let axes: Vec<Axis> = variables.iter().map(|variable| axis(*variable, tables, model, states)).collect();
        // The cell of its table that each cell of a grid stands for.
        let mut cells: Vec<Vec<u32>> = Vec::new();
        let mut grids: Vec<Grid> = Vec::new();
        for table in tables {
            let (grid, from) = widen(table, &variables, &axes)?;
            grids.push(grid);
            cells.push(from);
        }
        let mut live: Vec<usize> = (0..grids.len()).collect();
        let mut steps: Vec<Step> = Vec::new();
        let mut left: Vec<usize> = (0..axes.len()).collect();
        while let Some(next) = cheapest(&left, &live, &grids, &axes) {
            let place = left.remove(next);
            let (with, without): (Vec<usize>, Vec<usize>) =
                live.iter().partition(|grid| grids[**grid].axes.contains(&place));
            let step = Step::new(place, with, &grids, &axes)?;
            grids.push(step.sum_out(&grids, &axes));
            live = without;
            live.push(grids.len() - 1);
            steps.push(step);
        }
        let mut part = Part { expected: 1.0, low: 1.0, high: 1.0, slopes: Vec::new() };
        for grid in live.iter().map(|grid| &grids[*grid]) {
            part.expected *= grid.expected[0];
            part.low *= grid.low[0];
            part.high *= grid.high[0];
        }
        if slopes {
            part.slopes = back(tables, &cells, &grids, &live, &steps, &axes, part.expected);
        }
        Some(part)
    }

    /// How many numbers it holds.
    pub(super) fn numbers(&self) -> usize {
        16 + self.slopes.iter().map(|slopes| slopes.by_rule.len() + 2).sum::<usize>()
    }
}

/// The values of a shared variable that no table tells apart, taken together.
fn axis(variable: usize, tables: &[&Table], model: &Model, states: &[u64]) -> Axis {
    let mut classes = vec![states[variable]];
    for table in tables {
        let Some(at) = table.outer.iter().position(|other| *other == variable) else { continue };
        let split = |class: u64| table.classes[at].iter().map(move |mask| class & mask).filter(|class| *class != 0);
        classes = classes.into_iter().flat_map(split).collect();
    }
    let (values, shares) = shares(model, variable, classes.into_iter()).into_iter().unzip();
    Axis { shares, values }
}

/// A table over the joint classes of its variables, and for each cell the cell of the table.
fn widen(table: &Table, variables: &[usize], axes: &[Axis]) -> Option<(Grid, Vec<u32>)> {
    let mut own: Vec<usize> = table.outer.iter().filter_map(|v| variables.binary_search(v).ok()).collect();
    own.sort_unstable();
    let size = size_of(&own, axes)?;
    // For each axis and class, how far it moves in the table.
    let mut moves: Vec<Vec<usize>> = Vec::new();
    for axis in &own {
        let at = table.outer.iter().position(|variable| *variable == variables[*axis])?;
        let stride: usize = table.classes[..at].iter().map(Vec::len).product();
        let class = |value: &u64| table.classes[at].iter().position(|mask| mask & value != 0);
        moves.push(axes[*axis].values.iter().map(|value| Some(class(value)? * stride)).collect::<Option<Vec<_>>>()?);
    }
    let mut from = Vec::with_capacity(size);
    let mut digits = vec![0_usize; own.len()];
    for _ in 0..size {
        let cell: usize = moves.iter().zip(&digits).map(|(moves, digit)| moves[*digit]).sum();
        from.push(u32::try_from(cell).ok()?);
        step(&mut digits, |n| axes[own[n]].shares.len());
    }
    let take = |list: &[f64]| from.iter().map(|cell| list[*cell as usize]).collect::<Vec<f64>>();
    let grid = Grid { axes: own, expected: take(&table.expected), low: take(&table.low), high: take(&table.high) };
    Some((grid, from))
}

/// Combinations of classes of some axes; `None` above the bound.
fn size_of(own: &[usize], axes: &[Axis]) -> Option<usize> {
    own.iter().try_fold(1_usize, |size, axis| {
        size.checked_mul(axes[*axis].shares.len()).filter(|size| *size <= MAX_COMPLETIONS)
    })
}

/// Which of the axes that are left (by place in `left`) gives the smallest grid when it is summed out.
fn cheapest(left: &[usize], live: &[usize], grids: &[Grid], axes: &[Axis]) -> Option<usize> {
    let cost = |axis: usize| {
        let mut together: Vec<usize> = live
            .iter()
            .map(|grid| &grids[*grid].axes)
            .filter(|axes| axes.contains(&axis))
            .flat_map(|axes| axes.iter().copied())
            .collect();
        together.sort_unstable();
        together.dedup();
        together.iter().fold(1_usize, |size, axis| size.saturating_mul(axes[*axis].shares.len()))
    };
    (0..left.len()).min_by_key(|at| cost(left[*at]))
}

/// An axis to sum out of some grids.
struct Step {
    axis: usize,
    /// The grids that have it.
    from: Vec<usize>,
    /// Axes of what comes out.
    rest: Vec<usize>,
    /// For each grid: how far a step along each axis of `rest` moves in it, and along the one summed.
    strides: Vec<(Vec<usize>, usize)>,
    size: usize,
}

impl Step {
    fn new(place: usize, from: Vec<usize>, grids: &[Grid], axes: &[Axis]) -> Option<Self> {
        let mut rest: Vec<usize> =
            from.iter().flat_map(|grid| grids[*grid].axes.iter().copied()).filter(|other| *other != place).collect();
        rest.sort_unstable();
        rest.dedup();
        let size = size_of(&rest, axes)?;
        let strides = from
            .iter()
            .map(|grid| {
                let of = |wanted: usize| {
                    let own = &grids[*grid].axes;
                    own.iter()
                        .position(|axis| *axis == wanted)
                        .map_or(0, |at| own[..at].iter().map(|axis| axes[*axis].shares.len()).product())
                };
                (rest.iter().map(|axis| of(*axis)).collect(), of(place))
            })
            .collect();
        Some(Step { axis: place, from, rest, strides, size })
    }

    /// Calls `visit` with each cell of what comes out and where its row begins in each grid.
    fn rows(&self, axes: &[Axis], mut visit: impl FnMut(usize, &[usize])) {
        let mut digits = vec![0_usize; self.rest.len()];
        let mut starts = vec![0_usize; self.from.len()];
        for cell in 0..self.size {
            visit(cell, &starts);
            for (n, digit) in digits.iter_mut().enumerate() {
                *digit += 1;
                let end = *digit == axes[self.rest[n]].shares.len();
                for (start, (strides, _)) in starts.iter_mut().zip(&self.strides) {
                    *start += strides[n];
                    if end {
                        *start -= strides[n] * *digit;
                    }
                }
                if !end {
                    break;
                }
                *digit = 0;
            }
        }
    }

    fn sum_out(&self, grids: &[Grid], axes: &[Axis]) -> Grid {
        let shares = &axes[self.axis].shares;
        let mut out = Grid {
            axes: self.rest.clone(),
            expected: vec![0.0; self.size],
            low: vec![f64::INFINITY; self.size],
            high: vec![0.0; self.size],
        };
        self.rows(axes, |cell, starts| {
            for (class, share) in shares.iter().enumerate() {
                let (mut expected, mut low, mut high) = (*share, 1.0, 1.0);
                for ((grid, start), (_, stride)) in self.from.iter().zip(starts).zip(&self.strides) {
                    let (grid, at) = (&grids[*grid], start + class * stride);
                    expected *= grid.expected[at];
                    low *= grid.low[at];
                    high *= grid.high[at];
                }
                out.expected[cell] += expected;
                out.low[cell] = out.low[cell].min(low);
                out.high[cell] = out.high[cell].max(high);
            }
        });
        out
    }

    /// Carries derivatives by what came out back to the grids that went in.
    fn back(&self, made: usize, grids: &[Grid], axes: &[Axis], slopes: &mut [Vec<f64>]) {
        let shares = &axes[self.axis].shares;
        let out = std::mem::take(&mut slopes[made]);
        self.rows(axes, |cell, starts| {
            for (class, share) in shares.iter().enumerate() {
                let places = || self.from.iter().zip(starts).zip(&self.strides);
                let product = places().fold(share * out[cell], |product, ((grid, start), (_, stride))| {
                    product * grids[*grid].expected[start + class * stride]
                });
                for ((grid, start), (_, stride)) in places() {
                    let at = start + class * stride;
                    // No chance to survive is ever zero, so division is safe.
                    slopes[*grid][at] += product / grids[*grid].expected[at];
                }
            }
        });
    }
}

/// Derivatives of the expected product by each hurdle's parameters: first by each cell, then through
/// the cell's own slopes.
fn back(
    tables: &[&Table],
    cells: &[Vec<u32>],
    grids: &[Grid],
    live: &[usize],
    steps: &[Step],
    axes: &[Axis],
    expected: f64,
) -> Vec<Slopes> {
    let mut slopes: Vec<Vec<f64>> = grids.iter().map(|grid| vec![0.0; grid.expected.len()]).collect();
    for grid in live {
        slopes[*grid][0] = expected / grids[*grid].expected[0];
    }
    for (n, step) in steps.iter().enumerate().rev() {
        step.back(tables.len() + n, grids, axes, &mut slopes);
    }
    tables
        .iter()
        .zip(cells)
        .zip(&slopes)
        .map(|((table, cells), slopes)| {
            let mut out = Slopes { by_base: 0.0, by_rule: vec![0.0; table.rules] };
            for (cell, slope) in cells.iter().zip(slopes) {
                let cell = *cell as usize;
                out.by_base -= slope * table.slope[cell];
                let own = &table.slopes[cell * table.rules..(cell + 1) * table.rules];
                for (sum, own) in out.by_rule.iter_mut().zip(own) {
                    *sum -= slope * own;
                }
            }
            out
        })
        .collect()
}

/// Moves a mixed-radix counter on by one.
fn step(digits: &mut [usize], radix: impl Fn(usize) -> usize) {
    for (n, digit) in digits.iter_mut().enumerate() {
        *digit += 1;
        if *digit < radix(n) {
            return;
        }
        *digit = 0;
    }
}
