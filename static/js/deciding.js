// Pages with a list to decide on, new copy and the ledger: j or n to the next, k or N back, c corrects.
import { around, find, findAll, onKeys, say, unfold } from "./page.js";

function step(direction) {
	const all = findAll("[data-case], #ledger .unseen input");
	const at = around(all.findIndex((each) => each.contains(document.activeElement)), direction, all.length);
	const one = all[at];
	if (!one) return say("none_left");
	one.focus();
	const { textContent: quote } = one.labels?.[0] ?? find("blockquote", one);
	return say("of", { number: at + 1, count: all.length, quote });
}

const next = () => step(1);
const back = () => step(-1);

onKeys({
	J: next,
	N: next,
	K: back,
	"Shift+N": back,
	C() {
		const field = find("[data-case]:focus-within textarea");
		unfold(field);
		field?.focus();
	},
});
