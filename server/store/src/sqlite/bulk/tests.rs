//! A load that ended half-way is finished by whoever opens the database next.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use bitting_core::{Collection, CompanyId, MemberId, Origin};
use rusqlite::Connection;

use super::*;
use crate::sqlite::{connection, explain, migrate};

/// Everything that makes the schema what it is, and the planner's figures.
fn schema(connection: &Connection) -> BTreeSet<String> {
    let all = "SELECT coalesce(sql, name) FROM sqlite_schema
        UNION ALL SELECT tbl || ' ' || coalesce(idx, '') || ' ' || stat FROM sqlite_stat1";
    let mut statement = connection.prepare(all).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[test]
fn what_was_put_aside_is_made_again_from_wherever_it_ended() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bitting.db");
    let open = || connection::open(&path, connection::Cache::mib(2)).unwrap();
    migrate::migrate(&mut open(), &path).unwrap();
    let whole = schema(&open());
    assert_eq!(whole, schema(&explain::database()));

    parked::park(&open()).unwrap();
    let parked = schema(&open());
    assert!(!parked.iter().any(|sql| sql.contains("api_key_by_name")));
    assert!(parked.iter().any(|sql| sql.contains("api_key_named")));
    // One index is made, and no more.
    assert!(parked::index(&open()).unwrap());
    assert_ne!(schema(&open()), whole);
    finish(&open()).unwrap();
    assert_eq!(schema(&open()), whole);
    // And nothing is left to do.
    finish(&open()).unwrap();
    assert_eq!(schema(&open()), whole);
}

/// As it is given to a load: where it fails, keys that were added stay.
#[test]
fn keys_of_a_load_that_ended_half_way_have_their_secrets_texts_and_totals() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("bitting.db");
    let mut database = connection::open(&path, connection::Cache::mib(2)).unwrap();
    migrate::migrate(&mut database, &path).unwrap();
    database
        .execute_batch(
            "INSERT INTO company (name, created_at) VALUES ('c', 1);
             INSERT INTO member (company, name, created_at) VALUES (1, 'm', 1);",
        )
        .unwrap();
    parked::park(&database).unwrap();
    let keys = [made(1), made(2)];
    let transaction = database.unchecked_transaction().unwrap();
    write::bulk::load(&transaction, &keys, &trail(), &mut BTreeSet::new()).unwrap();
    transaction.commit().unwrap();
    finish(&database).unwrap();
    for sql in [
        "SELECT count(*) FROM secret WHERE key IN (1, 2)",
        "SELECT total FROM collection",
        "SELECT count(*) FROM api_key_text WHERE api_key_text MATCH '\"key\"'",
    ] {
        let count: i64 = database.query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(count, 2, "{sql}");
    }
    let recorded = "SELECT count(*) FROM audit";
    let recorded: i64 = database.query_row(recorded, [], |row| row.get(0)).unwrap();
    assert_eq!(recorded, 1);
}

fn trail() -> Trail {
    Trail {
        at_millis: 7,
        request: "r".into(),
        remote: String::new(),
    }
}

fn made(index: u128) -> (Key, Secret) {
    use bitting_core::{KeyId, KeyName, Role, SecretId, Timestamp, rules, secret::Digest};
    let now = Timestamp::from_seconds(7).unwrap();
    let new = rules::NewKey {
        id: KeyId(uuid::Uuid::from_u128(index)),
        origin: Origin::Keys,
        now,
    };
    let owner = Collection {
        company: CompanyId::new(1).unwrap(),
        owner: MemberId::new(1).unwrap(),
        origin: Origin::Keys,
    };
    let name = KeyName::new(format!("Key {index}")).unwrap();
    let key = rules::first_key(None, new, owner.company, owner.owner, name, Role::Read);
    let secret = Secret {
        id: SecretId(uuid::Uuid::from_u128(index)),
        digest: Digest::of(&index.to_string()),
        hint: String::new(),
        created: now,
        retires: None,
        sealed: None,
    };
    (key.unwrap(), secret)
}
