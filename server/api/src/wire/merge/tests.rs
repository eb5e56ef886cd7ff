#![allow(clippy::unwrap_used)]

use dropshot::{
    ApiDescription, ApiEndpoint, ApiEndpointVersions, HttpError, HttpResponseOk, Path, StubContext,
    semver::Version,
};
use http::{Method, StatusCode};

use super::*;
use crate::ocamba::{ocamba_api_mod::stub_api_description, operations};

type Api = ApiDescription<StubContext>;

/// An endpoint at `/other/{p}`.
fn other(versions: ApiEndpointVersions) -> Api {
    #[derive(serde::Deserialize, schemars::JsonSchema)]
    #[expect(dead_code, reason = "for its schema")]
    struct Variables {
        p: String,
    }

    let mut api = Api::new();
    api.register(ApiEndpoint::new_for_types::<
        (Path<Variables>,),
        Result<HttpResponseOk<u8>, HttpError>,
    >(
        "other".to_owned(),
        Method::GET,
        "application/json",
        "/other/{p}",
        versions,
    ))
    .unwrap();
    api
}

fn found(api: Api, requests: &[(Method, &str)]) -> Vec<Result<String, StatusCode>> {
    let router = api.into_router();
    requests
        .iter()
        .map(|(method, path)| {
            router
                .lookup_route(method, (*path).into(), None)
                .map(|found| found.endpoint.operation_id)
                .map_err(|error| error.status_code.as_status())
        })
        .collect()
}

#[test]
fn two_surfaces_are_served_as_one() {
    let mut api = other(ApiEndpointVersions::All);
    extend(&mut api, stub_api_description().unwrap()).unwrap();
    let item = "/v2/ocamba/personal-api-keys/7";
    let served = found(
        api,
        &[
            (Method::GET, "/other/x"),
            (Method::PATCH, item),
            (Method::POST, "/v2/ocamba/personal-api-keys/"),
            (Method::POST, "/v2/ocamba/personal-api-keys/validate"),
            (Method::PUT, item),
            (Method::GET, "/v2/nothing"),
        ],
    );
    let ids = ["other", "key_update", "key_create", "key_validate"];
    let mut expected: Vec<_> = ids.map(|id| Ok(id.to_owned())).into();
    expected.push(Err(StatusCode::METHOD_NOT_ALLOWED));
    expected.push(Err(StatusCode::NOT_FOUND));
    assert_eq!(served, expected);
}

#[test]
fn every_other_method_of_a_surface_is_refused_and_of_no_other() {
    let mut api = other(ApiEndpointVersions::All);
    extend(&mut api, stub_api_description().unwrap()).unwrap();
    refuse_other_methods(&mut api, stub_api_description().unwrap(), |_, _| {
        Response::new(Body::empty())
    })
    .unwrap();
    let router = api.into_router();
    for path in [operations::COLLECTION, operations::ITEM, operations::ROLL] {
        let path = path.replace("{id}", "7");
        for method in METHODS {
            let served = router.lookup_route(&method, path.as_str().into(), None);
            assert!(served.is_ok(), "{method} {path}");
        }
    }
    let elsewhere = router.lookup_route(&Method::PUT, "/other/x".into(), None);
    assert!(elsewhere.is_err());
}

#[test]
fn a_range_of_versions_is_an_error_and_no_panic() {
    let (first, last) = (Version::new(1, 0, 0), Version::new(2, 0, 0));
    let ranged = ApiEndpointVersions::from_until(first.clone(), last.clone()).unwrap();
    let error = extend(&mut Api::new(), other(ranged)).unwrap_err();
    assert!(error.to_string().contains("other"), "{error}");
    for open in [
        ApiEndpointVersions::from(first),
        ApiEndpointVersions::until(last),
    ] {
        extend(&mut Api::new(), other(open)).unwrap();
    }
}
