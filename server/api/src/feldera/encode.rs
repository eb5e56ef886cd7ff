//! From core's types to this surface's.

use bitting_core::{KeyId, KeyName, Role, secret::PlainSecret};

use super::types::{
    ClusterHealth, Config, GenericOidc, Health, Key, KeyCreated, KeyRole, KeyScope, LoginConfig,
};

/// A key (F20).
pub fn key(id: KeyId, name: &KeyName, role: Role) -> Key {
    // There are no others on this surface (F15).
    let (role, scopes) = if role < Role::Write {
        (KeyRole::Read, vec![KeyScope::Read])
    } else {
        (KeyRole::Write, vec![KeyScope::Read, KeyScope::Write])
    };
    Key {
        id: id.0,
        name: name.as_str().to_owned(),
        role,
        scopes,
    }
}

/// A list of keys, in the order in which they come (F20).
pub fn key_list<'k>(keys: impl IntoIterator<Item = (KeyId, &'k KeyName, Role)>) -> Vec<Key> {
    keys.into_iter()
        .map(|(id, name, role)| key(id, name, role))
        .collect()
}

/// One key, which is an array of one (F30).
pub fn key_view(id: KeyId, name: &KeyName, role: Role) -> Vec<Key> {
    vec![key(id, name, role)]
}

/// A key that was just made, with its secret (F10).
pub fn created(id: KeyId, name: &KeyName, secret: &PlainSecret) -> KeyCreated {
    KeyCreated {
        id: id.0,
        name: name.as_str().to_owned(),
        api_key: secret.into(),
    }
}

/// What runs here (F50).
pub fn config() -> Config {
    Config {
        edition: "Open source",
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// That everything works (F51).
pub fn cluster_health() -> ClusterHealth {
    ClusterHealth { all_healthy: true }
}

/// How people log in (F51): with the issuer's URL and the client's id, where there is an issuer.
pub fn login_config(issuer: Option<(&str, &str)>) -> LoginConfig {
    let generic_oidc = issuer.map(|(issuer, client_id)| GenericOidc {
        issuer: issuer.to_owned(),
        client_id: client_id.to_owned(),
        extra_oidc_scopes: Vec::new(),
    });
    LoginConfig { generic_oidc }
}

/// That the server answers (F51).
pub fn health() -> Health {
    Health { status: "healthy" }
}

#[cfg(test)]
mod tests;
