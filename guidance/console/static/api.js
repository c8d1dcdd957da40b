/** Calls of the console's own API; the word that proves this page is ours goes with each. */
const AWAY = "The service doesn’t answer just now. Please try again in a moment.";
const WHO = [401, 403]; // answers about who asks, and not about what
const held = document.querySelector('meta[name="csrf"]');

export async function call(method, path, body, signal) {
  const ask = () =>
    asked(path, {
      method,
      signal,
      headers: { "Content-Type": "application/json", "X-CSRF-Token": held?.content ?? "" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  let response = await ask();
  if (WHO.includes(response.status) && (await isSignedIn().catch(() => false))) response = await ask();
  const told = await response.json().catch((error) => (isOff(error) ? Promise.reject(error) : null));
  if (response.ok && told) return told;
  if (told?.error && response.status < 500 && !WHO.includes(response.status)) throw new Refusal(told.error.message);
  throw new Error(told?.error?.message ?? AWAY);
}

/** What was sent can't be taken as it stands: sent again, it would be answered in the same way. */
export class Refusal extends Error {}

/** The answer. A browser's own words for having none are none of ours; what was called off is no failure. */
function asked(path, options) {
  return fetch(path, options).catch((error) => Promise.reject(isOff(error) ? error : new Error(AWAY)));
}

const isOff = (error) => error.name === "AbortError";

/** Whether this browser is signed in; what proves that a form is ours is brought up to date, as after another sign-in elsewhere. */
export async function isSignedIn() {
  const response = await fetch("/console/me", { redirect: "manual" });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  held.content = page.querySelector('meta[name="csrf"]').content;
  for (const input of document.querySelectorAll("input[name=csrf]")) input.value = held.content;
  return true;
}
