// The two plain lists: what to know before writing, and what the customer asks.

import { el, hidden, keep } from "./dom.js";
import { icon } from "./icons.js";
import { dueOf, isOpen } from "./promises.js";

const PROMISED = 3;

export class Facts {
  constructor(words) {
    this.words = words;
    this.list = el("ul", { class: "facts-list" });
    this.root = el("section", { class: "facts", hidden: true, "aria-label": words.say("facts.title") }, this.list);
  }

  /** The facts of the strip in the agent's language, and what is promised next, at a time worded as everywhere in the panel. */
  show(strip, followUps) {
    const facts = strip.map((fact) => this.worded(fact));
    const promised = new Set(followUps.filter(isOpen).sort(bySoonest).map((one) => this.promised(one)));
    const more = promised.size > PROMISED + 1 ? promised.size - PROMISED : 0;
    const next = [...promised].slice(0, more ? PROMISED : promised.size);
    const all = [...new Set([...facts, ...next, ...(more ? [this.words.say("facts.more", { count: more })] : [])])];
    keep(this.list, all, (fact) => fact, (fact) => el("li", {}, fact));
    this.root.hidden = all.length === 0;
  }

  /** A fact that this panel has no words for stays as the service says it. */
  worded({ kind, count, because, says }) {
    const key = [`fact.${kind}-${count}`, `fact.${kind}`].find((one) => this.words.has(one));
    const reason = because ? `fact.because-${because}` : "";
    if (!key || (reason && !this.words.has(reason))) return says;
    const fact = this.words.say(key, { count });
    return reason ? this.words.say("fact.because", { fact, reason: this.words.say(reason) }) : fact;
  }

  promised(promise) {
    const [name] = (promise.owner_name ?? "").trim().split(/\s+/u);
    const when = dueOf(promise, this.words, "facts");
    return this.words.say(name ? "facts.promised-by" : "facts.promised", { name, when });
  }
}

const bySoonest = (one, other) => timeOf(one) - timeOf(other);
const timeOf = ({ due_at: dueAt }) => (dueAt ? Date.parse(dueAt) : Number.MAX_VALUE);

export class Questions {
  constructor(words) {
    this.words = words;
    this.list = el("ul", { class: "questions" });
    this.root = el("section", { class: "section", hidden: true, "aria-labelledby": "questions-title" });
    this.root.append(el("h2", { class: "section-title", id: "questions-title" }, words.say("questions.title")), this.list);
  }

  show(questions) {
    const asked = questions.map((one, place) => ({ ...one, shown: one.text + markLeftOut(one, questions[place + 1]) }));
    keep(this.list, asked, (question) => `${question.where}${question.text}`, (question) => this.item(question));
    this.root.hidden = questions.length === 0;
  }

  item({ shown, answered }) {
    const state = this.words.say(answered ? "question.answered" : "question.open");
    return el("li", { class: "question", "data-answered": answered }, icon(answered ? "answered" : "open"), el("span", { dir: "auto" }, shown, hidden(` (${state})`)));
  }
}

const APART = 8;

/** The mark that a question has lost to the next one, where one sentence asks both: `Where is the tree, and can I have my money back?` */
function markLeftOut({ where, text, end }, next) {
  const isOne = next && next.where === where && next.start - end >= 0 && next.start - end <= APART;
  return isOne && /\p{L}$/u.test(text) && /\?$/.test(next.text) ? "?" : "";
}
