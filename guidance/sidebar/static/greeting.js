// A greeting opens a reply, wherever the cursor is: it takes the place of the one that is there, or a line of its own before all else.

const HELLO =
  "hi|hiya|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|moin|liebe[rs]?|sehr geehrte[rs]?|" +
  "hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|estimad[oa]s?|querid[oa]s?|bonjour|bonsoir|salut|chers?|chères?|madame|monsieur";
const OPENING = new RegExp(String.raw`^\s*(?:${HELLO})(?: [\p{L}.'’-]+){0,3}?\s*(?:[,:!]|$)`, "iu");
const HELLO_LINE = new RegExp(String.raw`^(?:${HELLO})(?![\p{L}])[^.!?\n]{0,60}[,:!]$`, "iu");

/** Whether these words are a line that greets somebody: `Hi Rana,`, `Hola, Rana:`. A comma at its end is what only a greeting has. */
export const isGreeting = (words) => HELLO_LINE.test(words) || /^[^.!?\n]{1,60},$/.test(words);

/** A plain reply with this greeting. */
export function greeted(text, words) {
  const [line] = text.trimStart().split("\n", 1);
  if (!OPENING.test(line)) return `${words}\n\n${text.trimStart()}`;
  return line.replace(OPENING, () => words) + text.trimStart().slice(line.length);
}

/** The same for a reply in HTML. A parsed document runs nothing and loads nothing. */
export function greetedMarkup(html, words) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const first = firstText(body);
  if (first && OPENING.test(first.data)) first.data = first.data.replace(OPENING, () => words);
  else body.prepend(...line(body, words));
  return body.innerHTML;
}

function firstText(body) {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) if (texts.currentNode.data.trim()) return texts.currentNode;
  return null;
}

/** A line as the reply has its own: a paragraph among paragraphs, else words with an empty line after them. */
function line(body, words) {
  const page = body.ownerDocument;
  if (body.firstElementChild?.tagName !== "P") return [words, page.createElement("br"), page.createElement("br")];
  const paragraph = page.createElement("p");
  paragraph.textContent = words;
  return [paragraph];
}
