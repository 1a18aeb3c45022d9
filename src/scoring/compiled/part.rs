//! Many hurdles that share open answers, joined exactly: one shared answer after another is summed out
//! (and, for the range, minimised and maximised), which gives the same as going through all of their
//! combinations and costs far less.
//!
//! Must not: approximate. Where a table on the way would have more than [`MAX_COMPLETIONS`] cells,
//! there is no part, and the caller samples.

use smallvec::SmallVec;

use super::ones;
use super::patterns::Patterns;
use super::table::Table;
use crate::scoring::model::Model;
use crate::scoring::outlook::MAX_COMPLETIONS;

/// The joint figures of some hurdles.
#[derive(Debug)]
pub(super) struct Part {
    /// Expected, lowest and highest product of their chances to survive.
    pub(super) expected: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Derivatives of the expected product by the cells of the tables, one table after the other; empty
    /// where they were not asked for.
    pub(super) by_cell: Vec<f64>,
}

/// Room for the cells of all grids on the way, so that no grid asks for memory.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// Expected, lowest and highest product in each cell.
    values: Vec<[f64; 3]>,
    /// For the cells of the first grids, the cells of their tables.
    from: Vec<u32>,
}

/// Cells for each combination of classes of some axes; the first one moves fastest.
#[derive(Clone, Copy)]
struct Grid {
    /// The axes, as a mask of their places.
    axes: u64,
    /// Where its cells begin.
    at: usize,
    size: usize,
}

/// A shared variable and the classes of its values that some table tells apart.
struct Axis {
    variable: usize,
    shares: SmallVec<[f64; 16]>,
    /// For each class, its values.
    values: Values,
}

/// A few places or strides.
type Few = SmallVec<[usize; 8]>;

impl Part {
    pub(super) fn new(
        tables: &[&Table],
        model: &Model,
        states: &[u64],
        slopes: bool,
        cells: &mut Cells,
    ) -> Option<Self> {
        cells.values.clear();
        cells.from.clear();
        let patterns: SmallVec<[&Patterns; 16]> = tables.iter().map(|table| &*table.patterns).collect();
        let mut variables: SmallVec<[usize; 16]> =
            patterns.iter().flat_map(|patterns| patterns.outer.iter().copied()).collect();
        variables.sort_unstable();
        variables.dedup();
        if variables.len() > 64 {
            return None;
        }
        let axes: SmallVec<[Axis; 8]> =
            variables.iter().map(|variable| axis(*variable, &patterns, model, states)).collect();
        let mut grids: SmallVec<[Grid; 16]> = SmallVec::new();
        for table in tables {
            grids.push(widen(table, &axes, cells)?);
        }
        let mut live: SmallVec<[usize; 16]> = (0..grids.len()).collect();
        let mut steps: SmallVec<[Step; 8]> = SmallVec::new();
        let mut left = if axes.len() == 64 { u64::MAX } else { (1 << axes.len()) - 1 };
        while let Some(axis) = cheapest(left, &live, &grids, &axes) {
            left &= !(1 << axis);
            let with: Few = live.iter().copied().filter(|grid| grids[*grid].axes >> axis & 1 == 1).collect();
            live.retain(|grid| grids[*grid].axes >> axis & 1 == 0);
            let step = Step::new(axis, with, &grids, &axes)?;
            live.push(grids.len());
            grids.push(step.sum_out(&grids, &axes, &mut cells.values));
            steps.push(step);
        }
        let mut part = Part { expected: 1.0, low: 1.0, high: 1.0, by_cell: Vec::new() };
        for grid in &live {
            let [expected, low, high] = cells.values[grids[*grid].at];
            part.expected *= expected;
            part.low *= low;
            part.high *= high;
        }
        if slopes {
            let slopes = back(&grids, &live, &steps, &axes, cells, part.expected);
            for (table, grid) in tables.iter().zip(&grids) {
                let begin = part.by_cell.len();
                part.by_cell.resize(begin + table.cells().len(), 0.0);
                let of_grid = grid.at..grid.at + grid.size;
                for (slope, cell) in slopes[of_grid.clone()].iter().zip(&cells.from[of_grid]) {
                    part.by_cell[begin + *cell as usize] += slope;
                }
            }
        }
        Some(part)
    }

