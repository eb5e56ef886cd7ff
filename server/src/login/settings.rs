//! What the operator says of the issuer of login tokens.

use reqwest::Url;

use crate::net::is_loopback;

/// Whose login tokens are good, for whom they must be, and where they say what we ask (F60, F61).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginSettings {
    issuer: String,
    discovery: Url,
    audience: String,
    client_id: String,
    company_claim: String,
    role_claim: String,
}

/// Why what the operator says is not taken. The values are not repeated: an issuer may have been written with
/// a password in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLoginSettings {
    /// It is no `https` URL, nor an `http` one.
    #[error("the issuer is not a URL such as https://login.example.com")]
    NotAUrl,
    /// An `http` issuer is only taken from this machine (F60).
    #[error("the issuer must be https, or http on loopback: 127.0.0.0/8, [::1] or localhost")]
    NotSecure,
    /// An issuer is a scheme, a host and maybe a port and a path.
    #[error("the issuer must not have a user, a password, a query or a fragment")]
    NotPlain,
    /// A value without which no token could be told from another's.
    #[error("the {0} of login tokens must not be empty")]
    Empty(&'static str),
}

impl LoginSettings {
    /// The settings, if they can be those of an issuer. The issuer is compared with `iss` exactly as it is
    /// given here.
    pub fn new(
        issuer: &str,
        audience: &str,
        client_id: &str,
        company_claim: &str,
        role_claim: &str,
    ) -> Result<Self, InvalidLoginSettings> {
        let discovery = discovery(issuer)?;
        let filled = |what, value: &str| match value {
            "" => Err(InvalidLoginSettings::Empty(what)),
            _ => Ok(value.to_owned()),
        };
        Ok(Self {
            issuer: issuer.to_owned(),
            discovery,
            audience: filled("audience", audience)?,
            client_id: filled("client id", client_id)?,
            company_claim: filled("company claim", company_claim)?,
            role_claim: filled("role claim", role_claim)?,
        })
    }

    /// The issuer, as `iss` must spell it.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What `aud` must name.
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// What `client_id` must be in a token that has one.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// The claim that says the company (F61).
    pub fn company_claim(&self) -> &str {
        &self.company_claim
    }

    /// The claim that says the role (F61).
    pub fn role_claim(&self) -> &str {
        &self.role_claim
    }

    /// Where the issuer describes itself.
    pub(super) fn discovery(&self) -> &Url {
        &self.discovery
    }
}

/// Where an issuer describes itself, if it is one that is taken.
fn discovery(issuer: &str) -> Result<Url, InvalidLoginSettings> {
    // What a URL parser forgives (white space, line ends, upper case) would not be the `iss` of any token.
    let scheme = issuer.starts_with("https://") || issuer.starts_with("http://");
    if !scheme || !issuer.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(InvalidLoginSettings::NotAUrl);
    }
    let url = Url::parse(issuer).map_err(|_| InvalidLoginSettings::NotAUrl)?;
    if url.query().is_some() || url.fragment().is_some() || has_user(&url) {
        return Err(InvalidLoginSettings::NotPlain);
    }
    if !is_secure(&url) {
        return Err(InvalidLoginSettings::NotSecure);
    }
    // OpenID Connect Discovery 1.0, section 4.1: a terminating slash is removed first.
    let base = issuer.trim_end_matches('/');
    Url::parse(&format!("{base}/.well-known/openid-configuration"))
        .map_err(|_| InvalidLoginSettings::NotAUrl)
}

/// Whether `jwks_uri`, as the description at `from` has it, may be fetched: `https`, or `http` on loopback
/// from an issuer that is itself `http` on loopback (F60). An issuer that has a certificate never hands on to
/// a place that has none.
pub(super) fn may_lead_to(from: &Url, jwks_uri: &Url) -> bool {
    let downgrade = from.scheme() == "https" && jwks_uri.scheme() != "https";
    is_secure(jwks_uri) && !has_user(jwks_uri) && !downgrade
}

