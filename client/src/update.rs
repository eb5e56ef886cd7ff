//! Changes to a key.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::GmtTime;

/// Changes to a personal API key. What is not named stays as it is; what may be missing can be cleared.
///
/// Written by hand because generated types cannot tell absent from null.
///
/// ```
/// use bitting_client::KeyUpdate;
///
/// let update = KeyUpdate::new().name("Deployment (old)").clear_end_time();
/// assert_eq!(
///     serde_json::to_string(&update).unwrap(),
///     r#"{"name":"Deployment (old)","end_time":null}"#
/// );
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::option_option,
    reason = "the outer is whether it is sent, the inner whether it is null"
)]
pub struct KeyUpdate {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    description: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start_time: Option<GmtTime>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    end_time: Option<Option<GmtTime>>,
}

impl KeyUpdate {
    /// No changes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A new name.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// A new description.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(Some(description.into()));
        self
    }

    /// No description any more.
    #[must_use]
    pub fn clear_description(mut self) -> Self {
        self.description = Some(None);
        self
    }

    /// A new start.
    #[must_use]
    pub fn start_time(mut self, time: impl Into<GmtTime>) -> Self {
        self.start_time = Some(time.into());
        self
    }

    /// A new end.
    #[must_use]
    pub fn end_time(mut self, time: impl Into<GmtTime>) -> Self {
        self.end_time = Some(Some(time.into()));
        self
    }

    /// No end any more.
    #[must_use]
    pub fn clear_end_time(mut self) -> Self {
        self.end_time = Some(None);
        self
    }
}

/// As JSON, as it is sent.
impl fmt::Display for KeyUpdate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        f.write_str(&text)
    }
}

/// A member that is there, null or not.
#[expect(clippy::option_option, reason = "as the members are")]
fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn absent_null_and_given_are_three_things_there_and_back() {
        for (update, text) in [
            (KeyUpdate::new(), "{}"),
            (
                KeyUpdate::new().clear_description().clear_end_time(),
                r#"{"description":null,"end_time":null}"#,
            ),
            (
                KeyUpdate::new()
                    .description("d")
                    .start_time("2026-01-01 00:00:00")
                    .end_time("2027-01-01 00:00:00"),
                r#"{"description":"d","start_time":"2026-01-01 00:00:00","end_time":"2027-01-01 00:00:00"}"#,
            ),
        ] {
            assert_eq!(update.to_string(), text);
            assert_eq!(serde_json::from_str::<KeyUpdate>(text).unwrap(), update);
        }
    }
}