    /// How many numbers it holds.
    pub(super) fn numbers(&self) -> usize {
        16 + self.by_cell.len()
    }
}

/// Classes of values.
pub(super) type Values = SmallVec<[u64; 16]>;

/// The values of a shared variable that no table tells apart, taken together, with their shares.
fn axis(variable: usize, tables: &[&Patterns], model: &Model, states: &[u64]) -> Axis {
    let classes = tables.iter().filter_map(|patterns| {
        let at = patterns.outer.iter().position(|other| *other == variable)?;
        Some(patterns.classes[at].as_slice())
    });
    let mut values = Values::new();
    split(classes, states[variable], &mut values);
    let shares = shares(&model.variables[variable].prior, &values).collect();
    Axis { variable, shares, values }
}

/// The classes of values that are possible of which no list of classes tells two apart.
pub(super) fn split<'p>(lists: impl Iterator<Item = &'p [u64]>, possible: u64, out: &mut Values) {
    out.clear();
    out.push(possible);
    for classes in lists {
        if out.as_slice() == classes {
            continue;
        }
        let parts = |class: u64| classes.iter().map(move |mask| class & mask).filter(|class| *class != 0);
        *out = out.iter().copied().flat_map(parts).collect();
    }
}

/// The shares of classes of values, which add up to one.
pub(super) fn shares(prior: &[f64], values: &Values) -> impl Iterator<Item = f64> {
    let share = |class: &u64| ones(*class).map(|value| prior[value]).sum::<f64>();
    let total: f64 = values.iter().map(share).sum();
    values.iter().map(move |class| share(class) / total)
}

/// A table over the joint classes of its variables.
fn widen(table: &Table, axes: &[Axis], cells: &mut Cells) -> Option<Grid> {
    let mut grid = Grid { axes: 0, at: cells.values.len(), size: 1 };
    // For each axis and class, how far it moves in the table.
    let mut moves: SmallVec<[SmallVec<[usize; 8]>; 8]> = SmallVec::new();
    let mut stride = 1;
    let mut same = true;
    for (variable, classes) in table.patterns.outer.iter().zip(&table.patterns.classes) {
        let place = axes.iter().position(|axis| axis.variable == *variable)?;
        let values = &axes[place].values;
        grid.axes |= 1 << place;
        grid.size = grid.size.checked_mul(values.len()).filter(|size| *size <= MAX_COMPLETIONS)?;
        same &= values.as_slice() == classes.as_slice();
        let class = |value: &u64| classes.iter().position(|mask| mask & value != 0);
        moves.push(values.iter().map(|value| Some(class(value)? * stride)).collect::<Option<_>>()?);
        stride *= classes.len();
    }
    if same {
        cells.values.extend_from_slice(table.cells());
        cells.from.extend(0..u32::try_from(table.cells().len()).ok()?);
        return Some(grid);
    }
    let mut digits = Few::from_elem(0, moves.len());
    for _ in 0..grid.size {
        let cell: usize = moves.iter().zip(&digits).map(|(moves, digit)| moves[*digit]).sum();
        cells.values.push(table.cells()[cell]);
        cells.from.push(u32::try_from(cell).ok()?);
        step(&mut digits, |n| moves[n].len());
    }
    Some(grid)
}

/// Combinations of classes of some axes.
fn size_of(mask: u64, axes: &[Axis]) -> usize {
    ones(mask).fold(1_usize, |size, axis| size.saturating_mul(axes[axis].shares.len()))
}

/// Which of the axes that are left gives the smallest grid when it is summed out.
fn cheapest(left: u64, live: &[usize], grids: &[Grid], axes: &[Axis]) -> Option<usize> {
    let cost = |axis: usize| {
        let with = live.iter().map(|grid| grids[*grid].axes).filter(|axes| axes >> axis & 1 == 1);
        size_of(with.fold(0, |all, axes| all | axes), axes)
    };
    ones(left).min_by_key(|axis| cost(*axis))
}

/// An axis to sum out of some grids.
struct Step {
    axis: usize,
    /// The grids that have it.
    from: Few,
    /// Axes of what comes out.
    rest: u64,
    /// For each axis of `rest` and each grid, how far a step moves in the grid; then along the one summed.
    strides: SmallVec<[usize; 24]>,
    size: usize,
}

