//! What a person types into the field of a parameter. Chinese input methods give full-width digits and
//! punctuation, spreadsheets give thousands separators; both are read as meant.

use super::parameter::{Kind, Parameter, ParameterError, Value};

impl Parameter {
    /// The value that the text means, checked against kind and bounds. Lists are separated by commas, `、`,
    /// `;` or line breaks.
    pub fn read(&self, raw: &str) -> Result<Value, ParameterError> {
        let raw = half_width(raw.trim());
        let value = match &self.kind {
            Kind::Choice { .. } => Value::Choice(raw),
            Kind::ChoiceList { .. } | Kind::CodeList { .. } => Value::Codes(codes(&raw)),
            Kind::Flag { .. } => Value::Flag(flag(&raw)?),
            Kind::Money => Value::Number(minor_units(&raw).ok_or(ParameterError::NotANumber)?),
            Kind::Percent => Value::Number(whole(raw.trim_end_matches('%').trim_end())?),
            Kind::HourOfDay => Value::Number(whole(raw.strip_suffix(":00").unwrap_or(&raw))?),
            Kind::Count | Kind::Hours | Kind::WorkingDays | Kind::Days | Kind::Months => Value::Number(whole(&raw)?),
        };
        self.accepts(&value)?;
        Ok(value)
    }

    /// The current value as `read` understands it: what the field is filled with.
    pub fn entry(&self) -> String {
        match (&self.kind, &self.value) {
            (Kind::Money, Value::Number(minor)) if minor % 100 != 0 => {
                format!("{}.{:02}", minor / 100, (minor % 100).abs())
            }
            (Kind::Money, Value::Number(minor)) => (minor / 100).to_string(),
            (_, Value::Number(number)) => number.to_string(),
            (_, Value::Choice(code)) => code.clone(),
            (_, Value::Codes(codes)) => codes.join(", "),
            (_, Value::Flag(flag)) => if *flag { "yes" } else { "no" }.to_owned(),
        }
    }
}

/// Full-width forms (`１２，０００`, `％`) as their ASCII ones; `、` and `。` keep their place.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            _ => c,
        })
        .collect()
}

fn codes(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in text.split([',', '、', ';', '\n']).map(str::trim).filter(|code| !code.is_empty()) {
        if !codes.iter().any(|known| known == code) {
            codes.push(code.to_owned());
        }
    }
    codes
}

fn flag(text: &str) -> Result<bool, ParameterError> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "on" | "1" | "是" => Ok(true),
        "no" | "false" | "off" | "0" | "" | "否" => Ok(false),
        _ => Err(ParameterError::NotYesOrNo),
    }
}

fn whole(text: &str) -> Result<i64, ParameterError> {
    without_separators(text).and_then(|digits| digits.parse().ok()).ok_or(ParameterError::NotANumber)
}

/// An amount with at most two decimals, in hundredths.
fn minor_units(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    if !(1..=2).contains(&decimals.len()) || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hundredths: i64 = format!("{decimals:0<2}").parse().ok()?;
    let major: i64 = without_separators(whole)?.parse().ok()?;
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    major.checked_mul(100)?.checked_add(sign * hundredths)
}

/// `12,000` as `12000`; commas elsewhere are not thousands separators and make it no number.
fn without_separators(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let rest: Vec<_> = groups.collect();
    let first_fits = rest.is_empty() || (1..=3).contains(&first.trim_start_matches('-').len());
    (first_fits && rest.iter().all(|group| group.len() == 3)).then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::super::parameter::{Choice, Kind, Parameter, ParameterError, Value};
    use super::super::words::Words;

    fn parameter(kind: Kind) -> Parameter {
        Parameter {
            name: "p".to_owned(),
            label: Words::default(),
            kind,
            unit: None,
            min: Some(1),
            max: None,
            value: Value::Number(1),
        }
    }

    fn read(kind: Kind, raw: &str) -> Result<Value, ParameterError> {
        parameter(kind).read(raw)
    }

    fn codes(codes: &[&str]) -> Value {
        Value::Codes(codes.iter().map(|&code| code.to_owned()).collect())
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (kind, raw, number) in [
            (Kind::Count, " 12 ", 12),
            (Kind::Count, "１２", 12),
            (Kind::Days, "12,000", 12_000),
            (Kind::Percent, "15 %", 15),
            (Kind::Percent, "１５％", 15),
            (Kind::HourOfDay, "12:00", 12),
            (Kind::HourOfDay, "9", 9),
            (Kind::Money, "200", 20_000),
            (Kind::Money, "20，000，000", 2_000_000_000),
            (Kind::Money, "199.5", 19_950),
        ] {
            assert_eq!(read(kind, raw), Ok(Value::Number(number)), "{raw}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for raw in ["", "一", "1.5", "1,5", "1,,000", "12:30", "99999999999999999999", "--1", "1 2"] {
            assert_eq!(read(Kind::Count, raw), Err(ParameterError::NotANumber), "{raw}");
        }
        for raw in ["1.234", "1.", ".", "1.2.3", "99999999999999999.00"] {
            assert_eq!(read(Kind::Money, raw), Err(ParameterError::NotANumber), "{raw}");
        }
    }

    #[test]
    fn lists_are_read_with_chinese_or_english_separators_and_once_each() {
        let list = || Kind::CodeList { options: vec![] };
        assert_eq!(read(list(), "strategic、core，key; core"), Ok(codes(&["strategic", "core", "key"])));
        let option = |code: &str| Choice { code: code.to_owned(), label: Words::default() };
        let choices = Kind::ChoiceList { options: vec![option("a"), option("b")] };
        assert_eq!(read(choices, "a,c"), Err(ParameterError::UnknownOption { option: "c".to_owned() }));
    }

    #[test]
    fn a_field_is_filled_with_what_it_would_read_back() {
        let flag = || Kind::Flag { yes: Words::default(), no: Words::default() };
        for (kind, value) in [
            (Kind::Money, Value::Number(19_905)),
            (Kind::Money, Value::Number(20_000)),
            (Kind::HourOfDay, Value::Number(12)),
            (Kind::CodeList { options: vec![] }, codes(&["a", "b"])),
            (flag(), Value::Flag(true)),
            (flag(), Value::Flag(false)),
        ] {
            let parameter = Parameter { value, ..parameter(kind) };
            assert_eq!(parameter.read(&parameter.entry()), Ok(parameter.value.clone()));
        }
    }
}
