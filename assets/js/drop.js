// A file dropped anywhere on its box is the file that was meant.

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-drop]");
    if (!box) return;
    event.preventDefault();
    box.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
    if (kind !== "drop" || !event.dataTransfer?.files.length) return;
    const input = box.querySelector("input[type=file]");
    if (!input || input.disabled) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
