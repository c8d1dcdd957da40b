// Sees good and harsh moments go by in the advice, and notes them in the agent's own day.

const HARSH = ["be-gracious", "stay-positive-with-thorny"];
const LOW = -0.3;
const GLAD = 0.1;

export class Witness {
  constructor(day, agent) {
    this.day = day;
    this.agent = agent;
    this.before = null;
  }

  /** Another ticket: nothing that was seen before belongs to what comes now. */
  look() {
    this.before = null;
  }

  /** Advice on `ticket`; `draft` is what stands in the composer, null where nothing does. */
  advice(ticket, advice, draft) {
    const { before } = this;
    if (before && before.slot !== advice.slot && before.draft?.visibility === "public") this.sent(ticket, before, advice.slot);
    this.before = { slot: advice.slot, draft: draft ?? (before?.slot === advice.slot ? before.draft : null), questions: draft ? (advice.questions ?? []) : (before?.questions ?? []) };
    if (advice.moment === "customer" && [...advice.hints, ...(advice.held_back ?? [])].some((one) => HARSH.includes(one.principle))) this.day.rough(ticket);
    this.turned(ticket, advice.feelings ?? []);
  }

  /** This agent's reply went out: they answered here, and maybe every question that was asked. */
  sent(ticket, { questions }, slot) {
    this.day.replied(ticket);
    if (questions.length && questions.every((one) => one.answered)) this.day.note("answered", `${ticket}:${slot}`, questions.length);
  }

  /** After a reply of this agent's, somebody who was low is glad. */
  turned(ticket, feelings) {
    const [was, is] = feelings.slice(-2);
    if (is && was.feeling <= LOW && is.feeling >= GLAD && this.day.hasReplied(ticket)) this.day.note("turned", `${ticket}:${is.comment}`);
  }

  /** A promise of this agent's was kept; or it was not, after all. */
  followUp(one) {
    if (one.moved_to) return;
    if (one.state !== "kept") this.day.takeBack(one.id);
    else if (one.owner_id === this.agent) this.day.note("kept", one.id);
  }
}
