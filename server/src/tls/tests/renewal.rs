//! A renewed certificate is used without a restart, and a failed renewal changes nothing.

use std::{fs, os::unix::fs::PermissionsExt, process::Command, sync::Arc, time::Duration};

use rcgen::date_time_ymd;
use rustls::{
    pki_types::{CertificateDer, UnixTime, pem::PemObject},
    version::TLS13,
};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    super::{Identity, Renewal, renewal::Watch},
    Ca, Files, Told, key,
    shake::{client, shake},
};

/// The certificate that a client gets.
fn served(identity: &Arc<Identity>, ca: &Ca) -> CertificateDer<'static> {
    let client = client(&ca.pem(), &[&TLS13], &[]);
    let agreed = shake(identity.config().unwrap(), client, "localhost").unwrap();
    agreed.chain.into_iter().next().unwrap()
}

fn der(pem: &str) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()
}

#[test]
fn changed_files_are_read_again() {
    let (ca, told) = (Ca::new(), Told::default());
    let files = Files::right(&ca);
    let identity = Identity::load(files.paths(), told.log()).unwrap();
    fs::set_permissions(files.paths().key, fs::Permissions::from_mode(0o640)).unwrap();
    let mut watch = Watch::new(Arc::clone(&identity));
    let first = served(&identity, &ca);
    told.take();
    watch.look(false, UnixTime::now());
    assert_eq!(told.take(), "", "nothing changed");

    let new = key();
    let cert = ca.issue(&new);
    files.write(&cert, &new.serialize_pem());
    // A configuration that was handed out before follows.
    watch.look(false, UnixTime::now());
    assert_ne!(served(&identity, &ca), first);
    assert_eq!(served(&identity, &ca), der(&cert));
    let said = told.take();
    assert!(
        said.contains("\"INFO\"") && said.contains("read again"),
        "{said}"
    );
}

#[test]
fn a_renewal_that_fails_keeps_the_old_certificate_and_is_told_once() {
    let (ca, told) = (Ca::new(), Told::default());
    let files = Files::right(&ca);
    let identity = Identity::load(files.paths(), told.log()).unwrap();
    fs::set_permissions(files.paths().key, fs::Permissions::from_mode(0o600)).unwrap();
    let mut watch = Watch::new(Arc::clone(&identity));
    let first = served(&identity, &ca);
    let new = key();
    let cert = ca.issue(&new);
    told.take();

    // The certificate is there, and its key is not yet.
    fs::write(files.paths().cert, &cert).unwrap();
    watch.look(false, UnixTime::now());
    let said = told.take();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("\"ERRO\"") && said.contains("is not that of"),
        "{said}"
    );
    assert_eq!(served(&identity, &ca), first);
    watch.look(false, UnixTime::now());
    assert_eq!(told.take(), "", "it was said before");
    watch.look(true, UnixTime::now());
    assert!(told.take().contains("is not that of"), "somebody asked");

    fs::write(files.paths().key, new.serialize_pem()).unwrap();
    watch.look(false, UnixTime::now());
    assert_eq!(served(&identity, &ca), der(&cert));
    assert!(told.take().contains("read again"));
}

#[test]
fn a_certificate_that_expires_while_it_is_served_is_told_of_once() {
    let (ca, told) = (Ca::new(), Told::default());
    let key = key();
    let cert = ca.issue_as(&key, |params| params.not_after = date_time_ymd(2100, 1, 1));
    let files = Files::new(&cert, &key.serialize_pem());
    let identity = Identity::load(files.paths(), told.log()).unwrap();
    told.take();
    let mut watch = Watch::new(identity);
    let at = |seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds));
    watch.look(false, at(4_102_444_799));
    assert_eq!(told.take(), "");
    watch.look(false, at(4_102_444_801));
    let said = told.take();
    assert!(
        said.contains("\"WARN\"") && said.contains("2100-01-01"),
        "{said}"
    );
    watch.look(false, at(4_102_444_900));
    assert_eq!(told.take(), "");
}

#[test]
fn a_key_that_everybody_can_read_is_told_of() {
    let told = Told::default();
    let files = Files::right(&Ca::new());
    let tells = |mode| {
        fs::set_permissions(files.paths().key, fs::Permissions::from_mode(mode)).unwrap();
        Identity::load(files.paths(), told.log()).unwrap();
        told.take().contains("everybody")
    };
    assert!(tells(0o644));
    assert!(!tells(0o640));
    assert!(!tells(0o600));
}

#[tokio::test]
async fn a_hangup_and_a_change_renew() {
    let (ca, told) = (Ca::new(), Told::default());
    // Expired, so that the first look has something to say: what is written before it would be found by it.
    let first = key();
    let cert = ca.issue_as(&first, |params| {
        params.not_after = date_time_ymd(2000, 1, 1);
    });
    let files = Files::new(&cert, &first.serialize_pem());
    let identity = Identity::load(files.paths(), told.log()).unwrap();
    let renewal = |pause| {
        let hangup = signal(SignalKind::hangup()).unwrap();
        Renewal::with_pause(Arc::clone(&identity), hangup, pause)
    };
    let becomes = async |cert: &str| {
        for _ in 0..1_000 {
            if told.take().contains("read again") {
                assert_eq!(served(&identity, &ca), der(cert));
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    };

    let kept = renewal(Duration::from_secs(3_600));
    while !told.take().contains("expired") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let (first, second, third) = (key(), key(), key());
    let cert = ca.issue(&first);
    files.write(&cert, &first.serialize_pem());
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!told.take().contains("read again"), "it looks once an hour");
    let own = std::process::id().to_string();
    let sent = Command::new("kill").args(["-HUP", &own]).status().unwrap();
    assert!(sent.success());
    assert!(becomes(&cert).await, "by SIGHUP");
    drop(kept);

    let kept = renewal(Duration::from_millis(10));
    let cert = ca.issue(&second);
    files.write(&cert, &second.serialize_pem());
    assert!(becomes(&cert).await, "by time");
    drop(kept);

    tokio::time::sleep(Duration::from_millis(50)).await;
    files.write(&ca.issue(&third), &third.serialize_pem());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(
        served(&identity, &ca),
        der(&cert),
        "nothing is kept after it was dropped"
    );
}
