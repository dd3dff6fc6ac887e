//! The lines of a text by their place in it, however often they are asked for.

/// Where each line of a text ends.
#[derive(Clone, Debug)]
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    pub(crate) fn of(text: &str) -> Self {
        Self(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    /// The line in which a place lies, counted from 1.
    pub(crate) fn at(&self, place: usize) -> u64 {
        self.0.partition_point(|&end| end < place) as u64 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_from_one() {
        let lines = Lines::of("ab\nc\n\nd");
        let at = [0, 2, 3, 5, 6, 7, 99].map(|place| lines.at(place));
        assert_eq!(at, [1, 1, 2, 3, 4, 4, 4]);
    }
}
