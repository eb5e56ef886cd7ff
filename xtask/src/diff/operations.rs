//! Operations: which there are, and what belongs to each.

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

use super::{
    change::Class,
    direction::Direction,
    place::Place,
    walk::{Walk, resolve},
    words,
};

/// An operation and where it is.
#[derive(Clone, Copy)]
struct Found<'a> {
    path: &'a str,
    method: &'a str,
    operation: &'a Operation,
}

impl Found<'_> {
    /// How it is asked for.
    fn line(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// What it is called.
    fn name(&self) -> String {
        self.operation
            .operation_id
            .clone()
            .unwrap_or_else(|| self.line())
    }

    fn steps(&self) -> [&str; 2] {
        [self.path, self.method]
    }
}

impl<'a> Walk<'a> {
    pub(super) fn paths(&mut self) {
        self.path_items();
        let (old, new) = (operations(self.old), operations(self.new));
        let here = |one: &Found<'_>, other: &Found<'_>| {
            (one.path, one.method) == (other.path, other.method)
        };
        for before in &old {
            let id = before.operation.operation_id.as_ref();
            let same = new.iter().find(|now| here(before, now));
            // Elsewhere under the same id, unless another operation was there under it before.
            let moved = new.iter().find(|now| {
                id.is_some()
                    && now.operation.operation_id.as_ref() == id
                    && !old.iter().any(|other| here(other, now))
            });
            match (same, moved) {
                (Some(now), _) => self.operation(before, now),
                (None, Some(now)) => {
                    let place = whole(before, now, self.old, self.new);
                    let sentence = format!("is called as {} (was {})", now.line(), before.line());
                    self.note(&place, "operation.moved", Class::Breaking, sentence);
                    self.operation(before, now);
                }
                (None, None) => {
                    let sentence = format!("{} is gone", before.line());
                    self.note(
                        &whole(before, before, self.new, self.new),
                        "operation.removed",
                        Class::Breaking,
                        sentence,
                    );
                }
            }
        }
        for now in &new {
            let id = now.operation.operation_id.as_ref();
            let known = old.iter().any(|before| {
                let gone = !new.iter().any(|other| here(before, other));
                here(before, now)
                    || (gone && id.is_some() && before.operation.operation_id.as_ref() == id)
            });
            if !known {
                let sentence = format!("{} is new", now.line());
                self.note(
                    &whole(now, now, self.old, self.old),
                    "operation.added",
                    Class::Additive,
                    sentence,
                );
            }
        }
    }

    /// What belongs to a path and not to one of its operations.
    fn path_items(&mut self) {
        let (old, new) = (&self.old.paths, &self.new.paths);
        self.extensions(
            &Place::document().keyword(&["paths"]),
            &old.extensions,
            &new.extensions,
        );
        for (path, before) in &old.paths {
            let (Some(before), Some(now)) = (
                before.as_item(),
                new.paths.get(path).and_then(ReferenceOr::as_item),
            ) else {
                continue;
            };
            let place = Place::document().part(format!("path `{path}`"), &["paths", path]);
            let PathItem {
                summary,
                description,
                get: _,
                put: _,
                post: _,
                delete: _,
                options: _,
                head: _,
                patch: _,
                trace: _,
                servers,
                parameters,
                extensions,
            } = before;
            self.text(
                &place,
                "summary",
                summary.as_deref(),
                now.summary.as_deref(),
            );
            self.text(
                &place,
                "description",
                description.as_deref(),
                now.description.as_deref(),
            );
            self.servers(&place, servers, &now.servers);
            self.parameters(
                &place.toward(Direction::Request),
                parameters,
                &now.parameters,
            );
            self.extensions(&place, extensions, &now.extensions);
        }
    }

