//! What the keys of a large member are like.
//!
//! Everything follows from a key's place in the order of creation and the size of the store, so that queries
//! can be written that match equally many keys in every store. No property follows from another: names say
//! nothing of times, and times little of each other.

use bitting_core::Timestamp;

const DAY: i64 = 86_400;
/// How long before the load the first key was created. Within this time no key starts or ends, so that what is
/// stored of its status at creation is still true after the load.
const CREATED_WITHIN: i64 = 30 * DAY;
/// How many keys of every store have one of the rare properties.
pub(super) const SOME: u64 = 500;
/// And how many of these can be told apart from the rest of them.
pub(super) const FEW: u64 = 50;

const WORDS: [&str; 16] = [
    "Export", "Import", "Deploy", "Backup", "Billing", "Mobile", "Partner", "Staging", "Nightly",
    "Webhook", "Monitor", "Search", "Report", "Gateway", "Archive", "Ledger",
];
const PLACES: [&str; 8] = [
    "north",
    "south",
    "east",
    "west",
    "Zürich",
    "Łódź",
    "Kyōto",
    "São Paulo",
];

/// The keys of one member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// How many there are.
    pub(super) size: u64,
    /// When they were loaded.
    pub(super) now: i64,
    /// The decimal id of the first of them.
    pub(super) first: i64,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) start: i64,
    pub(super) end: Option<i64>,
    pub(super) created: i64,
}

impl Shape {
    /// The key at `index`, from 0.
    pub(super) fn facts(&self, index: u64) -> Facts {
        let latest = self.now - CREATED_WITHIN - DAY;
        let years = |count: i64, salt: u64| within(hash(index, salt), count * 365 * DAY);
        let pending = self.rare(index, 1);
        let start = match pending {
            Some(rank) => self.rare_start(rank),
            None => latest - 2 * DAY - years(3, 2),
        };
        let end = match (self.rare(index, 3), hash(index, 4) % 20) {
            (Some(rank), _) => Some(self.rare_end(rank)),
            (None, 0..5) => None,
            (None, 5..11) if pending.is_none() => {
                Some(start + 1 + within(hash(index, 5), latest - start))
            }
            _ => Some(start.max(self.now) + 7 * DAY + years(5, 5)),
        };
        let described = self.rare(index, 6);
        let description = match described {
            Some(rank) if rank < FEW => Some("Kept in the obsidian cabinet".to_owned()),
            Some(_) => Some("Kept behind the obsidian door".to_owned()),
            None => hash(index, 7).is_multiple_of(2).then(|| {
                let word = WORDS[place(hash(index, 8), WORDS.len())].to_lowercase();
                let place = PLACES[place(hash(index, 9), PLACES.len())];
                format!(
                    "Used by the {word} service in {place}, ticket {}",
                    hash(index, 10) % 100_000
                )
            }),
        };
        Facts {
            name: self.name(index),
            description,
            start,
            end,
            created: self.created(index),
        }
    }

    /// The name of the key at `index`; no other key has it.
    pub(super) fn name(&self, index: u64) -> String {
        let word = WORDS[place(hash(index, 11), WORDS.len())];
        let number = permute(index, self.size, 12);
        match self.rare(index, 13) {
            Some(rank) if rank < FEW => format!("{word} zephyr quartz {number:07}"),
            Some(_) => format!("{word} quartz {number:07}"),
            None => format!("{word} key {number:07}"),
        }
    }

    /// When the key at `index` was created: later ones later.
    pub(super) fn created(&self, index: u64) -> i64 {
        let step = CREATED_WITHIN / signed(self.size);
        self.now - CREATED_WITHIN + signed(index) * step
    }

    /// The starts of keys that have not started, by their rank among them.
    pub(super) fn rare_start(&self, rank: u64) -> i64 {
        self.now + 10 * 365 * DAY + signed(rank) * 3_600
    }

    /// The ends that no other key has.
    pub(super) fn rare_end(&self, rank: u64) -> i64 {
        self.now + 40 * 365 * DAY + signed(rank) * 3_600
    }

    /// A moment that half of the starts come before.
    pub(super) fn median_start(&self) -> i64 {
        self.now - CREATED_WITHIN - 3 * DAY - 3 * 365 * DAY / 2
    }

    /// The place of the key among those that have the rare property `salt`, if it has it.
    fn rare(&self, index: u64, salt: u64) -> Option<u64> {
        Some(permute(index, self.size, salt)).filter(|rank| *rank < SOME)
    }
}

/// `seconds` since 1970 as the surface writes it, ready for a query.
pub(super) fn written(seconds: i64) -> String {
    let civil = Timestamp::from_seconds(seconds)
        .unwrap_or(Timestamp::MAX)
        .civil();
    format!(
        "{:04}-{:02}-{:02}%20{:02}:{:02}:{:02}",
        civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second
    )
}

/// A number for the key at `index`, unlike that for another `salt` (`SplitMix64`).
fn hash(index: u64, salt: u64) -> u64 {
    let mut z = index
        .wrapping_add(salt << 48)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A permutation of the indexes below `size`, a power of ten; another for another `salt`.
fn permute(index: u64, size: u64, salt: u64) -> u64 {
    // Odd and not divisible by five: prime to every power of ten.
    let factor = 2 * 5 * (hash(salt, 77) % size) + 3;
    let mixed = u128::from(index) * u128::from(factor) + u128::from(hash(salt, 78) % size);
    u64::try_from(mixed % u128::from(size)).unwrap_or_default()
}

fn within(number: u64, below: i64) -> i64 {
    signed(number >> 1) % below.max(1)
}

fn place(number: u64, count: usize) -> usize {
    usize::try_from(number).unwrap_or(0) % count
}

/// Sizes and ranks are far below 2^63.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
