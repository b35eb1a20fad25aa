// What is painted over the text for a moment: the selection being annotated, the current annotation, the one under the
// pointer, the keyboard caret. The text's own nodes are never touched.
import { rangesFor } from "./offsets.js";

const PRIORITIES = { unseen: 0, "unseen-current": 1, hovered: 1, active: 2, pending: 3, caret: 4 };
const supported = typeof Highlight === "function" && "highlights" in CSS;
const painted = new Map();

function highlight(name) {
  if (!CSS.highlights.has(name)) {
    const made = new Highlight();
    made.priority = PRIORITIES[name];
    CSS.highlights.set(name, made);
  }
  return CSS.highlights.get(name);
}

/** Paints code point ranges [[start, end], ...] of `root`; no ranges clear the paint. */
export function paint(root, name, parts = []) {
  painted.set(name, parts);
  if (!supported) return;
  const layer = highlight(name);
  layer.clear();
  for (const [start, end] of parts) {
    for (const range of rangesFor(root, start, end)) layer.add(range);
  }
}

/** Paints a ready DOM range, for what has no offsets (the caret). */
export function paintRange(name, range) {
  if (!supported) return;
  const layer = highlight(name);
  layer.clear();
  if (range) layer.add(range);
}

/** After blocks were replaced the old ranges point nowhere: paint everything again from its offsets. */
export function repaint(root) {
  for (const [name, parts] of painted) paint(root, name, parts);
}
