// Follows the draft as it is typed: asks after a short pause, says when it is settled, and lets only the newest answer count.

import { endsWithSignOff } from "./letter.js";

const PAUSE_MS = 300;
const SETTLED_MS = 3_000;
const SLOW_MS = 6_000;
const IN_A_ROW = 3;

/** Whether a text holds at least one finished sentence; a greeting line is none. */
export function holdsSentence(text) {
  for (const part of text.split(/(?<=[.!?…])(?=\s|$)|\n+/u)) {
    const words = part.trim().split(/\s+/u).filter(Boolean).length;
    const ended = /[.!?…]$/u.test(part.trim());
    if (ended ? words >= 2 : words >= 12) return true;
  }
  return false;
}

const print = ({ text, html, visibility, attachments, turns, takes_over: next }) => JSON.stringify([text, html, visibility, attachments, turns, next]);

/**
 * Whether questions are answered at all. While somebody types, each calls the last one off, so that none ever fails: several in a row
 * that nobody answers, over as long as one may take, tell as much as one that waits for all of it.
 */
class Waiting {
  constructor(most, onSpent) {
    Object.assign(this, { most, onSpent });
    this.answered();
  }

  begin() {
    this.since ??= performance.now();
    this.asked += 1;
    clearTimeout(this.timer);
    const left = this.asked > IN_A_ROW ? this.since + this.most - performance.now() : this.most;
    this.timer = setTimeout(() => (this.answered(), this.onSpent()), Math.max(this.most / 30, left));
  }

  calledOff() {
    clearTimeout(this.timer);
  }

  /** It is counted anew, as where nothing is asked any more. */
  answered() {
    clearTimeout(this.timer);
    Object.assign(this, { since: null, asked: 0 });
  }
}

export class DraftWatch {
  /**
   * `ask(body, signal)` resolves to advice. `onAdvice(advice)`, `onTrouble(error)`, `onEmpty()` are told what came of it, `onSlow()` that
   * nothing has for `slow` milliseconds.
   * A draft is `{plain, text or html, visibility, attachments?, turns?}`; `plain` is its text for judging pauses here.
   */
  constructor({ ask, onAdvice, onTrouble, onEmpty, onSlow = () => {}, slow = SLOW_MS }) {
    Object.assign(this, { ask, onAdvice, onTrouble, onEmpty });
    this.waiting = new Waiting(slow, onSlow);
    this.draft = null;
    this.seq = 0;
    this.sent = "";
    this.isSettled = false;
    this.isActive = false;
  }

  get isEmpty() {
    return !this.draft || !this.draft.plain.trim();
  }

  /** The composer now holds this draft. */
  typed(draft) {
    const before = this.draft;
    this.draft = draft;
    if (before && print(before) === print(draft)) return;
    this.stop();
    this.isSettled = false;
    if (this.isEmpty) {
      this.waiting.answered();
      this.sent = "";
      if (before?.plain.trim()) this.onEmpty();
      return;
    }
    const grewAtEnd = !before || draft.plain.startsWith(before.plain.trimEnd());
    this.plan(grewAtEnd && endsWithSignOff(draft.plain) && holdsSentence(draft.plain));
  }

  plan(signedOff) {
    if (!this.isActive) return;
    this.timer = setTimeout(() => this.check({ settled: signedOff }), PAUSE_MS);
    if (!signedOff && holdsSentence(this.draft.plain)) {
      this.settling = setTimeout(() => this.check({ settled: true }), SETTLED_MS);
    }
  }

  setActive(isActive) {
    this.isActive = isActive;
    if (isActive) return void (this.isEmpty || this.plan(false));
    this.stop();
    this.waiting.answered();
  }

  /**
   * Ask about the draft now, `force` even where the same was asked before. `onAdvice` hears the answer unless a newer question
   * has overtaken it. A draft that has settled stays so until it changes, whoever asks about it again meanwhile.
   */
  async check({ settled = false, force = false } = {}) {
    if (this.isEmpty || !this.isActive) return;
    this.isSettled ||= settled;
    const content = `${this.isSettled}${print(this.draft)}`;
    if (!force && content === this.sent) return;
    this.sent = content;
    this.callOff();
    this.pending = new AbortController();
    await this.put(this.isSettled, this.pending.signal);
  }

  /** Advice on the draft as it goes out, before which no other question of ours gets any more; null where there is none to be had. */
  async lastWord() {
    this.planNothing();
    return this.isEmpty ? null : this.put(true);
  }

  /** The last advice on the draft as it stands; null where it has changed since, or nothing was said of it. */
  known() {
    return this.draft && this.heard?.of === print(this.draft) ? this.heard.advice : null;
  }

  async put(settled, signal) {
    const { plain: _plain, ...draft } = this.draft;
    const of = print(this.draft);
    const seq = ++this.seq;
    this.waiting.begin();
    try {
      const advice = await this.ask({ ...draft, settled, seq }, signal);
      this.waiting.answered();
      if (advice.seq === this.seq) {
        this.heard = { of, advice };
        this.onAdvice(advice);
      }
      return advice;
    } catch (error) {
      if (error.name === "AbortError") return null;
      this.waiting.answered();
      if (seq !== this.seq) return null;
      this.sent = "";
      this.onTrouble(error);
      return null;
    }
  }

  planNothing() {
    clearTimeout(this.timer);
    clearTimeout(this.settling);
  }

  stop() {
    this.planNothing();
    this.callOff();
    this.seq += 1; // what is still on its way is about a draft that nobody sees any more
  }
  callOff() {
    this.waiting.calledOff();
    this.pending?.abort();
  }
}
