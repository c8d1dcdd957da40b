// The panel beside a ticket.

import { start } from "./sidebar/app.js";
import { connectFreshdesk, openSession } from "./sidebar/hosts/freshdesk.js";
import { openPanel } from "./sidebar/opening.js";

const root = document.getElementById("guidance");
const client = await app.initialized();

await openPanel(root, {
  ask: (told) => openSession(client, told),
  begin: (opened) => start(root, opened, () => connectFreshdesk(client)),
});
