// How the customer felt at each message, as a small curve. Silent below three messages: two points are no curve.

import { el, setText, svg } from "./dom.js";

const WIDTH = 272;
const HEIGHT = 44;
const EDGE = 6;
const FEWEST = 3;

export class Feelings {
  constructor(words) {
    this.words = words;
    this.drawing = el("div", { class: "curve" });
    this.caption = el("p", { class: "quiet-text" });
    this.root = el("section", { class: "section", hidden: true, "aria-labelledby": "feelings-title" });
    this.root.append(el("h2", { class: "section-title", id: "feelings-title" }, words.say("feelings.title")), this.drawing, this.caption);
  }

  show(feelings) {
    this.root.hidden = feelings.length < FEWEST;
    const print = JSON.stringify(feelings);
    if (this.root.hidden || print === this.print) return;
    this.print = print;
    setText(this.caption, this.summary(feelings));
    this.drawing.replaceChildren(this.curve(feelings));
  }

  summary(feelings) {
    const first = feelings[0].feeling;
    const last = feelings.at(-1).feeling;
    const way = last - first > 0.2 ? "better" : first - last > 0.2 ? "worse" : "steady";
    const because = feelings.at(-1).because?.[0];
    const told = this.words.say(`feelings.${way}`);
    return because ? `${told} ${this.words.quote(because)}` : told;
  }

  curve(feelings) {
    const points = feelings.map(({ feeling }, place) => ({
      x: EDGE + (place * (WIDTH - 2 * EDGE)) / (feelings.length - 1),
      y: EDGE + ((1 - feeling) / 2) * (HEIGHT - 2 * EDGE),
    }));
    const dots = points.map(({ x, y }, place) => svg("circle", { cx: x, cy: y, r: 3 }, svg("title", {}, this.point(feelings[place], place))));
    return svg(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": feelings.map((one, place) => this.point(one, place)).join("; ") },
      svg("line", { class: "curve-middle", x1: EDGE, x2: WIDTH - EDGE, y1: HEIGHT / 2, y2: HEIGHT / 2 }),
      svg("polyline", { class: "curve-line", points: points.map(({ x, y }) => `${x},${y}`).join(" ") }),
      dots,
    );
  }

  point({ feeling, because = [] }, place) {
    const name = feeling <= -0.5 ? "upset" : feeling < -0.1 ? "low" : feeling <= 0.1 ? "calm" : "glad";
    const told = this.words.say(`feeling.${name}`);
    return this.words.say("feelings.point", { number: place + 1, feeling: because.length ? `${told} (${this.words.quote(because[0])})` : told });
  }
}
