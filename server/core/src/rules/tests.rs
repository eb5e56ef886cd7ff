#![allow(clippy::unwrap_used)]
use uuid::Uuid;

use super::*;
use crate::{
    CompanyId, Conflict, Denial, Key, KeyChange, KeyDraft, KeyId, KeyName, MemberId, Origin, Phase,
    Principal, Refusal, Revoked, Role, Scope, Scopes, Status, Timestamp, Via,
};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds).unwrap()
}

fn scopes(names: &[&str]) -> Scopes {
    Scopes::new(names.iter().map(|n| Scope::new((*n).to_owned()).unwrap())).unwrap()
}

fn principal(role: Role, granted: &[&str]) -> Principal {
    Principal {
        company: CompanyId::new(1).unwrap(),
        member: MemberId::new(1).unwrap(),
        role,
        scopes: scopes(granted),
        via: Via::Key(KeyId(Uuid::from_u128(7))),
    }
}

fn draft(role: Option<Role>, granted: &[&str]) -> KeyDraft {
    KeyDraft {
        role,
        scopes: scopes(granted),
        ..KeyDraft::new(KeyName::new("n".into()).unwrap())
    }
}

fn make(by: Role, origin: Origin, draft: KeyDraft) -> Result<Key, Refusal> {
    let new = NewKey {
        id: KeyId(Uuid::from_u128(1)),
        origin,
        now: at(1_000),
    };
    create(&principal(by, &["a", "b"]), new, draft)
}

fn revoked(at: Timestamp) -> Revoked {
    Revoked { at, reason: None }
}

fn key(role: Role) -> Key {
    make(Role::Root, Origin::Keys, draft(Some(role), &[])).unwrap()
}

#[test]
fn nobody_grants_a_role_above_its_own() {
    for creator in Role::ALL {
        for requested in Role::ALL {
            let made = make(creator, Origin::Keys, draft(Some(requested), &[]));
            assert_eq!(made.is_ok(), requested <= creator, "{creator} {requested}");
        }
    }
}

#[test]
fn an_omitted_role_is_the_origins() {
    let role = |by, origin| make(by, origin, draft(None, &[])).map(|k| k.role);
    assert_eq!(role(Role::Root, Origin::Keys), Ok(Role::None));
    assert_eq!(role(Role::Root, Origin::Ocamba), Ok(Role::Write));
    assert_eq!(role(Role::Read, Origin::Ocamba), Ok(Role::Read));
    assert_eq!(role(Role::Root, Origin::Feldera), Ok(Role::Write));
    assert!(role(Role::Read, Origin::Feldera).is_err());
}

#[test]
fn below_admin_scopes_are_a_subset_of_the_creators() {
    let granted = |by, names: &[&str]| make(by, Origin::Keys, draft(None, names)).is_ok();
    assert!(granted(Role::Write, &["a"]));
    assert!(!granted(Role::Write, &["a", "c"]));
    assert!(granted(Role::Admin, &["c"]));
}

#[test]
fn a_key_ends_after_it_starts() {
    for (start, end, good) in [
        (None, Some(1_000), false),
        (None, Some(1_001), true),
        (Some(5), Some(5), false),
        (Some(5), Some(6), true),
        (Some(2_000), Some(1_500), false),
    ] {
        let mut draft = draft(None, &[]);
        draft.start = start.map(at);
        draft.end = end.map(at);
        assert_eq!(
            make(Role::Root, Origin::Keys, draft).is_ok(),
            good,
            "{start:?} {end:?}"
        );
    }
}

#[test]
fn a_key_above_ones_role_is_not_ones_to_change() {
    let admin = principal(Role::Admin, &[]);
    let denied = Err(Refusal::Forbidden(Denial::KeyAboveOwnRole));
    assert_eq!(may_change(&admin, &key(Role::Root)), denied);
    assert_eq!(may_change(&admin, &key(Role::Admin)), Ok(()));
    assert!(change(&admin, &key(Role::Root), KeyChange::default(), at(1)).is_err());
    assert!(rolled(&admin, &key(Role::Root), at(1)).is_err());
}

