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

export function show(start) {
	const { top, bottom } = caretAt(start);
	if (top < 110 || bottom > innerHeight - 60) scrollBy(0, top - innerHeight * 0.35);
}

const ends = byId("handles") ?? new DocumentFragment();
let card = null;
let parts = [];
let held = -1;

const form = () => find("[data-ends]", card);

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
	if (at <= flat[held - 1] || at >= flat[held + 1]) return true;
	part[edge] = at;
	drawEnds();
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
if (ends.isConnected) new ResizeObserver(drawEnds).observe(ends);
