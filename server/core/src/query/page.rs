//! Which part of a result is wanted.

use crate::bounds;

/// A page of a result, by its number and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    number: u64,
    size: u64,
}

/// Why there is no such page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPage {
    /// The number or the size is 0.
    #[error("page numbers and sizes begin at 1")]
    Zero,
    /// The size is above the configured maximum.
    #[error("a page has at most {max} items")]
    TooLarge {
        /// The maximum.
        max: u64,
    },
    /// Number times size is beyond 2^63-1.
    #[error("the page is beyond what can be counted")]
    TooFar,
}

impl Page {
    /// Page `number`, counted from 1, of `size` items each.
    pub fn new(number: u64, size: u64, max: u64) -> Result<Self, InvalidPage> {
        if number == 0 || size == 0 {
            return Err(InvalidPage::Zero);
        }
        if size > max {
            return Err(InvalidPage::TooLarge { max });
        }
        match number.checked_mul(size) {
            Some(end) if i64::try_from(end).is_ok() => Ok(Self { number, size }),
            _ => Err(InvalidPage::TooFar),
        }
    }

    /// How many items come before the page.
    pub fn offset(self) -> u64 {
        (self.number - 1) * self.size
    }

    /// How many items the page holds.
    pub fn size(self) -> u64 {
        self.size
    }
}

impl Default for Page {
    fn default() -> Self {
        Self {
            number: 1,
            size: bounds::PAGE_SIZE,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_paging() {
        assert_eq!(Page::new(0, 1, 10), Err(InvalidPage::Zero));
        assert_eq!(Page::new(1, 0, 10), Err(InvalidPage::Zero));
        assert_eq!(Page::new(1, 11, 10), Err(InvalidPage::TooLarge { max: 10 }));
        assert!(Page::new(i64::MAX as u64, 1, 10).is_ok());
        assert_eq!(Page::new(1 << 63, 1, 10), Err(InvalidPage::TooFar));
        assert_eq!(Page::new(u64::MAX, 2, 10), Err(InvalidPage::TooFar));
        assert_eq!(Page::new(3, 7, 10).map(Page::offset), Ok(14));
    }
}
