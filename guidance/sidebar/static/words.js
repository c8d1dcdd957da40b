// The app's own words, in the agent's language. Hints come from the server in theirs already.

const SPOKEN = ["en", "de", "es", "fr"];
const HALF_A_DAY_MS = 12 * 3_600_000;

/** Words for a locale such as `de-AT`; English where we don't speak it. */
export async function loadWords(locale) {
  const wanted = String(locale || "en").toLowerCase().split(/[-_]/)[0];
  const language = SPOKEN.includes(wanted) ? wanted : "en";
  const [english, own] = await Promise.all([strings("en"), language === "en" ? {} : strings(language)]);
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
  return answer.ok ? answer.json() : {};
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

  /** A moment as people say it: `today, 15:00`, `tomorrow`, `Friday, 17:00`, `6 March`. Days have no time of day. */
  moment(iso, kind, now = new Date()) {
    const at = new Date(iso);
    const days = Math.round((midnight(at) - midnight(now)) / 86_400_000);
    const day = Math.abs(days) <= 1 ? this.near(days) : this.date(at, days, now);
    return kind === "day" ? day : this.say("moment.at", { day, time: this.time(at) });
  }

  time(at) {
    return new Intl.DateTimeFormat(this.locale, { hour: "numeric", minute: "2-digit" }).format(at);
  }

  /** The time of day of a moment in the next half day; nothing where it lies beyond, or there is none. */
  timeSoon(iso, now = Date.now()) {
    const at = new Date(iso ?? NaN);
    return at - now < HALF_A_DAY_MS ? this.time(at) : "";
  }

  near(days) {
    return new Intl.RelativeTimeFormat(this.locale, { numeric: "auto" }).format(days, "day");
  }

  /** A day by its name in the week to come, else by its date, with the year where it is another one. */
  date(at, days, now) {
    const year = at.getFullYear() === now.getFullYear() ? {} : { year: "numeric" };
    const form = days > 0 && days < 7 ? { weekday: "long" } : { day: "numeric", month: "long", ...year };
    return new Intl.DateTimeFormat(this.locale, form).format(at);
  }
}

const midnight = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

function safeLocale(locale) {
  try {
    return Intl.getCanonicalLocales(String(locale).replace("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}
