//! The board's lines and its figures, from the ledger's cells. The rate is the ledger's own.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use kehu_core::calendar::{Window, WindowKind, Zone};
use kehu_core::{AccountId, MemberId};
use kehu_rulebook::obligations::{GridCell, GridRow, State, Tally};

/// The weeks that a board shows, oldest first, this week last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weeks(Vec<Window>);

impl Weeks {
    /// How many weeks there are to choose from; the first is what a board shows unasked.
    pub const CHOICES: [u16; 4] = [16, 8, 26, 52];

    pub fn until(today: NaiveDate, count: u16) -> Self {
        let last = Window::containing(WindowKind::Week, today);
        let mut weeks = vec![last];
        while weeks.len() < usize::from(count.max(1)) {
            let earlier = weeks[weeks.len() - 1].previous();
            weeks.push(earlier);
        }
        weeks.reverse();
        Self(weeks)
    }

    pub fn all(&self) -> &[Window] {
        &self.0
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn first(&self) -> NaiveDate {
        self.0.first().map_or(NaiveDate::MIN, |week| week.start)
    }

    pub fn last(&self) -> NaiveDate {
        self.0.last().map_or(NaiveDate::MIN, |week| week.start)
    }

    /// First and last day of the whole.
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        (self.first(), self.0.last().map_or(NaiveDate::MIN, |week| week.last_day()))
    }

    pub fn bounds(&self, zone: Zone) -> (DateTime<Utc>, DateTime<Utc>) {
        (zone.start_of_day(self.first()), zone.end_of_day(self.days().1))
    }

    fn place(&self, monday: NaiveDate) -> Option<usize> {
        let place = usize::try_from((monday - self.first()).num_days() / 7).ok()?;
        self.0.get(place).filter(|week| week.start == monday).map(|_| place)
    }

    /// In which week a moment lies.
    pub fn of(&self, moment: DateTime<Utc>, zone: Zone) -> Option<usize> {
        self.place(Window::containing(WindowKind::Week, zone.local_date(moment)).start)
    }

    /// The months over the weeks, each with how many of them it takes: a week belongs to the month of
    /// its Thursday, as it belongs to its ISO year.
    pub fn months(&self) -> Vec<(NaiveDate, usize)> {
        let mut months: Vec<(NaiveDate, usize)> = Vec::new();
        for week in &self.0 {
            let month = month_of(week);
            match months.last_mut() {
                Some((last, count)) if *last == month => *count += 1,
                _ => months.push((month, 1)),
            }
        }
        months
    }
}

/// First day of the month to which the week belongs.
pub fn month_of(week: &Window) -> NaiveDate {
    let thursday = week.start.checked_add_days(Days::new(3)).unwrap_or(week.start);
    thursday.with_day(1).unwrap_or(thursday)
}

/// The order of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Under whoever has the account now.
    #[default]
    Members,
    /// The lowest rate first.
    Rate,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub account: AccountId,
    /// Who owed last.
    pub owner: MemberId,
    /// The call of each week.
    pub calls: Vec<Option<GridCell>>,
    pub tally: Tally,
}

/// All lines and what they come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    pub lines: Vec<Line>,
    /// By whoever owed, so that a handover divides an account.
    pub members: BTreeMap<MemberId, Tally>,
    pub weeks: Vec<Tally>,
    pub all: Tally,
    /// Missed with a late record that the leader has not confirmed.
    pub to_confirm: u64,
    /// Missed without a word from whoever owed it.
    pub unexplained: u64,
}

