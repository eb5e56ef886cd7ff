#![allow(clippy::unwrap_used)]

use bitting_core::query::{IntField, Ranges};

use super::*;

const MIN: i64 = i64::MIN;
const MAX: i64 = i64::MAX;
const DAY: i64 = 86_400;

fn ranges(spans: &[(i64, i64)]) -> Ranges {
    Ranges::new(spans.iter().copied())
}

fn int(member: Member, value: &str) -> (IntField, IntTest) {
    match filter(member, value) {
        Ok(Filter::Int(field, test)) => (field, test),
        other => panic!("{value}: {other:?}"),
    }
}

fn within(member: Member, value: &str) -> Vec<(i64, i64)> {
    match int(member, value).1 {
        IntTest::Within(ranges) => ranges.iter().collect(),
        other => panic!("{value}: {other:?}"),
    }
}

#[test]
fn o44_ids_are_compared_as_numbers() {
    let of = |value| within(Member::Id, value);
    for (value, expected) in [
        ("5", vec![(5, 5)]),
        ("eq:5", vec![(5, 5)]),
        ("\"1001\"", vec![(1001, 1001)]),
        ("gt:5", vec![(6, MAX)]),
        ("gte:5", vec![(5, MAX)]),
        ("lt:5", vec![(MIN, 4)]),
        ("lte:5", vec![(MIN, 5)]),
        ("in:5,\"7\",6,5", vec![(5, 7)]),
        ("in:1,9", vec![(1, 1), (9, 9)]),
        ("gt:0", vec![(1, MAX)]),
        ("r:5,9", vec![(6, 8)]),
        ("rf:5,9", vec![(5, 9)]),
        ("rl:5,9", vec![(5, 8)]),
        ("rr:5,\"9\"", vec![(6, 9)]),
    ] {
        assert_eq!(of(value), expected, "{value}");
    }
}

#[test]
fn o44_a_reversed_or_empty_range_matches_nothing() {
    for value in [
        "r:5,6", "r:5,5", "rl:5,5", "rr:5,5", "rf:6,5", "r:9,1", "rf:9,1",
    ] {
        assert_eq!(within(Member::Id, value), [], "{value}");
    }
    assert_eq!(within(Member::Id, "rf:5,5"), [(5, 5)]);
}

#[test]
fn o44_an_id_beyond_all_ids_is_no_mistake() {
    let many = "9".repeat(60);
    for beyond in ["9223372036854775808", many.as_str()] {
        let of = |operator: &str| within(Member::Id, &format!("{operator}:{beyond}"));
        assert_eq!(of("eq"), []);
        assert_eq!(of("gt"), []);
        assert_eq!(of("gte"), []);
        assert_eq!(of("lt"), [(MIN, MAX)]);
        assert_eq!(of("lte"), [(MIN, MAX)]);
        assert_eq!(within(Member::Id, &format!("rf:3,{beyond}")), [(3, MAX)]);
        assert_eq!(within(Member::Id, &format!("rf:{beyond},3")), []);
        assert_eq!(
            int(Member::Id, &format!("neq:{beyond}")).1,
            IntTest::Outside(Ranges::default())
        );
    }
    assert_eq!(within(Member::Id, "gt:9223372036854775807"), []);
    assert_eq!(within(Member::Id, "gte:9223372036854775807"), [(MAX, MAX)]);
}

#[test]
fn o44_a_date_is_a_whole_day_or_its_start() {
    let of = |value| within(Member::StartTime, value);
    for (value, expected) in [
        ("1970-01-02", vec![(DAY, 2 * DAY - 1)]),
        ("eq:1970-01-02 00:00:05", vec![(DAY + 5, DAY + 5)]),
        ("1970-01-02 00:00:05", vec![(DAY + 5, DAY + 5)]),
        ("gt:1970-01-02", vec![(DAY + 1, MAX)]),
        ("gte:1970-01-02", vec![(DAY, MAX)]),
        ("lt:1970-01-02", vec![(MIN, DAY - 1)]),
        ("lte:\"1970-01-02\"", vec![(MIN, DAY)]),
        ("rf:1970-01-02,1970-01-03", vec![(DAY, 2 * DAY)]),
        ("r:1970-01-02,1970-01-03", vec![(DAY + 1, 2 * DAY - 1)]),
        (
            "in:1970-01-02,1970-01-03,1970-01-05 00:00:00",
            vec![(DAY, 3 * DAY - 1), (4 * DAY, 4 * DAY)],
        ),
    ] {
        assert_eq!(of(value), expected, "{value}");
    }
    assert_eq!(
        int(Member::EndTime, "neq:1970-01-02").1,
        IntTest::Outside(ranges(&[(DAY, 2 * DAY - 1)]))
    );
    assert_eq!(
        int(
            Member::EndTime,
            "nin:1970-01-01 00:00:00,1970-01-03 00:00:00"
        )
        .1,
        IntTest::Outside(ranges(&[(0, 0), (2 * DAY, 2 * DAY)]))
    );
}

