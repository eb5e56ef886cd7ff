#![allow(clippy::unwrap_used)]
use bitting_core::{
    Collection, CompanyId, KeyRef, MemberId, Origin, Reach, Verdict,
    query::KeyQuery,
    secret::{Digest, MasterKey},
    usage::{Hour, Interval, Span, Subject},
};

use super::*;
use crate::{LoginCreate, LoginState, Options, Seek, SqliteStore, Store};

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    let error = migrate(&mut connection, Path::new("x.db")).unwrap_err();
    assert!(error.to_string().contains("999"), "{error}");
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .unwrap();
    assert_eq!(tables, 0);
}

#[test]
fn migrating_twice_changes_nothing() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrate(&mut connection, Path::new("x.db")).unwrap();
    migrate(&mut connection, Path::new("x.db")).unwrap();
    let version: i64 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, i64::try_from(MIGRATIONS.len()).unwrap());
}

/// A database as version 1 left it: a company, a member, a key of the origin ocamba and one of feldera.
const VERSION_1: &str = "
    INSERT INTO company (id, name, created_at) VALUES (1, 'c', 5);
    INSERT INTO member (id, company, name, created_at) VALUES (1, 1, 'm', 6);
    INSERT INTO api_key VALUES
        (1, x'00000000000070008000000000000001', 1, 1, 1, 1, 'same', NULL, 'same', NULL, 'write', '',
         7, 253402300800, 7, 7, 1, NULL, 0, 0, NULL),
        (2, x'00000000000070008000000000000002', 1, 1, 1, 2, 'same', NULL, 'same', NULL, 'read', '',
         7, 253402300800, 7, 7, 1, NULL, 0, 0, NULL);
    INSERT INTO collection VALUES (1, 1, 1, 7), (1, 2, 1, 7);
    INSERT INTO audit VALUES (1, 7000, 'key_created', 1, 1, NULL, 'r', '', x'');";

#[tokio::test]
async fn a_database_of_version_1_keeps_what_it_has_and_gains_the_rest() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bitting.db");
    let mut connection = Connection::open(&path).unwrap();
    migrate_by(&MIGRATIONS[..1], &mut connection, &path).unwrap();
    connection.execute_batch(VERSION_1).unwrap();
    let digest = Digest::of("secret");
    let secret = "INSERT INTO secret VALUES (?1, 2, zeroblob(16), '', 7, NULL, NULL)";
    connection.execute(secret, [digest.as_bytes()]).unwrap();
    drop(connection);

    let master = MasterKey::parse(&"0".repeat(64)).unwrap();
    let store = SqliteStore::open(&path, &master, Options::default()).unwrap();
    let company = CompanyId::new(1).unwrap();
    let owner = MemberId::new(1).unwrap();
    let named = store.named_keys(company).await.unwrap();
    let names: Vec<_> = named.iter().map(|key| key.name.as_str()).collect();
    assert_eq!(names, ["same"]);
    let within = Reach {
        company: Some(company),
        owner: None,
        origin: None,
    };
    let found = store.key(within, KeyRef::Name("same".into())).await;
    assert_eq!(found.unwrap().unwrap().number.get(), 2);
    let found = store.credential(digest).await.unwrap().unwrap();
    assert_eq!(found.key.id, named[0].id);
    let collection = Collection {
        company,
        owner,
        origin: Origin::Ocamba,
    };
    let list = store.list(collection, KeyQuery::default(), found.key.created);
    assert_eq!(list.await.unwrap().keys[0].number.get(), 1);

    let all = Seek {
        after: 0,
        limit: 10,
    };
    assert_eq!(store.companies(all).await.unwrap().len(), 1);
    let member = store
        .members(company, all)
        .await
        .unwrap()
        .unwrap()
        .remove(0);
    assert_eq!((member.id, member.login), (owner, None));
    let login = LoginCreate {
        seek: crate::LoginSeek {
            company,
            login: bitting_core::Login {
                issuer: "i".into(),
                subject: "s".into(),
            },
        },
        name: member.name,
        now: found.key.created,
        trail: bitting_core::audit::Trail {
            at_millis: 8000,
            request: "r".into(),
            remote: String::new(),
        },
    };
    let next = LoginState::Known(MemberId::new(2).unwrap());
    assert_eq!(store.create_login(login).await.unwrap(), next);
    store.close().await.unwrap();

    let connection = Connection::open(&path).unwrap();
    let mut records = connection
        .prepare("SELECT member FROM audit ORDER BY id")
        .unwrap();
    let members: Vec<Option<i64>> = records
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(members, [None, Some(2)]);
}

