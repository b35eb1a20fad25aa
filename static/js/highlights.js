// Paint over the text. The text's own nodes are never touched.
import { rangesFor } from "./offsets.js";

const FROM_BELOW = ["unseen", "unseen-current", "hovered", "active", "pending", "caret"];
const painted = new Map();

/** `parts`: code points [[start, end], ...]; none clear the paint. */
export function paint(name, parts = []) {
  painted.set(name, parts);
  if (!CSS.highlights) return;
  const layer = new Highlight(...parts.flatMap(([start, end]) => rangesFor(start, end)));
  layer.priority = FROM_BELOW.indexOf(name);
  CSS.highlights.set(name, layer);
}

/** Ranges in replaced blocks point nowhere. */
export const repaint = () => painted.forEach((parts, name) => paint(name, parts));

export function show(start, end) {
  const box = rangesFor(start, end)[0]?.getBoundingClientRect();
  if (box && (box.top < 110 || box.bottom > innerHeight - 60)) scrollBy({ top: box.top - innerHeight * 0.35 });
}
