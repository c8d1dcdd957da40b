// A stand-in for Zendesk's app SDK (ZAF v2): the same calls, and the same messages between frame and host.
// An app that runs with it runs with Zendesk's own, unchanged. It imitates; none of Zendesk's code is in it.
(function () {
  "use strict";

  const VERSION = "2.0.0";
  const LONGEST_WAIT = 5 * 60 * 1000;
  const HOSTS = /^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$|^https:\/\/[a-z0-9-]+\.zendesk\.com$/;

  class Client {
    constructor(origin, appGuid) {
      this.origin = origin;
      this.appGuid = appGuid;
      this.waiting = new Map();
      this.listeners = new Map();
      this.queue = [];
      this.lastId = 0;
      this.lastRequest = 0;
      this.told = null;
      this.answering = new Set();
      addEventListener("message", (event) => this.receive(event));
      this.on("app.registered", (told) => (this.told = { ...told }));
      this.on("context.updated", (context) => (this.told = { ...this.told, context }));
      this.post({ key: "iframe.handshake", message: { version: VERSION } });
    }

    on(event, listener, thisArgument) {
      const all = this.listeners.get(event) || [];
      all.push({ listener, bound: thisArgument ? listener.bind(thisArgument) : listener });
      this.listeners.set(event, all);
      if (event !== "app.registered") this.send({ key: `iframe.on:${event}`, message: { subscriberCount: all.length } });
    }

    off(event, listener) {
      const left = (this.listeners.get(event) || []).filter((one) => listener && one.listener !== listener);
      this.listeners.set(event, left);
      this.send({ key: `iframe.off:${event}`, message: { subscriberCount: left.length } });
    }

    has(event, listener) {
      const all = this.listeners.get(event) || [];
      return listener ? all.some((one) => one.listener === listener) : all.length > 0;
    }

    trigger(name, data) {
      this.send({ key: `iframe.trigger:${name}`, message: data });
    }

    postMessage(name, data) {
      this.send({ key: name, message: data });
    }

    async get(paths) {
      const isOne = typeof paths === "string";
      const result = await this.call("get", isOne ? [paths] : paths);
      const failed = isOne && result.errors && result.errors[paths];
      if (failed) throw errorOf(failed);
      return result;
    }

    async set(key, value) {
      const isOne = typeof key === "string";
      const result = await this.call("set", isOne ? { [key]: value } : key);
      const failed = isOne && result.errors && result.errors[key];
      if (failed) throw errorOf(failed);
      return result;
    }

    async invoke(name, ...args) {
      const isOne = typeof name === "string";
      const result = await this.call("invoke", isOne ? { [name]: args } : listed(name));
      const failed = isOne && result.errors && result.errors[name];
      if (failed) throw errorOf(failed);
      return result;
    }

    /** An HTTP call through the host. Resolves to the data; rejects with an object that has status and responseText. */
    request(options) {
      const key = `request:${++this.lastRequest}`;
      const sent = typeof options === "string" ? { url: options } : options;
      return new Promise((resolve, reject) => {
        const settle = (end) => (message) => {
          this.off(`${key}.done`);
          this.off(`${key}.fail`);
          end(message.responseArgs[0]);
        };
        this.on(`${key}.done`, settle(resolve));
        this.on(`${key}.fail`, settle(reject));
        this.send({ key, message: sent });
      });
    }

    context() {
      return this.whenRegistered((told) => told.context);
    }

    metadata() {
      return this.whenRegistered((told) => told.metadata);
    }

    whenRegistered(pick) {
      if (this.told) return Promise.resolve(pick(this.told));
      return new Promise((resolve) => this.on("app.registered", (told) => resolve(pick(told))));
    }

    call(request, params) {
      const id = ++this.lastId;
      return new Promise((resolve, reject) => {
        const late = { error: { message: "Invocation request timeout" } };
        const timer = setTimeout(() => this.settle(id, late), LONGEST_WAIT);
        this.waiting.set(id, { resolve, reject, timer });
        this.send({ id, request, params });
      });
    }

    settle(id, answer) {
      const one = this.waiting.get(id);
      if (!one) return;
      clearTimeout(one.timer);
      this.waiting.delete(id);
      if (answer.error) one.reject(errorOf(answer.error));
      else one.resolve(answer.result);
    }

    /** Everything but the handshake waits until the host has registered us. */
    send(message) {
      if (this.told) this.post(message);
      else this.queue.push(message);
    }

    post(message) {
      parent.postMessage(JSON.stringify({ ...message, appGuid: this.appGuid, instanceGuid: this.appGuid }), this.origin);
    }

    receive(event) {
      if (event.origin !== this.origin || event.source !== parent) return;
      const data = parsed(event.data);
      if (!data) return;
      if (data.id) this.settle(data.id, data);
      else if (typeof data.key === "string" && data.key.startsWith("zaf.")) this.hear(data.key.slice(4), data);
    }

    hear(event, { message, needsReply }) {
      if (needsReply && this.answering.has(event)) return;
      const told = (this.listeners.get(event) || []).map((one) => attempt(() => one.bound(message), needsReply));
      if (event.endsWith(".changed")) this.hearAny(event, message);
      if (needsReply) this.reply(event, told);
      else told.forEach((one) => one.catch((error) => reportError(error)));
      if (event === "app.registered") this.queue.splice(0).forEach((waiting) => this.post(waiting));
    }

    hearAny(event, newValue) {
      const message = { propertyName: event.slice(0, -".changed".length), newValue };
      for (const one of this.listeners.get("*.changed") || []) one.bound(message);
    }

    async reply(event, told) {
      const answer = { appGuid: this.appGuid, key: `iframe.reply:${event}` };
      this.answering.add(event);
      try {
        await Promise.all(told);
      } catch (error) {
        answer.error = { msg: words(error) };
      }
      this.answering.delete(event);
      parent.postMessage(answer, this.origin);
    }
  }

  // What a listener gives back at once may refuse; what its promise resolves to never does, only a rejection.
  async function attempt(run, mayRefuse) {
    const told = run();
    if (mayRefuse && (told === false || typeof told === "string" || told instanceof Error)) throw told;
    return told;
  }

  function words(refusal) {
    return refusal instanceof Error ? refusal.message : refusal;
  }

  function errorOf(told) {
    const error = new Error(told.message);
    return Object.assign(error, { name: told.name || "Error", path: told.path });
  }

  function listed(calls) {
    return Object.fromEntries(Object.entries(calls).map(([name, argument]) => [name, [argument]]));
  }

  function parsed(data) {
    if (typeof data !== "string") return data;
    try {
      return JSON.parse(data);
    } catch {
      return null;
    }
  }

  globalThis.ZAFClient = {
    /** A client, or false where the page was not opened by a host. `callback` runs once the host has registered us. */
    init(callback) {
      const told = new URLSearchParams(location.search.slice(1) || location.hash.slice(1));
      const origin = told.get("origin");
      const guid = told.get("app_guid");
      if (!origin || !guid) return false;
      if (!HOSTS.test(origin)) {
        document.body.replaceChildren(Object.assign(document.createElement("h3"), { textContent: `Invalid domain ${origin}` }));
        return false;
      }
      const client = new Client(origin, guid);
      if (callback) client.on("app.registered", callback.bind(client));
      return client;
    },
  };
})();
