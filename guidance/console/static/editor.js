/** The editor: line numbers beside the text, and what is to mend, asked a moment after the last key. */
import { call } from "./api.js";

const WAITS_MS = 350;
const text = document.getElementById("text");
const gutter = document.getElementById("gutter");
const list = document.getElementById("flaws");
const doubts = document.getElementById("warnings");
const state = document.getElementById("state");
const doubted = document.getElementById("doubted");
let asking = null;
let waiting = null;

function number(flaws, warnings) {
  const wrong = new Set(flaws.map((flaw) => flaw.line));
  const doubtful = new Set(warnings.map((warning) => warning.line));
  const count = text.value.split("\n").length;
  gutter.replaceChildren(
    ...Array.from({ length: count }, (_, n) => {
      const line = document.createElement("span");
      line.textContent = `${n + 1}\n`;
      if (wrong.has(n + 1)) line.className = "flawed";
      else if (doubtful.has(n + 1)) line.className = "doubted";
      return line;
    }),
  );
  gutter.scrollTop = text.scrollTop;
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
  state.textContent = flaws.length
    ? `${flaws.length} thing${flaws.length > 1 ? "s" : ""} to mend:`
    : "Every example keeps what it promises.";
  doubted.textContent = warnings.length
    ? `${warnings.length} warning${warnings.length > 1 ? "s" : ""}; the file can be published all the same:`
    : "";
  list.replaceChildren(...flaws.map(item));
  doubts.replaceChildren(...warnings.map(item));
  number(flaws, warnings);
}

const listed = (under) => [...under.querySelectorAll("[data-line]")].map((link) => ({ line: Number(link.dataset.line) }));

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const told = await call("POST", "/api/v1/rules/lint", { name: text.dataset.name, text: text.value }, asking.signal);
    tell(told);
  } catch (error) {
    if (error.name !== "AbortError") state.textContent = error.message;
  }
}

function goTo(line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  text.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(text).lineHeight));
}

text.addEventListener("input", () => {
  number([], []);
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAITS_MS);
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
