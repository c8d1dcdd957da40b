// Acting out a story: the same doors as a person at the page, only at a speed that can be followed.

const AT_A_TIME = 2;
const BETWEEN_KEYS = 0.03;
const POLL = 0.2;

/** A play that is going on: its speed can change while it runs, and it can be stopped. */
export class Play {
  /** `acts` are what the page can do; `speed()` is read again before every rest. */
  constructor(story, acts, speed) {
    Object.assign(this, { story, acts, speed, isStopped: false });
  }

  stop() {
    this.isStopped = true;
  }

  async run() {
    const { story, acts } = this;
    acts.caption(story.teaser, 0, story.steps.length);
    const ticket = await acts.begin();
    const key = `${ticket.account}/${ticket.id}`;
    await this.until(() => acts.knows(key), 10);
    await acts.signIn(story.agent);
    await acts.open(key);
    await this.rest(2.5);
    for (const [place, step] of story.steps.entries()) {
      if (this.isStopped) return;
      if (step.say) acts.caption(step.say, place + 1, story.steps.length);
      await this.perform(step);
      await this.rest(step.say ? 1.5 : 0.6);
    }
  }

  async perform(step) {
    const { acts } = this;
    if (step.say) await this.rest(1.2);
    if (step.customer) await acts.customer(step.customer);
    if (step.erase) acts.composer.set("");
    if (step.type) await this.type(step.type);
    if (step.submit) await acts.submit(step.submit);
    if (step.show) acts.show(step.show);
    if (step.await_task) await this.until(acts.hasTask, step.await_task);
    if (step.rest) await this.rest(step.rest);
  }

  async type(words) {
    for (let place = 0; place < words.length && !this.isStopped; place += AT_A_TIME) {
      this.acts.composer.appendText(words.slice(place, place + AT_A_TIME));
      await this.rest(BETWEEN_KEYS * AT_A_TIME);
    }
  }

  async until(holds, seconds) {
    for (let waited = 0; waited < seconds && !holds() && !this.isStopped; waited += POLL) await pause(POLL);
  }

  async rest(seconds) {
    for (let left = seconds; left > 0 && !this.isStopped; left -= POLL * this.speed()) await pause(Math.min(POLL, left / this.speed()));
  }
}

function pause(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
