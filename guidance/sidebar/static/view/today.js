// The agent's own page: good moments of today, who waits for them anywhere, and everything that is quiet, in one place.

import { attempt, chip, el, keep, picker, setText } from "./dom.js";

export class Today {
  /**
   * `day` lies in this browser alone. `actions`: `me()`, `changeMe(body)`, `mutes()`, `unmute(what)`, `quiet(span)`,
   * `openTicket(id)`, `isProven`.
   */
  constructor(words, actions, day) {
    Object.assign(this, { words, actions, day });
    this.body = el("div", { class: "mine today", hidden: true });
    this.toggle = el("button", { type: "button", class: "link", "aria-expanded": "false", on: { click: () => this.turn() } }, words.say("today.title"));
    this.rest = el("div", { class: "rest" });
    this.parts = el("div", {});
    this.note = el("p", { class: "quiet-text", role: "status" });
    this.body.append(this.parts, this.note);
    this.root = el("section", { class: "section mine-section", "aria-label": words.say("today.title") }, this.toggle, this.body);
    Object.assign(this, { me: null, mutes: [] });
    day.onChange = () => this.body.hidden || this.show();
  }

  /** Suggest a break where the day asks for one. */
  look() {
    keep(this.rest, this.day.wantsBreak ? [{ name: "break" }] : [], (one) => one.name, () => this.suggestion());
  }

  suggestion() {
    const said = el("p", { class: "quiet-text", role: "status" });
    const close = () => (this.day.rested(), this.look());
    const hush = async () => (await attempt(() => this.actions.quiet("hour"), { said, words: this.words })) && close();
    const quiet = this.actions.isProven && chip(this.words, "hint.quiet", hush);
    return el("div", { class: "rest-inner" }, el("p", {}, this.words.say("rest.says")), el("p", { class: "quiet-text" }, this.words.say("rest.private")), el("div", { class: "chips" }, chip(this.words, "rest.thanks", close), quiet), said);
  }

  async turn(open = this.body.hidden) {
    this.body.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    if (open) await this.refresh();
  }

  async refresh() {
    if (this.body.hidden) return;
    try {
      if (this.actions.isProven) [this.me, this.mutes] = await Promise.all([this.actions.me(), this.actions.mutes()]);
      this.show();
      setText(this.note, "");
    } catch {
      this.show();
      setText(this.note, this.words.say("failed"));
    }
  }

  show() {
    const { me, mutes } = this;
    const parts = [
      { name: "good", moments: this.day.moments },
      me?.waiting.length && { name: "waiting", waiting: me.waiting },
      this.actions.isProven && { name: "quiet", mutes: mutes.map((one) => ({ ...one, until: this.worded(one.until, "time") })) },
      me && { name: "named", named: me.named, until: this.worded(me.until, "day") },
    ].filter(Boolean);
    keep(this.parts, parts, (one) => one.name, (one) => this.part(one));
  }

  worded(until, kind) {
    return until && this.words.moment(until, kind);
  }

  part(one) {
    const build = { good: () => this.good(one), waiting: () => this.waiting(one), quiet: () => this.quiet(one), named: () => this.named(one) };
    return el("div", { class: "mine-group", "data-part": one.name }, el("h3", { class: "section-title" }, this.words.say(`today.${one.name}`)), build[one.name]());
  }

  good({ moments }) {
    const lines = moments.map(({ kind, today, yesterday }) => el("li", {}, this.words.say(`good.${kind}`, { count: today }), today > yesterday && yesterday > 0 ? el("span", { class: "quiet-text" }, ` ${this.words.say("good.more", { count: today - yesterday })}`) : null));
    const body = lines.length ? el("ul", { class: "people" }, lines) : el("p", { class: "quiet-text" }, this.words.say("good.none"));
    return el("div", {}, body, el("p", { class: "quiet-text" }, this.words.say("good.private")), lines.length > 0 && el("div", { class: "chips" }, chip(this.words, "good.forget", () => this.day.forget())));
  }

  waiting({ waiting }) {
    return el("ul", { class: "people" }, waiting.map((one) => {
      const go = () => this.actions.openTicket(one.ticket_id);
      return el("li", { class: "row" }, el("button", { type: "button", class: "link", on: { click: go } }, `#${one.ticket_id}`), el("span", { class: "row-text" }, this.words.say("waiting.asks-on", { name: one.by, subject: one.subject })));
    }));
  }

  quiet({ mutes }) {
    const rows = mutes.map((one) => el("li", { class: "row" }, el("span", { class: "row-text" }, one.what === "all" ? this.words.say("quiet.everything") : one.title, one.until ? el("span", { class: "quiet-text" }, ` ${this.words.say("quiet.until", { until: one.until })}`) : null), chip(this.words, "quiet.lift", () => this.perform(() => this.actions.unmute(one.what)), one.what)));
    const all = mutes.some((one) => one.what === "all") ? null : el("div", { class: "chips" }, chip(this.words, "hint.quiet", () => this.perform(() => this.actions.quiet("hour"))), chip(this.words, "quiet.today", () => this.perform(() => this.actions.quiet("today"))));
    return el("div", {}, rows.length ? el("ul", { class: "people" }, rows) : el("p", { class: "quiet-text" }, this.words.say("quiet.none")), all);
  }

  /** Do something, and show what came of it. */
  async perform(act) {
    if (await attempt(act, { said: this.note, words: this.words })) await this.refresh();
  }

  /** Whether colleagues may be told of this agent, and a way to be left out. */
  named({ named, until }) {
    const change = (body) => this.perform(() => this.actions.changeMe(body));
    const told = named ? "named.yes" : until ? "named.until" : "named.no";
    const line = el("p", { class: "quiet-text" }, this.words.say(told, { until }));
    if (!named) return el("div", {}, line, el("div", { class: "chips" }, chip(this.words, "named.again", () => change({ named: true }))));
    const day = picker("date", this.words.say("named.away"), (value) => change({ named: false, until: new Date(`${value}T23:59:59`).toISOString() }));
    return el("div", {}, line, el("div", { class: "chips" }, chip(this.words, "named.stop", () => change({ named: false })), el("label", { class: "pick" }, el("span", { class: "quiet-text" }, `${this.words.say("named.away")} `), day)));
  }
}
