//! The walk through both documents at once.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Components, OpenAPI, ReferenceOr};

use super::{
    change::{Change, Class},
    direction::Effect,
    place::{Kind, Owner, Pair, Place},
};

/// Two documents, and what was found so far.
pub(super) struct Walk<'a> {
    pub(super) old: &'a OpenAPI,
    pub(super) new: &'a OpenAPI,
    found: Vec<(Owner, Change)>,
    /// Who refers to a component.
    referred: BTreeMap<Pair, BTreeSet<Owner>>,
    waiting: Vec<Pair>,
}

/// Something that components share by name.
pub(super) trait Component: Sized {
    const KIND: Kind;

    /// Those of a document.
    fn all(components: &Components) -> &indexmap::IndexMap<String, ReferenceOr<Self>>;

    /// Compares two of them.
    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self);
}

impl<'a> Walk<'a> {
    pub(super) fn new(old: &'a OpenAPI, new: &'a OpenAPI) -> Self {
        Self {
            old,
            new,
            found: Vec::new(),
            referred: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    /// Notes a change.
    pub(super) fn note(
        &mut self,
        place: &Place,
        rule: &'static str,
        class: Class,
        sentence: impl Into<String>,
    ) {
        let change = Change {
            class,
            rule,
            place: place.words(),
            uses: Vec::new(),
            sentence: sentence.into(),
            pointers: place.pointers(),
        };
        self.found.push((place.owner.clone(), change));
    }

    /// Notes a change of what values are possible, whose meaning depends on the direction.
    pub(super) fn note_effect(
        &mut self,
        place: &Place,
        rule: &'static str,
        effect: Effect,
        sentence: &str,
    ) {
        let (class, why) = effect.judge(place.direction);
        self.note(place, rule, class, format!("{sentence}: {why}"));
    }

    /// Has a component compared that `place` refers to, once.
    pub(super) fn refer(&mut self, place: &Place, kind: Kind, old: &str, new: &str) {
        let pair = Pair {
            kind,
            old: old.to_owned(),
            new: new.to_owned(),
            direction: place.direction,
        };
        let first = !self.referred.contains_key(&pair);
        self.referred
            .entry(pair.clone())
            .or_default()
            .insert(place.owner.clone());
        if first {
            self.waiting.push(pair);
        }
    }

    /// Compares two things, each of which is there or elsewhere.
    pub(super) fn either<T: Component>(
        &mut self,
        place: &Place,
        old: &'a ReferenceOr<T>,
        new: &'a ReferenceOr<T>,
    ) {
        let names = (named::<T>(old), named::<T>(new));
        match names {
            (Some(before), Some(now)) => {
                if before != now {
                    let sentence = format!("is described by `{now}` (was `{before}`)");
                    self.note(place, "component.name", Class::Documentation, sentence);
                }
                self.refer(place, T::KIND, before, now);
            }
            (None, None) => {}
            (Some(_), None) => {
                let sentence = "is described here (was in the components)";
                self.note(place, "component.name", Class::Documentation, sentence);
            }
            (None, Some(_)) => {
                let sentence = "is described in the components (was here)";
                self.note(place, "component.name", Class::Documentation, sentence);
            }
        }
        if let (Some(_), Some(_)) = names {
            return;
        }
        match (resolve(self.old, old), resolve(self.new, new)) {
            (Some(old), Some(new)) => T::compare(self, place, old, new),
            _ => self.note(
                place,
                "reference",
                Class::Breaking,
                "refers to what is not there",
            ),
        }
    }

    /// Compares what was referred to, and then every component that both documents have and nothing referred to.
    pub(super) fn components(&mut self, mut compare: impl FnMut(&mut Self, &Pair)) {
        self.drain(&mut compare);
        for kind in Kind::ALL {
            for name in self.shared_names(kind) {
                let is_known =
                    |pair: &Pair| pair.kind == kind && pair.old == name && pair.new == name;
                if !self.referred.keys().any(is_known) {
                    let (old, new) = (name.clone(), name);
                    let direction = super::direction::Direction::Both;
                    let pair = Pair {
                        kind,
                        old,
                        new,
                        direction,
                    };
                    self.referred.insert(pair.clone(), BTreeSet::new());
                    self.waiting.push(pair);
                }
            }
        }
        self.drain(&mut compare);
    }

    fn drain(&mut self, compare: &mut impl FnMut(&mut Self, &Pair)) {
        while let Some(pair) = self.waiting.pop() {
            compare(self, &pair);
        }
    }

    fn shared_names(&self, kind: Kind) -> Vec<String> {
        let [old, new] =
            [self.old, self.new].map(|document| super::components::names(document, kind));
        old.into_iter().filter(|name| new.contains(name)).collect()
    }

    /// What was found, each with the operations that it concerns.
    pub(super) fn finish(self) -> Vec<Change> {
        let mut changes: Vec<Change> = Vec::new();
        for (owner, mut change) in self.found {
            change.uses = uses(&self.referred, &owner);
            merge(&mut changes, change);
        }
        changes
    }
}

/// Adds `change`, unless the same place is told of already for the other direction: then the worse is kept.
fn merge(changes: &mut Vec<Change>, change: Change) {
    let same = |other: &&mut Change| {
        other.rule == change.rule
            && other.pointers == change.pointers
            && other.place == change.place
    };
    let Some(other) = changes.iter_mut().find(same) else {
        changes.push(change);
        return;
    };
    if other.class == change.class {
        let more: Vec<_> = change
            .uses
            .into_iter()
            .filter(|one| !other.uses.contains(one))
            .collect();
        other.uses.extend(more);
    } else if other.class < change.class {
        *other = change;
    }
}

/// The operations from which the owner of a change is reached.
fn uses(referred: &BTreeMap<Pair, BTreeSet<Owner>>, owner: &Owner) -> Vec<String> {
    let Owner::Component(pair) = owner else {
        return Vec::new();
    };
    let mut seen = BTreeSet::from([pair]);
    let mut waiting = vec![pair];
    let mut operations = BTreeSet::new();
    while let Some(pair) = waiting.pop() {
        for owner in referred.get(pair).into_iter().flatten() {
            match owner {
                Owner::Operation(id) => {
                    operations.insert(format!("{} of {id}", pair.direction.word()));
                }
                Owner::Component(by) if seen.insert(by) => waiting.push(by),
                Owner::Component(_) | Owner::Document => {}
            }
        }
    }
    if operations.is_empty() {
        vec!["in no operation that was there before".to_owned()]
    } else {
        operations.into_iter().collect()
    }
}

/// The name by which something is referred to.
fn named<T: Component>(either: &ReferenceOr<T>) -> Option<&str> {
    match either {
        ReferenceOr::Reference { reference } => Some(name_of(reference, T::KIND)),
        ReferenceOr::Item(_) => None,
    }
}

/// The name of a component in a reference; the reference itself if it is to something else.
pub(super) fn name_of(reference: &str, kind: Kind) -> &str {
    let rest = reference
        .strip_prefix("#/components/")
        .and_then(|rest| rest.strip_prefix(kind.member()));
    rest.and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or(reference)
}

/// A component by its name, through references to others.
pub(super) fn find<'a, T: Component + 'a>(document: &'a OpenAPI, name: &str) -> Option<&'a T> {
    let all = T::all(document.components.as_ref()?);
    let mut at = all.get(name)?;
    // As many steps as there are components lead round in a circle.
    for _ in 0..=all.len() {
        match at {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => at = all.get(name_of(reference, T::KIND))?,
        }
    }
    None
}

pub(super) fn resolve<'a, T: Component>(
    document: &'a OpenAPI,
    either: &'a ReferenceOr<T>,
) -> Option<&'a T> {
    match either {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { reference } => find(document, name_of(reference, T::KIND)),
    }
}
