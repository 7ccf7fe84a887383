//! Customers at risk: those towards whom the rulebook has been broken again and again, or to whom
//! a promise is overdue.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use kehu_core::{AccountId, TeamId};

use crate::obligations::Lapse;

/// One lapse happens; so many towards one customer are a risk.
const REPEATED: u64 = 2;

/// A customer and why they are at risk.
#[derive(Clone, Debug)]
pub struct AtRisk {
    pub account: AccountId,
    pub team: Option<TeamId>,
    pub title: String,
    pub reasons: Vec<Lapse>,
}

impl AtRisk {
    /// How many lapses there are.
    pub fn weight(&self) -> u64 {
        self.reasons.iter().map(|lapse| lapse.missed + lapse.overdue).sum()
    }
}

/// The customers at risk, the worst first. `promised` says which rules are promises to customers.
pub fn at_risk(lapses: &[Lapse], promised: impl Fn(&str) -> bool) -> Vec<AtRisk> {
    let mut of_account: BTreeMap<AccountId, AtRisk> = BTreeMap::new();
    for lapse in lapses {
        let risk = of_account.entry(lapse.account).or_insert_with(|| AtRisk {
            account: lapse.account,
            team: lapse.team,
            title: lapse.title.clone(),
            reasons: Vec::new(),
        });
        risk.reasons.push(lapse.clone());
    }
    let mut found: Vec<AtRisk> = of_account
        .into_values()
        .filter(|risk| risk.weight() >= REPEATED || risk.reasons.iter().any(|lapse| promised(&lapse.rule)))
        .collect();
    for risk in &mut found {
        risk.reasons.sort_by_key(|lapse| Reverse(lapse.missed + lapse.overdue));
    }
    found.sort_by_key(|risk| Reverse(risk.weight()));
    found
}

#[cfg(test)]
mod tests {
    use kehu_core::AccountId;
    use uuid::Uuid;

    use super::{Lapse, at_risk};

    fn lapse(account: u128, rule: &str, missed: u64, overdue: u64) -> Lapse {
        Lapse {
            account: AccountId(Uuid::from_u128(account)),
            team: None,
            title: account.to_string(),
            rule: rule.to_owned(),
            overdue,
            missed,
        }
    }

    #[test]
    fn a_customer_is_at_risk_after_repeated_lapses_or_one_broken_promise() {
        let lapses = [
            lapse(1, "weekly_call", 1, 0),
            lapse(2, "question_answered", 0, 1),
            lapse(3, "weekly_call", 2, 0),
            lapse(3, "monthly_visit", 0, 1),
        ];
        let found: Vec<String> =
            at_risk(&lapses, |rule| rule == "question_answered").into_iter().map(|risk| risk.title).collect();
        assert_eq!(found, ["3", "2"], "the worst first; a single lapse is none");
    }
}
