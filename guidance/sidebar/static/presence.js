// Whether a panel is open in the tab that is seen, told between frames. It carries no word of any ticket: other apps may hear it.

import { isSeen, openedChannel } from "./election.js";

const NAME = "guidance:panel";

export class Presence {
  /** `onChange(isOpen)` is told what another frame says of itself. A panel in a tab that nobody sees does not answer for this one. */
  constructor({ onChange = () => {}, Channel = globalThis.BroadcastChannel } = {}) {
    this.isOpen = false;
    this.channel = Channel ? openedChannel(Channel, NAME) : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data === "who" && this.isOpen && isSeen()) this.tell("open");
      else if (data === "open" || data === "closed") onChange(data === "open");
    });
  }

  ask() {
    this.channel?.postMessage("who");
  }

  tell(state) {
    this.isOpen = state === "open";
    this.channel?.postMessage(state);
  }
}
