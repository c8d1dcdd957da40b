// Keeps the keyboard's place: where what the keys were at is taken away, what stands there now takes them, not the top of the page.

import { isFocusLost, takeKeys } from "./dom.js";

/** Watch all of `root`. What takes the keys over is no control: pressing once more would do something that nobody asked for. */
export function keepPlace(root) {
  let last = null;
  const isLeft = (node) => node === last && node.isConnected && !node.disabled;
  root.addEventListener("focusin", ({ target }) => (last = target));
  root.addEventListener("focusout", ({ target }) => setTimeout(() => isLeft(target) && document.activeElement !== target && (last = null)));
  new MutationObserver((changes) => {
    const change = last && !last.isConnected && isFocusLost() && removalOf(last, changes);
    const near = change && placeNear(change, root);
    if (near) takeKeys(near);
  }).observe(root, { childList: true, subtree: true });
}

/** The change that took a node away, or the one that took away what it had been taken out of. */
function removalOf(node, changes) {
  let [gone, found] = [node, null];
  for (const change of changes) {
    if (![...change.removedNodes].some((one) => one.contains(gone))) continue;
    [gone, found] = [change.target, change];
  }
  return found;
}

/** What stands in its place, else what stands next to it, else around it. */
function placeNear({ addedNodes, nextSibling, previousSibling, target }, root) {
  const near = [...addedNodes, nextSibling, previousSibling];
  for (let node = target; node && node !== root; node = node.parentElement) near.push(node, node.nextElementSibling, node.previousElementSibling);
  return near.find(isPlace);
}

const isPlace = (node) => node instanceof HTMLElement && node.isConnected && node.offsetHeight > 0 && !node.matches(".folded, .visually-hidden, button, input");
