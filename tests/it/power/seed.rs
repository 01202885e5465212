//! Chance that can be repeated: the same seed gives the same numbers (splitmix64, Steele, Lea and Flood 2014).

/// A stream of numbers.
pub struct Seed(u64);

impl Seed {
    /// The stream that belongs to a number.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0xA076_1D64_78BD_642F) ^ 0x2545_F491_4F6C_DD1D)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but without, `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// True once in `n` times.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// Text of so many bytes that does not compress into a pattern.
    pub fn text(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes);
        while text.len() < bytes {
            let left = (bytes - text.len()).min(8);
            let letters = self.next().to_le_bytes();
            text.extend(
                letters[..left]
                    .iter()
                    .map(|byte| char::from(b'a' + byte % 26)),
            );
        }
        text
    }
}
