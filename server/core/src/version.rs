//! Which version of a key somebody saw.

use std::fmt;

use crate::{Key, Timestamp, parts::Parts};

/// Tells two states of a key's settings apart; use does not change it. Two keys, or a key before and after a
/// change of anything that is shown, have different ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Version([u8; 16]);

impl Version {
    /// The version that `text` spells, if it spells one.
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32 && !text.bytes().any(|b| b.is_ascii_uppercase()))
            .then(|| u128::from_str_radix(text, 16).ok())?
            .filter(|_| !text.starts_with('+'))
            .map(|number| Self(number.to_be_bytes()))
    }
}

/// 32 hexadecimal digits.
impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Version({self})")
    }
}

impl Parts {
    fn time(&mut self, time: Option<Timestamp>) {
        match time {
            Some(time) => self.push(&time.seconds().to_be_bytes()),
            None => self.push(&[]),
        }
    }

    fn text(&mut self, text: Option<&str>) {
        self.push(&[u8::from(text.is_some())]);
        self.push(text.unwrap_or_default().as_bytes());
    }
}

impl Key {
    /// Which version of the key this is.
    pub fn version(&self) -> Version {
        // Named one by one, so that a new member of `Key` is a question here.
        let Self {
            id,
            company,
            owner,
            issuer,
            origin,
            name,
            description,
            role,
            scopes,
            start,
            end,
            created,
            updated,
            enabled,
            revoked,
            recoverable,
            metadata,
            addresses,
            limits,
            quota,
            prefix,
        } = self;
        let mut parts = Parts::default();
        parts.push(id.0.as_bytes());
        for number in [company.get(), owner.get(), issuer.get()] {
            parts.push(&number.to_be_bytes());
        }
        parts.push(origin.name().as_bytes());
        parts.push(name.as_str().as_bytes());
        parts.text(description.as_ref().map(crate::Description::as_str));
        parts.push(role.name().as_bytes());
        for time in [Some(*start), *end, Some(*created), Some(*updated)] {
            parts.time(time);
        }
        parts.push(&[u8::from(*enabled), u8::from(*recoverable)]);
        parts.time(revoked.as_ref().map(|revoked| revoked.at));
        let reason = revoked.as_ref().and_then(|revoked| revoked.reason.as_ref());
        parts.text(reason.map(crate::Reason::as_str));
        parts.push(metadata.as_json().as_bytes());
        parts.text(prefix.as_ref().map(crate::secret::Prefix::as_str));
        let scopes: Vec<_> = scopes.iter().map(crate::Scope::as_str).collect();
        parts.push(scopes.join(" ").as_bytes());
        let addresses: Vec<_> = addresses.iter().map(|block| block.to_string()).collect();
        parts.push(addresses.join(" ").as_bytes());
        if self.is_metered() {
            let limits: Vec<_> = limits.iter().map(ToString::to_string).collect();
            parts.push(limits.join(" ").as_bytes());
            // Not what is left: that is use.
            let refill = quota.map(|quota| quota.refill);
            parts.push(&[u8::from(refill.is_some())]);
            if let Some(refill) = refill.flatten() {
                parts.push(&refill.amount.to_be_bytes());
                parts.push(&refill.seconds.to_be_bytes());
            }
        }
        let digest = parts.digest();
        let mut version = [0; 16];
        version.copy_from_slice(&digest[..16]);
        Version(version)
    }
}
