// Paint over the text, whose nodes are never touched.
import { caretAt, dragged, placeUnder, rangesFor } from "./offsets.js";
import { byId, find, grain, on, pairsOf } from "./page.js";

const FROM_BELOW = ["unseen", "unseen-current", "hovered", "active", "pending", "caret"];

// `parts`: code points [[start, end], ...].
export function paint(name, parts = []) {
	const layer = new Highlight(...parts.flatMap((part) => rangesFor(...part)));
	layer.parts = parts;
	layer.priority = FROM_BELOW.indexOf(name);
	CSS.highlights.set(name, layer);
}

// Ranges in replaced blocks point nowhere.
on("htmx:after:swap", () => CSS.highlights.forEach((layer, name) => paint(name, layer.parts)));

const ends = byId("handles");
let card = null;
let parts = [];
let held = -1;

const form = () => find("[data-ends]", card);

// Scrolls only if it is not in view. On narrow screens the card covers what its style says at most.
export function show(...places) {
	const { top } = caretAt(places[0]);
	const { bottom } = caretAt(places.at(-1), 1);
	const covered = parseFloat(card && getComputedStyle(card).maxBlockSize) || 0;
	const room = innerHeight - covered - 150;
	// What is too tall for the room shows its beginning.
	if (top < 110 || bottom > 110 + room) scrollBy(0, top - 110 - Math.max(0, room + top - bottom) / 3);
}

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
	const index = held;
	held = -1;
	parts = pairsOf(card?.dataset.parts);
	requestAnimationFrame(drawEnds);
	return index >= 0;
}

export function showEnds(current) {
	card = current;
	letGo();
}

export function pull(x, y) {
	const edge = held % 2;
	const part = parts[held >> 1];
	if (!part) return false;
	const flat = parts.flat();
	// A handle lies beyond its line.
	const at = dragged(part, edge, placeUnder(x, y + (edge ? -20 : 20)), grain()) ?? part[edge];
	if (!(at <= flat[held - 1] || at >= flat[held + 1])) {
		part[edge] = at;
		drawEnds();
	}
	return true;
}

on("pointerdown", (event) => {
	held = [...ends.children].indexOf(event.target);
	event.preventDefault();
	event.target.setPointerCapture(event.pointerId);
}, ends);
on("pointerup", () => {
	if (held < 0) return;
	held = -1;
	const field = form().elements.parts;
	field.value = parts.map((part) => part.join("-")).join(" ");
	if (field.value !== card.dataset.parts) form().requestSubmit();
});
on("pointercancel", letGo);
new ResizeObserver(drawEnds).observe(ends);
