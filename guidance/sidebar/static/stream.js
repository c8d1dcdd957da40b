// Server-sent events read with fetch, so that the token travels in a header and never in an address.

const SHORTEST_MS = 1_000;
const LONGEST_MS = 30_000;
const SILENT_MS = 45_000;
const REMEMBERED_MS = 60_000;

/** Cuts a stream of text into events: feed it chunks, get `{id, kind, data}`. Comments (heartbeats) give nothing. */
export class EventCutter {
  constructor() {
    this.rest = "";
  }

  feed(chunk) {
    const text = this.rest + chunk;
    const end = text.endsWith("\r") ? text.length - 1 : text.length; // its line feed may come with the next chunk
    const blocks = text.slice(0, end).replace(/\r\n?/g, "\n").split("\n\n");
    this.rest = blocks.pop() + text.slice(end);
    return blocks.map(readBlock).filter(Boolean);
  }
}

function readBlock(block) {
  const event = { id: null, kind: "message", data: "" };
  let told = false;
  for (const line of block.split("\n")) {
    if (!line || line.startsWith(":")) continue;
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === "id") event.id = value;
    else if (field === "event") ((event.kind = value), (told = true));
    else if (field === "data") ((event.data += (event.data && "\n") + value), (told = true));
  }
  return told ? event : null;
}

export class Stream {
  /** `open(lastEventId, signal)` gives a response; `onEvent({id, kind, data})` is told each event once, data parsed. */
  constructor({ open, onEvent, onTrouble = () => {} }) {
    Object.assign(this, { open, onEvent, onTrouble });
    this.lastId = null;
    this.seen = new Map();
    this.failures = 0;
    this.run = 0;
  }

  start() {
    this.loop(++this.run);
  }

  stop() {
    this.run += 1;
    clearTimeout(this.watchdog);
    this.controller?.abort();
    this.wake?.();
  }

  async loop(run) {
    while (run === this.run) {
      try {
        await this.read(run);
        this.failures = Math.max(1, this.failures);
      } catch (error) {
        if (run !== this.run) return;
        this.failures += 1;
        this.onTrouble(error);
        if (error.code === "ended" || error.status === 403) return;
      }
      if (run === this.run) await this.rest();
    }
  }

  async read(run) {
    const controller = (this.controller = new AbortController());
    this.listen(controller);
    const answer = await this.open(this.lastId, controller.signal);
    if (!this.lastId) this.onEvent({ id: null, kind: "reset", data: {} });
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const cutter = new EventCutter();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || run !== this.run) return;
      this.failures = 0;
      this.listen(controller);
      cutter.feed(value).forEach((event) => this.take(event));
    }
  }

  /** A stream that says nothing for longer than its heartbeat is taken for dead. */
  listen(controller) {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => controller.abort(), SILENT_MS);
  }

  take({ id, kind, data }) {
    const now = Date.now();
    if (id && this.seen.has(id)) return;
    for (const [old, at] of this.seen) if (now - at > REMEMBERED_MS) this.seen.delete(old);
    if (id) {
      this.seen.set(id, now);
      this.lastId = id;
    }
    this.onEvent({ id, kind, data: parsed(data) });
  }

  /** Wait before the next try: longer each time, and never all browsers at once. */
  rest() {
    const longest = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.max(0, this.failures - 1));
    const delay = longest / 2 + (Math.random() * longest) / 2;
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, delay);
    });
  }
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}
