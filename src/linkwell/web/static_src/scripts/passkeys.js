// Forms marked data-passkey ask the browser for a passkey before they are sent: "create", "get", or "login" (options fetched).
function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function named(list) {
  return (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
}

async function created(options, alone) {
  const wanted = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  wanted.user = { ...wanted.user, id: bytes(wanted.user.id) };
  wanted.excludeCredentials = named(wanted.excludeCredentials);
  wanted.authenticatorSelection = { ...wanted.authenticatorSelection, residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  if (alone) wanted.authenticatorSelection.userVerification = "required";
  const made = await navigator.credentials.create({ publicKey: wanted });
  const response = { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) };
  return { ...common(made), response };
}

async function got(options) {
  const wanted = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) };
  wanted.allowCredentials = named(wanted.allowCredentials);
  const given = await navigator.credentials.get({ publicKey: wanted });
  const { clientDataJSON, authenticatorData, signature, userHandle } = given.response;
  const response = { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature) };
  if (userHandle) response.userHandle = text(userHandle);
  return { ...common(given), response };
}

function common(credential) {
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: credential.getClientExtensionResults() };
}

async function ask(form) {
  if (form.dataset.passkey === "create") {
    return created(JSON.parse(form.dataset.options), form.elements.passwordless.checked);
  }
  if (form.dataset.passkey === "get") return got(JSON.parse(form.dataset.options));
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error("no passkey options");
  return got((await answer.json()).request_options);
}

export function offerPasskeys(page) {
  if (!window.PublicKeyCredential) return;
  const problem = page.querySelector("[data-passkey-problem]");
  for (const words of page.querySelectorAll("[data-no-passkey]")) words.hidden = true;
  for (const form of page.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        form.elements.credential.value = JSON.stringify(await ask(form));
        form.submit();
      } catch {
        // Somebody who cancels has said so themselves; a failure is told where the page has words for it.
        if (problem) problem.hidden = false;
      }
    });
  }
}
