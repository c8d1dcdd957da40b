// Before a reply goes out: asks once about a slip, and about open promises when the ticket is being solved. Never about tone,
// and never for long: where nothing is known in time, the reply goes.

import { isOpen } from "./view/promises.js";

const WAIT_MS = 1_200;

export class SendGuard {
  /** `check()` resolves to advice on the settled draft or null, `isSolving()` to a boolean, `followUps()` gives those of `ticket()`. */
  constructor({ words, check, isSolving, followUps, isPublic, ticket, patience = WAIT_MS }) {
    Object.assign(this, { words, check, isSolving, followUps, isPublic, ticket, patience });
    this.asked = new Set();
    this.asking = new Map();
  }

  /** True, or the words that hold back this once what is about to be done. A second click on the way is the same question. */
  ask(what = "send") {
    const asking = this.asking.get(what) ?? this.answer().finally(() => this.asking.delete(what));
    this.asking.set(what, asking);
    return asking;
  }

  /** Only what was told in time counts as asked. */
  async answer() {
    const patience = new Promise((resolve) => setTimeout(resolve, this.patience, []));
    const concerns = await Promise.race([this.concerns().catch(() => []), patience]);
    if (concerns.length === 0) return true;
    concerns.forEach(([id]) => this.asked.add(id));
    return [...concerns.map(([, text]) => text), this.words.say("guard.again")].join(" ");
  }

  /** What there is to ask about and was not asked yet. */
  async concerns() {
    const [advice, isSolving] = await Promise.all([this.isPublic() ? this.check() : null, this.isSolving()]);
    const slips = (advice?.hints ?? []).filter((hint) => hint.principle === "slips" && hint.level === "warning");
    const concerns = [...slips.map((hint) => [hint.id, hint.say]), ...(isSolving ? this.promises(advice) : [])];
    return concerns.filter(([id]) => !this.asked.has(id));
  }

  promises(advice) {
    const drafted = (advice?.promises ?? []).filter((one) => one.where === "draft" && !one.conditional);
    return [
      ...this.followUps().filter(isOpen).map((one) => [one.id, this.words.say("guard.promise", { words: one.words })]),
      ...drafted.map((one) => [`draft:${this.ticket()}:${advice.slot}:${one.text}`, this.words.say("guard.drafted", { words: one.text })]),
    ];
  }
}
