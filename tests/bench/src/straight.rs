//! Written by the program `straight` of this package; do not edit.

/// Placeholder until it is written.
pub fn outlook(_: &[u64], _: &[Vec<f64>]) -> f64 {
    0.0
}