impl Board {
    pub fn of(weeks: &Weeks, rows: Vec<GridRow>) -> Self {
        let mut board = Board { weeks: vec![Tally::default(); weeks.len()], ..Board::default() };
        let mut lines: BTreeMap<AccountId, Line> = BTreeMap::new();
        for row in rows {
            let line = lines.entry(row.account).or_insert_with(|| Line {
                account: row.account,
                owner: row.owner,
                calls: vec![None; weeks.len()],
                tally: Tally::default(),
            });
            let of_member = board.members.entry(row.owner).or_default();
            for cell in row.cells {
                let Some(place) = weeks.place(cell.window) else { continue };
                if line.calls[place..].iter().all(Option::is_none) {
                    line.owner = row.owner;
                }
                line.calls[place] = Some(cell);
                for tally in [&mut line.tally, of_member, &mut board.weeks[place], &mut board.all] {
                    tally.add(cell.state, cell.overdue, 1);
                }
                if cell.state == State::Missed {
                    board.to_confirm += u64::from(cell.to_confirm);
                    board.unexplained += u64::from(!cell.to_confirm && !cell.explained);
                }
            }
        }
        board.lines = lines.into_values().collect();
        board
    }

    /// Puts the lines in order; `place` is the member's in the order of names.
    pub fn sort(&mut self, order: Order, place: impl Fn(MemberId) -> usize) {
        match order {
            Order::Members => self.lines.sort_by_key(|line| (place(line.owner), line.account)),
            Order::Rate => self.lines.sort_by_key(|line| (rate(&line.tally), Reverse(line.tally.missed), line.account)),
        }
    }
}

/// On time in ten-thousandths; accounts without a result stand last.
fn rate(tally: &Tally) -> u64 {
    (tally.met * 10_000).checked_div(tally.settled()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use kehu_core::calendar::{Window, WindowKind};
    use kehu_core::{AccountId, MemberId};
    use kehu_rulebook::obligations::{GridCell, GridRow, State};
    use uuid::Uuid;

    use super::{Board, NaiveDate, Order, Weeks, month_of};

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap_or(NaiveDate::MIN)
    }

    fn row(account: u128, owner: u128, cells: &[(NaiveDate, State)]) -> GridRow {
        let cell = |(window, state): &(NaiveDate, State)| GridCell {
            window: *window,
            state: *state,
            overdue: false,
            to_confirm: false,
            explained: false,
        };
        GridRow {
            account: AccountId(Uuid::from_u128(account)),
            owner: MemberId(Uuid::from_u128(owner)),
            cells: cells.iter().map(cell).collect(),
        }
    }

    #[test]
    fn sixteen_weeks_end_with_this_one() {
        let weeks = Weeks::until(day(11, 24), 16);
        assert_eq!((weeks.len(), weeks.first(), weeks.last()), (16, day(8, 10), day(11, 23)));
        let months: Vec<usize> = weeks.months().into_iter().map(|(_, count)| count).collect();
        assert_eq!(months, [3, 4, 5, 4], "August from the 10th, September, October, November");
    }

    #[test]
    fn a_week_belongs_to_the_month_of_its_thursday() {
        let week = |d| Window::containing(WindowKind::Week, d);
        assert_eq!(month_of(&week(day(9, 30))), day(10, 1), "28 September to 4 October");
        assert_eq!(month_of(&week(day(9, 27))), day(9, 1));
    }

    #[test]
    fn a_handover_divides_the_rate_and_keeps_one_line() {
        let weeks = Weeks::until(day(11, 24), 4);
        let rows = vec![
            row(1, 8, &[(day(11, 16), State::Met), (day(11, 23), State::Open)]),
            row(1, 7, &[(day(11, 2), State::Missed), (day(11, 9), State::Met)]),
            row(2, 7, &[(day(11, 9), State::Waived), (day(1, 5), State::Met)]),
        ];
        let mut board = Board::of(&weeks, rows);
        board.sort(Order::Rate, |_| 0);
        assert_eq!(board.lines.len(), 2);
        let first = &board.lines[0];
        assert_eq!(first.owner, MemberId(Uuid::from_u128(8)), "who owed last has the line");
        assert_eq!((first.tally.met, first.tally.settled()), (2, 3));
        let of = |member: u128| board.members[&MemberId(Uuid::from_u128(member))];
        assert_eq!((of(7).met, of(7).settled(), of(7).waived), (1, 2, 1));
        assert_eq!((of(8).met, of(8).settled(), of(8).open), (1, 1, 1));
        assert_eq!((board.all.settled(), board.unexplained), (3, 1), "a week outside the board counts nowhere");
    }
}
