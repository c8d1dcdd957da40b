// A small rich-text composer: what it holds, where the cursor was, and words put in by an app.

import { markup, safeNodes } from "./richtext.js";

export class Composer {
  /** `changed` is called after every edit, by whomever. */
  constructor(element, changed) {
    this.element = element;
    this.changed = changed;
    this.range = null;
    element.addEventListener("input", () => this.edited());
    element.addEventListener("paste", (event) => this.paste(event));
    for (const event of ["keyup", "mouseup", "focus"]) element.addEventListener(event, () => this.remember());
  }

  /** What it holds, as HTML; an empty string where there are no words. */
  get html() {
    return this.element.textContent.trim() ? this.element.innerHTML : "";
  }

  get text() {
    return this.element.innerText.trim();
  }

  /** Replace everything. */
  set(html) {
    this.element.replaceChildren(...safeNodes(html));
    this.range = null;
    this.edited();
  }

  /** Put formatted words at the end. */
  append(html) {
    this.element.append(...safeNodes(html));
    this.element.scrollTop = this.element.scrollHeight;
    this.edited();
  }

  appendText(text) {
    this.append(markup(text));
  }

  /** Put formatted words where the cursor was last; at the end where it never was. */
  insert(html) {
    if (!this.range || !this.element.contains(this.range.startContainer)) {
      this.append(html);
      return;
    }
    const fragment = document.createDocumentFragment();
    fragment.append(...safeNodes(html));
    this.range.deleteContents();
    this.range.insertNode(fragment);
    this.range.collapse(false);
    this.edited();
  }

  /** Bold, italic or a list, for the selection. */
  format(command) {
    this.element.focus();
    document.execCommand(command);
  }

  edited() {
    this.remember();
    this.element.classList.toggle("is-empty", !this.html);
    this.changed();
  }

  paste(event) {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  }

  remember() {
    const selection = getSelection();
    if (selection.rangeCount && this.element.contains(selection.anchorNode)) this.range = selection.getRangeAt(0).cloneRange();
  }
}
