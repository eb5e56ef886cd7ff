//! The command that a newcomer pastes first.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
};

/// A `curl` that makes a key at `address` with the secret in `file`.
pub(super) fn first_request(address: SocketAddr, file: &Path) -> String {
    let file = quoted(&file.display().to_string());
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
    let url = quoted(&format!("http://{address}/v2/ocamba/personal-api-keys"));
    format!(
        "curl -X POST {url} \\\n  \
         -H \"Authorization: Bearer $(cat {file})\" \\\n  \
         -H 'Content-Type: application/json' \\\n  \
         -d '{{\"name\": \"My API key\"}}'"
    )
}

/// `text` as a shell reads it back, quoted only where it has to be.
fn quoted(text: &str) -> String {
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
        let line = |address: &str| first_request(address.parse().unwrap(), Path::new("k"));
        assert!(line("0.0.0.0:80").contains("http://127.0.0.1:80/"));
        assert!(line("[::]:80").contains("'http://[::1]:80/"));
        assert!(line("192.0.2.1:80").contains(" http://192.0.2.1:80/"));
    }
}
