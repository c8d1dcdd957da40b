// What was promised on this ticket: words, due time, state, what there is to ask, and the agent's own word on it.

import { dayThere, momentThere, offsetIn, ownOffset, timeThere } from "../clock.js";
import { TIMES_REFUSED, attempt, chip, el, hidden, keep, picker } from "./dom.js";
import { icon } from "./icons.js";

const OPEN = ["noted", "planned", "creating", "task_made", "reminded", "late", "unconfirmed"];
const ICONS = { kept: "tick", withdrawn: "tick", late: "warning", broken: "warning" };
const SHOWN_AFTER_MS = 12 * 3_600_000;

/** Whether a promise still waits to be kept. A state that is left out is `noted`; one that waits for the customer is none yet. */
export const isOpen = ({ state = "noted", conditional }) => OPEN.includes(state) && !conditional;

/** Whether a promise asks for a word of the agent's: it is past its time, or its time or end is not known. */
export const wantsWord = (one) => isOpen(one) && (!one.due_at || ["late", "unconfirmed"].includes(one.state));

/** When a promise is due, or that nothing says so: no time is named, or what is named is not clear. `part`: of the panel, whose words these are. */
export function dueOf(promise, words, part) {
  if (promise.due_at) return words.due(promise);
  return words.say(`${part}.${(promise.asks ?? "when") === "when" ? "no-time" : "unclear"}`);
}

