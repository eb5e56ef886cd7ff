//! What is read of claims.

use bitting_core::{CompanyId, Role};
use serde_json::{Value, json};

use super::{super::claims::Claims, *};

fn settings() -> LoginSettings {
    LoginSettings::new(
        "https://login.example.com/a/",
        "bitting",
        "app",
        "company",
        "role",
    )
    .unwrap()
}

fn good() -> Value {
    json!({
        "iss": "https://login.example.com/a/", "aud": "bitting", "sub": "u-1",
        "exp": NOW + 300, "company": "7",
    })
}

/// What the good claims become with one of them replaced, or left out for `null`.
fn with(name: &str, value: Value) -> Value {
    let mut claims = good();
    if value.is_null() {
        claims.as_object_mut().unwrap().remove(name);
    } else {
        claims[name] = value;
    }
    claims
}

fn read(claims: &Value) -> Result<Claims, &'static str> {
    Claims::read(claims.to_string().as_bytes(), &settings(), NOW * 1_000)
}

fn reason(claims: &Value) -> &'static str {
    read(claims).map_or_else(|reason| reason, |_| "nothing")
}

#[test]
fn f60_the_claims_of_a_good_token() {
    let claims = read(&good()).unwrap();
    assert_eq!(claims.subject, "u-1");
    assert_eq!(claims.company, CompanyId::new(7).unwrap());
    assert_eq!(claims.role, Some(Role::Read));
    assert_eq!(claims.name, None);
}

#[test]
fn f60_the_issuer_is_compared_exactly() {
    for iss in [
        json!("https://login.example.com/a"),
        json!("https://login.example.com/a//"),
        json!("HTTPS://login.example.com/a/"),
        json!("https://login.example.com/A/"),
        json!(["https://login.example.com/a/"]),
        json!(""),
        json!(7),
        Value::Null,
    ] {
        let claims = with("iss", iss);
        assert_eq!(reason(&claims), "of another issuer", "{claims}");
    }
}

#[test]
fn f60_the_audience_is_one_or_one_of_many() {
    for aud in [
        json!("bitting"),
        json!(["bitting"]),
        json!(["a", 7, "bitting"]),
    ] {
        assert_eq!(reason(&with("aud", aud)), "nothing");
    }
    for aud in [
        json!("Bitting"),
        json!("bitting "),
        json!(""),
        json!([]),
        json!(["a"]),
        json!([["bitting"]]),
        json!({"bitting": true}),
        json!(7),
        Value::Null,
    ] {
        let claims = with("aud", aud);
        assert_eq!(reason(&claims), "for another audience", "{claims}");
    }
}

#[test]
fn f60_a_client_and_a_use_are_checked_where_there_are_any() {
    let mut claims = with("client_id", json!("app"));
    claims["token_use"] = json!("access");
    assert_eq!(reason(&claims), "nothing");
    for client in [json!("other"), json!(""), json!(7), json!(["app"])] {
        assert_eq!(reason(&with("client_id", client)), "of another client");
    }
    for used in [json!("id"), json!("Access"), json!(true), json!(["access"])] {
        assert_eq!(reason(&with("token_use", used)), "no access token");
    }
    // `null` is a value too, and not the one that is wanted.
    for (name, why) in [
        ("client_id", "of another client"),
        ("token_use", "no access token"),
    ] {
        let text = good()
            .to_string()
            .replacen('{', &format!("{{\"{name}\":null,"), 1);
        let read = Claims::read(text.as_bytes(), &settings(), NOW * 1_000);
        assert_eq!(read.unwrap_err(), why);
    }
}

#[test]
fn f60_a_token_expires_a_minute_late() {
    for (exp, why) in [
        (json!(NOW - 59), "nothing"),
        (json!(NOW - 60), "expired"),
        (json!(NOW - 60 + 1), "nothing"),
        (json!(f64::from(i32::MIN)), "expired"),
        (json!(1_799_999_940.5), "nothing"),
        (json!(1_799_999_939.5), "expired"),
        (json!(0), "expired"),
        (json!(-1), "expired"),
        (json!(i64::MIN), "expired"),
        (json!(i64::MAX), "nothing"),
        (json!(u64::MAX), "nothing"),
        (json!(1e300), "nothing"),
        (json!(-1e300), "expired"),
        (
            json!((NOW + 300).to_string()),
            "no time at which it expires",
        ),
        (json!([NOW + 300]), "no time at which it expires"),
        (json!(true), "no time at which it expires"),
        (Value::Null, "no time at which it expires"),
    ] {
        let claims = with("exp", exp);
        assert_eq!(reason(&claims), why, "{claims}");
    }
}

#[test]
fn f60_a_token_is_not_good_before_its_time() {
    for (nbf, why) in [
        (json!(NOW), "nothing"),
        (json!(NOW - 1), "nothing"),
        (json!(NOW + 1), "not good yet"),
        (json!(1_800_000_000.5), "not good yet"),
        (json!(u64::MAX), "not good yet"),
        (json!("0"), "a time before which it is good that is none"),
        (json!({}), "a time before which it is good that is none"),
    ] {
        let claims = with("nbf", nbf);
        assert_eq!(reason(&claims), why, "{claims}");
    }
}

