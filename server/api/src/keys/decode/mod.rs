//! From bytes, paths and query strings to core's types, or to everything that is wrong with them.

mod audit;
mod body;
mod compact;
mod door;
mod idempotency;
mod if_match;
mod import;
mod key;
mod key_list;
mod limits;
mod new_owner;
mod object;
mod only;
mod page;
mod question;
mod reading;
mod time;
mod usage;
mod values;
mod verify;

use bitting_core::{CompanyId, KeyId, MemberId, Refusal, SecretId};
use uuid::Uuid;

pub use audit::audit_list;
pub use body::{company_create, member_create, tenant_update};
pub use door::{ForwardAuth, forward_auth, introspect};
pub use idempotency::idempotency_key;
pub use if_match::if_match;
pub use import::{KeyImport, import_key, key_import};
pub use key::{KeyCreate, key_create, key_update, revoke, rotate};
pub use key_list::key_list;
pub use limits::{KeyLimits, key_limits};
pub use new_owner::new_owner;
pub use page::page;
pub use question::Question;
pub use usage::usage;
pub use verify::{verify, verify_batch};

/// The company in a path. What is no id in its canonical form is the id of nothing (K5).
pub fn company_id(segment: &str) -> Result<CompanyId, Refusal> {
    segment.parse().map_err(|_| Refusal::NotFound)
}

/// The member in a path.
pub fn member_id(segment: &str) -> Result<MemberId, Refusal> {
    segment.parse().map_err(|_| Refusal::NotFound)
}

/// The key in a path. One in another form than answers have it is the key of nothing (K5).
pub fn key_id(segment: &str) -> Result<KeyId, Refusal> {
    uuid(segment).map(KeyId)
}

/// The secret in a path, in the same form.
pub fn secret_id(segment: &str) -> Result<SecretId, Refusal> {
    uuid(segment).map(SecretId)
}

fn uuid(segment: &str) -> Result<Uuid, Refusal> {
    let id = Uuid::try_parse(segment).map_err(|_| Refusal::NotFound)?;
    let mut buffer = Uuid::encode_buffer();
    if id.hyphenated().encode_lower(&mut buffer) == segment {
        Ok(id)
    } else {
        Err(Refusal::NotFound)
    }
}

#[cfg(test)]
mod tests;
