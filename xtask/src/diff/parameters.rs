//! Parameters of operations, and headers of responses, which are described in the same way.

use indexmap::IndexMap;
use openapiv3::{Header, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr};

use super::{
    change::Class,
    direction::Effect,
    place::{Kind, Place},
    schemas::side,
    walk::{Component, Walk, name_of, resolve},
};

impl<'a> Walk<'a> {
    pub(super) fn parameters(
        &mut self,
        place: &Place,
        old: &'a [ReferenceOr<Parameter>],
        new: &'a [ReferenceOr<Parameter>],
    ) {
        let (old, new) = (self.identified(old, true), self.identified(new, false));
        for (name, before, token) in &old {
            let place = place.part(in_words(name), &["parameters", token]);
            if let Some((_, now, _)) = new.iter().find(|(other, ..)| other == name) {
                self.either(&place, before, now);
            } else {
                let sentence = "is gone: what was asked with it is not looked at any more";
                self.note(&place, "parameter.removed", Class::Breaking, sentence);
            }
        }
        for (name, now, token) in &new {
            if old.iter().any(|(other, ..)| other == name) {
                continue;
            }
            let place = place.part(in_words(name), &["parameters", token]);
            let required =
                resolve(self.new, now).is_none_or(|now| now.parameter_data_ref().required);
            let (class, sentence) = if required {
                (Class::Breaking, "is new, and has to be given")
            } else {
                (Class::Additive, "is new, and can be left out")
            };
            self.note(&place, "parameter.added", class, sentence);
        }
    }

    /// Each parameter with where it is and its name, and what tells it from others in the list.
    fn identified(
        &self,
        parameters: &'a [ReferenceOr<Parameter>],
        is_old: bool,
    ) -> Vec<((&'static str, String), &'a ReferenceOr<Parameter>, String)> {
        let document = if is_old { self.old } else { self.new };
        let identified = parameters.iter().map(|parameter| {
            let identity = resolve(document, parameter).map(identity);
            let token = match (parameter, &identity) {
                (ReferenceOr::Reference { reference }, _) => reference.clone(),
                (_, Some((location, name))) => format!("{location}:{name}"),
                (_, None) => String::new(),
            };
            let name = match parameter {
                ReferenceOr::Reference { reference } => name_of(reference, Kind::Parameter),
                ReferenceOr::Item(_) => "",
            };
            (
                identity.unwrap_or(("unknown", name.to_owned())),
                parameter,
                token,
            )
        });
        identified.collect()
    }

    fn format(
        &mut self,
        place: &Place,
        old: &'a ParameterSchemaOrContent,
        new: &'a ParameterSchemaOrContent,
    ) {
        match (old, new) {
            (ParameterSchemaOrContent::Schema(old), ParameterSchemaOrContent::Schema(new)) => {
                self.schema(&place.keyword(&["schema"]), side(old), side(new));
            }
            (ParameterSchemaOrContent::Content(old), ParameterSchemaOrContent::Content(new)) => {
                self.content(place, old, new);
            }
            _ => self.note(
                place,
                "parameter.form",
                Class::Breaking,
                "is written in another form",
            ),
        }
    }

    fn required(&mut self, place: &Place, old: bool, new: bool) {
        let place = place.keyword(&["required"]);
        match (old, new) {
            (false, true) => self.note_effect(
                &place,
                "required",
                Effect::Narrower,
                "is required (was optional)",
            ),
            (true, false) => self.note_effect(
                &place,
                "required",
                Effect::Wider,
                "is optional (was required)",
            ),
            _ => {}
        }
    }

    pub(super) fn headers(
        &mut self,
        place: &Place,
        old: &'a IndexMap<String, ReferenceOr<Header>>,
        new: &'a IndexMap<String, ReferenceOr<Header>>,
    ) {
        let at = |name: &str| place.part(format!("header `{name}`"), &["headers", name]);
        for (name, before) in old {
            match new.get(name) {
                Some(now) => self.either(&at(name), before, now),
                None => self.note(&at(name), "header.removed", Class::Breaking, "is gone"),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            self.note(&at(name), "header.added", Class::Additive, "is new");
        }
    }
}

/// Where a parameter is, and its name.
fn identity(parameter: &Parameter) -> (&'static str, String) {
    let location = match parameter {
        Parameter::Query { .. } => "query",
        Parameter::Header { .. } => "header",
        Parameter::Path { .. } => "path",
        Parameter::Cookie { .. } => "cookie",
    };
    (location, parameter.parameter_data_ref().name.clone())
}

fn in_words((location, name): &(&'static str, String)) -> String {
    format!("{location} parameter `{name}`")
}

/// How a parameter is written, and all that comes with it.
fn style(parameter: &Parameter) -> (String, bool, Option<bool>) {
    match parameter {
        Parameter::Query {
            parameter_data: _,
            allow_reserved,
            style,
            allow_empty_value,
        } => (format!("{style:?}"), *allow_reserved, *allow_empty_value),
        Parameter::Header {
            parameter_data: _,
            style,
        } => (format!("{style:?}"), false, None),
        Parameter::Path {
            parameter_data: _,
            style,
        } => (format!("{style:?}"), false, None),
        Parameter::Cookie {
            parameter_data: _,
            style,
        } => (format!("{style:?}"), false, None),
    }
}

impl Component for Parameter {
    const KIND: Kind = Kind::Parameter;

    fn all(components: &openapiv3::Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.parameters
    }

    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self) {
        if identity(old) != identity(new) {
            walk.note(
                place,
                "parameter.name",
                Class::Breaking,
                "is another parameter",
            );
        }
        if style(old) != style(new) {
            walk.note(
                place,
                "parameter.form",
                Class::Breaking,
                "is written in another form",
            );
        }
        let (old, new) = (old.parameter_data_ref(), new.parameter_data_ref());
        let ParameterData {
            name: _,
            description,
            required,
            deprecated,
            format,
            example,
            examples,
            explode,
            extensions,
        } = old;
        walk.text(
            place,
            "description",
            description.as_deref(),
            new.description.as_deref(),
        );
        walk.required(place, *required, new.required);
        walk.deprecated(
            place,
            *deprecated == Some(true),
            new.deprecated == Some(true),
        );
        walk.format(place, format, &new.format);
        walk.example(place, example.as_ref(), new.example.as_ref());
        walk.examples(place, examples, &new.examples);
        if *explode != new.explode {
            let place = place.keyword(&["explode"]);
            walk.note(
                &place,
                "parameter.form",
                Class::Breaking,
                "its lists are written in another form",
            );
        }
        walk.extensions(place, extensions, &new.extensions);
    }
}

impl Component for Header {
    const KIND: Kind = Kind::Header;

    fn all(components: &openapiv3::Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.headers
    }

    fn compare<'a>(walk: &mut Walk<'a>, place: &Place, old: &'a Self, new: &'a Self) {
        let Header {
            description,
            style: _,
            required,
            deprecated,
            format,
            example,
            examples,
            extensions,
        } = old;
        walk.text(
            place,
            "description",
            description.as_deref(),
            new.description.as_deref(),
        );
        walk.required(place, *required, new.required);
        walk.deprecated(
            place,
            *deprecated == Some(true),
            new.deprecated == Some(true),
        );
        walk.format(place, format, &new.format);
        walk.example(place, example.as_ref(), new.example.as_ref());
        walk.examples(place, examples, &new.examples);
        walk.extensions(place, extensions, &new.extensions);
    }
}
