//! From two PEM files to a certificate and the key that belongs to it.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use rustls::{
    Error, InconsistentKeys,
    crypto::CryptoProvider,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject, SectionKind},
    },
    sign::CertifiedKey,
};

use super::{TlsError, TlsFiles};

/// More than any chain of certificates has: a mistyped path must not fill the memory.
const MOST: u64 = 1 << 20;
const CERT: &str = "--tls-cert";
const KEY: &str = "--tls-key";

/// What a file holds.
struct Contents {
    certificates: Vec<CertificateDer<'static>>,
    keys: Vec<PrivateKeyDer<'static>>,
    is_encrypted: bool,
}

/// Reads both files, and makes sure that they belong together.
pub(super) fn read(files: &TlsFiles, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
    let TlsFiles { cert, key } = files;
    let (first, second) = (contents(cert, CERT)?, contents(key, KEY)?);
    if first.certificates.is_empty() {
        let is_swapped = first.has_key() && !second.certificates.is_empty() && !second.has_key();
        let (cert, key) = (cert.clone(), key.clone());
        return Err(if is_swapped {
            TlsError::Swapped { cert, key }
        } else {
            TlsError::NoCertificate { path: cert }
        });
    }
    let private = the_key(second, key)?;
    let private = provider
        .key_provider
        .load_private_key(private)
        .map_err(|_| TlsError::Unsupported { path: key.clone() })?;
    let pair = CertifiedKey::new(first.certificates, private);
    match pair.keys_match() {
        // A key that does not tell its public half is taken at its word; none of those here is one.
        Ok(()) | Err(Error::InconsistentKeys(InconsistentKeys::Unknown)) => Ok(pair),
        Err(Error::InconsistentKeys(_)) => {
            let (cert, key) = (cert.clone(), key.clone());
            let belongs = |other: &CertificateDer<'static>| {
                let other = CertifiedKey::new(vec![other.clone()], pair.key.clone());
                other.keys_match().is_ok()
            };
            Err(if pair.cert.iter().any(belongs) {
                TlsError::Order { cert, key }
            } else {
                TlsError::Mismatch { cert, key }
            })
        }
        Err(cause) => Err(TlsError::Certificate {
            path: cert.clone(),
            cause,
        }),
    }
}

fn the_key(mut contents: Contents, path: &Path) -> Result<PrivateKeyDer<'static>, TlsError> {
    let path = path.to_owned();
    match (contents.keys.pop(), contents.keys.len()) {
        (Some(key), 0) => Ok(key),
        (Some(_), others) => Err(TlsError::Keys {
            path,
            count: others + 1,
        }),
        (None, _) if contents.is_encrypted => Err(TlsError::Encrypted { path }),
        (None, _) => Err(TlsError::NoKey { path }),
    }
}

fn contents(path: &Path, flag: &'static str) -> Result<Contents, TlsError> {
    let bytes = bytes(path).map_err(|cause| TlsError::Read {
        flag,
        path: path.to_owned(),
        cause,
    })?;
    if bytes.len() as u64 > MOST {
        let path = path.to_owned();
        return Err(TlsError::TooLarge { flag, path });
    }
    let mut found = Contents {
        certificates: Vec::new(),
        keys: Vec::new(),
        is_encrypted: is_encrypted(&bytes),
    };
    // The older form of encryption has headers inside of the section, which nothing below reads.
    if found.is_encrypted && flag == KEY {
        return Ok(found);
    }
    for section in <(SectionKind, Vec<u8>)>::pem_slice_iter(&bytes) {
        let (kind, der) = section.map_err(|error| TlsError::Damaged {
            flag,
            path: path.to_owned(),
            cause: cause(&error),
        })?;
        match kind {
            SectionKind::Certificate => found.certificates.push(der.into()),
            kind => found.keys.extend(PrivateKeyDer::from_pem(kind, der)),
        }
    }
    Ok(found)
}

impl Contents {
    fn has_key(&self) -> bool {
        self.is_encrypted || !self.keys.is_empty()
    }
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_encrypted(pem: &[u8]) -> bool {
    pem.split(|byte| *byte == b'\n').any(|line| {
        line.starts_with(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
            || line.starts_with(b"Proc-Type: 4,ENCRYPTED")
    })
}

/// What is wrong with a section, in words that repeat nothing of it.
fn cause(error: &pem::Error) -> &'static str {
    match error {
        pem::Error::MissingSectionEnd { .. } => "a section has no END line",
        pem::Error::IllegalSectionStart { .. } => "a BEGIN line is malformed",
        pem::Error::Base64Decode(_) => "a section is not base64",
        _ => "it is not PEM",
    }
}