#[test]
fn two_named_keys_with_one_name_which_no_version_makes_are_not_migrated() {
    let mut connection = Connection::open_in_memory().unwrap();
    let path = Path::new("x.db");
    migrate_by(&MIGRATIONS[..1], &mut connection, path).unwrap();
    connection.execute_batch(VERSION_1).unwrap();
    connection
        .execute_batch("UPDATE api_key SET origin = 2")
        .unwrap();
    migrate(&mut connection, path).unwrap_err();
    let version: i64 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 1);
}

#[test]
fn records_from_before_are_found_by_every_key_that_they_name() {
    let mut connection = Connection::open_in_memory().unwrap();
    let path = Path::new("x.db");
    migrate_by(&MIGRATIONS[..4], &mut connection, path).unwrap();
    let insert = "INSERT INTO audit (at_millis, action, company, request, remote, keys)
        VALUES (?1, 'secrets_shown', 1, 'r', '', ?2)";
    let ids = |ids: &[u8]| -> Vec<u8> { ids.iter().flat_map(|id| [*id; 16]).collect() };
    for (at, keys) in [(5, ids(&[])), (6, ids(&[1])), (7, ids(&[1, 2, 3, 2]))] {
        connection.execute(insert, (at, keys)).unwrap();
    }
    migrate(&mut connection, path).unwrap();
    let mut named = connection
        .prepare("SELECT hex(substr(key, 16)) || ' ' || at_millis || ' ' || record FROM audit_key")
        .unwrap();
    let named: Vec<String> = named
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(named, ["01 6 2", "01 7 3", "02 7 3", "03 7 3"]);
}

/// As version 9 kept it: a row for each key's secret, and for each verdict on a key or a company.
const USED: &str = "
    INSERT INTO last_use (key, secret, at) VALUES (1, x'0000000000000001', 5), (1, x'ff00000000000000', -9),
        (255, x'0000000000000001', 6), (256, x'0000000000000001', 7);
    INSERT INTO usage_hour (hour, subject, outcome, count) VALUES (480000, 1, 10, 3), (480000, 255, 2, 4),
        (480000, 256, 10, 5), (480000, -7, 1, 6), (480001, 1, 10, 9000000000000000);
    INSERT INTO usage_day (day, subject, outcome, count) VALUES (20000, 256, 10, 8), (20000, -7, 0, 9);";

#[test]
fn what_was_used_before_runs_shared_rows_is_told_as_before() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bitting.db");
    let mut connection =
        super::super::connection::open(&path, super::super::Cache::mib(2)).unwrap();
    migrate_by(&MIGRATIONS[..9], &mut connection, &path).unwrap();
    connection.execute_batch(USED).unwrap();
    migrate(&mut connection, &path).unwrap();

    let used = |key: i64, secret: Option<&[u8]>| -> Option<i64> {
        let (sql, secret) = match secret {
            Some(secret) => (
                "SELECT last_use(uses, ?1, ?2) FROM last_use WHERE run = ?1 >> 8",
                secret,
            ),
            None => (
                "SELECT last_use(uses, ?1) FROM last_use WHERE run = ?1 >> 8 AND ?2 IS NOT NULL",
                &[][..],
            ),
        };
        connection
            .query_row(sql, rusqlite::params![key, secret], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(
        [1, 255, 256, 2].map(|key| used(key, None)),
        [Some(5), Some(6), Some(7), None]
    );
    let last = [0xff, 0, 0, 0, 0, 0, 0, 0];
    assert_eq!(used(1, Some(&last)), Some(-9));
    assert_eq!(used(256, Some(&last)), None);

    let counts = |of: Subject| {
        let (interval, from, to) = (Interval::Day, Hour(479_976), Hour(480_024));
        let found =
            super::super::usage::usage(&connection, of, Span { interval, from, to }).unwrap();
        let counts = found.into_iter().flat_map(|counted| counted.counts);
        counts.collect::<Vec<_>>()
    };
    let key = |number| Subject::Key(bitting_core::KeyNumber::new(number).unwrap());
    // The most that a count may be.
    assert_eq!(counts(key(1)), [(Verdict::Valid, (1 << 40) - 1 + 3)]);
    assert_eq!(counts(key(255)), [(Verdict::Revoked, 4)]);
    assert_eq!(counts(key(256)), [(Verdict::Valid, 13)]);
    assert_eq!(counts(key(2)), []);
    let company = Subject::Company(CompanyId::new(7).unwrap());
    assert_eq!(
        counts(company),
        [(Verdict::Malformed, 9), (Verdict::NotFound, 6)]
    );
}
