//! What is wrong with files is said in one line that names the file, the cause and the remedy.

use std::fs;

use super::{super::load, Ca, Files, key};

/// What is said of a pair of files.
#[track_caller]
fn refused(files: &Files, words: &[&str]) {
    let paths = files.paths();
    let error = load(&paths.cert, &paths.key).unwrap_err().to_string();
    assert!(!error.contains('\n'), "{error}");
    for word in words {
        assert!(error.contains(word), "{word:?} is not in {error:?}");
    }
}

fn section(label: &str, text: &str) -> String {
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

#[test]
fn a_file_that_cannot_be_read() {
    let files = Files::right(&Ca::new());
    fs::remove_file(files.paths().key).unwrap();
    refused(
        &files,
        &["--tls-key", "key.pem", "No such file", "check the path"],
    );
    fs::remove_file(files.paths().cert).unwrap();
    fs::create_dir(files.paths().cert).unwrap();
    refused(&files, &["--tls-cert", "cert.pem", "directory"]);
}

#[test]
fn a_file_without_what_it_is_to_hold() {
    let key = key();
    let cert = Ca::new().issue(&key);
    let private = key.serialize_pem();
    for nothing in ["", "hello\n", "\u{0}\u{1}\u{2}"] {
        refused(
            &Files::new(nothing, &private),
            &["cert.pem holds no certificate", "BEGIN"],
        );
        refused(
            &Files::new(&cert, nothing),
            &["key.pem holds no private key", "BEGIN"],
        );
    }
    let public = section("PUBLIC KEY", "AAAA");
    refused(
        &Files::new(&cert, &public),
        &["key.pem holds no private key"],
    );
    refused(&Files::new(&cert, &cert), &["key.pem holds no private key"]);
    refused(
        &Files::new(&private, &private),
        &["cert.pem holds no certificate"],
    );
}

#[test]
fn files_that_are_swapped() {
    let key = key();
    let cert = Ca::new().issue(&key);
    let swapped = ["swapped", "cert.pem holds a private key", "exchange"];
    refused(&Files::new(&key.serialize_pem(), &cert), &swapped);
    let encrypted = section("ENCRYPTED PRIVATE KEY", "AAAA");
    refused(&Files::new(&encrypted, &cert), &swapped);
}

#[test]
fn a_key_of_another_certificate() {
    let ca = Ca::new();
    let (mine, other) = (key(), key());
    let files = Files::new(&ca.issue(&mine), &other.serialize_pem());
    refused(
        &files,
        &["key.pem is not that of the certificate in", "made together"],
    );
    // The same files in the wrong order are another mistake.
    let chain = format!("{}{}", ca.pem(), ca.issue(&mine));
    refused(
        &Files::new(&chain, &mine.serialize_pem()),
        &["not the first", "put it first"],
    );
}

#[test]
fn a_key_that_cannot_be_used() {
    let cert = Ca::new().issue(&key());
    for encrypted in [
        section("ENCRYPTED PRIVATE KEY", "AAAA"),
        section(
            "RSA PRIVATE KEY",
            "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA",
        ),
    ] {
        refused(
            &Files::new(&cert, &encrypted),
            &["key.pem is encrypted", "openssl pkey -in"],
        );
    }
    for unknown in ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"] {
        let files = Files::new(&cert, &section(unknown, "MAMCAQA="));
        refused(&files, &["--tls-key", "key.pem", "cannot be used", "ECDSA"]);
    }
    let two = format!("{}{}", key().serialize_pem(), key().serialize_pem());
    refused(&Files::new(&cert, &two), &["key.pem holds 2 private keys"]);
}

#[test]
fn a_file_that_is_damaged() {
    let mine = key();
    let cert = Ca::new().issue(&mine);
    let private = mine.serialize_pem();
    let half = &private[..private.len() / 2];
    refused(
        &Files::new(&cert, half),
        &["--tls-key", "key.pem is damaged", "END"],
    );
    let files = Files::new(&section("CERTIFICATE", "?!"), &private);
    refused(&files, &["--tls-cert", "cert.pem is damaged", "base64"]);
    let files = Files::new(&section("CERTIFICATE", "MAMCAQA="), &private);
    refused(&files, &["--tls-cert", "cert.pem", "cannot be used"]);
    let files = Files::new(&"x".repeat(2 << 20), &private);
    refused(&files, &["--tls-cert", "cert.pem is too large"]);
}

#[test]
fn nothing_of_a_key_is_repeated() {
    let mine = key();
    let cert = Ca::new().issue(&mine);
    let private = mine.serialize_pem();
    let secret = private.lines().nth(1).unwrap();
    let damages = [
        private.replace("END", "FIN"),
        private.replace("BEGIN PRIVATE KEY-----", "BEGIN PRIVATE KEY"),
        private.replace(secret, &format!("{secret}?")),
        private.replace(secret, &secret[..40]),
    ];
    for damaged in damages {
        let files = Files::new(&cert, &damaged).paths_kept();
        let error = load(&files.1.cert, &files.1.key).unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains(&secret[..20]), "{shown}");
    }
}
