// Making elements, and keeping lists in step with data without losing focus or place.

/** An element with properties (`class`, `dataset`, `on…` and attributes) and children; text goes in as text. */
export function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "dataset") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** Make `list` hold one element for each item, keeping those whose data is as it was. */
export function keepInStep(list, items, keyOf, build) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const sign = JSON.stringify(item);
    const old = known.get(key);
    if (old && (old.dataset.sign === sign || old.matches(":active"))) return old; // one that is being pressed is drawn next time
    const hadFocus = old?.contains(document.activeElement);
    const fresh = build(item);
    Object.assign(fresh.dataset, { key, sign });
    if (hadFocus) queueMicrotask(() => (fresh.matches("button") ? fresh : fresh.querySelector("button"))?.focus());
    return fresh;
  });
  for (const child of [...list.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, place) => list.children[place] !== child && list.insertBefore(child, list.children[place] ?? null));
}

const TINTS = 6;

/** A round badge with somebody's initials, in a tint that is always theirs. */
export function avatar(name) {
  const initials = name.split(/\s+/).map((part) => part[0] ?? "").slice(0, 2).join("");
  const tint = [...name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % TINTS;
  return make("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" }, initials.toUpperCase());
}

/** A time as people say it: `10:42`, `yesterday 10:42`, `Tue 17 Nov, 10:42`. */
export function when(time) {
  const moment = new Date(time);
  const clock = moment.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  const days = Math.round((midnight(moment) - midnight(new Date())) / 86_400_000);
  const named = { 0: "", "-1": "yesterday ", 1: "tomorrow " }[days];
  return named === undefined ? `${moment.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" })}, ${clock}` : `${named}${clock}`;
}

/** How long ago, in one unit: `now`, `12 min`, `3 h`, `8 d`. */
export function ago(time) {
  const minutes = Math.max(0, Math.round((Date.now() - new Date(time)) / 60_000));
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1440 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}

function midnight(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
