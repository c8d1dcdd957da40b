// For Freshdesk: what must reach an agent whose panel is closed. Asks once about a slip in a reply that goes out and about open
// promises when a ticket is closed, and tells of a promise that falls due.

import { Api } from "./api.js";
import { isSeen } from "./election.js";
import { SendGuard } from "./guard.js";
import { isSolved, sentText } from "./hosts/freshdesk.js";
import { Presence } from "./presence.js";
import { Session } from "./session.js";
import { Stream } from "./stream.js";
import { loadWords } from "./words.js";

const LONGEST_TITLE = 30;
const LONGEST_MESSAGE = 100;
const WATCH_EVERY_MS = 60_000;
const OPENED_AGAIN_AFTER_MS = 60_000;
const READ_WITHIN_MS = 800; // the guard waits a little longer
const DUE = ["reminded", "late", "unconfirmed"];

export class Background {
  /** `open()` resolves to a session with the service. Replies pass from the first moment, with or without one. */
  static async begin(client, open) {
    const background = new Background(client, open);
    background.follow();
    const { loggedInUser = {} } = await client.data.get("loggedInUser").catch(() => ({}));
    background.words = await loadWords(loggedInUser.language ?? navigator.language);
    await background.connect();
    return background;
  }

  constructor(client, open) {
    this.client = client;
    this.open = open;
    this.openedAt = -Infinity;
    this.session = null;
    this.followUps = [];
    this.told = new Set();
    this.ticket = null;
    this.presence = new Presence({ onChange: (isOpen) => this.panelIs(isOpen) });
  }

  follow() {
    const { events } = this.client;
    events.on("app.activated", () => this.arrive());
    events.on("ticket.sendReply", (event) => this.sending(event), { intercept: true });
    events.on("ticket.closeTicketClick", (event) => this.closing(event), { intercept: true });
  }

  /**
   * Have a session, and another one once it has ended, as after a night. Where none is to be had, the next look at a ticket tries
   * again, but never more than once a minute: all agents of an account share few such requests.
   */
  connect() {
    if (this.session || performance.now() - this.openedAt < OPENED_AGAIN_AFTER_MS) return this.connecting;
    this.openedAt = performance.now();
    this.connecting = this.open().then((opened) => this.ready(opened), () => {});
    return this.connecting;
  }

  ready(opened) {
    this.session = new Session(opened, { onEnded: () => this.ended() });
    this.api = new Api(this.session);
    if (!this.guard) this.listenFirst();
    this.arrive();
  }

  ended() {
    this.session = null;
    this.rest();
    this.connect();
  }

  listenFirst() {
    this.guard = new SendGuard({
      words: this.words,
      check: () => this.check(),
      isSolving: (what) => what === "close" || isSolved(this.client),
      followUps: (advice) => this.standing(advice),
      isPublic: () => Boolean(this.body),
      ticket: () => this.ticket,
    });
    this.stream = new Stream({ open: (id, signal) => this.api.stream(id, signal), onEvent: (event) => this.heard(event) });
    addEventListener("pagehide", () => this.stream.stop());
    document.addEventListener("visibilitychange", () => this.turned());
  }

  /** Beside a ticket, perhaps another one than before: Freshdesk keeps its frames. */
  async arrive() {
    const { ticket } = await this.client.data.get("ticket").catch(() => ({}));
    this.ticket = ticket?.id ? String(ticket.id) : null;
    this.followUps = [];
    this.rest();
    if (!this.ticket) return;
    if (!this.session) return void this.connect();
    this.isPanelOpen = false;
    this.presence.ask();
    await this.look();
    this.listenWhereWanted();
  }

  async look() {
    const { ticket } = this;
    const advice = await this.api.advice(ticket).catch(() => null);
    if (ticket === this.ticket) this.followUps = advice?.follow_ups ?? this.followUps;
  }

  /** The promises as they stand by now: the panel changes them, too. Those last heard of, where no answer comes in time. */
  async standing(advice) {
    if (advice?.follow_ups) return advice.follow_ups;
    await Promise.race([this.look(), new Promise((resolve) => setTimeout(resolve, READ_WITHIN_MS))]);
    return this.followUps;
  }

  /** What came while nobody listened is read, and what has fallen due since is told. */
  async catchUp() {
    const { ticket, followUps: before } = this;
    await this.look();
    const isNews = ({ id, state }) => before.every((one) => one.id !== id || one.state !== state);
    if (ticket === this.ticket) this.followUps.filter(isNews).forEach((one) => this.tellIfDue(one));
  }

  /** The tab is seen, or no longer. What was told of a panel meanwhile may have been said in another tab, so this one's is asked anew. */
  turned() {
    if (isSeen()) {
      this.isPanelOpen = false;
      this.presence.ask();
    }
    this.listenWhereWanted();
  }

  panelIs(isOpen) {
    this.isPanelOpen = isOpen;
    this.listenWhereWanted();
  }

  /** A tab that nobody sees, or whose panel listens, leaves its connection to others; later the stream tells what was missed, or that it can't. */
  listenWhereWanted() {
    if (!this.session || !this.ticket) return;
    if (isSeen() && !this.isPanelOpen) this.listen();
    else this.rest();
  }

  listen() {
    if (this.watching) return;
    const watch = () => this.api.watch([this.ticket]).catch(() => {});
    this.watching = setInterval(watch, WATCH_EVERY_MS);
    watch();
    this.stream.start();
  }

  rest() {
    clearInterval(this.watching);
    this.watching = null;
    this.stream?.stop();
  }

  heard({ kind, data }) {
    if (kind === "reset") return this.catchUp();
    const followUp = data.follow_up ?? data;
    if (kind !== "follow_up" || !followUp.id || String(data.ticket ?? data.ticket_id ?? followUp.ticket_id) !== this.ticket) return;
    this.followUps = [...this.followUps.filter((one) => one.id !== followUp.id), followUp];
    this.tellIfDue(followUp);
  }

  /** One notice for each promise and state. */
  tellIfDue(followUp) {
    if (this.isPanelOpen || !DUE.includes(followUp.state)) return;
    const name = `${followUp.id}:${followUp.state}`;
    if (this.told.has(name)) return;
    this.told.add(name);
    const message = this.words.say("guard.promise", { words: followUp.words });
    const told = { type: "info", title: cut(this.words.say("promises.title"), LONGEST_TITLE), message: cut(message, LONGEST_MESSAGE) };
    this.client.interface.trigger("showNotify", told).catch(() => {});
  }

  /** Where Freshdesk shows what a reply says, it is looked at here; else the panel asks about its own composer. */
  async sending(event) {
    this.body = await sentText(event);
    if (!this.body || !this.guard) return event.helper.done();
    return this.answer(event, "send");
  }

  async closing(event) {
    this.body = null;
    if (!this.guard) return event.helper.done();
    return this.answer(event, "close");
  }

  async answer({ helper }, what) {
    const verdict = await (async () => this.guard.ask(what))().catch(() => true);
    if (verdict === true) helper.done();
    else helper.fail(verdict);
  }

  /** A first reply in the morning may be what tells that the session has ended; it is looked at with the next one. */
  async check() {
    const ask = () => this.api.draft(this.ticket, { html: this.body, visibility: "public", settled: true, seq: 1 });
    return ask().catch(async (error) => {
      if (error.code !== "ended") throw error;
      await this.connecting;
      return ask();
    });
  }
}

function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
