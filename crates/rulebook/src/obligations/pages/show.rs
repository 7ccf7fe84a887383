//! One obligation: which clause in which version, who owes it by when, its history, its evidence,
//! and the waivers asked for it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kehu_core::{Locale, ObligationId};
use kehu_platform::directory::{self, Roster};
use kehu_platform::web::kit::{self, Crumb, Icon, Look, PageHead, Tone, tag};
use kehu_platform::web::{Answer, App, Form, Page};
use kehu_platform::{Error, Invalid, journal};
use maud::{Markup, html};
use uuid::Uuid;

use super::super::approver::Approver;
use super::super::presenter::{clause_href, due_words, rule_name, shown_state, window_words};
use super::super::queries::{self, Said, Waiver};
use super::super::reach::Sight;
use super::super::registry::{Evidence, Moment, registry};
use super::super::state::State;
use super::super::store::{self, Obligation};
use super::super::waive::LONGEST;
use super::list::LIST;
use super::{history, moment, reach};
use crate::t::obligations as t;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/obligations/{id}", get(show))
}

async fn show(page: Page, Path(id): Path<ObligationId>) -> Answer {
    let seen = Seen::load(&page, id).await?;
    Ok(seen.page(&page, &Refused::default()).await)
}

/// A form of this page that was not accepted.
#[derive(Default)]
pub(super) struct Refused {
    pub form: Form,
    pub invalid: Invalid,
    /// Which of the page's forms: `explain`, `answer`, `waiver`, `decide`, `grant`.
    pub scope: &'static str,
}

/// The obligation with all that its page shows to this reader.
pub struct Seen {
    pub obligation: Obligation,
    sight: Sight,
    pub(super) moment: Moment,
    pub(super) roster: Arc<Roster>,
    /// The records that discharged it, as (kind, id), and what they prove.
    evidence: Vec<(String, Uuid)>,
    told: HashMap<Uuid, Evidence>,
    waivers: Vec<Waiver>,
    journal: Vec<journal::Journaled>,
    /// The reader may decide the waiver that waits, or confirm the late record.
    decides: Option<Waiver>,
    confirms: bool,
    /// The reader may waive it unasked.
    grants: bool,
    /// What the leader answered to the explanation.
    pub(super) said: Option<Said>,
    /// The reader may answer it.
    pub(super) answers: bool,
    /// The reader is told the answer and has not read it yet.
    pub(super) unread: bool,
    pub(super) owes: bool,
    /// Where its forms lead back to, when it is shown in another page.
    pub(super) back: String,
}

/// What the records of each kind prove.
async fn told(page: &Page, records: &[(String, Uuid)]) -> Result<HashMap<Uuid, Evidence>, Error> {
    let mut told = HashMap::new();
    for record in &registry().records {
        let ids: Vec<Uuid> = records.iter().filter(|(kind, _)| kind == record.kind).map(|(_, id)| *id).collect();
        if let Some(proves) = record.proves.filter(|_| !ids.is_empty()) {
            told.extend(proves(page.app.db.clone(), ids, page.locale, moment(page)).await?);
        }
    }
    Ok(told)
}

impl Seen {
    /// Answers as if there were no such obligation to those who may not see it.
    pub async fn load(page: &Page, id: ObligationId) -> Result<Seen, Error> {
        let on = page.app.db.read();
        let obligation = store::obligation(on, id).await?.ok_or(Error::NotFound)?;
        let team = match obligation.team {
            Some(team) => directory::team(on, team).await?,
            None => None,
        };
        let waivers = queries::waivers(on, id).await?;
        let decides = waivers
            .iter()
            .find(|w| w.pending() && Approver::of(&page.actor, &obligation, team.as_ref(), Some(w.asked_by)).is_ok());
        let approves = Approver::of(&page.actor, &obligation, team.as_ref(), None).is_ok();
        let confirms = obligation.to_confirm && approves;
        let answers = approves && obligation.explanation.is_some();
        let said = queries::said(on, id).await?;
        let undone = matches!(obligation.state, State::Open | State::Missed);
        let grants = approves && undone && !waivers.iter().any(Waiver::pending);
        let reach = reach(page).await?;
        let sight = match reach.sight(&obligation) {
            // Whoever is to decide sees what they decide about.
            _ if (decides.is_some() || confirms || answers)
                && reach.onlookers_sight(&obligation) == Some(Sight::Full) =>
            {
                Sight::Full
            }
            Some(sight) => sight,
            None => return Err(Error::NotFound),
        };
        let evidence = store::evidence(on, id).await?;
        Ok(Seen {
            sight,
            told: told(page, &evidence).await?,
            evidence,
            moment: moment(page),
            roster: page.roster().clone(),
            journal: journal::of_record(on, "obligation", id.uuid()).await?,
            decides: decides.cloned(),
            confirms,
            grants,
            unread: said.as_ref().is_some_and(|said| said.read_at.is_none() && page.actor.is(said.to)),
            said,
            answers,
            back: String::new(),
            owes: page.actor.is(obligation.owner) || page.actor.is(obligation.acting),
            waivers,
            obligation,
        })
    }

