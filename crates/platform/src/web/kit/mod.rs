//! What every page is made of: plain functions from data to HTML, without database, request or clock.
//!
//! A page puts its content into a [`Frame`], with a [`page_head`] on top and the components below.
//! Everything reads and submits without JavaScript; `assets/js` adds comfort. The content security
//! policy forbids `style=` and inline scripts, so widths and colours are classes or SVG attributes.
//! State is never colour alone: a word or a shape goes with each [`Tone`].

mod action;
mod blank;
mod choice;
mod clause;
mod dialog;
mod filled;
mod filter;
mod form;
mod frame;
mod head;
mod icon;
mod icons;
mod input;
mod menu;
mod owed;
mod panel;
mod person;
mod ring;
mod rulebook;
mod state;
mod stepper;
mod table;
mod tabs;
mod timeline;
mod tone;

pub use action::{Look, button, button_link, icon_link, post_button, submit};
pub use blank::{empty, fault, forbidden, not_found};
pub use choice::{Choice, check, checks, radios, select};
pub use clause::{clause_chip, clause_chips};
pub use dialog::{dialog, dialog_opener, disclosure};
pub use filled::Filled;
pub use filter::{ActiveFilter, FilterBar, Pager, filter_bar, filter_select, pager};
pub use form::{
    CSRF_FIELD, Field, csrf_field, form_actions, form_errors, form_section, hidden, post_form, upload_form,
};
pub use frame::{Flash, Frame, NavGroup, NavItem, Search, Who, bare_page, flash};
pub use head::{Crumb, PageHead, breadcrumb, page_head, print_head, toolbar};
pub use icon::icon;
pub use icons::Icon;
pub use input::{
    date, datetime, email, file, money, number, password, search_box, tel, text, text_with_suggestions, textarea, time,
};
pub use menu::{MenuItem, menu};
pub use owed::{Owed, Step, folded, group_heading, owed};
pub use panel::{facts, panel, side_card, side_line};
pub use person::{avatar, contact_row, person};
pub use ring::{Share, progress, ring};
pub use rulebook::{ClauseLine, clause_line, document, parameter};
pub use state::{State, state_badge, state_mark};
pub use stepper::stepper;
pub use table::{Column, Sorted, TableRow, table};
pub use tabs::{Tab, tabs};
pub use timeline::{Entry, TimelineDay, timeline};
pub use tone::{Tone, tag};
