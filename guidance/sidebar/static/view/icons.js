// Sixteen-pixel line icons, drawn here so that nothing is fetched. They are decoration: a word always stands beside them.

import { svg } from "./dom.js";

const PATHS = {
  suggestion: "M5.6 10.2a3.9 3.9 0 1 1 4.8 0c-.5.4-.7.8-.7 1.4H6.3c0-.6-.2-1-.7-1.4ZM6.5 14h3",
  reminder: "M8 2.2a3.8 3.8 0 0 1 3.8 3.8c0 3.4 1.4 4.6 1.4 4.6H2.8S4.2 9.4 4.2 6A3.8 3.8 0 0 1 8 2.2ZM6.8 13.4a1.3 1.3 0 0 0 2.4 0",
  warning: "M8 2.4 14.2 13.4H1.8L8 2.4ZM8 6.6v3M8 11.4v.1",
  tick: "M3 8.6 6.4 12 13 4.6",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  open: "M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6Z",
  answered: "M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM5.4 8.2 7.2 10l3.4-3.8",
  clock: "M8 2.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6ZM8 5.2V8l2 1.4",
  quiet: "M12.9 9.7A5.3 5.3 0 0 1 6.3 3.1a5.3 5.3 0 1 0 6.6 6.6Z",
  offline: "M2 2l12 12M4.4 6.2A7 7 0 0 0 2.4 7.5M8 5.1a7 7 0 0 1 5.6 2.4M5.6 9.9a3.4 3.4 0 0 1 3.6-.6M8 12.4v.1",
};

/** An icon by its name. */
export function icon(name) {
  const drawing = svg("path", { d: PATHS[name] });
  return svg("svg", { class: `icon icon-${name}`, viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, drawing);
}