#[test]
fn a_secret_is_shown_to_write_and_above_and_not_above_the_callers_role() {
    let shown = |by, of| may_see_secret(&principal(by, &[]), &key(of));
    assert!(!shown(Role::Read, Role::None));
    assert!(shown(Role::Write, Role::Write));
    assert!(!shown(Role::Write, Role::Admin));
    assert!(shown(Role::Root, Role::Root));
}

#[test]
fn a_change_touches_what_it_names_and_the_time_of_change() {
    let before = key(Role::Write);
    let by = principal(Role::Write, &[]);
    let mut wish = KeyChange {
        end: Some(Some(at(5_000))),
        ..KeyChange::default()
    };
    let after = change(&by, &before, wish.clone(), at(2_000)).unwrap();
    assert_eq!(
        after,
        Key {
            end: Some(at(5_000)),
            updated: at(2_000),
            ..before.clone()
        }
    );
    wish.start = Some(at(5_000));
    assert!(change(&by, &before, wish, at(2_000)).is_err());
}

#[test]
fn what_weakens_a_root_key() {
    let root = key(Role::Root);
    let now = at(2_000);
    let weakens = |after: &Key| weakens_root(&root, Some(after), now);
    assert!(weakens_root(&root, None, now));
    assert!(weakens(&Key {
        enabled: false,
        ..root.clone()
    }));
    assert!(weakens(&Key {
        revoked: Some(revoked(now)),
        ..root.clone()
    }));
    assert!(weakens(&Key {
        role: Role::Admin,
        ..root.clone()
    }));
    assert!(weakens(&Key {
        start: at(3_000),
        ..root.clone()
    }));
    assert!(weakens(&Key {
        end: Some(at(9_000)),
        ..root.clone()
    }));
    assert!(!weakens(&Key {
        updated: now,
        ..root.clone()
    }));
    assert!(!weakens_root(&key(Role::Admin), None, now));
    let ended = Key {
        end: Some(at(1_500)),
        ..root.clone()
    };
    assert!(!weakens_root(&ended, None, now));
}

#[test]
fn status_is_the_first_that_holds() {
    let base = Key {
        start: at(10),
        end: Some(at(20)),
        ..key(Role::None)
    };
    assert_eq!(base.status(at(9)), Status::Pending);
    assert_eq!(base.status(at(10)), Status::Active);
    assert_eq!(base.status(at(20)), Status::Expired);
    let disabled = Key {
        enabled: false,
        ..base.clone()
    };
    assert_eq!(disabled.status(at(15)), Status::Disabled);
    let revoked = Key {
        revoked: Some(revoked(at(12))),
        ..disabled
    };
    assert_eq!(revoked.status(at(15)), Status::Revoked);
}

#[test]
fn a_phase_holds_for_the_whole_of_its_span_and_no_longer() {
    let base = Key {
        start: at(10),
        end: Some(at(20)),
        ..key(Role::None)
    };
    let mut keys = vec![
        base.clone(),
        Key {
            end: None,
            ..base.clone()
        },
        Key {
            enabled: false,
            ..base.clone()
        },
        Key {
            end: Some(at(5)),
            ..base
        },
    ];
    keys.push(Key {
        revoked: Some(revoked(at(12))),
        ..keys[0].clone()
    });
    for key in keys {
        for then in 0..30 {
            let span = key.phase_span(at(then));
            for now in 0..30 {
                let inside = span.from.is_none_or(|from| from <= at(now))
                    && span.until.is_none_or(|until| at(now) < until);
                let same = key.status(at(now)).phase() == span.phase;
                // Inside the span the phase is right; outside it may be anything.
                assert!(!inside || same, "{key:?} {then} {now}");
                assert!(now != then || inside);
            }
        }
    }
    assert_eq!(
        Phase::ALL.map(Phase::name),
        ["active", "expired", "pending"]
    );
}

