// What the page shows of the board: ticket list, tabs, conversation, and the panels under the sidebar.

import { ago, avatar, keepInStep, make, when } from "./dom.js";
import { safeNodes } from "./richtext.js";

const HELPDESKS = { zendesk: "Zendesk", freshdesk: "Freshdesk" };
const CHANNELS = { email: "Email", chat: "Chat", web: "Web form", phone: "Phone", social: "Public post", api: "API" };

const isDone = ({ status }) => ["solved", "closed"].includes(status);
export const keyOf = (ticket) => `${ticket.account}/${ticket.id}`;

/** The ticket list: whoever waits longest for us stands where they are, with a dot. */
export function drawTickets(list, tickets, { open, choose }) {
  const items = tickets.map((ticket) => {
    const last = ticket.comments.at(-1);
    const waits = last?.author.role === "end-user" && !isDone(ticket);
    return { key: keyOf(ticket), subject: ticket.subject, helpdesk: ticket.helpdesk, status: ticket.status, who: ticket.requester.name, ago: ago(last?.at), waits, isOpen: keyOf(ticket) === open };
  });
  keepInStep(list, items, (item) => item.key, (item) => make("li", {}, ticketButton(item, choose)));
}

function ticketButton(item, choose) {
  const status = make("span", { class: `status ${item.status}` }, item.status);
  const line = make("span", { class: "line" }, make("span", { class: "who" }, item.who), make("time", {}, item.ago));
  const foot = make("span", { class: "line" }, make("span", { class: `badge ${item.helpdesk}` }, HELPDESKS[item.helpdesk]), status);
  const button = make("button", { type: "button", "aria-current": item.isOpen && "true", class: item.waits && "waits", onclick: () => choose(item.key) }, line, make("span", { class: "subject" }, item.subject), foot);
  if (item.waits) button.append(make("span", { class: "for-ears" }, "waits for an answer"));
  return button;
}

export function drawTabs(list, tickets, { open, choose, close }) {
  const items = tickets.map((ticket) => ({ key: keyOf(ticket), id: ticket.id, name: ticket.requester.name, isOpen: keyOf(ticket) === open }));
  keepInStep(list, items, (item) => item.key, (item) => {
    const choice = make("button", { type: "button", "aria-current": item.isOpen && "true", onclick: () => choose(item.key) }, make("span", {}, item.name), make("small", {}, `#${item.id}`));
    const cross = make("button", { type: "button", class: "cross", "aria-label": `Close ticket ${item.id}`, onclick: () => close(item.key) }, "×");
    return make("div", { class: "tab" }, choice, cross);
  });
  if (list.dataset.open !== open) list.querySelector("[aria-current]")?.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" });
  list.dataset.open = open;
}

/** The head of a ticket: subject, and where it comes from. */
export function drawHead(subject, facts, ticket) {
  subject.textContent = ticket.subject;
  const told = [HELPDESKS[ticket.helpdesk], CHANNELS[ticket.channel] ?? ticket.channel, ticket.assignee ? `with ${ticket.assignee.name}` : "with nobody yet"];
  facts.replaceChildren(make("span", { class: `status ${ticket.status}` }, ticket.status), told.join(" · "));
}

/** The conversation, oldest first; it follows new comments unless the reader has scrolled up. Returns whether one was added. */
export function drawConversation(list, ticket) {
  const isSame = list.dataset.ticket === keyOf(ticket);
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const before = list.children.length;
  if (!isSame) list.replaceChildren();
  list.dataset.ticket = keyOf(ticket);
  keepInStep(list, ticket.comments, (comment) => comment.id, (comment) => commentItem(comment, isSame));
  const added = isSame && list.children.length > before;
  if (!isSame || (added && isAtEnd)) list.scrollTop = list.scrollHeight;
  return added;
}

function commentItem(comment, isNew) {
  const kind = comment.is_public ? (comment.author.role === "end-user" ? "customer" : "agent") : "note";
  const label = kind === "note" ? make("span", { class: "label" }, "Internal note") : null;
  const head = make("header", {}, make("strong", {}, comment.author.name), label, make("time", { datetime: comment.at }, when(comment.at)));
  const words = make("div", { class: "words" }, ...safeNodes(comment.html));
  return make("li", { class: `${kind}${isNew ? " is-new" : ""}` }, avatar(comment.author.name), make("article", {}, head, words));
}

/** `done(task)` gives the button that marks a task as done in its helpdesk. */
export function drawTasks(list, tasks, done) {
  const items = tasks.map((task) => ({ key: keyOf(task), id: task.id, subject: task.subject, due: task.due_at, who: task.assignee?.name, status: task.status, helpdesk: task.helpdesk, why: task.comments[0]?.text }));
  drawRows(list, items, "No task yet. Promise something with a day in it, and send.", (task) => [
    make("strong", {}, task.subject),
    make("span", { class: isDone(task) ? "due is-done" : "due" }, task.due ? `due ${when(task.due)}` : "no due time"),
    make("span", { class: "small" }, `${HELPDESKS[task.helpdesk]} · ${task.who ?? "nobody yet"} · ${task.status}`),
    task.why ? make("details", {}, make("summary", {}, "What it says"), make("p", {}, task.why)) : null,
    isDone(task) ? null : done(task),
  ]);
}

export function drawMails(list, mails) {
  drawRows(list, [...mails].reverse(), "No mail has gone out. Customers get your public replies, and nothing else.", (mail) => [
    make("strong", {}, mail.subject),
    make("span", { class: "small" }, `to ${mail.to} · ${when(mail.at)}`),
    make("details", {}, make("summary", {}, "Read it"), make("p", {}, mail.text)),
  ]);
}

export function drawDeliveries(list, deliveries) {
  const items = [...deliveries].reverse().map((receipt, place) => ({ ...receipt, key: `${receipt.at}${receipt.event}${deliveries.length - place}` }));
  drawRows(list, items, "No webhook yet. Write as the customer, or send a reply.", (receipt) => [
    make("code", {}, receipt.event),
    make("span", { class: `answer ${receipt.status === 200 ? "fine" : "odd"}` }, receipt.status === null ? "no answer" : String(receipt.status)),
    make("span", { class: "small" }, `${HELPDESKS[receipt.helpdesk]} #${receipt.ticket_id} · ${receipt.took_ms} ms${receipt.attempt > 1 ? ` · attempt ${receipt.attempt}` : ""}`),
  ]);
}

function drawRows(list, items, empty, cells) {
  const rows = items.length ? items : [{ key: "none", isNone: true }];
  const key = (item) => item.key ?? `${item.at}${item.to}`;
  keepInStep(list, rows, key, (item) => (item.isNone ? make("li", { class: "empty" }, empty) : make("li", {}, ...cells(item))));
}
