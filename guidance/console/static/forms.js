/**
 * Every form of the console: sent once, and only while somebody is signed in to send it; else the page says so and holds what was typed.
 * One that is answered in its own page, being asked and changing nothing, leaves the way back as it was.
 */
import { isSignedIn } from "./api.js";
import { tellTimes } from "./times.js";

const STAYS_MS = 5_000; // after a form whose answer is a file: that it came, a page doesn't hear
const SILENT = "The service does not answer just now, and nothing was sent: what you typed is still here. Send it again in a moment.";
const ENDED = ["Your session has ended, and nothing was sent: what you typed is still here. ", "Sign in in another tab", ", then send it again."];

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented || form.method !== "post") return;
  const { isChecked } = form;
  form.isChecked = false; // it was for this press alone
  if (form.ariaBusy === "true" && !isChecked) return event.preventDefault(); // a second press: all would be done twice
  form.ariaBusy = "true";
  if (form.hasAttribute("data-file")) setTimeout(() => rest(form), STAYS_MS);
  if (isChecked || !form.elements.csrf) return;
  event.preventDefault(); // a page that can't be sent would be gone, and what was typed with it
  if (!(await canBeSent(form, submitter))) return rest(form);
  if (form.hasAttribute("data-in-place")) return answer(form, submitter).finally(() => rest(form));
  form.isChecked = true;
  form.requestSubmit(submitter);
});
const restAll = () => [...document.forms].forEach(rest);
addEventListener("pageshow", restAll);
globalThis.navigation?.addEventListener("navigateerror", restAll); // stopped on its way
addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form.hasAttribute("data-unsaved") && form.ariaBusy !== "true")) event.preventDefault();
});

function rest(form) {
  form.ariaBusy = null;
  form.isChecked = false;
}

/** Whether there is somebody to send it to; else the page says so beside the button. */
export async function canBeSent(form, submitter) {
  const is = await isSignedIn().catch(() => null);
  if (is) notes(form).forEach((one) => one.remove());
  else if (is === null) tell(form, submitter, SILENT);
  else tell(form, submitter, ENDED[0], signIn(), ENDED[2]);
  return is === true;
}

function signIn() {
  const link = document.createElement("a");
  link.href = "/console/sign-in";
  link.target = "_blank";
  link.textContent = ENDED[1];
  return link;
}

const notes = (form) => [...document.querySelectorAll(".unsent")].filter((one) => one.form === form);

function tell(form, submitter, ...words) {
  notes(form).forEach((one) => one.remove());
  const note = document.createElement("p");
  note.className = "note warn unsent";
  note.role = "alert";
  note.form = form;
  (submitter?.closest(".bar") ?? submitter ?? form.lastElementChild).before(note);
  note.append(...words); // once it is there, so that it is read out
}

/** The answer takes the place of the page's main part; what was asked stays with this step of the browser's way. */
async function answer(form, submitter) {
  const sent = new FormData(form, submitter);
  const response = await fetch(form.action, { method: "POST", body: sent }).catch(() => null);
  const told = response && new DOMParser().parseFromString(await response.text(), "text/html");
  const main = told?.getElementById("main");
  if (!main?.querySelector("[data-in-place]")) return tell(form, submitter, main?.querySelector("[role=alert]")?.textContent ?? SILENT);
  document.getElementById("main").replaceChildren(...main.childNodes);
  tellTimes();
  const asked = [...sent].filter(([name, value]) => name !== "csrf" && typeof value === "string");
  history.replaceState({ of: form.getAttribute("action"), asked }, "");
  document.querySelector("#main [autofocus], #main [data-answer]")?.focus();
}

/** Whoever comes back finds what they asked, and its answer. */
function askAgain() {
  const [way] = performance.getEntriesByType("navigation");
  if (way?.type !== "back_forward") return; // a link to the page where one is keeps its state, and means to begin anew
  const { of, asked } = history.state ?? {};
  const form = [...document.forms].find((one) => one.hasAttribute("data-in-place") && one.getAttribute("action") === of);
  if (!form || !asked?.length) return;
  for (const [name, value] of asked) if (form.elements[name]) form.elements[name].value = value;
  form.requestSubmit();
}
askAgain();
