// The agent page: tickets of two helpdesks, the conversation, a composer, and the sidebar in a frame.

import { Composer } from "./composer.js";
import { make } from "./dom.js";
import { send } from "./helpdesks.js";
import { Manage } from "./manage.js";
import { NavPage } from "./nav.js";
import { user } from "./paths.js";
import { Play } from "./stories.js";
import { Tab } from "./tab.js";
import { drawConversation, drawDeliveries, drawHead, drawMails, drawTabs, drawTasks, drawTickets, keyOf } from "./views.js";

const SHORT_REST = 1000;
const NOTICE_LASTS = 8000;
const find = (id) => document.getElementById(id);
const { service } = document.body.dataset;
const state = { board: { revision: -1, tickets: [], mails: [], deliveries: [] }, tabs: new Map(), open: null, agent: null, passes: {}, play: null, seenTasks: 0 };
const composer = new Composer(find("composer"), () => current()?.drafted());

const manage = new Manage({
  assignee: find("assignee"),
  merge: find("merge"),
  pace: find("pace"),
  agents: () => [...find("agent").options].map((one) => [one.value, one.text]),
  ask: (path, body) => ask(path, body),
  ticket: () => ticketOf(state.open),
  tickets: () => state.board.tickets,
  pass: (helpdesk) => state.passes[helpdesk],
  notice: (text) => notice(text),
});

const navPage = new NavPage({
  dialog: find("nav-page"),
  service,
  begin: (told) => ask("/desk/api/launch", { ...told, agent: state.agent }),
  user: () => user(state.passes.zendesk),
  go: (key) => openTicket(key),
  notice: (text) => notice(text),
});

const current = () => state.tabs.get(state.open);
const ticketOf = (key) => state.board.tickets.find((ticket) => keyOf(ticket) === key);
const tasks = () => state.board.tickets.filter((ticket) => ticket.is_task);

async function ask(path, body) {
  const sent = body ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {};
  const answer = await fetch(path, sent);
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(typeof told.error === "string" ? told.error : `The desk answered ${answer.status}.`);
  return told;
}

// Tickets and tabs

function openTicket(key) {
  if (!ticketOf(key)) return;
  if (state.open !== key) current()?.leave();
  state.open = key;
  const tab = current() ?? newTab(key);
  if (!tab.isInFront) tab.enter();
  showPane("main");
  draw();
}

function newTab(key) {
  const { account, helpdesk } = ticketOf(key);
  const begin = () => ask("/desk/api/launch", { account, agent: state.agent });
  const tab = new Tab({ key, ticket: () => ticketOf(key), pass: () => state.passes[helpdesk], begin, composer, service, notice, turned: drawKind, go: (id) => openTicket(`${account}/${id}`) });
  state.tabs.set(key, tab);
  find("frames").append(tab.element);
  tab.launch();
  return tab;
}

function closeTicket(key) {
  if (state.open === key) current().leave();
  state.tabs.get(key)?.close();
  state.tabs.delete(key);
  if (state.open === key) state.open = [...state.tabs.keys()].at(-1) ?? null;
  current()?.enter();
  draw();
}

async function signIn(agent) {
  const passes = await ask("/desk/api/sign-in", { agent });
  Object.assign(state, { agent, passes });
  find("agent").value = agent;
  const open = state.open;
  for (const key of [...state.tabs.keys()]) closeTicket(key);
  if (open) openTicket(open);
}

/** Somebody else was chosen at the top: what is begun goes with the tabs, so that is asked first. */
async function change({ value, selectedOptions: [chosen] }) {
  const isBegun = [...state.tabs.values()].some((tab) => tab.html);
  if (!isBegun || confirm(`What you have begun to write goes. Sign in as ${chosen.text}?`)) await signIn(value).catch((error) => notice(error.message));
  find("agent").value = state.agent;
}

// Writing

