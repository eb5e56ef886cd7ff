//! The domain of Bitting: keys, secrets, their lifecycle, who may do what, and what a list may ask for.
//!
//! Nothing here reads a clock, draws randomness, touches a file or knows HTTP: time and randomness are
//! handed in ([`Clock`], [`Entropy`]), and whatever is refused is a [`Refusal`], which each surface words
//! in its own dialect.
#![warn(clippy::unwrap_used, clippy::expect_used)]

mod address;
pub mod audit;
pub mod bounds;
mod entropy;
mod id;
mod key;
mod limit;
mod metadata;
mod once;
mod origin;
mod parts;
mod principal;
pub mod query;
mod refusal;
mod role;
pub mod rules;
mod scope;
pub mod secret;
mod status;
mod tenant;
mod text;
mod time;
pub mod usage;
mod version;

pub use address::{AddressBlock, AllowedAddresses, InvalidAddressBlock, TooManyAddresses};
pub use entropy::Entropy;
pub use id::{CompanyId, KeyId, KeyNumber, MemberId, ParseIdError, SecretId};
pub use key::{Collection, Key, KeyChange, KeyDraft, KeyRef, KeySettings, Owner, Reach, Revoked};
pub use limit::{InvalidLimit, Limit, LimitName, Limits, Quota, Refill};
pub use metadata::{Metadata, MetadataTooLarge};
pub use once::{IdempotencyKey, InvalidIdempotencyKey, OnceId, is_kept, kept_since};
pub use origin::Origin;
pub use principal::{Principal, Via};
pub use refusal::{Conflict, Denial, Field, Refusal, Violation};
pub use role::Role;
pub use rules::{Charge, Cost, LimitState, Verdict};
pub use scope::{InvalidScope, Scope, Scopes};
pub use status::{Phase, PhaseSpan, Status};
pub use tenant::{
    Company, CompanyChange, CompanyDraft, Login, Member, MemberChange, MemberDraft, TenantSettings,
};
pub use text::{Description, DisplayName, KeyName, NameFault, Reason, TextError};
pub use time::{Civil, Clock, Timestamp};
pub use version::Version;
