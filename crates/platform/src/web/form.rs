//! A submitted form, urlencoded or multipart, with readers that turn a field into a value or into
//! a message next to that field. Everything typed stays available for showing the form again.

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::NaiveDate;

use crate::error::Invalid;
use crate::t;

/// An uploaded file, in memory.
#[derive(Clone, Debug)]
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

/// What the browser sent.
#[derive(Clone, Debug, Default)]
pub struct Form {
    fields: Arc<Vec<(String, String)>>,
    files: Arc<Vec<File>>,
}

impl Form {
    pub fn new(fields: Vec<(String, String)>, files: Vec<File>) -> Self {
        Self { fields: Arc::new(fields), files: Arc::new(files) }
    }

    /// The field's text without surrounding blanks; empty when it was not sent.
    pub fn text(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value.trim())
    }

    /// As typed, blanks and all: for passwords.
    pub fn raw(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    pub fn optional(&self, field: &str) -> Option<&str> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    /// Every value of a field that may be sent several times, blank ones left out.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(name, _)| name == field)
            .map(|(_, value)| value.trim())
            .filter(|v| !v.is_empty())
    }

    /// As [`Form::all`], but blank values keep their place: for the rows of a repeated group.
    pub fn column<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(name, _)| name == field).map(|(_, value)| value.trim())
    }

    pub fn checked(&self, field: &str) -> bool {
        !self.text(field).is_empty()
    }

    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    pub fn file(&self, field: &str) -> Option<&File> {
        self.files.iter().find(|f| f.field == field && !f.name.is_empty())
    }

    /// A text that must not be blank and not be longer than `longest` characters.
    pub fn required(&self, field: &str, longest: usize, invalid: &mut Invalid) -> String {
        let text = self.text(field);
        if text.is_empty() {
            invalid.add(field, "required", t::app::required);
        }
        self.limited(field, longest, invalid)
    }

    /// A text that may be blank but not longer than `longest` characters.
    pub fn limited(&self, field: &str, longest: usize, invalid: &mut Invalid) -> String {
        let text = self.text(field);
        if text.chars().count() > longest {
            invalid.add(field, "too_long", move |l| t::app::too_long(l, longest));
        }
        // Browsers send line ends as CR LF; a NUL is refused by PostgreSQL.
        text.replace("\r\n", "\n").replace('\0', "")
    }

    /// An id, a number, a code: anything that is read from text.
    pub fn parsed<T: FromStr>(&self, field: &str, invalid: &mut Invalid) -> Option<T> {
        let text = self.optional(field)?;
        let value = text.parse().ok();
        if value.is_none() {
            invalid.add(field, "malformed", t::app::malformed);
        }
        value
    }

    pub fn date(&self, field: &str, invalid: &mut Invalid) -> Option<NaiveDate> {
        let text = self.optional(field)?;
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if date.is_none() {
            invalid.add(field, "not_a_date", t::app::not_a_date);
        }
        date
    }

    /// The version of the record that the writer read, for refusing lost updates.
    pub fn version(&self) -> i64 {
        self.text("version").parse().unwrap_or(0)
    }
}

impl<S: Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    /// The guard has read the body and put the form here.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Form>().cloned().unwrap_or_default())
    }
}

/// Reads a body; `None` when it is malformed.
pub(super) async fn read(content_type: &str, body: Bytes) -> Option<Form> {
    if content_type.starts_with("multipart/form-data") {
        let boundary = multer::parse_boundary(content_type).ok()?;
        let stream = futures_util::stream::once(std::future::ready(Ok::<_, Infallible>(body)));
        let mut parts = multer::Multipart::new(stream, boundary);
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.ok()? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => files.push(File { field, name, bytes: part.bytes().await.ok()? }),
                None => fields.push((field, part.text().await.ok()?)),
            }
        }
        return Some(Form::new(fields, files));
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        return serde_urlencoded::from_bytes(&body).ok().map(|fields| Form::new(fields, Vec::new()));
    }
    Some(Form::default())
}
