// Everything works without this file; it only makes some things quicker or safer.
import { initAll } from "nhsuk-frontend";
import htmx from "htmx.org";

import { offerCopying } from "./copy.js";
import { keepDrafts } from "./drafts.js";
import { watchIdleTime } from "./idle.js";
import { startListKeys } from "./keys.js";
import { offerPasskeys } from "./passkeys.js";
import { startQuickExit } from "./quick-exit.js";
import { answerByDigits } from "./scales.js";
import { startSearchKey } from "./search.js";
import { guardSubmits } from "./submits.js";
import { guardUnsaved } from "./unsaved.js";
import { guardVault } from "./vault.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
window.htmx = htmx;

document.body.addEventListener("htmx:configRequest", (event) => {
  const token = document.body.dataset.csrf;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});
document.body.addEventListener("htmx:load", (event) => {
  const fresh = event.detail.elt;
  if (fresh === document.body) return;
  initAll({ scope: fresh });
  keepDrafts(fresh);
  offerCopying(fresh);
});

startQuickExit(document);
startSearchKey(document);
startListKeys(document);
answerByDigits(document);
guardSubmits(document);
initAll();
guardVault(document);
keepDrafts(document);
guardUnsaved(document);
watchIdleTime(document);
offerCopying(document);
offerPasskeys(document);
