// The session: held in this page's memory only, renewed before it ends.

const SOONEST_MS = 5_000;

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

  /** A new token; calls made meanwhile share one request. Rejects where the session has ended or nobody answers. */
  renew() {
    this.renewing ??= this.ask().finally(() => (this.renewing = null));
    return this.renewing;
  }

  async ask() {
    const headers = { Authorization: `Bearer ${this.renewal}` };
    const answer = await fetch(`${this.base}/sidebar/renew`, { method: "POST", headers });
    if (answer.status === 401) {
      this.close();
      this.onEnded();
    }
    if (!answer.ok) throw new Error(`renewal was answered ${answer.status}`);
    this.take(await answer.json());
  }

  close() {
    clearTimeout(this.timer);
  }
}
