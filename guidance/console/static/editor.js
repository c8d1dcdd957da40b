/** The editor: line numbers beside the text, and what is to mend, asked a moment after the last key. */
import { call } from "./api.js";

const WAITS_MS = 350;
const text = document.getElementById("text");
const gutter = document.getElementById("gutter");
const list = document.getElementById("flaws");
const state = document.getElementById("state");
let asking = null;
let waiting = null;

function number(flaws) {
  const wrong = new Set(flaws.map((flaw) => flaw.line));
  const count = text.value.split("\n").length;
  gutter.replaceChildren(
    ...Array.from({ length: count }, (_, n) => {
      const line = document.createElement("span");
      line.textContent = `${n + 1}\n`;
      if (wrong.has(n + 1)) line.className = "flawed";
      return line;
    }),
  );
  gutter.scrollTop = text.scrollTop;
}

function tell(flaws) {
  state.textContent = flaws.length
    ? `${flaws.length} thing${flaws.length > 1 ? "s" : ""} to mend:`
    : "Every example keeps what it promises.";
  list.replaceChildren(
    ...flaws.map((flaw) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#text";
      link.dataset.line = flaw.line;
      link.textContent = `Line ${flaw.line}`;
      const rule = flaw.rule ? ` ${flaw.rule}` : "";
      item.append(link, `${rule}: ${flaw.message}`);
      return item;
    }),
  );
  number(flaws);
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  try {
    const told = await call("POST", "/api/v1/rules/lint", { name: text.dataset.name, text: text.value }, asking.signal);
    tell(told.flaws);
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
  number([]);
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAITS_MS);
});
text.addEventListener("scroll", () => (gutter.scrollTop = text.scrollTop));
list.addEventListener("click", (event) => {
  const line = event.target.dataset?.line;
  if (!line) return;
  event.preventDefault();
  goTo(Number(line));
});
if (text.value !== text.defaultValue) ask(); // somebody typed before this script was there
number([...list.querySelectorAll("[data-line]")].map((link) => ({ line: Number(link.dataset.line) })));
