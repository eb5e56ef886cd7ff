//! What is asked, written down beforehand: the generator does nothing but read it.

use std::{
    fs::File,
    io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use bitting_core::secret::Minted;

use super::{
    secrets::{GARBAGE, KEYS},
    seed::sampled,
};
use crate::Failure;

/// How many keys a request with many has: as many as it may have.
pub(super) const MANY: u64 = 100;
/// How many bodies with one key are drawn: about as many as all rounds ask for together.
const SINGLE: u64 = 3_000_000;
/// How many bodies with many.
const BATCHES: u64 = 20_000;

/// How keys are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Draw {
    /// 20,000 keys, one after the other and round again.
    Hot,
    /// Evenly from all.
    Uniform,
    /// The same, but every tenth is of no key and never seen before.
    Garbage,
    /// Evenly from all, many in a request.
    Batch,
    /// Every key once, many in a request.
    Sweep,
    /// The keys after so many, one after the other and round again: those that are given limits and a quota.
    Metered,
    /// As many as hot ones, as OAuth 2.0 asks about them.
    Introspect,
    /// The same, as a gateway does.
    Forward,
}

/// Where in a request it is what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Carrier {
    /// In a JSON body, sent by a caller with a key of its own.
    Json,
    /// The same in that of a form.
    Form,
    /// In a header, sent by nobody else.
    Header,
}

impl Carrier {
    /// The same, as the generator is told.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Header => "header",
        }
    }
}

/// Bodies of one length in a file.
#[derive(Clone, Debug)]
pub(super) struct Bodies {
    pub(super) path: PathBuf,
    /// How long each is.
    pub(super) length: usize,
    /// How many there are.
    pub(super) count: u64,
}

impl Draw {
    /// Where it is asked.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Hot | Self::Uniform | Self::Garbage | Self::Metered => "/v1/verify",
            Self::Batch | Self::Sweep => "/v1/verify/batch",
            Self::Introspect => "/v1/introspect",
            Self::Forward => "/v1/forward-auth?company=1",
        }
    }

    /// How.
    pub(super) fn carrier(self) -> Carrier {
        match self {
            Self::Introspect => Carrier::Form,
            Self::Forward => Carrier::Header,
            _ => Carrier::Json,
        }
    }

    /// Draws from the keys of a store of `size`, into a file in `directory`.
    pub(super) fn write(self, size: u64, directory: &Path) -> Result<Bodies, Failure> {
        let path = directory.join(format!("{self:?}.bodies").to_lowercase());
        let mut file = BufWriter::new(File::create(&path)?);
        let count = match self {
            Self::Hot | Self::Metered | Self::Introspect | Self::Forward => {
                sampled(size).count().try_into()?
            }
            Self::Uniform | Self::Garbage => SINGLE,
            Self::Batch => BATCHES,
            Self::Sweep => size.div_ceil(MANY),
        };
        let mut hot = sampled(size);
        let mut length = 0;
        for nth in 0..count {
            let body = match self {
                Self::Hot => single(KEYS.secret(hot.next().unwrap_or_default())),
                Self::Metered => single(KEYS.secret(size + hot.next().unwrap_or_default())),
                Self::Introspect | Self::Forward => {
                    let secret = KEYS.secret(hot.next().unwrap_or_default());
                    let name = if self == Self::Forward { "" } else { "token=" };
                    format!("{name}{}", secret.plain.expose())
                }
                Self::Garbage if is_garbage(nth) => single(GARBAGE.secret(nth)),
                Self::Uniform | Self::Garbage => single(KEYS.secret(any(nth, size))),
                Self::Batch => {
                    many((0..MANY).map(|place| any((nth * MANY + place) | 1 << 40, size)))
                }
                // The last one begins again, so that all are of one length.
                Self::Sweep => many((0..MANY).map(|place| (nth * MANY + place) % size)),
            };
            length = body.len();
            file.write_all(body.as_bytes())?;
        }
        file.flush()?;
        Ok(Bodies {
            path,
            length,
            count,
        })
    }
}

impl Bodies {
    /// Some of the bodies and their places, spread over the file.
    pub(super) fn some(&self, count: u64) -> Result<Vec<(u64, String)>, Failure> {
        // Odd: what is in every tenth place is met as often as it is there.
        let step = (self.count / count) | 1;
        let mut file = File::open(&self.path)?;
        let mut body = vec![0; self.length];
        (0..self.count.div_ceil(step))
            .map(|nth| {
                let place = nth * step;
                file.seek(SeekFrom::Start(place * self.length as u64))?;
                file.read_exact(&mut body)?;
                Ok((place, String::from_utf8(body.clone())?))
            })
            .collect()
    }
}

/// Whether the body at `nth` of those with garbage is it: one of ten.
pub(super) fn is_garbage(nth: u64) -> bool {
    nth % 10 == 9
}

/// A request for one key.
#[expect(clippy::needless_pass_by_value, reason = "a secret is used up here")]
pub(super) fn single(secret: Minted) -> String {
    body(secret.plain.expose())
}

/// The same, by what is presented.
pub(super) fn body(secret: &str) -> String {
    format!(r#"{{"key":"{secret}"}}"#)
}

/// A request for many.
fn many(indexes: impl Iterator<Item = u64>) -> String {
    let keys: Vec<_> = indexes.map(|index| single(KEYS.secret(index))).collect();
    format!(r#"{{"keys":[{}]}}"#, keys.join(","))
}

/// A key of `size`, drawn evenly; another for another `nth` (`SplitMix64`).
pub(super) fn any(nth: u64, size: u64) -> u64 {
    let mut z = nth.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % size.max(1)
}
