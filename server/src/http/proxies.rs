//! Whose word about where a request came from is taken (K124).

use std::net::{IpAddr, SocketAddr};

use bitting_core::AddressBlock;
use http::HeaderMap;

const FORWARDED: &str = "x-forwarded-for";

/// The proxies whose word is taken; none by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Vec<AddressBlock>);

impl Proxies {
    /// Those in `blocks`.
    pub fn new(blocks: Vec<AddressBlock>) -> Self {
        Self(blocks)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|block| block.contains(address))
    }

    /// Where a request came from that came in from `peer`; `None` where a trusted proxy names what is no address.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        if !self.trust(peer) {
            return Some(peer);
        }
        // From the right: what each proxy adds is the only part that it vouches for.
        for line in headers.get_all(FORWARDED).iter().rev() {
            let line = line.to_str().ok()?;
            for entry in line.rsplit(',') {
                let entry = entry.trim();
                let ported = || entry.parse().map(|socket: SocketAddr| socket.ip());
                let bare = entry.strip_prefix('[').and_then(|e| e.strip_suffix(']'));
                let address = bare.unwrap_or(entry).parse().or_else(|_| ported()).ok()?;
                if !self.trust(address) {
                    return Some(address);
                }
            }
        }
        Some(peer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use http::HeaderValue;

    use super::*;

    fn client(proxies: &[&str], peer: &str, forwarded: &[&str]) -> Option<String> {
        let blocks = proxies.iter().map(|block| block.parse().unwrap()).collect();
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED, HeaderValue::from_str(line).unwrap());
        }
        let found = Proxies::new(blocks).client(peer.parse().unwrap(), &headers);
        found.map(|address| address.to_string())
    }

    #[test]
    fn k124_nobody_is_believed_who_is_no_trusted_proxy() {
        for proxies in [&[][..], &["10.0.0.0/8"]] {
            let found = client(proxies, "192.0.2.1", &["198.51.100.7"]);
            assert_eq!(found.unwrap(), "192.0.2.1");
        }
    }

    #[test]
    fn k124_it_is_the_right_most_that_is_no_trusted_proxy() {
        let proxies = &["10.0.0.0/8", "fd00::/8"];
        for (forwarded, expected) in [
            (&["198.51.100.7"][..], "198.51.100.7"),
            (&["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
            (&["1.1.1.1", "198.51.100.7,10.2.3.4"], "198.51.100.7"),
            (&["x, 198.51.100.7 , fd00::1,[fd00::2]:80"], "198.51.100.7"),
            (&["198.51.100.7:4711"], "198.51.100.7"),
            (&["[2001:db8::7]:4711"], "2001:db8::7"),
            (&["[2001:db8::7]"], "2001:db8::7"),
            (&["1.1.1.1,::ffff:10.0.0.9"], "1.1.1.1"),
            // All are trusted, or nothing is said.
            (&["10.0.0.2, 10.0.0.3"], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            let found = client(proxies, "10.0.0.1", forwarded);
            assert_eq!(found.as_deref(), Some(expected), "{forwarded:?}");
        }
        let mapped = client(proxies, "::ffff:10.0.0.1", &["198.51.100.7"]);
        assert_eq!(mapped.unwrap(), "198.51.100.7");
    }

    #[test]
    fn k124_what_is_no_address_is_nobodys() {
        for forwarded in [
            "",
            "unknown",
            "198.51.100.7,",
            "198.51.100.7, x, 10.0.0.2",
            "1.2.3.4:x",
        ] {
            let found = client(&["10.0.0.0/8"], "10.0.0.1", &[forwarded]);
            assert_eq!(found, None, "{forwarded:?}");
        }
    }
}
