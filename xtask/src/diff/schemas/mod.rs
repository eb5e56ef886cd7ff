//! Schemas: what values are possible, and which types generated clients have for them.

mod bounds;
mod data;
mod flat;
mod lists;
mod objects;
mod values;

use std::borrow::Borrow;

use bitting_api::document::COPY_OF;
use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};

use self::flat::Flat;
use super::{
    change::Class,
    place::{Kind, Place},
    walk::{Component, Walk, find, name_of},
};

/// A schema as it stands in a document.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side<'a> {
    /// A reference. What may stand beside it is in an `allOf` with nothing else, as OpenAPI 3.0 wants it.
    Named(&'a str, Option<&'a SchemaData>),
    /// Written in place.
    Inline(&'a Schema),
    /// Written as a component: its name is that of its type.
    Component(&'a Schema),
}

/// The schema that stands somewhere.
pub(super) fn side<T: Borrow<Schema>>(schema: &ReferenceOr<T>) -> Side<'_> {
    match schema {
        ReferenceOr::Reference { reference } => Side::Named(name_of(reference, Kind::Schema), None),
        ReferenceOr::Item(schema) => {
            let schema = schema.borrow();
            match &schema.schema_kind {
                SchemaKind::AllOf { all_of } => match all_of.as_slice() {
                    [ReferenceOr::Reference { reference }] => {
                        Side::Named(name_of(reference, Kind::Schema), Some(&schema.schema_data))
                    }
                    _ => Side::Inline(schema),
                },
                _ => Side::Inline(schema),
            }
        }
    }
}

impl<'a> Side<'a> {
    /// The schema that a component is.
    pub(super) fn named(schema: &'a ReferenceOr<Schema>) -> Self {
        match side(schema) {
            Side::Inline(schema) => Side::Component(schema),
            side => side,
        }
    }

    fn schema(self) -> Option<&'a Schema> {
        match self {
            Side::Named(..) => None,
            Side::Inline(schema) | Side::Component(schema) => Some(schema),
        }
    }
}

impl Component for Schema {
    const KIND: Kind = Kind::Schema;

    fn all(components: &openapiv3::Components) -> &indexmap::IndexMap<String, ReferenceOr<Self>> {
        &components.schemas
    }

    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self) {
        walk.schema(place, Side::Component(old), Side::Component(new));
    }
}

impl<'a> Walk<'a> {
    /// Compares two schemas. What is referred to is compared once, on its own.
    pub(super) fn schema(&mut self, place: &Place, old: Side<'a>, new: Side<'a>) {
        match (old, new) {
            (Side::Named(before, old), Side::Named(now, new)) => {
                let none = SchemaData::default();
                self.data(place, old.unwrap_or(&none), new.unwrap_or(&none), false);
                if before != now {
                    let sentence = format!(
                        "is the schema `{now}` (was `{before}`): generated clients have another type"
                    );
                    self.note(
                        &place.keyword(&["$ref"]),
                        "schema.name",
                        Class::Breaking,
                        sentence,
                    );
                }
                self.refer(place, Kind::Schema, before, now);
            }
            (Side::Named(before, beside), _) => {
                let named = find::<Schema>(self.old, before);
                self.written_out(place, before, (named, beside), (new.schema(), None));
            }
            (_, Side::Named(now, beside)) => {
                let named = find::<Schema>(self.new, now);
                self.written_out(place, now, (old.schema(), None), (named, beside));
            }
            (
                Side::Inline(before) | Side::Component(before),
                Side::Inline(now) | Side::Component(now),
            ) => {
                let is_named = matches!(old, Side::Component(_));
                let title_is_name = !is_named && (makes_a_type(before) || makes_a_type(now));
                self.data(place, &before.schema_data, &now.schema_data, title_is_name);
                self.kinds(place, before, now);
            }
        }
    }

    /// Compares a schema that has a name on one side with one that is written out on the other.
    fn written_out(
        &mut self,
        place: &Place,
        name: &str,
        (old, beside_old): (Option<&'a Schema>, Option<&SchemaData>),
        (new, beside_new): (Option<&'a Schema>, Option<&SchemaData>),
    ) {
        let (Some(old), Some(new)) = (old, new) else {
            let sentence = format!("refers to `{name}`, which is not there");
            self.note(place, "reference", Class::Breaking, sentence);
            return;
        };
        // A copy that may be null says of what it is one: `nullable` beside a reference allows no null.
        let is_copy = |schema: &Schema| {
            let told = schema.schema_data.extensions.get(COPY_OF);
            told.is_some_and(|told| told == name)
        };
        if is_copy(old) || is_copy(new) {
            let sentence =
                format!("is a copy of `{name}` on one side and refers to it on the other");
            self.note(place, "schema.name", Class::Documentation, sentence);
        } else {
            let sentence = format!(
                "is the schema `{name}` on one side only: generated clients have another type"
            );
            self.note(place, "schema.name", Class::Breaking, sentence);
        }
        let data = |schema: &Schema, beside: Option<&SchemaData>| {
            let mut data = schema.schema_data.clone();
            data.nullable |= beside.is_some_and(|beside| beside.nullable);
            data.title = None;
            data.extensions.shift_remove(COPY_OF);
            data
        };
        self.data(place, &data(old, beside_old), &data(new, beside_new), false);
        self.kinds(place, old, new);
    }

    fn kinds(&mut self, place: &Place, old: &'a Schema, new: &'a Schema) {
        let (old_flat, new_flat) = (Flat::of(&old.schema_kind), Flat::of(&new.schema_kind));
        self.values(place, &old_flat, &new_flat, is_extensible(old));
        self.bounds(place, &old_flat, &new_flat);
        self.objects(place, &old_flat, &new_flat);
        self.members(place, &old_flat, &new_flat);
    }
}

/// Whether generators make a type of the schema, and so name it.
fn makes_a_type(schema: &Schema) -> bool {
    use openapiv3::Type;
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::Type(
            Type::Number(_) | Type::Integer(_) | Type::Boolean(_) | Type::Array(_),
        ) => false,
        _ => true,
    }
}

/// Whether a list of values says of itself that it may grow.
fn is_extensible(schema: &Schema) -> bool {
    let told = schema.schema_data.extensions.get("x-extensible-enum");
    told.is_some_and(|told| told == true)
}
