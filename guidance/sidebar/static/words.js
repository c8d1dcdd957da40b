// The app's own words, in the agent's language. Hints come from the server in theirs already.

import { daysBetween, offsetOf, offsetTold, shownAt } from "./clock.js";

const SPOKEN = ["en", "de", "es", "fr"];
const HALF_A_DAY_MS = 12 * 3_600_000;

/** Words for a locale such as `de-AT`; English where we don't speak it, or its own don't come. Rejects where English doesn't. */
export async function loadWords(locale) {
  const wanted = String(locale || "en").toLowerCase().split(/[-_]/)[0];
  const language = SPOKEN.includes(wanted) ? wanted : "en";
  const [english, own] = await Promise.all([strings("en"), language === "en" ? {} : strings(language).catch(() => ({}))]);
  return new Words(language === wanted ? regional(locale || "en") : language, { ...english, ...own });
}

/** A locale that names no region, as Freshdesk's do, with that of the browser where it speaks the same language: `en` may be `en-GB`. */
function regional(locale) {
  const named = new Intl.Locale(safeLocale(locale));
  const own = navigator.languages.map((one) => new Intl.Locale(safeLocale(one)));
  const near = named.region ? null : own.find(({ language, region }) => region && language === named.language);
  return (near ?? named).toString();
}

async function strings(language) {
  const answer = await fetch(new URL(`strings/${language}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`no words: ${answer.status}`);
  return answer.json();
}

export class Words {
  constructor(locale, strings) {
    this.locale = safeLocale(locale);
    this.strings = strings;
    this.plural = new Intl.PluralRules(this.locale);
  }

  /** The words under a key, `{fields}` filled in. With a `count`, the key's `.one` or `.other` is taken. */
  say(key, fields = {}) {
    const form = fields.count === undefined ? key : `${key}.${this.plural.select(fields.count)}`;
    const text = this.strings[form] ?? this.strings[`${key}.other`] ?? this.strings[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
  }

  /** Whether there are words under a key. */
  has(key) {
    return key in this.strings || `${key}.other` in this.strings;
  }

  /** Somebody's own words, between the marks of the panel's language. */
  quote(words) {
    return this.say("quote", { words });
  }

  /** A moment as people say it, by the browser's clock: `today, 15:00`, `tomorrow`, `Friday, 17:00`, `6 March`. Days have no time of day. */
  moment(iso, kind, now = new Date()) {
    return this.worded(shownAt(new Date(iso)), kind, shownAt(now));
  }

  /**
   * When a promise is due, by the clock of whom it was made to, since its words are: `tomorrow at 3pm` is `tomorrow, 3:00 PM`.
   * Where the browser's clock would tell it otherwise, that clock is named.
   */
  due({ due_at: dueAt, due_kind: kind }, now = new Date()) {
    const offset = offsetOf(dueAt);
    const told = this.worded(shownAt(new Date(dueAt), offset), kind, shownAt(now, offset));
    return told === this.moment(dueAt, kind, now) ? told : this.say("moment.there", { moment: told, clock: this.clock(offset) });
  }

  /** The same by the browser's own clock, where that tells it otherwise; else nothing. */
  ownTime(promise, now = new Date()) {
    const own = this.moment(promise.due_at, promise.due_kind, now);
    return own === this.due(promise, now) ? null : this.say("moment.own", { moment: own });
  }

  /** How the clock of a place is called. */
  clock(offset) {
    return this.say("moment.clock", { offset: offsetTold(offset) });
  }

  /** `shown` and `now`: what one clock shows. */
  worded(shown, kind, now) {
    const days = daysBetween(now, shown);
    const day = Math.abs(days) <= 1 ? this.near(days) : this.date(shown, days, now);
    return kind === "day" ? day : this.say("moment.at", { day, time: this.time(shown) });
  }

  time(shown) {
    return this.form({ hour: "numeric", minute: "2-digit" }).format(shown);
  }

  /** The time of day of a moment in the next half day; nothing where it lies beyond, or there is none. */
  timeSoon(iso, now = Date.now()) {
    const at = new Date(iso ?? NaN);
    return at - now < HALF_A_DAY_MS ? this.time(shownAt(at)) : "";
  }

  near(days) {
    return new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" }).format(days, "day");
  }

  /** A day by its name in the week to come, else by its date, with the year where it is another one. */
  date(shown, days, now) {
    const year = shown.getUTCFullYear() === now.getUTCFullYear() ? {} : { year: "numeric" };
    return this.form(days > 0 && days < 7 ? { weekday: "long" } : { day: "numeric", month: "long", ...year }).format(shown);
  }

  form(parts) {
    return new Intl.DateTimeFormat(this.locale, { ...parts, timeZone: "UTC" });
  }
}

function safeLocale(locale) {
  try {
    return Intl.getCanonicalLocales(String(locale).replace("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
