//! An administrator looks through a member's eyes. They change nothing, and see of customers nothing
//! that they might not see by themselves: a page is withheld unless its area says that it is safe.

use axum::http::Method;
use kehu_core::Actor;

/// The way out, which is open while looking on.
pub const END: &str = "/view-as/end";

/// What the areas say about their pages.
#[derive(Debug, Default)]
pub struct Onlooking {
    pub shown: Vec<&'static str>,
    pub narrowed: Vec<&'static str>,
}

/// What an onlooker's request comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The page is shown, and writes nothing.
    Read,
    /// It may show customers that the onlooker does not see.
    Withheld,
    /// It would change something.
    Refused,
    /// It ends the looking on.
    Out,
}

impl Onlooking {
    pub(super) fn judge(&self, onlooker: &Actor, method: &Method, path: &str) -> Verdict {
        if *method == Method::POST && (path == END || path == "/sign-out") {
            return Verdict::Out;
        }
        if !matches!(*method, Method::GET | Method::HEAD) {
            return Verdict::Refused;
        }
        let under = |pages: &[&str]| {
            pages.iter().any(|page| path == *page || (*page != "/" && path.starts_with(&format!("{page}/"))))
        };
        if path == "/events" || under(&self.shown) || (under(&self.narrowed) && onlooker.reads_customers()) {
            Verdict::Read
        } else {
            Verdict::Withheld
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Method;
    use kehu_core::{Actor, Position};

    use super::{END, Onlooking, Verdict};

    #[test]
    fn a_page_that_no_area_calls_safe_is_withheld_and_no_change_passes() {
        let pages = Onlooking { shown: vec!["/", "/members"], narrowed: vec!["/accounts"] };
        let of = |positions: &[Position]| Actor { positions: positions.iter().copied().collect(), ..Actor::system() };
        let administrator = of(&[Position::Administrator]);
        let leader = of(&[Position::Administrator, Position::TeamLead]);
        let judged = |path| pages.judge(&administrator, &Method::GET, path);
        for shown in ["/", "/members", "/members/1", "/events"] {
            assert_eq!(judged(shown), Verdict::Read, "{shown}");
        }
        for withheld in ["/accounts", "/accounts/1", "/anything", "/members-of-customers", "/profile", ""] {
            assert_eq!(judged(withheld), Verdict::Withheld, "{withheld}");
        }
        assert_eq!(pages.judge(&leader, &Method::GET, "/accounts/1"), Verdict::Read);
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            assert_eq!(pages.judge(&leader, &method, "/members"), Verdict::Refused, "{method}");
        }
        assert_eq!(pages.judge(&administrator, &Method::POST, END), Verdict::Out);
    }
}
