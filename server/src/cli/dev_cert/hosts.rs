//! What clients call a server by.

use std::{fmt, net::IpAddr};

use rustls::pki_types::DnsName;

/// A host name or an address that a certificate is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Host {
    /// A name, in lower case; the first label can be `*`.
    Name(String),
    /// An address.
    Address(IpAddr),
}

/// What is not a host.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum InvalidHost {
    #[error(
        "--host {0:?} is neither a host name nor an IP address: leave out scheme, port and path, and write \
         international names in their xn-- form"
    )]
    Neither(String),
    #[error(
        "--host {0:?}: clients accept a * only as the whole first label before a name with a dot in it, such \
         as *.example.test"
    )]
    Wildcard(String),
}

/// The hosts that `texts` name, each once.
pub(super) fn read<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<Host>, InvalidHost> {
    let mut hosts = Vec::new();
    for text in texts {
        let host = host(text)?;
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    Ok(hosts)
}

fn host(text: &str) -> Result<Host, InvalidHost> {
    // As it stands in a URL, an IPv6 address has brackets round it.
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    match inner.unwrap_or(text).parse::<IpAddr>() {
        Ok(address) if inner.is_none() || address.is_ipv6() => return Ok(Host::Address(address)),
        _ => {}
    }
    let neither = || InvalidHost::Neither(text.to_owned());
    let plain = text.strip_prefix("*.").unwrap_or(text);
    if plain.contains('*') || (plain.len() < text.len() && !plain.contains('.')) {
        return Err(InvalidHost::Wildcard(text.to_owned()));
    }
    // A final dot is right in DNS and wrong in a certificate.
    let is_name = !plain.ends_with('.') && DnsName::try_from(plain).is_ok();
    if !is_name || text.len() > 253 {
        return Err(neither());
    }
    Ok(Host::Name(text.to_ascii_lowercase()))
}

impl Host {
    /// The host as a URL has it; for a wildcard, one that it stands for.
    pub(super) fn in_url(&self) -> String {
        match self {
            Self::Name(name) => name.replacen('*', "www", 1),
            Self::Address(IpAddr::V4(address)) => address.to_string(),
            Self::Address(IpAddr::V6(address)) => format!("[{address}]"),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}
