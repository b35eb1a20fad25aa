// The page of new copy: j, k walk; a, r, u decide; c corrects.
import { onKeys, press, walk } from "./keys.js";

const quoteOf = (each) => each.querySelector("blockquote").textContent;
const step = (direction) => walk("[data-case]", direction, quoteOf);

onKeys({
	j: () => step(1),
	k: () => step(-1),
	a: press,
	r: press,
	u: press,
	c() {
		const correction = document.querySelector("[data-case]:focus-within [data-correct]");
		correction?.setAttribute("open", "");
		correction?.querySelector("textarea").focus();
	},
});
document.querySelector("[data-case]:target")?.focus();
