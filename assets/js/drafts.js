// A text that takes a while is kept on the server when its writer turns away: a call comes in, the
// phone locks.

const EVERY = 60_000;
const forms = [...document.querySelectorAll("form[data-draft]")];

function keep(form) {
  if (!form.dataset.changed || form.dataset.sent) return;
  delete form.dataset.changed;
  navigator.sendBeacon(form.dataset.draft, new URLSearchParams(new FormData(form)));
}

for (const form of forms) {
  form.addEventListener("input", () => (form.dataset.changed = "yes"));
  setInterval(() => keep(form), EVERY);
}
document.addEventListener("visibilitychange", () => {
  if (document.hidden) for (const form of forms) keep(form);
});
