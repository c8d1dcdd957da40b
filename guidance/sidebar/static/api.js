// Calls to the service. Every failure is an ApiError with a code that the view has words for.

/** How long an answer may take, its body included. */
const PATIENCE_MS = 30_000;
/** The same for how a ticket stands, which is read from the store alone: a service that takes longer answers nothing. */
const SOON_MS = 10_000;

export class ApiError extends Error {
  constructor(code, { status = 0, message = code, retryAfter = null } = {}) {
    super(message);
    Object.assign(this, { code, status, retryAfter });
  }

  /** Whether trying again later may help. */
  get passes() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export class Api {
  constructor(session, { patience = PATIENCE_MS } = {}) {
    this.session = session;
    this.patience = patience;
  }

  advice(ticket) {
    return this.call("GET", `${this.ticket(ticket)}/advice`, { signal: AbortSignal.timeout(SOON_MS) });
  }

  draft(ticket, body, signal) {
    return this.call("POST", `${this.ticket(ticket)}/draft`, { body, signal });
  }

  judge(ticket, hint, body) {
    return this.call("POST", `${this.ticket(ticket)}/hints/${encodeURIComponent(hint)}/feedback`, { body });
  }

  unjudge(ticket, hint) {
    return this.call("DELETE", `${this.ticket(ticket)}/hints/${encodeURIComponent(hint)}/feedback`);
  }

  quiet(span) {
    return span ? this.call("PUT", "/api/v1/quiet", { body: { span } }) : this.call("DELETE", "/api/v1/quiet");
  }

  changePromise(ticket, id, body) {
    const path = `/api/v1/follow-ups/${encodeURIComponent(id)}?ticket=${encodeURIComponent(ticket)}`;
    return this.call("PATCH", path, { body });
  }

  /** Plan the follow-up that a hint proposes. */
  plan(ticket, hint) {
    return this.call("POST", `${this.ticket(ticket)}/hints/${encodeURIComponent(hint)}/follow-up`);
  }

  /** This agent's open promises on all tickets, each with what its ticket is about, where the agent may know. */
  async mine() {
    const { follow_ups: open, subjects = {} } = await this.call("GET", "/api/v1/follow-ups");
    return open.map((one) => ({ ...one, subject: subjects[one.ticket_id] }));
  }

  /** What is stored about this agent. */
  stored() {
    return this.call("GET", "/api/v1/me");
  }

  /** The path of a new calendar link, or null once it is revoked. */
  async calendar(isOn) {
    return (await this.call(isOn ? "POST" : "DELETE", "/api/v1/follow-ups/calendar")).path;
  }

  /** The people around a ticket. */
  network(ticket) {
    return this.call("GET", `${this.ticket(ticket)}/network`);
  }

  /** Plan a follow-up on what a partner has promised. */
  notePartner(ticket, partner, body) {
    return this.call("POST", `${this.ticket(ticket)}/network/partners/${encodeURIComponent(partner)}/follow-up`, { body });
  }

  /** Whether this agent is named to colleagues, and who waits for them. */
  me() {
    return this.call("GET", "/api/v1/network/me");
  }

  changeMe(body) {
    return this.call("PUT", "/api/v1/network/me", { body });
  }

  /** Everything that this agent has asked not to see. */
  async mutes() {
    return (await this.call("GET", "/api/v1/quiet")).muted;
  }

  unmute(what) {
    return this.call("DELETE", `/api/v1/quiet?what=${encodeURIComponent(what)}`);
  }

  watch(tickets) {
    return this.call("PUT", "/api/v1/stream/watch", { body: { tickets } });
  }

  /** The open stream's response; the caller reads its body. */
  stream(lastEventId, signal) {
    const headers = { Accept: "text/event-stream", ...(lastEventId ? { "Last-Event-ID": lastEventId } : {}) };
    return this.send("GET", "/api/v1/stream", { headers, signal });
  }

  ticket(id) {
    return `/api/v1/tickets/${encodeURIComponent(this.session.account)}/${encodeURIComponent(id)}`;
  }

  async call(method, path, { signal, ...options } = {}) {
    const patience = AbortSignal.timeout(this.patience);
    const answer = await this.send(method, path, { ...options, signal: signal ? AbortSignal.any([signal, patience]) : patience });
    return answer.status === 204 ? null : answer.json().catch((error) => Promise.reject(failure(error, "unavailable")));
  }

  /** The response where it is good. A token that has just ended is renewed once. */
  async send(method, path, options = {}) {
    let answer = await this.once(method, path, options);
    if (answer.status === 401) {
      await this.session.renew(this.patience);
      answer = await this.once(method, path, options);
    }
    if (!answer.ok) throw await refusal(answer);
    return answer;
  }

  async once(method, path, { body, headers = {}, signal } = {}) {
    const sent = { Authorization: this.session.bearer, ...headers };
    if (body !== undefined) sent["Content-Type"] = "application/json";
    try {
      return await fetch(this.session.base + path, {
        method,
        headers: sent,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
        cache: "no-store",
        credentials: "omit",
      });
    } catch (error) {
      throw failure(error);
    }
  }
}

/** What to say of a call that brought no answer; one that was called off is no failure. */
export function failure(error, code = "offline") {
  if (error.name === "AbortError") return error;
  return new ApiError(error.name === "TimeoutError" ? "unavailable" : code);
}

export async function refusal(answer) {
  const told = await answer.json().catch(() => ({}));
  const { code = answer.status === 401 ? "ended" : "unavailable", message } = told.error ?? {};
  const retryAfter = Number(answer.headers.get("Retry-After")) || null;
  return new ApiError(code, { status: answer.status, message, retryAfter });
}
