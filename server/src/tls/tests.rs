#![allow(clippy::unwrap_used)]
//! Certificates made for the purpose, and clients that look at them.

pub(crate) mod complaints;
mod files;
mod renewal;
mod served;
pub(crate) mod shake;

use std::{
    fs, io,
    sync::{Arc, Mutex},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use slog::{Drain, Logger, o};
use tempfile::TempDir;

use super::TlsFiles;

/// A CA whose certificate clients trust.
struct Ca(CertifiedIssuer<'static, KeyPair>);

impl Ca {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for `localhost` with the key `key`.
    fn issue(&self, key: &KeyPair) -> String {
        self.issue_as(key, |_| {})
    }

    fn issue_as(&self, key: &KeyPair, change: impl FnOnce(&mut CertificateParams)) -> String {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        change(&mut params);
        params.signed_by(key, &self.0).unwrap().pem()
    }
}

fn key() -> KeyPair {
    KeyPair::generate().unwrap()
}

/// The two files that an operator names.
struct Files {
    directory: TempDir,
}

impl Files {
    fn new(cert: &str, key: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let files = Self { directory };
        files.write(cert, key);
        files
    }

    /// A pair that is right.
    fn right(ca: &Ca) -> Self {
        let key = key();
        Self::new(&ca.issue(&key), &key.serialize_pem())
    }

    fn write(&self, cert: &str, key: &str) {
        let TlsFiles {
            cert: first,
            key: second,
        } = self.paths();
        fs::write(first, cert).unwrap();
        fs::write(second, key).unwrap();
    }

    /// The paths, and what keeps the files.
    fn paths_kept(self) -> (Self, TlsFiles) {
        let paths = self.paths();
        (self, paths)
    }

    fn paths(&self) -> TlsFiles {
        let path = self.directory.path();
        TlsFiles {
            cert: path.join("cert.pem"),
            key: path.join("key.pem"),
        }
    }
}

/// A log that is kept.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<u8>>>);

impl Told {
    fn log(&self) -> Logger {
        let json = slog_json::Json::default(self.clone());
        Logger::root(Mutex::new(json).ignore_res(), o!())
    }

    /// What was told since the last time that this was asked.
    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut self.0.lock().unwrap())).unwrap()
    }
}

impl io::Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
