//! What is shared by name.

use openapiv3::{Components, OpenAPI};

use super::{
    change::Class,
    place::{Kind, Pair, Place},
    schemas::Side,
    walk::{Component, Walk, find},
};

/// The names of a kind of component.
pub(super) fn names(document: &OpenAPI, kind: Kind) -> Vec<String> {
    let Some(components) = &document.components else {
        return Vec::new();
    };
    match kind {
        Kind::Schema => components.schemas.keys().cloned().collect(),
        Kind::Response => components.responses.keys().cloned().collect(),
        Kind::Parameter => components.parameters.keys().cloned().collect(),
        Kind::RequestBody => components.request_bodies.keys().cloned().collect(),
        Kind::Header => components.headers.keys().cloned().collect(),
        Kind::Example => components.examples.keys().cloned().collect(),
    }
}

impl<'a> Walk<'a> {
    /// Which components there are. Schemas are types in generated clients; of the others only what they describe
    /// is seen, which is told where they are referred to.
    pub(super) fn component_names(&mut self) {
        for kind in Kind::ALL {
            let (old, new) = (names(self.old, kind), names(self.new, kind));
            let is_type = kind == Kind::Schema;
            for name in old.iter().filter(|name| !new.contains(name)) {
                let (class, sentence) = if is_type {
                    (
                        Class::Breaking,
                        "is gone, and with it a type of generated clients",
                    )
                } else {
                    (Class::Documentation, "is gone")
                };
                self.note(&at(kind, name), "component.removed", class, sentence);
            }
            for name in new.iter().filter(|name| !old.contains(name)) {
                let class = if is_type {
                    Class::Additive
                } else {
                    Class::Documentation
                };
                self.note(&at(kind, name), "component.added", class, "is new");
            }
        }
        self.rest();
    }

    /// What documents of ours do not have: any difference is told, and none is understood.
    fn rest(&mut self) {
        let empty = Components::default();
        let old = self.old.components.as_ref().unwrap_or(&empty).clone();
        let new = self.new.components.as_ref().unwrap_or(&empty).clone();
        let Components {
            schemas: _,
            responses: _,
            parameters: _,
            examples: _,
            request_bodies: _,
            headers: _,
            security_schemes: _,
            links,
            callbacks,
            extensions,
        } = old;
        let place = Place::document().part("the components", &["components"]);
        if links != new.links {
            self.note(
                &place.keyword(&["links"]),
                "links",
                Class::Breaking,
                "what follows from answers changed",
            );
        }
        if callbacks != new.callbacks {
            self.note(
                &place.keyword(&["callbacks"]),
                "callbacks",
                Class::Breaking,
                "what the server calls changed",
            );
        }
        self.extensions(&place, &extensions, &new.extensions);
    }

    /// Compares what is shared under these names.
    pub(super) fn component(&mut self, pair: &Pair) {
        match pair.kind {
            Kind::Schema => {
                let place = Place::component(pair);
                let old = self
                    .old
                    .components
                    .as_ref()
                    .and_then(|all| all.schemas.get(&pair.old));
                let new = self
                    .new
                    .components
                    .as_ref()
                    .and_then(|all| all.schemas.get(&pair.new));
                if let (Some(old), Some(new)) = (old, new) {
                    self.schema(&place, Side::named(old), Side::named(new));
                }
            }
            Kind::Response => self.found::<openapiv3::Response>(pair),
            Kind::Parameter => self.found::<openapiv3::Parameter>(pair),
            Kind::RequestBody => self.found::<openapiv3::RequestBody>(pair),
            Kind::Header => self.found::<openapiv3::Header>(pair),
            Kind::Example => self.found::<openapiv3::Example>(pair),
        }
    }

    fn found<T: Component + 'a>(&mut self, pair: &Pair) {
        let place = Place::component(pair);
        // What is in neither is a mistake of both documents, which the linters find.
        match (
            find::<T>(self.old, &pair.old),
            find::<T>(self.new, &pair.new),
        ) {
            (Some(old), Some(new)) => T::compare(self, &place, old, new),
            (None, None) => {}
            _ => self.note(
                &place,
                "reference",
                Class::Breaking,
                "is referred to and is not there",
            ),
        }
    }
}

fn at(kind: Kind, name: &str) -> Place {
    Place::document().part(
        format!("{} `{name}`", kind.word()),
        &["components", kind.member(), name],
    )
}
