//! The page that shows the published documents, and lets people try what they describe.
//!
//! All of it is compiled in, and it asks no other host for anything. Keys are typed into it: its headers forbid whatever
//! the viewer does not need.

use std::sync::{Arc, LazyLock};

use dropshot::{ApiDescription, ApiDescriptionRegisterError};
use http::{HeaderName, header};

use crate::{
    http::{
        App,
        fixed::{ASK_FIRST, Content, FOREVER, Fixed},
    },
    surfaces::documents::TO_CATALOG,
};

/// Where the page is.
pub(crate) const PATH: &str = "/docs";

/// The viewer; `viewer/README.md` tells where it is from.
static VIEWER: LazyLock<Arc<Content>> =
    LazyLock::new(|| Arc::new(Content::gzip(include_bytes!("viewer/scalar.js.gz"))));

/// What the page may do: run its own scripts, and ask this server. The viewer sets styles of elements, which is all
/// that is open beyond that.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves the page and what it consists of.
pub(crate) fn mount(api: &mut ApiDescription<Arc<App>>) -> Result<(), ApiDescriptionRegisterError> {
    let script = "text/javascript; charset=utf-8";
    let plain = |text: &'static str| Arc::new(Content::plain(text));
    let parts = [
        ("viewer.js", Arc::clone(&VIEWER), script),
        ("access.js", plain(include_str!("access.js")), script),
        ("page.js", plain(include_str!("page.js")), script),
        (
            "page.css",
            plain(include_str!("page.css")),
            "text/css; charset=utf-8",
        ),
    ];
    let mut page = include_str!("page.html").to_owned();
    for (name, content, media) in parts {
        // A part has another name when it is another, and so is never asked for twice.
        let path = format!("{PATH}/{}/{name}", content.digest());
        // As seen from the page, which a proxy may show below a path of its own.
        page = page.replace(&format!("{{{name}}}"), path.trim_start_matches('/'));
        let headers = vec![(CROSS_ORIGIN_RESOURCE_POLICY, "same-origin")];
        own(path, content, media, FOREVER, headers).mount(api)?;
    }
    let headers = vec![
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
        (header::LINK, TO_CATALOG),
    ];
    let page = Arc::new(Content::plain(page));
    let html = "text/html; charset=utf-8";
    own(PATH.to_owned(), page, html, ASK_FIRST, headers).mount(api)
}

const CROSS_ORIGIN_OPENER_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// What is for this page alone.
fn own(
    path: String,
    content: Arc<Content>,
    media: &'static str,
    cache: &'static str,
    headers: Vec<(HeaderName, &'static str)>,
) -> Fixed {
    Fixed {
        path,
        content,
        media,
        cache,
        open: false,
        headers,
    }
}

#[cfg(test)]
mod tests;
