// The key "/" goes to the search at the top of the page, unless somebody is typing.
const TYPED = "input, textarea, select, [contenteditable]";

export function startSearchKey(page) {
  const box = page.querySelector("[data-search]");
  if (!box || page.body.dataset.keys === "off") return;
  page.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(TYPED)) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
