//! Who may call: security schemes and what operations demand of them.

use openapiv3::{ReferenceOr, SecurityRequirement, SecurityScheme};

use super::{change::Class, place::Place, walk::Walk, words};

impl Walk<'_> {
    /// What an operation demands, its own or the document's.
    pub(super) fn operation_security(
        &mut self,
        place: &Place,
        old: Option<&Vec<SecurityRequirement>>,
        new: Option<&Vec<SecurityRequirement>>,
    ) {
        let [before, now] = [(self.old, old), (self.new, new)].map(|(document, own)| {
            let demanded = own.or(document.security.as_ref());
            demanded.cloned().unwrap_or_default()
        });
        let place = place.keyword(&["security"]);
        self.demands(&place, &before, &now, old == new);
    }

    /// What the document demands where an operation does not say.
    pub(super) fn document_security(&mut self) {
        let [before, now] =
            [self.old, self.new].map(|document| document.security.clone().unwrap_or_default());
        let same = self.old.security == self.new.security;
        self.demands(
            &Place::document().part("every operation", &["security"]),
            &before,
            &now,
            same,
        );
    }

    fn demands(
        &mut self,
        place: &Place,
        old: &[SecurityRequirement],
        new: &[SecurityRequirement],
        written_the_same: bool,
    ) {
        let (was, is) = (in_words(old), in_words(new));
        let (old, new) = (ways(old), ways(new));
        let refused = old
            .iter()
            .any(|before| !new.iter().any(|now| is_enough(before, now)));
        let admitted = new
            .iter()
            .any(|now| !old.iter().any(|before| is_enough(now, before)));
        if refused {
            let sentence =
                format!("is called with {is} (was {was}): callers may be refused with 401");
            self.note(place, "security", Class::Breaking, sentence);
        } else if admitted {
            let sentence = format!("may be called with {is} (was {was})");
            self.note(place, "security", Class::Additive, sentence);
        } else if !written_the_same {
            let sentence = "what it demands is written in another place, and is the same";
            self.note(place, "security", Class::Documentation, sentence);
        }
    }

    pub(super) fn security_schemes(&mut self) {
        let none = indexmap::IndexMap::new();
        let of = |document: &'_ openapiv3::OpenAPI| {
            document
                .components
                .as_ref()
                .map(|components| components.security_schemes.clone())
        };
        let (old, new) = (
            of(self.old).unwrap_or(none.clone()),
            of(self.new).unwrap_or(none),
        );
        for (name, before) in &old {
            let place = scheme_place(name);
            match new.get(name) {
                None => self.note(
                    &place,
                    "security.scheme",
                    Class::Breaking,
                    "the way to authenticate is gone",
                ),
                Some(now) => self.scheme(&place, before, now),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            let sentence = "there is another way to authenticate";
            self.note(
                &scheme_place(name),
                "security.scheme",
                Class::Additive,
                sentence,
            );
        }
    }

    fn scheme(
        &mut self,
        place: &Place,
        old: &ReferenceOr<SecurityScheme>,
        new: &ReferenceOr<SecurityScheme>,
    ) {
        let (Some(old), Some(new)) = (old.as_item(), new.as_item()) else {
            if old != new {
                self.note(
                    place,
                    "security.scheme",
                    Class::Breaking,
                    "the way to authenticate is described elsewhere",
                );
            }
            return;
        };
        let (mut old, mut new) = (old.clone(), new.clone());
        let (before, now) = (take_description(&mut old), take_description(&mut new));
        self.text(place, "description", before.as_deref(), now.as_deref());
        let (before, now) = (take_form(&mut old), take_form(&mut new));
        self.text(place, "bearerFormat", before.as_deref(), now.as_deref());
        if old != new {
            self.note(
                place,
                "security.scheme",
                Class::Breaking,
                "the way to authenticate is another",
            );
        }
    }
}

fn scheme_place(name: &str) -> Place {
    Place::document().part(
        format!("security scheme `{name}`"),
        &["components", "securitySchemes", name],
    )
}

/// The ways to be let in. None demanded is one way: without anything.
fn ways(demanded: &[SecurityRequirement]) -> Vec<SecurityRequirement> {
    if demanded.is_empty() {
        vec![SecurityRequirement::new()]
    } else {
        demanded.to_vec()
    }
}

/// Whether whoever has what `had` asks for has all that `asked` does.
fn is_enough(had: &SecurityRequirement, asked: &SecurityRequirement) -> bool {
    asked.iter().all(|(scheme, scopes)| {
        had.get(scheme)
            .is_some_and(|had| scopes.iter().all(|scope| had.contains(scope)))
    })
}

fn in_words(demanded: &[SecurityRequirement]) -> String {
    let way = |way: &SecurityRequirement| {
        let schemes = way.iter().map(|(scheme, scopes)| match scopes.as_slice() {
            [] => format!("`{scheme}`"),
            scopes => format!("`{scheme}` with {}", words::quoted(scopes)),
        });
        schemes.collect::<Vec<_>>().join(" together with ")
    };
    let is_open = demanded.is_empty() || demanded.iter().any(SecurityRequirement::is_empty);
    let mut told: Vec<_> = demanded
        .iter()
        .filter(|way| !way.is_empty())
        .map(way)
        .collect();
    if is_open {
        told.push("no credential".to_owned());
    }
    told.join(" or ")
}

fn take_description(scheme: &mut SecurityScheme) -> Option<String> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.take(),
    }
}

/// What the token looks like is said for people: a client sends it as it is.
fn take_form(scheme: &mut SecurityScheme) -> Option<String> {
    match scheme {
        SecurityScheme::HTTP { bearer_format, .. } => bearer_format.take(),
        _ => None,
    }
}
