//! From what a ledger says to the facts that an account and its people have here. Nothing is cut
//! or taken for something else without a note.

use kehu_core::Locale;
use kehu_core::calendar::lunar::{MonthDay, YearlyDay};

use super::reading::Reading;
use crate::accounts::{AccountFacts, ContactFacts};
use crate::ledger::{Birthday, Company, Contact, Field, IssueCode, RowIssue, STAGE_CODES, TIER_CODES, company_key};

/// The tier of an account whose ledger names none of ours: it owes nothing until somebody grades it.
const TIER: &str = TIER_CODES[3];
/// A ledger of customers is of customers unless it says otherwise.
const STAGE: &str = STAGE_CODES[1];

/// What one company's rows say, with what had to be noted on the way.
pub(super) struct Told<'a> {
    pub reading: &'a Reading,
    pub locale: Locale,
    pub tiers: &'a [String],
    pub stages: &'a [String],
    pub notes: Vec<RowIssue>,
}

impl Told<'_> {
    /// The facts of a company that is new here.
    pub fn new_account(&mut self, company: &Company) -> AccountFacts {
        let mut facts = AccountFacts { tier: TIER.to_owned(), stage: STAGE.to_owned(), ..AccountFacts::default() };
        self.write_over(&mut facts, company);
        facts.name.clone_from(&company.name);
        facts
    }

    /// Writes what the ledger says over what is known, a new name when it gives ours as the former
    /// one; on what it leaves blank it says nothing.
    pub fn write_over(&mut self, facts: &mut AccountFacts, company: &Company) {
        let row = company.rows.first().copied().unwrap_or_default();
        if company.former_name.as_deref().is_some_and(|former| company_key(former) == company_key(&facts.name)) {
            facts.name.clone_from(&company.name);
        }
        let mut put = |place: &mut String, field, value: &Option<String>, longest| {
            if let Some(value) = value {
                *place = self.fitting(row, field, value, longest);
            }
        };
        put(&mut facts.short_name, Field::ShortName, &company.short_name, 60);
        put(&mut facts.former_name, Field::FormerName, &company.former_name, 200);
        put(&mut facts.english_name, Field::EnglishName, &company.english_name, 200);
        put(&mut facts.industry, Field::Industry, &company.industry, 100);
        put(&mut facts.province, Field::Province, &company.province, 60);
        put(&mut facts.city, Field::City, &company.city, 60);
        put(&mut facts.address, Field::Address, &company.address, 300);
        put(&mut facts.website, Field::Website, &company.website, 200);
        put(&mut facts.phone, Field::Phone, &company.phone, 60);
        if company.credit_code.is_some() {
            facts.credit_code.clone_from(&company.credit_code);
        }
        if let Some(code) = self.graded(row, Field::Tier, &company.tier, self.tiers, IssueCode::TierAssumed) {
            facts.tier = code;
        }
        if let Some(code) = self.graded(row, Field::Stage, &company.stage, self.stages, IssueCode::StageAssumed) {
            facts.stage = code;
        }
        facts.first_signed_on = company.first_signed.or(facts.first_signed_on);
        match company.annual_amount {
            Some(amount) if amount.0 < 0 => {
                self.note(row, Field::AnnualAmount, IssueCode::UnreadableAmount, &amount.to_string());
            }
            amount => facts.annual_amount = amount.or(facts.annual_amount),
        }
        let region = self.region(row, facts, company);
        let remark = [company.remark.as_deref(), region.as_deref()];
        let remark = added_lines(&facts.remark, remark.into_iter().flatten());
        facts.remark = self.fitting(row, Field::Remark, &remark, 4000);
    }

    pub fn new_contact(&mut self, row: u32, contact: &Contact) -> ContactFacts {
        let name = self.fitting(row, Field::ContactName, &contact.name, 60);
        let mut facts = ContactFacts { name, ..ContactFacts::default() };
        self.write_over_contact(&mut facts, row, contact);
        facts
    }

    pub fn write_over_contact(&mut self, facts: &mut ContactFacts, row: u32, contact: &Contact) {
        let mut put = |place: &mut String, field, value: &Option<String>, longest| {
            if let Some(value) = value {
                *place = self.fitting(row, field, value, longest);
            }
        };
        put(&mut facts.title, Field::ContactTitle, &contact.title, 100);
        put(&mut facts.department, Field::Department, &contact.department, 100);
        put(&mut facts.mobile, Field::Mobile, &contact.mobile, 40);
        put(&mut facts.phone, Field::Phone, &contact.phone, 60);
        put(&mut facts.email, Field::Email, &contact.email, 200);
        put(&mut facts.wechat, Field::Wechat, &contact.wechat, 60);
        if let Some(birthday) = &contact.birthday {
            match yearly(*birthday) {
                Some(day) => facts.birthday = day.to_string(),
                None => self.note(row, Field::Birthday, IssueCode::AmbiguousDate, &contact.name),
            }
        }
        let remark = added_lines(&facts.remark, contact.remark.as_deref().into_iter());
        facts.remark = self.fitting(row, Field::ContactRemark, &remark, 2000);
    }

    /// A region stands where a province would; beside a province it is kept as a remark.
    fn region(&mut self, row: u32, facts: &mut AccountFacts, company: &Company) -> Option<String> {
        let region = company.region.as_deref()?;
        let is_known = [&facts.province, &facts.city].into_iter().any(|place| place == region);
        if is_known {
            return None;
        }
        if facts.province.is_empty() {
            facts.province = self.fitting(row, Field::Region, region, 60);
            return None;
        }
        Some(match self.locale {
            Locale::En => format!("{}: {region}", Field::Region.label(self.locale)),
            _ => format!("{}：{region}", Field::Region.label(self.locale)),
        })
    }

    fn graded(
        &mut self,
        row: u32,
        field: Field,
        said: &Option<crate::ledger::Graded>,
        ours: &[String],
        assumed: IssueCode,
    ) -> Option<String> {
        let graded = said.as_ref()?;
        let code = graded.code.clone().filter(|code| ours.contains(code));
        if code.is_none() {
            self.note(row, field, assumed, &graded.written);
        }
        code
    }

    fn fitting(&mut self, row: u32, field: Field, text: &str, longest: usize) -> String {
        if text.chars().count() <= longest {
            return text.to_owned();
        }
        let beginning: String = text.chars().take(40).collect();
        self.note(row, field, IssueCode::Shortened, &beginning);
        text.chars().take(longest).collect()
    }

    /// The ledger calls an account otherwise than we do.
    pub fn note_known_as(&mut self, row: u32, written: &str, name: &str) {
        self.note(row, Field::CompanyName, IssueCode::KnownAs, &format!("{written} → {name}"));
    }

    pub fn note(&mut self, row: u32, field: Field, code: IssueCode, value: &str) {
        let column = self.reading.heading(field);
        self.notes.push(RowIssue { row, column, code, value: value.to_owned() });
    }
}

