//! Filters.

use crate::Phase;

/// One condition on a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// On a number or a time.
    Int(IntField, IntTest),
    /// On the name.
    Name(TextTest),
    /// The phase is one of these.
    Phase(Vec<Phase>),
}

/// A member of a key that is an integer: a decimal id, or a time in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntField {
    /// The decimal id.
    Number,
    /// The start.
    Start,
    /// The end, which may be none.
    End,
    /// The time of creation.
    Created,
    /// The time of the last change.
    Updated,
}

/// A test of an integer that may be none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntTest {
    /// It is in one of the ranges; none never is.
    Within(Ranges),
    /// It is in none of the ranges; none always passes.
    Outside(Ranges),
    /// It is none.
    Null,
    /// It is not none.
    NotNull,
}

/// A test of a text that is never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// It is one of these, to the letter.
    In(Vec<String>),
    /// It is not one of these.
    NotIn(Vec<String>),
    /// It is none: no text is.
    Null,
    /// It is not none: every text is.
    NotNull,
}

/// A union of closed ranges: sorted, disjoint, none empty. No range is the empty union, which nothing is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges(Vec<(i64, i64)>);

impl Ranges {
    /// The union of `ranges`, each from its first to its second member, both included; a reversed one is
    /// empty.
    pub fn new(ranges: impl IntoIterator<Item = (i64, i64)>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|(a, b)| a <= b).collect();
        sorted.sort_unstable();
        let mut out: Vec<(i64, i64)> = Vec::with_capacity(sorted.len());
        for (from, to) in sorted {
            match out.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => out.push((from, to)),
            }
        }
        Self(out)
    }

    /// The ranges, in order.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    /// How many ranges there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is in the union.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn union(ranges: &[(i64, i64)]) -> Vec<(i64, i64)> {
        Ranges::new(ranges.iter().copied()).iter().collect()
    }

    #[test]
    fn ranges_are_sorted_joined_and_never_empty() {
        assert_eq!(union(&[(5, 6), (1, 2), (2, 4), (9, 8)]), [(1, 6)]);
        assert_eq!(union(&[(1, 2), (4, 5)]), [(1, 2), (4, 5)]);
        assert_eq!(
            union(&[(i64::MIN, i64::MAX), (3, 3)]),
            [(i64::MIN, i64::MAX)]
        );
        assert!(Ranges::new([(2, 1)]).is_empty());
    }
}
