/** The form beside the text: fields as the service reads them from the YAML, and what is changed in one, written back into it. */
import { call, Refusal } from "./api.js";
import { say } from "./say.js";

const WAITS_MS = 400;

/** One control with its label, what it means, and what is wrong with it. */
class Control {
  constructor(field, changed) {
    this.name = field.name;
    this.kind = field.kind;
    this.box = document.createElement("div");
    this.box.className = "field";
    this.box.dataset.field = field.name;
    this.inputs = field.kind === "choices" ? this.choices(field) : [this.single(field)];
    this.note = this.line("quiet", field.note);
    this.wrong = this.line("wrong", "");
    const told = `${this.note.id} ${this.wrong.id}`;
    for (const input of this.inputs) {
      input.setAttribute("aria-describedby", told);
      input.addEventListener(input.type === "checkbox" || input.tagName === "SELECT" ? "change" : "input", () => changed(this));
    }
    this.show(field);
  }

  single(field) {
    const label = document.createElement("label");
    const input = document.createElement(field.kind === "lines" ? "textarea" : field.kind === "choice" ? "select" : "input");
    if (field.kind === "choice") input.append(...field.options.map((one) => new Option(one, one)));
    if (field.kind === "number") input.inputMode = "decimal";
    if (field.kind === "number") input.size = 6;
    if (field.kind === "tick") {
      input.type = "checkbox";
      const words = document.createElement("span");
      words.append(input, ` ${field.label}`);
      label.append(words);
    } else label.append(`${field.label} `, input);
    this.box.append(label);
    return input;
  }

  choices(field) {
    const set = document.createElement("fieldset");
    set.className = "choices";
    const legend = document.createElement("legend");
    legend.textContent = field.label;
    set.append(legend);
    const inputs = field.options.map((option) => {
      const label = document.createElement("label");
      const words = document.createElement("span");
      const input = document.createElement("input");
      input.type = "checkbox";
      input.value = option;
      words.append(input, ` ${option}`);
      label.append(words);
      set.append(label);
      return input;
    });
    this.box.append(set);
    return inputs;
  }

  line(kind, text) {
    const line = document.createElement("p");
    line.className = kind;
    line.id = `${kind}-${this.name}`;
    line.textContent = text;
    line.hidden = !text;
    this.box.append(line);
    return line;
  }

  get value() {
    if (this.kind === "choices") return this.inputs.filter((one) => one.checked).map((one) => one.value);
    return this.kind === "tick" ? this.inputs[0].checked : this.inputs[0].value;
  }

  get isTyped() {
    return ["line", "lines", "number"].includes(this.kind);
  }

  /** Show what the text holds; where somebody is typing, only what is wrong with it. What was refused, and what waits to be written, stays. */
  show(field, isWaiting = false) {
    this.field = field;
    if (this.refused || isWaiting) return;
    if (!this.inputs.includes(document.activeElement)) {
      if (this.kind === "choices") for (const one of this.inputs) one.checked = field.value.includes(one.value);
      else if (this.kind === "tick") this.inputs[0].checked = field.value;
      else this.inputs[0].value = field.value;
      if (this.kind === "lines") this.inputs[0].rows = Math.min(8, field.value.split("\n").length + (field.value ? 1 : 0));
    }
    this.tell(field.flaws);
  }

  refuse(message) {
    this.refused = true;
    this.tell([message]);
    this.wrong.scrollIntoView({ block: "nearest" }); // from behind what sticks to the window's foot
  }

  tell(flaws) {
    this.wrong.textContent = flaws.join(" ");
    this.wrong.hidden = !flaws.length;
    for (const input of this.inputs) input.setAttribute("aria-invalid", flaws.length > 0);
  }
}

