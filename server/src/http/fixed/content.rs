//! The bytes of a file, as they are and compressed.

use std::{
    fmt::Write as _,
    io::{Read, Write},
    sync::OnceLock,
};

use bytes::Bytes;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sha2::{Digest, Sha256};

/// How many bytes of a digest a tag tells.
const TAG_BYTES: usize = 16;

/// The bytes of a file. Whichever form is not compiled in is made when it is first asked for.
pub(crate) struct Content {
    identity: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    /// The `ETag` of the bytes as they are, and of the compressed ones: strong tags are of bytes (RFC 9110, 8.8.3).
    tags: [String; 2],
}

impl Content {
    /// A file that is compiled in, or made, as it is.
    pub(crate) fn plain(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            tags: tags(&bytes),
            identity: OnceLock::from(bytes),
            gzip: OnceLock::new(),
        }
    }

    /// A file that is compiled in as gzip.
    pub(crate) fn gzip(bytes: &'static [u8]) -> Self {
        Self {
            tags: tags(bytes),
            identity: OnceLock::new(),
            gzip: OnceLock::from(Bytes::from_static(bytes)),
        }
    }

    /// A name for exactly these bytes.
    pub(crate) fn digest(&self) -> &str {
        self.tags[0].trim_matches('"')
    }

    /// The bytes in one of the two forms.
    pub(super) fn bytes(&self, gzip: bool) -> Bytes {
        let (wanted, other) = if gzip {
            (&self.gzip, &self.identity)
        } else {
            (&self.identity, &self.gzip)
        };
        let made = wanted.get_or_init(|| {
            let other = other.get().map_or(&[][..], |bytes| bytes);
            let made = if gzip { deflate(other) } else { inflate(other) };
            // Nothing fails that is written to memory, and what is compiled in was compressed by us.
            Bytes::from(made.unwrap_or_default())
        });
        made.clone()
    }

    /// The `ETag` of one of the two forms.
    pub(super) fn tag(&self, gzip: bool) -> &str {
        &self.tags[usize::from(gzip)]
    }
}

fn tags(bytes: &[u8]) -> [String; 2] {
    let mut name = String::new();
    for byte in &Sha256::digest(bytes)[..TAG_BYTES] {
        let _ = write!(name, "{byte:02x}");
    }
    [format!("\"{name}\""), format!("\"{name}-gzip\"")]
}

fn deflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn inflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out)?;
    Ok(out)
}
