//! A request, as the very bytes that are sent.

/// A request of HTTP/1.1. Its headers go out in the order in which they were given, spelt as they were given,
/// and nothing is added but `host` and, with a body, `content-length`.
#[derive(Clone, Debug)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Option<Vec<u8>>,
}

impl Request {
    /// A request of `method` for `target`.
    pub fn new(method: &str, target: impl Into<String>) -> Self {
        Self {
            method: method.to_owned(),
            target: target.into(),
            // Not the address: its port is another one in every run.
            headers: vec![("host".to_owned(), b"bitting.test".to_vec())],
            body: None,
        }
    }

    /// `GET`
    pub fn get(target: impl Into<String>) -> Self {
        Self::new("GET", target)
    }

    /// `POST`
    pub fn post(target: impl Into<String>) -> Self {
        Self::new("POST", target)
    }

    /// `PUT`
    pub fn put(target: impl Into<String>) -> Self {
        Self::new("PUT", target)
    }

    /// `PATCH`
    pub fn patch(target: impl Into<String>) -> Self {
        Self::new("PATCH", target)
    }

    /// `DELETE`
    pub fn delete(target: impl Into<String>) -> Self {
        Self::new("DELETE", target)
    }

    /// With a header more, even if there is one by that name already.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers
            .push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// With `secret` as its bearer token.
    #[must_use]
    pub fn bearer(self, secret: impl AsRef<str>) -> Self {
        self.header("authorization", format!("Bearer {}", secret.as_ref()))
    }

    /// With a body, and no word of its type.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// With a body that says that it is JSON.
    #[must_use]
    pub fn json(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "application/json").body(body)
    }

    /// With a body that says that it is a form.
    #[must_use]
    pub fn form(self, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded")
            .body(body)
    }

    /// Its method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Its target: path and query.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// Its body.
    pub fn sent_body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// The values of its headers called `name`.
    pub fn values(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_slice())
    }

    /// Its first line and its headers, each a line without its end.
    pub fn head(&self) -> Vec<Vec<u8>> {
        let mut lines = vec![format!("{} {} HTTP/1.1", self.method, self.target).into_bytes()];
        for (name, value) in &self.headers {
            lines.push([name.as_bytes(), b": ", value].concat());
        }
        let framed = self.values("transfer-encoding").next().is_some()
            || self.values("content-length").next().is_some();
        if let (Some(body), false) = (&self.body, framed) {
            lines.push(format!("content-length: {}", body.len()).into_bytes());
        }
        lines
    }

    /// All of it.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.head_bytes();
        bytes.extend_from_slice(self.body.as_deref().unwrap_or_default());
        bytes
    }

    /// All of it but the body.
    pub fn head_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for line in self.head() {
            bytes.extend_from_slice(&line);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"\r\n");
        bytes
    }
}
