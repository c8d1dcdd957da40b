// Before a reply goes out: asks once about its slips, and about open promises when the ticket is being solved. Never about tone,
// and never for long: where no answer is there in time, what is known of this very draft counts, and where nothing is, the reply goes. Sending the same slips once more is the answer; where some were
// mended, what is left is asked about again, for it may have been overlooked.

import { isOpen } from "./view/promises.js";

const WAIT_MS = 1_200;

export class SendGuard {
  /**
   * `check()` resolves to advice on the settled draft or null, `known()` is the last advice on the draft as it stands or null, `isSolving(what)`
   * resolves to whether what is about to be done solves the ticket, `followUps(advice)` to those of `ticket()`.
   */
  constructor({ words, check, known = () => null, isSolving, followUps, isPublic, ticket, patience = WAIT_MS }) {
    Object.assign(this, { words, check, known, isSolving, followUps, isPublic, ticket, patience });
    this.asked = new Set();
    this.asking = new Map();
  }

  /** True, or the words that hold back this once what is about to be done: `send` or `close`. A second click on the way is the same question. */
  ask(what = "send") {
    const asking = this.asking.get(what) ?? this.answer(what).finally(() => this.asking.delete(what));
    this.asking.set(what, asking);
    return asking;
  }

  /** Only what was told in time counts as asked. */
  async answer(what) {
    const known = () => this.unasked(this.slips(this.knownOfReply()));
    const patience = new Promise((resolve) => setTimeout(() => resolve(known()), this.patience));
    const concerns = await Promise.race([this.concerns(what).catch(() => []), patience]);
    if (concerns.length === 0) return true;
    concerns.forEach(({ id }) => this.asked.add(id));
    return [...concerns.map(({ says }) => says), this.words.say(what === "close" ? "guard.again-close" : "guard.again")].join(" ");
  }

  /** What there is to ask about and was not asked yet: all slips as one question, each promise as its own. */
  async concerns(what) {
    const [told, isSolving] = await Promise.all([this.isPublic() ? this.check() : null, this.isSolving(what)]);
    const advice = told ?? this.knownOfReply();
    return this.unasked([...this.slips(advice), ...(isSolving ? await this.promises(advice) : [])]);
  }

  /** Of a note nothing counts. */
  knownOfReply() {
    return this.isPublic() ? this.known() : null;
  }

  unasked(concerns) {
    return concerns.filter(({ id }) => !this.asked.has(id));
  }

  slips(advice) {
    const slips = advice?.slips ?? [];
    const id = JSON.stringify([this.ticket(), advice?.slot, slips.map(({ rule, say }) => [rule, say])]);
    return slips.map(({ say }) => ({ id, says: say }));
  }

  async promises(advice) {
    const followUps = await this.followUps(advice);
    const drafted = (advice?.promises ?? []).filter((one) => one.where === "draft" && !one.conditional);
    return [
      ...followUps.filter(isOpen).map((one) => ({ id: one.id, says: this.words.say("guard.promise", { words: one.words }) })),
      ...drafted.map(({ text }) => ({ id: `draft:${this.ticket()}:${advice.slot}:${text}`, says: this.words.say("guard.drafted", { words: text }) })),
    ];
  }
}
