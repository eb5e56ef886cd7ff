//! An authenticated request.

use std::{net::IpAddr, sync::Arc};

use bitting_core::{Principal, Timestamp, audit::Trail};

/// When, from where, in which request something is asked for. The [`Trail`] of it, which owns its texts, is made
/// only where something is recorded: most requests only read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'r> {
    /// When, in milliseconds since 1970.
    pub(crate) at_millis: i64,
    /// The id of the request.
    pub(crate) request: &'r str,
    /// The caller's address.
    pub(crate) remote: IpAddr,
}

impl Asked<'_> {
    /// What the audit log keeps of it.
    pub(crate) fn trail(&self) -> Trail {
        Trail {
            at_millis: self.at_millis,
            request: self.request.to_owned(),
            remote: self.remote.to_string(),
        }
    }
}

/// An authenticated request.
#[derive(Clone, Debug)]
pub(crate) struct Caller<'r> {
    /// Who asks.
    pub(crate) principal: Arc<Principal>,
    /// Now: one moment for the whole request.
    pub(crate) now: Timestamp,
    /// When, from where, in which request.
    pub(crate) asked: Asked<'r>,
}
