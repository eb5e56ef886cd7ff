//! Which addresses a key may be used from.

use std::{fmt, net::IpAddr, str::FromStr};

use ipnet::IpNet;

use crate::bounds;

/// A block of addresses in CIDR notation, or a single address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressBlock(IpNet);

/// Why a text is no block of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAddressBlock {
    /// It is neither an address nor a block.
    #[error("must be an IPv4 or IPv6 address, or a block of them as 192.0.2.0/24 or 2001:db8::/32")]
    Form,
    /// The address has bits beyond the prefix: which was meant cannot be told.
    #[error("must have no bits set after its prefix: did you mean {0}?")]
    HostBits(AddressBlock),
    /// An IPv4 address in the clothes of an IPv6 one, of a block that is larger than they are.
    #[error("must name IPv4 addresses as such, without ::ffff:")]
    Mapped,
}

impl FromStr for AddressBlock {
    type Err = InvalidAddressBlock;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let block = if text.contains('/') {
            text.parse().map_err(|_| InvalidAddressBlock::Form)?
        } else {
            let address: IpAddr = text.parse().map_err(|_| InvalidAddressBlock::Form)?;
            IpNet::from(address)
        };
        let block = unmapped(block)?;
        if block.trunc() == block {
            Ok(Self(block))
        } else {
            Err(InvalidAddressBlock::HostBits(Self(block.trunc())))
        }
    }
}

impl AddressBlock {
    /// Whether `address` is in it; an IPv4 address in the form of IPv6 is taken for what it is.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

/// The block of IPv4 addresses that a block of mapped ones is: clients are seen with either.
fn unmapped(block: IpNet) -> Result<IpNet, InvalidAddressBlock> {
    let IpNet::V6(six) = block else {
        return Ok(block);
    };
    let Some(four) = six.addr().to_ipv4_mapped() else {
        return Ok(block);
    };
    let prefix = six.prefix_len().checked_sub(96);
    prefix
        .and_then(|prefix| IpNet::new(IpAddr::V4(four), prefix).ok())
        .ok_or(InvalidAddressBlock::Mapped)
}

/// A single address is written without a prefix.
impl fmt::Display for AddressBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            write!(f, "{}", self.0.addr())
        } else {
            write!(f, "{}", self.0)
        }
    }
}

/// The addresses that a key may be used from, at most 50 blocks; none for anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedAddresses(Box<[AddressBlock]>);

/// That there are more blocks than one key has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must have at most {max} addresses", max = bounds::ADDRESSES_MAX)]
pub struct TooManyAddresses;

impl AllowedAddresses {
    /// The blocks in order, each once, if they are not too many.
    pub fn new(blocks: impl IntoIterator<Item = AddressBlock>) -> Result<Self, TooManyAddresses> {
        let mut blocks: Vec<_> = blocks.into_iter().collect();
        blocks.sort_unstable();
        blocks.dedup();
        if blocks.len() > bounds::ADDRESSES_MAX {
            return Err(TooManyAddresses);
        }
        Ok(Self(blocks.into()))
    }

    /// The blocks.
    pub fn iter(&self) -> impl Iterator<Item = AddressBlock> {
        self.0.iter().copied()
    }

    /// Whether the key may be used from anywhere.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the key may be used from `client`; where it is bound to addresses, not from an unknown one.
    pub fn permit(&self, client: Option<IpAddr>) -> bool {
        self.is_empty()
            || client.is_some_and(|client| self.0.iter().any(|block| block.contains(client)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn block(text: &str) -> Result<AddressBlock, InvalidAddressBlock> {
        text.parse()
    }

    #[test]
    fn a_block_is_written_in_one_way() {
        for (text, written) in [
            ("192.0.2.0/24", "192.0.2.0/24"),
            ("192.0.2.7", "192.0.2.7"),
            ("192.0.2.7/32", "192.0.2.7"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("2001:DB8::/32", "2001:db8::/32"),
            ("2001:db8:0:0::1", "2001:db8::1"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(block(text).unwrap().to_string(), written, "{text}");
        }
    }

    #[test]
    fn rubbish_is_no_block() {
        for text in [
            "",
            " ",
            "x",
            "1.2.3",
            "1.2.3.4/",
            "1.2.3.4/33",
            "1.2.3.4/-1",
            "1.2.3.4/+8",
            "::1/129",
            "01.2.3.4",
            "1.2.3.4 ",
            "1.2.3.4/24/24",
            "fe80::1%eth0",
            "[::1]",
            "192.0.2.0/255.255.255.0",
        ] {
            assert_eq!(block(text), Err(InvalidAddressBlock::Form), "{text:?}");
        }
        let refused = block("10.1.2.3/8").unwrap_err().to_string();
        assert!(refused.contains("10.0.0.0/8"), "{refused}");
        assert_eq!(block("::ffff:0.0.0.0/90"), Err(InvalidAddressBlock::Mapped));
    }

    #[test]
    fn an_address_is_looked_for_in_every_block_and_mapped_ones_are_ipv4() {
        let allowed = ["10.0.0.0/8", "2001:db8::/32", "192.0.2.7"].map(|text| block(text).unwrap());
        let allowed = AllowedAddresses::new(allowed).unwrap();
        for (client, permitted) in [
            ("10.255.0.1", true),
            ("11.0.0.1", false),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("::ffff:10.1.1.1", true),
            ("2001:db8:1::5", true),
            ("2001:db9::", false),
        ] {
            let client: IpAddr = client.parse().unwrap();
            assert_eq!(allowed.permit(Some(client)), permitted, "{client}");
        }
        assert!(!allowed.permit(None));
        assert!(AllowedAddresses::default().permit(None));
    }

    #[test]
    fn a_key_has_at_most_50_blocks_none_twice() {
        let numbered = |n: u8| block(&format!("10.0.0.{n}")).unwrap();
        assert!(AllowedAddresses::new((0..50).map(numbered)).is_ok());
        assert_eq!(
            AllowedAddresses::new((0..51).map(numbered)),
            Err(TooManyAddresses)
        );
        let twice = AllowedAddresses::new([numbered(2), numbered(1), numbered(2)]).unwrap();
        assert_eq!(twice.iter().collect::<Vec<_>>(), [numbered(1), numbered(2)]);
    }
}
