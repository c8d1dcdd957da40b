// What was promised on this ticket: words, due time, state, and the agent's own word on it.

import { el, hidden, keep } from "./dom.js";
import { icon } from "./icons.js";

const OPEN = ["noted", "planned", "creating", "task_made", "reminded", "late", "unconfirmed"];
const ICONS = { kept: "tick", withdrawn: "tick", late: "warning", broken: "warning" };

/** Whether a promise still waits to be kept. A state that is left out is `noted`. */
export const isOpen = ({ state = "noted" }) => OPEN.includes(state);

export class Promises {
  /** `actions.changePromise(promise, body)` resolves once the service has taken it. */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.list = el("ul", { class: "promises" });
    this.root = el("section", { class: "section", hidden: true, "aria-labelledby": "promises-title" });
    this.root.append(el("h2", { class: "section-title", id: "promises-title" }, words.say("promises.title")), this.list);
  }

  /** `drafted` are the promises in the text being written: they show what will be noted once it is sent. */
  show(followUps, drafted) {
    const items = [
      ...followUps.filter((one) => isOpen(one) || one.touched).map((one) => ({ ...one, state: one.state ?? "noted" })),
      ...drafted.map((one) => ({ id: `draft-${one.start}`, words: one.text, due_at: one.due_at, due_kind: one.due_kind, state: "drafted" })),
    ];
    keep(this.list, items, (one) => one.id, (one) => this.item(one));
    this.root.hidden = items.length === 0;
  }

  item(promise) {
    const state = this.words.say(`promise.${promise.state}`);
    return el(
      "li",
      { class: "promise", "data-state": promise.state },
      el("p", { class: "promise-words" }, `“${promise.words}”`),
      el("p", { class: "promise-due" }, icon(ICONS[promise.state] ?? "clock"), el("span", {}, this.due(promise)), el("span", { class: "badge" }, state)),
      promise.trouble && el("p", { class: "quiet-text" }, promise.trouble),
      this.controls(promise),
    );
  }

  due({ due_at: dueAt, due_kind: kind }) {
    return dueAt ? this.words.moment(dueAt, kind) : this.words.say("promise.no-time");
  }

  controls(promise) {
    if (promise.state === "drafted" || promise.state === "creating") return null;
    if (!isOpen(promise)) return el("div", { class: "chips" }, this.button(promise, "undo", { state: "open" }));
    const time = el("div", { class: "chips", hidden: Boolean(promise.due_at) }, this.times(promise));
    const asks = !promise.due_at && el("p", { class: "quiet-text" }, this.words.say("promise.when"));
    const change = promise.due_at && this.plain("promise.change", () => (time.hidden = !time.hidden));
    const kept = this.button(promise, "promise.keep", { state: "kept" });
    return el("div", {}, asks, time, el("div", { class: "chips" }, kept, change, this.button(promise, "promise.withdraw", { state: "withdrawn" })));
  }

  times(promise) {
    const picker = el("input", { type: "datetime-local", class: "picker", "aria-label": this.words.say("promise.pick") });
    picker.addEventListener("change", () => picker.value && this.change(promise, { due_at: new Date(picker.value).toISOString() }));
    return [
      this.button(promise, "promise.today", { due_on: day(0) }),
      this.button(promise, "promise.tomorrow", { due_on: day(1) }),
      el("label", { class: "pick" }, hidden(this.words.say("promise.pick")), picker),
    ];
  }

  button(promise, key, body) {
    return this.plain(key, () => this.change(promise, body));
  }

  plain(key, act) {
    return el("button", { type: "button", class: "chip", "data-focus": key, on: { click: act } }, this.words.say(key));
  }

  change(promise, body) {
    return this.actions.changePromise(promise, body);
  }
}

function day(ahead) {
  const at = new Date();
  at.setDate(at.getDate() + ahead);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}
