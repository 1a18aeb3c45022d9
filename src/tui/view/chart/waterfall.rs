//! A waterfall: a figure from 0 to 1 that goes from a start through steps to an end. What is left is
//! solid, what a step takes away or adds is another shade (another sign in ASCII).

use super::{Row, filled};
use crate::tui::theme::Meaning;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Before it; the same as `after` for the start and the end.
    pub before: f64,
    pub after: f64,
    /// True where more is better.
    pub more_is_better: bool,
}

/// The bar of a step: solid up to the lower of both figures, shaded up to the higher.
pub fn row(width: usize, step: Step, ascii: bool) -> Row {
    let [solid, lost, gained, empty] = if ascii { ["=", "-", "+", " "] } else { ["█", "░", "▓", " "] };
    let (before, after) = (filled(step.before, width), filled(step.after, width));
    let (low, high) = (before.min(after), before.max(after));
    let rises = step.after > step.before;
    let meaning = if rises == step.more_is_better { Meaning::Good } else { Meaning::Bad };
    let mut row = Row::default();
    row.push(Meaning::Text, &solid.repeat(low));
    row.push(meaning, &(if rises { gained } else { lost }).repeat(high - low));
    row.push(Meaning::Muted, &empty.repeat(width - high));
    row
}

/// The chance of refusal after each of some contributions to its log-odds in turn.
pub(crate) fn log_odds(contributions: &[f64]) -> Vec<Step> {
    let chance = crate::scoring::target::logistic;
    let mut sum = 0.0;
    contributions
        .iter()
        .enumerate()
        .map(|(n, logit)| {
            // The first is where it starts from.
            let before = if n == 0 { chance(*logit) } else { chance(sum) };
            sum += logit;
            Step { before, after: chance(sum), more_is_better: false }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cells_are_those_worked_out_by_hand() {
        // Ten cells; from 80 % down to 50 %: five are left, three are lost, two were never there.
        let falls = Step { before: 0.8, after: 0.5, more_is_better: true };
        assert_eq!(row(10, falls, false).plain(), "█████░░░  ");
        assert_eq!(row(10, falls, true).plain(), "=====---  ");
        let rises = Step { before: 0.2, after: 0.4, more_is_better: false };
        assert_eq!(row(10, rises, true).plain(), "==++      ");
    }

    #[test]
    fn a_loss_differs_from_a_gain_without_colour() {
        let [down, up] = [[0.6, 0.3], [0.3, 0.6]].map(|[before, after]| Step { before, after, more_is_better: true });
        for ascii in [true, false] {
            assert_ne!(row(10, down, ascii).plain(), row(10, up, ascii).plain());
        }
    }

    #[test]
    fn contributions_move_the_chance_from_the_base_on() {
        // Log-odds 0 is one half; with ln 3 more it is three quarters.
        let steps = log_odds(&[0.0, 3.0_f64.ln()]);
        assert!((steps[0].before - 0.5).abs() < 1e-12 && (steps[0].after - 0.5).abs() < 1e-12);
        assert!((steps[1].after - 0.75).abs() < 1e-12);
    }
}
