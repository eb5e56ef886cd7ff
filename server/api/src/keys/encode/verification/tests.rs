#![allow(clippy::unwrap_used)]

use bitting_core::{LimitName, LimitState, Quota, Refill, Scope, Status};
use uuid::Uuid;

use super::*;
use crate::keys::types;

/// The answer by the types of the document.
fn documented(verdict: Verdict, key: Option<&Verified<'_>>) -> types::Verification {
    let key = key.map(|key| types::VerifiedKey {
        id: key.id.0,
        company_id: key.company.into(),
        member_id: key.member.into(),
        name: key.name.to_owned(),
        scopes: key.scopes.iter().map(|s| s.as_str().to_owned()).collect(),
        metadata: key.metadata.into(),
        expires_at: key.end.map(types::UtcTime::from).into(),
    });
    types::Verification {
        valid: verdict == Verdict::Valid,
        code: verdict.into(),
        key: key.into(),
        limits: vec![],
        quota: None.into(),
        retry_after_seconds: None.into(),
    }
}

fn by_hand(verdict: Verdict, key: Option<&Verified<'_>>) -> String {
    let mut out = Vec::new();
    verification(&mut out, verdict, key, None);
    String::from_utf8(out).unwrap()
}

fn scopes(texts: &[&str]) -> Scopes {
    let scopes = texts.iter().map(|text| Scope::new((*text).to_owned()));
    Scopes::new(scopes.map(Result::unwrap)).unwrap()
}

fn check(key: &Verified<'_>) {
    for verdict in Verdict::ALL {
        let found = !matches!(verdict, Verdict::Malformed | Verdict::NotFound);
        let wanted = documented(verdict, Some(key).filter(|_| found));
        let wanted = serde_json::to_string(&wanted).unwrap();
        assert_eq!(by_hand(verdict, Some(key)), wanted);
    }
}

#[test]
fn k71_an_answer_to_the_byte() {
    let (scopes, metadata) = (scopes(&["b", "a:x"]), Metadata::default());
    let key = Verified {
        id: KeyId(Uuid::from_u128(0x0191_3f2e_7a6c_7b4e_9d21_5c0f_8e3a_6b17)),
        company: CompanyId::new(2).unwrap(),
        member: MemberId::new(3).unwrap(),
        name: "Deploy",
        scopes: &scopes,
        metadata: &metadata,
        end: Timestamp::from_seconds(86_399),
    };
    assert_eq!(
        by_hand(Verdict::Valid, Some(&key)),
        r#"{"valid":true,"code":"valid","key":{"id":"01913f2e-7a6c-7b4e-9d21-5c0f8e3a6b17","company_id":"2","member_id":"3","name":"Deploy","scopes":["a:x","b"],"metadata":{},"expires_at":"1970-01-01T23:59:59Z"},"limits":[],"quota":null,"retry_after_seconds":null}"#
    );
    assert_eq!(
        by_hand(Verdict::Malformed, None),
        r#"{"valid":false,"code":"malformed","key":null,"limits":[],"quota":null,"retry_after_seconds":null}"#
    );
}

#[test]
fn k71_whatever_the_values_it_is_what_the_document_says() {
    let every_control: String = (1..0x20_u8).map(char::from).collect();
    let names = [
        "n",
        " \"quoted\" \\ / ",
        every_control.as_str(),
        "\u{7f}\u{80}\u{2028}é🗝",
        "🗝\"🗝\n🗝",
    ];
    let metadata = [
        "{}",
        r#"{"n":1.10,"big":123456789012345678901234567890,"e":1E400}"#,
        r#"{"b":"\u00e9é","a":[null,true,{}]}"#,
    ]
    .map(|json| Metadata::new(json.to_owned()).unwrap());
    let ends = [
        None,
        Some(Timestamp::MIN),
        Some(Timestamp::MAX),
        Timestamp::from_seconds(1_767_256_200),
    ];
    let sets = [scopes(&[]), scopes(&["z", "a/b:*", "A-_."])];
    for (place, name) in names.into_iter().enumerate() {
        for metadata in &metadata {
            for end in ends {
                for scopes in &sets {
                    let id = [1, 10, 10_001, 1_234_567_890, i64::MAX][place];
                    check(&Verified {
                        id: KeyId(Uuid::from_u128(u128::MAX / (place as u128 + 1))),
                        company: CompanyId::new(id).unwrap(),
                        member: MemberId::new(i64::MAX / id).unwrap(),
                        name,
                        scopes,
                        metadata,
                        end,
                    });
                }
            }
        }
    }
}

#[test]
fn k71_a_status_is_told_by_its_own_name() {
    for status in Status::ALL.into_iter().filter(|s| *s != Status::Active) {
        assert!(Verdict::ALL.iter().any(|v| v.name() == status.name()));
    }
}

#[test]
fn k142_what_was_charged_to_the_byte() {
    let name = LimitName::new("per.minute").unwrap();
    let refill = Refill {
        amount: 9,
        seconds: 60,
        next: Timestamp::from_seconds(60).unwrap(),
    };
    for (limits, refill, retry_after) in [
        (0, None, None),
        (1, Some(refill), Some(u64::MAX)),
        (2, None, Some(0)),
    ] {
        let limit = LimitState {
            name: name.clone(),
            limit: u32::MAX,
            remaining: 0,
            reset_seconds: 10,
        };
        let quota = Quota {
            remaining: 1_000_000_000_000,
            refill,
        };
        let charge = Charge {
            verdict: Verdict::RateLimited,
            limits: vec![limit; limits],
            quota: (limits > 0).then_some(quota),
            retry_after,
        };
        let left = |limit: &LimitState| types::LimitLeft {
            name: limit.name.as_str().to_owned(),
            limit: limit.limit,
            remaining: limit.remaining,
            reset_seconds: limit.reset_seconds,
        };
        let quota = charge.quota.map(|quota| types::QuotaLeft {
            remaining: quota.remaining,
            refills_at: quota.refill.map(|refill| refill.next.into()).into(),
        });
        let documented = types::Verification {
            limits: charge.limits.iter().map(left).collect(),
            quota: quota.into(),
            retry_after_seconds: charge.retry_after.into(),
            ..documented(Verdict::RateLimited, None)
        };
        let mut out = Vec::new();
        verification(&mut out, Verdict::RateLimited, None, Some(&charge));
        let wanted = serde_json::to_string(&documented).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), wanted);
    }
}

#[test]
fn k72_the_answers_of_a_batch_are_in_order() {
    let batch = |verdicts: &[Verdict]| {
        let mut out = Vec::new();
        let mut results = Results::new(&mut out);
        for verdict in verdicts {
            results.push(*verdict, None, None);
        }
        results.finish();
        String::from_utf8(out).unwrap()
    };
    let verdicts = [Verdict::NotFound, Verdict::Malformed, Verdict::NotFound];
    let results = verdicts.map(|verdict| documented(verdict, None)).into();
    let wanted = types::VerificationBatch { results };
    assert_eq!(batch(&verdicts), serde_json::to_string(&wanted).unwrap());
    assert_eq!(batch(&[]), r#"{"results":[]}"#);
}
