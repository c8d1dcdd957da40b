// The helpdesk's side, spoken to through Zendesk's app framework (ZAF v2). The demo desk speaks the same.

import { placed } from "../letter.js";
import { bareText, markup, placedMarkup } from "../markup.js";

const LIVE_TURNS = 12;
const STAFF = ["agent", "admin"];
const MACHINES = ["system", "trigger"];
const TELLS_WITHIN_MS = 3_000;

/** Connect to the host that frames us; null where nothing does. */
export async function connectZaf(ZAFClient = globalThis.ZAFClient) {
  const client = ZAFClient ? ZAFClient.init() : null;
  if (!client) return null;
  const host = new ZafHost(client);
  await host.read();
  return host;
}

export class ZafHost {
  /** `patience`: how long the editor may take to tell of a change, in milliseconds. */
  constructor(client, { patience = TELLS_WITHIN_MS } = {}) {
    this.client = client;
    this.patience = patience;
    this.listeners = {};
    this.guard = () => true;
    this.ticket = null;
    this.place = null;
    this.agent = {};
    this.composer = { value: "", type: "publicReply", isRich: true, attachments: null };
    this.isLive = false;
    this.takesOver = null;
    this.conversation = [];
    this.lastWrite = Promise.resolve();
  }

  /** Read where we are. It is followed from before that: what is typed meanwhile would be told to nobody. */
  async read() {
    this.follow();
    const asked = this.get("ticket.id", "ticket.requester", "currentUser");
    const [, told, context] = await Promise.all([this.readComposer(), asked, this.client.context().catch(() => null)]);
    this.place = context?.location ?? null;
    this.ticket = told["ticket.id"] ? String(told["ticket.id"]) : null;
    this.requester = told["ticket.requester"] ?? {};
    this.agent = told.currentUser ?? {};
    const more = await this.get("channel", "ticket.conversation", "comment.attachments");
    this.isLive = Boolean(more.channel?.sessionBased);
    this.conversation = more["ticket.conversation"] ?? [];
    this.composer.attachments = fileNames(more["comment.attachments"]);
    await this.readAssignee();
  }

  follow() {
    const { client } = this;
    client.on("comment.text.changed", (value) => this.typed(String(value ?? "")));
    client.on("comment.type.changed", (type) => this.changed({ type }));
    client.on("comment.attachments.changed", (files) => this.changed({ attachments: fileNames(files) }));
    client.on("ticket.conversation.changed", (turns) => this.turned(turns));
    client.on("ticket.requester.name.changed", (name) => (this.requester = { ...this.requester, name }));
    for (const part of ["user", "group"]) client.on(`ticket.assignee.${part}.id.changed`, () => this.readAssignee().then(() => this.tell("draft")));
    client.on("app.activated", () => this.tell("activated"));
    client.on("app.deactivated", () => this.tell("deactivated"));
    client.on("app.willDestroy", () => this.tell("destroyed"));
    client.on("ticket.save", () => this.maySave());
  }

  /** A reply went out, and the composer is emptied for the next: that is looked at, for it may be told to nobody. */
  async replied() {
    await this.readComposer();
    this.tell("draft");
  }

  /** To whom the ticket goes with this reply, as the form stands now. */
  async readAssignee() {
    const { "ticket.assignee.user": user, "ticket.assignee.group": group } = await this.get("ticket.assignee.user", "ticket.assignee.group");
    const isSomebodyElse = user?.id && String(user.id) !== String(this.agent.id);
    this.takesOver = isSomebodyElse ? { name: String(user.name ?? ""), group: group?.name ? String(group.name) : null } : null;
  }

  /** `draft`, `conversation`, `activated`, `deactivated` or `destroyed`. */
  on(event, listener) {
    this.listeners[event] = listener;
  }

  /** Ask before a reply goes out: `guard` answers true, or the words that stop it. */
  beforeSend(guard) {
    this.guard = guard;
  }

  /** Zendesk refuses a save where a promise is rejected, and shows the reason; one that resolves lets it go, whatever it says. */
  async maySave() {
    const told = await this.guard();
    if (told !== true) throw told;
  }

  /** What the agent is writing now. `plain` is its bare text. */
  draft() {
    const { value, type, isRich, attachments } = this.composer;
    return {
      plain: isRich ? bareText(value) : value,
      ...(isRich ? { html: value } : { text: value }),
      visibility: type === "internalNote" ? "internal" : "public",
      ...(attachments ? { attachments } : {}),
      ...(this.takesOver ? { takes_over: this.takesOver } : {}),
      ...(this.isLive ? { turns: this.conversation.slice(-LIVE_TURNS).map(turn).filter(Boolean) } : {}),
    };
  }

