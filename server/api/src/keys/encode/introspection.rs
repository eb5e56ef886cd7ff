//! Answers of introspections (K121), as the bytes that are sent.

use bitting_core::{CompanyId, KeyId, MemberId, Scopes, Timestamp};

use super::json;

/// What an introspection tells of a key that is good.
#[derive(Clone, Copy, Debug)]
pub struct Active<'k> {
    /// Its id.
    pub id: KeyId,
    /// Its company.
    pub company: CompanyId,
    /// The member whose key it is.
    pub member: MemberId,
    /// What it is good for.
    pub scopes: &'k Scopes,
    /// When it starts.
    pub start: Timestamp,
    /// When the presented secret stops working; `None` for never.
    pub end: Option<Timestamp>,
}

/// Writes the answer to an introspection: a [`crate::keys::types::Introspection`], to the byte. `None` for whatever is
/// not active.
pub fn introspection(out: &mut Vec<u8>, active: Option<&Active<'_>>) {
    let Some(key) = active else {
        out.extend_from_slice(br#"{"active":false}"#);
        return;
    };
    out.extend_from_slice(br#"{"active":true"#);
    let mut before: &[u8] = br#","scope":""#;
    for scope in key.scopes.iter() {
        out.extend_from_slice(before);
        // Of characters that need no escape.
        out.extend_from_slice(scope.as_str().as_bytes());
        before = b" ";
    }
    if !key.scopes.is_empty() {
        out.push(b'"');
    }
    out.extend_from_slice(br#","client_id":"#);
    json::uuid(out, key.id.0);
    out.extend_from_slice(br#","token_type":"Bearer""#);
    time(out, br#","exp":"#, key.end);
    time(out, br#","iat":"#, key.id.minted());
    time(out, br#","nbf":"#, Some(key.start));
    out.extend_from_slice(br#","sub":"#);
    json::decimal(out, key.member.get());
    out.extend_from_slice(br#","jti":"#);
    json::uuid(out, key.id.0);
    out.extend_from_slice(br#","company_id":"#);
    json::decimal(out, key.company.get());
    out.extend_from_slice(br#","member_id":"#);
    json::decimal(out, key.member.get());
    out.extend_from_slice(br#","key_id":"#);
    json::uuid(out, key.id.0);
    out.push(b'}');
}

fn time(out: &mut Vec<u8>, name: &[u8], time: Option<Timestamp>) {
    if let Some(time) = time {
        out.extend_from_slice(name);
        json::integer(out, time.seconds());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use bitting_core::Scope;
    use uuid::Uuid;

    use super::*;
    use crate::keys::types::Introspection;

    const NOTHING: Introspection = Introspection {
        active: false,
        scope: None,
        client_id: None,
        token_type: None,
        exp: None,
        iat: None,
        nbf: None,
        sub: None,
        jti: None,
        company_id: None,
        member_id: None,
        key_id: None,
    };

    fn written(active: Option<&Active<'_>>) -> String {
        let mut out = Vec::new();
        introspection(&mut out, active);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn k121_the_bytes_are_those_of_the_documented_type() {
        assert_eq!(written(None), serde_json::to_string(&NOTHING).unwrap());
        let id = Uuid::parse_str("01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17").unwrap();
        for (scopes, start, end) in [
            (&[][..], 0, None),
            (&["a"], 1_723_200_000, Some(1_723_200_001)),
            (&["a:b", "c/*"], -5, Some(0)),
        ] {
            let scopes = scopes.iter().map(|s| Scope::new((*s).to_owned()).unwrap());
            let scopes = Scopes::new(scopes).unwrap();
            let at = |seconds| Timestamp::from_seconds(seconds).unwrap();
            let company = CompanyId::new(i64::MAX).unwrap();
            let member = MemberId::new(10).unwrap();
            let active = Active {
                id: KeyId(id),
                company,
                member,
                scopes: &scopes,
                start: at(start),
                end: end.map(at),
            };
            let names: Vec<_> = scopes.iter().map(Scope::as_str).collect();
            let documented = Introspection {
                active: true,
                scope: (!names.is_empty()).then(|| names.join(" ")),
                client_id: Some(id),
                token_type: Some("Bearer"),
                exp: end,
                iat: Some(1_723_341_896),
                nbf: Some(start),
                sub: Some(member.into()),
                jti: Some(id),
                company_id: Some(company.into()),
                member_id: Some(member.into()),
                key_id: Some(id),
            };
            let documented = serde_json::to_string(&documented).unwrap();
            assert_eq!(written(Some(&active)), documented);
        }
    }
}