    pub(super) async fn page(&self, page: &Page, refused: &Refused) -> Response {
        let (l, o) = (page.locale, &self.obligation);
        let name = rule_name(l, o);
        let title = if self.sight == Sight::WithoutCustomers { &name } else { &o.title };
        let head = PageHead {
            title,
            tags: html! {
                (kit::state_badge(l, shown_state(o, &self.moment)))
                @if o.recorded_late { (tag(Tone::Quiet, t::recorded_late(l))) }
                @if o.to_confirm { (tag(Tone::Warn, t::to_confirm(l))) }
            },
            sub: html! {
                (kit::clause_chip(l, &o.clause, Some(&clause_href(&o.clause)))) " "
                @if self.sight != Sight::WithoutCustomers { (name) " · " }
                (version(l, o.rulebook_version))
            },
            crumbs: &[Crumb::new(LIST, t::obligations(l))],
            actions: self.action(l),
        };
        let body = html! {
            (kit::page_head(&head))
            div.k-cols {
                div.k-stack {
                    (kit::panel("", Markup::default(), self.facts(l)))
                    @if let Some(waiver) = &self.decides { (self.decision(l, page, waiver, refused)) }
                    @if self.confirms { (self.confirmation(l, page)) }
                    @if self.sight != Sight::WithoutCustomers { (self.proof(l)) }
                    @if self.sight == Sight::Full { (self.matters(l, page, refused)) }
                }
                aside.k-stack aria-label=(t::history(l)) {
                    (kit::panel(t::history(l), Markup::default(), history::history(
                        l, &self.moment, &self.roster, o, &self.journal, &self.waivers, self.names_people(),
                    )))
                }
            }
        };
        if !refused.invalid.is_empty() {
            return page.refused(title, body).await;
        }
        page.live(title, &[format!("obligation:{}", o.id)], body).await
    }

    /// The explanation and the waivers, with what the reader may do about them.
    fn matters(&self, l: Locale, page: &Page, refused: &Refused) -> Markup {
        html! {
            (self.explanation(l, page, refused))
            (self.waiver_panel(l, page, refused))
            @if self.grants { (self.granting(l, page, refused)) }
        }
    }

    /// The obligation as part of another page, to which its forms lead back. `evidence` is what that
    /// page knows of the records behind it.
    pub fn sheet(mut self, page: &Page, back: &str, evidence: &Markup) -> Markup {
        back.clone_into(&mut self.back);
        let (l, o, refused) = (page.locale, &self.obligation, Refused::default());
        let why = registry().rule(&o.rule).map(|rule| (rule.presenter.why)(l, o, &self.moment));
        html! {
            section.k-sheet {
                header.k-sheet-head {
                    h3 { a href={ "/obligations/" (o.id) } { (rule_name(l, o)) } }
                    (kit::state_badge(l, shown_state(o, &self.moment)))
                    @if o.recorded_late { (tag(Tone::Quiet, t::recorded_late(l))) }
                    @if o.to_confirm { (tag(Tone::Warn, t::to_confirm(l))) }
                }
                (self.facts(l))
                @if self.sight != Sight::WithoutCustomers {
                    @if self.evidence.is_empty() {
                        p.k-sheet-missing { (kit::icon(Icon::InfoCircle)) span {
                            (t::evidence_none(l)) " "
                            @if let Some(why) = why.filter(|_| matches!(o.state, State::Open | State::Missed)) { (why) }
                        } }
                    } @else { (evidence) }
                }
                @if let Some(waiver) = &self.decides { (self.decision(l, page, waiver, &refused)) }
                @if self.confirms { (self.confirmation(l, page)) }
                @if self.sight == Sight::Full { (self.matters(l, page, &refused)) }
            }
        }
    }

    pub fn evidence(&self) -> &[(String, Uuid)] {
        &self.evidence
    }

    /// Whether the reader may know for which customer it is.
    pub fn names_customer(&self) -> bool {
        self.sight != Sight::WithoutCustomers
    }

    /// What every form of the obligation carries, and the scope that sets its fields apart.
    pub(super) fn form(&self, page: &Page, verb: &str, body: Markup) -> Markup {
        let body = html! { @if !self.back.is_empty() { (kit::hidden("back", &self.back)) } (body) };
        kit::post_form(&page.csrf, &format!("/obligations/{}/{verb}", self.obligation.id), body)
    }

