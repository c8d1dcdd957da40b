// Builds elements. Data only ever becomes text or an attribute, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: `props` are attributes, `on` holds listeners, children are nodes or texts; false and null are left out. */
export function el(tag, props = {}, ...children) {
  return filled(document.createElement(tag), props, children);
}

export function svg(tag, props = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), props, children);
}

function filled(node, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  node.append(...children.flat().filter((child) => child !== false && child != null));
  return node;
}

/** Set a text only where it differs, so that nothing is announced or selected away for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A small button with the words under `key`; `of` tells it from others with the same words in one node that is kept. */
export function chip(words, key, act, of = "") {
  return el("button", { type: "button", class: "chip", "data-focus": key + of, on: { click: act } }, words.say(key));
}

/**
 * Make `parent` hold one node per item, in order. A node is built anew only where its item changed, and keeps the focus:
 * an element with the same `data-focus` takes it over, or else the node itself, since another button would do something that nobody asked for.
 * A node that is being pressed stays until it is let go, since a button that goes between press and release swallows the click, and one with a
 * field in use until that is left.
 */
export function keep(parent, items, keyOf, build) {
  let isInUse = false;
  const named = new Map();
  const keys = items.map((item) => ownKey(named, String(keyOf(item))));
  const held = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  held.forEach((node, key) => keys.includes(key) || node.remove()); // first, for a node that is moved loses the focus
  items.forEach((item, place) => {
    const key = keys[place];
    const old = held.get(key);
    const isSame = old?.dataset.print === JSON.stringify(item);
    const waits = Boolean(old) && !isSame && (old.matches(":active") || old.contains(fieldInUse));
    isInUse ||= waits;
    const node = isSame || waits ? old : renewed(old, build(item), key, item);
    if (parent.children[place] !== node) parent.insertBefore(node, parent.children[place] ?? null);
  });
  waiting.delete(parent);
  if (isInUse) afterUse(parent, () => keep(parent, items, keyOf, build));
}

/** The key of one of several items that are the same: its number goes with it. */
function ownKey(named, key) {
  const times = (named.get(key) ?? 0) + 1;
  named.set(key, times);
  return times === 1 ? key : `${key}\u0000${times}`;
}

function renewed(old, fresh, key, item) {
  Object.assign(fresh.dataset, { key, print: JSON.stringify(item) });
  if (old) replaceKeepingFocus(old, fresh);
  return fresh;
}

/** The field that somebody is about to fill in: null before they are in one, and once its value is taken. */
let fieldInUse = null;
const waiting = new WeakMap();
const RELEASES = ["pointerup", "pointercancel", "keyup", "blur"];

/** Run `again` once pointer and keys are up or a field is left, and the click has been heard, unless `parent` was shown anew by then. */
function afterUse(parent, again) {
  const released = () => {
    RELEASES.forEach((name) => window.removeEventListener(name, released, true));
    setTimeout(() => waiting.get(parent) === again && again());
  };
  waiting.set(parent, again);
  RELEASES.forEach((name) => window.addEventListener(name, released, true));
}

function replaceKeepingFocus(old, fresh) {
  const held = old.contains(document.activeElement) ? document.activeElement : null;
  old.replaceWith(fresh);
  if (!held) return;
  const same = [...fresh.querySelectorAll("[data-focus]")].find((one) => one.dataset.focus === held.dataset.focus && !one.closest("[hidden]"));
  if (same) same.focus();
  else takeKeys(fresh);
}

/** Put the keys on what is no control; for as long as they stay there it can hold them. */
export function takeKeys(node) {
  node.tabIndex = -1;
  node.addEventListener("blur", () => node.removeAttribute("tabindex"), { once: true });
  node.focus();
}

/** The last day and time that the service takes; with it a browser takes no year of five figures. */
const LAST = { date: "2199-12-31", "datetime-local": "2199-12-31T23:59" };

/**
 * A field for a day or a time, `value` being what it is now. `taken(value)` is told what is picked at once; what is typed, key by key,
 * only once it is whole: by Enter, or when the field is left. Who presses Enter on what is no time hears so from the browser, in its own words.
 */
export function picker(type, label, taken, value = "") {
  let isTyped = false;
  let told = value;
  const isTime = () => !field.validity.badInput && !field.validity.rangeOverflow; // seconds are fine, though no step of the field's
  const tell = () => {
    if (!isTime()) return void field.reportValidity();
    fieldInUse = null;
    told = field.value;
    if (told) taken(told);
  };
  const use = (byKey) => ((fieldInUse = field), (isTyped = byKey));
  const on = {
    focus: () => (fieldInUse = field),
    pointerdown: () => use(false),
    keydown: ({ key }) => (use(true), key === "Enter" && tell()),
    change: () => isTyped || tell(),
    blur: () => ((fieldInUse = null), field.isConnected && field.value !== told && isTime() && tell()),
  };
  const field = el("input", { type, class: "picker", value, max: LAST[type], "aria-label": label, "data-focus": "picker", on });
  return field;
}

/** Whether the keys are in this page and at no element of it; where somebody has gone to the helpdesk's composer, they stay there. */
export const isFocusLost = () => document.hasFocus() && document.activeElement === document.body;

/**
 * Do what a button is for, and tell in `said` where it failed: nobody tries it again by itself. Resolves to whether it was done.
 * `refused`: by a refusal's code, what to say in the place of `failed`, where trying again would not help.
 * Meanwhile the button can't be pressed again, which takes the focus from it; it has that back afterwards.
 */
export async function attempt(act, { said, words, button = null, failed = "failed", refused = {} }) {
  const hadFocus = button && document.activeElement === button;
  setText(said, "");
  if (button) button.disabled = true;
  const trouble = await act().then(() => null, (error) => error ?? {});
  if (trouble) setText(said, words.say(refused[trouble.code] ?? failed));
  if (button) button.disabled = false;
  if (hadFocus && isFocusLost()) button.focus();
  return !trouble;
}

/** What is said of a time that the service refuses. */
export const TIMES_REFUSED = { past: "promise.past" };

/** Put words on the clipboard. Resolves to whether they are there: not every page has one, or may write to it. */
export const copy = async (text) => Boolean(await navigator.clipboard?.writeText(text).then(() => true, () => false));

export const hidden = (text) => el("span", { class: "visually-hidden" }, text);
