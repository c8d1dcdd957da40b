// What an agent does to a ticket or a task besides writing: assign it, merge it, mark it as done. And the desk's pace.

import { make } from "./dom.js";

const DONE = { zendesk: { ticket: { status: "solved" } }, freshdesk: { status: 4 } };

export class Manage {
  /** `ask(path, body)` speaks to the desk, `ticket()` is the open one, `tickets()` all, `pass(helpdesk)` the signed-in agent's. */
  constructor({ assignee, merge, pace, agents, ask, ticket, tickets, pass, notice }) {
    Object.assign(this, { assignee, merge, agents, ask, ticket, tickets, pass, notice });
    assignee.addEventListener("change", () => this.run(() => this.assign(assignee.value)));
    merge.addEventListener("change", () => this.run(() => this.mergeInto(merge.value)));
    pace.addEventListener("change", () => this.run(() => ask("/desk/api/pace", { pace: pace.value })));
  }

  run(act) {
    act().catch((error) => this.notice(error.message));
  }

  draw(ticket) {
    const others = this.tickets().filter((one) => one.helpdesk === ticket.helpdesk && one.id !== ticket.id && !one.is_task && one.status !== "closed");
    fill(this.assignee, [["", `with ${ticket.assignee?.name ?? "nobody yet"}`], ...this.agents().map(([key, name]) => [key, `give to ${name}`])]);
    fill(this.merge, [["", "Merge into…"], ...others.map((one) => [one.id, `#${one.id} ${one.subject}`])]);
    this.merge.hidden = ticket.helpdesk !== "zendesk" || ticket.status === "closed";
  }

  async assign(key) {
    const ticket = this.ticket();
    if (!key || !ticket) return;
    const { id } = (await this.ask("/desk/api/sign-in", { agent: key }))[ticket.helpdesk];
    const body = ticket.helpdesk === "zendesk" ? { ticket: { assignee_id: Number(id) } } : { responder_id: Number(id) };
    await this.write(ticket, "PUT", `/api/v2/tickets/${ticket.id}`, body);
  }

  async mergeInto(target) {
    const ticket = this.ticket();
    if (target && ticket) await this.write(ticket, "POST", `/api/v2/tickets/${target}/merge`, { ids: [Number(ticket.id)] });
  }

  done(task) {
    const act = () => this.run(() => this.write(task, "PUT", `/api/v2/tickets/${task.id}`, DONE[task.helpdesk]));
    return make("button", { type: "button", class: "quiet", onclick: act }, "Mark as done");
  }

  async write({ helpdesk }, method, path, body) {
    const headers = { "Content-Type": "application/json", Authorization: this.pass(helpdesk).authorization };
    const answer = await fetch(`/${helpdesk}${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The helpdesk answered ${answer.status}.`);
  }
}

/** Give a select these options, unless it has them or is being used. */
function fill(select, options) {
  const print = JSON.stringify(options);
  if (select.dataset.print === print || select === document.activeElement) return;
  select.dataset.print = print;
  select.replaceChildren(...options.map(([value, text]) => make("option", { value }, text)));
}
