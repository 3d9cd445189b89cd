// "Leave this page now": the page is replaced, so that Back does not return to it.
const PRESSES = 3;
const WITHIN_MS = 5000;

export function startQuickExit(page) {
  const bar = page.querySelector("[data-quick-exit]");
  if (!bar) return;
  const link = bar.querySelector("a");
  const hint = bar.querySelector("[hidden]");
  if (hint) hint.hidden = false;

  const leave = () => {
    page.documentElement.style.display = "none";
    page.title = "";
    window.location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });

  let presses = [];
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    const now = Date.now();
    presses = [...presses.filter((then) => now - then < WITHIN_MS), now];
    if (presses.length >= PRESSES) leave();
  });
}
