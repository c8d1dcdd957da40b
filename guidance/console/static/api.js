/** Calls of the console's own API; the word that proves this page is ours goes with each. */
const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";

export async function call(method, path, body, signal) {
  const response = await fetch(path, {
    method,
    signal,
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const told = await response.json();
  if (!response.ok) throw new Error(told.error?.message ?? "That did not work.");
  return told;
}
