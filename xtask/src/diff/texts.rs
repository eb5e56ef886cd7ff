//! What people read: texts, examples and links, none of which any program depends on.

use indexmap::IndexMap;
use openapiv3::{Example, ExternalDocumentation, ReferenceOr};
use serde_json::Value;

use super::{
    change::Class,
    place::{Kind, Place},
    walk::{Component, Walk},
};

impl<'a> Walk<'a> {
    /// A text for people.
    pub(super) fn text(
        &mut self,
        place: &Place,
        token: &str,
        old: Option<&str>,
        new: Option<&str>,
    ) {
        let what = match (old, new) {
            (old, new) if old == new => return,
            (None, _) => "is new",
            (_, None) => "is gone",
            _ => "was reworded",
        };
        let sentence = format!("the {} {what}", in_words(token));
        self.note(
            &place.keyword(&[token]),
            "text",
            Class::Documentation,
            sentence,
        );
    }

    pub(super) fn external_docs(
        &mut self,
        place: &Place,
        old: Option<&ExternalDocumentation>,
        new: Option<&ExternalDocumentation>,
    ) {
        if old != new {
            let place = place.keyword(&["externalDocs"]);
            self.note(
                &place,
                "text",
                Class::Documentation,
                "the link to more documentation changed",
            );
        }
    }

    pub(super) fn example(&mut self, place: &Place, old: Option<&Value>, new: Option<&Value>) {
        if old != new {
            let place = place.keyword(&["example"]);
            self.note(
                &place,
                "example",
                Class::Documentation,
                "the example changed",
            );
        }
    }

    pub(super) fn examples(
        &mut self,
        place: &Place,
        old: &'a IndexMap<String, ReferenceOr<Example>>,
        new: &'a IndexMap<String, ReferenceOr<Example>>,
    ) {
        for (name, before) in old {
            let place = place.keyword(&["examples", name]);
            match new.get(name) {
                Some(now) => self.either(&place, before, now),
                None => self.note(
                    &place,
                    "example",
                    Class::Documentation,
                    format!("the example `{name}` is gone"),
                ),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            let place = place.keyword(&["examples", name]);
            self.note(
                &place,
                "example",
                Class::Documentation,
                format!("the example `{name}` is new"),
            );
        }
    }
}

impl Component for Example {
    const KIND: Kind = Kind::Example;

    fn all(components: &openapiv3::Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.examples
    }

    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self) {
        if old != new {
            walk.note(
                place,
                "example",
                Class::Documentation,
                "the example changed",
            );
        }
    }
}

fn in_words(token: &str) -> &str {
    match token {
        "termsOfService" => "link to the terms of service",
        "bearerFormat" => "form of the token",
        token => token,
    }
}
