#![allow(clippy::unwrap_used)]
use std::{
    fs,
    os::unix::fs::{MetadataExt, symlink},
    path::Path,
};

use bitting_core::Timestamp;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use rustls::version::{TLS12, TLS13};

use super::{
    CA, CERT, DEFAULT_HOSTS, DevCertArgs, KEY, SystemClock,
    hosts::{self, Host},
    issue::{ca, issue, leaf},
    make,
};
use crate::tls::{
    load,
    tests::{
        complaints::validity,
        shake::{client, shake},
    },
};
use bitting_core::Clock;

fn args(directory: &Path, hosts: &[&str], force: bool) -> DevCertArgs {
    DevCertArgs {
        dir: directory.to_owned(),
        host: hosts.iter().map(|&host| host.to_owned()).collect(),
        force,
    }
}

/// Whether a client of `name` that trusts the CA in `directory` connects to a server with what else is there.
fn connects(directory: &Path, name: &str) -> Result<(), rustls::Error> {
    let ca = fs::read_to_string(directory.join(CA)).unwrap();
    for version in [&TLS12, &TLS13] {
        let server = load(&directory.join(CERT), &directory.join(KEY)).unwrap();
        shake(server, client(&ca, &[version], &[]), name)?;
    }
    Ok(())
}

#[test]
fn a_client_that_trusts_the_ca_connects_to_every_host_and_to_no_other() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("below/dev");
    make(&args(&path, &[], false)).unwrap();
    for host in DEFAULT_HOSTS {
        connects(&path, host).unwrap();
    }
    for other in ["example.test", "a.localhost", "127.0.0.2", "::2"] {
        connects(&path, other).unwrap_err();
    }
}

#[test]
fn the_forms_of_hosts_can_be_mixed_and_left_out() {
    for hosts in [
        &["bitting.example.test"][..],
        &["192.0.2.7"],
        &["2001:db8::7", "192.0.2.7"],
        &[
            "my_service",
            "xn--lwe-sna.example",
            "bitting-1.example.test",
        ],
    ] {
        let directory = tempfile::tempdir().unwrap();
        make(&args(directory.path(), hosts, false)).unwrap();
        for host in hosts {
            connects(directory.path(), host).unwrap();
        }
    }
    let directory = tempfile::tempdir().unwrap();
    make(&args(directory.path(), &["*.example.test"], false)).unwrap();
    connects(directory.path(), "a.example.test").unwrap();
    connects(directory.path(), "example.test").unwrap_err();
    connects(directory.path(), "a.b.example.test").unwrap_err();
}

#[test]
fn the_ca_can_vouch_for_nothing_else() {
    let now = SystemClock.now();
    let all = ["a.test", "192.0.2.7", "2001:db8::7"];
    for (constrained, others) in [
        (&["a.test"][..], &["b.test", "192.0.2.7", "2001:db8::7"][..]),
        (&["192.0.2.7"], &["a.test", "192.0.2.8", "2001:db8::7"]),
        (&["2001:db8::7"], &["a.test", "192.0.2.7", "2001:db8::8"]),
        (&all, &["b.test", "192.0.2.8", "2001:db8::8"]),
    ] {
        let ca = ca(&hosts::read(constrained.iter().copied()).unwrap(), now).unwrap();
        let connects = |host: &str| {
            let key = KeyPair::generate().unwrap();
            let leaf = leaf(&hosts::read([host]).unwrap(), now).unwrap();
            let leaf = leaf.signed_by(&key, &ca).unwrap().pem();
            let directory = tempfile::tempdir().unwrap();
            let path = directory.path();
            fs::write(path.join(CA), ca.pem()).unwrap();
            fs::write(path.join(CERT), leaf).unwrap();
            fs::write(path.join(KEY), key.serialize_pem()).unwrap();
            super::tests::connects(path, host)
        };
        for host in constrained {
            connects(host).unwrap();
        }
        for other in others {
            connects(other).unwrap_err();
        }
    }
}

#[test]
fn a_ca_that_a_server_presents_as_its_own_certificate_is_refused() {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let both = params.self_signed(&key).unwrap().pem();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    fs::write(path.join(CA), &both).unwrap();
    fs::write(path.join(CERT), &both).unwrap();
    fs::write(path.join(KEY), key.serialize_pem()).unwrap();
    let refused = connects(path, "localhost").unwrap_err().to_string();
    assert!(refused.contains("CaUsedAsEndEntity"), "{refused}");
}

