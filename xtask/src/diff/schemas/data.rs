//! What is said of a schema besides the values that it allows.

use openapiv3::{Discriminator, SchemaData};
use serde_json::Value;

use super::super::{
    change::Class,
    direction::{Direction, Effect},
    place::Place,
    walk::Walk,
    words,
};

impl Walk<'_> {
    /// Where generators make a type of a schema that has no other name, they name it after its title.
    pub(super) fn data(
        &mut self,
        place: &Place,
        old: &SchemaData,
        new: &SchemaData,
        title_is_name: bool,
    ) {
        let SchemaData {
            nullable,
            read_only,
            write_only,
            deprecated,
            external_docs,
            example,
            title,
            description,
            discriminator,
            default,
            extensions,
        } = old;
        let at = place.keyword(&["nullable"]);
        match (nullable, new.nullable) {
            (false, true) => self.note_effect(&at, "nullable", Effect::Wider, "may be null"),
            (true, false) => self.note_effect(
                &at,
                "nullable",
                Effect::Narrower,
                "is never null (could be)",
            ),
            _ => {}
        }
        self.one_way(
            place,
            "readOnly",
            Direction::Request,
            *read_only,
            new.read_only,
        );
        self.one_way(
            place,
            "writeOnly",
            Direction::Response,
            *write_only,
            new.write_only,
        );
        self.deprecated(place, *deprecated, new.deprecated);
        self.external_docs(place, external_docs.as_ref(), new.external_docs.as_ref());
        self.example(place, example.as_ref(), new.example.as_ref());
        if title_is_name && *title != new.title {
            let sentence = format!(
                "has the title `{}` (was `{}`): generators name its type after it",
                new.title.as_deref().unwrap_or_default(),
                title.as_deref().unwrap_or_default()
            );
            self.note(
                &place.keyword(&["title"]),
                "schema.title",
                Class::Breaking,
                sentence,
            );
        } else {
            self.text(place, "title", title.as_deref(), new.title.as_deref());
        }
        self.text(
            place,
            "description",
            description.as_deref(),
            new.description.as_deref(),
        );
        self.discriminator(
            &place.keyword(&["discriminator"]),
            discriminator.as_ref(),
            new.discriminator.as_ref(),
        );
        self.default(
            &place.keyword(&["default"]),
            default.as_ref(),
            new.default.as_ref(),
        );
        self.extensions(place, extensions, &new.extensions);
    }

    /// A member that only goes the other way than `without`.
    fn one_way(&mut self, place: &Place, keyword: &str, without: Direction, old: bool, new: bool) {
        if old == new {
            return;
        }
        let place = place.keyword(&[keyword]);
        let sentence = format!("`{keyword}` is {new} (was {old})");
        let concerned = place.direction == without || place.direction == Direction::Both;
        let class = match (concerned, new) {
            (false, _) => Class::Documentation,
            (true, true) => Class::Breaking,
            (true, false) => Class::Additive,
        };
        self.note(&place, "one-way", class, sentence);
    }

    fn discriminator(
        &mut self,
        place: &Place,
        old: Option<&Discriminator>,
        new: Option<&Discriminator>,
    ) {
        let (before, now) = match (old, new) {
            (None, None) => return,
            (Some(before), Some(now)) => (before, now),
            (None, Some(_)) => {
                let sentence = "a member tells which form it has, and generated clients have another type for it";
                return self.note(place, "discriminator", Class::Breaking, sentence);
            }
            (Some(_), None) => {
                return self.note(
                    place,
                    "discriminator",
                    Class::Breaking,
                    "no member tells any more which form it has",
                );
            }
        };
        let Discriminator {
            property_name,
            mapping,
            extensions,
        } = before;
        if *property_name != now.property_name {
            let sentence = format!(
                "the member `{}` tells which form it has (was `{property_name}`)",
                now.property_name
            );
            self.note(
                &place.keyword(&["propertyName"]),
                "discriminator",
                Class::Breaking,
                sentence,
            );
        }
        for (value, schema) in mapping {
            let place = place.keyword(&["mapping", value]);
            if now.mapping.get(value) != Some(schema) {
                let sentence = format!(
                    "the value `{value}` of `{property_name}` does not tell of the same form any more"
                );
                self.note(&place, "discriminator", Class::Breaking, sentence);
            }
        }
        for value in now
            .mapping
            .keys()
            .filter(|value| !mapping.contains_key(*value))
        {
            let sentence = format!(
                "the value `{value}` of `{}` tells of another form",
                now.property_name
            );
            self.note_effect(
                &place.keyword(&["mapping", value]),
                "discriminator",
                Effect::Wider,
                &sentence,
            );
        }
        self.extensions(place, extensions, &now.extensions);
    }

    fn default(&mut self, place: &Place, old: Option<&Value>, new: Option<&Value>) {
        let shown = |value: Option<&Value>| value.map_or("none".to_owned(), words::value);
        if old == new {
            return;
        }
        let sentence = format!(
            "the default is {} (was {}): what is left out means something else",
            shown(new),
            shown(old)
        );
        self.note(place, "default", Class::Breaking, sentence);
    }
}
