//! The table of all codes.

use std::fmt::Write as _;

use bitting_api::{
    codes::{self, Code},
    document::Document,
    operations::Surface,
};
use serde_json::Value;

use super::again;

const HEAD: &str = "\
# Errors

Match on the code; words may change, and later versions may add codes. What each code means, what `details` it comes with, which
operations answer it and whether to send the request again is on its page. The header `x-request-id`, which every answer has,
is what to name when asking for help.

Which codes an operation can answer is in the documents too: `x-error-codes`.

What the server answers before it knows an operation, such as an unknown path, has the framework's own form, with `message` and
`request_id`; what a proxy in front of it answers can be anything. Take the status then.
";

pub(super) fn text(documents: &[Document]) -> Result<String, serde_json::Error> {
    let mut text = HEAD.to_owned();
    for document in documents {
        let surface = document.surface;
        let name = surface.name();
        let value: Value = serde_json::from_str(&document.text)?;
        let title = value["info"]["title"].as_str().unwrap_or(name);
        let _ = write!(
            text,
            "\n## {title}\n\nThe document [{name}.json](../{name}.json). "
        );
        match codes::of(surface).as_slice() {
            [] => statuses(&mut text, &value),
            codes => table(&mut text, surface, codes),
        }
    }
    Ok(text)
}

fn table(text: &mut String, surface: Surface, codes: &[Code]) {
    let _ = writeln!(
        text,
        "Codes are in the member `error_code`.\n\n| code | status | send it again? | meaning |\n| --- | --- | --- | --- |"
    );
    for code in codes {
        let Code {
            name,
            status,
            meaning,
            ..
        } = code;
        let again = again::after(*status).short;
        let page = format!("{}/{name}.md", surface.name());
        let _ = writeln!(
            text,
            "| [`{name}`]({page}) | {status} | {again} | {meaning} |"
        );
    }
}

/// Of a surface whose codes are the statuses: what the document says of each.
fn statuses(text: &mut String, document: &Value) {
    let _ = writeln!(
        text,
        "Its codes are the statuses themselves, in the member `code`.\n\n| code | send it again? | meaning |\n| --- | --- | --- |"
    );
    let mut rows: Vec<(u64, &str)> = Vec::new();
    let responses = document["components"]["responses"].as_object();
    for response in responses
        .into_iter()
        .flat_map(|responses| responses.values())
    {
        let content = &response["content"]["application/json"];
        let named = content["examples"].as_object();
        let named = named.and_then(|examples| examples.values().next());
        let example = named.map_or(&content["example"], |example| &example["value"]);
        if let (Some(code), Some(meaning)) =
            (example["code"].as_u64(), response["description"].as_str())
        {
            rows.push((code, meaning));
        }
    }
    rows.sort_unstable();
    for (code, meaning) in rows {
        let again = u16::try_from(code).map_or("no", |code| again::after(code).short);
        let _ = writeln!(text, "| {code} | {again} | {meaning} |");
    }
}
