//! O30, O31 and O40 to O45, but for the filters themselves.

use bitting_core::bounds;

use super::*;

fn listed(query: &str) -> Result<(KeyQuery, Projection), Refusal> {
    list(query, 20, 1_000)
}

fn asked(query: &str) -> KeyQuery {
    listed(query).unwrap().0
}

#[test]
fn o30_views() {
    for (query, projection) in [
        ("", Projection::DEFAULT),
        ("view=", Projection::DEFAULT),
        ("view=default", Projection::DEFAULT),
        ("view=full", Projection::FULL),
        ("view=f%75ll&unknown=%FF", Projection::FULL),
        ("name=x", Projection::DEFAULT),
    ] {
        assert_eq!(view(query), Ok(projection), "{query}");
        assert_eq!(listed(query).unwrap().1, projection, "{query}");
    }
    for query in ["view=Full", "view=all", "view=full,default", "view=%00"] {
        assert_eq!(blamed(view(query)), ["view"], "{query}");
        assert_eq!(blamed(listed(query)), ["view"], "{query}");
    }
}

#[test]
fn o31_fields_select_and_beat_the_view() {
    let of = |members: &[Member]| Ok(Projection::of(members.iter().copied()));
    assert_eq!(view("fields=name,id"), of(&[Member::Id, Member::Name]));
    assert_eq!(view("fields=name,name"), of(&[Member::Name]));
    assert_eq!(view("fields=+name+,%20id"), of(&[Member::Id, Member::Name]));
    assert_eq!(
        view("fields=company_id&view=nonsense"),
        of(&[Member::CompanyId])
    );
    assert_eq!(view("fields=&view=full"), Ok(Projection::FULL));
    for query in [
        "fields=a,,b",
        "fields=,",
        "fields=id,",
        "fields=Id",
        "fields=+",
        "fields=id;name",
        "fields=%C3",
    ] {
        assert_eq!(blamed(view(query)), ["fields"], "{query}");
        assert_eq!(blamed(listed(query)), ["fields"], "{query}");
    }
}

#[test]
fn o41_pages() {
    for (query, number, size) in [
        ("", 1, 20),
        ("page=1", 1, 20),
        ("page=3,7", 3, 7),
        ("page=2,1000", 2, 1_000),
        ("page=007%2C08", 7, 8),
        ("page=9223372036854775807,1", i64::MAX as u64, 1),
    ] {
        let page = Page::new(number, size, 1_000).unwrap();
        assert_eq!(asked(query).page, page, "{query}");
    }
    for query in [
        "page=",
        "page=0",
        "page=1,0",
        "page=1,",
        "page=,1",
        "page=-1",
        "page=%2B1",
        "page=+1",
        "page=1,1001",
        "page=1,2,3",
        "page=a",
        "page=1.0",
        "page=9223372036854775807",
        "page=9223372036854775808,1",
        "page=99999999999999999999999,1",
        "page=1,99999999999999999999999",
        "page=%D9%A1",
    ] {
        assert_eq!(blamed(listed(query)), ["page"], "{query}");
    }
}

#[test]
fn o41_what_may_be_given_once_is_refused_twice() {
    for name in ["page", "sort", "fields", "view", "q", "q_fields"] {
        for query in [
            format!("{name}=1&{name}=1"),
            format!("{name}=&{name}="),
            format!("{name}&x=1&{name}&{name}"),
        ] {
            let refused = blamed(listed(&query));
            let count = refused.iter().filter(|field| *field == name).count();
            assert!(count >= 1, "{query}: {refused:?}");
        }
    }
    assert_eq!(blamed(view("fields=id&fields=id")), ["fields"]);
    assert_eq!(blamed(view("fields=id&view=full&view=full")), ["view"]);
}

#[test]
fn o42_sorts() {
    let sort = |field, descending| Sort { field, descending };
    assert_eq!(asked("sort=").sort, []);
    assert_eq!(
        asked("sort=name,-id,%2Bstatus,+start_time").sort,
        [
            sort(SortField::Name, false),
            sort(SortField::Number, true),
            sort(SortField::Phase, false),
            sort(SortField::Start, false),
        ]
    );
    assert_eq!(
        asked("sort=-end_time,create_time,-update_time").sort,
        [
            sort(SortField::End, true),
            sort(SortField::Created, false),
            sort(SortField::Updated, true),
        ]
    );
    for query in [
        "sort=description",
        "sort=secret",
        "sort=Name",
        "sort=name,",
        "sort=,",
        "sort=-",
        "sort=--name",
        "sort=+-name",
        "sort=name:desc",
    ] {
        assert_eq!(blamed(listed(query)), ["sort"], "{query}");
    }
}

#[test]
fn o43_searches() {
    let search = |name, description| Search::new("sou%", name, description);
    for (query, expected) in [
        ("q=", None),
        ("q_fields=nonsense", None),
        ("q=&q_fields=nonsense", None),
        ("q=sou%", search(true, false)),
        ("q=SOU%25&q_fields=", search(true, false)),
        ("q=sou%&q_fields=description", search(false, true)),
        ("q=sou%&q_fields=description,+name", search(true, true)),
    ] {
        assert_eq!(asked(query).search, expected, "{query}");
    }
    for fields in ["secret", "name,", "Name", "name,id"] {
        let query = format!("q=x&q_fields={fields}");
        assert_eq!(blamed(listed(&query)), ["q_fields"], "{query}");
    }
    let of = |length: usize| format!("q={}", "%C3%A9".repeat(length));
    assert!(listed(&of(bounds::SEARCH_MAX)).is_ok());
    assert_eq!(blamed(listed(&of(bounds::SEARCH_MAX + 1))), ["q"]);
}

#[test]
fn o44_filters_are_all_kept_repeats_too() {
    assert_eq!(asked("name=a&name=a&id=1&status=active").filters.len(), 4);
}

#[test]
fn o44_filters_are_counted() {
    let of = |count: usize| vec!["id=1"; count].join("&");
    assert_eq!(asked(&of(100)).filters.len(), 100);
    assert_eq!(blamed(listed(&of(101))), ["id"]);
    // Nobody gets a body of complaints as long as the query.
    assert_eq!(blamed(listed(&vec!["id=x"; 5_000].join("&"))).len(), 101);
}

#[test]
fn o45_known_but_unfilterable_members_are_refused_and_unknown_ones_ignored() {
    for name in [
        "description",
        "secret",
        "company_id",
        "issuer_id",
        "member_id",
    ] {
        for value in ["", "x", "eq:1"] {
            let query = format!("{name}={value}");
            assert_eq!(blamed(listed(&query)), [name], "{query}");
        }
    }
    assert_eq!(
        asked("limit=5&ID=x&Name=%00&Sort=x&%FF=1&=x&name%5B%5D=1"),
        KeyQuery::default()
    );
}

#[test]
fn a_known_value_that_is_no_text_is_refused() {
    for name in ["page", "sort", "q", "name", "id", "status", "end_time"] {
        for value in ["%FF", "%00", "a%00"] {
            let query = format!("{name}={value}");
            assert_eq!(blamed(listed(&query)), [name], "{query}");
        }
    }
}

#[test]
fn everything_that_is_wrong_is_named() {
    assert_eq!(
        blamed(listed(
            "id=x&page=0&sort=x&q=x&q_fields=x&view=x&secret=1&status=x"
        )),
        ["id", "secret", "status", "page", "sort", "q_fields", "view"]
    );
}
