//! The examples of the documents, taken from the wire snapshots: what is shown is what was sent and answered.
//!
//! Which snapshot serves which example is in [`table`]. No snapshot of a document is among them, so that no document
//! depends on itself. The files lie beside the code that makes the documents, because it reads them.

mod exchange;
mod fake;
mod table;

use std::{error::Error, fs, path::Path};

use bitting_api::operations::Surface;
use serde_json::{Map, Value, json};

use self::table::Row;
pub(super) use self::{exchange::Exchange, fake::Fake};
use super::file::File;

/// The examples of a surface's document, as the document reads them.
pub(super) fn generate(root: &Path, surface: Surface) -> Result<File, Box<dyn Error>> {
    let mut requests = Map::new();
    let mut answers = Map::new();
    let mut refusals = Map::new();
    for Row {
        operation,
        name,
        snapshot,
    } in table::of(surface)
    {
        let path = format!(
            "tests/wire/{0}/snapshots/{operation}/{operation}--{snapshot}.snap",
            surface.name()
        );
        let text = fs::read_to_string(root.join(&path)).map_err(|cause| {
            format!("{path}: {cause}: name another snapshot in the table of examples")
        })?;
        let exchange = Exchange::read(&text).map_err(|cause| format!("{path} {cause}"))?;
        let mut fake = Fake::default();
        if exchange.status >= 400 {
            let status = exchange.status.to_string();
            add(&mut refusals, &status, name, exchange.answer, &mut fake);
        } else {
            let request = exchange
                .request
                .map_err(|cause| format!("{path} {cause}"))?;
            add(&mut requests, operation, name, request, &mut fake);
            add(&mut answers, operation, name, exchange.answer, &mut fake);
        }
    }
    let examples = json!({ "requests": requests, "answers": answers, "refusals": refusals });
    let mut text = serde_json::to_string_pretty(&examples)?;
    text.push('\n');
    Ok(File {
        path: format!("server/api/src/document/{}/examples.json", surface.name()),
        text,
    })
}

/// Adds an example of `of`, unless there is one with the same body.
fn add(to: &mut Map<String, Value>, of: &str, name: &str, body: Option<Value>, fake: &mut Fake) {
    let Some(body) = body else { return };
    let body = fake.value(body);
    let examples = to.entry(of).or_insert_with(|| json!({}));
    if let Value::Object(examples) = examples
        && !examples.values().any(|known| *known == body)
    {
        examples.insert(name.to_owned(), body);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_rows_of_an_operation_have_the_same_name() {
        for surface in Surface::ALL {
            let mut seen = BTreeSet::new();
            for row in table::of(surface) {
                assert!(seen.insert((row.operation, row.name)), "{row:?}");
            }
        }
    }

    #[test]
    fn a_snapshot_that_is_not_there_is_named() {
        let error = generate(Path::new("/nowhere"), Surface::Feldera).unwrap_err();
        assert!(error.to_string().contains("table of examples"), "{error}");
    }
}