  /** Whether the agent is sending the ticket off as solved. */
  async isSolving() {
    const told = await this.get("ticket.status");
    return told["ticket.status"] === "solved";
  }

  /** Go to another ticket in the helpdesk. */
  openTicket(id) {
    return this.client.invoke("routeTo", "ticket", id).catch(() => {});
  }

  /**
   * Put words into the composer, at their `place` in what is written there. Resolves to a function that takes them out: false where it can't. Rejects
   * where the editor takes them and then tells of nothing: they may still appear, so they are not put in a second time.
   */
  insert(text, place) {
    return this.inTurn(() => this.write(text, place));
  }

  /** What we write sets a reply anew as it was read just before, so nothing else of ours may be written in between. */
  inTurn(write) {
    const done = this.lastWrite.then(write);
    this.lastWrite = done.catch(() => {});
    return done;
  }

  async write(text, place) {
    const before = await this.text();
    const told = this.toldOfChange();
    if (bareText(before).trim()) await this.putAt(before, text, place);
    else await this.put(before, text);
    const after = await this.textAfter(before, told);
    this.changed({ value: after });
    return () => this.inTurn(() => this.takeOut(before, after));
  }

  put(before, text) {
    const words = /\S$/.test(bareText(before)) ? `\n${text}` : text;
    return this.client
      .invoke("ticket.editor.insert", this.composer.isRich ? markup(words) : words)
      .catch(() => this.client.invoke("comment.appendText", words));
  }

  /** Zendesk's calls put words where the cursor was last, or at the end: for any other place the whole reply is set anew. */
  putAt(before, text, place) {
    const reply = this.composer.isRich ? placedMarkup(before, text, place) : placed(before, text, place);
    return this.client.set("comment.text", reply).catch(() => this.put(before, text));
  }

  async textAfter(before, told) {
    let after = await this.text();
    if (after === before) {
      await told;
      after = await this.text();
    }
    if (after === before) throw new Error("the editor has not told of these words");
    return after;
  }

  /** Resolves once the editor tells of a change, or when it has had its time. */
  toldOfChange() {
    return new Promise((resolve) => {
      this.heardChange = resolve;
      setTimeout(resolve, this.patience);
    });
  }

  /** Begin an internal note with these words. False while something is being written: that is never mixed with it. */
  startNote(text) {
    return this.inTurn(() => this.writeNote(text));
  }

  async writeNote(text) {
    if (bareText(await this.text()).trim()) return false;
    await this.client.set("comment.type", "internalNote");
    this.changed({ type: "internalNote" });
    await this.write(text);
    return true;
  }

  async takeOut(before, after) {
    if ((await this.text()) !== after) return false;
    await this.client.set("comment.text", before);
    this.changed({ value: before });
    return true;
  }

  resize(height) {
    this.client.invoke("resize", { width: "100%", height: `${height}px` }).catch(() => {});
  }

  async text() {
    return String((await this.get("comment.text"))["comment.text"] ?? "");
  }

  async get(...paths) {
    return this.client.get(paths).catch(() => ({}));
  }

  /** What the composer holds. It is taken as soon as it is told, or it would undo what is typed after that. */
  async readComposer() {
    const told = await this.get("comment.text", "comment.type", "comment.useRichText");
    const { "comment.text": value = this.composer.value, "comment.type": type = this.composer.type, "comment.useRichText": isRich = true } = told;
    Object.assign(this.composer, { value: String(value ?? ""), type, isRich });
  }

  typed(value) {
    this.heardChange?.();
    this.changed({ value });
  }

  changed(change) {
    Object.assign(this.composer, change);
    this.tell("draft");
  }

  turned(turns) {
    this.conversation = Array.isArray(turns) ? turns : this.conversation;
    this.tell("conversation");
  }

  tell(event) {
    this.listeners[event]?.();
  }
}

function turn({ author = {}, channel = {}, message = {}, timestamp }) {
  if (!message.content || channel.name === "internal") return null;
  const role = STAFF.includes(author.role) ? "agent" : MACHINES.includes(author.role) ? "other" : "requester";
  const at = Number.isNaN(Date.parse(timestamp)) ? undefined : new Date(timestamp).toISOString();
  return { author: role, html: message.content, name: author.name, at };
}

function fileNames(files) {
  return Array.isArray(files) ? files.map((file) => String(file?.filename ?? file?.name ?? "")) : null;
}
