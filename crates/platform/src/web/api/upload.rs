//! A file sent to the API: as the body itself, or as the part `file` of a form.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use serde::Deserialize;
use utoipa::ToSchema;

use super::problem::Problem;
use crate::error::Invalid;
use crate::t::api as t;
use crate::web::App;
use crate::web::form;

/// The form in which browsers and `curl -F` send a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileBody {
    #[schema(value_type = String, format = Binary)]
    pub file: Vec<u8>,
}

/// A file and, when the form names it, what it is called.
#[derive(Debug)]
pub struct Upload {
    pub name: Option<String>,
    pub content: Vec<u8>,
}

impl FromRequest<App> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let kind = kind.to_owned();
        let media = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Problem::too_large())?;
        match media.as_str() {
            "application/octet-stream" => Ok(Self { name: None, content: bytes.into() }),
            "multipart/form-data" => {
                let missing =
                    || Problem::malformed(Invalid::one("file", "missing", t::field_missing).errors().to_vec());
                let form = form::read(&kind, bytes).await.ok_or_else(missing)?;
                if let Some((name, _)) = form.fields().iter().find(|(name, _)| name != "file") {
                    let invalid = Invalid::one(format!("/{name}"), "unknown", t::field_unknown);
                    return Err(Problem::malformed(invalid.errors().to_vec()));
                }
                match form.file("file") {
                    Some(file) => Ok(Self { name: Some(file.name.clone()), content: file.bytes.to_vec() }),
                    // A part without a file name is a text.
                    None if form.fields().iter().any(|(name, _)| name == "file") => {
                        Ok(Self { name: None, content: form.raw("file").as_bytes().to_vec() })
                    }
                    None => Err(missing()),
                }
            }
            _ => Err(Problem::media_type()),
        }
    }
}
