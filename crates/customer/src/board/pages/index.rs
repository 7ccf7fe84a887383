//! The board of the teams that somebody leads, or of the accounts that they work on.

use std::collections::{HashMap, HashSet};

use kehu_core::{AccountId, Forbidden, Locale, MemberId};
use kehu_platform::Error;
use kehu_platform::directory::Roster;
use kehu_platform::web::kit::{self, Icon, PageHead, Pager, Tab};
use kehu_platform::web::{Answer, Page, when};
use kehu_rulebook::obligations::pages::reach;
use kehu_rulebook::obligations::{Grid, GridCell, Reach, grid, proofs};
use maud::{Markup, html};

use super::asked::{Asked, View};
use super::{company, figures, filters, sheet};
use crate::board::store::{self, Named};
use crate::board::{Board, Line};
use crate::duties::{MONTHLY_VISIT, WEEKLY_CALL};
use crate::t::board as t;

/// So many lines stand on one page; the figures are always of all.
const ON_A_PAGE: usize = 120;

/// How many members a page listens to.
const HEARD: usize = 100;

/// What is laid over the calls of one account.
#[derive(Clone, Debug, Default)]
pub(super) struct Visits {
    /// How each month's visit stands, by the first day of the month.
    pub months: Vec<GridCell>,
    /// In which weeks a visit took place that counts.
    pub weeks: HashSet<usize>,
}

/// What is drawn.
pub(super) struct Drawn<'a> {
    pub page: &'a Page,
    pub asked: &'a Asked,
    pub roster: &'a Roster,
    pub board: &'a Board,
    pub lines: &'a [Line],
    pub names: HashMap<AccountId, Named>,
    pub visits: HashMap<AccountId, Visits>,
}

pub(super) async fn show(page: Page) -> Answer {
    let asked = Asked::of(&page).ok_or(Error::from(Forbidden))?;
    if asked.view == View::Company {
        return company::show(&page, &asked).await;
    }
    let (l, on) = (page.locale, page.app.db.read());
    let reach = reach(&page).await?;
    let roster = page.roster();
    let wanted = Grid {
        rule: WEEKLY_CALL,
        first: asked.weeks.first(),
        last: asked.weeks.last(),
        whose: asked.whose(),
        owner: asked.owner,
        accounts: None,
    };
    let mut rows = grid(on, page.now, &reach, &wanted).await?;
    if let Some(of_kind) = store::of_kind(on, &asked.tier, &asked.region).await? {
        rows.retain(|row| of_kind.contains(&row.account));
    }
    let mut board = Board::of(&asked.weeks, rows);
    let places: HashMap<MemberId, usize> = roster.members.iter().enumerate().map(|(n, m)| (m.id, n)).collect();
    board.sort(asked.order, |member| places.get(&member).copied().unwrap_or(usize::MAX));

    let pages = board.lines.len().div_ceil(ON_A_PAGE).max(1);
    let at = asked.query.get("page").parse::<usize>().unwrap_or(1).clamp(1, pages);
    let from = (at - 1) * ON_A_PAGE;
    let lines: &[Line] = board.lines.get(from..).unwrap_or_default();
    let lines = &lines[..lines.len().min(ON_A_PAGE)];
    let ids: Vec<AccountId> = lines.iter().map(|line| line.account).collect();
    let drawn = Drawn {
        names: store::names(on, &ids).await?,
        visits: visits(&page, &asked, &reach, &ids).await?,
        page: &page,
        asked: &asked,
        roster,
        board: &board,
        lines,
    };
    let body = html! {
        (print_head(&page))
        (kit::page_head(&PageHead {
            title: t::title(l),
            sub: html! { (t::sub(l, asked.weeks.len(), whose(&drawn))) },
            actions: print_button(l),
            ..PageHead::default()
        }))
        (views(&page, &asked))
        (filters::bar(&page, &asked, roster).await?)
        @if board.lines.is_empty() {
            (kit::empty(Icon::LayoutGrid, t::none(l), t::none_text(l), Markup::default()))
        } @else {
            (figures::panel(&drawn))
            (sheet::panel(&drawn))
            @if pages > 1 { (pager(&drawn, at, pages)) }
            (kit::dialog(l, "cell", t::cell(l), html! { div id="cell-body" {} }))
        }
    };
    let mut topics: Vec<String> = board.members.keys().map(|member| format!("owner:{member}")).collect();
    topics.truncate(HEARD);
    topics.push(format!("owner:{}", page.member));
    Ok(page.live(t::title(l), &topics, body).await)
}

