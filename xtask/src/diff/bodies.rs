//! Bodies: media types, and the schemas of what they hold.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::{
    change::Class,
    direction::{Direction, Effect},
    place::{Kind, Place},
    schemas::side,
    walk::{Component, Walk},
};

impl Component for RequestBody {
    const KIND: Kind = Kind::RequestBody;

    fn all(components: &openapiv3::Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.request_bodies
    }

    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self) {
        let RequestBody {
            description,
            content,
            required,
            extensions,
        } = old;
        walk.text(
            place,
            "description",
            description.as_deref(),
            new.description.as_deref(),
        );
        walk.content(place, content, &new.content);
        let at = place.keyword(&["required"]);
        match (required, new.required) {
            (false, true) => walk.note_effect(
                &at,
                "required",
                Effect::Narrower,
                "is required (was optional)",
            ),
            (true, false) => {
                walk.note_effect(&at, "required", Effect::Wider, "is optional (was required)");
            }
            _ => {}
        }
        walk.extensions(place, extensions, &new.extensions);
    }
}

impl<'a> Walk<'a> {
    /// What a body may hold, by media types.
    pub(super) fn content(
        &mut self,
        place: &Place,
        old: &'a IndexMap<String, MediaType>,
        new: &'a IndexMap<String, MediaType>,
    ) {
        // The only media type of both needs no mention on the way to what is in it.
        let is_only = old.len() == 1 && new.len() == 1;
        for (name, before) in old {
            let tokens = ["content", name.as_str()];
            let told = place.part(format!("`{name}`"), &tokens);
            match new.get(name) {
                None => self.note(
                    &told,
                    "content.removed",
                    Class::Breaking,
                    "is not spoken any more",
                ),
                Some(now) if is_only => self.media_type(&place.keyword(&tokens), before, now),
                Some(now) => self.media_type(&told, before, now),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            let place = place.part(format!("`{name}`"), &["content", name]);
            let is_first = old.is_empty() && place.direction != Direction::Request;
            let (class, sentence) = if is_first {
                (Class::Breaking, "is answered where there was no body")
            } else if place.direction == Direction::Request && old.is_empty() {
                (Class::Additive, "is read where no body was")
            } else {
                (Class::Additive, "is spoken too")
            };
            self.note(&place, "content.added", class, sentence);
        }
    }

    fn media_type(&mut self, place: &Place, old: &'a MediaType, new: &'a MediaType) {
        let MediaType {
            schema,
            example,
            examples,
            encoding,
            extensions,
        } = old;
        let at = place.keyword(&["schema"]);
        match (schema, &new.schema) {
            (None, None) => {}
            (Some(old), Some(new)) => self.schema(&at, side(old), side(new)),
            (Some(_), None) => {
                self.note_effect(&at, "content.schema", Effect::Other, "can be anything");
            }
            (None, Some(_)) => self.note_effect(
                &at,
                "content.schema",
                Effect::Other,
                "has a schema (was anything)",
            ),
        }
        self.example(place, example.as_ref(), new.example.as_ref());
        self.examples(place, examples, &new.examples);
        if *encoding != new.encoding {
            let place = place.keyword(&["encoding"]);
            self.note(
                &place,
                "content.encoding",
                Class::Breaking,
                "is written in another form",
            );
        }
        self.extensions(place, extensions, &new.extensions);
    }
}
