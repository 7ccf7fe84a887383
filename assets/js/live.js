// Freshness: the server names the topics that changed, and what shows them is fetched again.
//
// A page names its topics in the address of the stream (<meta name="live">); when one changes, the
// page is asked for again and the differences are put in place. A part that can be fetched alone has
// an id, data-topics="account:… owner:…", hx-get and hx-trigger="refresh", and is fetched instead.

const HIDDEN_FOR = 60_000;
const RETRY_AFTER = 5_000;
// Changes come in bursts: a meeting logged for several accounts is one refresh.
const GATHER_FOR = 250;

const meta = document.querySelector('meta[name="live"]')?.content;
const address = meta ? new URL(meta, location.href) : null;
const split = (text) => (text ?? "").split(/[\s,]+/).filter(Boolean);
const ofPage = split(address?.searchParams.get("topics"));
const parts = () => [...document.querySelectorAll("[data-topics]")];

// Somebody who has begun to write is not disturbed, nor are words lost that were not sent.
let writing = false;
document.addEventListener("input", (event) => (writing ||= Boolean(event.target.closest?.("#main form[method=post]"))));
document.addEventListener("submit", () => (writing = false));

// What the page said before a refresh, by id, so that only a real change pulses.
let before = new Map();
const MARKED = "#main :is(article, details, section, tr)[id], [data-topics][id]";

function refresh(topics) {
  before = new Map([...document.querySelectorAll(MARKED)].map((element) => [element.id, element.textContent]));
  const concerned = parts().filter((part) => split(part.dataset.topics).some((topic) => topics.has(topic)));
  const apart = new Set(concerned.flatMap((part) => split(part.dataset.topics)));
  for (const part of concerned) part.dispatchEvent(new CustomEvent("refresh", { bubbles: false }));
  if (!writing && ofPage.some((topic) => topics.has(topic) && !apart.has(topic))) {
    window.htmx?.ajax("GET", location.href, { target: "#main", select: "#main", swap: "outerMorph" });
  }
}

function pulse() {
  const changed = [...document.querySelectorAll(MARKED)].filter(
    (element) => before.size > 0 && before.get(element.id) !== element.textContent,
  );
  for (const element of changed) {
    before.set(element.id, element.textContent);
    // The smallest thing that changed is enough.
    if (changed.some((other) => other !== element && element.contains(other))) continue;
    element.classList.remove("is-changed");
    requestAnimationFrame(() => element.classList.add("is-changed"));
  }
}

let gathered = new Set();
function hear(topics) {
  if (gathered.size === 0) {
    setTimeout(() => {
      const all = gathered;
      gathered = new Set();
      refresh(all);
    }, GATHER_FOR);
  }
  for (const topic of topics) gathered.add(topic);
}

let source = null;
let listening = "";
let missed = false;

function stop() {
  source?.close();
  source = null;
  missed ||= listening !== "";
  listening = "";
}

function listen() {
  if (!address) return;
  const topics = [...new Set([...ofPage, ...parts().flatMap((part) => split(part.dataset.topics))])].sort();
  const wanted = topics.join(",");
  if (wanted === listening) return;
  source?.close();
  listening = wanted;
  if (!wanted) return;
  address.searchParams.set("topics", wanted);
  source = new EventSource(address);
  source.addEventListener("changed", (event) => hear(split(event.data)));
  source.addEventListener("open", () => {
    // What happened while the line was down was not heard.
    if (missed) hear(topics);
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
  pulse();
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
