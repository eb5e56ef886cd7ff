//! What a document says of itself: its title and version, servers, tags.

use openapiv3::{Info, OpenAPI, Server, Tag};

use super::{change::Class, place::Place, walk::Walk, words};

/// The rule that tells of another version, which is no change of the API.
pub(super) const VERSION: &str = "info.version";

impl Walk<'_> {
    pub(super) fn info(&mut self) {
        let (old, new) = (&self.old.info, &self.new.info);
        let place = Place::document().part("the document", &["info"]);
        let Info {
            title,
            description,
            terms_of_service,
            contact,
            license,
            version,
            extensions,
        } = old;
        self.text(&place, "title", Some(title), Some(&new.title));
        self.text(
            &place,
            "description",
            description.as_deref(),
            new.description.as_deref(),
        );
        self.text(
            &place,
            "termsOfService",
            terms_of_service.as_deref(),
            new.terms_of_service.as_deref(),
        );
        if *contact != new.contact {
            self.note(
                &place.keyword(&["contact"]),
                "text",
                Class::Documentation,
                "the contact changed",
            );
        }
        if *license != new.license {
            self.note(
                &place.keyword(&["license"]),
                "text",
                Class::Documentation,
                "the licence changed",
            );
        }
        if *version != new.version {
            let sentence = format!("has the version {} (was {version})", new.version);
            self.note(
                &place.keyword(&["version"]),
                VERSION,
                Class::Documentation,
                sentence,
            );
        }
        self.extensions(&place, extensions, &new.extensions);
    }

    pub(super) fn root(&mut self) {
        let place = Place::document().part("the document", &[]);
        let OpenAPI {
            openapi,
            info: _,
            servers,
            paths: _,
            components: _,
            security: _,
            tags,
            external_docs,
            extensions,
        } = self.old;
        let new = self.new;
        if *openapi != new.openapi {
            // 3.0.x differ in words; another minor version is another language.
            let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
            let class = if minor(openapi) == minor(&new.openapi) {
                Class::Documentation
            } else {
                Class::Breaking
            };
            let sentence = format!("is written in OpenAPI {} (was {openapi})", new.openapi);
            self.note(&place.keyword(&["openapi"]), "openapi", class, sentence);
        }
        self.servers(&place, servers, &new.servers);
        self.tags(tags, &new.tags);
        self.external_docs(&place, external_docs.as_ref(), new.external_docs.as_ref());
        self.extensions(&place, extensions, &new.extensions);
    }

    pub(super) fn servers(&mut self, place: &Place, old: &[Server], new: &[Server]) {
        for before in old {
            let place = place.part(
                format!("server {}", words::text(&before.url)),
                &["servers", &before.url],
            );
            let Some(now) = new.iter().find(|server| server.url == before.url) else {
                self.note(&place, "server", Class::Breaking, "is gone");
                continue;
            };
            let Server {
                url: _,
                description,
                variables,
                extensions,
            } = before;
            self.text(
                &place,
                "description",
                description.as_deref(),
                now.description.as_deref(),
            );
            let plain = |variables: &Option<_>| {
                let mut variables: indexmap::IndexMap<String, openapiv3::ServerVariable> =
                    variables.clone().unwrap_or_default();
                variables
                    .values_mut()
                    .for_each(|variable| variable.description = None);
                variables
            };
            if plain(variables) != plain(&now.variables) {
                let sentence = "what its address is made of changed";
                self.note(
                    &place.keyword(&["variables"]),
                    "server",
                    Class::Breaking,
                    sentence,
                );
            } else if *variables != now.variables {
                let sentence = "what its address is made of was reworded";
                self.note(
                    &place.keyword(&["variables"]),
                    "text",
                    Class::Documentation,
                    sentence,
                );
            }
            self.extensions(&place, extensions, &now.extensions);
        }
        for now in new
            .iter()
            .filter(|now| !old.iter().any(|server| server.url == now.url))
        {
            let place = place.part(
                format!("server {}", words::text(&now.url)),
                &["servers", &now.url],
            );
            self.note(&place, "server", Class::Additive, "is new");
        }
    }

    /// The tags as they are declared. Those of an operation are told of with it.
    fn tags(&mut self, old: &[Tag], new: &[Tag]) {
        let place = |name: &str| Place::document().part(format!("tag `{name}`"), &["tags", name]);
        for before in old {
            let place = place(&before.name);
            let Some(now) = new.iter().find(|tag| tag.name == before.name) else {
                self.note(
                    &place,
                    "tag",
                    Class::Documentation,
                    "is no longer described",
                );
                continue;
            };
            let Tag {
                name: _,
                description,
                external_docs,
                extensions,
            } = before;
            self.text(
                &place,
                "description",
                description.as_deref(),
                now.description.as_deref(),
            );
            self.external_docs(&place, external_docs.as_ref(), now.external_docs.as_ref());
            self.extensions(&place, extensions, &now.extensions);
        }
        for now in new
            .iter()
            .filter(|now| !old.iter().any(|tag| tag.name == now.name))
        {
            self.note(
                &place(&now.name),
                "tag",
                Class::Documentation,
                "is described",
            );
        }
    }
}
