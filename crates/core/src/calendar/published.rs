//! Public holidays and make-up working days as published by the State Council, read from the table
//! that the `tyme4rs` crate carries. The crate's own look-up compiles a regular expression per call,
//! so the table is read once, directly.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tyme4rs::tyme::holiday::{LEGAL_HOLIDAY_DATA, LEGAL_HOLIDAY_NAMES};

use super::{DayKind, HolidayName};

/// Date, one digit for work or rest, one digit for the holiday, and a signed two-digit distance.
const ENTRY_LENGTH: usize = "2026100116+00".len();

pub(super) fn days() -> BTreeMap<NaiveDate, DayKind> {
    LEGAL_HOLIDAY_DATA.as_bytes().chunks(ENTRY_LENGTH).filter_map(entry).collect()
}

fn entry(bytes: &[u8]) -> Option<(NaiveDate, DayKind)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let date = NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok()?;
    let kind = match text.get(8..9)? {
        "0" => DayKind::WorkingDay,
        _ => {
            let index: usize = text.get(9..10)?.parse().ok()?;
            DayKind::Holiday { name: HolidayName::from(*LEGAL_HOLIDAY_NAMES.get(index)?) }
        }
    };
    Some((date, kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_of_the_published_table_is_read() {
        assert_eq!(LEGAL_HOLIDAY_DATA.len() % ENTRY_LENGTH, 0);
        assert_eq!(days().len(), LEGAL_HOLIDAY_DATA.len() / ENTRY_LENGTH);
    }

    #[test]
    fn every_published_holiday_has_a_name_of_its_own() {
        let unnamed = days().into_values().find(|kind| matches!(kind, DayKind::Holiday { name: HolidayName::Own(_) }));
        assert_eq!(unnamed, None);
    }
}