    pub(super) fn scope(&self, form: &str) -> String {
        if self.back.is_empty() { form.to_owned() } else { format!("{form}-{}", self.obligation.rule) }
    }

    fn names_people(&self) -> bool {
        self.sight != Sight::WithoutPeople
    }

    /// Where it is discharged, for those who are to do it.
    fn action(&self, l: Locale) -> Markup {
        let o = &self.obligation;
        let action = registry()
            .rule(&o.rule)
            .filter(|_| self.owes && matches!(o.state, State::Open | State::Missed) && !o.to_confirm)
            .and_then(|rule| (rule.presenter.action)(l, o));
        html! { @if let Some(action) = action { (kit::button_link(Look::Primary, &action.href, &action.label, None)) } }
    }

    fn facts(&self, l: Locale) -> Markup {
        let (o, moment) = (&self.obligation, &self.moment);
        let mut facts: Vec<(&str, Markup)> = Vec::new();
        if self.names_people() {
            facts.push((
                t::fact_owner(l),
                html! { (kit::person(self.roster.name(o.owner), self.roster.team_name(o.team))) },
            ));
            if o.acting != o.owner {
                facts.push((t::fact_acting(l), html! { (kit::person(self.roster.name(o.acting), "")) }));
            }
        } else {
            facts.push((t::fact_team(l), html! { (self.roster.team_name(o.team)) }));
        }
        if self.sight != Sight::WithoutCustomers
            && let Some(account) = o.account
        {
            let href = registry().href("account", account.uuid());
            facts.push((
                t::fact_account(l),
                html! { @match href {
                    Some(href) => a href=(href) { (o.title) },
                    None => (o.title),
                } },
            ));
        }
        if let Some(window) = window_words(l, moment, o) {
            facts.push((t::fact_window(l), html! { (window) }));
        }
        facts.push((t::fact_due(l), html! { (due_words(l, moment, o.due_at)) }));
        if matches!(o.state, State::Open | State::Missed) && o.record_by > o.due_at {
            facts.push((t::fact_record_by(l), html! { (due_words(l, moment, o.record_by)) }));
        }
        if o.needed > 1 {
            facts.push((t::fact_done(l), html! { (o.done) " / " (o.needed) }));
        }
        if let Some(settled) = o.settled_at {
            facts.push((t::fact_settled(l), html! { (due_words(l, moment, settled)) }));
        }
        html! {
            (kit::facts(&facts))
            @if self.sight != Sight::WithoutCustomers && !o.detail.is_empty() { p.k-detail { (o.detail) } }
            @if o.excused && o.state != State::Met { p.k-note { (kit::icon(Icon::InfoCircle)) (t::excused(l)) } }
        }
    }

    fn proof(&self, l: Locale) -> Markup {
        kit::panel(
            t::evidence(l),
            Markup::default(),
            html! {
                @if self.evidence.is_empty() { p.k-none { (t::evidence_none(l)) } }
                @else {
                    ul.k-list {
                        @for (kind, id) in &self.evidence {
                            @let words = self.proof_words(l, kind, *id);
                            li { @match registry().href(kind, *id) {
                                Some(href) => a href=(href) { (words) (kit::icon(Icon::ChevronRight)) },
                                None => (words),
                            } }
                        }
                    }
                }
            },
        )
    }

    /// "Phone call · 20 Nov · with Wang Jianguo · logged by Lin Xiao", as far as the reader may know.
    fn proof_words(&self, l: Locale, kind: &str, id: Uuid) -> String {
        let Some(told) = self.told.get(&id) else {
            return registry().record(kind).map_or(t::evidence_record(l), |record| (record.name)(l)).to_owned();
        };
        let mut words = vec![told.what.clone()];
        if !told.with.is_empty() {
            words.push(t::evidence_with(l, told.with.join(kehu_platform::t::app::list_comma(l))));
        }
        if self.names_people() {
            words.push(t::evidence_by(l, self.roster.name(told.by)));
        }
        words.join(" · ")
    }

    fn waiver_panel(&self, l: Locale, page: &Page, refused: &Refused) -> Markup {
        let o = &self.obligation;
        let asks =
            self.owes && matches!(o.state, State::Open | State::Missed) && !self.waivers.iter().any(Waiver::pending);
        // The one to be decided stands in a form of its own.
        let decided = self.decides.as_ref().map(|w| w.id);
        let shown: Vec<&Waiver> = self.waivers.iter().filter(|w| Some(w.id) != decided).collect();
        if !asks && shown.is_empty() {
            return Markup::default();
        }
        let text = if refused.scope == "waiver" { refused.form.text("words") } else { "" };
        let form = self.form(
            page,
            "waivers",
            html! {
                (self.words(l, (t::waiver_reason(l), t::waiver_hint(l)), "waiver", text, refused))
                (kit::form_actions(kit::submit(Look::Plain, t::waiver_ask(l))))
            },
        );
        kit::panel(
            t::waivers(l),
            Markup::default(),
            html! {
                @for waiver in &shown { (self.asked(l, waiver)) }
                @if asks { (kit::disclosure(t::waiver_ask(l), refused.scope == "waiver", form)) }
            },
        )
    }

