//! The types of this surface's requests and responses: what the document is made from.

mod audit;
mod company;
mod door;
mod error;
mod first_key;
mod import;
mod input;
mod key;
mod key_input;
mod key_query;
mod limit;
mod member;
mod metadata;
mod path;
mod query;
mod secret;
mod time;
mod usage;
mod verify;

pub(crate) use audit::UtcMillis;
pub use audit::{AuditActor, AuditListQuery, AuditPage, AuditRecord};
pub use company::{Company, CompanyCreate, CompanyCreated, CompanyPage, CompanySettings};
pub use door::{ForwardAuthQuery, Introspect, Introspection};
pub use error::ApiError;
pub use first_key::{FirstKey, Role};
pub use import::{
    FieldError, KeyImport, KeyImportResult, KeyImportResults, KeyImportStatus, KeyToImport,
};
pub use key::{Key, KeyCreated, KeyOrigin, KeyPage, KeyStatus};
pub(crate) use key_input::LIFETIME_MAX;
pub use key_input::{KeyCreate, KeyRevoke, KeySettings};
pub use key_query::KeyListQuery;
pub use limit::{KeyLimits, Limit, LimitLeft, LimitSet, Quota, QuotaLeft, QuotaSet};
pub use member::{
    Login, Member, MemberCreate, MemberCreated, MemberDeleteQuery, MemberPage, MemberSettings,
};
pub use metadata::Metadata;
pub use path::{CompanyPath, KeyPath, MemberPath, SecretPath};
pub use query::PageQuery;
pub use secret::{KeyRevealed, KeyRotate, KeyRotated, KeySecret, KeySecrets};
pub use time::UtcTime;
pub use usage::{Usage, UsageInterval, UsageQuery, UsageSpan};
pub use verify::{
    KeyVerify, KeyVerifyBatch, Verification, VerificationBatch, VerificationCode, VerifiedKey,
};

pub use super::error_code::ErrorCode;
pub use crate::wire::DecimalId;
