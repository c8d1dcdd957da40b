// The sidebar: reads the ticket it stands beside, follows the draft, shows what the service has to say.

import { actionsOf } from "./actions.js";
import { Api, ApiError } from "./api.js";
import { Day } from "./day.js";
import { DraftWatch } from "./draft.js";
import { SharedStream, isSeen } from "./election.js";
import { SendGuard } from "./guard.js";
import { connectZaf } from "./hosts/zaf.js";
import { Session } from "./session.js";
import { failureOf, standing } from "./standing.js";
import { Stream } from "./stream.js";
import { View } from "./view/view.js";
import { Witness } from "./witness.js";
import { loadWords } from "./words.js";

const REFRESH_MS = 1_000;
const RETRY_MS = [3_000, 8_000, 20_000, 60_000];
const PAGE_REFRESH_MS = 60_000;
const READING_MS = [2_000, 4_000, 8_000, 15_000];
const TALLEST = 720;
/** Start the app in `root`, beside the ticket that the host shows, with the session that came with the page. */
export async function start(root, opened, connect = connectZaf) {
  const host = await connect();
  const words = await loadWords(host?.agent.locale ?? navigator.language);
  document.documentElement.lang = words.locale;
  const app = new App({ root, host, words, opened });
  app.begin();
  return app;
}

export class App {
  constructor({ root, host, words, opened }) {
    this.host = host;
    this.words = words;
    this.session = new Session(opened, { onEnded: () => this.trouble({ code: "ended" }) });
    this.api = new Api(this.session);
    // Where other apps share this origin, the day stays in this page's memory.
    this.day = new Day(`${opened.account}:${opened.agent}`, host?.sharesStream === false ? { storage: null } : {});
    this.witness = new Witness(this.day, opened.agent);
    this.view = new View(root, words, actionsOf(this), this.day, host?.writing);
    this.draft = this.watchDraft();
    this.advice = null;
    this.slot = undefined;
    this.followUps = new Map();
    this.touched = new Set();
    this.around = {};
    this.failure = null;
    this.failures = 0;
    this.asked = 0;
    this.isActive = false;
    this.root = root;
  }

  get isPage() {
    return this.host?.place === "nav_bar";
  }

  get ticket() {
    return this.host?.ticket ?? null;
  }

  begin() {
    this.show();
    if (!this.host) return;
    if (this.isPage) return this.beginPage();
    this.listen();
    this.fit();
    if (!this.ticket) return void this.view.mine.turn(true);
    this.stream = this.shareStream();
    this.activate();
    addEventListener("online", () => (this.view.recovered(), this.refresh()));
    addEventListener("pagehide", () => this.close());
  }

  /** A page of its own, in the helpdesk's navigation bar: this agent's promises on all tickets, and nothing else. */
  beginPage() {
    const { mine } = this.view;
    mine.asPage();
    this.isActive = true;
    this.host.on("activated", () => ((this.isActive = true), mine.refresh()));
    this.host.on("deactivated", () => (this.isActive = false));
    setInterval(() => this.isActive && isSeen() && mine.refresh(), PAGE_REFRESH_MS);
    addEventListener("pagehide", () => this.session.close());
  }

  listen() {
    const { host } = this;
    host.on("draft", () => this.draft.typed(host.draft()));
    host.on("conversation", () => (this.draft.typed(host.draft()), this.refreshSoon())); // a live message goes along with the draft
    host.on("activated", () => this.activate());
    host.on("deactivated", () => this.deactivate());
    host.on("moved", () => this.move());
    host.on("destroyed", () => this.close());
    const guard = new SendGuard({
      words: this.words,
      check: () => this.draft.lastWord(),
      known: () => this.draft.known(),
      isSolving: () => host.isSolving(),
      followUps: () => [...this.followUps.values()],
      isPublic: () => host.draft().visibility === "public",
      ticket: () => this.ticket,
    });
    host.beforeSend(() => (this.ticket ? guard.ask() : true));
  }

  activate() {
    this.isActive = true;
    this.draft.setActive(true);
    this.stream?.activate();
    this.refresh();
    this.draft.typed(this.host.draft());
  }

  deactivate() {
    this.isActive = false;
    this.turn = null;
    this.rest();
    clearTimeout(this.retrying);
  }

  /** Nothing is asked or heard meanwhile; another panel, whose session holds, takes the stream over. */
  rest() {
    this.draft.setActive(false);
    this.stream?.deactivate();
  }

  /** The host stands beside another ticket now. */
  move() {
    this.deactivate();
    this.stream?.close();
    Object.assign(this, { advice: null, slot: undefined, failure: null, asked: 0, followUps: new Map(), touched: new Set(), around: {} });
    this.view.clear();
    this.witness.look();
    this.draft.typed(this.host.draft());
    this.stream = this.ticket ? this.shareStream() : null;
    this.show();
    if (this.ticket) this.activate();
  }

  close() {
    this.deactivate();
    this.stream?.close();
    this.session.close();
  }

  watchDraft() {
    return new DraftWatch({
      ask: (body, signal) => this.api.draft(this.ticket, { ...body, slot: this.slot }, signal),
      onAdvice: (advice) => this.takeDraftAdvice(advice),
      onTrouble: (error) => (error.code === "conflict" ? this.refresh() : this.trouble(error)),
      onEmpty: () => this.refresh(),
      onSlow: () => this.trouble(new ApiError("unavailable")),
    });
  }

