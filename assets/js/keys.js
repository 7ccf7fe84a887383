// Keys for those who live in the product: Ctrl+K or / finds, c records.

document.addEventListener("keydown", (event) => {
  const search = document.querySelector("[data-search]");
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && search) {
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  const writing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "c") {
    document.querySelector("a[data-record]")?.click();
  }
});

// A Mac has another name for the key.
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const key of document.querySelectorAll(".k-find kbd")) key.textContent = "⌘ K";
}
