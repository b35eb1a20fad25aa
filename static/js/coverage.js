// Through the unseen sentences: from box to box, or in the text.
import { paint, show } from "./highlights.js";
import { quoteOf } from "./offsets.js";
import { byId, find, on, onKeys, pairsOf, say, text, walk } from "./page.js";

const unseen = () => pairsOf(byId("review-panel")?.dataset.unseen);

let last = -1;

function draw() {
	const parts = unseen();
	const current = parts.filter(([start]) => start === last);
	paint("unseen", byId("show-unseen")?.checked ? parts : []);
	paint("unseen-current", current);
	const form = find("[data-mark]");
	if (!form) return;
	form.hidden = !current[0];
	form.elements.range.value = current.flat().join("-");
}

function stepText(direction) {
	const parts = unseen();
	if (!parts.length) return say("seen");
	const next = direction > 0 ? parts.find(([start]) => start > last) : parts.findLast(([start]) => start < last);
	const current = next ?? parts.at(direction > 0 ? 0 : -1);
	[last] = current;
	draw();
	show(last);
	return say("unseen", { number: parts.indexOf(current) + 1, count: parts.length, quote: quoteOf(...current) });
}

const step = text ? stepText : (direction) => walk("#ledger .unseen input", direction, (box) => box.labels[0].textContent);

onKeys({ n: () => step(1), N: () => step(-1) });
on("htmx:after:swap", draw);
on("click", ({ target }) => target.closest("[data-unseen-step]") && step(1));
on("change", draw);
draw();
