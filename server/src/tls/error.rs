//! What can be wrong with the files.

use std::{io, path::PathBuf};

/// Why the server has nothing to prove itself with: the file, the cause and the remedy, in one line.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error(
        "{flag}: cannot read {path}: {cause}; check the path and its permissions",
        path = path.display()
    )]
    Read {
        /// The flag that names the file.
        flag: &'static str,
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// A file is too large to be what it is said to be.
    #[error("{flag}: {path} is too large for a certificate or a key; give a PEM file", path = path.display())]
    TooLarge {
        /// The flag that names the file.
        flag: &'static str,
        /// The file.
        path: PathBuf,
    },
    /// A file is PEM, but damaged.
    #[error("{flag}: {path} is damaged: {cause}; write it again", path = path.display())]
    Damaged {
        /// The flag that names the file.
        flag: &'static str,
        /// The file.
        path: PathBuf,
        /// What is wrong, without anything of what the file holds.
        cause: &'static str,
    },
    /// Each file holds what the other is to hold.
    #[error(
        "--tls-cert and --tls-key are swapped: {cert} holds a private key and {key} a certificate; \
         exchange them",
        cert = cert.display(),
        key = key.display()
    )]
    Swapped {
        /// The file that was given as the certificate.
        cert: PathBuf,
        /// The file that was given as the key.
        key: PathBuf,
    },
    /// There is no certificate where one has to be.
    #[error(
        "--tls-cert: {path} holds no certificate; give a PEM file (BEGIN CERTIFICATE) with the server's \
         certificate first",
        path = path.display()
    )]
    NoCertificate {
        /// The file.
        path: PathBuf,
    },
    /// There is no private key where one has to be.
    #[error(
        "--tls-key: {path} holds no private key; give the PEM file (BEGIN PRIVATE KEY) that was made with \
         the certificate",
        path = path.display()
    )]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// There is more than one private key.
    #[error("--tls-key: {path} holds {count} private keys; leave only the certificate's", path = path.display())]
    Keys {
        /// The file.
        path: PathBuf,
        /// How many there are.
        count: usize,
    },
    /// The private key can be read only with a password.
    #[error(
        "--tls-key: the private key in {path} is encrypted, and there is nobody to ask for its password; \
         decrypt it with `openssl pkey -in {path} -out FILE`",
        path = path.display()
    )]
    Encrypted {
        /// The file.
        path: PathBuf,
    },
    /// The private key is damaged, or of a kind that is not spoken here.
    #[error(
        "--tls-key: the private key in {path} is damaged or of a kind that cannot be used; use ECDSA \
         (P-256, P-384, P-521), Ed25519, or RSA of 2048 to 8192 bits",
        path = path.display()
    )]
    Unsupported {
        /// The file.
        path: PathBuf,
    },
    /// The certificate cannot be read.
    #[error(
        "--tls-cert: the first certificate in {path} cannot be used ({cause}); have it issued again, as \
         X.509 version 3",
        path = path.display()
    )]
    Certificate {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: rustls::Error,
    },
    /// The private key belongs to a later certificate of the file.
    #[error(
        "--tls-cert: the certificate of the key in {key} is not the first in {cert}; put it first, and \
         those between it and its CA after it",
        cert = cert.display(),
        key = key.display()
    )]
    Order {
        /// The file with the certificates.
        cert: PathBuf,
        /// The file with the key.
        key: PathBuf,
    },
    /// The private key belongs to another certificate.
    #[error(
        "the private key in {key} is not that of the certificate in {cert}; give --tls-cert and --tls-key \
         the files that were made together",
        cert = cert.display(),
        key = key.display()
    )]
    Mismatch {
        /// The file with the certificate.
        cert: PathBuf,
        /// The file with the key.
        key: PathBuf,
    },
    /// This build of the cryptography speaks no version of TLS that the server does.
    #[error("TLS cannot be set up: {0}")]
    Protocol(rustls::Error),
}
