//! What clients would hold against a certificate is known before they do.

use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, date_time_ymd};
use rustls::{
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
};

use super::{
    super::{Identity, complaint::Complaint},
    Ca, Files, Told, key,
};

/// 2026-01-01.
const YEAR_2026: u64 = 1_767_225_600;

fn complaint(change: impl FnOnce(&mut CertificateParams)) -> Option<Complaint> {
    let key = key();
    let cert = Ca::new().issue_as(&key, change);
    let files = Files::new(&cert, &key.serialize_pem());
    let identity = Identity::load(files.paths(), Told::default().log()).unwrap();
    let now = UnixTime::since_unix_epoch(Duration::from_secs(YEAR_2026));
    identity.complaint(now)
}

/// From when until when a certificate is good.
pub(crate) fn validity(cert: &str) -> (UnixTime, UnixTime) {
    let cert = CertificateDer::from_pem_slice(cert.as_bytes()).unwrap();
    let at = |seconds| {
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        super::super::complaint::complaint(&cert, time, &aws_lc_rs::default_provider())
    };
    match (at(0), at(u64::from(u32::MAX))) {
        (Some(Complaint::NotYet(from)), Some(Complaint::Expired(until))) => (from, until),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_good_certificate_is_complained_of_by_nobody() {
    assert_eq!(complaint(|_| {}), None);
    let server = |params: &mut CertificateParams| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.is_ca = IsCa::ExplicitNoCa;
    };
    assert_eq!(complaint(server), None);
}

#[test]
fn one_that_is_not_good_now() {
    let expired = complaint(|params| params.not_after = date_time_ymd(2025, 6, 1)).unwrap();
    assert_eq!(
        expired.to_string(),
        "it expired at 2025-06-01T00:00:00Z; renew it"
    );
    let early = complaint(|params| params.not_before = date_time_ymd(2026, 6, 1)).unwrap();
    let said = "it is not good before 2026-06-01T00:00:00Z; check the clock";
    assert_eq!(early.to_string(), said);
}

#[test]
fn one_that_is_not_a_servers() {
    let ca = |params: &mut CertificateParams| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    };
    assert_eq!(complaint(ca), Some(Complaint::IsCa));
    let client = |params: &mut CertificateParams| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    };
    let said = complaint(client).unwrap().to_string();
    assert!(said.contains("issued again"), "{said}");
    let nameless = complaint(|params| params.subject_alt_names.clear());
    assert_eq!(nameless, Some(Complaint::Nameless));
}
