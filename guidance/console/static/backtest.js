/** A backtest's page: how far it is, and one key for each finding: y right, n wrong, then on to the next. */
import { call } from "./api.js";

const EVERY_MS = 700;
const running = document.getElementById("running");

async function watch(id) {
  const bar = document.getElementById("progress");
  const state = document.getElementById("state");
  try {
    const job = await call("GET", `/api/v1/backtests/${id}`);
    if (!["waiting", "running"].includes(job.state)) return location.replace(`/console/backtests/${id}`);
    bar.max = job.total || 1;
    bar.value = job.done;
    if (job.total) state.textContent = `${job.done} of ${job.total} ${job.message || "conversations"}`;
  } catch (error) {
    state.textContent = error.message;
  }
  setTimeout(() => watch(id), EVERY_MS);
}

/** Keep a word on a finding; one at a time, since of two on the way nobody can say which is kept. */
async function judge(card, word) {
  if (card.ariaBusy === "true") return;
  card.ariaBusy = "true";
  const told = card.querySelector("[role=status]");
  const id = location.pathname.split("/").pop();
  try {
    await call("PUT", `/api/v1/backtests/${id}/judgements`, { hit: card.dataset.hit, word });
    card.dataset.judged = told.textContent = word;
    tally(card.closest("section"));
    card.nextElementSibling?.focus();
  } catch (error) {
    told.textContent = card.dataset.judged ? `Still ${card.dataset.judged}. ${error.message}` : error.message;
  } finally {
    card.ariaBusy = null;
  }
}

/** How many of a section's findings are right, of those that were judged. */
function tally(section) {
  const words = [...section.querySelectorAll("[data-judged]")].map((one) => one.dataset.judged);
  const right = words.filter((word) => word === "right").length;
  section.querySelector(".tally").textContent = `${right} of ${words.length} judged are right`;
}

document.addEventListener("click", (event) => {
  const word = event.target.closest("[data-word]")?.dataset.word;
  if (word) judge(event.target.closest("[data-hit]"), word);
});
document.addEventListener("keydown", (event) => {
  const card = document.activeElement?.closest("[data-hit]");
  const word = { y: "right", n: "wrong" }[event.key];
  if (!card || !word || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!event.repeat) judge(card, word); // held down, it would judge what nobody has read yet
});
if (running) watch(running.dataset.job);
