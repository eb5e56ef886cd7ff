//! First keys: what a new member is given to begin with.

use bitting_core::{
    Clock, Entropy, KeyId, KeyName, Origin, Refusal, Role,
    secret::{Minted, PlainSecret},
};
use bitting_store::GrantedKey;

/// What a first key is called.
const NAME: &str = "First key";

/// The first key of a new member, as it is shown once.
pub(crate) struct FirstKey {
    pub(crate) id: KeyId,
    pub(crate) role: Role,
    pub(crate) secret: PlainSecret,
}

/// A first key with `role`: what the store keeps of it, and what is shown.
pub(crate) fn grant(
    role: Role,
    clock: &dyn Clock,
    entropy: &dyn Entropy,
) -> Result<(GrantedKey, FirstKey), Refusal> {
    let id = KeyId::mint(clock, entropy);
    let minted = Minted::new(&Origin::Keys.format(), clock, entropy, None);
    let granted = GrantedKey {
        id,
        name: KeyName::new(NAME.to_owned()).map_err(|_| Refusal::Internal)?,
        role,
        secret: minted.stored,
    };
    let key = FirstKey {
        id,
        role,
        secret: minted.plain,
    };
    Ok((granted, key))
}
