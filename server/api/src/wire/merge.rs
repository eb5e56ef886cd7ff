//! Several surfaces on one server, and a 405 that speaks the surface's dialect.
//!
//! Dropshot has no way to join two API traits. What it does have is public access to the endpoints of a
//! description, each with a shared handler, and that is enough to register them again. The results are for
//! serving only: the documents come from each trait's own stub description.

use std::{collections::BTreeMap, sync::Arc};

use dropshot::{
    ApiDescription, ApiDescriptionRegisterError, ApiEndpoint, ApiEndpointBodyContentType,
    ApiEndpointParameter, ApiEndpointResponse, ApiEndpointVersions, Body, ExtensionMode, HttpError,
    Query, RequestContext, ServerContext, SharedExtractor,
};
use http::{Method, Response};

/// Every method that HTTP defines; on a served path, those that are not served are refused.
const METHODS: [Method; 9] = [
    Method::CONNECT,
    Method::DELETE,
    Method::GET,
    Method::HEAD,
    Method::OPTIONS,
    Method::PATCH,
    Method::POST,
    Method::PUT,
    Method::TRACE,
];

/// Why two descriptions cannot be joined.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// An endpoint is in a range of versions with both ends, which Dropshot keeps private.
    #[error(
        "{operation} has a first and a last version, which cannot be read back: register its surface on the \
         base description instead of extending it"
    )]
    RangedVersions {
        /// The endpoint's operation.
        operation: String,
    },
    /// Dropshot refuses the endpoint. (Two endpoints in one place it does not refuse: it panics, at start.)
    #[error(transparent)]
    Register(#[from] ApiDescriptionRegisterError),
}

/// Registers every endpoint of `other` on `api`.
pub fn extend<C: ServerContext>(
    api: &mut ApiDescription<C>,
    other: ApiDescription<C>,
) -> Result<(), MergeError> {
    let router = other.into_router();
    for (_, _, endpoint) in router.endpoints(None) {
        let versions = match &endpoint.versions {
            ApiEndpointVersions::All => ApiEndpointVersions::All,
            ApiEndpointVersions::From(version) => ApiEndpointVersions::from(version.clone()),
            ApiEndpointVersions::Until(version) => ApiEndpointVersions::until(version.clone()),
            ApiEndpointVersions::FromUntil(_) => {
                return Err(MergeError::RangedVersions {
                    operation: endpoint.operation_id.clone(),
                });
            }
        };
        let parameters = endpoint.parameters.iter().map(served).collect();
        api.register(ApiEndpoint {
            operation_id: endpoint.operation_id.clone(),
            handler: Arc::clone(&endpoint.handler),
            method: endpoint.method.clone(),
            path: endpoint.path.clone(),
            parameters,
            body_content_type: endpoint.body_content_type.clone(),
            request_body_max_bytes: endpoint.request_body_max_bytes,
            response: ApiEndpointResponse::default(),
            error: None,
            summary: None,
            description: None,
            tags: endpoint.tags.clone(),
            extension_mode: endpoint.extension_mode.clone(),
            visible: false,
            deprecated: endpoint.deprecated,
            versions,
        })?;
    }
    Ok(())
}

/// Registers on `api`, for every path of `surface`, `refuse` for each method that `surface` does not serve
/// there.
///
/// `refuse` is handed the path's template, such as `/v1/keys/{key}`, and answers in the surface's dialect
/// with the `Allow` that belongs to it. A method that HTTP does not define is still Dropshot's to refuse.
pub fn refuse_other_methods<C, F>(
    api: &mut ApiDescription<C>,
    surface: ApiDescription<C>,
    refuse: F,
) -> Result<(), MergeError>
where
    C: ServerContext,
    F: Fn(&RequestContext<C>, &str) -> Response<Body> + Send + Sync + 'static,
{
    let refuse = Arc::new(refuse);
    let router = surface.into_router();
    let mut paths = BTreeMap::<_, Vec<_>>::new();
    for (path, _, endpoint) in router.endpoints(None) {
        paths.entry(path).or_default().push(endpoint);
    }
    for (path, endpoints) in paths {
        let missing = METHODS
            .into_iter()
            .filter(|method| endpoints.iter().all(|endpoint| endpoint.method != *method));
        for method in missing {
            let (refuse, template): (_, Arc<str>) = (Arc::clone(&refuse), path.as_str().into());
            let mut endpoint = ApiEndpoint::new(
                format!("refuse_{method}_{path}"),
                move |rqctx: RequestContext<C>| {
                    let (refuse, template) = (Arc::clone(&refuse), Arc::clone(&template));
                    async move { Ok::<_, HttpError>(refuse(&rqctx, &template)) }
                },
                method,
                dropshot::CONTENT_TYPE_JSON,
                &path,
                ApiEndpointVersions::All,
            )
            .visible(false);
            // Dropshot wants each variable of a path to be somebody's parameter.
            endpoint.parameters = endpoints
                .first()
                .map(|served_endpoint| served_endpoint.parameters.iter().map(served).collect())
                .unwrap_or_default();
            endpoint.extension_mode = ExtensionMode::None;
            api.register(endpoint)?;
        }
    }
    Ok(())
}

/// A parameter with the same place and name: all that serving needs of one.
fn served(parameter: &ApiEndpointParameter) -> ApiEndpointParameter {
    #[derive(serde::Deserialize, schemars::JsonSchema)]
    #[expect(dead_code, reason = "for its schema")]
    struct Placeholder {
        p: String,
    }

    // Neither the type of a parameter's schema nor that of its metadata has a name outside Dropshot, and the
    // schema is not `Clone`: a parameter is made by an extractor and given the other's metadata.
    let mut made =
        <Query<Placeholder> as SharedExtractor>::metadata(ApiEndpointBodyContentType::Json)
            .parameters;
    let mut made = made.remove(0);
    made.metadata = parameter.metadata.clone();
    made.required = parameter.required;
    made
}

#[cfg(test)]
mod tests;
