//! Pages of keys against a model in memory: random keys, questions, clocks, page sizes, and changes between pages.

mod dice;
mod model;
mod world;

use bitting_core::{KeyName, KeyNumber, Reach, query::Search};
use bitting_store::{Order, OrderField, PageQuery, Position, PositionValue, Store};

use self::{dice::any_query, world::World};
use crate::{
    changes::{NOW, at, create},
    fixture::Fixture,
};

async fn walks(seed: u64, few: u64) {
    let mut world = World::new(seed, few).await;
    for _ in 0..80 {
        world.add().await;
    }
    let mut shown = 0;
    for _ in 0..150 {
        let query = any_query(&mut world.dice, &world.members);
        shown += world.walk(query).await;
    }
    // Of questions that nothing answers nothing is learnt.
    assert!(shown > 300, "{shown}");
    world.store.close().await.unwrap();
    drop(world.fixture);
}

#[tokio::test]
async fn every_page_is_what_a_model_says_where_few_are_gathered() {
    walks(1, 2_000).await;
}

#[tokio::test]
async fn every_page_is_what_a_model_says_where_all_is_walked() {
    walks(2, 0).await;
}

#[tokio::test]
async fn every_page_is_what_a_model_says_where_some_are_gathered() {
    walks(3, 8).await;
}

fn all(field: OrderField, descending: bool) -> PageQuery {
    PageQuery {
        within: Reach {
            company: None,
            owner: None,
            origin: None,
        },
        company: None,
        owner: None,
        origin: None,
        status: None,
        scope: None,
        search: None,
        expires_before: None,
        last_used_before: None,
        order: Order { field, descending },
        after: None,
        limit: 10,
    }
}

#[tokio::test]
async fn a_position_of_another_order_is_nowhere_and_no_page_holds_nothing() {
    let fixture = Fixture::new().await;
    let by_name = all(OrderField::Name, false);
    let ask = |query: PageQuery| async { fixture.store.page(query, at(NOW)).await.unwrap().len() };
    assert_eq!(ask(by_name.clone()).await, 1);
    let none = PageQuery {
        limit: 0,
        ..by_name.clone()
    };
    assert_eq!(ask(none).await, 0);
    let after = Position {
        value: PositionValue::Int(0),
        number: KeyNumber::new(1).unwrap(),
    };
    assert!(!after.fits(by_name.order));
    let wrong = PageQuery {
        after: Some(after),
        ..by_name
    };
    assert_eq!(ask(wrong).await, 0);
}

/// A name that begins like another and goes on with what sorts low or high, and text that SQL could mistake.
#[tokio::test]
async fn texts_are_never_mistaken_for_anything_else() {
    let fixture = Fixture::new().await;
    let names = [
        "a",
        "a\u{1}",
        "a ",
        "a'; --",
        "a\"",
        "a%",
        "a_",
        "a\u{10FFFF}",
        "é",
        "{a}",
    ];
    for (index, name) in names.iter().enumerate() {
        let mut new = create(index as u128 + 1, &index.to_string());
        if let Ok(name) = KeyName::new((*name).into()) {
            new.key.name = name;
            fixture.store.create(new).await.unwrap();
        }
    }
    let mut query = PageQuery {
        limit: 1,
        ..all(OrderField::Name, false)
    };
    let mut seen = Vec::new();
    for _ in 0..=names.len() {
        let mut page = fixture.store.page(query.clone(), at(NOW)).await.unwrap();
        let Some(key) = page.pop() else { break };
        query.after = Some(key.position(query.order));
        seen.push(key.key.name.as_str().to_owned());
    }
    let mut sorted = seen.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(seen, sorted);
    assert!(seen.len() > 7, "{seen:?}");
    for text in ["'", "\"", "%", "_", "a\"", "'; --"] {
        let query = PageQuery {
            search: Search::new(text, true, true),
            ..all(OrderField::Name, true)
        };
        let found = fixture.store.page(query, at(NOW)).await.unwrap();
        let expected = seen.iter().filter(|name| name.contains(text)).count();
        assert_eq!(found.len(), expected, "{text}");
    }
}
