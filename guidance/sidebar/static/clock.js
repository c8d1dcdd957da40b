// Clocks of other places: a promise is due by the clock of whom it was made to, which need not be the browser's.

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Minutes east of Greenwich of a moment's own clock, as in `2026-03-06T15:00:00-05:00`; the browser's where it tells none. */
export function offsetOf(iso) {
  const found = /(?:Z|([+-]\d\d):?(\d\d))$/.exec(iso);
  return found ? minutes(found) : ownOffset(new Date(iso));
}

/** Minutes east of Greenwich at a place (`America/New_York`); the browser's where it does not know that place. */
export function offsetIn(zone, at = new Date()) {
  try {
    const form = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
    const { value } = form.formatToParts(at).find(({ type }) => type === "timeZoneName");
    return minutes(/([+-]\d\d):(\d\d)/.exec(value) ?? []);
  } catch {
    return ownOffset(at);
  }
}

export const ownOffset = (at) => -at.getTimezoneOffset();

function minutes([, hours = "+00", rest = "00"]) {
  return Number(hours) * 60 + Number(`${hours[0]}${rest}`);
}

/** What a clock shows at a moment: a date to be read in UTC. */
export const shownAt = (at, offset = ownOffset(at)) => new Date(at.getTime() + offset * MINUTE_MS);

/** Days from one of these dates to another, by the calendar. */
export const daysBetween = (shown, other) => Math.floor(other / DAY_MS) - Math.floor(shown / DAY_MS);

/** The day that it is there, or one of those after it, as in `2026-03-06`. */
export function dayThere(zone, ahead, now = new Date()) {
  return new Date(shownAt(now, offsetIn(zone, now)).getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
}

/** The moment at which the clock there shows what was picked (`2026-03-06T15:00`). */
export function momentThere(zone, picked) {
  const shown = Date.parse(`${picked}Z`);
  const near = new Date(shown - offsetIn(zone, new Date(shown)) * MINUTE_MS);
  return new Date(shown - offsetIn(zone, near) * MINUTE_MS).toISOString();
}

/** What the clock there shows at a moment, as it is picked. */
export const timeThere = (zone, iso) => shownAt(new Date(iso), offsetIn(zone, new Date(iso))).toISOString().slice(0, 16);

/** `-5`, `+5:30`, and nothing for Greenwich itself: what stands behind GMT. */
export function offsetTold(offset) {
  if (!offset) return "";
  const [hours, rest] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${offset < 0 ? "-" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
