// Ctrl+K: what can be done now, by name, the page's own first.
import { byId, findAll, keysOf, on } from "./page.js";

const ACTIONS = ":is(a[href], button:enabled, summary, input[type=checkbox]):not(.brand, .bar .menu, .card:not([aria-current]) *, .ruler *)";
const palette = byId("palette");
const [search, list] = findAll("input, select", palette);
let options = [];

const optionFor = (element) =>
	Object.assign(new Option(element.ariaLabel ?? (element.labels?.[0] ?? element).innerText), { element });

function show() {
	const words = search.value.toLowerCase();
	list.replaceChildren(...options.filter(({ text }) => text && text.toLowerCase().includes(words)));
	list.selectedIndex = 0;
}

on("keydown", (event) => {
	if (keysOf(event) !== "Control+K") return;
	event.preventDefault();
	const found = findAll("main, .bar").toReversed().flatMap((part) => findAll(ACTIONS, part));
	options = found.filter((each) => each.checkVisibility()).map(optionFor);
	search.value = "";
	show();
	palette.showModal();
});

function run() {
	const { element } = list.selectedOptions[0] ?? {};
	palette.close();
	element?.focus();
	element?.click();
}

on("input", show, search);
on("click", run, list);
on("keydown", (event) => {
	if (event.key === "Enter") run();
	else if (event.key === "ArrowDown" && event.target === search) list.focus();
	else return;
	event.preventDefault();
}, palette);
