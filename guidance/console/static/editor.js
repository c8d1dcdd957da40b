/** The editor: line numbers beside the text, and what is to mend, asked a moment after the last key; a form beside both. */
import { call } from "./api.js";
import { canBeSent } from "./forms.js";
import { formBeside } from "./form.js";
import { say } from "./say.js";

const WAITS_MS = 350;
const text = document.getElementById("text");
const gutter = document.getElementById("gutter");
const list = document.getElementById("flaws");
const doubts = document.getElementById("warnings");
const state = document.getElementById("state");
const doubted = document.getElementById("doubted");
const editing = document.getElementById("editing");
const refused = document.getElementById("refused");
let asking = null;
let waiting = null;
let wrong = new Set();
let doubtful = new Set();
let meant = [0, 0];
let writing = false;

function number(flaws, warnings) {
  wrong = new Set(flaws.map((flaw) => flaw.line));
  doubtful = new Set(warnings.map((warning) => warning.line));
  draw();
}

function draw() {
  const count = text.value.split("\n").length;
  gutter.replaceChildren(
    ...Array.from({ length: count }, (_, n) => {
      const line = document.createElement("span");
      line.textContent = `${n + 1}\n`;
      if (wrong.has(n + 1)) line.className = "flawed";
      else if (meant[0] <= n + 1 && n + 1 <= meant[1]) line.className = "meant";
      else if (doubtful.has(n + 1)) line.className = "doubted";
      return line;
    }),
  );
  gutter.scrollTop = text.scrollTop;
}

/** Mark the lines of a field, and bring them into view. */
function mark(field) {
  const [first, last] = (meant = field ? [field.first, field.last] : [0, 0]);
  draw();
  if (!first) return;
  const height = parseFloat(getComputedStyle(text).lineHeight);
  const top = Math.floor(text.scrollTop / height);
  if (first <= top || last > top + Math.floor(text.clientHeight / height)) text.scrollTop = Math.max(0, (first - 6) * height);
}

function item(flaw) {
  const told = document.createElement("li");
  const link = document.createElement("a");
  link.href = "#text";
  link.dataset.line = flaw.line;
  link.textContent = `Line ${flaw.line}`;
  const rule = flaw.rule ? ` ${flaw.rule}` : "";
  told.append(link, `${rule}: ${flaw.message}`);
  return told;
}

function tell({ flaws, warnings }) {
  const many = (found) => (found.length > 1 ? "s" : "");
  say(state, flaws.length ? `${flaws.length} thing${many(flaws)} to mend:` : "Every example keeps what it promises.");
  say(doubted, warnings.length ? `${warnings.length} warning${many(warnings)}; the file can be published all the same:` : "");
  show(list, flaws.map(item));
  show(doubts, warnings.map(item));
  number(flaws, warnings);
}

function show(under, items) {
  const isSame = items.length === under.children.length && items.every((one, n) => one.isEqualNode(under.children[n]));
  if (!isSame) under.replaceChildren(...items);
}

const listed = (under) => [...under.querySelectorAll("[data-line]")].map((link) => ({ line: Number(link.dataset.line) }));

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const told = await call("POST", "/api/v1/rules/lint", { name: text.dataset.name, text: text.value }, asking.signal);
    tell(told);
  } catch (error) {
    if (error.name !== "AbortError") say(state, error.message);
  }
}

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(text).lineHeight));
}

/** What was typed last in the form belongs to the draft, too. */
async function submitWithForm(submitter) {
  refused.hidden = true;
  if (!(await canBeSent(editing, submitter))) return; // it says why
  await form.ask();
  refused.textContent = form.unkept();
  refused.hidden = !refused.textContent;
  if (refused.hidden) editing.requestSubmit(submitter);
}

const form = formBeside(text, {
  wrote(field) {
    mark(field);
    ask();
  },
  meant: mark,
});

text.addEventListener("input", () => {
  meant = [0, 0];
  number([], []);
  clearTimeout(waiting);
  waiting = setTimeout(() => Promise.all([ask(), form.ask()]), WAITS_MS);
});
editing.addEventListener("submit", async (event) => {
  if (!form.unkept()) return; // how it is sent is the same for all forms
  event.preventDefault();
  if (writing) return; // a second click
  writing = true;
  await submitWithForm(event.submitter).finally(() => (writing = false));
});
addEventListener("beforeunload", (event) => {
  const isKept = text.value === text.defaultValue && !form.unkept();
  if (!isKept && editing.ariaBusy !== "true") event.preventDefault();
});

text.addEventListener("scroll", () => (gutter.scrollTop = text.scrollTop));
for (const under of [list, doubts])
  under.addEventListener("click", (event) => {
    const line = event.target.dataset?.line;
    if (!line) return;
    event.preventDefault();
    goTo(Number(line));
  });
if (text.value !== text.defaultValue) ask(); // somebody typed before this script was there
number(listed(list), listed(doubts));
form.ask();
/** A page that tells of a line leads to it. */
function begin() {
  const [, line] = location.hash.split("#line-");
  if (line) goTo(Number(line));
}
addEventListener("hashchange", begin);
begin();
