//! Lists as dense as a good spreadsheet; on a phone each row becomes a card with its labels.

use kehu_core::Locale;
use maud::{Markup, html};

use super::{Icon, Tone, icon};
use crate::t::kit as t;

/// The order a column is in at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    Up,
    Down,
    No,
}

/// A column: its heading, and how its cells stand.
#[derive(Clone, Debug)]
pub struct Column {
    label: String,
    numeric: bool,
    sort: Option<(String, Sorted)>,
    minor: bool,
}

impl Column {
    pub fn new(label: impl Into<String>) -> Self {
        Column { label: label.into(), numeric: false, sort: None, minor: false }
    }

    /// Right-aligned, with figures of equal width.
    pub fn numeric(self) -> Self {
        Column { numeric: true, ..self }
    }

    /// The heading becomes a link that sorts by this column, or turns the order round.
    pub fn sort(self, href: impl Into<String>, sorted: Sorted) -> Self {
        Column { sort: Some((href.into(), sorted)), ..self }
    }

    /// Left out on a phone.
    pub fn minor(self) -> Self {
        Column { minor: true, ..self }
    }
}

/// A row: one cell for each column, in order.
#[derive(Clone, Debug, Default)]
pub struct TableRow {
    pub id: Option<String>,
    pub cells: Vec<Markup>,
    /// Draws attention to the row with a line at its edge.
    pub tone: Tone,
}

impl TableRow {
    pub fn new(cells: Vec<Markup>) -> Self {
        TableRow { cells, ..TableRow::default() }
    }

    pub fn tone(self, tone: Tone) -> Self {
        TableRow { tone, ..self }
    }

    pub fn id(self, id: impl Into<String>) -> Self {
        TableRow { id: Some(id.into()), ..self }
    }
}

/// The first column names the row and heads its card on a phone. `caption` is read out, not shown.
pub fn table(locale: Locale, caption: &str, columns: &[Column], rows: &[TableRow]) -> Markup {
    html! {
        div.k-table-room {
            table.k-table {
                caption.visually-hidden { (caption) }
                thead { tr { @for column in columns { (heading(locale, column)) } } }
                tbody {
                    @for row in rows {
                        tr id=[row.id.as_deref()] class=(row.tone.class()) {
                            @for (place, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
                                td.is-numeric[column.numeric].is-minor[column.minor].is-name[place == 0]
                                    .is-blank[cell.0.is_empty()] data-label=(column.label) { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn heading(locale: Locale, column: &Column) -> Markup {
    let order = column.sort.as_ref().and_then(|(_, sorted)| match sorted {
        Sorted::Up => Some("ascending"),
        Sorted::Down => Some("descending"),
        Sorted::No => None,
    });
    html! {
        th.is-numeric[column.numeric].is-minor[column.minor] scope="col" aria-sort=[order] {
            @match &column.sort {
                Some((href, sorted)) => a href=(href) title=(t::sort_by(locale, column.label.as_str())) {
                    (column.label)
                    @match sorted {
                        Sorted::Up => (icon(Icon::ArrowUp)),
                        Sorted::Down => (icon(Icon::ArrowDown)),
                        Sorted::No => {}
                    }
                },
                None => (column.label),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Sorted, TableRow, table};
    use kehu_core::Locale;
    use maud::html;

    #[test]
    fn every_cell_carries_its_heading_for_the_phone() {
        let columns = [Column::new("Customer").sort("?sort=-name", Sorted::Up), Column::new("Calls").numeric()];
        let rows = [TableRow::new(vec![html! { "Acme" }, html! { "3" }])];
        let markup = table(Locale::En, "Customers", &columns, &rows).into_string();
        assert!(markup.contains("data-label=\"Calls\""), "{markup}");
        assert!(markup.contains("aria-sort=\"ascending\""), "{markup}");
    }
}
