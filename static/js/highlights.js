// What is painted over the text for a moment. The text's own nodes are never touched.
import { rangesFor } from "./offsets.js";

const PRIORITIES = { unseen: 0, "unseen-current": 1, hovered: 1, active: 2, pending: 3, caret: 4 };
const painted = new Map();

/** Paints code point ranges [[start, end], ...] of the text; none clear the paint. */
export function paint(name, parts = []) {
  painted.set(name, parts);
  if (!CSS.highlights) return;
  const layer = new Highlight(...parts.flatMap(([start, end]) => rangesFor(start, end)));
  layer.priority = PRIORITIES[name];
  CSS.highlights.set(name, layer);
}

/** After blocks were replaced the old ranges point nowhere: paint everything again from its offsets. */
export function repaint() {
  for (const [name, parts] of painted) paint(name, parts);
}

/** Scrolls code points [start, end) into view, if they are not. */
export function show(start, end) {
  const box = rangesFor(start, end)[0]?.getBoundingClientRect();
  if (box && (box.top < 110 || box.bottom > innerHeight - 60)) scrollBy({ top: box.top - innerHeight * 0.35 });
}
