//! A body that is read when the handler says so.

use std::{fmt, future::poll_fn, marker::PhantomData, pin::pin, task::Poll, time::Duration};

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

/// A type of bodies.
pub trait Format: Send + Sync + 'static {
    /// What `Content-Type` says of it, without parameters.
    const ESSENCE: &'static str;
}

/// JSON.
#[derive(Clone, Copy, Debug)]
pub enum Json {}

impl Format for Json {
    const ESSENCE: &'static str = "application/json";
}

/// A form, as browsers and clients of OAuth send it.
#[derive(Clone, Copy, Debug)]
pub enum Form {}

impl Format for Form {
    const ESSENCE: &'static str = "application/x-www-form-urlencoded";
}

/// A JSON body.
pub type JsonBody<T> = UnreadBody<T, Json>;
/// A form.
pub type FormBody<T> = UnreadBody<T, Form>;

/// Documents `TypedBody<T>` and holds the body unread.
///
/// A body is read after its sender was authorised and not before (O2): nobody else gets the server to wait
/// for that much, nor learns what a body should look like. Small, because every future on its way holds it.
pub struct UnreadBody<T, F> {
    body: Body,
    /// Whether it says that it is of its format.
    is_typed: bool,
    /// How long it says that it is.
    announced: Option<u64>,
    documents: PhantomData<fn() -> (T, F)>,
}

impl<T, F> UnreadBody<T, F> {
    /// Reads the body: its type must be the format's, its size within [`bounds::BODY_MAX`], and it must have arrived
    /// within [`bounds::BODY_SECONDS`].
    pub fn read(self) -> impl Future<Output = Result<Bytes, Refusal>> {
        self.read_within(bounds::BODY_MAX)
    }

    /// The same for a body of at most `max` bytes.
    pub async fn read_within(self, max: usize) -> Result<Bytes, Refusal> {
        if !self.is_typed {
            return Err(Refusal::BodyTypeUnknown);
        }
        // What says beforehand that it is too large is not even sent.
        let fits = |length| usize::try_from(length).is_ok_and(|length| length <= max);
        if !self.announced.is_none_or(fits) {
            return Err(Refusal::BodyTooLarge);
        }
        let mut collected = pin!(collect(self.body, max));
        // The server begins to read a body when it is first asked for, and nearly always has it by the second time:
        // only then is a timer worth its price.
        let mut asked = false;
        let soon = poll_fn(|context| match collected.as_mut().poll(context) {
            Poll::Ready(body) => Poll::Ready(Some(body)),
            Poll::Pending if asked => Poll::Ready(None),
            Poll::Pending => {
                asked = true;
                context.waker().wake_by_ref();
                Poll::Pending
            }
        });
        if let Some(body) = soon.await {
            return body;
        }
        let limit = Duration::from_secs(bounds::BODY_SECONDS);
        Box::pin(tokio::time::timeout(limit, collected))
            .await
            .map_err(|_| Refusal::BodyTooSlow)?
    }
}

impl<T, F: Format> From<Request<Body>> for UnreadBody<T, F> {
    fn from(request: Request<Body>) -> Self {
        let headers = request.headers();
        Self {
            is_typed: is_of(headers, F::ESSENCE),
            announced: announced(headers),
            body: request.into_body(),
            documents: PhantomData,
        }
    }
}

impl<T, F> fmt::Debug for UnreadBody<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the body: it may hold a secret.
        f.write_str("UnreadBody(..)")
    }
}

/// The type of `format`, with any parameters, once (O20).
fn is_of(headers: &HeaderMap, format: &str) -> bool {
    let mut values = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return false;
    };
    let essence = value
        .to_str()
        .ok()
        .and_then(|value| value.split(';').next())
        .unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(format)
}

fn announced(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get(header::CONTENT_LENGTH)?;
    value.to_str().ok()?.parse().ok()
}

async fn collect(mut body: Body, max: usize) -> Result<Bytes, Refusal> {
    let mut whole = Bytes::new();
    let mut pieces = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Violation::new(Field::Body, "broke off before its end"))?;
        // What is no data is a trailer, which means nothing here.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if whole.len() + pieces.len() + data.len() > max {
            return Err(Refusal::BodyTooLarge);
        }
        // Most bodies come in one piece, which is not copied.
        if whole.is_empty() && pieces.is_empty() {
            whole = data;
        } else {
            pieces.extend_from_slice(&std::mem::take(&mut whole));
            pieces.extend_from_slice(&data);
        }
    }
    Ok(if pieces.is_empty() {
        whole
    } else {
        pieces.freeze()
    })
}

#[async_trait]
impl<T, F> ExclusiveExtractor for UnreadBody<T, F>
where
    T: JsonSchema + DeserializeOwned + Send + Sync + 'static,
    F: Format,
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
    async fn k120_a_form_is_none_but_by_its_own_type() {
        for (given, good) in [
            ("application/x-www-form-urlencoded", true),
            ("Application/X-WWW-Form-Urlencoded; charset=UTF-8", true),
            ("application/json", false),
            ("multipart/form-data; boundary=x", false),
        ] {
            let request = Request::post("/").header(header::CONTENT_TYPE, given);
            let body = FormBody::<()>::from(request.body("token=x".into()).unwrap());
            assert_eq!(body.read().await.is_ok(), good, "{given}");
        }
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

    #[tokio::test]
    async fn k72_the_body_of_a_batch_has_a_bound_of_its_own() {
        let body = |length: usize| json().body("x".repeat(length).into()).unwrap();
        let read = async |request: Request<Body>| {
            let body = JsonBody::<()>::from(request);
            body.read_within(bounds::BATCH_BODY_MAX).await
        };
        let full = read(body(bounds::BATCH_BODY_MAX)).await.unwrap();
        assert_eq!(full.len(), bounds::BATCH_BODY_MAX);
        let above = read(body(bounds::BATCH_BODY_MAX + 1)).await;
        assert_eq!(above, Err(Refusal::BodyTooLarge));
        let announced = json().header(header::CONTENT_LENGTH, "262145");
        let announced = read(announced.body(silent()).unwrap()).await;
        assert_eq!(announced, Err(Refusal::BodyTooLarge));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_does_not_arrive_is_not_waited_for() {
        let request = json().body(silent()).unwrap();
        assert_eq!(read(request).await, Err(Refusal::BodyTooSlow));
    }

    #[tokio::test]
    async fn a_body_in_pieces_is_joined_in_order_and_bounded_as_a_whole() {
        let pieces = |pieces: &[&'static str]| {
            let frames: Vec<io::Result<_>> = pieces
                .iter()
                .map(|piece| Ok(Frame::data(Bytes::from_static(piece.as_bytes()))))
                .collect();
            json()
                .body(Body::wrap(StreamBody::new(stream::iter(frames))))
                .unwrap()
        };
        for split in [
            &["{", "\"a\"", ":1}"][..],
            &["", "{\"a\"", "", ":1}", ""],
            &["{\"a\":1}"],
        ] {
            assert_eq!(read(pieces(split)).await.unwrap(), "{\"a\":1}", "{split:?}");
        }
        assert_eq!(read(pieces(&[])).await.unwrap(), "");
        let half: &'static str = "x".repeat(bounds::BODY_MAX / 2).leak();
        assert!(read(pieces(&[half, half])).await.is_ok());
        assert_eq!(
            read(pieces(&[half, half, "x"])).await,
            Err(Refusal::BodyTooLarge)
        );
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
