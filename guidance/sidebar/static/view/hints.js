// Hints as cards. A card stays where it is while the agent types; one whose words have appeared turns into a tick and folds away.

import { attempt, chip, el, hidden, isFocusLost, keep, setText } from "./dom.js";
import { icon } from "./icons.js";

const TICK_MS = 2_600;
const UNDO_MS = 7_000;
const FOLD_MS = 220;
const REASONS = ["misread", "already said", "not here", "not our style"];
const QUOTES = 2;

export class Hints {
  /** `actions`: insert(hint) resolving to an undo, judge(hint, body), unjudge(hint), quiet(span), isProven, folded() when a card has gone. */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.cards = new Map();
    this.root = el("div", { class: "hints" });
  }

  /** Whether nothing is left to see, ticks and last words included. */
  get isEmpty() {
    return this.root.childElementCount === 0;
  }

  /** The hints that are still open, as they were last told. */
  get open() {
    return [...this.cards.values()].filter((card) => card.state === "open").map((card) => card.hint);
  }

  /** Show exactly these hints. Returns those that are new. */
  show(hints) {
    this.keep(hints);
    return this.add(hints);
  }

  /** Remove every open card that is none of these hints. */
  keep(hints) {
    hints.forEach((hint) => this.recognise(hint));
    const wanted = new Set(hints.map((hint) => hint.id));
    for (const [id, card] of this.cards) if (!wanted.has(id) && card.state === "open") this.remove(id);
  }

  /** A hint's id changes when we learn of a reply that went out before it: on the same words it is the same card. */
  recognise(hint) {
    if (this.cards.has(hint.id)) return;
    for (const [id, card] of this.cards) {
      if (card.state !== "open" || card.hint.rule !== hint.rule || printOf(card.hint) !== printOf(hint)) continue;
      this.cards.delete(id);
      this.cards.set(hint.id, card);
      card.hint = hint;
      card.node.dataset.hint = hint.id;
      return;
    }
  }

  /** Add or refresh these hints and leave the others. Returns those that are new. */
  add(hints) {
    return hints.filter((hint) => {
      this.recognise(hint);
      const card = this.cards.get(hint.id);
      if (card?.state === "dismissed") return false;
      if (card?.state === "open") return card.update(hint);
      this.nodeOf(hint.id)?.remove();
      this.insert(new Card(hint, this));
      return true;
    });
  }

  /** The words of these hints are there: tick them. */
  tick(ids) {
    ids.forEach((id) => this.cards.get(id)?.tick());
  }

  remove(id) {
    const card = this.cards.get(id);
    this.cards.delete(id);
    card?.fold();
  }

  /** Whether one was put aside here: it might have had more to say. */
  get hasAside() {
    return [...this.cards.values()].some((card) => card.state === "dismissed");
  }

  /** Another reply is to be written: what was put aside for the last one is no longer remembered. */
  turn(hints) {
    this.keep(hints);
    for (const [id, card] of this.cards) if (card.state === "dismissed") this.remove(id);
  }

  clear() {
    for (const id of [...this.cards.keys()]) this.remove(id);
  }

  /** What is still to be seen of a hint, a card that folds away included. */
  nodeOf(id) {
    return this.root.querySelector(`[data-hint="${CSS.escape(id)}"]`);
  }

  insert(card) {
    this.cards.set(card.hint.id, card);
    this.root.append(card.node);
  }

  gone(card) {
    if (this.cards.get(card.hint.id) === card && card.state !== "dismissed") this.cards.delete(card.hint.id);
    card.fold();
  }
}

