// Where a helpdesk's app asks for the panel's session itself: what shows until there is one, or where none is given.

import { el } from "./view/dom.js";
import { loadWords } from "./words.js";

/**
 * Open the panel in `root`: `ask({ onWait })` brings a session, `begin(opened)` starts the panel with it. Where that fails the agent
 * is told, and can try again.
 */
export async function openPanel(root, { ask, begin, locale = navigator.language }) {
  const words = await loadWords(locale);
  document.documentElement.lang = words.locale;
  const say = (key, ...rest) => {
    root.className = "guidance";
    root.replaceChildren(el("div", { class: "state", role: "status" }, el("p", {}, words.say(key)), ...rest));
  };
  const again = el("button", { type: "button", class: "link", on: { click: () => open(true) } }, words.say("state.retry"));

  async function open(pressed) {
    again.disabled = true;
    try {
      const opened = await ask({ onWait: () => say("state.unavailable") });
      await begin(opened);
    } catch {
      again.disabled = false;
      say("state.refused-here", again);
      if (pressed) again.focus();
    }
  }

  await open(false);
}
