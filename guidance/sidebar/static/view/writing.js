// A composer of the panel's own, for helpdesks that tell nobody what is typed into theirs.

import { placed } from "../letter.js";
import { el } from "./dom.js";

const KEPT_TICKETS = 50;

export class Writing {
  /** `changed()` is called after every edit; `insert({text, visibility})` resolves once the helpdesk's editor has the words. */
  constructor({ changed, insert }) {
    this.changed = changed;
    this.handOver = insert;
    this.visibility = "public";
    this.handed = false;
    this.kept = new Map();
    this.area = el("textarea", { class: "writing-area", dir: "auto", rows: "5", id: "writing", on: { input: () => this.edited() } });
    this.root = el("section", { class: "writing", hidden: true });
  }

  /** Show it, in these words. */
  furnish(words) {
    this.words = words;
    this.area.setAttribute("placeholder", words.say("writing.placeholder"));
    this.area.setAttribute("aria-label", words.say("writing.label"));
    this.said = el("p", { class: "quiet-text", role: "status" });
    this.go = el("button", { type: "button", class: "button button-main", disabled: true, on: { click: () => this.insertAll() } });
    this.kinds = ["public", "internal"].map((kind) => this.kind(kind));
    const head = el("div", { class: "chips", role: "group", "aria-label": words.say("writing.kind") }, this.kinds);
    const why = el("p", { class: "quiet-text", id: "writing-why" }, words.say("writing.why"));
    this.area.setAttribute("aria-describedby", why.id);
    this.root.replaceChildren(head, this.area, why, el("div", { class: "writing-foot" }, this.said, this.go));
    this.root.hidden = false;
    this.become(this.visibility);
  }

  kind(name) {
    const label = this.words.say(`writing.${name}`);
    return el("button", { type: "button", class: "chip", value: name, on: { click: () => this.become(name) } }, label);
  }

  become(visibility) {
    this.visibility = visibility;
    for (const one of this.kinds) one.setAttribute("aria-pressed", String(one.value === visibility));
    this.root.classList.toggle("is-note", visibility === "internal");
    this.go.textContent = this.words.say(visibility === "public" ? "writing.insert" : "writing.insert-note");
    this.changed();
  }

  get text() {
    return this.area.value;
  }

  /** Put words at their `place` in what is written. Returns a function that takes them out: false where somebody has written on since. */
  insert(words, place) {
    const before = this.area.value;
    this.area.value = placed(before, words, place);
    this.edited();
    const after = this.area.value;
    return async () => this.takeOut(before, after);
  }

  takeOut(before, after) {
    if (this.area.value !== after) return false;
    this.area.value = before;
    this.edited();
    return true;
  }

  clear() {
    this.area.value = "";
    if (this.words) this.edited();
  }

  /** Beside another ticket: what was begun is kept for its own one, in this page's memory, and what was begun beside `to` is there again. */
  turn(from, to) {
    const { text, visibility } = this;
    this.kept.delete(from);
    if (text.trim() && !this.handed) this.kept.set(from, { text, visibility });
    if (this.kept.size > KEPT_TICKETS) this.kept.delete(this.kept.keys().next().value);
    const begun = this.kept.get(to) ?? { text: "", visibility: "public" };
    this.area.value = begun.text;
    this.visibility = begun.visibility;
    if (!this.words) return;
    this.become(begun.visibility);
    this.edited();
  }

  /** A reply went out. What stands here was for it, where it was put into the helpdesk's editor and nobody has written on since. */
  sent() {
    if (this.handed && this.visibility === "public") this.clear();
  }

  async insertAll() {
    const { text, visibility } = this;
    this.go.disabled = true;
    try {
      await this.handOver({ text, visibility });
      this.handed = this.text === text;
      this.said.textContent = this.words.say("writing.inserted");
    } catch {
      this.said.textContent = this.words.say("writing.refused");
    } finally {
      this.go.disabled = !this.text.trim();
    }
  }

  edited() {
    this.handed = false;
    this.said.textContent = "";
    this.go.disabled = !this.text.trim();
    this.changed();
  }
}
