// The board: one stop of the Tab key, arrow keys from cell to cell, and a cell that opens over the page.

const links = (board) => [...board.querySelectorAll("table a")];

// Which column a cell stands in, whatever spans before it.
function column(cell) {
  let place = 0;
  for (let before = cell.previousElementSibling; before; before = before.previousElementSibling) place += before.colSpan;
  return place;
}

function stop(board, link) {
  for (const other of links(board)) other.tabIndex = other === link ? 0 : -1;
}

// The next link of the row in a direction, or of the rows above or below in the same column.
function beside(link, key) {
  const cell = link.closest("td, th");
  const row = cell.parentElement;
  const rows = [...row.closest("table").querySelectorAll("tr")];
  const sideways = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (sideways) {
    const cells = [...row.children];
    for (let n = cells.indexOf(cell) + sideways; cells[n]; n += sideways) {
      const found = cells[n].querySelector("a");
      if (found) return found;
    }
    return null;
  }
  const own = [...row.querySelectorAll("a")];
  if (key === "Home") return own[0];
  if (key === "End") return own.at(-1);
  const upwards = { ArrowDown: 1, ArrowUp: -1 }[key];
  for (let n = rows.indexOf(row) + upwards; rows[n]; n += upwards) {
    const under = [...rows[n].children].find((other) => column(other) === column(cell))?.querySelector("a");
    if (under) return under;
  }
  return null;
}

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("[data-board] table a");
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const next = beside(link, event.key);
  if (!next) return;
  stop(link.closest("[data-board]"), next);
  next.focus();
});

document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("[data-board] table a");
  if (link) stop(link.closest("[data-board]"), link);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-board] td a[href^='/board/']");
  const dialog = document.getElementById("cell");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const body = dialog.querySelector("#cell-body");
  body.replaceChildren();
  body.setAttribute("aria-busy", "true");
  dialog.showModal();
  const back = encodeURIComponent(location.pathname + location.search);
  window.htmx?.ajax("GET", `${link.getAttribute("href")}?back=${back}`, { target: body, swap: "innerHTML" });
});

function prepare() {
  const fresh = document.querySelector("main #cell");
  if (fresh) {
    // A refresh of the page leaves an open cell alone.
    if (document.querySelector("body > #cell")) fresh.remove();
    else document.body.append(fresh);
  }
  const title = document.querySelector("#cell-body [data-title]")?.dataset.title;
  if (title) {
    document.getElementById("cell-title").textContent = title;
    document.getElementById("cell-body").removeAttribute("aria-busy");
  }
  for (const board of document.querySelectorAll("[data-board]")) {
    const all = links(board);
    stop(board, all.find((link) => link === document.activeElement) ?? all[0]);
    // The latest weeks are what a narrow screen shows first.
    if (!board.dataset.seen) board.scrollLeft = board.scrollWidth;
    board.dataset.seen = "yes";
  }
}

prepare();
document.addEventListener("htmx:after:swap", prepare);
