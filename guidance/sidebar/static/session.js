// The session: held in this page's memory only, renewed before it ends.

import { ApiError, failure, refusal } from "./api.js";

const SOONEST_MS = 5_000;
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
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.renew().catch(() => {}), Math.max(SOONEST_MS, expiresIn * 600));
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
  }
}
