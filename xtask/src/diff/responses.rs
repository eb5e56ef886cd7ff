//! What is answered: statuses, and what comes with each.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

use super::{
    change::Class,
    place::{Kind, Place},
    walk::{Component, Walk, resolve},
};

impl<'a> Walk<'a> {
    pub(super) fn responses(&mut self, place: &Place, old: &'a Responses, new: &'a Responses) {
        let Responses {
            default,
            responses,
            extensions,
        } = old;
        let at = place.part("any other answer", &["responses", "default"]);
        match (default, &new.default) {
            (None, None) => {}
            (Some(old), Some(new)) => self.either(&at, old, new),
            (Some(_), None) => self.note(
                &at,
                "response.removed",
                Class::Breaking,
                "is no longer described",
            ),
            (None, Some(_)) => self.note(&at, "response.added", Class::Additive, "is described"),
        }
        for (status, before) in responses {
            let place = at_status(place, status);
            match new.responses.get(status) {
                Some(now) => self.either(&place, before, now),
                None if is_error(status) => {
                    self.note(
                        &place,
                        "response.removed",
                        Class::Additive,
                        "is not answered any more",
                    );
                }
                None => self.note(
                    &place,
                    "response.removed",
                    Class::Breaking,
                    "is not answered any more",
                ),
            }
        }
        for (status, now) in &new.responses {
            if !responses.contains_key(status) {
                let (class, sentence) = self.new_status(status, now, old);
                self.note(&at_status(place, status), "response.added", class, sentence);
            }
        }
        self.extensions(&place.keyword(&["responses"]), extensions, &new.extensions);
    }

    /// What a status means that was not answered before. A client treats an error that it does not know by the
    /// first digit of its status; it can do so only if the error looks like those that it knows.
    fn new_status(
        &self,
        status: &StatusCode,
        now: &'a ReferenceOr<Response>,
        old: &'a Responses,
    ) -> (Class, &'static str) {
        if !is_error(status) {
            return (Class::Breaking, "is answered, which clients do not expect");
        }
        let body = |document, response| {
            let response: Option<&Response> = resolve(document, response);
            response.map(|response| {
                let content = response.content.iter();
                content
                    .map(|(name, media)| (name.clone(), media.schema.clone()))
                    .collect::<Vec<_>>()
            })
        };
        let looks = body(self.new, now);
        let mut errors = old
            .responses
            .iter()
            .filter(|(status, _)| is_error(status))
            .map(|(_, error)| error);
        let known = errors.any(|error| body(self.old, error) == looks)
            || old
                .default
                .as_ref()
                .is_some_and(|error| body(self.old, error) == looks);
        if known {
            (
                Class::Additive,
                "is answered too, in the form of the other errors",
            )
        } else {
            (
                Class::Breaking,
                "is answered, in another form than the errors that there were",
            )
        }
    }
}

fn at_status(place: &Place, status: &StatusCode) -> Place {
    let status = status.to_string();
    place.part(format!("answer {status}"), &["responses", &status])
}

fn is_error(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => *code >= 400,
        StatusCode::Range(first) => *first >= 4,
    }
}

impl Component for Response {
    const KIND: Kind = Kind::Response;

    fn all(components: &openapiv3::Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.responses
    }

    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self) {
        let Response {
            description,
            headers,
            content,
            links,
            extensions,
        } = old;
        walk.text(
            place,
            "description",
            Some(description),
            Some(&new.description),
        );
        walk.headers(place, headers, &new.headers);
        walk.content(place, content, &new.content);
        if *links != new.links {
            let place = place.keyword(&["links"]);
            walk.note(
                &place,
                "links",
                Class::Breaking,
                "what follows from it changed",
            );
        }
        walk.extensions(place, extensions, &new.extensions);
    }
}
