// On a page with a list, j and k go to the next and the last line, x ticks it. The help page lists them all.
const TYPED = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const LINES = ".lw-table tbody tr, .lw-row, .lw-lines-list > li";

export function startListKeys(page) {
  const lines = () => [...page.querySelectorAll(LINES)].filter((line) => line.querySelector("a, button"));
  if (!lines().length || page.body.dataset.keys === "off") return;
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(TYPED)) return;
    if (event.key === "j") go(lines(), 1, event);
    if (event.key === "k") go(lines(), -1, event);
    if (event.key === "x") tick(lines(), event);
  });
}

const current = (lines) => lines.findIndex((line) => line.contains(document.activeElement));

function go(lines, step, event) {
  const at = current(lines);
  const next = lines[at === -1 ? (step > 0 ? 0 : lines.length - 1) : at + step];
  if (!next) return;
  event.preventDefault();
  next.querySelector("a, button").focus();
}

function tick(lines, event) {
  const box = lines[current(lines)]?.querySelector("input[type=checkbox][name=chosen]");
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
}