    fn operation(&mut self, before: &Found<'a>, now: &Found<'a>) {
        let place = place(before, now);
        let (old, new) = (before.operation, now.operation);
        let Operation {
            tags,
            summary,
            description,
            external_docs,
            operation_id,
            parameters,
            request_body,
            responses,
            callbacks,
            deprecated,
            security,
            servers,
            extensions,
        } = old;
        if *operation_id != new.operation_id {
            let sentence = format!(
                "{} is the operation `{}` (was `{}`): generated clients name their methods after it",
                now.line(),
                new.operation_id.as_deref().unwrap_or("(none)"),
                operation_id.as_deref().unwrap_or("(none)"),
            );
            self.note(
                &place.keyword(&["operationId"]),
                "operation.id",
                Class::Breaking,
                sentence,
            );
        }
        let sorted = |tags: &[String]| {
            let mut tags = tags.to_vec();
            tags.sort();
            tags
        };
        if sorted(tags) != sorted(&new.tags) {
            let sentence = format!(
                "has the tags {} (was {}): generators name modules after them",
                words::quoted(&new.tags),
                words::quoted(tags)
            );
            self.note(
                &place.keyword(&["tags"]),
                "operation.tags",
                Class::Breaking,
                sentence,
            );
        }
        self.text(
            &place,
            "summary",
            summary.as_deref(),
            new.summary.as_deref(),
        );
        self.text(
            &place,
            "description",
            description.as_deref(),
            new.description.as_deref(),
        );
        self.external_docs(&place, external_docs.as_ref(), new.external_docs.as_ref());
        self.parameters(
            &place.toward(Direction::Request),
            parameters,
            &new.parameters,
        );
        self.request_body(
            &place.toward(Direction::Request),
            request_body.as_ref(),
            new.request_body.as_ref(),
        );
        self.responses(
            &place.toward(Direction::Response),
            responses,
            &new.responses,
        );
        if *callbacks != new.callbacks {
            self.note(
                &place.keyword(&["callbacks"]),
                "callbacks",
                Class::Breaking,
                "what the server calls changed",
            );
        }
        self.deprecated(&place, *deprecated, new.deprecated);
        self.operation_security(&place, security.as_ref(), new.security.as_ref());
        self.servers(&place, servers, &new.servers);
        self.extensions(&place, extensions, &new.extensions);
    }

    pub(super) fn deprecated(&mut self, place: &Place, old: bool, new: bool) {
        let place = place.keyword(&["deprecated"]);
        match (old, new) {
            (false, true) => {
                let sentence =
                    "is deprecated: it still works, and should not be used in what is new";
                self.note(&place, "deprecated", Class::Additive, sentence);
            }
            (true, false) => {
                self.note(
                    &place,
                    "deprecated",
                    Class::Documentation,
                    "is no longer deprecated",
                );
            }
            _ => {}
        }
    }
}

fn place(before: &Found<'_>, now: &Found<'_>) -> Place {
    Place::operation(&before.name(), &before.steps(), &now.steps())
}

/// Where an operation is that only one of the documents has there: with it the whole path, if it is alone on it.
fn whole(before: &Found<'_>, now: &Found<'_>, old: &OpenAPI, new: &OpenAPI) -> Place {
    let steps = |found: &Found<'_>, other: &OpenAPI| {
        let is_there = other.paths.paths.contains_key(found.path);
        found.steps().map(str::to_owned)[..if is_there { 2 } else { 1 }].to_vec()
    };
    let (before_steps, now_steps) = (steps(before, new), steps(now, old));
    Place::operation(&before.name(), &before_steps, &now_steps)
}

fn operations(document: &OpenAPI) -> Vec<Found<'_>> {
    let found = document.operations();
    found
        .map(|(path, method, operation)| Found {
            path,
            method,
            operation,
        })
        .collect()
}

/// The request body of an operation, through a reference.
impl<'a> Walk<'a> {
    fn request_body(
        &mut self,
        place: &Place,
        old: Option<&'a ReferenceOr<openapiv3::RequestBody>>,
        new: Option<&'a ReferenceOr<openapiv3::RequestBody>>,
    ) {
        let place = place.part("request body", &["requestBody"]);
        match (old, new) {
            (None, None) => {}
            (Some(old), Some(new)) => self.either(&place, old, new),
            (Some(_), None) => {
                self.note(
                    &place,
                    "body.removed",
                    Class::Breaking,
                    "is gone: what was sent in it is not read any more",
                );
            }
            (None, Some(new)) => {
                let required = resolve(self.new, new).is_none_or(|body| body.required);
                let (class, sentence) = if required {
                    (Class::Breaking, "is new, and has to be sent")
                } else {
                    (Class::Additive, "is new, and can be left out")
                };
                self.note(&place, "body.added", class, sentence);
            }
        }
    }
}