#[test]
fn f15_a_key_of_feldera_reads_or_writes_whoever_made_it() {
    for requested in Role::ALL {
        let mut named = draft(Some(requested), &[]);
        named.name = KeyName::plain("n".into()).unwrap();
        let made = make(Role::Root, Origin::Feldera, named);
        let may = matches!(requested, Role::Read | Role::Write);
        assert_eq!(made.is_ok(), may, "{requested}");
    }
}

#[test]
fn f15_the_role_is_never_above_the_creators() {
    let made = make(Role::Read, Origin::Feldera, draft(None, &[]));
    let denial = Denial::RoleExceedsCreator {
        requested: Role::Write,
        creator: Role::Read,
    };
    assert_eq!(made, Err(Refusal::Forbidden(denial)));
}

#[test]
fn f12_a_key_of_feldera_keeps_to_plain_names_when_it_is_renamed() {
    let made = make(Role::Write, Origin::Feldera, draft(None, &[])).unwrap();
    let rename = |name: &str| KeyChange {
        name: Some(KeyName::new(name.into()).unwrap()),
        ..KeyChange::default()
    };
    let by = principal(Role::Write, &[]);
    assert!(change(&by, &made, rename("fine-name"), at(2_000)).is_ok());
    let refused = change(&by, &made, rename("not fine"), at(2_000));
    assert!(
        matches!(refused, Err(Refusal::InvalidName(_))),
        "{refused:?}"
    );
}

#[test]
fn a_company_that_is_not_the_callers_does_not_exist_for_less_than_root() {
    let other = CompanyId::new(2).unwrap();
    for role in Role::ALL {
        let by = principal(role, &[]);
        assert!(may_reach(&by, by.company).is_ok());
        assert_eq!(may_reach(&by, other).is_ok(), role == Role::Root, "{role}");
    }
}

#[test]
fn a_presented_secret_is_good_exactly_while_its_key_is_active_and_it_is_not_retired() {
    let mut presented = key(Role::Write);
    for (start, end) in [(1_000, None), (1_000, Some(1_010)), (1_010, Some(1_005))] {
        presented.start = at(start);
        presented.end = end.map(at);
        for retires in [None, Some(at(1_003)), Some(at(900))] {
            let good = good_while(&presented, retires, true);
            for now in [899, 999, 1_000, 1_002, 1_003, 1_004, 1_009, 1_010, 2_000].map(at) {
                let expected = presented.status(now) == Status::Active
                    && retires.is_none_or(|retires| now < retires);
                assert_eq!(
                    good.is_some_and(|good| good.contains(now)),
                    expected,
                    "{now:?}"
                );
            }
            assert_eq!(good_while(&presented, retires, false), None);
        }
    }
    presented = key(Role::Write);
    presented.enabled = false;
    assert_eq!(good_while(&presented, None, true), None);
    presented.enabled = true;
    presented.revoked = Some(revoked(at(5)));
    assert_eq!(good_while(&presented, None, true), None);
}

#[test]
fn o8_f6_reach_is_the_members_keys_on_ocamba_and_the_companys_on_feldera() {
    let by = principal(Role::Admin, &[]);
    let mut colleagues = key(Role::Read);
    colleagues.owner = MemberId::new(2).unwrap();
    for (surface, covered) in [(Origin::Ocamba, false), (Origin::Feldera, true)] {
        colleagues.origin = surface;
        assert_eq!(reach(&by, surface).covers(&colleagues), covered);
        colleagues.origin = Origin::Keys;
        assert!(!reach(&by, surface).covers(&colleagues));
    }
}

#[test]
fn f11_no_copy_of_a_secret_of_feldera_is_kept_whoever_asks_for_one() {
    for origin in Origin::ALL {
        let mut asked = draft(Some(Role::Write), &[]);
        asked.recoverable = true;
        let made = make(Role::Root, origin, asked).unwrap();
        assert_eq!(made.recoverable, origin != Origin::Feldera, "{origin:?}");
    }
}

