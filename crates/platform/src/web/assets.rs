//! Styles, scripts and icons: embedded in the binary, served compressed under a name that holds
//! the hash of all of them, so that browsers may keep them for ever.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{LazyLock, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::App;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../assets"]
struct Embedded;

struct Asset {
    bytes: Vec<u8>,
    brotli: OnceLock<Vec<u8>>,
}

static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    let mut assets = BTreeMap::new();
    let (mut styles, mut scripts) = (Vec::new(), Vec::new());
    let mut names: Vec<String> = Embedded::iter().map(|name| name.to_string()).collect();
    names.sort();
    for name in names {
        let Some(file) = Embedded::get(&name) else { continue };
        if name.starts_with("css/") {
            styles.extend_from_slice(&file.data);
            styles.push(b'\n');
        } else if name.starts_with("js/") {
            // A block of its own keeps the names of one file from those of another.
            scripts.extend([b"{\n".as_slice(), &file.data[..], b"}\n"].concat());
        } else {
            assets.insert(name, Asset { bytes: file.data.into_owned(), brotli: OnceLock::new() });
        }
    }
    // One file per component in the repository, one request in the browser.
    assets.insert("css/kehu.css".to_owned(), Asset { bytes: styles, brotli: OnceLock::new() });
    assets.insert("js/kehu.js".to_owned(), Asset { bytes: scripts, brotli: OnceLock::new() });
    assets
});

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hash = Sha256::new();
    for (name, asset) in ASSETS.iter() {
        hash.update(name.as_bytes());
        hash.update(&asset.bytes);
    }
    hex::encode(&hash.finalize()[..8])
});

/// The address of an asset (`js/kehu.js` and `css/kehu.css` for all of our own scripts and styles).
pub fn url(path: &str) -> String {
    format!("/assets/{}/{path}", *VERSION)
}

pub fn routes() -> Router<App> {
    Router::new().route("/assets/{version}/{*path}", get(serve))
}

async fn serve(State(_): State<App>, Path((version, path)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = mime_guess::from_path(&path).first_or_octet_stream();
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-cache" };
    let text = kind.type_() == "text" || kind.subtype() == "javascript" || kind.subtype() == "svg";
    let wants = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = if text { format!("{}; charset=utf-8", kind.essence_str()) } else { kind.essence_str().to_owned() };
    let common = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, keep.to_owned()),
        (header::VARY, "Accept-Encoding".to_owned()),
    ];
    if text && wants.split(',').any(|e| e.trim().starts_with("br")) {
        let packed = asset.brotli.get_or_init(|| compress(&asset.bytes));
        return (common, [(header::CONTENT_ENCODING, "br")], Body::from(packed.clone())).into_response();
    }
    (common, Body::from(asset.bytes.clone())).into_response()
}

fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut out, 64 * 1024, 9, 22);
    // Writing into memory does not fail.
    let _ = writer.write_all(bytes);
    drop(writer);
    out
}