/** `text`: the textarea; `wrote` hears which lines the form has written, `meant` which are those of the field in focus. */
export function formBeside(text, { wrote, meant }) {
  const section = document.getElementById("form");
  const which = document.getElementById("which");
  const state = document.getElementById("form-state");
  const place = document.getElementById("fields");
  const changes = new Map(); // by field, each until it is written or refused
  let controls = new Map();
  let waiting = null;
  let running = null;
  let again = false;
  let rule = 0;
  let shown = "";

  /** One question at a time: what was changed here is written first, one field after the other. */
  function ask() {
    again = true;
    running ??= all().finally(() => (running = null));
    return running;
  }

  /** As long as there are answers: what had none stays to be written. */
  async function all() {
    let isAnswered = true;
    while (isAnswered && (again || changes.size)) {
      again = false;
      isAnswered = await once();
    }
  }

  async function once() {
    const sent = text.value;
    const [change] = changes.values();
    try {
      const told = await call("POST", "/api/v1/rules/form", { name: text.dataset.name, text: sent, rule, change });
      if (text.value !== sent) return (again = true);
      end(change);
      show(told);
      if (told.text !== sent) write(told.text, change);
      return true;
    } catch (error) {
      return unwritten(change, error);
    }
  }

  function write(written, change) {
    text.value = written;
    wrote(controls.get(change?.field)?.field);
  }

  /** Whether nothing waits for this change any more: not so where another value came after it. */
  function end(change) {
    return changes.get(change?.field) === change && changes.delete(change?.field);
  }

  /** A value that can't be kept is to be mended; for one that nobody looked at, it is said why. Whether it was looked at. */
  function unwritten(change, error) {
    const isRefused = error instanceof Refusal;
    const control = isRefused && controls.get(change?.field);
    if (!control) say(state, error.message);
    if (isRefused && end(change)) control?.refuse(error.message);
    return isRefused;
  }

  function show(told) {
    section.hidden = false;
    place.inert = !told.form;
    say(state, told.form ? "" : `Line ${told.line}: ${told.problem}. The form waits until the text can be read.`);
    if (!told.form) return stale();
    which.replaceChildren(...told.rules.map((one) => new Option(one.id || one.title, one.place)));
    which.value = rule = told.form.place;
    document.getElementById("choosing").hidden = told.rules.length < 2;
    const names = told.form.fields.map((field) => field.name).join();
    if (names === [...controls.keys()].join()) for (const field of told.form.fields) controls.get(field.name).show(field, changes.has(field.name));
    else build(told.form);
    const others = JSON.stringify([names, told.form.plain, told.form.others]);
    if (others === shown) return; // what somebody stands on stays where it is
    shown = others;
    place.querySelectorAll(".plain").forEach((one) => one.remove());
    place.append(...plain(told.form));
  }

  /** What was wrong may be so no longer, and can't be asked before the text can be read. */
  function stale() {
    for (const control of controls.values()) if (!control.refused) control.tell([]);
  }

  /** What keeps the text from being all that was typed, in words; "" where it is. A field that can't be written is brought into view. */
  function unkept() {
    const control = place.inert ? null : [...controls.values()].find((one) => one.refused);
    control?.box.scrollIntoView({ block: "center" });
    control?.inputs[0].focus({ preventScroll: true });
    if (control) return `Nothing is saved yet: “${control.field.label}” can’t be kept as it stands. Mend it, or empty it, then save.`;
    return changes.size ? `Nothing is saved yet, and what you typed is still here. ${state.textContent}` : "";
  }

  function build(form) {
    const focused = document.activeElement?.closest?.("[data-field]")?.dataset.field;
    controls = new Map(form.fields.map((field) => [field.name, new Control(field, changed)]));
    place.replaceChildren(
      ...Object.entries(grouped(form.fields)).map(([name, fields]) => {
        const part = document.createElement("fieldset");
        part.className = "part";
        const legend = document.createElement("legend");
        legend.textContent = name;
        part.append(legend, ...fields.map((field) => controls.get(field.name).box));
        return part;
      }),
    );
    if (focused) controls.get(focused)?.inputs[0].focus();
  }

  function plain(form) {
    const parts = form.plain.map((one) => {
      const part = document.createElement("fieldset");
      part.className = "part plain";
      const legend = document.createElement("legend");
      const words = document.createElement("p");
      const source = document.createElement("pre");
      legend.textContent = one.name;
      words.className = "quiet";
      words.textContent = "More than a form can say; it is changed in the text.";
      source.textContent = one.text;
      source.tabIndex = 0;
      source.setAttribute("aria-label", `${one.name} in YAML`);
      part.append(legend, words, source);
      return part;
    });
    const others = document.createElement("p");
    others.className = "quiet plain";
    others.textContent = `Only in the text: ${form.others.join(", ")}.`;
    return [...parts, others];
  }

  function changed(control) {
    control.refused = false;
    changes.set(control.name, { field: control.name, value: control.value });
    clearTimeout(waiting);
    waiting = setTimeout(ask, control.isTyped ? WAITS_MS : 0);
  }

  function of(event) {
    return controls.get(event.target.closest("[data-field]")?.dataset.field);
  }

  which.addEventListener("change", async () => {
    const chosen = Number(which.value);
    if (changes.size) await ask(); // what was typed is this rule's
    if (changes.size) return (which.value = rule);
    rule = chosen;
    controls = new Map();
    ask();
  });
  place.addEventListener("focusin", (event) => of(event) && meant(of(event).field));
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault(); // it would send the page's form, and save
    clearTimeout(waiting);
    ask();
  });
  place.addEventListener("focusout", (event) => {
    const left = of(event);
    if (changes.size) ask();
    else if (left) setTimeout(() => left.show(left.field)); // as the text has it: without spaces and lines that say nothing
  });
  return { ask, unkept };
}

function grouped(fields) {
  const groups = {};
  for (const field of fields) (groups[field.group] ??= []).push(field);
  return groups;
}
