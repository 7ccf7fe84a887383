//! Which rows are one company, and who of its people is named twice.

use std::collections::HashMap;

use kehu_core::CreditCode;

use super::assemble::Ledger;
use super::company::{Company, Contact};
use super::issue::{IssueCode, RowIssue};

/// Of more people with one name at one company, only these are looked at for a repetition.
const NAMESAKES_COMPARED: usize = 50;

/// A row without errors, read as a company of its own.
pub(super) struct GoodRow {
    pub company: Company,
    /// The company's name to the letter, blanks included.
    pub written: String,
}

/// What makes two rows one company: the same credit code; without one, the same name.
#[derive(PartialEq, Eq, Hash)]
enum Identity {
    Code(CreditCode),
    Name(String),
}

/// The credit codes that the rows give for a name.
struct Codes {
    first: CreditCode,
    several: bool,
}

struct Place {
    /// In the ledger's companies.
    index: usize,
    /// The company's name as its first row writes it.
    written: String,
}

pub(super) struct Gathering {
    codes: HashMap<String, Codes>,
    places: HashMap<Identity, Place>,
    /// Where the people of a company stand, by their name.
    people: HashMap<(usize, String), Vec<usize>>,
    name_heading: String,
    manager_heading: String,
}

impl Gathering {
    pub fn of(rows: Vec<GoodRow>, name_heading: String, manager_heading: String, ledger: &mut Ledger) {
        let (places, people) = Default::default();
        let mut gathering = Gathering { codes: codes_by_name(&rows), places, people, name_heading, manager_heading };
        for row in rows {
            gathering.take(row, ledger);
        }
    }

    fn take(&mut self, row: GoodRow, ledger: &mut Ledger) {
        let GoodRow { company: mut row, written } = row;
        row.has_namesake = self.codes.get(&row.key).is_some_and(|codes| codes.several);
        self.note_namesake(&row, ledger);
        let contacts = std::mem::take(&mut row.contacts);
        let new = ledger.companies.len();
        let place = self
            .places
            .entry(identity(&self.codes, &row))
            .or_insert_with(|| Place { index: new, written: written.clone() });
        match ledger.companies.get_mut(place.index) {
            None => ledger.companies.push(row),
            Some(known) => {
                if let (Some(earlier), Some(later)) = (&known.manager, &row.manager)
                    && earlier != later
                {
                    ledger.notes.push(note(&row, &self.manager_heading, IssueCode::OtherManager, later));
                }
                ledger.duplicates += 1;
                ledger.respelled += usize::from(place.written != written);
                known.has_namesake |= row.has_namesake;
                known.absorb(row);
            }
        }
        let index = place.index;
        for contact in contacts {
            self.add_contact(index, &mut ledger.companies[index], contact);
        }
    }

    /// One name with two credit codes is two companies. The first row of the second is noted, and
    /// each row that gives no code and so could mean either.
    fn note_namesake(&self, row: &Company, ledger: &mut Ledger) {
        let Some(codes) = self.codes.get(&row.key).filter(|codes| codes.several) else { return };
        let code = match &row.credit_code {
            None => IssueCode::NameFitsSeveral,
            Some(code) if *code != codes.first && !self.places.contains_key(&Identity::Code(code.clone())) => {
                IssueCode::Namesake
            }
            Some(_) => return,
        };
        ledger.notes.push(note(row, &self.name_heading, code, &row.name));
    }

    /// Adds a person, or completes the one of that name who is there already.
    fn add_contact(&mut self, index: usize, company: &mut Company, contact: Contact) {
        let namesakes = self.people.entry((index, contact.key())).or_default();
        let mut known = namesakes.iter().take(NAMESAKES_COMPARED).copied();
        match known.find(|at| company.contacts[*at].has_no_other_number_than(&contact)) {
            Some(at) => company.contacts[at].absorb(contact),
            None => {
                namesakes.push(company.contacts.len());
                company.contacts.push(contact);
            }
        }
    }
}

/// A row without a code belongs to the company of its name, whichever row gives that one's code.
fn identity(codes: &HashMap<String, Codes>, row: &Company) -> Identity {
    let code = row.credit_code.as_ref().or_else(|| codes.get(&row.key).map(|codes| &codes.first));
    code.map_or_else(|| Identity::Name(row.key.clone()), |code| Identity::Code(code.clone()))
}

fn codes_by_name(rows: &[GoodRow]) -> HashMap<String, Codes> {
    let mut codes: HashMap<String, Codes> = HashMap::new();
    for GoodRow { company, .. } in rows {
        if let Some(code) = &company.credit_code {
            codes
                .entry(company.key.clone())
                .and_modify(|known| known.several |= known.first != *code)
                .or_insert_with(|| Codes { first: code.clone(), several: false });
        }
    }
    codes
}

fn note(row: &Company, column: &str, code: IssueCode, value: &str) -> RowIssue {
    let number = row.rows.first().copied().unwrap_or(0);
    RowIssue { row: number, column: column.to_owned(), code, value: value.to_owned() }
}
