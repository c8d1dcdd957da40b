// The app's page in Zendesk's navigation bar: no ticket, only the agent who is signed in. It opens over the desk.

import { make } from "./dom.js";
import { Host } from "./host.js";

const ACCOUNT = "zendesk:demo";

export class NavPage {
  place = "nav_bar";

  /** `begin()` asks for a launch, `user()` gives the signed-in agent as an app sees them, `go(key)` opens a ticket. */
  constructor({ dialog, service, begin, user, go, notice }) {
    Object.assign(this, { dialog, service, begin, user, go, notice });
    this.host = null;
    this.frame = null;
    dialog.addEventListener("close", () => this.left());
  }

  async open() {
    const { url, token, app_guid: guid } = await this.begin({ account: ACCOUNT, place: this.place });
    this.frame = make("iframe", { title: "My promises", name: "guidance-nav-bar" });
    this.dialog.append(this.frame);
    this.dialog.showModal();
    this.host = new Host(this.frame, new URL(this.service).origin, guid, this);
    const form = make("form", { method: "post", action: url, target: this.frame.name, hidden: true });
    form.append(make("input", { type: "hidden", name: "token", value: token }));
    document.body.append(form);
    form.submit();
    form.remove();
  }

  left() {
    this.host?.close();
    this.frame?.remove();
  }

  registered() {}

  subscribed(event) {
    if (event === "app.activated") this.host.tell(event);
  }

  read(path) {
    if (path === "currentUser") return this.user();
    throw new Error(`"${path}" is not available here`);
  }

  write(path) {
    throw new Error(`"${path}" can't be set here`);
  }

  act(name, [first, ...rest]) {
    if (name === "routeTo" && first === "ticket") {
      this.dialog.close();
      this.go(`${ACCOUNT}/${rest[0]}`);
    } else if (name === "notify") this.notice(String(first));
    else throw new Error(`"${name}" is not available here`);
  }

  request() {
    throw new Error("Nothing of the helpdesk can be reached from here.");
  }
}
