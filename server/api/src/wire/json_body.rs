//! A JSON body that is read when the handler says so.

use std::{fmt, marker::PhantomData, time::Duration};

use async_trait::async_trait;
use bitting_core::{Field, Refusal, Violation, bounds};
use bytes::{Bytes, BytesMut};
use dropshot::{
    ApiEndpointBodyContentType, Body, ExclusiveExtractor, ExtractorMetadata, HttpError,
    RequestContext, ServerContext, TypedBody,
};
use http::{HeaderMap, Request, header};
use http_body_util::BodyExt as _;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// Documents `TypedBody<T>` and holds the request unread.
///
/// A body is read after its sender was authorised and not before (O2): nobody else gets the server to wait
/// for 64 KiB, nor learns what a body should look like.
pub struct JsonBody<T> {
    request: Request<Body>,
    documents: PhantomData<fn() -> T>,
}

impl<T> JsonBody<T> {
    /// Reads the body: its type must be JSON, its size within [`bounds::BODY_MAX`], and it must have arrived
    /// within [`bounds::BODY_SECONDS`].
    pub async fn read(self) -> Result<Bytes, Refusal> {
        let (head, body) = self.request.into_parts();
        check_type(&head.headers)?;
        check_length(&head.headers)?;
        let limit = Duration::from_secs(bounds::BODY_SECONDS);
        tokio::time::timeout(limit, collect(body))
            .await
            .map_err(|_| Refusal::BodyTooSlow)?
    }
}

impl<T> From<Request<Body>> for JsonBody<T> {
    fn from(request: Request<Body>) -> Self {
        Self {
            request,
            documents: PhantomData,
        }
    }
}

impl<T> fmt::Debug for JsonBody<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the request: its headers hold the caller's credential.
        f.write_str("JsonBody(..)")
    }
}

/// `application/json`, with any parameters, once (O20).
fn check_type(headers: &HeaderMap) -> Result<(), Refusal> {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(Refusal::BodyTypeUnknown);
    };
    let essence = value
        .to_str()
        .ok()
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    if essence.trim().eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Refusal::BodyTypeUnknown)
    }
}

/// Refuses a body that says beforehand that it is too large, so that none of it is sent.
fn check_length(headers: &HeaderMap) -> Result<(), Refusal> {
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<u64>().ok());
    match announced {
        Some(length)
            if usize::try_from(length).map_or(true, |length| length > bounds::BODY_MAX) =>
        {
            Err(Refusal::BodyTooLarge)
        }
        _ => Ok(()),
    }
}

async fn collect(mut body: Body) -> Result<Bytes, Refusal> {
    let mut out = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Violation::new(Field::Body, "broke off before its end"))?;
        // What is no data is a trailer, which means nothing here.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if out.len() + data.len() > bounds::BODY_MAX {
            return Err(Refusal::BodyTooLarge);
        }
        out.extend_from_slice(&data);
    }
    Ok(out.freeze())
}

#[async_trait]
impl<T> ExclusiveExtractor for JsonBody<T>
where
    T: JsonSchema + DeserializeOwned + Send + Sync + 'static,
{
    async fn from_request<C: ServerContext>(
        _: &RequestContext<C>,
        request: Request<Body>,
    ) -> Result<Self, HttpError> {
        Ok(request.into())
    }

    fn metadata(content_type: ApiEndpointBodyContentType) -> ExtractorMetadata {
        <TypedBody<T> as ExclusiveExtractor>::metadata(content_type)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io;

    use futures::stream;
    use http::request::Builder;
    use http_body_util::StreamBody;
    use hyper::body::Frame;

    use super::*;

    /// A body of which nothing ever arrives.
    fn silent() -> Body {
        Body::wrap(StreamBody::new(
            stream::pending::<io::Result<Frame<Bytes>>>(),
        ))
    }

    fn json() -> Builder {
        Request::post("/").header(header::CONTENT_TYPE, "application/json")
    }

    async fn read(request: Request<Body>) -> Result<Bytes, Refusal> {
        JsonBody::<()>::from(request).read().await
    }

    #[tokio::test]
    async fn o20_the_content_type_is_json_whatever_its_parameters_and_case() {
        for good in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/json ;x=\"y\"",
        ] {
            let request = Request::post("/").header(header::CONTENT_TYPE, good);
            let body = read(request.body("{}".into()).unwrap()).await;
            assert_eq!(body.unwrap(), "{}", "{good}");
        }
        for bad in [
            "",
            "text/json",
            "application/jsonx",
            "application/problem+json",
            "application/json, application/json",
        ] {
            let request = Request::post("/").header(header::CONTENT_TYPE, bad);
            let body = read(request.body("{}".into()).unwrap()).await;
            assert_eq!(body, Err(Refusal::BodyTypeUnknown), "{bad}");
        }
        let none = Request::post("/").body("{}".into()).unwrap();
        assert_eq!(read(none).await, Err(Refusal::BodyTypeUnknown));
        let twice = json().header(header::CONTENT_TYPE, "application/json");
        let twice = twice.body("{}".into()).unwrap();
        assert_eq!(read(twice).await, Err(Refusal::BodyTypeUnknown));
    }

    #[tokio::test]
    async fn o20_the_bound_of_a_body_is_held_with_and_without_a_content_length() {
        let full = "x".repeat(bounds::BODY_MAX);
        let at = json().body(full.clone().into()).unwrap();
        assert_eq!(read(at).await.unwrap().len(), bounds::BODY_MAX);
        let above = json().body((full + "x").into()).unwrap();
        assert_eq!(read(above).await, Err(Refusal::BodyTooLarge));
        for announced in ["65537", "18446744073709551615"] {
            let request = json().header(header::CONTENT_LENGTH, announced);
            let request = request.body(silent()).unwrap();
            assert_eq!(
                read(request).await,
                Err(Refusal::BodyTooLarge),
                "{announced}"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_arrive_is_not_waited_for() {
        let request = json().body(silent()).unwrap();
        assert_eq!(read(request).await, Err(Refusal::BodyTooSlow));
    }

    #[tokio::test]
    async fn a_body_that_breaks_off_is_invalid() {
        let frames = [
            Ok(Frame::data(Bytes::from_static(b"{"))),
            Err(io::Error::other("reset")),
        ];
        let body = Body::wrap(StreamBody::new(stream::iter(frames)));
        let refusal = read(json().body(body).unwrap()).await;
        assert!(matches!(refusal, Err(Refusal::Invalid(_))), "{refusal:?}");
    }
}