/// What stands over the board on paper.
pub(super) fn print_head(page: &Page) -> Markup {
    let (l, today) = (page.locale, page.zone.local_date(page.now));
    kit::print_head(&page.company.name, t::title(l), &when::full_day(l, today))
}

pub(super) fn print_button(l: Locale) -> Markup {
    html! { button.btn type="button" data-print { (kit::icon(Icon::Printer)) (t::print(l)) } }
}

/// The tabs between the boards that are open to the reader.
pub(super) fn views(page: &Page, asked: &Asked) -> Markup {
    let l = page.locale;
    let tabs: Vec<Tab> = asked
        .views
        .iter()
        .map(|view| Tab::new(format!("/board?view={}", view.code()), view.name(l), *view == asked.view))
        .collect();
    html! { @if tabs.len() > 1 { (kit::tabs(t::views(l), &tabs)) } }
}

/// Whose board it is: the team's, or the reader's own.
fn whose(drawn: &Drawn<'_>) -> String {
    let (l, asked) = (drawn.page.locale, drawn.asked);
    if asked.view == View::Own {
        return t::own_accounts(l, drawn.board.lines.len());
    }
    let led = &drawn.page.actor.leads;
    let teams: Vec<&str> = led
        .iter()
        .filter(|team| asked.team.is_none_or(|asked| asked == **team))
        .map(|team| drawn.roster.team_name(Some(*team)))
        .collect();
    teams.join(t::list_comma(l))
}

async fn visits(
    page: &Page,
    asked: &Asked,
    reach: &Reach,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, Visits>, Error> {
    let on = page.app.db.read();
    let months = asked.weeks.months();
    let (Some((first, _)), Some((last, _))) = (months.first(), months.last()) else { return Ok(HashMap::new()) };
    let wanted = Grid {
        rule: MONTHLY_VISIT,
        first: *first,
        last: *last,
        whose: asked.whose(),
        owner: None,
        accounts: Some(accounts),
    };
    let mut visits: HashMap<AccountId, Visits> = HashMap::new();
    for row in grid(on, page.now, reach, &wanted).await? {
        visits.entry(row.account).or_default().months.extend(row.cells);
    }
    let shown: Vec<AccountId> = visits.keys().copied().collect();
    let proofs = proofs(on, MONTHLY_VISIT, (*first, *last), &shown).await?;
    let contacts: Vec<_> = proofs.iter().map(|(_, contact)| *contact).collect();
    let occurred = store::occurred(on, &contacts).await?;
    for (account, contact) in proofs {
        let week = occurred.get(&contact).and_then(|at| asked.weeks.of(*at, page.zone));
        if let (Some(week), Some(visits)) = (week, visits.get_mut(&account)) {
            visits.weeks.insert(week);
        }
    }
    Ok(visits)
}

fn pager(drawn: &Drawn<'_>, at: usize, pages: usize) -> Markup {
    let turn = |to: usize| drawn.asked.query.with("page", &to.to_string()).on("/board");
    let (previous, next) = ((at > 1).then(|| turn(at - 1)), (at < pages).then(|| turn(at + 1)));
    let from = (at - 1) * ON_A_PAGE;
    kit::pager(
        drawn.page.locale,
        &Pager {
            first: from as u64 + 1,
            last: (from + drawn.lines.len()) as u64,
            total: drawn.board.lines.len() as u64,
            previous: previous.as_deref(),
            next: next.as_deref(),
        },
    )
}
