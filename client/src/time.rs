//! Times as the drop-in surfaces write them, and as HTTP does.

use std::{
    convert::Infallible,
    fmt,
    str::FromStr,
    time::{Duration, SystemTime},
};

use chrono::DateTime;
use serde::{Deserialize, Serialize};

/// A point in time, GMT, as text: `YYYY-MM-DD HH:MM:SS`. Sorts as the points in time do.
///
/// The text is the server's to check: what it answers goes into the next request as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GmtTime(String);

impl GmtTime {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for GmtTime {
    fn from(time: &str) -> Self {
        Self(time.to_owned())
    }
}

impl From<String> for GmtTime {
    fn from(time: String) -> Self {
        Self(time)
    }
}

impl FromStr for GmtTime {
    type Err = Infallible;

    fn from_str(time: &str) -> Result<Self, Infallible> {
        Ok(time.into())
    }
}

impl fmt::Display for GmtTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How long it is until an HTTP date; nothing if it is over, `None` if it is none.
pub(crate) fn until(date: &str) -> Option<Duration> {
    // The one of its three forms that may still be sent.
    let date = SystemTime::from(DateTime::parse_from_rfc2822(date).ok()?);
    Some(date.duration_since(SystemTime::now()).unwrap_or_default())
}
