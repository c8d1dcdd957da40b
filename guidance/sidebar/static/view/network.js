// The people around a ticket: a colleague who waits, whom to thank, partners, who can help, the customer's circle.

import { TIMES_REFUSED, attempt, chip, copy, el, keep, picker, setText } from "./dom.js";

export class Network {
  /**
   * `actions`: `startNote(text)` resolves to whether the note stands in the composer, `openTicket(id)`, `notePartner(id, body)`,
   * `asks()` gives what the customer asks and nobody has answered, `subject()` the ticket's, `putAside(id)` forgets a thanks.
   */
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.root = el("div", { class: "network" });
  }

  /** What the service says of this ticket's network; nothing stands there where it says nothing. Each row is one of its own: another one's news leaves it as it is. */
  show(told) {
    const parts = [
      { name: "waiting", rows: told.waiting, keyOf: ({ by, at }) => `${by} ${at}`, build: (one) => this.waiting(one) },
      { name: "favour", rows: told.favour && [told.favour], keyOf: (one) => one.comment_id, build: (one) => this.favour(one) },
      { name: "partners", rows: told.partners?.map((one) => this.timed(one)), keyOf: (one) => one.id, build: (one) => this.partner(one) },
      { name: "help", rows: told.can_help, keyOf: (one) => one.id, build: (one) => this.helper(one) },
      { name: "circle", rows: told.circle, keyOf: (one) => one.ticket_id, build: (one) => this.ticket(one), organization: told.organization },
    ].filter(({ rows }) => rows?.length);
    const titles = parts.map(({ name, organization }) => ({ name, title: this.titleOf(name, organization) }));
    keep(this.root, titles, (part) => part.name, (part) => this.section(part));
    parts.forEach(({ rows, keyOf, build }, place) => keep(this.root.children[place].querySelector(".people"), rows, keyOf, build));
  }

  /** With what they promised as it is worded now. */
  timed(partner) {
    const { promised } = partner;
    return { ...partner, promised: promised && { ...promised, due: this.words.due(promised) } };
  }

  clear() {
    this.show({});
  }

  titleOf(name, organization) {
    return this.words.say(name === "circle" && organization ? "circle.of" : `${name}.title`, { organization });
  }

  section({ name, title }) {
    const id = `network-${name}`;
    const says = name === "help" && el("p", { class: "quiet-text" }, this.words.say("help.says"));
    return el("section", { class: "section", "data-part": name, "aria-labelledby": id }, el("h2", { class: "section-title", id }, title), says, el("ul", { class: "people" }));
  }

  waiting({ by, words }) {
    return el("li", {}, this.quote(this.words.say("waiting.asks", { name: by }), words), this.starter("waiting.answer", () => `@${first(by)} `));
  }

  /** Thanks for the colleague whose note unblocked this; to that colleague, only that it did. */
  favour({ side, name, words, comment_id: id }) {
    const line = this.quote(this.words.say(`favour.${side}`, { name }), words);
    if (side === "helper") return el("li", {}, line);
    const thank = this.starter("favour.thank", () => this.words.say("favour.draft", { name: first(name) }));
    thank.querySelector(".chips").append(chip(this.words, "favour.later", () => this.actions.putAside(id)));
    return el("li", {}, line, thank);
  }

  helper(one) {
    return el("li", {}, this.starter("help.ask", () => this.question(one), one.name));
  }

  /** A note that says what is asked: the subject, and what the customer asks that nobody has answered yet. */
  question({ name }) {
    const { words, actions } = this;
    const asked = actions.asks().map((text) => words.say("help.draft-asks", { words: text }));
    const subject = actions.subject();
    return [words.say(subject ? "help.draft" : "help.draft-bare", { name: first(name), subject }), ...asked].join("\n");
  }

  ticket(one) {
    const go = () => this.actions.openTicket(one.ticket_id);
    return el("li", { class: "row" }, el("button", { type: "button", class: "link", "data-focus": "open", on: { click: go } }, `#${one.ticket_id}`), el("span", { class: "row-text", dir: "auto" }, one.subject), el("span", { class: "badge" }, this.words.say(`status.${one.status}`)));
  }

  partner(one) {
    const reach = [one.contact, one.reach, one.hours].filter(Boolean).join(" · ");
    const write = this.starter("partners.write", () => one.message);
    const said = el("p", { class: "quiet-text", role: "status" });
    write.querySelector(".chips").prepend(this.copier(one.message, said));
    return el("li", { "data-partner": one.id }, el("p", { class: "person" }, one.name), reach && el("p", { class: "quiet-text" }, reach), write, said, one.promised ? this.promised(one, said) : this.promise(one, said));
  }

  /** A colleague's note tells what the partner promised: one click plans it. */
  promised(one, said) {
    const { words: told, due_at: dueAt } = one.promised;
    const button = el("button", { type: "button", class: "button", on: { click: () => this.plan(button, said, one, () => ({ words: told, due_at: dueAt })) } }, this.words.say("hint.plan"));
    return el("div", { class: "offer-inner" }, el("p", { class: "offer-text" }, `${this.words.quote(told)} · ${one.promised.due}`), button);
  }

  /** What the partner said to this agent: by when, in the agent's own hand. */
  promise(one, said) {
    const time = picker("datetime-local", this.words.say("partners.when"), () => {});
    const told = () => ({ words: this.words.say("partners.promise"), due_at: new Date(time.value).toISOString() });
    const button = el("button", { type: "button", class: "chip", on: { click: () => time.value ? this.plan(button, said, one, told) : time.focus() } }, this.words.say("hint.plan"));
    return el("div", { class: "chips partner-promise" }, el("span", { class: "quiet-text" }, this.words.say("partners.promised")), time, button);
  }

  async plan(button, said, one, told) {
    button.disabled = await attempt(async () => this.actions.notePartner(one.id, told()), { said, words: this.words, button, refused: TIMES_REFUSED });
  }

  copier(text, said) {
    return chip(this.words, "network.copy", async () => setText(said, (await copy(text)) ? this.words.say("network.copied") : text));
  }

  /** A button that starts an internal note. While a reply is being written, the note is shown to be copied instead. */
  starter(key, text, name = null) {
    const said = el("p", { class: "quiet-text note-text", role: "status" });
    const copy = el("div", { class: "chips" });
    const tell = (told, draft = null) => {
      said.replaceChildren(this.words.say(told), ...(draft ? [el("br"), draft] : []));
      copy.replaceChildren(...(draft ? [this.copier(draft, said)] : []));
    };
    const start = async () => {
      const draft = text();
      const begin = async () => ((await this.actions.startNote(draft)) ? tell("network.started") : tell("network.busy", draft));
      if (!(await attempt(begin, { said, words: this.words, button }))) tell("hint.not-inserted", draft);
    };
    const button = chip(this.words, key, start);
    return el("div", { class: "starter" }, name && el("span", { class: "person" }, name), el("div", { class: "chips" }, button), said, copy);
  }

  quote(line, words) {
    return el("div", {}, el("p", {}, line), el("blockquote", { class: "quote", dir: "auto" }, this.words.quote(words)));
  }
}

const first = (name) => name.trim().split(/\s+/u)[0];

