// Two minutes before the sign-in ends for want of activity, say so and offer to stay.
const WARN_BEFORE_MS = 2 * 60 * 1000;
const CHECK_MS = 5000;

function warning(stay) {
  const dialog = document.createElement("dialog");
  dialog.className = "lw-idle";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "idle-title");
  dialog.setAttribute("aria-describedby", "idle-words");
  const title = document.createElement("h2");
  title.id = "idle-title";
  title.className = "nhsuk-heading-m";
  title.textContent = "You will be signed out soon";
  const words = document.createElement("p");
  words.id = "idle-words";
  words.textContent = "Nothing has happened for a while. In 2 minutes we will sign you out to keep people’s records safe. What you have typed is kept.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button";
  button.textContent = "Stay signed in";
  button.addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });
  dialog.append(title, words, button);
  document.body.append(dialog);
  return dialog;
}

export function watchIdleTime(page) {
  const { idleSeconds, idleStay, idleLeave, csrf } = page.body.dataset;
  if (!idleSeconds) return;
  const limit = Number(idleSeconds) * 1000;
  // Another tab in use keeps this one signed in too.
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("linkwell-active") : null;
  let active = Date.now();
  const dialog = warning(stay);

  function heard() {
    active = Date.now();
    if (dialog.open) dialog.close();
  }
  function happened() {
    heard();
    tabs?.postMessage("active");
  }
  async function stay() {
    dialog.close();
    const answer = await window.fetch(idleStay, { method: "POST", headers: { "X-CSRFToken": csrf ?? "" } }).catch(() => null);
    if (answer?.ok && !answer.redirected) happened();
  }

  if (tabs) tabs.onmessage = heard;
  tabs?.postMessage("active");
  page.addEventListener("linkwell:active", happened);
  page.addEventListener("htmx:afterRequest", (event) => event.detail.successful && happened());
  const watch = window.setInterval(() => {
    const quiet = Date.now() - active;
    if (quiet >= limit) {
      window.clearInterval(watch);
      // Being signed out is not the moment to ask whether to leave the page.
      for (const form of page.querySelectorAll("form[data-unsaved]")) delete form.dataset.unsaved;
      window.location.assign(idleLeave);
    } else if (quiet >= limit - WARN_BEFORE_MS && !dialog.open) dialog.showModal();
  }, CHECK_MS);
}
