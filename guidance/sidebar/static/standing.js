// How the panel stands, by the one name that its words go by.

import { wantsWord } from "./view/promises.js";
import { isOut } from "./view/view.js";

const FAILURES = ["offline", "helpdesk_unavailable", "helpdesk_refused", "ended", "not_allowed"];

/** The state that a failed call leaves behind; where trying again does not help, none that promises to. */
export function failureOf({ code, passes }) {
  if (FAILURES.includes(code)) return code;
  if (passes) return "unavailable";
  return code === "too_large" ? code : "not_read";
}

/** What keeps back a hint that would still have something to say: then nothing is praised, nor beside what is open. */
const SPENT = ["budget", "dismissed", "obeyed", "cool-down", "cap", "muted", "mastered"];

/** The name of the panel's state, and what its words need. */
export function standing({ host, isPage, ticket, failure, advice, followUps, view, words }) {
  if (!host) return ["nowhere"];
  if (isPage) return [failure === "ended" ? "ended" : "page"];
  if (!ticket) return ["new_ticket"];
  if (failure) return [failure];
  if (!advice) return ["loading"];
  if (advice.paused) return ["paused"];
  if (advice.shadow) return [advice.complete ? "shadow" : "reading"];
  const quiet = advice.muted?.find((mute) => mute.what === "all");
  if (quiet) return ["quiet", { until: words.timeSoon(quiet.until) }];
  if (!view.hints.isEmpty) return ["hints"];
  if (!advice.language_covered) return [advice.feelings?.length ? "language-partly" : "language"]; // a curve beside "it stays quiet" would belie it
  if (!advice.complete) return ["reading"];
  const isKeptBack = view.hints.hasAside || advice.held_back?.some((one) => SPENT.includes(one.because));
  const isAsked = advice.questions?.some((one) => !one.answered);
  const isOpen = isAsked || [...(followUps?.values() ?? [])].some(wantsWord);
  if (isOut(advice)) return [isOpen ? "open" : isKeptBack ? "out" : "empty"];
  return [isKeptBack ? "enough" : isOpen ? "open" : "empty"];
}
