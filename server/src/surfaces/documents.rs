//! The published documents, served as the very bytes that were committed, and the catalog by which they are found.

use std::sync::Arc;

use bitting_api::operations::Surface;
use dropshot::{ApiDescription, ApiDescriptionRegisterError};
use http::header;
use serde_json::{Value, json};

use crate::{
    docs,
    http::{
        App,
        fixed::{ASK_FIRST, Content, Fixed},
    },
};

/// Where the catalog is (RFC 9727).
const CATALOG: &str = "/.well-known/api-catalog";
/// A set of links, of the kind that a catalog of APIs is (RFC 9264, RFC 9727).
const LINKSET: &str =
    r#"application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727""#;
/// How the catalog is found from what is beside it.
pub(crate) const TO_CATALOG: &str = r#"</.well-known/api-catalog>; rel="api-catalog""#;

/// Serves the documents and their catalog, which names the page that shows them if there is one.
pub(crate) fn mount(
    api: &mut ApiDescription<Arc<App>>,
    with_docs: bool,
) -> Result<(), ApiDescriptionRegisterError> {
    for surface in Surface::ALL {
        let document = Content::plain(document(surface));
        open(path(surface), document, "application/json").mount(api)?;
    }
    let catalog = Content::plain(catalog(with_docs).to_string());
    open(CATALOG.to_owned(), catalog, LINKSET).mount(api)
}

/// Where the document of a surface is.
fn path(surface: Surface) -> String {
    format!("/openapi/{}.json", surface.name())
}

fn document(surface: Surface) -> &'static [u8] {
    match surface {
        Surface::Keys => include_bytes!("../../../openapi/keys.json"),
        Surface::Ocamba => include_bytes!("../../../openapi/ocamba.json"),
        Surface::Feldera => include_bytes!("../../../openapi/feldera.json"),
    }
}

/// Where a surface begins, which is what its document describes.
fn base(surface: Surface) -> &'static str {
    match surface {
        Surface::Keys => "/v1",
        Surface::Ocamba => "/v2/ocamba/personal-api-keys",
        Surface::Feldera => "/v0",
    }
}

/// Every API that is here. The links are relative to the catalog: the server does not know by which name it is
/// reached.
fn catalog(with_docs: bool) -> Value {
    let entry = |surface| {
        let mut entry = json!({
            "anchor": base(surface),
            "service-desc": [{"href": path(surface), "type": "application/json"}],
        });
        if with_docs {
            entry["service-doc"] = json!([{"href": docs::PATH, "type": "text/html"}]);
        }
        entry
    };
    let mut linkset: Vec<_> = Surface::ALL.into_iter().map(entry).collect();
    let items = Surface::ALL.map(|surface| json!({"href": base(surface)}));
    linkset.push(json!({"anchor": CATALOG, "item": items}));
    json!({"linkset": linkset})
}

/// What every page may read.
fn open(path: String, content: Content, media: &'static str) -> Fixed {
    Fixed {
        path,
        content: Arc::new(content),
        media,
        cache: ASK_FIRST,
        open: true,
        headers: vec![(header::LINK, TO_CATALOG)],
    }
}
