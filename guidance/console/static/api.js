/** Calls of the console's own API; the word that proves this page is ours goes with each. */
const held = document.querySelector('meta[name="csrf"]');

export async function call(method, path, body, signal) {
  const response = await fetch(path, {
    method,
    signal,
    headers: { "Content-Type": "application/json", "X-CSRF-Token": held?.content ?? "" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await response.json();
  if (!response.ok) throw new Error(told.error?.message ?? "That did not work.");
  return told;
}

/** Whether this browser is signed in; what proves that a form is ours is brought up to date, as after another sign-in elsewhere. */
export async function isSignedIn() {
  const response = await fetch("/console/me", { redirect: "manual" });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  held.content = page.querySelector('meta[name="csrf"]').content;
  for (const input of document.querySelectorAll("input[name=csrf]")) input.value = held.content;
  return true;
}