#[test]
fn f61_a_company_is_a_decimal_id() {
    for (company, id) in [
        (json!("7"), 7),
        (json!(7), 7),
        (json!("9223372036854775807"), i64::MAX),
        (json!(i64::MAX), i64::MAX),
    ] {
        let claims = read(&with("company", company)).unwrap();
        assert_eq!(claims.company.get(), id);
    }
    for company in [
        json!("07"),
        json!("+7"),
        json!(" 7"),
        json!("7.0"),
        json!("0"),
        json!("-7"),
        json!(""),
        json!("acme"),
        json!("9223372036854775808"),
        json!(0),
        json!(-7),
        json!(7.0),
        json!(7.5),
        json!(u64::MAX),
        json!(["7"]),
        json!({"id": 7}),
        json!(true),
        Value::Null,
    ] {
        let claims = with("company", company);
        assert_eq!(reason(&claims), "no company", "{claims}");
    }
    // Written with an exponent it is not in its canonical form, whatever it amounts to.
    let text = good().to_string().replace("\"7\"", "7e0");
    let read = Claims::read(text.as_bytes(), &settings(), NOW * 1_000);
    assert_eq!(read.unwrap_err(), "no company");
}

#[test]
fn f61_a_role_that_is_none_is_told_from_one_that_is_absent() {
    for (name, role) in [
        ("read", Role::Read),
        ("write", Role::Write),
        ("admin", Role::Admin),
    ] {
        assert_eq!(read(&with("role", json!(name))).unwrap().role, Some(role));
    }
    for wrong in [
        json!("root"),
        json!("verify"),
        json!("none"),
        json!("Admin"),
        json!(" read"),
        json!(""),
        json!(["admin"]),
        json!({"admin": true}),
        json!(true),
        json!(1),
    ] {
        let claims = with("role", wrong);
        assert_eq!(read(&claims).unwrap().role, None, "{claims}");
    }
    let text = good().to_string().replacen('{', "{\"role\":null,", 1);
    let read = Claims::read(text.as_bytes(), &settings(), NOW * 1_000);
    assert_eq!(read.unwrap().role, None, "null is not absent");
}

#[test]
fn f61_the_claims_have_the_names_that_are_configured() {
    let settings = LoginSettings::new(
        "https://login.example.com/a/",
        "bitting",
        "app",
        "https://example.com/tenant",
        "custom:role",
    )
    .unwrap();
    let mut claims = with("company", json!("8"));
    claims["role"] = json!("admin");
    claims["https://example.com/tenant"] = json!("7");
    claims["custom:role"] = json!("write");
    let claims = Claims::read(claims.to_string().as_bytes(), &settings, NOW * 1_000).unwrap();
    assert_eq!((claims.company.get(), claims.role), (7, Some(Role::Write)));
}

#[test]
fn f61_a_token_without_a_subject_is_refused() {
    for sub in [Value::Null, json!(""), json!(" "), json!(7), json!(["u"])] {
        assert_eq!(reason(&with("sub", sub)), "no subject");
    }
    let long = with("sub", json!("é".repeat(256)));
    assert_eq!(reason(&long), "a subject that is too long");
    assert_eq!(reason(&with("sub", json!("é".repeat(255)))), "nothing");
    for sub in ["a\0", "a\nb", "\u{7f}", "\u{85}"] {
        let claims = with("sub", json!(sub));
        assert_eq!(reason(&claims), "a subject with control characters");
    }
}

#[test]
fn f61_a_member_is_called_what_its_issuer_calls_it() {
    let name = |claims: Value| read(&claims).unwrap().name;
    let mut claims = with("email", json!("ada@example.com"));
    assert_eq!(name(claims.clone()).unwrap(), "ada@example.com");
    claims["preferred_username"] = json!("ada");
    assert_eq!(name(claims.clone()).unwrap(), "ada");
    claims["name"] = json!("  Ada Lovelace\t");
    assert_eq!(name(claims.clone()).unwrap(), "Ada Lovelace");
    for useless in [json!(" "), json!(""), json!("A\0"), json!(7), json!(["A"])] {
        claims["name"] = useless;
        assert_eq!(name(claims.clone()).unwrap(), "ada");
    }
    let long = name(with("name", json!("é".repeat(300)))).unwrap();
    assert_eq!(long.chars().count(), 255);
    let cut = name(with("name", json!(format!("{} b", "a".repeat(254))))).unwrap();
    assert_eq!(cut, "a".repeat(254));
}

#[test]
fn f60_what_are_no_claims_is_refused() {
    for text in [
        String::new(),
        "7".to_owned(),
        "[]".to_owned(),
        format!("{}{}", good(), good()),
        good().to_string().replacen('{', "{\"sub\":\"root\",", 1),
        format!("{{\"a\":{}", "[".repeat(10_000)),
    ] {
        let read = Claims::read(text.as_bytes(), &settings(), NOW * 1_000);
        assert_eq!(read.unwrap_err(), "the claims are no JSON object");
    }
}
