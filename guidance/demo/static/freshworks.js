// Freshworks' side of an app for Freshdesk: one host for the app's two frames beside one ticket.

const STATUS = { new: 2, open: 2, pending: 3, solved: 4, closed: 5, hold: 7 };
const SEND_WAITS_FOR = 4000;
const TALLEST = 700;
const LONGEST_TITLE = 30;
const LONGEST_MESSAGE = 100;

export class FreshworksHost {
  /** `frame` shows the panel; the background page gets a frame of its own, which nobody sees. */
  constructor(frame, app, tab) {
    Object.assign(this, { frame, tab, wanted: new Map(), verdicts: new Map(), events: 0, isRegistered: false });
    this.background = document.createElement("iframe");
    this.background.hidden = true;
    this.background.className = "background";
    frame.after(this.background);
    this.listener = (event) => this.receive(event);
    addEventListener("message", this.listener);
    frame.src = `${app}index.html`;
    this.background.src = `${app}background.html`;
  }

  get frames() {
    return [this.frame, this.background];
  }

  /** Tell the app of an event, if it listens. The background page is never told that it is out of sight. */
  tell(event) {
    const frames = event === "app.deactivated" ? [this.frame] : this.frames;
    for (const frame of frames) if (this.wants(frame, event)) this.happen(frame, event);
  }

  /** Ask the app before a reply goes out. Resolves to null, or to the words that stop it; a silent app stops nothing. */
  async mayItGo() {
    const asked = this.frames.filter((frame) => this.wants(frame, "ticket.sendReply")?.intercept);
    const told = await Promise.all(asked.map((frame) => this.verdict(frame, "ticket.sendReply")));
    return told.find(Boolean) ?? null;
  }

  /** What a person at this ticket writes into: the panel's own composer, since the app sees no other. */
  get writer() {
    const area = () => this.frame.contentDocument.querySelector("#writing");
    const put = (text) => {
      area().value = text;
      area().dispatchEvent(new Event("input"));
    };
    return { set: put, appendText: (text) => put(area().value + text), handOver: () => this.handOver() };
  }

  /** Press the panel's button, and wait until the reply editor has the words. */
  handOver() {
    const done = new Promise((resolve) => (this.handedOver = resolve));
    this.frame.contentDocument.querySelector(".button-main").click();
    return Promise.race([done, new Promise((resolve) => setTimeout(resolve, 2000))]);
  }

  close() {
    removeEventListener("message", this.listener);
    this.background.remove();
  }

  wants(frame, event) {
    return this.wanted.get(frame)?.get(event);
  }

  verdict(frame, event) {
    const silence = new Promise((resolve) => setTimeout(resolve, SEND_WAITS_FOR, null));
    const answer = new Promise((resolve) => this.verdicts.set(this.events + 1, resolve));
    this.happen(frame, event);
    return Promise.race([answer, silence]);
  }

  /** Freshdesk's documents promise no data with a click, so none is given. */
  happen(frame, event) {
    frame.contentWindow?.postMessage({ fw: "event", event, id: ++this.events, data: {} }, location.origin);
  }

  async receive({ data, origin, source }) {
    const frame = this.frames.find((one) => one.contentWindow === source);
    if (!frame || origin !== location.origin) return;
    if (data.fw === "verdict") this.verdicts.get(data.id)?.(data.message);
    if (data.fw !== "call") return;
    const told = await this.answer(frame, data.name, data.args).then(
      (value) => ({ value }),
      (error) => ({ error: { status: error.status ?? 400, message: error.message, response: error.response } }),
    );
    source?.postMessage({ fw: "answer", id: data.id, ...told }, location.origin);
  }

  async answer(frame, name, args) {
    const act = {
      initialized: () => this.initialized(frame),
      "events.on": ([event, intercept]) => this.subscribe(frame, event, intercept),
      "data.get": ([what]) => this.read(what),
      "iparams.get": () => ({ service_host: new URL(this.tab.service).host }),
      "interface.trigger": ([what, options]) => this.trigger(what, options),
      "instance.resize": ([{ height }]) => (frame.style.height = `${Math.min(parseInt(height, 10) || 300, TALLEST)}px`),
      "request.invokeTemplate": ([template, options]) => invoke(template, options),
    }[name];
    if (!act) throw new Error(`${name} is not here`);
    return act(args);
  }

  initialized(frame) {
    this.wanted.set(frame, new Map());
    if (frame !== this.frame) return;
    this.isRegistered = true;
    this.tab.registered();
  }

  subscribe(frame, event, intercept) {
    this.wanted.get(frame).set(event, { intercept });
    if (event === "app.activated" && frame === this.background) this.happen(frame, event);
  }

  read(what) {
    const ticket = this.tab.ticket();
    const pass = this.tab.pass();
    const data = {
      ticket: { id: Number(ticket.id), subject: ticket.subject, status: STATUS[this.tab.submitting ?? ticket.status], requester_id: Number(ticket.requester.id) },
      loggedInUser: { id: Number(pass.id), name: pass.name, language: "en" },
    };
    if (!data[what]) throw new Error(`${what} is not here`);
    return { [what]: data[what] };
  }

  trigger(what, options) {
    if (what === "showNotify") return this.notify(options);
    if (what !== "click" || !["reply", "note"].includes(options.id)) throw new Error("not in this place");
    this.tab.switchTo(options.id === "reply" ? "publicReply" : "internalNote");
    this.take(options.text);
    this.handedOver?.();
  }

  /** Words of the app's for the editor: what a person wrote there stays, before them; those that the app put in before give way. */
  take(words) {
    const held = this.tab.html;
    const own = held && held === this.taken?.html ? this.taken.own : held;
    const all = own ? `${own}<br><br>${words}` : words;
    this.tab.put(() => this.tab.composer.set(all), () => all);
    this.taken = { html: this.tab.html, own };
  }

  notify({ title = "", message }) {
    if (title.length > LONGEST_TITLE || message.length > LONGEST_MESSAGE) throw new Error("too long for a notice");
    this.tab.notice([title, message].filter(Boolean).join(": "));
  }
}

async function invoke(template, { body, context } = {}) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/desk/api/freshworks/invoke", { method: "POST", headers, body: JSON.stringify({ template, body, context }) });
  const told = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(told.message ?? "refused"), { status: told.status, response: told.response });
  return told;
}
