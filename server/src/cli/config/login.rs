//! The issuer of login tokens, from what was said of it.

use super::{ConfigError, args::LoginArgs};
use crate::login::LoginSettings;

/// The settings that `args`, from wherever they are, come to.
pub(super) fn resolve(args: &LoginArgs) -> Result<Option<LoginSettings>, ConfigError> {
    let Some(issuer) = &args.issuer else {
        let others = [
            ("audience", &args.audience),
            ("client-id", &args.client_id),
            ("company-claim", &args.company_claim),
            ("role-claim", &args.role_claim),
        ];
        let given = others.iter().find(|(_, value)| value.is_some());
        return match given {
            Some((name, _)) => Err(ConfigError::NoIssuer(name)),
            None => Ok(None),
        };
    };
    // Never taken from the client id: a client's ID tokens are for the client itself, and are no credentials of an
    // API.
    let audience = args.audience.as_ref().ok_or(ConfigError::NoAudience)?;
    let settings = LoginSettings::new(
        issuer,
        audience,
        args.client_id.as_ref().unwrap_or(audience),
        args.company_claim.as_deref().unwrap_or("company"),
        args.role_claim.as_deref().unwrap_or("role"),
    )?;
    Ok(Some(settings))
}
