// Typing saves itself. A form says where: <form data-draft-url="...">.
import { clockTime } from "./clock.js";
import { cleaned, forget, keep, kept } from "./vault.js";

const PAUSE_MS = 1000;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 60000;
const KEEPALIVE_BYTES = 60000;
const ANSWER_WITHIN_MS = 15000;
const SENT = "linkwell-sent";

export function serialised(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = name === "csrfmiddlewaretoken" || form.elements[name]?.type === "password";
    if (!secret && typeof value === "string") fields.append(name, value);
  }
  return fields.toString();
}

export function putBack(form, text) {
  const fields = new URLSearchParams(text);
  for (const box of form.elements) {
    if (!box.name || box.name === "csrfmiddlewaretoken" || box.type === "hidden" || box.type === "file") continue;
    if (box.type === "checkbox" || box.type === "radio") box.checked = fields.getAll(box.name).includes(box.value);
    else if (fields.has(box.name)) box.value = fields.get(box.name);
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

class Draft {
  constructor(form) {
    this.form = form;
    this.address = form.dataset.draftUrl;
    this.status = form.querySelector("[data-draft-status]");
    this.saved = serialised(form);
    this.retry = FIRST_RETRY_MS;
    this.timer = 0;
    this.sending = false;
    this.finished = false;
  }

  start() {
    this.form.addEventListener("input", () => this.later(PAUSE_MS));
    this.form.addEventListener("change", () => this.later(PAUSE_MS));
    this.form.addEventListener("submit", () => this.finish());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.send(true));
    window.addEventListener("online", () => this.send());
    window.addEventListener("pageshow", () => (this.finished = false));
    this.offerKept();
  }

  say(words, waiting = false) {
    if (!this.status) return;
    this.status.textContent = words;
    this.status.classList.toggle("lw-draft-status--waiting", waiting);
  }

  later(pause) {
    this.form.dataset.unsaved = "yes";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.send(), pause);
  }

  async send(leaving = false) {
    const text = serialised(this.form);
    if (this.finished || this.sending || text === this.saved) return;
    this.sending = true;
    window.clearTimeout(this.timer);
    try {
      const answer = await this.post(text, leaving);
      if (answer.ok && !answer.redirected) await this.wasSaved(text, answer);
      else await this.wasRefused(answer, text);
    } catch {
      await this.notSaved(text, "Not saved yet – will keep trying");
    } finally {
      this.sending = false;
    }
    if (serialised(this.form) !== text) this.later(PAUSE_MS);
  }

  post(text, leaving) {
    const version = this.form.dataset.draftVersion;
    const body = version ? `${text}&draft_version=${encodeURIComponent(version)}` : text;
    return window.fetch(this.address, {
      method: "POST",
      body,
      credentials: "same-origin",
      signal: leaving ? undefined : AbortSignal.timeout(ANSWER_WITHIN_MS),
      // A browser refuses to finish a larger one after the page has gone.
      keepalive: leaving && body.length < KEEPALIVE_BYTES,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": this.form.elements.csrfmiddlewaretoken?.value ?? "",
        "X-Linkwell-Draft": "1",
        Accept: "application/json",
      },
    });
  }

  async wasSaved(text, answer) {
    const said = await answer.json().catch(() => ({}));
    this.saved = text;
    this.retry = FIRST_RETRY_MS;
    delete this.form.dataset.unsaved;
    this.say(`Saved at ${said.saved_at ?? clockTime(new Date())}`);
    document.dispatchEvent(new CustomEvent("linkwell:active"));
    await forget(this.address).catch(() => {});
  }

  async wasRefused(answer, text) {
    if (answer.status === 409) {
      await this.notSaved(text, "Someone else has changed this. Your text is kept here: press the button below to see both");
      window.clearTimeout(this.timer);
    } else if (answer.redirected || answer.status === 401 || answer.status === 403) {
      await this.notSaved(text, "You have been signed out. Your text is kept here: sign in again in another tab, then carry on");
    } else if (answer.status === 400 || answer.status === 413) {
      await this.notSaved(text, "This cannot be kept as you type. Press the button below to save it");
      window.clearTimeout(this.timer);
    } else {
      await this.notSaved(text, "Not saved yet – will keep trying");
    }
  }

  async notSaved(text, words) {
    await keep(this.address, text).catch(() => false);
    this.later(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY_MS);
    this.say(words, true);
  }

  // The form itself now carries everything; a draft arriving after it would come back as a ghost.
  finish() {
    this.finished = true;
    window.clearTimeout(this.timer);
    delete this.form.dataset.unsaved;
    window.sessionStorage.setItem(SENT, this.address);
  }

  async offerKept() {
    await cleaned();
    const found = await kept(this.address).catch(() => null);
    if (!found) return;
    if (found.text === this.saved) {
      await forget(this.address);
      return;
    }
    const offer = document.createElement("div");
    offer.className = "nhsuk-inset-text";
    const words = document.createElement("p");
    words.textContent = `What you typed here at ${clockTime(found.at)} had no signal and was not saved.`;
    offer.append(words, this.button("Put it back", () => putBack(this.form, found.text), offer));
    offer.append(" ", this.button("Throw it away", () => forget(this.address), offer));
    this.form.prepend(offer);
  }

  button(text, work, offer) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
    button.textContent = text;
    button.addEventListener("click", () => {
      offer.remove();
      work();
    });
    return button;
  }
}

// The form was sent and another page came back: what was kept for it has arrived.
async function forgetWhatWasSent(page) {
  const sent = window.sessionStorage.getItem(SENT);
  window.sessionStorage.removeItem(SENT);
  if (!sent || page.querySelector(`form[data-draft-url="${CSS.escape(sent)}"]`)) return;
  await cleaned();
  await forget(sent).catch(() => {});
}

export function keepDrafts(scope) {
  if (scope === document) forgetWhatWasSent(document);
  for (const form of scope.querySelectorAll("form[data-draft-url]")) new Draft(form).start();
}
