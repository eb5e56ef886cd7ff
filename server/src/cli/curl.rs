//! The command that a newcomer pastes first.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
};

/// The name of a CA's certificate beside the server's, as `dev-cert` writes it.
const CA: &str = "ca.pem";

/// A `curl` that makes a key at `address` with the secret in `file`; `cert` is the server's certificate, if it
/// serves TLS.
pub(super) fn first_request(address: SocketAddr, cert: Option<&Path>, file: &Path) -> String {
    let file = quoted(&file.display().to_string());
    let url = quoted(&format!(
        "{}/v2/ocamba/personal-api-keys",
        base_url(address, cert.is_some())
    ));
    let ca = cert.map(|cert| cert.with_file_name(CA));
    let trust = ca.filter(|ca| ca.is_file()).map_or_else(String::new, |ca| {
        format!("--cacert {} ", quoted(&ca.display().to_string()))
    });
    format!(
        "curl {trust}-X POST {url} \\\n  \
         -H \"Authorization: Bearer $(cat {file})\" \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -d '{{\"name\": \"My API key\"}}'"
    )
}

/// Where a server that listens at `address` is found from the machine itself.
pub(super) fn base_url(address: SocketAddr, tls: bool) -> String {
    // Where every address is listened on, the machine's own is one.
    let address = match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => {
            SocketAddr::from((Ipv4Addr::LOCALHOST, v4.port()))
        }
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => {
            SocketAddr::from((Ipv6Addr::LOCALHOST, v6.port()))
        }
        named => named,
    };
    format!("{}://{address}", scheme(tls))
}

/// How the URLs of a server begin.
pub(super) fn scheme(tls: bool) -> &'static str {
    if tls { "https" } else { "http" }
}

/// `text` as a shell reads it back, quoted only where it has to be.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+,:@".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_path_is_quoted_where_it_has_to_be() {
        assert_eq!(quoted("./bitting-data/root.key"), "./bitting-data/root.key");
        assert_eq!(quoted("my data/root.key"), "'my data/root.key'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }

    #[test]
    fn an_address_that_means_every_one_is_called_on_the_machine_itself() {
        let line = |address: &str| first_request(address.parse().unwrap(), None, Path::new("k"));
        assert!(line("0.0.0.0:80").contains("http://127.0.0.1:80/"));
        assert!(line("[::]:80").contains("'http://[::1]:80/"));
        assert!(line("192.0.2.1:80").contains(" http://192.0.2.1:80/"));
    }

    #[test]
    fn with_tls_it_is_https_and_the_ca_beside_the_certificate_is_trusted() {
        let directory = tempfile::tempdir().unwrap();
        let cert = directory.path().join("cert.pem");
        let line = || first_request("[::]:80".parse().unwrap(), Some(&cert), Path::new("k"));
        assert!(line().starts_with("curl -X POST 'https://[::1]:80/v2/"));
        let ca = directory.path().join("ca.pem");
        std::fs::write(&ca, "").unwrap();
        let ca = quoted(ca.to_str().unwrap());
        assert!(line().starts_with(&format!("curl --cacert {ca} -X POST 'https://")));
    }
}
