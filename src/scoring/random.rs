//! Random numbers for tests: the same ones each time.

/// A linear congruential generator (Knuth's MMIX constants); tests need nothing better.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A whole number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % n
    }
}
