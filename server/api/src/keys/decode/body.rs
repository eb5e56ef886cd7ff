//! The bodies of requests about companies and members (K30, K34, K40, K44).

use bitting_core::{CompanyDraft, DisplayName, Field, MemberDraft, Refusal, Role, TenantSettings};

use crate::decode::Fields;

/// What a new company's first member is called if nobody says.
const FIRST_MEMBER: &str = "Administrator";

/// The body of a company's create (K30).
pub fn company_create(body: &[u8]) -> Result<CompanyDraft, Refusal> {
    let mut fields = Fields::read_strict(body, &["name", "member_name", "first_key"])?;
    let name = fields.required("name", Field::Name, display_name);
    let member_name = fields.optional("member_name", Field::Parameter("member_name"), display_name);
    let first_key = fields.flag("first_key", Field::Parameter("first_key"));
    let first_member = match first_key {
        Some(false) => None,
        _ => member_name.or_else(|| DisplayName::new(FIRST_MEMBER.to_owned()).ok()),
    };
    match (name, fields.wrong()) {
        (Some(name), wrong) if wrong.is_empty() => Ok(CompanyDraft { name, first_member }),
        (_, wrong) => Err(Refusal::Invalid(wrong)),
    }
}

/// The body of a member's create (K40).
pub fn member_create(body: &[u8]) -> Result<MemberDraft, Refusal> {
    let mut fields = Fields::read_strict(body, &["name", "role", "first_key"])?;
    let name = fields.required("name", Field::Name, display_name);
    let role = fields.optional("role", Field::Role, role);
    let first_key = fields.flag("first_key", Field::Parameter("first_key"));
    let first_key = match first_key {
        Some(false) => None,
        _ => Some(role.unwrap_or(Role::Write)),
    };
    match (name, fields.wrong()) {
        (Some(name), wrong) if wrong.is_empty() => Ok(MemberDraft { name, first_key }),
        (_, wrong) => Err(Refusal::Invalid(wrong)),
    }
}

/// The body of a company's or a member's update, which has both members (K34, K44).
pub fn tenant_update(body: &[u8]) -> Result<TenantSettings, Refusal> {
    const ENABLED: Field = Field::Parameter("enabled");
    let mut fields = Fields::read_strict(body, &["name", "enabled"])?;
    let name = fields.required("name", Field::Name, display_name);
    let enabled = fields.required_flag("enabled", ENABLED);
    match (name, enabled, fields.wrong()) {
        (Some(name), Some(enabled), wrong) if wrong.is_empty() => {
            Ok(TenantSettings { name, enabled })
        }
        (.., wrong) => Err(Refusal::Invalid(wrong)),
    }
}

fn display_name(text: String) -> Result<DisplayName, String> {
    DisplayName::new(text).map_err(|error| error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "a Reader like the others")]
fn role(text: String) -> Result<Role, String> {
    text.parse()
        .map_err(|_: String| format!("must be one of {}", Role::ALL.map(Role::name).join(", ")))
}
