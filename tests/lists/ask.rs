//! What is asked, and how it is written in a query string.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::keys::{moment, text};

/// A list request.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) filters: Vec<Filter>,
    pub(crate) search: Option<Search>,
    pub(crate) sort: Vec<(&'static str, bool)>,
    pub(crate) page: Option<(u64, u64)>,
    /// How far the clock is from the time at which the keys were made.
    pub(crate) clock: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub(crate) needle: String,
    pub(crate) name: bool,
    pub(crate) description: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) field: &'static str,
    pub(crate) operator: &'static str,
    pub(crate) values: Vec<Value>,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Number(i64),
    Text(String),
    Time(i64),
    /// The first second of a GMT day, written without a time.
    Day(i64),
}

const TIMES: [&str; 4] = ["start_time", "end_time", "create_time", "update_time"];
const SORTS: [&str; 7] = [
    "name",
    "status",
    "start_time",
    "end_time",
    "create_time",
    "update_time",
    "id",
];

fn operands(
    operator: &'static str,
    value: impl Strategy<Value = Value> + 'static,
) -> BoxedStrategy<(&'static str, Vec<Value>)> {
    let count = match operator {
        "is" | "isn" => 0..1,
        "in" | "nin" => 1..4,
        "r" | "rf" | "rl" | "rr" => 2..3,
        _ => 1..2,
    };
    prop::collection::vec(value, count)
        .prop_map(move |values| (operator, values))
        .boxed()
}

fn filter() -> impl Strategy<Value = Filter> {
    let everything = prop::sample::select(vec![
        "", "eq", "neq", "gt", "gte", "lt", "lte", "in", "nin", "is", "isn", "r", "rf", "rl", "rr",
    ]);
    let sets = prop::sample::select(vec!["", "eq", "neq", "in", "nin", "is", "isn"]);
    let number = everything
        .clone()
        .prop_flat_map(|operator| operands(operator, (1..90_i64).prop_map(Value::Number)))
        .prop_map(|(operator, values)| ("id", operator, values));
    let time = (prop::sample::select(TIMES.to_vec()), everything)
        .prop_flat_map(|(field, operator)| {
            let value = prop_oneof![
                moment().prop_map(Value::Time),
                moment().prop_map(|at| Value::Day(at - at.rem_euclid(86_400))),
            ];
            (Just(field), operands(operator, value))
        })
        .prop_map(|(field, (operator, values))| (field, operator, values));
    let name = sets
        .clone()
        .prop_flat_map(|operator| operands(operator, text().prop_map(Value::Text)))
        .prop_map(|(operator, values)| ("name", operator, values));
    let status = sets
        .prop_flat_map(|operator| {
            let status = prop::sample::select(vec!["active", "expired", "pending"]);
            operands(operator, status.prop_map(|s| Value::Text(s.to_owned())))
        })
        .prop_map(|(operator, values)| ("status", operator, values));
    prop_oneof![number, time, name, status].prop_map(|(field, operator, values)| Filter {
        field,
        operator,
        values,
    })
}

fn search() -> impl Strategy<Value = Search> {
    // A part of a text, so that something is found, from one character up.
    let needle =
        (text(), any::<prop::sample::Index>(), 1..8_usize).prop_map(|(text, at, length)| {
            let letters: Vec<char> = text.chars().collect();
            letters
                .iter()
                .skip(at.index(letters.len()))
                .take(length)
                .collect()
        });
    (
        needle,
        prop::sample::select(vec![(true, false), (false, true), (true, true)]),
    )
        .prop_map(|(needle, (name, description))| Search {
            needle,
            name,
            description,
        })
}

/// Any request.
pub(crate) fn ask() -> impl Strategy<Value = Ask> {
    let sort = (prop::sample::select(SORTS.to_vec()), any::<bool>());
    (
        prop::collection::vec(filter(), 0..3),
        prop::option::weighted(0.3, search()),
        prop::collection::vec(sort, 0..4),
        prop::option::of((1..6_u64, 1..30_u64)),
        prop_oneof![3 => Just(0), 1 => -250_000..250_000_i64],
    )
        .prop_map(|(filters, search, sort, page, clock)| Ask {
            filters,
            search,
            sort,
            page,
            clock,
        })
}

impl Ask {
    /// The query string.
    pub(crate) fn render(&self) -> String {
        let mut out = String::new();
        for filter in &self.filters {
            let values: Vec<_> = filter.values.iter().map(Value::render).collect();
            let colon = if filter.operator.is_empty() { "" } else { ":" };
            let text = format!("{}{colon}{}", filter.operator, values.join(","));
            parameter(&mut out, filter.field, &text);
        }
        if let Some(search) = &self.search {
            parameter(&mut out, "q", &search.needle);
            let fields = match (search.name, search.description) {
                (true, true) => "description,name",
                (true, false) => "name",
                _ => "description",
            };
            parameter(&mut out, "q_fields", fields);
        }
        if !self.sort.is_empty() {
            let fields: Vec<_> = self
                .sort
                .iter()
                .map(|(field, descending)| format!("{}{field}", if *descending { "-" } else { "" }))
                .collect();
            parameter(&mut out, "sort", &fields.join(","));
        }
        if let Some((number, size)) = self.page {
            parameter(&mut out, "page", &format!("{number},{size}"));
        }
        out
    }
}

impl Value {
    fn render(&self) -> String {
        let civil = |at: i64| {
            bitting_core::Timestamp::from_seconds(at)
                .expect("a time in range")
                .civil()
        };
        match self {
            Self::Number(number) => number.to_string(),
            // Always quoted: what is in a text must not be read as notation.
            Self::Text(text) => format!("\"{text}\""),
            Self::Time(at) => {
                let c = civil(*at);
                format!(
                    "{:04}-{:02}-{:02} {:02}:{:02}:{:02}",
                    c.year, c.month, c.day, c.hour, c.minute, c.second
                )
            }
            Self::Day(at) => {
                let c = civil(*at);
                format!("{:04}-{:02}-{:02}", c.year, c.month, c.day)
            }
        }
    }
}

fn parameter(out: &mut String, name: &str, value: &str) {
    if !out.is_empty() {
        out.push('&');
    }
    let _ = write!(out, "{name}=");
    for byte in value.bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}
