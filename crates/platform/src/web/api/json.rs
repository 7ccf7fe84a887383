//! The JSON body of a request. What has not the documented form is refused with a pointer to the
//! place and 400; what has it and cannot be accepted is the verb's affair, with 422.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use kehu_core::Locale;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_path_to_error::{Error as Placed, Segment};

use super::problem::Problem;
use crate::error::Invalid;
use crate::t::api as t;
use crate::web::App;

/// A body read into a struct.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        if !is_json(&request) {
            return Err(Problem::media_type());
        }
        let bytes = Bytes::from_request(request, app).await.map_err(|_| Problem::too_large())?;
        let mut value: Value =
            serde_json::from_slice(&bytes).map_err(|error| Problem::broken_json(error.to_string()))?;
        tidied(&mut value);
        serde_path_to_error::deserialize(value).map(Json).map_err(|error| shape(&error, '/'))
    }
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind == "application/merge-patch+json"
}

/// PostgreSQL refuses a NUL, and nobody means one; `3.0` is a whole number (JSON Schema, 6.1.1).
fn tidied(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', ""),
        Value::Number(number) if number.is_f64() => {
            let whole = number.as_f64().filter(|n| n.fract() == 0.0 && n.abs() < EXACT);
            if let Some(whole) = whole {
                *value = Value::from(whole as i64);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(tidied),
        Value::Object(fields) => fields.values_mut().for_each(tidied),
        _ => {}
    }
}

/// Whole numbers below are exact as floating-point numbers: 2 to the power of 53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The problem of a place whose form is not the documented one; `root` is `/` in a body and `?` in a
/// query.
pub(super) fn shape<E: std::fmt::Display>(error: &Placed<E>, root: char) -> Problem {
    let said = error.inner().to_string();
    let mut steps: Vec<String> = error
        .path()
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    // serde names the field in its words; the path ends at the field or at what should hold it.
    let mut named = |what: &str| {
        let field = said.strip_prefix(what)?.split('`').next()?.to_owned();
        if steps.last() != Some(&field) {
            steps.push(field);
        }
        Some(())
    };
    let (code, words): (&str, fn(Locale) -> &'static str) = if named("missing field `").is_some() {
        ("missing", t::field_missing)
    } else if named("unknown field `").is_some() {
        ("unknown", t::field_unknown)
    } else if named("duplicate field `").is_some() {
        ("repeated", t::field_repeated)
    } else {
        ("form", |_| "")
    };
    let escaped: Vec<String> = steps.iter().map(|step| step.replace('~', "~0").replace('/', "~1")).collect();
    let pointer = if steps.is_empty() { String::new() } else { format!("{root}{}", escaped.join("/")) };
    let invalid = if code == "form" {
        Invalid::one(pointer, code, move |l| t::field_form(l, said.as_str()))
    } else {
        Invalid::one(pointer, code, words)
    };
    Problem::malformed(invalid.errors().to_vec())
}

/// A field of a change that tells `null` from not having been sent.
pub fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}
