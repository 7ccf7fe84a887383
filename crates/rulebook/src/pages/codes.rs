//! Lists of codes that another area keeps, such as the tiers of accounts: offered in the company's own words.

use kehu_platform::db::DbFault;
use kehu_platform::web::Page;

use crate::clauses::known::{Handle, Place};
use crate::clauses::{Choice, Clause, Rulebook};
use crate::obligations::registry;

/// What the areas offer, read once for a page.
pub(super) struct Offered(Vec<(Place, Vec<Choice>)>);

impl Offered {
    pub(super) async fn load(page: &Page) -> Result<Self, DbFault> {
        let mut all = Vec::new();
        for (parameter, codes) in &registry().codes {
            all.push((parameter.place(), codes(page.app.db.clone()).await?));
        }
        Ok(Self(all))
    }

    /// The rulebook with these codes to choose from.
    pub(super) fn in_rulebook(&self, rulebook: &Rulebook) -> Rulebook {
        let mut named = rulebook.clone();
        for (place, _) in &self.0 {
            if let Some(clause) = named.clause_mut(place.clause) {
                *clause = self.in_clause(clause);
            }
        }
        named
    }

    pub(super) fn in_clause(&self, clause: &Clause) -> Clause {
        let mut named = clause.clone();
        for (place, codes) in self.0.iter().filter(|(place, _)| place.clause == clause.number) {
            for parameter in named.parameters.iter_mut().filter(|parameter| parameter.name == place.name) {
                parameter.offer(codes);
            }
        }
        named
    }
}
