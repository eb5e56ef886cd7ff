//! Raw hyper. Like Dropshot it leaves Nagle's algorithm on, which one write for each answer does not notice.

use std::{convert::Infallible, io::Write as _};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Request, Response,
    body::Incoming,
    header::{CONTENT_TYPE, HeaderName, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use super::BODY_MAX;
use crate::Failure;

/// As long as the one that Dropshot makes for each request.
const REQUEST_ID: HeaderValue = HeaderValue::from_static("00000000-0000-4000-8000-000000000000");

pub(super) async fn serve(answer: String) -> Result<(), Failure> {
    let answer = Bytes::from(answer);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    std::io::stdout().flush()?;
    loop {
        let (stream, _) = listener.accept().await?;
        let answer = answer.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| reply(request, answer.clone()));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A client that goes away is the end of a round.
            let _ = connection.await;
        });
    }
}

async fn reply(
    request: Request<Incoming>,
    answer: Bytes,
) -> Result<Response<Full<Bytes>>, Infallible> {
    // Read to its end, and not looked at.
    let _ = Limited::new(request.into_body(), BODY_MAX).collect().await;
    let mut response = Response::new(Full::new(answer));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(HeaderName::from_static("x-request-id"), REQUEST_ID);
    Ok(response)
}