  shareStream() {
    const { session, api } = this;
    const stream = new Stream({
      open: (lastId, signal) => api.stream(lastId, signal),
      onEvent: (event) => shared.deliver(event),
      onTrouble: (error) => (error.code === "ended" ? this.trouble(error) : error.name === "AbortError" && this.refreshSoon()), // silent for too long
    });
    const shared = new SharedStream({
      name: `guidance:${session.account}:${session.agent}`,
      ticket: this.ticket,
      stream,
      watch: (tickets) => api.watch(tickets),
      onEvent: (event) => this.heard(event),
      ...(this.host.sharesStream === false ? { locks: null } : {}),
    });
    return shared;
  }

  /** An event of the stream. While the agent writes, the draft is asked about again: it knows best what still fits. */
  heard({ kind, data }) {
    const ticket = data.ticket ?? data.ticket_id;
    if (kind !== "reset" && ticket !== undefined && String(ticket) !== this.ticket) return;
    if (kind === "withdrawn") (data.hints ?? []).forEach((id) => this.view.hints.remove(id));
    else if (kind === "follow_up") this.takeFollowUp(data.follow_up ?? data);
    else this.news(data.advice);
    this.show();
  }

  /** Fresh advice came along: show it at once, and ask for what it leaves out. */
  news(advice) {
    if (advice && this.advice && this.draft.isEmpty) this.view.announce(this.view.hints.show(advice.hints ?? []));
    this.refreshSoon();
  }

  refreshSoon() {
    this.refreshing ??= setTimeout(() => this.refresh(), REFRESH_MS / 10);
  }

  /** Ask how the ticket stands. */
  async refresh() {
    clearTimeout(this.refreshing);
    clearTimeout(this.retrying);
    this.refreshing = null;
    if (!this.ticket || !this.isActive) return;
    const turn = (this.turn = {});
    try {
      const advice = await this.api.advice(this.ticket);
      if (turn !== this.turn) return;
      this.takeAdvice(advice);
      await this.lookAround(turn);
    } catch (error) {
      if (turn === this.turn) this.trouble(error);
    }
  }

  /** The people around the ticket: beside the point while something else is wrong, so its failure is told nowhere. */
  async lookAround(turn) {
    const told = await this.api.network(this.ticket).catch(() => null);
    if (turn !== this.turn || !told) return;
    if (told.favour && this.day.has(told.favour.comment_id)) told.favour = null;
    this.around = told;
    this.view.network.show(told);
    this.view.today.refresh();
  }

  takeAdvice(advice) {
    this.take(advice);
    if (this.draft.isEmpty) this.view.announce(this.view.hints.show(advice.hints));
    else this.draft.check({ force: true });
    this.show();
    this.awaitHistory(advice);
  }

  /** The earlier messages are on their way; that they came may have been told before anybody here listened. What else is read meanwhile makes no wait longer. */
  awaitHistory({ complete }) {
    if (complete) this.asked = 0;
    else this.retrying = setTimeout(() => ((this.asked += 1), this.refresh()), READING_MS[Math.min(this.asked, READING_MS.length - 1)]);
  }

  /** Hints on a draft come and stay: one leaves when its words are there, or when something keeps it back. */
  takeDraftAdvice(advice) {
    this.take(advice);
    const { hints } = this.view;
    hints.tick(advice.cleared ?? []);
    const held = new Set((advice.held_back ?? []).map((one) => one.rule));
    hints.open.filter((hint) => held.has(hint.rule)).forEach((hint) => hints.remove(hint.id));
    this.view.announce(hints.add(advice.hints));
    this.show();
  }

  take(advice) {
    if (this.slot !== undefined && this.slot !== advice.slot) this.turnSlot(advice);
    this.slot = advice.slot;
    this.advice = advice;
    this.followUps = new Map((advice.follow_ups ?? []).map((one) => [one.id, one]));
    if (this.failure) this.view.recovered();
    this.failure = null;
    this.failures = 0;
    this.witness.advice(this.ticket, advice, this.draft.isEmpty ? null : this.draft.draft);
    this.followUps.forEach((one) => this.witness.followUp(one));
    this.view.today.look();
  }

  /** Another slot: a reply went out, or we learnt of one that went out before. */
  turnSlot({ hints, moment }) {
    this.view.hints.turn(hints);
    this.host.replied(moment);
  }

  /** News of a promise; one that is late by now brings a hint with it. */
  takeFollowUp(followUp) {
    if (!followUp?.id) return;
    if (followUp.moved_to) this.followUps.delete(followUp.id);
    else this.followUps.set(followUp.id, followUp);
    this.witness.followUp(followUp);
    if (followUp.state === "late") this.refreshSoon();
    this.view.mine.refresh();
  }

  trouble(error) {
    this.failure = failureOf(error);
    if (this.failure === "ended") this.rest();
    this.show();
    if (!error.passes) return;
    const wait = error.retryAfter ? error.retryAfter * 1_000 : RETRY_MS[Math.min(this.failures, RETRY_MS.length - 1)];
    this.failures += 1;
    clearTimeout(this.retrying);
    this.retrying = setTimeout(() => this.refresh(), wait * (1 + Math.random() / 4));
  }

  show() {
    if (this.advice) {
      const told = this.advice.told_since ?? [];
      const followUps = [...this.followUps.values()].map((one) => ({ ...one, touched: this.touched.has(one.id), told: told.includes(one.id) }));
      this.view.showAdvice(this.advice, followUps);
    }
    this.view.showState(...standing(this));
  }

  /** Ask the host for as much room as the panel needs, and no more often than it changes. */
  fit() {
    let height = 0;
    new ResizeObserver(() => {
      const wanted = Math.min(TALLEST, Math.ceil(this.root.getBoundingClientRect().height));
      if (Math.abs(wanted - height) > 2) this.host.resize((height = wanted));
    }).observe(this.root);
  }
}

const page = document.getElementById("session");
if (page) start(document.getElementById("guidance"), JSON.parse(page.textContent));
