//! What clients get.

use rcgen::{PKCS_ECDSA_P256_SHA256, PKCS_ECDSA_P384_SHA384, PKCS_ED25519, PKCS_RSA_SHA256};
use rustls::{
    ProtocolVersion,
    version::{TLS12, TLS13},
};

use super::{
    super::load,
    Ca, Files, KeyPair,
    shake::{client, shake},
};

#[test]
fn a_client_that_trusts_the_ca_connects_and_one_that_does_not_refuses() {
    let ca = Ca::new();
    let files = Files::right(&ca).paths_kept();
    let server = || load(&files.1.cert, &files.1.key).unwrap();
    for (version, name) in [
        (&TLS12, ProtocolVersion::TLSv1_2),
        (&TLS13, ProtocolVersion::TLSv1_3),
    ] {
        let client = client(&ca.pem(), &[version], &[]);
        let agreed = shake(server(), client, "localhost").unwrap();
        assert_eq!(agreed.version, name);
        assert_eq!(agreed.protocol, None);
        assert_eq!(agreed.chain.len(), 1);
    }
    let stranger = client(&Ca::new().pem(), &[&TLS13], &[]);
    let error = shake(server(), stranger, "localhost").unwrap_err();
    assert!(
        matches!(error, rustls::Error::InvalidCertificate(_)),
        "{error}"
    );
}

#[test]
fn http_2_is_preferred_and_http_1_1_spoken() {
    let ca = Ca::new();
    let (_kept, files) = Files::right(&ca).paths_kept();
    let speak = |protocols: &[&[u8]]| {
        let client = client(&ca.pem(), &[&TLS13], protocols);
        let server = load(&files.cert, &files.key).unwrap();
        shake(server, client, "localhost").unwrap().protocol
    };
    assert_eq!(speak(&[b"http/1.1", b"h2"]).unwrap(), b"h2");
    assert_eq!(speak(&[b"http/1.1"]).unwrap(), b"http/1.1");
}

#[test]
fn the_chain_is_sent_in_the_order_of_the_file() {
    let ca = Ca::new();
    let key = super::key();
    let chain = format!("{}{}", ca.issue(&key), ca.pem());
    let (_kept, files) = Files::new(&chain, &key.serialize_pem()).paths_kept();
    let client = client(&ca.pem(), &[&TLS13], &[]);
    let server = load(&files.cert, &files.key).unwrap();
    assert_eq!(shake(server, client, "localhost").unwrap().chain.len(), 2);
}

#[test]
fn every_usual_kind_of_key_serves() {
    let ca = Ca::new();
    for kind in [
        &PKCS_ECDSA_P256_SHA256,
        &PKCS_ECDSA_P384_SHA384,
        &PKCS_ED25519,
        &PKCS_RSA_SHA256,
    ] {
        let key = KeyPair::generate_for(kind).unwrap();
        let (_kept, files) = Files::new(&ca.issue(&key), &key.serialize_pem()).paths_kept();
        let client = client(&ca.pem(), &[&TLS13], &[]);
        let server = load(&files.cert, &files.key).unwrap();
        shake(server, client, "localhost").unwrap();
    }
}

#[test]
fn one_file_may_hold_both() {
    let ca = Ca::new();
    let key = super::key();
    let both = format!("{}{}", key.serialize_pem(), ca.issue(&key));
    let (_kept, files) = Files::new(&both, "").paths_kept();
    let server = load(&files.cert, &files.cert).unwrap();
    let client = client(&ca.pem(), &[&TLS13], &[]);
    shake(server, client, "localhost").unwrap();
}
