// Links to a dialog open it over the page; menus close when the reader turns elsewhere.

function opened(link) {
  const id = link?.getAttribute("href");
  const target = id?.startsWith("#") && id.length > 1 ? document.getElementById(id.slice(1)) : null;
  return target instanceof HTMLDialogElement ? target : null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const dialog = opened(link);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  if (event.target.closest?.("[data-close]")) {
    const around = event.target.closest("dialog[open]");
    if (around) {
      event.preventDefault();
      around.close();
    }
    return;
  }
  // A click on the backdrop reports the dialog itself as its target.
  if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  if (location.hash === "#menu") history.back();
});

// A form that was refused inside a dialog comes back with the dialog's name in the address.
const returned = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
if (returned instanceof HTMLDialogElement) returned.showModal();
