// Everything works without this file; it only makes some things quicker or safer.
import { initAll } from "nhsuk-frontend";
import htmx from "htmx.org";

import { startQuickExit } from "./quick-exit.js";
import { guardSubmits } from "./submits.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
window.htmx = htmx;

document.body.addEventListener("htmx:configRequest", (event) => {
  const token = document.body.dataset.csrf;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});
document.body.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) initAll({ scope: event.detail.elt });
});

initAll();
startQuickExit(document);
guardSubmits(document);
