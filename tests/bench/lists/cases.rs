//! What is asked.

use super::shape::{FEW, SOME, Shape, written};

/// What a case must meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Target {
    /// The largest store takes at most so many times as long as the smallest.
    Ratio(f64),
    /// The largest store takes at most so many milliseconds.
    Under(f64),
}

/// Cases that are judged alike.
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) target: Target,
    /// Whether it is the member with few keys who asks.
    pub(super) is_small: bool,
    pub(super) cases: Vec<Case>,
}

/// A query, which may be spelt differently for each store.
pub(super) struct Case {
    pub(super) label: String,
    query: Box<dyn Fn(&Shape) -> String>,
    /// How many keys match, if that must be the same in every store.
    pub(super) matches: Option<u64>,
}

impl Case {
    fn new(label: &str, matches: Option<u64>, query: impl Fn(&Shape) -> String + 'static) -> Self {
        Self {
            label: label.to_owned(),
            query: Box::new(query),
            matches,
        }
    }

    /// The same text for every store, which is also the label.
    fn fixed(query: &str) -> Self {
        let text = query.to_owned();
        Self::new(query, None, move |_| text.clone())
    }

    /// The same, matching equally many keys in every store.
    fn exact(query: &str, matches: u64) -> Self {
        Self {
            matches: Some(matches),
            ..Self::fixed(query)
        }
    }

    /// The query for a store.
    pub(super) fn query(&self, shape: &Shape) -> String {
        (self.query)(shape)
    }
}

const SORTS: [&str; 7] = [
    "id",
    "name",
    "status",
    "start_time",
    "end_time",
    "create_time",
    "update_time",
];

/// Everything that is asked.
pub(super) fn groups() -> Vec<Group> {
    let group = |name, target, cases| Group {
        name,
        target,
        is_small: false,
        cases,
    };
    vec![
        group("first page", Target::Ratio(3.0), sorted(|_| 1)),
        group("page 1000", Target::Under(50.0), sorted(|_| 1_000)),
        group(
            "page in the middle",
            Target::Under(50.0),
            sorted(|shape| shape.size / 40),
        ),
        group("narrow filter", Target::Ratio(3.0), narrow_filters()),
        group("rare search", Target::Ratio(3.0), rare_searches()),
        group("broad filter", Target::Under(250.0), broad_filters()),
        group("common search", Target::Under(250.0), common_searches()),
        group(
            "broad conditions, few matches",
            Target::Under(250.0),
            hard(),
        ),
        Group {
            is_small: true,
            ..group("member with few keys", Target::Ratio(1.5), small())
        },
    ]
}

/// A page by each sort.
fn sorted(page: impl Fn(&Shape) -> u64 + Copy + 'static) -> Vec<Case> {
    let directions = SORTS.iter().flat_map(|field| [(field, ""), (field, "-")]);
    directions
        .map(|(field, minus)| {
            let sort = format!("sort={minus}{field}");
            Case::new(&sort.clone(), None, move |shape| {
                format!("{sort}&page={},20", page(shape))
            })
        })
        .collect()
}

/// At most 1,000 keys match, and equally many in every store.
fn narrow_filters() -> Vec<Case> {
    let ids = |count: u64| {
        move |shape: &Shape| {
            let from = shape.first + i64::try_from((shape.size - count) / 2).unwrap_or(0);
            format!(
                "id=rf:{from},{}",
                from + i64::try_from(count).unwrap_or(0) - 1
            )
        }
    };
    let span = |field: &'static str, count: u64| {
        move |shape: &Shape| {
            let from = (shape.size - count) / 2;
            let (from, to) = (shape.created(from), shape.created(from + count - 1));
            format!("{field}=rf:{},{}", written(from), written(to))
        }
    };
    let names = |count: u64| {
        move |shape: &Shape| {
            let names: Vec<_> = (0..count)
                .map(|n| shape.name(shape.size / count * n))
                .collect();
            format!("name=in:{}", names.join(",")).replace(' ', "%20")
        }
    };
    let starts = |shape: &Shape| format!("start_time=gte:{}", written(shape.rare_start(0)));
    let ends = |count: u64| {
        move |shape: &Shape| {
            let (from, to) = (shape.rare_end(0), shape.rare_end(count - 1));
            format!("end_time=rf:{},{}", written(from), written(to))
        }
    };
    vec![
        Case::new("id=…", Some(1), |shape| format!("id={}", shape.first + 7)),
        Case::new("id=in: 3", Some(3), |shape| {
            format!(
                "id=in:{},{},{}",
                shape.first,
                shape.first + 500,
                shape.first + 900
            )
        }),
        Case::new("id=rf: 50", Some(50), ids(50)),
        Case::new("id=rf: 1000", Some(1_000), ids(1_000)),
        Case::new(
            "id=rf: 1000, sort=-name",
            Some(1_000),
            then(ids(1_000), "sort=-name"),
        ),
        Case::new("name=…", Some(1), names(1)),
        Case::new("name=in: 10", Some(10), names(10)),
        Case::exact("status=pending", SOME),
        Case::exact("status=pending&sort=name", SOME),
        Case::exact("status=eq:pending&sort=-end_time&page=5,100", SOME),
        Case::new("start_time=gte: 500", Some(SOME), starts),
        Case::new(
            "start_time=gte: 500, sort=name",
            Some(SOME),
            then(starts, "sort=name"),
        ),
        Case::new("end_time=rf: 50", Some(FEW), ends(FEW)),
        Case::new("end_time=rf: 500", Some(SOME), ends(SOME)),
        Case::new(
            "end_time=rf: 500, sort=-name",
            Some(SOME),
            then(ends(SOME), "sort=-name"),
        ),
        Case::new("create_time=rf: 50", Some(50), span("create_time", 50)),
        Case::new(
            "create_time=rf: 1000",
            Some(1_000),
            span("create_time", 1_000),
        ),
        Case::new(
            "create_time=rf: 1000, sort=-end_time",
            Some(1_000),
            then(span("create_time", 1_000), "sort=-end_time"),
        ),
        Case::new("update_time=rf: 50", Some(50), span("update_time", 50)),
        Case::new(
            "update_time=rf: 1000",
            Some(1_000),
            span("update_time", 1_000),
        ),
        Case::new(
            "update_time=rf: 1000, status=neq:pending",
            None,
            then(span("update_time", 1_000), "status=neq:pending"),
        ),
        Case::exact("name=isn:", 0),
    ]
}

