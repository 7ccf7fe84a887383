//! Shares of a whole, drawn with SVG attributes.

use maud::{Markup, html};

use super::Tone;

/// A part of the ring: how many, in which tone, and the word for it.
#[derive(Clone, Debug)]
pub struct Share {
    pub tone: Tone,
    pub count: u32,
    pub label: String,
}

impl Share {
    pub fn new(tone: Tone, count: u32, label: impl Into<String>) -> Self {
        Share { tone, count, label: label.into() }
    }
}

/// The circumference of the ring in the units of its `viewBox`.
const ROUND: f64 = 100.0;

/// A ring of shares with a figure in its middle. The figure must be openable nearby: the ring
/// itself only draws.
pub fn ring(figure: &str, shares: &[Share]) -> Markup {
    let total: u32 = shares.iter().map(|share| share.count).sum();
    let spoken: Vec<String> = shares.iter().map(|share| format!("{} {}", share.label, share.count)).collect();
    let mut start = 0.0;
    html! {
        svg.k-ring viewBox="0 0 42 42" width="84" height="84" role="img" aria-label={ (figure) " · " (spoken.join(" · ")) } {
            circle.k-ring-track cx="21" cy="21" r="15.9155" fill="none" stroke-width="4.2" {}
            @for share in shares.iter().filter(|share| share.count > 0) {
                @let length = ROUND * f64::from(share.count) / f64::from(total);
                circle.k-ring-share.(share.tone.class()) cx="21" cy="21" r="15.9155" fill="none" stroke-width="4.2"
                    stroke-dasharray=(format!("{length:.2} {:.2}", ROUND - length))
                    stroke-dashoffset=(format!("{:.2}", 25.0 - start)) {}
                @let () = start += length;
            }
            text x="21" y="21" text-anchor="middle" dominant-baseline="central" { (figure) }
        }
    }
}

/// How far something has come, with the numbers in words beside it.
pub fn progress(label: &str, done: u64, total: u64) -> Markup {
    html! {
        div.k-progress {
            progress max=(total.max(1)) value=(done) aria-label=(label) {}
            span { (done) " / " (total) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, Tone, ring};

    #[test]
    fn the_ring_says_its_numbers_and_closes() {
        let shares = [Share::new(Tone::Good, 62, "met"), Share::new(Tone::Bad, 4, "missed")];
        let markup = ring("94%", &shares).into_string();
        assert!(markup.contains("94% · met 62 · missed 4"), "{markup}");
        assert!(markup.contains("stroke-dasharray=\"93.94 6.06\""), "{markup}");
        assert!(markup.contains("stroke-dasharray=\"6.06 93.94\""), "{markup}");
    }

    #[test]
    fn nothing_to_share_draws_only_the_track() {
        assert!(!ring("—", &[]).into_string().contains("k-ring-share"));
    }
}
