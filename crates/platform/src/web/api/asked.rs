//! The query and the ids of an address, read strictly: a parameter that nobody knows is refused, so
//! that a slip of the pen does not list everything.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use serde::de::DeserializeOwned;

use super::json;
use super::problem::Problem;
use crate::web::App;

/// The query, read into a struct.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        // A NUL is refused by PostgreSQL; nobody can have stored one. Leaving one out may join another.
        let mut query = parts.uri.query().unwrap_or_default().to_owned();
        while query.contains("%00") {
            query = query.replace("%00", "");
        }
        let pairs = serde_urlencoded::Deserializer::new(form_pairs(query.as_bytes()));
        serde_path_to_error::deserialize(pairs).map(Asked).map_err(|error| json::shape(&error, '?'))
    }
}

fn form_pairs(query: &[u8]) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query)
}

/// The last part of an address that names a record. What cannot be an id names none.
#[derive(Debug)]
pub struct Id<T>(pub T);

impl<T: FromStr> FromRequestParts<App> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let path = axum::extract::Path::<String>::from_request_parts(parts, app).await;
        let text = path.map_err(|_| Problem::not_found())?.0;
        text.parse().map(Id).map_err(|_| Problem::not_found())
    }
}

/// A text as the pages take it: without surrounding blanks, line ends as we keep them.
pub fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "").trim().to_owned()
}

/// A day within the reach of calendars; what lies beyond asks for the same.
pub fn day(day: NaiveDate) -> NaiveDate {
    let reach = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    day.clamp(reach(1900), reach(9000))
}

/// A moment within the reach of calendars, as precise as it is stored.
pub fn moment(moment: DateTime<Utc>) -> DateTime<Utc> {
    let reach =
        |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN).and_utc();
    moment.clamp(reach(1900), reach(9000)).trunc_subsecs(6)
}
