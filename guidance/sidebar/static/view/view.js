// The whole panel, top down: its state, what to know before writing, hints, questions, promises, feelings, people, the own day.

import { attempt, el, setText } from "./dom.js";
import { Feelings } from "./feelings.js";
import { Hints } from "./hints.js";
import { icon } from "./icons.js";
import { Facts, Questions } from "./lists.js";
import { Mine } from "./mine.js";
import { Network } from "./network.js";
import { keepPlace } from "./place.js";
import { Promises } from "./promises.js";
import { Today } from "./today.js";

const STATE_ICONS = { paused: "quiet", shadow: "quiet", quiet: "quiet", offline: "offline", empty: "tick" };
const TOLD = ["offline", "unavailable", "too_large", "not_read", "helpdesk_unavailable", "helpdesk_refused", "ended"];
const BARE = ["loading", "not_allowed", "ended", "new_ticket", "nowhere", "shadow", "page"];

export class View {
  /** `day`: the agent's own, in this browser. `writing`: a composer of the panel's own, where the helpdesk's can't be followed. */
  constructor(root, words, actions, day, writing = null) {
    this.words = words;
    this.actions = actions;
    this.facts = new Facts(words);
    this.hints = new Hints(words, actions);
    this.questions = new Questions(words);
    this.promises = new Promises(words, actions);
    this.feelings = new Feelings(words);
    this.network = new Network(words, actions);
    this.mine = new Mine(words, actions);
    this.today = new Today(words, actions, day);
    this.state = el("div", { class: "state", "data-state": "loading" });
    this.live = el("div", { class: "visually-hidden", role: "status", "aria-live": "polite" });
    this.announced = [];
    this.sections = el("div", { class: "sections" });
    this.sections.append(this.questions.root, this.promises.root, this.feelings.root, this.network.root);
    root.classList.add("guidance");
    this.root = root;
    keepPlace(root);
    writing?.furnish(words);
    this.writing = writing;
    root.replaceChildren(this.facts.root, ...(writing ? [writing.root] : []), this.today.rest, this.hints.root, this.state, this.sections, this.mine.root, this.today.root, this.live);
  }

  /** The panel's state: a name that there are words for, with fields for them. Bare states hide all else. */
  showState(name, fields = {}) {
    this.hush();
    const print = JSON.stringify([name, fields]);
    if (print !== this.shown) this.fillState(name, fields);
    this.shown = print;
    const isBare = BARE.includes(name);
    this.facts.root.classList.toggle("away", isBare);
    this.hints.root.classList.toggle("away", isBare);
    this.sections.classList.toggle("away", isBare);
    for (const own of [this.mine.root, this.today.root]) own.classList.toggle("away", ["loading", "ended", "nowhere"].includes(name));
    this.writing?.root.classList.toggle("away", BARE.includes(name) && !["loading", "ended"].includes(name));
  }

  fillState(name, fields) {
    this.state.dataset.state = name;
    const key = this.keyOf(name, fields);
    this.tell(TOLD.includes(name) ? this.words.say(key, fields) : null);
    this.state.hidden = name === "hints" || name === "page";
    if (this.state.hidden) return this.state.replaceChildren();
    const mark = STATE_ICONS[name] ? icon(STATE_ICONS[name]) : null;
    const text = el("p", {}, this.words.say(key, fields));
    this.state.replaceChildren(...[mark, text, ...this.wayOn(name)].filter(Boolean));
  }

  keyOf(name, { until }) {
    if (name === "ended" && this.actions.reopen) return "state.ended-here";
    return name === "quiet" && !until ? "state.quiet-today" : `state.${name}`;
  }

  /** What the agent can do about a state, where a button can do it. */
  wayOn(name) {
    if (name === "quiet") return this.button("quiet.end", () => this.actions.quiet(null));
    if (name !== "ended" || !this.actions.reopen) return [];
    return this.button("state.reopen", (said) => this.actions.reopen(() => setText(said, this.words.say("state.unavailable"))));
  }

  /** A button that can't be pressed again before what it does has come to an end, and the place that tells where it failed. */
  button(key, act) {
    const said = el("p", { class: "state-said", role: "status" });
    const press = () => attempt(() => act(said), { said, words: this.words, button });
    const button = el("button", { type: "button", class: "link", on: { click: press } }, this.words.say(key));
    return [button, said];
  }

  /** Tell a screen reader of trouble, and no longer once it is over. */
  tell(trouble) {
    if (trouble) setText(this.live, trouble);
    else if (this.trouble && this.live.textContent === this.trouble) setText(this.live, "");
    this.trouble = trouble;
  }

  /** The service is there again: nothing says any more that something did not work, and the lists are read anew. */
  recovered() {
    const failed = this.words.say("failed");
    for (const one of this.root.querySelectorAll("[role=status]")) if (one.textContent === failed) setText(one, "");
    this.mine.refresh();
    this.today.refresh();
  }

  /** Everything but the hints, as the advice has it. */
  showAdvice(advice, followUps) {
    this.facts.show(advice.strip ?? [], followUps);
    this.questions.show(stillAsked(advice));
    this.promises.show(followUps, drafted(advice));
    this.feelings.show(advice.feelings ?? []);
  }

  /** Tell a screen reader of new hints, once and quietly. Words that it has read before are read again where they are a new element. */
  announce(hints) {
    if (!hints.length) return;
    this.announced = hints.map(({ id }) => id);
    this.live.replaceChildren(el("p", {}, hints.map((hint) => `${this.words.say(`level.${hint.level}`)}: ${hint.say}`).join(" ")));
  }

  /** What was told of hints that are no longer there is not found by somebody who reads on. */
  hush() {
    const isThere = this.hints.open.some(({ id }) => this.announced.includes(id));
    if (this.announced.length && !isThere && !this.trouble) this.live.replaceChildren();
    if (!isThere) this.announced = [];
  }

  /** Another ticket: nothing of the one before is seen or heard any more. */
  clear() {
    this.showAdvice({}, []);
    this.hints.clear();
    this.network.clear();
    this.tell(null);
    this.live.replaceChildren();
  }
}

/** Whether the reply that advice is about has gone out. */
export function isOut({ moment }) {
  return moment === "sent" || moment === "solved";
}

/** What the customer asks; nothing once a reply that takes all of it up is out. */
function stillAsked(advice) {
  const { questions = [] } = advice;
  return isOut(advice) && questions.every((one) => one.answered) ? [] : questions;
}

/** The promises in the text being written. Where a slip stands in one, such as a date on another weekday, its time is not clear rather than left out. */
function drafted({ promises = [], slips = [] }) {
  const quotes = slips.flatMap(({ evidence = [] }) => evidence).filter(({ where }) => where === "draft");
  const made = promises.filter((one) => one.where === "draft" && !one.conditional);
  return made.map((one) => ({ ...one, asks: quotes.some(({ start, end }) => one.start <= start && end <= one.end) ? "unclear" : "when" }));
}