class Card {
  constructor(hint, list) {
    Object.assign(this, { list, words: list.words, actions: list.actions, state: "open", hint });
    this.say = el("p", { class: "say", id: `${hint.id}-say` });
    this.quotes = el("div", { class: "quotes" });
    this.offer = el("div", { class: "offer" });
    this.said = el("p", { class: "quiet-text", role: "status" });
    this.more = this.moreButton();
    this.panel = this.buildPanel();
    this.body = el("article", { class: "card", "data-level": hint.level, "aria-labelledby": `${hint.id}-say` });
    this.body.addEventListener("keydown", (event) => event.key === "Escape" && !this.panel.hidden && this.open(false));
    this.body.append(this.heading(), this.say, this.quotes, this.offer, this.said, this.panel);
    this.node = el("div", { class: "fold", "data-hint": hint.id }, el("div", { class: "fold-inner" }, this.body));
    this.update(hint);
  }

  /** Take the hint's words as they are now; false, for this is nothing new. */
  update(hint) {
    this.hint = hint;
    setText(this.say, hint.say);
    setText(this.why, hint.why);
    keep(this.quotes, quotesOf(hint), (quote) => quote.text, (quote) => this.quote(quote));
    const parts = [hint.offer && { name: "offer", offer: hint.offer }, hint.proposal && { name: "proposal", ...hint.proposal, due: this.words.due(hint.proposal) }].filter(Boolean);
    keep(this.offer, parts, (part) => part.name, (part) => (part.name === "offer" ? this.offering() : this.proposing(part)));
    return false;
  }

  heading() {
    const { level } = this.hint;
    return el("div", { class: "card-head" }, el("span", { class: "level" }, icon(level), this.words.say(`level.${level}`)), this.more);
  }

  moreButton() {
    const label = this.words.say("hint.more");
    const props = { type: "button", class: "icon-button", "aria-expanded": "false", "aria-controls": `${this.hint.id}-panel`, title: label };
    return el("button", { ...props, on: { click: () => this.open(this.panel.hidden) } }, icon("more"), hidden(label));
  }

  buildPanel() {
    const say = (key) => this.words.say(key);
    this.why = el("p", { class: "why" });
    const reasons = REASONS.map((reason) => chip(this.words, `reason.${reason}`, () => this.dismiss({ verdict: "dismissed", reason })));
    const label = `${this.hint.id}-reasons`;
    return el(
      "div",
      { class: "panel", id: `${this.hint.id}-panel`, hidden: true },
      el("p", { class: "panel-title" }, say("hint.why")),
      this.why,
      el("p", { class: "panel-title", id: label }, say("hint.dismiss")),
      el("div", { class: "chips", role: "group", "aria-labelledby": label }, reasons),
      this.actions.isProven && this.silences(),
    );
  }

  /** What holds on all tickets; only for an agent whom the helpdesk has proven. */
  silences() {
    const mute = () => this.dismiss({ verdict: "dismissed", mute: "today" });
    const quiet = () => attempt(() => this.actions.quiet("hour"), this.telling);
    return el("div", { class: "chips chips-apart" }, chip(this.words, "hint.mute", mute), chip(this.words, "hint.quiet", quiet));
  }

