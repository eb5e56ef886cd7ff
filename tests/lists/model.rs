//! The contract, read literally: every key is looked at, for every request.

use std::cmp::Ordering;

use crate::{
    ask::{Ask, Filter, Value},
    keys::{Facts, Stored},
};

/// The total and the decimal ids of the page.
pub(crate) fn answer(keys: &[Stored], ask: &Ask, now: i64) -> (u64, Vec<i64>) {
    let mut found: Vec<&Stored> = keys
        .iter()
        .filter(|key| ask.filters.iter().all(|filter| passes(key, filter, now)))
        .filter(|key| searched(&key.facts, ask))
        .collect();
    found.sort_by(|a, b| {
        let mut order = Ordering::Equal;
        for (field, descending) in &ask.sort {
            let next = compare(a, b, field, now);
            order = order.then(if *descending { next.reverse() } else { next });
        }
        order.then(a.number.cmp(&b.number))
    });
    let (number, size) = ask.page.unwrap_or((1, 20));
    let skip = usize::try_from((number - 1) * size).expect("a small page");
    let take = usize::try_from(size).expect("a small page");
    let page = found.iter().skip(skip).take(take).map(|key| key.number);
    (found.len() as u64, page.collect())
}

fn status(facts: &Facts, now: i64) -> &'static str {
    if facts.revoked || !facts.enabled || facts.end.is_some_and(|end| now >= end) {
        "expired"
    } else if now < facts.start {
        "pending"
    } else {
        "active"
    }
}

fn compare(a: &Stored, b: &Stored, field: &str, now: i64) -> Ordering {
    let (x, y) = (&a.facts, &b.facts);
    match field {
        "name" => x.name.chars().cmp(y.name.chars()),
        // Alphabetical, as it happens.
        "status" => status(x, now).cmp(status(y, now)),
        "start_time" => x.start.cmp(&y.start),
        "end_time" => x.end.unwrap_or(i64::MAX).cmp(&y.end.unwrap_or(i64::MAX)),
        "create_time" => x.created.cmp(&y.created),
        "update_time" => x.updated.cmp(&y.updated),
        _ => a.number.cmp(&b.number),
    }
}

fn searched(facts: &Facts, ask: &Ask) -> bool {
    let Some(search) = &ask.search else {
        return true;
    };
    let needle = search.needle.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&needle);
    (search.name && holds(&facts.name))
        || (search.description && facts.description.as_deref().is_some_and(holds))
}

fn passes(key: &Stored, filter: &Filter, now: i64) -> bool {
    let facts = &key.facts;
    match filter.field {
        "name" => passes_text(&facts.name, filter),
        "status" => passes_text(status(facts, now), filter),
        "start_time" => passes_number(Some(facts.start), filter),
        "end_time" => passes_number(facts.end, filter),
        "create_time" => passes_number(Some(facts.created), filter),
        "update_time" => passes_number(Some(facts.updated), filter),
        _ => passes_number(Some(key.number), filter),
    }
}

fn passes_text(text: &str, filter: &Filter) -> bool {
    let among = filter
        .values
        .iter()
        .any(|value| matches!(value, Value::Text(other) if other == text));
    match filter.operator {
        "neq" | "nin" => !among,
        "is" => true,
        "isn" => false,
        _ => among,
    }
}

fn passes_number(number: Option<i64>, filter: &Filter) -> bool {
    // Where a day stands for its start.
    let start = |value: &Value| match value {
        Value::Number(n) | Value::Time(n) | Value::Day(n) => *n,
        Value::Text(_) => unreachable!("no text in a filter of numbers"),
    };
    // Where a day stands for the whole of it.
    let equals = |number: i64| {
        filter.values.iter().any(|value| match value {
            Value::Day(day) => (*day..day + 86_400).contains(&number),
            other => start(other) == number,
        })
    };
    match (filter.operator, number) {
        ("isn" | "neq" | "nin", None) | ("is", Some(_)) => true,
        (_, None) | ("isn", Some(_)) => false,
        ("neq" | "nin", Some(n)) => !equals(n),
        ("gt", Some(n)) => n > start(&filter.values[0]),
        ("gte", Some(n)) => n >= start(&filter.values[0]),
        ("lt", Some(n)) => n < start(&filter.values[0]),
        ("lte", Some(n)) => n <= start(&filter.values[0]),
        (range @ ("r" | "rf" | "rl" | "rr"), Some(n)) => {
            let (a, b) = (start(&filter.values[0]), start(&filter.values[1]));
            let after = if matches!(range, "rf" | "rl") {
                n >= a
            } else {
                n > a
            };
            let before = if matches!(range, "rf" | "rr") {
                n <= b
            } else {
                n < b
            };
            after && before
        }
        (_, Some(n)) => equals(n),
    }
}