#[test]
fn a_key_that_is_active_gets_a_new_secret_unless_it_has_ten() {
    let admin = principal(Role::Admin, &[]);
    let now = at(2_000);
    let conflict = |conflict| Err(Refusal::Conflict(conflict));
    let rotate = |key: &Key, live, overlap| {
        rotated(&admin, key, live, overlap, now)
            .map(|after| (after.updated, after.version() != key.version()))
    };
    let good = key(Role::Admin);
    for (live, overlap) in [(1, 0), (1, 60), (9, 60), (10, 0), (99, 0)] {
        assert_eq!(
            rotate(&good, live, overlap),
            Ok((now, true)),
            "{live} {overlap}"
        );
    }
    assert_eq!(rotate(&good, 10, 1), conflict(Conflict::TooManySecrets));
    let ended = Key {
        end: Some(now),
        ..good.clone()
    };
    let off = Key {
        enabled: false,
        ..good.clone()
    };
    let gone = Key {
        revoked: Some(revoked(now)),
        ..good.clone()
    };
    let later = Key {
        start: at(2_001),
        ..good.clone()
    };
    for inactive in [ended, off, gone, later] {
        assert_eq!(rotate(&inactive, 1, 0), conflict(Conflict::KeyInactive));
    }
    let above = Err(Refusal::Forbidden(Denial::KeyAboveOwnRole));
    assert_eq!(rotate(&key(Role::Root), 1, 0), above);
    // The clock went back: the time of change does not.
    let changed = Key {
        updated: at(3_000),
        ..good
    };
    assert_eq!(rotate(&changed, 1, 0).map(|(at, _)| at), Ok(at(3_000)));
}

#[test]
fn an_old_secret_stops_at_the_earliest_of_three_times() {
    let now = at(2_000);
    let endless = key(Role::None);
    let ends = |end: i64| Key {
        end: Some(at(end)),
        ..endless.clone()
    };
    for (key, already, overlap, wanted) in [
        (&endless, None, 0, None),
        (&endless, None, 60, Some(2_060)),
        (&endless, Some(2_030), 60, Some(2_030)),
        (&endless, Some(2_090), 60, Some(2_060)),
        (&endless, Some(2_090), 0, None),
        // Over already.
        (&endless, Some(2_000), 60, None),
        (&ends(2_040), None, 60, Some(2_040)),
        (&ends(2_040), Some(2_030), 60, Some(2_030)),
        (&ends(2_090), None, 60, Some(2_060)),
    ] {
        let found = retirement(key, already.map(at), overlap, now);
        assert_eq!(found, wanted.map(at), "{already:?} {overlap}");
    }
    let last = retirement(&endless, None, 60, Timestamp::MAX);
    assert_eq!(last, None, "there is no later time");
}

#[test]
fn the_secret_that_stays_is_not_retired() {
    let admin = principal(Role::Admin, &[]);
    let now = at(2_000);
    let retire = |key: &Key, retires: Option<i64>| {
        may_retire(&admin, key, retires.map(at), now).map(|after| after.updated)
    };
    let good = key(Role::Admin);
    assert_eq!(retire(&good, Some(2_060)), Ok(now));
    let current = Err(Refusal::Conflict(Conflict::CurrentSecret));
    assert_eq!(retire(&good, None), current);
    let above = Err(Refusal::Forbidden(Denial::KeyAboveOwnRole));
    assert_eq!(retire(&key(Role::Root), Some(2_060)), above);
    for (retires, live) in [(None, true), (Some(2_001), true), (Some(2_000), false)] {
        assert_eq!(is_live(retires.map(at), now), live);
    }
}

#[test]
fn a_member_with_a_key_above_ones_role_is_not_ones_to_switch() {
    for caller in Role::ALL {
        let by = principal(caller, &[]);
        for strongest in Role::ALL {
            let may = may_switch(Some(&by), Some(strongest)).is_ok();
            assert_eq!(may, strongest <= caller, "{caller} {strongest}");
            assert!(may_switch(None, Some(strongest)).is_ok());
        }
        assert!(may_switch(Some(&by), None).is_ok());
    }
}
