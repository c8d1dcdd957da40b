// The helpdesk's side of the app protocol: one host for one frame, speaking for one ticket tab.

const SAVE_WAITS_FOR = 4000;

export class Host {
  /** `tab` answers `read(path)`, `write(path, value)`, `act(name, args)` and `request(options)`; `frame` is its iframe. */
  constructor(frame, origin, guid, tab) {
    Object.assign(this, { frame, origin, guid, tab, wanted: new Set(), saving: null });
    this.isRegistered = false;
    this.listener = (event) => this.receive(event);
    addEventListener("message", this.listener);
  }

  /** Tell the app of an event, if it listens. */
  tell(event, message) {
    if (this.wanted.has(event) || (event.endsWith(".changed") && this.wanted.has("*.changed"))) this.send(event, message);
  }

  /** Ask the app before a reply goes out. Resolves to null, or to the words that stop it; a silent app stops nothing. */
  async mayItGo() {
    if (!this.wanted.has("ticket.save")) return null;
    const answer = new Promise((resolve) => (this.saving = resolve));
    this.post({ key: "zaf.ticket.save", needsReply: true });
    const told = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, SAVE_WAITS_FOR, {}))]);
    this.saving = null;
    return told.error ? told.error.msg || "The app asks you to look again." : null;
  }

  close() {
    this.tell("app.willDestroy");
    removeEventListener("message", this.listener);
  }

  receive(event) {
    if (event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
    const data = parsed(event.data);
    if (data?.appGuid !== this.guid) return;
    if (data.request) this.answer(data);
    else if (typeof data.key === "string") this.hear(data.key, data);
  }

  /** A message with a key. Tracking, `session.live` and calls about other instances are none of ours. */
  hear(key, data) {
    const [kind, name] = split(key, ":");
    if (key === "iframe.handshake") this.register();
    else if (kind === "iframe.on") this.subscribe(name);
    else if (kind === "iframe.off" && !data.message?.subscriberCount) this.wanted.delete(name);
    else if (key === "iframe.reply:ticket.save") this.saving?.(data);
    else if (kind === "request") this.pass(key, data.message);
  }

  subscribe(event) {
    this.wanted.add(event);
    this.tab.subscribed(event);
  }

  register() {
    const context = { product: "support", location: this.tab.place ?? "ticket_sidebar", instanceGuid: this.guid, account: { subdomain: "demo" } };
    const metadata = { appId: 1, installationId: 1, name: "Guidance", version: "1", settings: {} };
    this.isRegistered = true;
    this.send("app.registered", { context, metadata });
    this.tab.registered();
  }

  answer({ id, request, params }) {
    const result = { errors: {} };
    for (const name of request === "get" ? params : Object.keys(params)) {
      try {
        if (request === "get") result[name] = this.tab.read(name);
        else if (request === "set") this.tab.write(name, params[name]);
        else result[name] = this.tab.act(name, params[name]) ?? null;
      } catch (error) {
        result.errors[name] = { name: "APIUnavailableError", message: error.message, path: name };
      }
    }
    this.post({ id, result });
  }

  /** An HTTP call for the app, as the agent who is signed in. */
  async pass(key, options) {
    try {
      const { ok, status, statusText, text } = await this.tab.request(options);
      const xhr = { status, statusText, responseText: text, responseJSON: parsed(text) };
      if (ok) this.send(`${key}.done`, { responseArgs: [xhr.responseJSON ?? text, "success", xhr] });
      else this.send(`${key}.fail`, { responseArgs: [xhr, "error", statusText] });
    } catch (error) {
      this.send(`${key}.fail`, { responseArgs: [{ status: 0, statusText: "error", responseText: error.message }] });
    }
  }

  send(event, message) {
    this.post({ key: `zaf.${event}`, message });
  }

  post(data) {
    this.frame.contentWindow?.postMessage(JSON.stringify(data), this.origin);
  }
}

function parsed(data) {
  if (typeof data !== "string") return data;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

function split(text, mark) {
  const place = text.indexOf(mark);
  return place < 0 ? [text, ""] : [text.slice(0, place), text.slice(place + 1)];
}
