//! What clients hold against a certificate, whoever issued it.

use std::fmt;

use bitting_core::Timestamp;
use rustls::{
    CertificateError, Error, RootCertStore,
    client::{verify_server_cert_signed_by_trust_anchor, verify_server_name},
    crypto::CryptoProvider,
    pki_types::{CertificateDer, ServerName, UnixTime},
    server::ParsedCertificate,
};

/// Why clients refuse a certificate. None of these keeps the server from starting: clocks can be wrong, and
/// some clients look at less than others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Complaint {
    /// It was good until then.
    Expired(UnixTime),
    /// It is good from then on.
    NotYet(UnixTime),
    /// It is a CA's own.
    IsCa,
    /// It names no host.
    Nameless,
    /// Something else, in the words of the verifier.
    Other(String),
}

/// What a client would hold against `leaf` at `now`.
///
/// Asked of the verifier that clients use, with no CA to trust: the answer to a certificate that has nothing
/// else wrong with it is that nobody knows its issuer.
pub(super) fn complaint(
    leaf: &CertificateDer<'_>,
    now: UnixTime,
    provider: &CryptoProvider,
) -> Option<Complaint> {
    let leaf = match ParsedCertificate::try_from(leaf) {
        Ok(leaf) => leaf,
        Err(error) => return Some(Complaint::Other(error.to_string())),
    };
    let algorithms = provider.signature_verification_algorithms.all;
    let nobody = RootCertStore::empty();
    let verdict = verify_server_cert_signed_by_trust_anchor(&leaf, &nobody, &[], now, algorithms);
    match verdict {
        Ok(()) | Err(Error::InvalidCertificate(CertificateError::UnknownIssuer)) => {
            is_nameless(&leaf).then_some(Complaint::Nameless)
        }
        Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
            Some(Complaint::Expired(not_after))
        }
        Err(Error::InvalidCertificate(CertificateError::NotValidYetContext {
            not_before, ..
        })) => Some(Complaint::NotYet(not_before)),
        // The verifier has no variant for this one.
        Err(Error::InvalidCertificate(CertificateError::Other(cause)))
            if cause.to_string() == "CaUsedAsEndEntity" =>
        {
            Some(Complaint::IsCa)
        }
        Err(cause) => Some(Complaint::Other(cause.to_string())),
    }
}

/// Whether a certificate is for no host at all: clients stopped reading hosts from the subject long ago. A host
/// that it is not for is refused with those that it is for.
fn is_nameless(leaf: &ParsedCertificate<'_>) -> bool {
    let Ok(nobody) = ServerName::try_from("nobody.invalid") else {
        return false;
    };
    matches!(
        verify_server_name(leaf, &nobody),
        Err(Error::InvalidCertificate(CertificateError::NotValidForNameContext { presented, .. }))
            if presented.is_empty()
    )
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Expired(at) => write!(f, "it expired at {}; renew it", Moment(*at)),
            Self::NotYet(at) => {
                write!(f, "it is not good before {}; check the clock", Moment(*at))
            }
            Self::IsCa => f.write_str(
                "it is a CA's own; have the CA issue one for the server, as `bitting dev-cert` does",
            ),
            Self::Nameless => f.write_str(
                "it names no host (subjectAltName); have it issued again for the server's host names",
            ),
            Self::Other(cause) => write!(f, "{cause}; have it issued again for a TLS server"),
        }
    }
}

struct Moment(UnixTime);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = i64::try_from(self.0.as_secs()).unwrap_or(i64::MAX);
        // A certificate can be good for ever, or for as long as its form can say.
        let at = Timestamp::from_seconds(seconds).unwrap_or(Timestamp::MAX);
        write!(f, "{at:?}")
    }
}
