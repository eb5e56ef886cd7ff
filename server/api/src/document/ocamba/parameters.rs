//! Examples of parameters.

/// An example of a parameter.
pub(super) fn example(name: &str) -> Option<&'static str> {
    Some(match name {
        "id" => "1002168",
        "fields" => "id,name,status",
        "view" => "full",
        "page" => "1,20",
        "sort" => "-create_time,name",
        "q" => "deploy",
        "q_fields" => "name,description",
        "name" => "Deployment",
        "status" => "in:active,pending",
        "start_time" => "rl:2026-01-01,2026-02-01",
        "end_time" => "isn:",
        "create_time" => "gte:2026-01-01 08:30:00",
        "update_time" => "2026-03-05",
        _ => return None,
    })
}
