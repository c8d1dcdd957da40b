// An agent's own open promises on all tickets: past their time, today, within a week, later; their calendar link; what is stored about them.

import { daysBetween, offsetOf, shownAt } from "../clock.js";
import { chip, copy, el, keep, setText } from "./dom.js";
import { dueOf } from "./promises.js";

const WEEK_MS = 7 * 86_400_000;

export class Mine {
  /** `actions`: `isProven` says whether there is more than one ticket to show; `mine()` gives the promises, `openTicket(id)` goes there, `calendar(isOn)` gives a new link or takes it back, `stored()` tells what is stored. */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.body = el("div", { class: "mine", hidden: true });
    this.toggle = el("button", { type: "button", class: "link", "aria-expanded": "false", on: { click: () => this.turn() } }, words.say("mine.title"));
    this.groups = el("div", {});
    this.note = el("p", { class: "quiet-text", role: "status" });
    this.link = el("input", { class: "picker link-field", readonly: true, hidden: true, "aria-label": words.say("mine.link") });
    this.body.append(this.groups, this.note);
    if (actions.isProven) this.body.append(this.calendar(), this.stored());
    this.root = el("section", { class: "section mine-section", "aria-label": words.say("mine.title") }, this.toggle, this.body);
  }

  /** A link is told once, when it is made, so one that is there can only be ended, or give way to a new one. */
  calendar() {
    this.give = chip(this.words, "mine.calendar", () => this.ask());
    this.revoke = chip(this.words, "mine.revoke", () => this.share(false));
    const stay = chip(this.words, "mine.stay", () => this.unsure(false));
    const sure = el("div", { class: "chips" }, chip(this.words, "mine.replace", () => this.share(true)), stay);
    this.sure = el("div", { hidden: true }, el("p", { class: "quiet-text" }, this.words.say("mine.replaces")), sure);
    this.copy = chip(this.words, "mine.copy", () => this.copied());
    this.copy.hidden = true;
    this.linked(false);
    return el("div", {}, el("div", { class: "chips" }, this.give, this.revoke), this.sure, this.link, el("div", { class: "chips" }, this.copy));
  }

  /** Where the browser lets nothing be copied, the link is marked for the agent to do it. */
  async copied() {
    if (await copy(this.link.value)) return setText(this.note, this.words.say("network.copied"));
    this.link.focus();
    this.link.select();
  }

  /** Whether there is a link by now. */
  linked(isThere) {
    this.isLinked = isThere;
    this.revoke.hidden = !isThere;
    setText(this.give, this.words.say(isThere ? "mine.new-link" : "mine.calendar"));
  }

  /** A new link ends the one before, which is asked about first; it may have been made in another panel. */
  async ask() {
    if (this.isAsking) return; // a second click on the way would end the link that the first one makes
    this.isAsking = true;
    try {
      this.linked((await this.actions.stored()).has_calendar_link);
      await (this.isLinked ? this.unsure(true) : this.share(true));
    } catch {
      setText(this.note, this.words.say("failed"));
    } finally {
      this.isAsking = false;
    }
  }

  unsure(isUnsure) {
    this.sure.hidden = !isUnsure;
    (isUnsure ? this.sure.querySelector("button") : this.give).focus();
  }

  stored() {
    this.about = el("ul", { class: "plain quiet-text" });
    const told = el("details", {}, el("summary", { class: "link" }, this.words.say("stored.title")), this.about);
    told.addEventListener("toggle", () => told.open && this.tellStored());
    return told;
  }

  async tellStored() {
    try {
      const one = await this.actions.stored();
      const none = this.words.say("stored.nothing");
      const told = {
        ...this.aboutHints(one, none),
        promises: one.open_promises,
        questions: one.questions_to_them,
        named: one.may_be_named ? this.words.say("stored.yes") : this.words.say("stored.no"),
        link: one.has_calendar_link ? this.words.say("stored.yes") : none,
      };
      const lines = Object.entries(told).map(([name, what]) => this.words.say(`stored.${name}`, { what }));
      this.about.replaceChildren(...[...lines, this.words.say("stored.rest")].map((line) => el("li", {}, line)));
    } catch {
      this.about.replaceChildren(el("li", {}, this.words.say("failed")));
    }
  }

  /** What is kept of single hints, by what they are called. What has no title is a principle, or a rule that is gone. */
  aboutHints({ muted, mastered, counted, titles = {} }, none) {
    const { words } = this;
    const called = (what) => (what === "all" ? words.say("quiet.everything") : titles[what] ?? what);
    const until = (at) => (at ? ` (${words.say("quiet.until", { until: words.moment(at) })})` : "");
    const list = (all) => all.join("; ") || none;
    return {
      muted: list(muted.map((one) => called(one.what) + until(one.until))),
      mastered: list(mastered.map(called)),
      counted: list(Object.entries(counted).map(([name, times]) => `${this.counted(name, called)}: ${times}`)),
    };
  }

  /** What is counted under a rule and a day, as in `names.greet@2026-03-04`; under a rule alone, what was done without a hint of it. */
  counted(name, called) {
    const at = name.lastIndexOf("@");
    if (at < 0) return this.words.say("stored.alone", { what: called(name) });
    return `${called(name.slice(0, at))} (${this.words.moment(`${name.slice(at + 1)}T12:00`, "day")})`;
  }

  async share(isOn) {
    const before = this.isLinked;
    this.unsure(false);
    try {
      const path = await this.actions.calendar(isOn);
      this.linked(isOn);
      this.showLink(path);
      setText(this.note, this.words.say(!isOn ? "mine.revoked" : before ? "mine.relinked" : "mine.linked"));
    } catch {
      setText(this.note, this.words.say("failed"));
    }
  }

  showLink(path) {
    this.link.hidden = this.copy.hidden = !path;
    this.link.value = path ? new URL(path, location.href).href : "";
    if (!path) return;
    this.link.focus();
    this.link.select();
  }

  /** Open or close the list; `open` says which. */
  async turn(open = this.body.hidden) {
    this.body.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open) await this.refresh();
  }

  /** The list as a page of its own: open, with a heading in the button's place. */
  asPage() {
    this.root.classList.add("mine-page");
    this.toggle.replaceWith(el("h1", { class: "page-title" }, this.words.say("mine.title")));
    return this.turn(true);
  }

  async refresh() {
    if (this.body.hidden) return;
    if (!this.actions.isProven) return setText(this.note, this.words.say("mine.here-only"));
    this.actions.stored().then((one) => this.linked(one.has_calendar_link), () => {});
    try {
      this.show(await this.actions.mine());
    } catch {
      setText(this.note, this.words.say("failed"));
    }
  }

  show(promises, now = Date.now()) {
    const timed = promises.map((one) => ({ ...one, due: dueOf(one, this.words, "promise") }));
    const groups = ["late", "today", "week", "later"].map((name) => ({ name, promises: timed.filter((one) => span(one, now) === name) }));
    keep(this.groups, groups.filter((one) => one.promises.length), (one) => one.name, (one) => this.group(one));
    setText(this.note, promises.length ? "" : this.words.say("mine.none"));
  }

  group({ name, promises }) {
    return el("div", { class: "mine-group", "data-span": name }, el("h3", { class: "section-title" }, this.words.say(`mine.${name}`)), el("ul", {}, promises.map((one) => this.row(one))));
  }

  row(one) {
    const go = () => this.actions.openTicket(one.ticket_id);
    return el("li", { class: "promise" }, el("p", { class: "promise-words", dir: "auto" }, this.words.quote(one.words)), el("p", { class: "promise-due" }, el("button", { type: "button", class: "link", on: { click: go } }, `#${one.ticket_id}`), el("span", {}, one.due), one.subject && el("bdi", { class: "promise-about" }, one.subject)));
  }
}

function span({ due_at: dueAt }, now) {
  if (!dueAt) return "later";
  const due = new Date(dueAt).getTime();
  if (due < now) return "late";
  const offset = offsetOf(dueAt);
  if (!daysBetween(shownAt(new Date(now), offset), shownAt(new Date(due), offset))) return "today";
  return due - now < WEEK_MS ? "week" : "later";
}
