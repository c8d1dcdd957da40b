// The session: held in this page's memory only, renewed before it ends.

import { ApiError, failure, refusal } from "./api.js";

const SOONEST_MS = 5_000;
const LATEST_MS = 60_000;
const PATIENCE_MS = 30_000;

export class Session {
  /** `opened` is what the server handed over with the page; `onEnded` is told once, when nothing can be renewed any more. */
  constructor(opened, { base = opened.base ?? "", onEnded = () => {} } = {}) {
    this.base = base;
    this.onEnded = onEnded;
    this.renewing = null;
    this.take(opened);
  }

  take({ account, agent, token, renewal, claimed = false, expires_in: expiresIn }) {
    Object.assign(this, { account, agent, token, renewal, claimed });
    this.plan(Math.max(SOONEST_MS, expiresIn * 600));
  }

  /** Renew it then. Where that fails, again after a while: a page that only listens makes no call that would ask for it. */
  plan(after, again = SOONEST_MS) {
    clearTimeout(this.timer);
    const next = () => this.timer && this.plan(again, Math.min(2 * again, LATEST_MS));
    this.timer = setTimeout(() => this.renew().catch(next), after);
  }

  get bearer() {
    return `Bearer ${this.token}`;
  }

  /** A new token; calls made meanwhile share one request. Rejects with an ApiError: `ended`, or what passes. */
  renew(patience = PATIENCE_MS) {
    this.renewing ??= this.ask(patience).finally(() => (this.renewing = null));
    return this.renewing;
  }

  async ask(patience) {
    const headers = { Authorization: `Bearer ${this.renewal}` };
    const sent = { method: "POST", headers, signal: AbortSignal.timeout(patience) };
    const answer = await fetch(`${this.base}/sidebar/renew`, sent).catch((error) => Promise.reject(failure(error)));
    if (answer.status === 401) {
      this.close();
      this.onEnded();
      throw new ApiError("ended", { status: 401 });
    }
    if (!answer.ok) throw await refusal(answer);
    this.take(await answer.json().catch((error) => Promise.reject(failure(error, "unavailable"))));
  }

  close() {
    clearTimeout(this.timer);
    this.timer = null;
  }
}
