//! What happened, day by day, newest first.

use maud::{Markup, html};

use super::{Icon, Tone, icon};

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The time of day, or empty when only the day is known.
    pub time: String,
    pub icon: Icon,
    pub tone: Tone,
    pub title: Markup,
    pub body: Markup,
}

impl Entry {
    pub fn new(icon: Icon, time: impl Into<String>, title: Markup) -> Self {
        Entry { time: time.into(), icon, tone: Tone::Quiet, title, body: Markup::default() }
    }

    pub fn tone(self, tone: Tone) -> Self {
        Entry { tone, ..self }
    }

    pub fn body(self, body: Markup) -> Self {
        Entry { body, ..self }
    }
}

/// The entries of one day.
#[derive(Clone, Debug)]
pub struct TimelineDay {
    pub day: String,
    pub entries: Vec<Entry>,
}

pub fn timeline(days: &[TimelineDay]) -> Markup {
    html! {
        div.k-timeline {
            @for day in days {
                section {
                    h3 { (day.day) }
                    ol {
                        @for entry in &day.entries {
                            li {
                                span.k-timeline-mark.(entry.tone.class()) { (icon(entry.icon)) }
                                div.k-timeline-words {
                                    div.k-timeline-title { (entry.title) }
                                    @if !entry.body.0.is_empty() { div.k-timeline-body { (entry.body) } }
                                }
                                span.k-timeline-time { (entry.time) }
                            }
                        }
                    }
                }
            }
        }
    }
}
