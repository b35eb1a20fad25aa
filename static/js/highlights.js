// Paint over the text. The text's own nodes are never touched.
import { byId, on, pairsOf } from "./dom.js";
import { caretAt, pointUnder, rangesFor } from "./offsets.js";

const FROM_BELOW = ["unseen", "unseen-current", "hovered", "active", "pending", "caret"];
const painted = new Map();

/** `parts`: code points [[start, end], ...]; none clear the paint. */
export function paint(name, parts = []) {
	painted.set(name, parts);
	const layer = new Highlight(...parts.flatMap((part) => rangesFor(...part)));
	layer.priority = FROM_BELOW.indexOf(name);
	CSS.highlights.set(name, layer);
}

/** Ranges in replaced blocks point nowhere. */
export const repaint = () => painted.forEach((parts, name) => paint(name, parts));

export function show(start) {
	const { top, bottom } = caretAt(start);
	if (top < 110 || bottom > innerHeight - 60) scrollBy(0, top - innerHeight * 0.35);
}

// Handles at the ends of the current annotation's parts: dragging shows the new range, release saves it.
const ends = byId("handles");
let card = null;
let parts = [];
let held;

const form = () => card?.querySelector("[data-ends]");

/** Starts are even, ends are odd. */
function drawEnds() {
	paint("active", parts);
	const boxes = form() ? parts.flat().map((at, index) => caretAt(at, index % 2)) : [];
	const area = boxes[0] && ends.getBoundingClientRect();
	if (ends.children.length !== boxes.length) ends.innerHTML = "<i></i>".repeat(boxes.length);
	boxes.forEach(({ x, top, bottom }, index) => {
		ends.children[index].style.translate = `${x - area.x}px ${(index % 2 ? bottom : top) - area.y}px`;
	});
}

export function letGo() {
	const wasHeld = held;
	held = null;
	parts = pairsOf(card?.dataset.parts);
	requestAnimationFrame(drawEnds);
	return wasHeld;
}

export function showEnds(current) {
	card = current;
	letGo();
}

on("pointerdown", (event) => {
	if (event.target.parentElement !== ends) return;
	event.preventDefault();
	held = event.target;
	held.setPointerCapture(event.pointerId);
});
on("pointermove", ({ x, y }) => {
	if (!held) return;
	const index = [...ends.children].indexOf(held);
	const flat = parts.flat();
	// A handle lies beyond its line.
	const at = pointUnder(x, y + (index % 2 ? -20 : 20)) ?? flat[index];
	if (at <= flat[index - 1] || at >= flat[index + 1]) return;
	parts[index >> 1][index % 2] = at;
	drawEnds();
});
on("pointerup", () => {
	if (!held) return;
	held = null;
	const field = form().elements.parts;
	field.value = parts.map((part) => part.join("-")).join(" ");
	if (field.value !== card.dataset.parts) form().requestSubmit();
});
on("pointercancel", letGo);
if (ends) new ResizeObserver(drawEnds).observe(ends);
