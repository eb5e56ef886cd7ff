//! Bare Dropshot.

use std::io::Write as _;

use bitting_server::logger;
use dropshot::{
    ApiDescription, ConfigDropshot, HandlerTaskMode, HttpError, HttpResponseOk, RequestContext,
    ServerBuilder, TypedBody, endpoint,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use slog::{Drain as _, Level, LevelFilter, Logger, o};

use super::BODY_MAX;
use crate::Failure;

/// What is asked.
#[derive(Deserialize, JsonSchema)]
struct Asked {
    /// Read, and not looked at.
    #[serde(rename = "key")]
    _key: String,
}

/// What is answered. A field that the server answers and this does not know is told at the start.
#[derive(Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Answered {
    valid: bool,
    code: String,
    key: Key,
    limits: Vec<Value>,
    quota: Option<Value>,
    retry_after_seconds: Option<u64>,
}

#[derive(Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Key {
    id: String,
    company_id: String,
    member_id: String,
    name: String,
    scopes: Vec<String>,
    metadata: Map<String, Value>,
    expires_at: Option<String>,
}

/// Reads what is asked and answers the same to all.
#[endpoint { method = POST, path = "/v1/verify" }]
async fn verify(
    context: RequestContext<Answered>,
    _asked: TypedBody<Asked>,
) -> Result<HttpResponseOk<Answered>, HttpError> {
    Ok(HttpResponseOk(context.context().clone()))
}

pub(super) async fn serve(answer: &str) -> Result<(), Failure> {
    let answer: Answered = serde_json::from_str(answer)?;
    let mut api = ApiDescription::new();
    api.register(verify)?;
    // As the server sets it up.
    let config = ConfigDropshot {
        bind_address: ([127, 0, 0, 1], 0).into(),
        default_request_body_max_bytes: BODY_MAX,
        default_handler_task_mode: HandlerTaskMode::CancelOnDisconnect,
        ..ConfigDropshot::default()
    };
    let quiet = Logger::root(
        LevelFilter::new(logger(Level::Warning), Level::Error).ignore_res(),
        o!("part" => "http"),
    );
    let server = ServerBuilder::new(api, answer, quiet)
        .config(config)
        .start()?;
    println!("listening on http://{}", server.local_addr());
    std::io::stdout().flush()?;
    Ok(server.await?)
}
