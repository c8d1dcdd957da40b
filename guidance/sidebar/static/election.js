// One stream per agent and browser: the sidebars of all open tickets elect a holder, which streams for all of them.
// Without Web Locks or BroadcastChannel each active sidebar streams for itself, and only while its tab is seen: over HTTP/1.1 a
// browser opens six connections to a host, and the seventh tab's draft would wait for one of them.

const WATCH_EVERY_MS = 60_000;
const SETTLE_MS = 150;
const FORGOTTEN_MS = 120_000; // so long the service keeps what is watched

export class SharedStream {
  /**
   * `name` is one per agent and account. `stream` has start() and stop() and reports to `deliver`; `watch(tickets)` tells the
   * service what is open, and resolves to what it watches by now. `onEvent` is told every event, whoever held the stream, and
   * `watched` of our own for each ticket of which no news would have come before.
   */
  constructor({ name, ticket, stream, watch, onEvent, locks = navigator.locks, Channel = globalThis.BroadcastChannel }) {
    Object.assign(this, { name, ticket, stream, watch, onEvent });
    this.channel = locks && Channel ? openedChannel(Channel, name) : null;
    this.locks = this.channel ? locks : null;
    this.peers = new Map();
    this.id = crypto.randomUUID();
    this.isHolder = false;
    this.channel?.addEventListener("message", ({ data }) => this.heard(data));
  }

  /** This sidebar is in front of the agent: it wants events, and stands for election. */
  activate() {
    if (this.leaving) return;
    this.leaving = new AbortController();
    if (!this.locks) return this.holdWhileSeen();
    this.tell({ kind: "here", ticket: this.ticket });
    const held = () => (this.isWanted() ? new Promise((release) => this.hold((this.release = release))) : null);
    const { leaving } = this;
    this.locks.request(this.name, { signal: leaving.signal }, held).catch(() => leaving.signal.aborted || this.alone());
  }

  /** This browser lets the frame share nothing, as where sites may store nothing: it streams for itself. */
  alone() {
    this.channel?.close();
    Object.assign(this, { locks: null, channel: null });
    this.holdWhileSeen();
  }

  /** The agent turned to something else: let another sidebar hold the stream. */
  deactivate() {
    if (!this.leaving) return;
    this.leaving.abort();
    this.leaving = null;
    this.tell({ kind: "gone" });
    this.letGo();
  }

  close() {
    this.deactivate();
    this.channel?.close();
  }

  /** An event that our stream brought: for us, and for every other sidebar. */
  deliver(event) {
    this.tell({ kind: "event", event });
    this.onEvent(event);
  }

  holdWhileSeen() {
    const { signal } = this.leaving;
    document.addEventListener("visibilitychange", () => (isSeen() ? this.hold() : this.letGo()), { signal });
    if (isSeen()) this.hold();
  }

  isWanted() {
    return Boolean(this.leaving);
  }

  hold() {
    if (this.isHolder) return;
    this.isHolder = true;
    this.watched = { tickets: [], at: 0 };
    this.tell({ kind: "who" });
    this.announce();
    this.ticking = setInterval(() => this.announce(), WATCH_EVERY_MS);
    this.stream.start();
  }

  letGo() {
    this.release?.();
    this.release = null;
    if (!this.isHolder) return;
    this.isHolder = false;
    clearInterval(this.ticking);
    clearTimeout(this.settling);
    this.stream.stop();
  }

  heard({ from, kind, ticket, event }) {
    if (from === this.id) return;
    if (kind === "event" && this.isWanted()) this.onEvent(event);
    else if (kind === "who" && this.isWanted()) this.tell({ kind: "here", ticket: this.ticket });
    else if (kind === "here") this.peer(from, ticket);
    else if (kind === "gone") this.peer(from, null);
  }

  peer(from, ticket) {
    if (ticket) this.peers.set(from, ticket);
    else this.peers.delete(from);
    if (this.isHolder) this.announce();
  }

  /** Tell the service which tickets are open, once for changes that come together. */
  announce() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      const tickets = [...new Set([this.ticket, ...this.peers.values()])];
      this.watch(tickets).then((told) => this.nowWatched(told?.tickets ?? tickets), () => {});
    }, SETTLE_MS);
  }

  /** What came on a ticket between being read and being watched was told to nobody: its frame reads it once more. */
  nowWatched(tickets) {
    if (!this.isHolder) return;
    const before = Date.now() - this.watched.at < FORGOTTEN_MS ? this.watched.tickets : [];
    this.watched = { tickets, at: Date.now() };
    tickets.filter((one) => !before.includes(one)).forEach((ticket) => this.deliver({ id: null, kind: "watched", data: { ticket } }));
  }

  tell(message) {
    this.channel?.postMessage({ from: this.id, ...message });
  }
}

/** A channel of this name; null where the browser refuses it. */
export function openedChannel(Channel, name) {
  try {
    return new Channel(name);
  } catch {
    return null;
  }
}

/** Whether the tab that this frame is in can be seen. */
export const isSeen = () => document.visibilityState === "visible";
