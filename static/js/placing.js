// The page of new copy: j, k walk; a, r, u decide; c corrects.
import { find, onKeys, press, unfold, walk } from "./page.js";

const step = (direction) => walk("[data-case]", direction, (each) => find("blockquote", each).textContent);

onKeys({
	j: () => step(1),
	k: () => step(-1),
	a: press,
	r: press,
	u: press,
	c() {
		const field = find("[data-case]:focus-within textarea");
		unfold(field);
		field?.focus();
	},
});
find("[data-case]:target")?.focus();
