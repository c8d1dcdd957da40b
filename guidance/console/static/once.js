/** A form that is on its way is not sent by a second press, too: where the service is slow, all would be done twice. */
const STAYS_MS = 5_000; // whoever is still here then, as after a file was brought, may send again

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.ariaBusy === "true") return event.preventDefault();
  form.ariaBusy = "true";
  setTimeout(() => rest(form), STAYS_MS);
});
addEventListener("pageshow", () => [...document.forms].forEach(rest));

function rest(form) {
  form.ariaBusy = null;
}
