//! Lists, walked by a cursor that says where the next part begins. It names a record, not a place,
//! so that what is added meanwhile neither hides nor repeats anything.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::problem::Problem;

/// Items a part, when the caller does not say.
const USUAL: u16 = 50;
/// The most items of one part.
pub const LONGEST: u16 = 200;

/// One part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct List<T> {
    pub items: Vec<T>,
    /// To be sent as `cursor` for the next part; null at the end.
    pub next: Option<String>,
    /// How many there are in all parts together.
    #[schema(minimum = 0)]
    pub total: u64,
}

/// How many items the caller wants at once.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "u16")]
pub struct Limit(u16);

impl Default for Limit {
    fn default() -> Self {
        Self(USUAL)
    }
}

impl TryFrom<u16> for Limit {
    type Error = String;

    fn try_from(limit: u16) -> Result<Self, String> {
        if (1..=LONGEST).contains(&limit) { Ok(Self(limit)) } else { Err(format!("not from 1 to {LONGEST}")) }
    }
}

impl Limit {
    pub fn get(self) -> u64 {
        u64::from(self.0)
    }
}

/// Where a part begins: opaque to callers, `a|b` to us.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Cursor(String);

impl Cursor {
    pub fn after(place: &str) -> String {
        hex::encode(place)
    }

    /// What the cursor says, as its list reads it.
    ///
    /// # Errors
    /// When it is none of this list's.
    pub fn read<T>(cursor: Option<&Cursor>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        let Some(Cursor(sent)) = cursor else { return Ok(None) };
        let place = hex::decode(sent).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        place.and_then(|place| read(&place)).map(Some).ok_or_else(Problem::cursor)
    }
}

impl<T> List<T> {
    /// A part of which one item more than wanted was fetched, to know whether the list goes on.
    pub fn part(mut items: Vec<T>, limit: Limit, total: u64, place: impl Fn(&T) -> String) -> Self {
        let wanted = usize::from(limit.0);
        let more = items.len() > wanted;
        items.truncate(wanted);
        let next = items.last().filter(|_| more).map(|last| Cursor::after(&place(last)));
        Self { items, next, total }
    }
}

/// The part of a short list that is in memory as a whole; `key` orders it.
pub fn page_of<T, K: Ord>(
    mut all: Vec<T>,
    limit: Limit,
    after: Option<&K>,
    key: impl Fn(&T) -> K,
    place: impl Fn(&T) -> String,
) -> List<T> {
    let total = all.len() as u64;
    all.sort_by_key(&key);
    let rest: Vec<T> = all
        .into_iter()
        .filter(|item| after.is_none_or(|after| key(item) > *after))
        .take(usize::from(limit.0) + 1)
        .collect();
    List::part(rest, limit, total, place)
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Limit, page_of};

    #[test]
    fn a_walk_sees_every_item_once() {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let part = page_of((1..=7).collect(), Limit(3), after.as_ref(), |n: &i32| *n, i32::to_string);
            assert_eq!(part.total, 7);
            seen.extend(part.items);
            let Some(next) = part.next else { break };
            after = Cursor::read(Some(&Cursor(next)), |place| place.parse().ok()).unwrap_or_default();
            assert!(after.is_some());
        }
        assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_cursor_of_no_list_is_refused() {
        for sent in ["", "zz", "ff", "61"] {
            assert!(Cursor::read(Some(&Cursor(sent.to_owned())), |place| place.parse::<i32>().ok()).is_err(), "{sent}");
        }
    }
}
