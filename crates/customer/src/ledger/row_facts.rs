//! One row of a ledger read by its mapping: a company with the facts and the people of this row,
//! and what is wrong with it.

use std::borrow::Cow;

use kehu_core::{CreditCode, CreditCodeError, Money};

use super::company::{Company, Contact, Graded};
use super::fields::Field;
use super::guess::is_email;
use super::issue::{IssueCode, RowIssue};
use super::mapping::Mapping;
use super::table::{Cell, Row};
use super::values::{
    AmountFault, DateFault, DateReading, Phones, company_key, half_width, is_han, is_placeholder, read_amount,
    read_birthday, read_date, read_phones,
};

/// More names in one cell are no list of contacts.
const MOST_PEOPLE: usize = 10;

/// Reads rows and gathers their issues.
pub(super) struct RowReader<'a> {
    pub mapping: &'a Mapping,
    pub headings: &'a Row,
    pub issues: Vec<RowIssue>,
}

impl RowReader<'_> {
    /// The row as a company of its own. With an error among the issues it must not be used.
    pub fn read(&mut self, row: &Row) -> Company {
        let name = self.value(row, Field::CompanyName).map(|name| on_one_line(&name)).unwrap_or_default();
        let key = company_key(&name);
        if key.is_empty() {
            self.report(row, Field::CompanyName, IssueCode::NoCompany);
        }
        let mut company = Company { rows: vec![row.number], name, key, ..Company::default() };
        for field in self.mapping.columns.keys() {
            if let Some(place) = company.text_mut(*field) {
                *place = self.text(row, *field);
            }
        }
        self.manager(row, &mut company);
        company.credit_code = self.credit_code(row);
        company.tier = self.graded(row, Field::Tier, &self.mapping.tiers);
        company.stage = self.graded(row, Field::Stage, &self.mapping.stages);
        company.first_signed = self.first_signed(row);
        company.annual_amount = self.annual_amount(row);
        self.people(row, &mut company);
        company
    }

    /// Adds the people whom other columns of the row name.
    pub fn later_person(&mut self, row: &Row, columns: &Mapping, company: &mut Company) {
        let mut reader = RowReader { mapping: columns, headings: self.headings, issues: Vec::new() };
        let mut named = Company::default();
        reader.people(row, &mut named);
        company.contacts.extend(named.contacts);
        self.issues.append(&mut reader.issues);
    }

    /// The tidy value of a field in this row; nothing when blank or a placeholder.
    fn value<'r>(&self, row: &'r Row, field: Field) -> Option<Cow<'r, str>> {
        let value = row.value(*self.mapping.columns.get(&field)?);
        (!is_placeholder(&value)).then_some(value)
    }

    fn text(&self, row: &Row, field: Field) -> Option<String> {
        self.value(row, field).map(Cow::into_owned)
    }

    fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r Cell {
        self.mapping.columns.get(&field).map_or(&Cell::Blank, |column| row.cell(*column))
    }

    fn report(&mut self, row: &Row, field: Field, code: IssueCode) {
        let column = self.mapping.columns.get(&field).map(|column| self.headings.value(*column).into_owned());
        let value = self.cell(row, field).value().chars().take(200).collect();
        self.issues.push(RowIssue { row: row.number, column: column.unwrap_or_default(), code, value });
    }

    /// Of several managers in one cell (林晓、周文博) the first is the account's.
    fn manager(&mut self, row: &Row, company: &mut Company) {
        let names = company.manager.as_deref().map(split_names).unwrap_or_default();
        if names.len() > 1 {
            company.manager = names.into_iter().next();
            self.report(row, Field::Manager, IssueCode::OtherManager);
        }
    }

    fn credit_code(&mut self, row: &Row) -> Option<CreditCode> {
        let code = match CreditCode::parse(&self.value(row, Field::CreditCode)?) {
            Ok(code) => return Some(code),
            Err(CreditCodeError::WrongLength { .. }) => IssueCode::CreditCodeLength,
            Err(CreditCodeError::BadCharacter { .. }) => IssueCode::CreditCodeCharacter,
            Err(CreditCodeError::WrongCheckDigit { .. }) => IssueCode::CreditCodeCheckDigit,
        };
        self.report(row, Field::CreditCode, code);
        None
    }

    fn graded(&self, row: &Row, field: Field, codes: &std::collections::BTreeMap<String, String>) -> Option<Graded> {
        let written = self.text(row, field)?;
        let code = codes.get(&written).filter(|code| !code.is_empty()).cloned();
        Some(Graded { written, code })
    }

    fn first_signed(&mut self, row: &Row) -> Option<chrono::NaiveDate> {
        match read_date(&self.cell(row, Field::FirstSigned).date_value()) {
            Ok(Some(reading)) => {
                if let DateReading::FirstOf(_) = reading {
                    self.report(row, Field::FirstSigned, IssueCode::PartialDate);
                }
                Some(reading.date())
            }
            Ok(None) => None,
            Err(fault) => {
                self.report(row, Field::FirstSigned, date_issue(fault));
                None
            }
        }
    }

    fn annual_amount(&mut self, row: &Row) -> Option<Money> {
        let value = self.value(row, Field::AnnualAmount)?;
        let code = match read_amount(&value, self.mapping.amount_unit) {
            Ok(amount) => return amount.map(Money),
            Err(AmountFault::Unreadable) => IssueCode::UnreadableAmount,
            Err(AmountFault::ForeignCurrency) => IssueCode::ForeignAmount,
        };
        self.report(row, Field::AnnualAmount, code);
        None
    }

    /// The people whom the row names: one, or several in one cell (张三、李四), whose titles and
    /// numbers then stand in the same order.
    fn people(&mut self, row: &Row, company: &mut Company) {
        let mobile = self.phones(row, Field::Mobile);
        let phone = self.phones(row, Field::Phone);
        let names = self.value(row, Field::ContactName).map(|names| split_names(&names)).unwrap_or_default();
        let Some(first) = names.first() else {
            let numbers: Vec<String> = [mobile.mobiles, mobile.others, phone.mobiles, phone.others].concat();
            let orphaned = [Field::ContactTitle, Field::Email, Field::Wechat, Field::Birthday, Field::Mobile];
            if let Some(field) = orphaned.into_iter().find(|field| self.value(row, *field).is_some()) {
                self.report(row, field, IssueCode::UnnamedContact);
            }
            // The birthday is of no use without its person, but an impossible day is an error.
            self.birthday(row);
            company.phone = (!numbers.is_empty()).then(|| numbers.join(" / "));
            return;
        };
        let many = names.len();
        let (mobiles, mut rest) = match (mobile.mobiles.len(), phone.mobiles.len()) {
            (0, of_phone) if of_phone == many || many == 1 => (phone.mobiles, Vec::new()),
            _ => (mobile.mobiles, phone.mobiles),
        };
        rest.extend(mobile.others);
        rest.extend(phone.others);
        let email = self.email(row);
        let birthday = self.birthday(row);
        let mut first = Contact {
            name: first.clone(),
            email,
            birthday,
            wechat: self.text(row, Field::Wechat),
            remark: self.text(row, Field::ContactRemark),
            ..Contact::default()
        };
        let titles = self.in_order(row, Field::ContactTitle, many);
        let departments = self.in_order(row, Field::Department, many);
        if many == 1 || mobiles.len() != many {
            rest.splice(0..0, mobiles.iter().skip(1).cloned());
        }
        first.phone = (!rest.is_empty()).then(|| rest.join(" / "));
        for (index, name) in names.iter().enumerate() {
            let mut contact = if index == 0 {
                std::mem::take(&mut first)
            } else {
                Contact { name: name.clone(), ..Contact::default() }
            };
            contact.title = titles.get(index).cloned();
            contact.department =
                departments.get(index).or(departments.first().filter(|_| departments.len() == 1)).cloned();
            contact.mobile = mobiles.get(index).filter(|_| index == 0 || mobiles.len() == many).cloned();
            company.contacts.push(contact);
        }
    }

    fn phones(&mut self, row: &Row, field: Field) -> Phones {
        let Some(value) = self.value(row, field) else { return Phones::default() };
        let phones = read_phones(&value);
        let no_mobile = field == Field::Mobile && phones.mobiles.is_empty();
        if no_mobile || !phones.unreadable.is_empty() {
            self.report(row, field, IssueCode::UnreadablePhone);
        }
        phones
    }

    fn email(&mut self, row: &Row) -> Option<String> {
        let email = half_width(&self.value(row, Field::Email)?).trim().to_owned();
        if is_email(&email) {
            return Some(email);
        }
        self.report(row, Field::Email, IssueCode::UnreadableEmail);
        None
    }

    fn birthday(&mut self, row: &Row) -> Option<super::values::Birthday> {
        match read_birthday(&self.cell(row, Field::Birthday).date_value()) {
            Ok(birthday) => birthday,
            Err(fault) => {
                self.report(row, Field::Birthday, date_issue(fault));
                None
            }
        }
    }

    /// The values of several people in one cell; one value when they do not part into as many.
    fn in_order(&self, row: &Row, field: Field, many: usize) -> Vec<String> {
        let Some(value) = self.value(row, field) else { return Vec::new() };
        if many > 1 {
            let parts: Vec<String> = split(&value).map(str::to_owned).collect();
            if parts.len() == many {
                return parts;
            }
        }
        vec![value.into_owned()]
    }
}

