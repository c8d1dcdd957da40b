// The panel beside a ticket.

import { start } from "./sidebar/app.js";
import { connectFreshdesk, openSession } from "./sidebar/hosts/freshdesk.js";
import { loadWords } from "./sidebar/words.js";

const root = document.getElementById("guidance");
const client = await app.initialized();

async function say(name) {
  const words = await loadWords(navigator.language);
  document.documentElement.lang = words.locale;
  root.className = "guidance state";
  root.textContent = words.say(name);
}

try {
  const opened = await openSession(client, { onWait: () => say("state.unavailable") });
  root.className = "";
  await start(root, opened, () => connectFreshdesk(client));
} catch {
  await say("state.refused");
}