fn then(
    query: impl Fn(&Shape) -> String + 'static,
    more: &'static str,
) -> impl Fn(&Shape) -> String {
    move |shape| format!("{}&{more}", query(shape))
}

/// The same for searches.
fn rare_searches() -> Vec<Case> {
    vec![
        Case::new("q=the name of one", Some(1), |shape| {
            format!("q={}", shape.name(shape.size / 3).replace(' ', "%20"))
        }),
        Case::new("q=the number of one", Some(1), |shape| {
            let name = shape.name(shape.size / 3);
            format!("q={}", name.rsplit(' ').next().unwrap_or_default())
        }),
        Case::exact("q=zephyr", FEW),
        Case::exact("q=ZEPHYR&sort=-name", FEW),
        Case::exact("q=quartz", SOME),
        Case::exact("q=quartz&sort=name", SOME),
        Case::exact("q=quartz&sort=-end_time&page=20,25", SOME),
        Case::exact("q=obsidian&q_fields=description", SOME),
        Case::exact("q=obsidian&q_fields=name,description&sort=status", SOME),
        Case::exact("q=no%20such%20key", 0),
    ]
}

/// Filters that many keys pass.
fn broad_filters() -> Vec<Case> {
    let middle = |shape: &Shape| shape.first + i64::try_from(shape.size / 2).unwrap_or(0);
    let created = |shape: &Shape| written(shape.created(shape.size / 2));
    let started = |shape: &Shape| format!("start_time=gte:{}", written(shape.median_start()));
    let any = |query: &str| Case::fixed(query);
    let made = |label: &str, query: Box<dyn Fn(&Shape) -> String>| Case::new(label, None, query);
    vec![
        made(
            "id=neq:",
            Box::new(move |shape| format!("id=neq:{}", middle(shape))),
        ),
        made(
            "id=gte: half",
            Box::new(move |shape| format!("id=gte:{}", middle(shape))),
        ),
        made(
            "id=gte: half, sort=name",
            Box::new(move |shape| format!("id=gte:{}&sort=name", middle(shape))),
        ),
        any("name=neq:nobody"),
        any("name=nin:nobody,nothing&sort=-name"),
        any("status=active"),
        any("status=active&sort=name"),
        any("status=expired&sort=-end_time"),
        any("status=neq:active&sort=name"),
        any("status=in:active,expired&sort=-start_time"),
        made("start_time=gte: half", Box::new(started)),
        made(
            "start_time=gte: half, sort=name",
            Box::new(then(started, "sort=name")),
        ),
        made(
            "start_time=gte: half, page=1000",
            Box::new(then(started, "page=1000,20")),
        ),
        made(
            "start_time=neq:",
            Box::new(|shape| format!("start_time=neq:{}", written(shape.now))),
        ),
        any("end_time=isn:"),
        any("end_time=isn:&sort=-name"),
        any("end_time=is:&sort=name"),
        made(
            "end_time=gt: now",
            Box::new(|shape| format!("end_time=gt:{}", written(shape.now))),
        ),
        made(
            "create_time=lt: half",
            Box::new(move |shape| format!("create_time=lt:{}", created(shape))),
        ),
        made(
            "create_time=lt: half, sort=-end_time",
            Box::new(move |shape| format!("create_time=lt:{}&sort=-end_time", created(shape))),
        ),
        made(
            "update_time=gte: half",
            Box::new(move |shape| format!("update_time=gte:{}", created(shape))),
        ),
        made("status=active, start_time=gte: half, sort=name", {
            Box::new(then(started, "status=active&sort=name"))
        }),
        any("status=active&end_time=isn:&sort=-create_time"),
    ]
}

/// Searches that many keys pass, or that no index helps with.
fn common_searches() -> Vec<Case> {
    [
        "q=export",
        "q=export&sort=name",
        "q=export&sort=-end_time",
        "q=key&sort=name",
        "q=key%200",
        "q=e",
        "q=ex&sort=-name",
        "q=service&q_fields=description",
        "q=service&q_fields=name,description&sort=name",
        "q=export&status=active&sort=name",
        "q=export&page=100,20",
    ]
    .map(Case::fixed)
    .into()
}

/// Few keys or none pass, and nothing that is indexed says so: at worst one walk over everything.
fn hard() -> Vec<Case> {
    let ended = |shape: &Shape| format!("status=expired&end_time=gte:{}", written(shape.now));
    vec![
        Case::new("q=zq, too short for the index", Some(0), |_| {
            "q=zq".to_owned()
        }),
        Case::new("q=#&sort=name", Some(0), |_| "q=%23&sort=name".to_owned()),
        Case::new("status=expired, end_time=gte: now", Some(0), ended),
        Case::new("the same, sort=name", Some(0), then(ended, "sort=name")),
    ]
}

/// What a member with few keys asks.
fn small() -> Vec<Case> {
    [
        "",
        "sort=-name",
        "sort=status",
        "q=key",
        "status=active",
        "end_time=isn:&sort=name",
        "page=1,5",
    ]
    .map(Case::fixed)
    .into()
}
