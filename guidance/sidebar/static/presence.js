// Whether a panel is open in this browser, told between frames. It carries no word of any ticket: other apps may hear it.

const NAME = "guidance:panel";

export class Presence {
  /** `onChange(isOpen)` is told what another frame says of itself. */
  constructor({ onChange = () => {}, Channel = globalThis.BroadcastChannel } = {}) {
    this.isOpen = false;
    this.channel = Channel ? new Channel(NAME) : null;
    this.channel?.addEventListener("message", ({ data }) => {
      if (data === "who" && this.isOpen) this.tell("open");
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
