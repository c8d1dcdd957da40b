// The helpdesk's side, spoken to through Freshworks' client (platform 3.0).
//
// Freshdesk tells nobody what an agent types into its editor. So the panel has a composer of its own, where hints are live,
// and its words are then put into Freshdesk's reply editor.

import { markup } from "../markup.js";
import { Presence } from "../presence.js";
import { Writing } from "../view/writing.js";

const TALLEST = 700;
const SOLVED = [4, 5];
const BODY_KEYS = ["body_html", "body", "full_text"];
const SHORTEST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
const TOO_MANY = 429;

/**
 * A session with our service, opened through the request template that holds the install's secret. All agents of an account
 * share fifty such requests a minute: whoever is told to wait does so for a random while, longer each time, and `onWait()` is told.
 */
export async function openSession(client, { origin = location.origin, random = Math.random, sleep = pause, onWait = () => {} } = {}) {
  const { loggedInUser } = await client.data.get("loggedInUser");
  const { service_host: host } = await client.iparams.get("service_host");
  const body = JSON.stringify({ agent: String(loggedInUser.id), origin });
  for (let longest = SHORTEST_WAIT_MS; ; longest = Math.min(2 * longest, LONGEST_WAIT_MS)) {
    try {
      const { response } = await client.request.invokeTemplate("openSession", { body });
      return { ...JSON.parse(response), base: baseOf(host) };
    } catch (error) {
      if (error.status !== TOO_MANY && !(error.status >= 500)) throw error;
      await onWait();
      await sleep(longest / 4 + random() * longest);
    }
  }
}

/** The service's address; only a host of this machine, as in local testing, is spoken to without encryption. */
export function baseOf(host) {
  return `${/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? "http" : "https"}://${host}`;
}

/** Connect to the host that frames us. */
export async function connectFreshdesk(client) {
  const host = new FreshdeskHost(client);
  await host.read();
  return host;
}

export class FreshdeskHost {
  /** Apps of one account may share an origin, so nothing is shared with other frames of this browser. */
  sharesStream = false;

  constructor(client) {
    this.client = client;
    this.listeners = {};
    this.guard = () => true;
    this.ticket = null;
    this.agent = {};
    this.presence = new Presence();
    this.writing = new Writing({ changed: () => this.tell("draft"), insert: (draft) => this.openEditor(draft) });
  }

  /** Read where we are, then follow it. */
  async read() {
    const [{ loggedInUser = {} }, ticket] = await Promise.all([this.get("loggedInUser"), this.ticketId()]);
    this.agent = { ...loggedInUser, locale: loggedInUser.language ?? loggedInUser.contact?.language };
    this.ticket = ticket;
    this.follow();
    this.presence.tell("open");
  }

  follow() {
    const { events } = this.client;
    events.on("app.activated", () => this.arrived());
    events.on("app.deactivated", () => this.left());
    events.on("ticket.sendReply", (event) => this.sending(event), { intercept: true });
  }

  /** `draft`, `moved`, `activated` or `deactivated`. */
  on(event, listener) {
    this.listeners[event] = listener;
  }

  /** Ask before a reply goes out: `guard` answers true, or the words that stop it. */
  beforeSend(guard) {
    this.guard = guard;
  }

  /** What the agent is writing in our composer. */
  draft() {
    const { text, visibility } = this.writing;
    return { plain: text, text, visibility };
  }

  isSolving() {
    return isSolved(this.client);
  }

  /** A reply went out. Where the customer has answered it since, what stands in our composer may be for that. */
  replied(moment) {
    if (moment !== "customer") this.writing.sent();
  }

  /** Put words into our composer, at their `place` in what is written there. Resolves to a function that takes them out: false where it can't. */
  insert(text, place) {
    return Promise.resolve(this.writing.insert(text, place));
  }

  /** Open Freshdesk's own editor for a private note with these words. */
  async startNote(text) {
    await this.openEditor({ text, visibility: "internal" });
    return true;
  }

  /** A new session once the one that came with the page has ended: Freshdesk proves the agent at any time, Zendesk only with its page. `onWait`: as in `openSession`. */
  reopen(onWait) {
    return openSession(this.client, { onWait });
  }

  resize(height) {
    this.client.instance.resize({ height: `${Math.min(TALLEST, height)}px` });
  }

  /** The panel is in front again, perhaps beside another ticket: Freshdesk keeps its frame. */
  async arrived() {
    this.presence.tell("open");
    const ticket = await this.ticketId();
    if (ticket === this.ticket) return this.tell("activated");
    this.writing.turn(this.ticket, ticket);
    this.ticket = ticket;
    this.tell("moved");
  }

  left() {
    this.presence.tell("closed");
    this.tell("deactivated");
  }

  /** Open Freshdesk's own editor with what stands in our composer. */
  async openEditor({ text, visibility }) {
    const { interface: ui } = this.client;
    if (visibility === "public") return ui.trigger("click", { id: "reply", text: markup(text) });
    const note = { text: markup(text), isPublic: false };
    return ui.trigger("click", { id: "note", ...note }).catch(() => ui.trigger("click", { id: "openNote", ...note }));
  }

  /**
   * A reply is about to go out. Where Freshdesk shows what it says, the background page asks about it, which is always there.
   * Whatever goes wrong, the reply goes.
   */
  async sending(event) {
    const isForUs = (await sentText(event)) === null;
    const verdict = isForUs ? await (async () => this.guard())().catch(() => true) : true;
    if (verdict === true) event.helper.done();
    else event.helper.fail(verdict);
  }

  async ticketId() {
    const { ticket } = await this.get("ticket");
    return ticket?.id ? String(ticket.id) : null;
  }

  get(name) {
    return this.client.data.get(name).catch(() => ({}));
  }

  tell(event) {
    this.listeners[event]?.();
  }
}

/** Whether the form of the ticket says that it is resolved or closed. */
export async function isSolved(client) {
  const { ticket } = await client.data.get("ticket").catch(() => ({}));
  return SOLVED.includes(Number(ticket?.status));
}

/** The words of a reply that is being sent, null where Freshdesk keeps them to itself. */
export async function sentText(event) {
  try {
    const told = (await event.helper.getData()) ?? {};
    const key = BODY_KEYS.find((name) => typeof told[name] === "string" && told[name].trim());
    return key ? told[key] : null;
  } catch {
    return null;
  }
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
