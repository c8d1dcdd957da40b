// The agent's own day, kept in this browser alone: good moments of today and yesterday, and a run of harsh tickets.
//
// Nothing here is ever sent. It holds numbers, ticket numbers and ids, no words and no names, and two days at most.

const ROUGH_MS = 90 * 60_000;
const RUN = 3;
const REST_MS = 2 * 3_600_000;
export const GOOD = ["kept", "answered", "turned"];

export class Day {
  /** `storage`: where it lies between pages (none: in this page's memory); `now()` in milliseconds. */
  constructor(name, { storage = safeStorage(), now = Date.now } = {}) {
    this.name = `guidance:day:${name}`;
    this.storage = storage;
    this.now = now;
    this.memory = "{}";
    this.onChange = () => {};
  }

  /** Note a good moment once: the same `id` again changes nothing. `many`: how many it counts for. */
  note(kind, id, many = 1) {
    this.change((day) => {
      if (day.good[id] === undefined) day.good[id] = [kind, many];
    });
  }

  /** What was noted under this id did not happen: it counts on neither day. */
  takeBack(id) {
    if (!this.has(id)) return;
    const { today, yesterday, dates } = this.read();
    for (const day of [today, yesterday]) delete day.good[id];
    this.write({ [dates[0]]: today, [dates[1]]: yesterday });
    this.onChange();
  }

  /** Whether something was noted under this id. */
  has(id) {
    const { today, yesterday } = this.read();
    return id in today.good || id in yesterday.good;
  }

  /** This agent has answered on a ticket. */
  replied(ticket) {
    this.change((day) => day.replied.includes(ticket) || day.replied.push(ticket));
  }

  hasReplied(ticket) {
    const { today, yesterday } = this.read();
    return today.replied.includes(ticket) || yesterday.replied.includes(ticket);
  }

  /** A harsh message on a ticket. */
  rough(ticket) {
    this.change((day) => (day.rough = { ...recent(day.rough, this.now()), [ticket]: day.rough[ticket] ?? this.now() }));
  }

  /** Whether a break would be fair: three harsh tickets in an hour and a half, and it has not been said for two hours. */
  get wantsBreak() {
    const { today } = this.read();
    return Object.keys(recent(today.rough, this.now())).length >= RUN && this.now() - (today.rested ?? -Infinity) > REST_MS;
  }

  /** The suggestion was seen. */
  rested() {
    this.change((day) => Object.assign(day, { rested: this.now(), rough: {} }));
  }

  /** The good moments by kind: how many today, how many yesterday. */
  get moments() {
    const { today, yesterday } = this.read();
    return GOOD.map((kind) => ({ kind, today: count(today, kind), yesterday: count(yesterday, kind) })).filter((one) => one.today);
  }

  forget() {
    this.write({});
    this.onChange();
  }

  change(act) {
    const { today, yesterday, dates } = this.read();
    act(today);
    this.write({ [dates[0]]: today, [dates[1]]: yesterday });
    this.onChange();
  }

  read() {
    const dates = [dayOf(this.now(), 0), dayOf(this.now(), -1)];
    const kept = parsed(this.storage ? this.storage.getItem(this.name) : this.memory);
    const [today, yesterday] = dates.map((date) => ({ good: {}, replied: [], rough: {}, ...kept[date] }));
    return { today, yesterday, dates };
  }

  write(days) {
    this.memory = JSON.stringify(days);
    try {
      this.storage?.setItem(this.name, this.memory);
    } catch {
      this.storage = null;
    }
  }
}

const count = (day, kind) => Object.values(day.good).reduce((sum, [of, many]) => sum + (of === kind ? many : 0), 0);

const recent = (rough, now) => Object.fromEntries(Object.entries(rough).filter(([, at]) => now - at < ROUGH_MS));

/** The date that many days from a moment, as the calendar counts them: a day may have 23 or 25 hours. */
function dayOf(ms, days) {
  const at = new Date(ms);
  at.setDate(at.getDate() + days);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

function safeStorage() {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
