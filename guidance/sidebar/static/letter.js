// A reply as the letter that it is: a greeting, what is said, a sign-off. A line that is put in goes to its place in it, wherever the
// cursor is, so that it never stands inside a sentence or below a name: Zendesk tells nobody where its cursor is, and an agent who
// presses Insert has left the editor.

const HELLO =
  "hi|hiya|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:morgen|tag|abend)|moin|liebe[rs]?|sehr geehrte[rs]?|" +
  "hola|buen(?:os|as) (?:d[ií]as|tardes|noches)|estimad[oa]s?|querid[oa]s?|bonjour|bonsoir|salut|chers?|chères?|madame|monsieur";
const OPENING = new RegExp(String.raw`^\s*(?:${HELLO})(?: [\p{L}.'’-]+){0,3}?\s*(?:[,:!]|$)`, "iu");
const OPENING_SENTENCE = new RegExp(String.raw`^\s*(?:${HELLO})(?: [\p{L}'’-]+){0,3}\s*[.–—-](?=\s)`, "iu");
const HELLO_LINE = new RegExp(String.raw`^(?:${HELLO})(?![\p{L}])[^.!?\n]{0,60}[,:!]$`, "iu");
const SIGN_OFFS = [
  "best", "best regards", "kind regards", "warm regards", "regards", "sincerely", "cheers", "thanks", "thank you", "many thanks",
  "best wishes", "all the best", "take care", "yours", "yours sincerely", "warmly", "with kind regards", "with best regards",
  "mit freundlichen grüßen", "viele grüße", "beste grüße", "herzliche grüße", "liebe grüße", "freundliche grüße",
  "saludos", "un saludo", "un saludo cordial", "saludos cordiales", "atentamente", "gracias",
  "cordialement", "bien cordialement", "bien à vous", "sincères salutations", "merci",
];
const NAME = /^\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’.-]*){0,2}$/u;
const LONGEST_SIGNATURE = 4;
const LONGEST_SIGNATURE_LINE = 6;

/** Whether these words are a line that greets somebody: `Hi Rana,`, `Hola, Rana:`. A comma at its end is what only a greeting has. */
export const isGreeting = (words) => HELLO_LINE.test(words) || /^[^.!?\n]{1,60},$/.test(words);

/** A first line with this greeting in the place of its own; null where it greets nobody. */
export const greetedLine = (line, words) => (OPENING.test(line) ? line.replace(OPENING, () => words) : null);

/** Whether a text ends with a sign-off, with or without a name under it. */
export function endsWithSignOff(text) {
  const lines = text.trim().split(/\n+/u).slice(-2);
  return lines.some((line, place) => SIGN_OFFS.includes(bare(line)) && (place === lines.length - 1 || wordsIn(lines.at(-1)) <= 4));
}

/**
 * Where a line that belongs at `place` goes among the lines of a reply: before the `line`th, or after the first `offset` characters of it.
 * `opening`: right after the greeting. `end`: above the sign-off.
 */
export function spotFor(lines, place) {
  return place === "opening" ? afterGreeting(lines) : { line: signOffOf(lines), offset: 0 };
}

/** Whether the parts of a reply have empty lines between them, as one that is only begun is to have. */
export function standsApart(lines) {
  const said = lines.flatMap((line, place) => (line.trim() ? [place] : []));
  return said.length < 2 || said.some((place, at) => at > 0 && place - said[at - 1] > 1);
}

/** What follows a greeting on its line begins a sentence once something stands between them. */
export const begun = (text) => text.trimStart().replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase());

/** A plain reply with these words at their place. */
export function placed(text, words, place = "end") {
  const lines = text.trim() ? text.split("\n") : [];
  if (!lines.length) return words;
  if (isGreeting(words)) return greeted(text.trimStart(), words);
  const { line, offset } = spotFor(lines, place);
  const before = offset ? [...lines.slice(0, line), lines[line].slice(0, offset)] : lines.slice(0, line);
  const after = offset ? [begun(lines[line].slice(offset)), ...lines.slice(line + 1)] : lines.slice(line);
  while (before.length && !after.length && !before.at(-1).trim()) before.pop();
  const space = standsApart(lines) ? [""] : [];
  return [...before, ...(before.at(-1)?.trim() ? space : []), words, ...(after[0]?.trim() ? space : []), ...after].join("\n");
}

function greeted(text, words) {
  const [line] = text.split("\n", 1);
  const fresh = greetedLine(line, words);
  return fresh === null ? `${words}\n\n${text}` : fresh + text.slice(line.length);
}

function afterGreeting(lines) {
  const first = said(lines, 0);
  const length = greetingIn(lines[first] ?? "");
  if (!length) return { line: first, offset: 0 };
  return length < lines[first].trimEnd().length ? { line: first, offset: length } : { line: said(lines, first + 1), offset: 0 };
}

function greetingIn(line) {
  if (isGreeting(line.trim())) return line.length;
  return (OPENING.exec(line) ?? OPENING_SENTENCE.exec(line))?.[0].length ?? 0;
}

/** The first line from `from` on that says something. */
function said(lines, from) {
  const place = lines.findIndex((line, at) => at >= from && line.trim());
  return place < 0 ? lines.length : place;
}

/** The line with which the sign-off begins: its words, a rule of dashes, or a bare name below what is said. */
function signOffOf(lines) {
  const told = lines.flatMap((line, place) => (line.trim() ? [place] : []));
  for (const place of told.slice(-LONGEST_SIGNATURE).reverse()) {
    const line = lines[place].trim();
    if (SIGN_OFFS.includes(bare(line)) || isSigned(line) || /^[-–—_]{2,}$/.test(line)) return place;
    if (/[.?!:…]$/.test(line) || wordsIn(line) > LONGEST_SIGNATURE_LINE) break;
  }
  const last = told.at(-1);
  return told.length > 1 && NAME.test(lines[last].trim()) ? last : lines.length;
}

/** A sign-off with its name on the same line: `Best, Amir`. */
function isSigned(line) {
  const words = SIGN_OFFS.find((one) => line.toLowerCase().startsWith(one) && NAME.test(line.slice(one.length).replace(/^[\s,!.–—-]+/u, "")));
  return words !== undefined && !/^\p{L}/u.test(line.slice(words.length));
}

const bare = (line) => line.trim().toLowerCase().replace(/[\s,.!–—-]+$/u, "");
const wordsIn = (line) => line.trim().split(/\s+/u).length;
