// Repeated groups of a form: one more row is copied from the group's template, without a round trip.

document.addEventListener("click", (event) => {
  const add = event.target.closest?.("[data-add]");
  const group = add?.closest("[data-group]");
  const template = group?.querySelector("template");
  if (template) {
    event.preventDefault();
    const rows = group.querySelector("[data-rows]");
    // Numbers are never used twice, so that a removed row leaves no trace in another.
    const next = Number(group.dataset.next ?? rows.children.length);
    group.dataset.next = String(next + 1);
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__row__", String(next));
    const row = rows.appendChild(holder.firstElementChild);
    row.querySelector("textarea, input:not([type=hidden])")?.focus();
    return;
  }
  const remove = event.target.closest?.("[data-remove]");
  if (remove) {
    event.preventDefault();
    const rows = remove.closest("[data-rows]");
    remove.closest("[data-row]")?.remove();
    rows?.closest("[data-group]")?.querySelector("[data-add]")?.focus();
  }
});

// A long list of things to tick narrows down while typing; what is ticked stays in sight.
document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-filter]")) return;
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of event.target.closest("[data-filtered]").querySelectorAll("[data-words]")) {
    const ticked = row.querySelector("input:checked");
    row.hidden = !ticked && !row.dataset.words.toLowerCase().includes(wanted);
  }
});
