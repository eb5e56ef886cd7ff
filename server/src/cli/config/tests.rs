#![allow(clippy::unwrap_used)]
use std::{fs, path::Path};

use clap::Parser;

use super::*;

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    serve: ServeArgs,
}

fn resolve(file: &str, flags: &[&str]) -> Result<Config, ConfigError> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bitting.toml");
    fs::write(&path, file).unwrap();
    let path = path.to_str().unwrap();
    let own = ["bitting", "--config", path];
    Flags::parse_from(own.iter().chain(flags)).serve.resolve()
}

#[test]
fn a_flag_beats_the_file() {
    let file = "listen = '127.0.0.1:1'\nocamba_page_size = 5\nlog_level = 'error'";
    let config = resolve(file, &["--listen", "127.0.0.1:2"]).unwrap();
    assert_eq!(config.listen.port(), 2);
    assert_eq!(config.settings.ocamba_page_size, 5);
    assert_eq!(config.log_level, LogLevel::Error);
}

#[test]
fn the_defaults_are_those_of_the_readme() {
    let config = resolve("", &[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert!(config.seal_secrets);
    assert_eq!(config.settings.ocamba_page_size, 20);
    assert_eq!(config.settings.ocamba_page_max, 1000);
}

#[test]
fn what_is_wrong_is_named() {
    let wrong = |file: &str| resolve(file, &[]).unwrap_err().to_string();
    assert!(wrong("lissten = 'x'").contains("lissten"));
    assert!(wrong("\nlisten = 5").contains("line 2, listen: "));
    assert!(wrong("ocamba_rate = '10'").contains("10/1s"));
    assert!(wrong("ocamba_page_size = 2000").contains("2000"));
    assert!(wrong("cors_origin = ['https://a.example/']").contains("https://a.example/"));
    assert!(wrong("cors_origin = ['*']").contains('*'));
}

#[test]
fn k124_trusted_proxies_come_from_flags_or_else_from_the_file() {
    let file = "trusted_proxies = ['10.0.0.0/8']";
    let proxies = |file, flags| resolve(file, flags).unwrap().settings.trusted_proxies;
    let of = |blocks: &[&str]| Proxies::new(blocks.iter().map(|b| b.parse().unwrap()).collect());
    assert_eq!(proxies("", &[]), of(&[]));
    assert_eq!(proxies(file, &[]), of(&["10.0.0.0/8"]));
    let flags = [
        "--trusted-proxies",
        "::1,127.0.0.1",
        "--trusted-proxies",
        "192.0.2.0/24",
    ];
    assert_eq!(
        proxies(file, &flags),
        of(&["::1", "127.0.0.1", "192.0.2.0/24"])
    );
    let wrong = |text| {
        let file = format!("trusted_proxies = ['{text}']");
        resolve(&file, &[]).unwrap_err().to_string()
    };
    let said = wrong("10.1.2.3/8");
    assert!(
        said.starts_with("trusted_proxies: ") && said.contains("10.0.0.0/8"),
        "{said}"
    );
    assert!(wrong("proxy.example").contains("proxy.example"));
}

#[test]
fn tls_wants_both_of_its_files() {
    let config = resolve("tls_key = 'file.key'", &["--tls-cert", "flag.pem"]).unwrap();
    let tls = config.tls.unwrap();
    assert_eq!(tls.cert, Path::new("flag.pem"));
    assert_eq!(tls.key, Path::new("file.key"));
    assert_eq!(resolve("", &[]).unwrap().tls, None);
    for (given, missing) in [("--tls-cert", "--tls-key"), ("--tls-key", "--tls-cert")] {
        let said = resolve("", &[given, "x.pem"]).unwrap_err().to_string();
        assert!(
            said.starts_with(given) && said.contains(&format!("without {missing};")),
            "{said}"
        );
    }
}

const ISSUER: &str = "https://login.example.com";

#[test]
fn an_issuer_is_joined_from_flags_and_file() {
    let file = "oidc_issuer = 'https://elsewhere.example.com'\noidc_audience = 'api'\n\
                oidc_role_claim = 'may'";
    let flags = ["--oidc-issuer", ISSUER, "--oidc-client-id", "app"];
    let login = resolve(file, &flags).unwrap().login.unwrap();
    assert_eq!(login.issuer(), ISSUER);
    assert_eq!((login.audience(), login.client_id()), ("api", "app"));
    assert_eq!(
        (login.company_claim(), login.role_claim()),
        ("company", "may")
    );
    let flags = ["--oidc-company-claim", "tenant"];
    let login = resolve(file, &flags).unwrap().login.unwrap();
    assert_eq!(login.issuer(), "https://elsewhere.example.com");
    assert_eq!(
        (login.company_claim(), login.role_claim()),
        ("tenant", "may")
    );
    assert_eq!(resolve("", &[]).unwrap().login, None);
}

#[test]
fn an_audience_is_needed_and_stands_for_the_client() {
    let config = resolve("", &["--oidc-issuer", ISSUER, "--oidc-audience", "one"]).unwrap();
    let login = config.login.unwrap();
    assert_eq!((login.audience(), login.client_id()), ("one", "one"));
    for flags in [
        &["--oidc-issuer", ISSUER][..],
        &["--oidc-issuer", ISSUER, "--oidc-client-id", "one"],
    ] {
        let said = resolve("", flags).unwrap_err().to_string();
        assert!(said.contains("--oidc-audience"), "{said}");
    }
}

#[test]
fn what_needs_an_issuer_says_so() {
    for flag in [
        "--oidc-audience",
        "--oidc-client-id",
        "--oidc-company-claim",
        "--oidc-role-claim",
    ] {
        let said = resolve("", &[flag, "x"]).unwrap_err().to_string();
        assert!(
            said.starts_with(flag) && said.contains("--oidc-issuer"),
            "{said}"
        );
    }
}

#[test]
fn a_wrong_issuer_is_not_repeated() {
    let file = "oidc_issuer = 'https://user:hunter2@login.example.com'\noidc_audience = 'api'";
    let said = resolve(file, &[]).unwrap_err().to_string();
    assert!(
        said.contains("issuer") && !said.contains("hunter2"),
        "{said}"
    );
    let said = resolve("", &["--oidc-issuer", ISSUER, "--oidc-audience", ""]).unwrap_err();
    assert!(said.to_string().contains("audience"), "{said}");
}