async function submit(status) {
  const tab = current();
  if (!tab || tab.submitting) return;
  if (!composer.text) return isMissing(find("composer"), tab.type === "publicReply" ? "Write your reply first." : "Write your note first.");
  const ticket = ticketOf(tab.key);
  const words = { html: composer.html, isPublic: tab.type === "publicReply", status, pass: state.passes[ticket.helpdesk] };
  notice("");
  try {
    const going = tab.submit(status, () => send(ticket, words));
    drawBusy();
    const stopped = await going;
    if (stopped) notice(stopped);
    else tab.sent(words.html);
  } catch (error) {
    notice(error.message);
  } finally {
    drawBusy();
  }
}

/** A button was pressed with nothing to send. */
function isMissing(field, words) {
  notice(words);
  field.focus();
}

/** The box is empty once its words are sent, and holds them where they could not be. */
async function sendAsCustomer() {
  const words = find("words");
  const text = words.value.trim();
  if (!text) return isMissing(words, `Write what ${find("who").textContent} says first.`);
  if (words.readOnly) return; // a second press
  words.readOnly = true;
  try {
    await writeAsCustomer(text);
    words.value = "";
  } catch (error) {
    notice(error.message);
  } finally {
    words.readOnly = false;
  }
}

async function writeAsCustomer(text) {
  const { account, id } = ticketOf(state.open);
  await ask("/desk/api/customer", { account, ticket: id, text });
}

let noticeTimer;
/** Beside the reply, or over everything while no ticket is open. */
function notice(text, _kind, lasts = NOTICE_LASTS) {
  clearTimeout(noticeTimer);
  for (const place of ["notice", "told"]) find(place).textContent = "";
  find(state.open ? "notice" : "told").textContent = text;
  if (text) noticeTimer = setTimeout(notice, lasts, "");
}

// Drawing

function draw() {
  const { board, open } = state;
  const ticket = ticketOf(open);
  drawTickets(find("tickets"), board.tickets.filter((one) => !one.is_task), { open, choose: openTicket });
  drawTabs(find("tabs"), [...state.tabs.keys()].map(ticketOf).filter(Boolean), { open, choose: openTicket, close: closeTicket });
  find("ticket").hidden = !ticket;
  find("welcome").hidden = Boolean(ticket);
  find("no-frame").hidden = Boolean(ticket);
  if (ticket) drawTicket(ticket);
  drawPanels(board);
}

function drawTicket(ticket) {
  drawHead(find("subject"), find("facts"), ticket);
  manage.draw(ticket);
  drawConversation(find("conversation"), ticket);
  find("no-drafts").hidden = ticket.helpdesk !== "freshdesk";
  find("who").textContent = ticket.requester.name;
  find("words").placeholder = `What would ${ticket.requester.name.split(" ")[0]} write?`;
  drawKind();
  drawBusy();
}

function drawBusy() {
  if (current()?.submitting) find("reply").setAttribute("aria-busy", "true");
  else find("reply").removeAttribute("aria-busy");
}

function drawKind() {
  const isNote = current()?.type === "internalNote";
  find("reply").classList.toggle("is-note", isNote);
  for (const choice of find("reply").elements.kind) choice.checked = choice.value === current()?.type;
  find("composer").dataset.placeholder = isNote ? "A note that only your team reads" : "Write your reply";
}

function drawPanels({ mails, deliveries }) {
  const all = tasks();
  drawTasks(find("tasks"), all, (task) => manage.done(task));
  drawMails(find("mails"), mails);
  drawDeliveries(find("deliveries"), deliveries);
  for (const [name, items] of Object.entries({ tasks: all, mails, deliveries })) find(`${name}-count`).textContent = items.length || "";
  if (all.length > state.seenTasks) showPanel("tasks");
  state.seenTasks = all.length;
}

function showPanel(name) {
  for (const tab of find("panel-tabs").children) {
    tab.setAttribute("aria-selected", String(tab.value === name));
    tab.tabIndex = tab.value === name ? 0 : -1;
  }
  for (const panel of ["tasks", "mails", "deliveries"]) find(`${panel}-panel`).hidden = panel !== name;
}