/// A name broken to fit its cell, as one: Chinese needs no blank where it was broken.
fn on_one_line(name: &str) -> String {
    let lines = name.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(if name.chars().any(is_han) { "" } else { " " })
}

fn date_issue(fault: DateFault) -> IssueCode {
    match fault {
        DateFault::Impossible => IssueCode::ImpossibleDate,
        DateFault::Ambiguous => IssueCode::AmbiguousDate,
        DateFault::Unreadable => IssueCode::UnreadableDate,
    }
}

fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '\n', ';', '；', '/', '，', ',']).map(str::trim).filter(|part| !part.is_empty())
}

/// Several Chinese names in one cell; a text that is no list of such names is one name.
fn split_names(text: &str) -> Vec<String> {
    let parts: Vec<String> = split(text).map(str::to_owned).collect();
    let short_han = |name: &String| (2..=5).contains(&name.chars().count()) && name.chars().all(is_han);
    if (2..=MOST_PEOPLE).contains(&parts.len()) && parts.iter().all(short_han) {
        return parts;
    }
    let one = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // 张 三 is written with a blank to line up with longer names.
    let spaced_out = one.chars().count() <= 5 && one.chars().all(|c| is_han(c) || c == ' ');
    vec![if spaced_out { one.replace(' ', "") } else { one }]
}