impl Step {
    fn new(out: usize, from: Few, grids: &[Grid], axes: &[Axis]) -> Option<Self> {
        let all = from.iter().fold(0, |all, grid| all | grids[*grid].axes);
        let rest = all & !(1 << out);
        let size = size_of(rest, axes);
        if size > MAX_COMPLETIONS {
            return None;
        }
        let stride = |grid: &usize, place: usize| {
            let own = grids[*grid].axes;
            if own >> place & 1 == 1 { size_of(own & ((1 << place) - 1), axes) } else { 0 }
        };
        let order = ones(rest).chain(std::iter::once(out));
        let strides = order.flat_map(|place| from.iter().map(move |grid| stride(grid, place))).collect();
        Some(Step { axis: out, from, rest, strides, size })
    }

    /// Calls `visit` with each cell of what comes out and where its row begins in each grid.
    fn rows(&self, grids: &[Grid], axes: &[Axis], mut visit: impl FnMut(usize, &[usize])) {
        let n = self.from.len();
        let lengths: Few = ones(self.rest).map(|axis| axes[axis].shares.len()).collect();
        let mut digits = Few::from_elem(0, lengths.len());
        let mut starts: Few = self.from.iter().map(|grid| grids[*grid].at).collect();
        for cell in 0..self.size {
            visit(cell, &starts);
            for (at, (digit, length)) in digits.iter_mut().zip(&lengths).enumerate() {
                *digit += 1;
                let end = *digit == *length;
                for (start, stride) in starts.iter_mut().zip(&self.strides[at * n..]) {
                    *start += stride;
                    if end {
                        *start -= stride * *length;
                    }
                }
                if !end {
                    break;
                }
                *digit = 0;
            }
        }
    }

    /// How far a step along the axis that is summed out moves in each grid.
    fn along(&self) -> &[usize] {
        &self.strides[self.strides.len() - self.from.len()..]
    }

    fn sum_out(&self, grids: &[Grid], axes: &[Axis], values: &mut Vec<[f64; 3]>) -> Grid {
        let grid = Grid { axes: self.rest, at: values.len(), size: self.size };
        let shares = &axes[self.axis].shares;
        self.rows(grids, axes, |_, starts| {
            let mut out = [0.0, f64::INFINITY, 0.0_f64];
            for (class, share) in shares.iter().enumerate() {
                let mut product = [*share, 1.0, 1.0];
                for (start, stride) in starts.iter().zip(self.along()) {
                    let cell = values[start + class * stride];
                    product = [product[0] * cell[0], product[1] * cell[1], product[2] * cell[2]];
                }
                out = [out[0] + product[0], out[1].min(product[1]), out[2].max(product[2])];
            }
            values.push(out);
        });
        grid
    }

    /// Carries derivatives by what came out back to the grids that went in.
    fn back(&self, made: Grid, grids: &[Grid], axes: &[Axis], values: &[[f64; 3]], slopes: &mut [f64]) {
        let shares = &axes[self.axis].shares;
        self.rows(grids, axes, |cell, starts| {
            for (class, share) in shares.iter().enumerate() {
                let places = || starts.iter().zip(self.along()).map(|(start, stride)| start + class * stride);
                let product = places().fold(share * slopes[made.at + cell], |product, at| product * values[at][0]);
                for at in places() {
                    // No chance to survive is ever zero, so division is safe.
                    slopes[at] += product / values[at][0];
                }
            }
        });
    }
}

/// Derivatives of the expected product by each cell.
fn back(grids: &[Grid], live: &[usize], steps: &[Step], axes: &[Axis], cells: &Cells, expected: f64) -> Vec<f64> {
    let mut slopes = vec![0.0; cells.values.len()];
    for grid in live {
        let at = grids[*grid].at;
        slopes[at] = expected / cells.values[at][0];
    }
    let first = grids.len() - steps.len();
    for (n, step) in steps.iter().enumerate().rev() {
        step.back(grids[first + n], grids, axes, &cells.values, &mut slopes);
    }
    slopes
}

/// Moves a mixed-radix counter on by one.
pub(super) fn step(digits: &mut [usize], radix: impl Fn(usize) -> usize) {
    for (n, digit) in digits.iter_mut().enumerate() {
        *digit += 1;
        if *digit < radix(n) {
            return;
        }
        *digit = 0;
    }
}