#[test]
fn o44_each_member_is_its_own_field() {
    for (member, field) in [
        (Member::StartTime, IntField::Start),
        (Member::EndTime, IntField::End),
        (Member::CreateTime, IntField::Created),
        (Member::UpdateTime, IntField::Updated),
    ] {
        assert_eq!(int(member, "2024-01-01").0, field);
    }
    assert_eq!(int(Member::Id, "1").0, IntField::Number);
}

#[test]
fn o44_null_tests_have_no_value() {
    assert_eq!(int(Member::EndTime, "is:").1, IntTest::NotNull);
    assert_eq!(int(Member::EndTime, "isn:").1, IntTest::Null);
    assert_eq!(int(Member::Id, "isn:").1, IntTest::Null);
    assert_eq!(
        filter(Member::Name, "is:"),
        Ok(Filter::Name(TextTest::NotNull))
    );
    assert_eq!(
        filter(Member::Name, "isn:"),
        Ok(Filter::Name(TextTest::Null))
    );
    assert_eq!(
        filter(Member::Status, "is:"),
        Ok(Filter::Phase(Phase::ALL.to_vec()))
    );
    assert_eq!(filter(Member::Status, "isn:"), Ok(Filter::Phase(vec![])));
    for member in [Member::EndTime, Member::Id, Member::Name, Member::Status] {
        for value in ["is:x", "isn:x", "is:1", "isn:null", "is: "] {
            assert!(filter(member, value).is_err(), "{member:?} {value}");
        }
    }
}

#[test]
fn o44_names_are_compared_to_the_letter() {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let is = |list: &[&str]| Ok(Filter::Name(TextTest::In(texts(list))));
    let isnt = |list: &[&str]| Ok(Filter::Name(TextTest::NotIn(texts(list))));
    for (value, expected) in [
        ("", is(&[""])),
        ("Test", is(&["Test"])),
        ("\"Test\"", is(&["Test"])),
        ("foo:bar", is(&["foo:bar"])),
        ("\"gt:x\"", is(&["gt:x"])),
        ("eq:gt:x", is(&["gt:x"])),
        ("EQ:x", is(&["EQ:x"])),
        (" a ", is(&[" a "])),
        ("a,b", is(&["a,b"])),
        ("in:a,\"b,c\", d", is(&["a", "b,c", " d"])),
        ("neq:", isnt(&[""])),
        ("nin:a,b", isnt(&["a", "b"])),
    ] {
        assert_eq!(filter(Member::Name, value), expected, "{value}");
    }
    for operator in ["gt", "gte", "lt", "lte", "r", "rf", "rl", "rr"] {
        let value = format!("{operator}:x");
        assert_eq!(filter(Member::Name, &value), Err(NOT_FOR_THIS), "{value}");
        assert_eq!(filter(Member::Status, &value), Err(NOT_FOR_THIS), "{value}");
    }
    // Longer than any name: it matches nothing, and is nothing wrong.
    assert!(filter(Member::Name, &"x".repeat(5_000)).is_ok());
}

#[test]
fn o44_statuses() {
    let is = |phases: &[Phase]| Ok(Filter::Phase(phases.to_vec()));
    for (value, expected) in [
        ("active", is(&[Phase::Active])),
        ("\"pending\"", is(&[Phase::Pending])),
        ("in:pending,active", is(&[Phase::Active, Phase::Pending])),
        ("neq:active", is(&[Phase::Expired, Phase::Pending])),
        ("nin:active,expired,pending", is(&[])),
    ] {
        assert_eq!(filter(Member::Status, value), expected, "{value}");
    }
    for value in ["", "Active", "revoked", "in:active,", "foo:active", "eq:"] {
        assert!(filter(Member::Status, value).is_err(), "{value}");
    }
}

#[test]
fn o44_malformed_values_are_refused() {
    for value in [
        "",
        "007",
        "00",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "x",
        "foo:1",
        "GT:1",
        "gt:",
        "eq:",
        "in:",
        "in:1,",
        "in:1,x",
        "gt:1,2",
        "r:1",
        "r:1,2,3",
        "rf:",
        "rf:,",
        "r:\"1,2\"",
        "٣",
    ] {
        assert!(filter(Member::Id, value).is_err(), "{value}");
    }
    for value in [
        "",
        "2024",
        "2024-01",
        "2023-02-29",
        "2024-01-01T00:00:00",
        "2024-01-01 00:00",
        "2024-01-01 00:00:60",
        "0000-01-01",
        "foo:2024-01-01",
        "in:2024-01-01,",
        "gt:2024-01-01,2024-01-02",
        "r:2024-01-01",
        "1700000000",
        "null",
    ] {
        assert!(filter(Member::EndTime, value).is_err(), "{value}");
    }
}

#[test]
fn o44_lists_are_bounded() {
    let of = |count: usize| format!("in:{}", vec!["1"; count].join(","));
    assert!(filter(Member::Id, &of(1_000)).is_ok());
    assert!(filter(Member::Id, &of(1_001)).is_err());
    let names = |count: usize| format!("nin:{}", vec!["x"; count].join(","));
    assert!(filter(Member::Name, &names(1_000)).is_ok());
    assert!(filter(Member::Name, &names(1_001)).is_err());
}
