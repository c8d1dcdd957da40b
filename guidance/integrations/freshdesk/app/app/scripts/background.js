// Always there, beside every ticket, also while the panel is closed.

import { Background } from "./sidebar/background.js";
import { openSession } from "./sidebar/hosts/freshdesk.js";

const client = await app.initialized();

await Background.begin(client, () => openSession(client)).catch(() => {});
