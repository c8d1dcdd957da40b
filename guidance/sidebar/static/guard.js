// Before a reply goes out: asks once about a slip, and about open promises when the ticket is being solved. Never about tone,
// and never for long: where nothing is known in time, the reply goes.

import { isOpen } from "./view/promises.js";

const WAIT_MS = 1_200;

export class SendGuard {
  /** `check()` resolves to advice on the settled draft or null, `isSolving()` to a boolean, `followUps()` gives this ticket's. */
  constructor({ words, check, isSolving, followUps, isPublic }) {
    Object.assign(this, { words, check, isSolving, followUps, isPublic });
    this.asked = new Set();
  }

  /** True, or the words that hold the reply back this once. */
  ask() {
    const patience = new Promise((resolve) => setTimeout(resolve, WAIT_MS, true));
    return Promise.race([this.verdict().catch(() => true), patience]);
  }

  async verdict() {
    const [advice, isSolving] = await Promise.all([this.isPublic() ? this.check() : null, this.isSolving()]);
    const slips = (advice?.hints ?? []).filter((hint) => hint.principle === "slips" && hint.level === "warning");
    const concerns = [...slips.map((hint) => [hint.id, hint.say]), ...(isSolving ? this.promises(advice) : [])];
    const fresh = concerns.filter(([id]) => !this.asked.has(id));
    if (fresh.length === 0) return true;
    fresh.forEach(([id]) => this.asked.add(id));
    return [...fresh.map(([, text]) => text), this.words.say("guard.again")].join(" ");
  }

  promises(advice) {
    const drafted = (advice?.promises ?? []).filter((one) => one.where === "draft" && !one.conditional);
    return [
      ...this.followUps().filter(isOpen).map((one) => [one.id, this.words.say("guard.promise", { words: one.words })]),
      ...drafted.map((one) => [`draft:${one.text}`, this.words.say("guard.drafted", { words: one.text })]),
    ];
  }
}
