// Foreign markup made safe: a few harmless elements are built anew, all else is left behind.

const KEPT = new Set(["B", "STRONG", "I", "EM", "U", "P", "DIV", "UL", "OL", "LI", "BR", "BLOCKQUOTE", "CODE", "PRE"]);
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "MATH"]);

/**
 * The markup's text with its plain formatting, as nodes. A parsed document runs nothing and loads nothing; before its body begins
 * it swallows spaces, so the body is begun for it.
 */
export function safeNodes(html) {
  const { body } = new DOMParser().parseFromString(`<body>${html ?? ""}`, "text/html");
  return [...body.childNodes].flatMap(rebuilt);
}

/** Plain text as markup. */
export function markup(text) {
  const holder = document.createElement("div");
  holder.textContent = String(text ?? "");
  return holder.innerHTML.replace(/\n/g, "<br>");
}

function rebuilt(node) {
  if (node.nodeType === Node.TEXT_NODE) return [document.createTextNode(node.data)];
  if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(node.nodeName.toUpperCase())) return [];
  const inner = [...node.childNodes].flatMap(rebuilt);
  if (node.nodeName === "A") return [link(node, inner)];
  if (!KEPT.has(node.nodeName)) return inner;
  const fresh = document.createElement(node.nodeName);
  fresh.append(...inner);
  return [fresh];
}

function link(node, inner) {
  const fresh = document.createElement("a");
  const href = node.getAttribute("href") ?? "";
  if (/^(https?|mailto):/i.test(href)) Object.assign(fresh, { href, rel: "noopener noreferrer", target: "_blank" });
  fresh.append(...inner);
  return fresh;
}
