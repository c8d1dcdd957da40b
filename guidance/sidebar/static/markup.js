// A reply in HTML, as a helpdesk's rich editor holds it. A parsed document runs nothing and loads nothing.

import { begun, greetedLine, isGreeting, spotFor, standsApart } from "./letter.js";

const BLOCKS = ["P", "DIV", "UL", "OL", "BLOCKQUOTE", "PRE", "TABLE", "H1", "H2", "H3", "H4", "H5", "H6"];
const BREAKING = [...BLOCKS, "LI", "TR"];

/** Plain words as markup. */
export function markup(text) {
  const holder = document.createElement("div");
  holder.textContent = text;
  return holder.innerHTML.replace(/\n/g, "<br>");
}

/** The text of markup. */
export function bareText(html) {
  const spaced = html.replace(/<(br|\/p|\/div|\/li)\b[^>]*>/gi, "$&\n");
  return new DOMParser().parseFromString(spaced, "text/html").body.textContent.replace(/\u00a0/g, " ");
}

/** A reply with these words at their place: a greeting in that of the reply's own, or before all else. */
export function placedMarkup(html, words, place = "end") {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const lines = linesOf(body);
  if (isGreeting(words)) greet(body, lines, words);
  else put(body, lines, words, spotFor(lines.map(({ text }) => text), place));
  return body.innerHTML;
}

function greet(body, lines, words) {
  const first = lines.find(({ text }) => text.trim())?.node;
  const fresh = first ? greetedLine(first.data, words) : null;
  if (fresh !== null) first.data = fresh;
  else body.prepend(...written(body, body.firstElementChild?.tagName === "P" ? "P" : null, words, { after: true, isApart: true }));
}

function put(body, lines, words, { line, offset }) {
  const isApart = standsApart(lines.map(({ text }) => text));
  if (offset) return divide(body, lines[line], offset, words, isApart);
  if (line >= lines.length) return append(body, lines, words, isApart);
  const spot = startOf(lines[line].node, body);
  const tag = BLOCKS.includes(spot.tagName) ? spot.tagName : null;
  const before = isApart && line > 0 && Boolean(lines[line - 1].text.trim());
  spot.before(...written(body, tag, words, { before, after: true, isApart }));
}

/** Between a greeting and what follows on the same line. */
function divide(body, { parts }, offset, words, isApart) {
  let left = offset;
  const part = parts.find(({ data }) => left < data.length || ((left -= data.length), false)) ?? parts.at(-1);
  const rest = part.splitText(Math.min(left, part.data.length));
  rest.data = begun(rest.data);
  rest.before(...written(body, null, words, { before: true, after: true, isApart, breaks: true }));
}

function append(body, lines, words, isApart) {
  const last = lines.findLast(({ text }) => text.trim());
  for (const { node, text } of lines.slice(lines.indexOf(last) + 1)) if (!text) node.remove();
  const block = last.node.parentElement.closest(BLOCKS.join());
  if (block && body.contains(block)) return block.after(...written(body, block.tagName, words, { before: isApart, isApart }));
  while (body.lastChild?.nodeName === "BR") body.lastChild.remove();
  body.append(...written(body, null, words, { before: true, isApart, breaks: true }));
}

/**
 * The nodes of a line of its own: an element among elements, else words between line breaks. `before`, `after`: on which sides something
 * stands. Paragraphs stand apart by themselves.
 */
function written(body, tag, words, { before = false, after = false, isApart, breaks = false }) {
  const page = body.ownerDocument;
  const node = (name, ...inside) => {
    const fresh = page.createElement(name);
    fresh.append(...inside);
    return fresh;
  };
  if (tag && tag !== "DIV") return [node("p", words)];
  const empty = tag ? () => [node("div", node("br"))] : () => [node("br")];
  const space = isApart ? empty() : [];
  const above = [...(before && breaks ? [node("br")] : []), ...(before ? space : [])];
  const below = [...(after && !tag ? [node("br")] : []), ...(after && isApart ? empty() : [])];
  return [...above, tag ? node("div", words) : words, ...below];
}

/** The lines of a reply, as it reads: each with its text, what it begins with, and its pieces of text. */
function linesOf(body) {
  const lines = [];
  let isNew = true;
  const begin = (node) => lines.push({ text: "", node, parts: [] });
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (isNew && !node.data.trim()) return;
      if (isNew) begin(node);
      isNew = false;
      lines.at(-1).text += node.data;
      lines.at(-1).parts.push(node);
    } else if (node.nodeName === "BR") {
      if (isNew) begin(node);
      isNew = true;
    } else {
      isNew ||= BREAKING.includes(node.nodeName);
      [...node.childNodes].forEach(visit);
      isNew ||= BREAKING.includes(node.nodeName);
    }
  };
  [...body.childNodes].forEach(visit);
  return lines;
}

/** The block that begins with a node, else the node itself. */
function startOf(node, body) {
  let spot = node;
  while (spot.parentNode !== body && !BLOCKS.includes(spot.nodeName) && !saysBefore(spot)) spot = spot.parentNode;
  return spot;
}

function saysBefore(node) {
  let before = node.previousSibling;
  while (before && !before.textContent.trim() && before.nodeName !== "BR") before = before.previousSibling;
  return Boolean(before);
}
