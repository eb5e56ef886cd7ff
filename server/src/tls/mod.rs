//! TLS: what the server proves itself with, read from PEM files and read again when they are renewed.

mod complaint;
mod error;
mod identity;
mod pair;
mod renewal;
mod stamp;
#[cfg(test)]
pub(crate) mod tests;

use std::path::{Path, PathBuf};

pub use error::TlsError;
pub use identity::Identity;
pub use renewal::Renewal;

/// Where the server's certificate and its private key are, both PEM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The certificate, followed by those between it and its CA.
    pub cert: PathBuf,
    /// The private key of the first of them.
    pub key: PathBuf,
}

/// What a server that never renews its certificate accepts connections with.
pub fn load(cert: &Path, key: &Path) -> Result<rustls::ServerConfig, TlsError> {
    let files = TlsFiles {
        cert: cert.to_owned(),
        key: key.to_owned(),
    };
    let log = slog::Logger::root(slog::Discard, slog::o!());
    Identity::load(files, log)?.config()
}