  open(isOpen) {
    this.panel.hidden = !isOpen;
    this.more.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) this.more.focus();
  }

  quote({ text, isDraft }) {
    const from = this.words.say(isDraft ? "hint.from-draft" : "hint.from-customer");
    return el("blockquote", { class: isDraft ? "quote quote-draft" : "quote" }, hidden(`${from} `), el("div", { dir: "auto" }, this.words.quote(text)));
  }

  offering() {
    const button = el("button", { type: "button", class: "button", "data-focus": "insert", on: { click: () => this.insert(button) } });
    button.append(this.words.say("hint.insert"));
    return el("div", { class: "offer-inner" }, el("p", { class: "offer-text", dir: "auto" }, this.hint.offer), button);
  }

  /** A follow-up that one click plans: what, and for when. */
  proposing(proposal) {
    const button = el("button", { type: "button", class: "button", "data-focus": "plan", on: { click: () => this.plan(button) } }, this.words.say("hint.plan"));
    return el("div", { class: "offer-inner" }, el("p", { class: "offer-text" }, `${proposal.words} · ${proposal.due}`), button);
  }

  async plan(button) {
    const hadFocus = document.activeElement === button;
    await attempt(() => this.actions.plan(this.hint), { ...this.telling, button });
    if (hadFocus && isFocusLost()) this.node.querySelector(".line")?.focus();
  }

  async insert(button) {
    const put = async () => (this.undoInsert = await this.actions.insert(this.hint));
    if (await attempt(put, { ...this.telling, button, failed: "hint.not-inserted" })) this.tick();
  }

  get telling() {
    return { said: this.said, words: this.words };
  }

  /** The words are there: a tick, which folds away after a moment. */
  tick() {
    if (this.state !== "open") return;
    this.state = "done";
    const undo = this.undoInsert ? () => this.takeOut() : null;
    this.replaceBody("done", this.words.say(undo ? "hint.inserted" : "hint.done"), undo, undo ? UNDO_MS : TICK_MS);
  }

  async takeOut() {
    const { undoInsert } = this;
    this.undoInsert = null;
    if (!undoInsert) return; // a second click on the way
    if (await undoInsert().catch(() => false)) this.reopen();
    else this.replaceBody("done", this.words.say("hint.written-on"), null, UNDO_MS);
  }

  async dismiss(body) {
    this.state = "dismissed";
    const told = body.mute ? this.words.say("hint.muted") : this.words.say("hint.dismissed");
    this.replaceBody("dismissed", told, () => this.undismiss(), UNDO_MS);
    this.judging = this.actions.judge(this.hint, body).then(() => true, () => false);
    if (!(await this.judging)) this.reopen("failed");
  }

  /** Taken back once it has been taken in: the two would cross on the way, and a mute outlast its undo. */
  async undismiss() {
    if (!(await this.judging)) return; // it is there again
    const again = () => this.replaceBody("dismissed", this.words.say("failed"), () => this.undismiss(), UNDO_MS);
    await this.actions.unjudge(this.hint).then(() => this.reopen(), again);
  }

  /** Be there again, with a word on why, unless another card is by now, or another reply is to be written. */
  reopen(because = null) {
    const { list, hint, node } = this;
    if (list.cards.get(hint.id) !== this) return;
    clearTimeout(this.folding);
    const hadFocus = node.contains(document.activeElement);
    const card = new Card(hint, list);
    if (node.isConnected) node.replaceWith(card.node);
    else list.root.append(card.node);
    list.cards.set(hint.id, card);
    if (because) setText(card.said, this.words.say(because));
    if (hadFocus) card.more.focus();
  }

  replaceBody(kind, text, undo, after) {
    const hadFocus = this.node.contains(document.activeElement);
    const line = el("div", { class: `line line-${kind}`, tabindex: "-1" }, icon("tick"), el("span", {}, text));
    const button = el("button", { type: "button", class: "link", on: { click: () => undo() } }, this.words.say("undo"));
    if (undo) line.append(button);
    this.node.firstChild.replaceChildren(line);
    if (hadFocus) (undo ? button : line).focus();
    clearTimeout(this.folding);
    this.folding = setTimeout(() => this.leave(), after);
  }

  /** Fold away, but never from under somebody's keyboard or pointer. */
  leave() {
    if (this.node.contains(document.activeElement) || this.node.matches(":hover")) {
      this.folding = setTimeout(() => this.leave(), 1_000);
      return;
    }
    this.list.gone(this);
  }

  fold() {
    clearTimeout(this.folding);
    this.node.classList.add("folded");
    setTimeout(() => {
      this.node.remove();
      this.actions.folded();
    }, FOLD_MS);
  }
}

function printOf({ evidence = [] }) {
  return JSON.stringify(evidence.map(({ where, text }) => [where, text]));
}

/** The words that a hint rests on, each once; those that its line quotes stand there. */
function quotesOf({ evidence = [], say }) {
  const quotes = evidence.map(({ where, text }) => ({ isDraft: where === "draft", text: text.trim() }));
  return quotes.filter(({ text }, place) => text && !say.includes(`“${text}”`) && quotes.findIndex((other) => other.text === text) === place).slice(0, QUOTES);
}
