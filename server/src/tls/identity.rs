//! What the server proves itself with: a certificate and its key, which can change while it serves.

use std::{
    fmt,
    os::unix::fs::MetadataExt,
    path::Path,
    sync::{Arc, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::UnixTime,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use slog::{Logger, warn};

use super::{
    TlsError, TlsFiles,
    complaint::{Complaint, complaint},
    pair,
    stamp::Stamps,
};

/// What Dropshot's server speaks, the better first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// A certificate and its key. Connections that are accepted after a renewal get the new pair; the ones that are
/// there keep theirs.
pub struct Identity {
    pub(super) files: TlsFiles,
    pub(super) log: Logger,
    /// Of the files as they were first read.
    pub(super) stamps: Stamps,
    /// Handed on explicitly: what the process has as its default, if it has one, is somebody else's choice.
    provider: Arc<CryptoProvider>,
    /// Replaced whole, so that no handshake ever sees the certificate of one pair with the key of another.
    current: RwLock<Arc<CertifiedKey>>,
}

impl Identity {
    /// Reads both files.
    pub fn load(files: TlsFiles, log: Logger) -> Result<Arc<Self>, TlsError> {
        let stamps = Stamps::of(&files);
        let provider = Arc::new(aws_lc_rs::default_provider());
        let pair = Arc::new(pair::read(&files, &provider)?);
        let identity = Self {
            files,
            log,
            stamps,
            provider,
            current: RwLock::new(pair),
        };
        identity.warn_of_readers();
        Ok(Arc::new(identity))
    }

    /// What connections are accepted with: TLS 1.2 and 1.3, no client certificates, this identity as it is at
    /// the time.
    pub fn config(self: &Arc<Self>) -> Result<ServerConfig, TlsError> {
        let resolver = Arc::clone(self) as Arc<dyn ResolvesServerCert>;
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_protocol_versions(rustls::ALL_VERSIONS)
            .map_err(TlsError::Protocol)?
            .with_no_client_auth()
            .with_cert_resolver(resolver);
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).to_vec();
        Ok(config)
    }

    /// Reads both files again and uses what is in them from now on; if that fails, what was used before.
    pub(super) fn reload(&self) -> Result<(), TlsError> {
        let pair = Arc::new(pair::read(&self.files, &self.provider)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = pair;
        self.warn_of_readers();
        Ok(())
    }

    /// What clients hold against the certificate now.
    pub(super) fn complaint(&self, now: UnixTime) -> Option<Complaint> {
        let current = self.current();
        complaint(current.cert.first()?, now, &self.provider)
    }

    fn current(&self) -> Arc<CertifiedKey> {
        let current = self.current.read();
        Arc::clone(&current.unwrap_or_else(PoisonError::into_inner))
    }

    /// A group may read the key, as Debian's `ssl-cert` does. That everybody may is nobody's intention.
    fn warn_of_readers(&self) {
        let key = &self.files.key;
        if is_open_to_everybody(key) {
            warn!(self.log, "everybody on this machine can read the TLS key; take that away with `chmod o=`";
                "file" => %key.display());
        }
    }
}

fn is_open_to_everybody(path: &Path) -> bool {
    path.metadata().is_ok_and(|file| file.mode() & 0o004 != 0)
}

impl ResolvesServerCert for Identity {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({:?}, ..)", self.files)
    }
}
