// One open ticket: its frame, its host, and what its composer holds while another tab is in front.

import { make } from "./dom.js";
import { FreshworksHost } from "./freshworks.js";
import { Host } from "./host.js";
import { conversation, read } from "./paths.js";

const AGAIN_AFTER = 1500;
const ANSWERS_WITHIN = 15_000;
const TALLEST = 4000;

export class Tab {
  /** `ticket()` and `pass()` give the ticket and the signed-in agent's pass as they are now; `begin()` asks for a launch. */
  constructor({ key, ticket, pass, begin, composer, service, notice, turned, go }) {
    Object.assign(this, { key, ticket, pass, begin, composer, service, notice, turned, go });
    Object.assign(this, { host: null, kept: "", type: "publicReply", submitting: null, isInFront: false, isClosed: false, said: null });
    this.frame = make("iframe", { title: "Guidance", name: `guidance-${key.replace(/\W/g, "-")}` });
    this.note = make("p", { class: "waiting", role: "status" }, "Opening the sidebar…");
    this.element = make("div", { class: "frame" }, this.note, this.frame);
    this.seen();
  }

  get html() {
    return this.isInFront ? this.composer.html : this.kept;
  }

  /** Open the app as the helpdesk does: a form posts a signed token into the frame. Waits until the service is up. */
  async launch() {
    this.host?.close(); // of two, each would do all that the app asks for
    while (!this.isClosed) {
      const told = await this.begin().catch((error) => ({ error: error.message }));
      if (told.token) return this.post(told);
      if (told.app) return this.show(told.app);
      this.note.textContent = told.error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER));
    }
  }

  /** Open the app as Freshdesk does: its pages lie with Freshworks. */
  show(app) {
    this.host = new FreshworksHost(this.frame, app, this);
    setTimeout(() => this.host?.isRegistered || this.silent(), ANSWERS_WITHIN);
  }

  /** Where an agent who wants hints writes: the reply editor, or the panel's own composer. */
  get writer() {
    return this.host?.writer ?? this.composer;
  }

  post({ url, token, app_guid: guid }) {
    this.host = new Host(this.frame, new URL(this.service).origin, guid, this);
    const form = make("form", { method: "post", action: url, target: this.frame.name, hidden: true });
    form.append(make("input", { type: "hidden", name: "token", value: token }));
    document.body.append(form);
    form.submit();
    form.remove();
    setTimeout(() => this.host?.isRegistered || this.silent(), ANSWERS_WITHIN);
  }

  silent() {
    const again = make("button", { type: "button", class: "quiet", onclick: () => this.launch() }, "Try again");
    this.note.replaceChildren("The sidebar has not answered. ", again);
  }

  registered() {
    this.note.hidden = true;
  }

  /** An app that has just begun to listen hears where it stands. */
  subscribed(event) {
    if (event === (this.isInFront ? "app.activated" : "app.deactivated")) this.host.tell(event);
  }

  enter() {
    this.isInFront = true;
    this.element.hidden = this.frame.hidden = false;
    this.composer.set(this.kept);
    this.host?.tell("app.activated");
  }

  leave() {
    this.kept = this.composer.html;
    this.isInFront = false;
    this.element.hidden = this.frame.hidden = true;
    this.host?.tell("app.deactivated");
  }

  close() {
    this.isClosed = true;
    this.host?.close();
    this.element.remove();
  }

  drafted() {
    this.host?.tell("comment.text.changed", this.html);
  }

  switchTo(type) {
    if (type === this.type) return;
    this.type = type;
    this.host?.tell("comment.type.changed", type);
    this.turned();
  }

  /** Tell the app what has changed on the board since the last look. */
  updated() {
    const ticket = this.ticket();
    const before = this.said;
    if (!ticket || !before) return;
    this.seen();
    if (ticket.comments.length !== before.turns) this.host?.tell("ticket.conversation.changed", conversation(ticket));
    if (ticket.status !== before.status) this.host?.tell("ticket.status.changed", ticket.status);
    const last = ticket.comments.at(-1);
    if (ticket.comments.length > before.turns && last.author.id !== this.pass()?.id) this.host?.tell("ticket.updated", last.author);
  }

  seen() {
    const ticket = this.ticket();
    this.said = ticket ? { turns: ticket.comments.length, status: ticket.status } : null;
  }

  /** Let the app look before `send` goes out. Resolves to null once it is sent, or to the words that stopped it. */
  async submit(status, send) {
    this.submitting = status;
    try {
      const stopped = await (this.host?.mayItGo() ?? null);
      if (stopped) return stopped;
      this.host?.tell("ticket.submit.start");
      await send();
      this.host?.tell("ticket.submit.done");
      return null;
    } catch (error) {
      this.host?.tell("ticket.submit.fail");
      throw error;
    } finally {
      this.submitting = null;
      this.host?.tell("ticket.submit.always");
    }
  }

  /** These words are out: they leave this tab's composer, wherever it is by now. What was written on meanwhile stays. */
  sent(html) {
    if (this.html === html) this.put(() => this.composer.set(""), () => "");
  }

  read(path) {
    return read(path, this);
  }

  write(path, value) {
    if (path === "comment.text") this.put(() => this.composer.set(value), () => String(value));
    else if (path === "comment.type") this.switchTo(value);
    else throw new Error(`"${path}" can't be set here`);
  }

  act(name, [first, ...rest]) {
    const acts = {
      "comment.appendText": () => this.put(() => this.composer.appendText(first), () => this.kept + first),
      "comment.appendHtml": () => this.put(() => this.composer.append(first), () => this.kept + first),
      "comment.appendMarkdown": () => this.put(() => this.composer.appendText(first), () => this.kept + first),
      "ticket.editor.insert": () => this.put(() => this.composer.insert(first), () => this.kept + first),
      notify: () => this.notice(String(first), rest[0]),
      resize: () => (this.frame.style.height = `${Math.min(parseInt(first.height, 10) || 300, TALLEST)}px`),
      routeTo: () => first === "ticket" && this.go(String(rest[0])),
      track: () => undefined,
    };
    const act = acts[name] ?? acts[name.replace(/^ticket\.comment/, "comment")];
    if (!act) throw new Error(`"${name}" is not available here`);
    act();
  }

  /** Change the composer where this tab is in front, else what it keeps until then. */
  put(now, later) {
    if (this.isInFront) now();
    else this.kept = later();
  }

  /** A call of the app's to the helpdesk's own REST API, as the agent; other places are not for an app to reach from here. */
  async request(options) {
    const { url, type = "GET", data, contentType = "application/json" } = options;
    if (!url.startsWith("/api/v2/")) throw new Error("Only the helpdesk's own API can be reached from here.");
    const body = data === undefined || typeof data === "string" ? data : JSON.stringify(data);
    const headers = { Authorization: this.pass().authorization, ...(body ? { "Content-Type": contentType } : {}) };
    const answer = await fetch(`/${this.ticket().helpdesk}${url}`, { method: type, headers, body });
    return { ok: answer.ok, status: answer.status, statusText: answer.statusText, text: await answer.text() };
  }
}
