// The panel beside a ticket.

import { start } from "./sidebar/app.js";
import { connectFreshdesk, openSession } from "./sidebar/hosts/freshdesk.js";
import { loadWords } from "./sidebar/words.js";

const root = document.getElementById("guidance");
const client = await app.initialized();

try {
  await start(root, await openSession(client), () => connectFreshdesk(client));
} catch {
  const words = await loadWords(navigator.language);
  root.className = "guidance state";
  root.textContent = words.say("state.refused");
}
