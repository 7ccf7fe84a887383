// Comfort while writing: a form is sent once, Ctrl+Enter sends it, empty moments start at now,
// long texts grow, and filters apply themselves.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-busy", "true");
});

// Coming back with the browser's arrow shows the form as it was left, ready to be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  if (form && event.target.matches("textarea, input, select")) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-autosubmit]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
});

// An empty search or filter would only make the address longer.
document.addEventListener("formdata", (event) => {
  if (!event.target.matches("form[data-autosubmit]")) return;
  for (const [name, value] of [...event.formData]) {
    if (value === "") event.formData.delete(name);
  }
});

// Moments are told in the member's time zone, wherever the browser is.
function now() {
  const timeZone = document.querySelector('meta[name="zone"]')?.content || undefined;
  const told = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" }).format(new Date());
  return told.replace(" ", "T");
}

function prepare(root) {
  for (const input of root.querySelectorAll("input[data-fill=now]")) {
    if (!input.value) input.value = now();
  }
  if (CSS.supports("field-sizing", "content")) return;
  for (const text of root.querySelectorAll("textarea[data-grow]")) grow(text);
}

function grow(text) {
  text.rows = Math.min(24, Math.max(text.rows, text.value.split("\n").length + 1));
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("textarea[data-grow]") && !CSS.supports("field-sizing", "content")) grow(event.target);
});

prepare(document);
document.addEventListener("htmx:after:swap", () => prepare(document));
