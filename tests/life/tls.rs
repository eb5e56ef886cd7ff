//! `dev-cert`, and files that no server can prove itself with.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use bitting_tests::binary::run;
use tempfile::tempdir;

use super::refusals::{assert_refused, serve};

fn dev_cert(directory: &Path, more: &[&str]) -> std::process::Output {
    let directory = directory.to_str().expect("text");
    run(&[&["dev-cert", "--dir", directory][..], more].concat())
}

#[test]
fn f5_dev_cert_writes_a_ca_and_a_leaf_and_no_key_of_the_ca() {
    let directory = tempdir().expect("a directory");
    let tls = directory.path().join("tls");
    let output = dev_cert(&tls, &["--host", "localhost", "--host", "192.0.2.1"]);
    assert!(output.status.success(), "{output:?}");
    let told = String::from_utf8(output.stdout).expect("text");
    for word in ["--tls-cert", "--cacert", "NODE_EXTRA_CA_CERTS"] {
        assert!(told.contains(word), "{word} is not in {told}");
    }
    let mut files: Vec<_> = fs::read_dir(&tls)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    files.sort();
    assert_eq!(files, ["ca.pem", "cert.pem", "key.pem"]);
    let read = |name: &str| fs::read_to_string(tls.join(name)).expect("a file");
    assert!(!read("ca.pem").contains("PRIVATE"));
    assert!(!read("cert.pem").contains("PRIVATE"));
    let mode = fs::metadata(tls.join("key.pem"))
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    // Those who trust the CA would have to be told of another: it is not replaced in passing.
    let before = read("cert.pem");
    assert_refused(&dev_cert(&tls, &[]), &["there already", "--force"]);
    assert_eq!(read("cert.pem"), before);
    assert!(dev_cert(&tls, &["--force"]).status.success());
    assert_ne!(read("cert.pem"), before);
    assert_refused(
        &dev_cert(&directory.path().join("other"), &["--host", "a b"]),
        &["a b"],
    );
}

#[test]
fn f5_files_that_are_wrong_or_do_not_belong_together_are_refused_in_one_line() {
    let directory = tempdir().expect("a directory");
    let (one, two) = (directory.path().join("one"), directory.path().join("two"));
    for made in [&one, &two] {
        assert!(dev_cert(made, &[]).status.success());
    }
    let data = directory.path().join("data");
    let path = |of: &Path, name: &str| of.join(name).to_str().expect("text").to_owned();
    let (cert, key) = (path(&one, "cert.pem"), path(&one, "key.pem"));
    let other = path(&two, "key.pem");
    let tls = |cert: &str, key: &str| serve(&data, &["--tls-cert", cert, "--tls-key", key]);
    assert_refused(&tls(&cert, &other), &[&other, &cert]);
    assert_refused(&tls(&key, &cert), &[&key]);
    assert_refused(&tls(&cert, &path(&one, "nothing.pem")), &["nothing.pem"]);
    let empty = path(&one, "empty.pem");
    fs::write(&empty, "").expect("a file");
    assert_refused(&tls(&empty, &key), &[&empty, "certificate"]);
    assert_refused(&tls(&cert, &empty), &[&empty, "key"]);
    assert_refused(&serve(&data, &["--tls-cert", &cert]), &["--tls-key"]);
    assert_refused(&serve(&data, &["--tls-key", &key]), &["--tls-cert"]);
}
