// A second press of a button sends nothing while the first is on its way.
const RELEASE_MS = 8000;

export function guardSubmits(page) {
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent === "yes") {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented || form.method === "get") return;
    form.dataset.sent = "yes";
    // A slow answer must not lock somebody out of trying again.
    window.setTimeout(() => delete form.dataset.sent, RELEASE_MS);
  });
  // A page brought back by the Back button must be usable again.
  window.addEventListener("pageshow", () => {
    for (const form of page.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}
