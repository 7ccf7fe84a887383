//! Chance that falls the same way every time: the demo of a day is the same on every machine.

/// A small generator with a seed: splitmix64.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Everything of one kind and number has a generator of its own, so that a change in one
    /// place leaves the others as they were.
    pub fn of(kind: &str, number: usize) -> Self {
        // Mixed, so that the numbers of neighbours have nothing in common.
        Self(kind.bytes().fold(number as u64, |seed, byte| Self(seed ^ u64::from(byte)).next()))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to but not including `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// A number from the first to the last, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        first + self.below(usize::try_from(last - first + 1).unwrap_or(1)) as i64
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, times: u32) -> bool {
        self.below(100) < times as usize
    }

    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_numbers_and_another_others() {
        let draw = |kind, number| {
            let mut chance = Chance::of(kind, number);
            (0..8).map(|_| chance.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw("calls", 7), draw("calls", 7));
        assert_ne!(draw("calls", 7), draw("calls", 8));
        assert_ne!(draw("calls", 7), draw("visits", 7));
    }

    #[test]
    fn a_per_cent_is_about_that_often() {
        let mut chance = Chance::of("rate", 0);
        let times = (0..10_000).filter(|_| chance.percent(90)).count();
        assert!((8_800..9_200).contains(&times), "{times}");
    }
}
