// What could not be sent for want of a signal, kept in this browser until it can.
// It is encrypted with a key the browser will use but never give out, belongs to one signed-in
// person, and is wiped when they sign out, when somebody else signs in, and after a day.
const DATABASE = "linkwell-unsent";
const DAY_MS = 24 * 60 * 60 * 1000;
const WIPE_WAIT_MS = 800;

const owner = () => document.body.dataset.mark || "";

// Only somebody signed in may leave anything behind: a public page keeps nothing.
export const mayKeep = () => Boolean(owner() && window.indexedDB && window.crypto?.subtle);

const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open() {
  const request = window.indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("drafts");
    request.result.createObjectStore("keys");
  };
  return settled(request);
}

async function using(stores, mode, work) {
  const database = await open();
  try {
    return await work(database.transaction(stores, mode));
  } finally {
    database.close();
  }
}

async function theKey() {
  const found = await using(["keys"], "readonly", (all) => settled(all.objectStore("keys").get("key")));
  if (found) return found;
  const made = await window.crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await using(["keys"], "readwrite", (all) => settled(all.objectStore("keys").put(made, "key")));
  return made;
}

export async function keep(address, text) {
  if (!mayKeep()) return false;
  const iv = window.crypto.getRandomValues(new Uint8Array(12));
  const sealed = await window.crypto.subtle.encrypt({ name: "AES-GCM", iv }, await theKey(), new TextEncoder().encode(text));
  const record = { iv, sealed, at: Date.now(), owner: owner() };
  await using(["drafts"], "readwrite", (all) => settled(all.objectStore("drafts").put(record, address)));
  return true;
}

export async function kept(address) {
  if (!mayKeep()) return null;
  const record = await using(["drafts"], "readonly", (all) => settled(all.objectStore("drafts").get(address)));
  if (!record || record.owner !== owner()) return null;
  const plain = await window.crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv }, await theKey(), record.sealed);
  return { text: new TextDecoder().decode(plain), at: new Date(record.at) };
}

export async function forget(address) {
  if (!mayKeep()) return;
  await using(["drafts"], "readwrite", (all) => settled(all.objectStore("drafts").delete(address)));
}

export function wipe() {
  if (!window.indexedDB) return Promise.resolve();
  return settled(window.indexedDB.deleteDatabase(DATABASE)).catch(() => {});
}

async function wipeWhatIsNotOurs() {
  const records = await using(["drafts"], "readonly", (all) => settled(all.objectStore("drafts").getAll()));
  const stale = records.some((record) => Date.now() - record.at > DAY_MS || record.owner !== owner());
  // The key goes with them, so a copy of the disk cannot be read later.
  if (stale) await wipe();
}

let ready = Promise.resolve();
export const cleaned = () => ready;

export function guardVault(page) {
  if (mayKeep()) ready = wipeWhatIsNotOurs().catch(() => {});
  page.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-signs-out]") || event.defaultPrevented) return;
    event.preventDefault();
    const enough = new Promise((resolve) => window.setTimeout(resolve, WIPE_WAIT_MS));
    Promise.race([wipe(), enough]).then(() => form.submit());
  });
}
