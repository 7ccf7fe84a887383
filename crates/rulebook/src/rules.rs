//! Which clauses run: the rules by which obligations are made, each tied to its clause. A clause without a rule
//! is guidance, and its place in the document says so.

use crate::clauses::ClauseNumber;

/// A rule of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleOf {
    /// As in the ledger.
    pub key: &'static str,
    pub clause: ClauseNumber,
}

const fn rule(key: &'static str, clause: &'static str) -> RuleOf {
    RuleOf { key, clause: ClauseNumber::literal(clause) }
}

const RULES: [RuleOf; 4] = [
    rule("minutes_sent", "4.2.3"),
    rule("question_answered", "4.2.3"),
    rule("weekly_call", "4.4.1"),
    rule("monthly_visit", "4.4.1"),
];

pub fn rules() -> &'static [RuleOf] {
    &RULES
}

/// Whether anything is owed because of the clause.
pub fn has_rule(clause: ClauseNumber) -> bool {
    RULES.iter().any(|rule| rule.clause == clause)
}

#[cfg(test)]
mod tests {
    use super::rules;
    use crate::clauses::builtin;

    #[test]
    fn every_rule_names_a_clause_of_the_rulebook() {
        for rule in rules() {
            assert!(builtin().clause(rule.clause).is_some(), "{}", rule.key);
        }
    }
}
