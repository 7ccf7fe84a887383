//! The names of holidays. Those of the law are known by themselves, so that each language shows
//! its own word; a company's own holiday carries the words it was entered with.

use std::fmt;

/// Why nobody works on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HolidayName {
    NewYear,
    SpringFestival,
    Qingming,
    LabourDay,
    DragonBoat,
    MidAutumn,
    NationalDay,
    NationalDayAndMidAutumn,
    VictoryDay,
    /// A holiday of the company, in its own words.
    Own(String),
}

const KNOWN: [(HolidayName, &str, &str); 9] = [
    (HolidayName::NewYear, "new-year", "元旦"),
    (HolidayName::SpringFestival, "spring-festival", "春节"),
    (HolidayName::Qingming, "qingming", "清明节"),
    (HolidayName::LabourDay, "labour-day", "劳动节"),
    (HolidayName::DragonBoat, "dragon-boat", "端午节"),
    (HolidayName::MidAutumn, "mid-autumn", "中秋节"),
    (HolidayName::NationalDay, "national-day", "国庆节"),
    (HolidayName::NationalDayAndMidAutumn, "national-day-and-mid-autumn", "国庆中秋"),
    (HolidayName::VictoryDay, "victory-day", "抗战胜利日"),
];

impl From<&str> for HolidayName {
    /// A stored key (`spring-festival`) or the simplified Chinese name gives the holiday of the
    /// law; any other text is the company's own name for the day.
    fn from(text: &str) -> Self {
        let text = text.trim();
        KNOWN
            .into_iter()
            .find(|(_, key, chinese)| *key == text || *chinese == text)
            .map_or_else(|| HolidayName::Own(text.to_owned()), |(name, _, _)| name)
    }
}

/// The key to store: reading it back with `From<&str>` gives the same name.
impl fmt::Display for HolidayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HolidayName::Own(words) => f.write_str(words),
            known => f.write_str(KNOWN.iter().find(|(name, _, _)| name == known).map_or("", |(_, key, _)| key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_holiday_name_reads_back_as_itself() {
        for (name, key, chinese) in KNOWN {
            assert_eq!(name.to_string(), key);
            assert_eq!(HolidayName::from(key), name);
            assert_eq!(HolidayName::from(chinese), name);
        }
        let own = HolidayName::from("公司周年庆");
        assert_eq!(HolidayName::from(own.to_string().as_str()), own);
    }
}