    /// A leader waives what nobody has asked to be waived.
    fn granting(&self, l: Locale, page: &Page, refused: &Refused) -> Markup {
        let text = if refused.scope == "grant" { refused.form.text("words") } else { "" };
        let form = self.form(
            page,
            "grant",
            html! {
                (self.words(l, (t::grant_reason(l), t::grant_hint(l)), "grant", text, refused))
                (kit::form_actions(kit::submit(Look::Plain, t::grant_do(l))))
            },
        );
        html! {
            section.k-panel id=(self.scope("grant")) {
                (kit::disclosure(t::grant(l), refused.scope == "grant", form))
            }
        }
    }

    fn asked(&self, l: Locale, waiver: &Waiver) -> Markup {
        let day = |at| due_words(l, &self.moment, at);
        html! {
            blockquote.k-said {
                p { (waiver.reason) }
                footer { (self.roster.name(waiver.asked_by)) " · " (day(waiver.asked_at)) }
                @match &waiver.decided {
                    None => p { (tag(Tone::Warn, t::waiver_pending(l))) " " @match waiver.approver {
                        Some(leader) => (t::waiver_waits_for(l, self.roster.name(leader).to_owned())),
                        None => (t::waiver_waits_for_leadership(l)),
                    } },
                    Some(decision) => p {
                        @if decision.approved { (tag(Tone::Good, t::waiver_approved(l))) }
                        @else { (tag(Tone::Bad, t::waiver_refused(l))) }
                        " " (self.roster.name(decision.by)) " · " (day(decision.at))
                        @if !decision.note.is_empty() { br; (decision.note) }
                    },
                }
            }
        }
    }

    fn decision(&self, l: Locale, page: &Page, waiver: &Waiver, refused: &Refused) -> Markup {
        let text = if refused.scope == "decide" { refused.form.text("words") } else { "" };
        let scope = self.scope("decide");
        let field = kit::Field::new("words", t::decision_note(l))
            .value(text)
            .hint(t::decision_hint(l))
            .scope(&scope)
            .max_length(u32::try_from(LONGEST).unwrap_or(u32::MAX))
            .error(if refused.scope == "decide" { refused.invalid.of("words", l) } else { None })
            .wide();
        html! {
            section.k-panel id=(scope) {
                div.k-panel-head { h2 { (t::decision_title(l, self.roster.name(waiver.asked_by).to_owned())) } }
                blockquote.k-said {
                    p { (waiver.reason) }
                    footer { (due_words(l, &self.moment, waiver.asked_at)) }
                }
                (kit::post_form(&page.csrf, &format!("/waivers/{}/decision", waiver.id), html! {
                    @if !self.back.is_empty() { (kit::hidden("back", &self.back)) }
                    (kit::textarea(l, &field, 2))
                    (kit::form_actions(html! {
                        (kit::button(Look::Primary, "decision", "approve", t::decision_approve(l), Some(Icon::Check)))
                        (kit::button(Look::Danger, "decision", "refuse", t::decision_refuse(l), None))
                    }))
                }))
            }
        }
    }

    pub(super) fn words(
        &self,
        l: Locale,
        (label, hint): (&str, &str),
        scope: &'static str,
        text: &str,
        refused: &Refused,
    ) -> Markup {
        let error = if refused.scope == scope { refused.invalid.of("words", l) } else { None };
        let scope = self.scope(scope);
        let field = kit::Field::new("words", label)
            .value(text)
            .hint(hint)
            .scope(&scope)
            .required()
            .max_length(u32::try_from(LONGEST).unwrap_or(u32::MAX))
            .error(error)
            .wide();
        kit::textarea(l, &field, 3)
    }

    fn confirmation(&self, l: Locale, page: &Page) -> Markup {
        html! {
            section.k-panel id=(self.scope("confirm")) {
                div.k-panel-head { h2 { (t::confirmation(l)) } }
                p { (t::confirmation_text(l)) }
                (self.form(page, "confirmation", kit::form_actions(kit::submit(Look::Primary, t::confirmation_do(l)))))
            }
        }
    }
}

fn version(l: Locale, number: i64) -> String {
    if number == 0 { t::version_builtin(l).to_owned() } else { t::version(l, number) }
}