#[test]
fn it_is_good_from_yesterday_for_less_than_398_days() {
    let now = SystemClock.now();
    let issued = issue(&hosts::read(DEFAULT_HOSTS).unwrap(), now).unwrap();
    let (from, until) = validity(&issued.cert);
    let day = 24 * 60 * 60;
    let now = u64::try_from(now.seconds()).unwrap();
    let (from, until) = (from.as_secs(), until.as_secs());
    assert!(from <= now - day && now + 390 * day < until);
    assert!(until - from <= 397 * day);
}

#[test]
fn the_edges_of_the_calendar_are_no_panic() {
    let hosts = hosts::read(DEFAULT_HOSTS).unwrap();
    for now in [Timestamp::MIN, Timestamp::MAX] {
        issue(&hosts, now).unwrap();
    }
}

#[test]
fn only_the_key_of_the_server_is_written_and_only_its_owner_may_read_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("dev");
    make(&args(&path, &[], false)).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().mode() & 0o777;
    assert_eq!(mode(&path), 0o700);
    assert_eq!(mode(&path.join(KEY)), 0o600);
    let mut names = Vec::new();
    for entry in fs::read_dir(&path).unwrap() {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let name = entry.file_name().into_string().unwrap();
        assert_eq!(
            text.matches("PRIVATE KEY").count() > 0,
            name == KEY,
            "{name}"
        );
        assert_eq!(text.matches("-----BEGIN").count(), 1, "{name}");
        names.push(name);
    }
    names.sort();
    assert_eq!(names, [CA, CERT, KEY]);
}

#[test]
fn nothing_is_replaced_unless_forced() {
    for there in [CA, CERT, KEY] {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path();
        fs::write(path.join(there), "precious").unwrap();
        let said = make(&args(path, &[], false)).unwrap_err().to_string();
        assert!(said.contains(there) && said.contains("--force"), "{said}");
        assert_eq!(said.lines().count(), 1);
        assert_eq!(fs::read_to_string(path.join(there)).unwrap(), "precious");
        assert_eq!(fs::read_dir(path).unwrap().count(), 1);
        make(&args(path, &[], true)).unwrap();
        connects(path, "localhost").unwrap();
        assert_eq!(path.join(KEY).metadata().unwrap().mode() & 0o777, 0o600);
    }
    let directory = tempfile::tempdir().unwrap();
    symlink("nowhere", directory.path().join(KEY)).unwrap();
    make(&args(directory.path(), &[], false)).unwrap_err();
    let file = directory.path().join("file");
    fs::write(&file, "x").unwrap();
    let said = make(&args(&file, &[], false)).unwrap_err().to_string();
    assert!(
        said.contains("cannot create the directory") && said.contains("file"),
        "{said}"
    );
}

#[test]
fn what_is_no_host_is_said_in_one_line() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("dev");
    for (wrong, word) in [
        ("", "neither"),
        ("https://localhost", "scheme"),
        ("localhost:8080", "port"),
        ("löwe.example", "xn--"),
        ("a b", "neither"),
        ("a..b", "neither"),
        ("localhost.", "neither"),
        ("-a.test", "neither"),
        ("127.0.0.256", "neither"),
        ("127.0.0.1/8", "neither"),
        ("[127.0.0.1]", "neither"),
        ("fe80::1%eth0", "neither"),
        ("*", "first label"),
        ("*.test", "first label"),
        ("a.*.test", "first label"),
        ("a*.b.test", "first label"),
    ] {
        let said = make(&args(&path, &["localhost", wrong], false)).unwrap_err();
        let said = said.to_string();
        assert!(
            said.contains(word) && said.contains(&format!("{wrong:?}")),
            "{said}"
        );
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(!path.exists());
    }
    let long = format!("{}.test", ["a".repeat(60).as_str(); 4].join("."));
    assert_eq!(long.len(), 248);
    hosts::read([long.as_str()]).unwrap();
    hosts::read([format!("abcde.{long}").as_str()]).unwrap_err();
}

#[test]
fn a_host_is_taken_once_and_in_lower_case() {
    let hosts = hosts::read(["LocalHost", "localhost", "::1", "[::1]", "0:0::1"]).unwrap();
    let name = Host::Name("localhost".to_owned());
    assert_eq!(hosts, [name, Host::Address("::1".parse().unwrap())]);
    let urls: Vec<_> = hosts.iter().map(Host::in_url).collect();
    assert_eq!(urls, ["localhost", "[::1]"]);
    let wild = hosts::read(["*.example.test"]).unwrap();
    assert_eq!(wild[0].in_url(), "www.example.test");
}