fn has_user(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

fn is_secure(url: &Url) -> bool {
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_loopback(url),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(issuer: &str) -> Result<LoginSettings, InvalidLoginSettings> {
        LoginSettings::new(issuer, "bitting", "app", "company", "role")
    }

    #[test]
    fn f60_the_description_is_below_the_issuer() {
        for (issuer, discovery) in [
            (
                "https://login.example.com",
                "https://login.example.com/.well-known/openid-configuration",
            ),
            (
                "https://login.example.com/",
                "https://login.example.com/.well-known/openid-configuration",
            ),
            (
                "https://login.example.com:8443/realms/a/",
                "https://login.example.com:8443/realms/a/.well-known/openid-configuration",
            ),
            (
                "http://[::1]:8080/a",
                "http://[::1]:8080/a/.well-known/openid-configuration",
            ),
        ] {
            let settings = of(issuer).unwrap();
            assert_eq!(settings.discovery().as_str(), discovery);
            assert_eq!(settings.issuer(), issuer, "kept as it was given");
        }
    }

    #[test]
    fn f60_an_issuer_without_a_certificate_is_only_taken_from_this_machine() {
        for issuer in [
            "http://127.0.0.1",
            "http://127.8.9.10:5556/dex",
            "http://localhost:5556",
            "http://[::1]",
        ] {
            assert!(of(issuer).is_ok(), "{issuer}");
        }
        for issuer in [
            "http://login.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::ffff:127.0.0.1]",
            "http://[::2]",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://app.localhost",
        ] {
            assert_eq!(of(issuer), Err(InvalidLoginSettings::NotSecure), "{issuer}");
        }
    }

    #[test]
    fn f60_what_is_no_issuer_is_refused_without_repeating_it() {
        for issuer in [
            "",
            "login.example.com",
            "ftp://login.example.com",
            "file:///etc/passwd",
            "HTTPS://login.example.com",
            " https://login.example.com",
            "https://login.example.com\n",
            "https://login.exa mple.com",
            "https://",
            "https://löwe.example.com",
        ] {
            assert_eq!(of(issuer), Err(InvalidLoginSettings::NotAUrl), "{issuer:?}");
        }
        for issuer in [
            "https://user:hunter2@login.example.com",
            "https://user@login.example.com",
            "https://login.example.com?tenant=1",
            "https://login.example.com/?",
            "https://login.example.com/#a",
        ] {
            let refused = of(issuer).unwrap_err();
            assert_eq!(refused, InvalidLoginSettings::NotPlain, "{issuer}");
            assert!(!refused.to_string().contains("hunter2"));
        }
    }

    #[test]
    fn f61_nothing_else_may_be_empty() {
        let issuer = "https://login.example.com";
        for place in 0..4 {
            let mut values = ["bitting", "app", "company", "role"];
            values[place] = "";
            let [audience, client_id, company, role] = values;
            let settings = LoginSettings::new(issuer, audience, client_id, company, role);
            assert!(
                matches!(settings, Err(InvalidLoginSettings::Empty(_))),
                "{place}"
            );
        }
    }

    #[test]
    fn f60_keys_come_from_no_lesser_place_than_their_issuer() {
        let may = |from: &str, to: &str| {
            may_lead_to(&Url::parse(from).unwrap(), &Url::parse(to).unwrap())
        };
        let (far, near) = ("https://login.example.com", "http://127.0.0.1:5556");
        assert!(may(far, "https://keys.example.net/jwks?p=1"));
        assert!(may(near, "http://localhost:5557/keys"));
        assert!(may(near, "https://keys.example.net/jwks"));
        assert!(!may(near, "http://keys.example.net/jwks"));
        assert!(!may(near, "http://169.254.169.254/latest"));
        assert!(!may(far, "http://login.example.com/jwks"));
        assert!(!may(far, "http://127.0.0.1/jwks"), "a downgrade");
        assert!(!may(far, "https://user:pass@login.example.com/jwks"));
        assert!(!may(near, "file:///etc/passwd"));
        assert!(!may(near, "data:application/json,{}"));
    }
}
