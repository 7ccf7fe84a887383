// Freshness: the server names the topics that changed, and the parts of this page that show them
// are fetched again. A part has an id, says what it shows with data-topics="account:… owner:…", and
// how it is fetched with hx-get and hx-trigger="refresh".

const address = document.querySelector('meta[name="live"]')?.content;
const HIDDEN_FOR = 60_000;
const RETRY_AFTER = 5_000;

const topicsOf = (part) => part.dataset.topics.split(/[\s,]+/).filter(Boolean);
const parts = () => [...document.querySelectorAll("[data-topics]")];

// What the parts being fetched said before, by id, so that only a real change pulses.
const before = new Map();

// Someone who is typing in a part is not disturbed; it is fetched when they leave it.
function refresh(part) {
  const writing = document.activeElement?.matches("input, textarea, select") && part.contains(document.activeElement);
  if (writing) {
    part.addEventListener("focusout", () => refresh(part), { once: true });
    return;
  }
  before.set(part.id, part.textContent);
  part.dispatchEvent(new CustomEvent("refresh", { bubbles: false }));
}

function refreshAll(topics) {
  for (const part of parts()) {
    if (topicsOf(part).some((topic) => topics.has(topic))) refresh(part);
  }
}

let source = null;
let listening = "";
let missed = false;

function stop() {
  source?.close();
  source = null;
  missed = missed || listening !== "";
  listening = "";
}

function listen() {
  const topics = [...new Set(parts().flatMap(topicsOf))].sort();
  const wanted = topics.join(",");
  if (!address || wanted === listening) return;
  source?.close();
  listening = wanted;
  if (!wanted) return;
  source = new EventSource(`${address}?topics=${encodeURIComponent(wanted)}`);
  source.addEventListener("changed", (event) => refreshAll(new Set(event.data.split(","))));
  source.addEventListener("open", () => {
    // What happened while the line was down was not heard.
    if (missed) refreshAll(new Set(topics));
    missed = false;
  });
  source.addEventListener("error", (event) => {
    missed = true;
    // A stream that was refused, by a server that restarts, does not come back by itself.
    if (event.target.readyState === EventSource.CLOSED) {
      listening = "";
      setTimeout(listen, RETRY_AFTER);
    }
  });
}

document.addEventListener("htmx:after:swap", () => {
  for (const [id, words] of before) {
    const part = document.getElementById(id);
    if (!part || part.textContent === words) continue;
    before.delete(id);
    part.classList.remove("is-changed");
    requestAnimationFrame(() => part.classList.add("is-changed"));
  }
  listen();
});
document.addEventListener("animationend", (event) => event.target.classList?.remove("is-changed"));

// A browser allows six connections to one address: pages out of sight give theirs back.
let hiding;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(stop, HIDDEN_FOR);
  else listen();
});
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", listen);
