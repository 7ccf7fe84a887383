//! The rulebook of the team: its clauses and versions, and the obligations that the clauses make.

mod api;
pub mod clauses;
pub mod obligations;
pub mod pages;
pub mod rules;
pub mod today;
pub mod versions;

/// The words of this crate's areas, one function a message.
pub mod t {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// The rulebook's pages and tables.
pub fn area() -> kehu_platform::web::Area {
    let mut nav = today::nav();
    nav.extend(pages::nav());
    nav.extend(obligations::pages::nav());
    kehu_platform::web::Area {
        pages: today::routes().merge(pages::routes()).merge(obligations::pages::routes()),
        api: api::routes().merge(obligations::api::routes()),
        migrations: vec![versions::MIGRATION, obligations::MIGRATION, obligations::GRID, obligations::SPEED],
        nav,
        // Today withholds what it shows of customers by itself.
        shown_to_onlookers: vec!["/", "/rulebook"],
        narrowed_to_onlookers: vec!["/obligations", "/compliance"],
        ..kehu_platform::web::Area::default()
    }
}