/// The remark with those lines that it does not have yet.
fn added_lines<'a>(known: &str, said: impl Iterator<Item = &'a str>) -> String {
    let mut remark = known.to_owned();
    for line in said.flat_map(str::lines).map(str::trim).filter(|line| !line.is_empty()) {
        if !remark.lines().any(|known| known.trim() == line) {
            if !remark.is_empty() {
                remark.push('\n');
            }
            remark.push_str(line);
        }
    }
    remark
}

/// A lunar day that its own year does not have loses the year, which the ledger got wrong.
fn yearly(birthday: Birthday) -> Option<YearlyDay> {
    match birthday {
        Birthday::Solar { year, month, day } => {
            let on = MonthDay::Solar { month: month.into(), day: day.into() };
            YearlyDay::new(on, year).or_else(|| YearlyDay::new(on, None))
        }
        Birthday::Lunar { year, month, day, leap } => {
            let on = MonthDay::Lunar { month: month.into(), day: day.into(), leap };
            YearlyDay::new(on, year).or_else(|| YearlyDay::new(on, None))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::added_lines;

    #[test]
    fn remarks_are_added_once() {
        let once = added_lines("续约在即", ["续约在即\n重点跟进"].into_iter());
        assert_eq!(once, "续约在即\n重点跟进");
        assert_eq!(added_lines(&once, ["重点跟进"].into_iter()), once);
    }
}
