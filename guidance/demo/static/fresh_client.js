// Our stand-in for Freshworks' client: what an app finds at `{{{appclient}}}`. Only what the app may see is modelled on theirs;
// how it speaks with the page around it is our own affair.

(() => {
  const waiting = new Map();
  const listeners = new Map();
  let calls = 0;

  function call(name, ...args) {
    const id = ++calls;
    parent.postMessage({ fw: "call", id, name, args }, location.origin);
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  function on(event, callback, { intercept = false } = {}) {
    listeners.set(event, [...(listeners.get(event) ?? []), callback]);
    call("events.on", event, intercept);
  }

  /** An event for the app. One that it holds up ends with `done` or `fail`. */
  function happen({ event, id, data }) {
    const answer = (message) => parent.postMessage({ fw: "verdict", id, message }, location.origin);
    const helper = { getData: () => data ?? {}, done: () => answer(null), fail: (message) => answer(String(message)) };
    for (const callback of listeners.get(event) ?? []) callback({ type: event, helper });
  }

  addEventListener("message", ({ data, origin, source }) => {
    if (source !== parent || origin !== location.origin) return;
    if (data.fw === "event") happen(data);
    if (data.fw !== "answer" || !waiting.has(data.id)) return;
    const { resolve, reject } = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) reject(data.error);
    else resolve(data.value);
  });

  const client = {
    data: { get: (name) => call("data.get", name) },
    iparams: { get: (name) => call("iparams.get", name) },
    interface: { trigger: (name, options) => call("interface.trigger", name, options) },
    instance: { resize: (options) => call("instance.resize", options), close: () => call("instance.close") },
    request: { invokeTemplate: (name, options) => call("request.invokeTemplate", name, options) },
    events: { on },
  };

  globalThis.app = { initialized: () => call("initialized").then(() => client) };
})();