/** Arrow keys go from tab to tab, as those expect who are told that these are tabs. */
function stepPanel({ key, target }) {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (!step) return;
  const tabs = [...find("panel-tabs").children];
  const next = tabs.at((tabs.indexOf(target) + step) % tabs.length);
  showPanel(next.value);
  next.focus();
}

/** On a narrow screen one pane shows at a time; on a wide one this changes nothing that can be seen. */
function showPane(name) {
  document.body.dataset.pane = name;
  for (const choice of find("panes").children) choice.setAttribute("aria-pressed", String(choice.value === name));
}

// Stories

function caption(words, done, all) {
  find("caption").textContent = words;
  find("progress").style.width = `${Math.round((100 * done) / Math.max(all, 1))}%`;
}

async function playStory(story) {
  state.play?.stop();
  const isOurs = (task) => task.external_id?.includes(`:${ticketOf(state.open)?.id}:`) || task.tags.includes(`gt-${ticketOf(state.open)?.id}`);
  const acts = {
    begin: () => ask(`/desk/api/stories/${story.id}`, {}),
    knows: (key) => Boolean(ticketOf(key)),
    hasTask: () => tasks().some(isOurs),
    show: (name) => showPanel(name === "mail" ? "mails" : name),
    customer: writeAsCustomer,
    open: openTicket,
    signIn,
    composer: { set: (text) => current()?.writer.set(text), appendText: (text) => current()?.writer.appendText(text) },
    submit: async (status) => {
      await current()?.writer.handOver?.();
      await submit(status);
    },
    caption,
  };
  const play = (state.play = new Play(story, acts, () => Number(find("speed").value)));
  find("stage").hidden = false;
  await play.run().catch((error) => notice(error.message));
  if (state.play === play) endPlay();
}

function endPlay() {
  state.play?.stop();
  state.play = null;
  find("stage").hidden = true;
}

function storyCard(story) {
  const play = () => {
    find("menu").hidePopover();
    playStory(story);
  };
  return make("li", {}, make("button", { type: "button", class: "story", onclick: play }, make("strong", {}, story.title), make("span", {}, story.teaser)));
}

// Wiring

function listen() {
  find("reply").addEventListener("submit", (event) => {
    event.preventDefault();
    submit(event.submitter?.value ?? "open");
  });
  find("reply").addEventListener("change", (event) => event.target.name === "kind" && current()?.switchTo(event.target.value));
  find("composer").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit("open");
  });
  find("format").addEventListener("click", (event) => event.target.value && composer.format(event.target.value));
  find("format").addEventListener("mousedown", (event) => event.preventDefault());
  find("customer").addEventListener("submit", (event) => {
    event.preventDefault();
    sendAsCustomer();
  });
  find("words").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    find("customer").requestSubmit();
  });
  find("agent").addEventListener("change", (event) => change(event.target));
  find("panel-tabs").addEventListener("click", (event) => showPanel(event.target.closest("button")?.value ?? "tasks"));
  find("panel-tabs").addEventListener("keydown", stepPanel);
  find("panes").addEventListener("click", (event) => event.target.value && showPane(event.target.value));
  find("stop").addEventListener("click", endPlay);
  find("nav-bar").addEventListener("click", () => navPage.open().catch((error) => notice(error.message)));
}

async function follow() {
  for (;;) {
    try {
      state.board = await ask(`/desk/api/state?after=${state.board.revision}`);
      find("offline").hidden = true;
      draw();
      for (const tab of state.tabs.values()) tab.updated();
    } catch {
      find("offline").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, SHORT_REST));
    }
  }
}

listen();
showPanel("tasks");
showPane("nav");
const { stories } = await ask("/desk/api/stories");
for (const list of [find("stories"), find("story-menu")]) list.append(...stories.map(storyCard));
state.board = await ask("/desk/api/state");
state.seenTasks = tasks().length;
await signIn(find("agent").value);
draw();
follow();