export class Promises {
  /** `actions.changePromise(promise, body)` resolves once the service has taken it. */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.unfolded = new Set();
    this.list = el("ul", { class: "promises" });
    this.root = el("section", { class: "section", hidden: true, "aria-labelledby": "promises-title" });
    this.root.append(el("h2", { class: "section-title", id: "promises-title" }, words.say("promises.title")), this.list);
  }

  /** `drafted` are the promises in the text being written: they show what will be noted once it is sent. What is closed stands last. */
  show(followUps, drafted) {
    const noted = new Set(followUps.filter((one) => !isClosed(one)).map((one) => one.words));
    const shown = followUps.filter(isShown).map((one) => ({ ...one, state: one.state ?? "noted" }));
    const items = [
      ...shown.filter((one) => !isClosed(one)),
      ...drafted.filter((one) => !noted.has(one.text)).map((one) => ({ id: `draft-${one.start}`, words: one.text, due_at: one.due_at, due_kind: one.due_kind, asks: one.asks, state: "drafted" })),
      ...shown.filter(isClosed),
    ];
    keep(this.list, items.map((one) => this.timed(one)), (one) => one.id, (one) => this.item(one));
    this.root.hidden = items.length === 0;
  }

  /** With its time as it is worded now: what was due tomorrow is due today after midnight, and its row is another one. */
  timed(promise) {
    return { ...promise, due: this.due(promise), own: promise.due_at && this.words.ownTime(promise) };
  }

  item(promise) {
    return el(
      "li",
      { class: "promise", "data-state": promise.state },
      el("p", { class: "promise-words", dir: "auto" }, this.words.quote(promise.words)),
      this.standing(promise),
      promise.evidence && el("p", { class: "quiet-text promise-evidence" }, this.words.say(`promise.by.${promise.state}`, { words: promise.evidence })),
      promise.trouble && el("p", { class: "quiet-text" }, promise.trouble),
      this.asks(promise),
      this.controls(promise),
      el("p", { class: "quiet-text promise-said", role: "status" }),
    );
  }

  standing(promise) {
    const state = promise.conditional ? "conditional" : promise.state;
    const task = promise.task_url && el("a", { href: promise.task_url, target: "_blank", rel: "noopener" }, this.words.say("promise.task", { number: promise.task_id }));
    return el("p", { class: "promise-due" }, icon(ICONS[promise.state] ?? "clock"), el("span", { title: promise.own }, promise.due), el("span", { class: "badge" }, this.words.say(`promise.${state}`)), task);
  }

  due(promise) {
    return promise.conditional && !promise.due_at ? this.words.say("promise.after-answer") : dueOf(promise, this.words, "promise");
  }

  /** The one quiet question that a promise raises, if any. */
  asks(promise) {
    if (!isOpen(promise) || promise.state === "drafted") return null;
    if (promise.state === "late") return this.quiet(isTold(promise) ? "promise.asks.told" : "promise.own-it");
    if (promise.due_at) return null;
    return this.quiet(promise.nudged ? "promise.asks.still" : `promise.asks.${promise.asks ?? "when"}`);
  }

  quiet(key) {
    return el("p", { class: "quiet-text" }, this.words.say(key));
  }

  controls(promise) {
    if (promise.state === "drafted" || promise.state === "creating") return null;
    if (!isOpen(promise)) return el("div", { class: "chips" }, this.ended(promise));
    const folds = Boolean(promise.due_at) && !isTold(promise);
    const time = el("div", { class: "chips", hidden: folds && !this.unfolded.has(promise.id) }, this.times(promise));
    const change = folds && this.unfolding(promise, "promise.change", time);
    return el("div", {}, time, el("div", { class: "chips" }, this.verdicts(promise), change, this.button(promise, "promise.withdraw", { state: "withdrawn" })));
  }

  verdicts(promise) {
    const didIt = this.button(promise, "promise.did-it", { state: "kept" });
    return promise.state === "unconfirmed" ? [didIt, this.button(promise, "promise.not-yet", { state: "not_yet" })] : didIt;
  }

  ended(promise) {
    if (promise.conditional) return this.button(promise, "promise.withdraw", { state: "withdrawn" });
    return promise.state === "kept" && promise.evidence ? this.button(promise, "promise.not-yet", { state: "not_yet" }) : this.button(promise, "undo", { state: "open" });
  }

  /** Today, tomorrow and what is picked are days and times of the place where the promise is due, as they are then told. */
  times(promise) {
    const { zone, due_at: dueAt } = promise;
    const label = this.words.say("promise.pick");
    const time = picker("datetime-local", label, (value) => this.change(promise, { due_at: momentThere(zone, value) }, time), dueAt ? timeThere(zone, dueAt) : "");
    const offset = offsetIn(zone);
    const clock = offset !== ownOffset(new Date()) && el("span", { class: "quiet-text" }, ` ${this.words.clock(offset)}`);
    return [
      this.button(promise, "promise.today", () => ({ due_on: dayThere(zone, 0) })),
      this.button(promise, "promise.tomorrow", () => ({ due_on: dayThere(zone, 1) })),
      el("label", { class: "pick" }, hidden(label), time, clock),
    ];
  }

  /** `body`: what is asked for, or what tells it once the button is pressed. */
  button(promise, key, body) {
    const button = chip(this.words, key, () => this.change(promise, typeof body === "function" ? body() : body, button));
    return button;
  }

  /** What is unfolded stays so when its row is built anew, until the promise is changed. */
  unfolding({ id }, key, part) {
    const tell = () => button.setAttribute("aria-expanded", String(!part.hidden));
    const button = chip(this.words, key, () => {
      part.hidden = !part.hidden;
      this.unfolded[part.hidden ? "delete" : "add"](id);
      tell();
    });
    tell();
    return button;
  }

  /** Change a promise once: what is pressed on the way is passed over. Told in its row, where it failed, also in one that came meanwhile. */
  async change(promise, body, control) {
    const row = control.closest(".promise");
    if (row.ariaBusy === "true") return;
    row.ariaBusy = "true";
    const wasUnfolded = this.unfolded.delete(promise.id);
    const said = saidIn(row);
    const isDone = await attempt(async () => this.actions.changePromise(promise, body), { said, words: this.words, refused: TIMES_REFUSED });
    if (wasUnfolded && !isDone) this.unfolded.add(promise.id);
    row.ariaBusy = null;
    const now = [...this.list.children].find(({ dataset }) => dataset.key === row.dataset.key);
    if (now && now !== row) saidIn(now).replaceWith(said);
  }
}

const saidIn = (row) => row.querySelector(".promise-said");

/** Whether a late promise has had its word: what is missing is a new time. */
const isTold = ({ state, told }) => state === "late" && Boolean(told);

const isClosed = ({ state = "noted" }) => !OPEN.includes(state);

/** Open ones, those that wait for the customer, what was touched here, and for half a day what a comment or a task has closed. */
function isShown(one) {
  const isFresh = one.settled_by !== "agent" && one.settled_at && Date.now() - new Date(one.settled_at) < SHOWN_AFTER_MS;
  return isOpen(one) || (one.conditional && OPEN.includes(one.state ?? "noted")) || one.touched || isFresh;
}
