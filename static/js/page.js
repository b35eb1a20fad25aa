// What every page does, and what all modules need.

export const byId = (id) => document.getElementById(id);
export const memory = localStorage;
export const find = (selector, root = document) => root?.querySelector(selector);
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
export const on = (name, action, target = document) =>
	target.addEventListener(name, (event) => action(event, event.detail));

export const text = byId("text");
export const person = byId("login")?.dataset.person;

// "3-9 12-20" as [[3, 9], [12, 20]].
export const pairsOf = (words) => (words ? words.split(" ").map((pair) => pair.split("-").map(Number)) : []);

// One step in a ring; from outside (-1) to its first or last.
export const around = (at, direction, length) => (Math.max(at, direction > 0 ? -1 : 0) + direction + length) % length;

// Of annotations/web/texts.py.
const texts = JSON.parse(byId("texts").content);
export const words = (key, given) => texts[key].replace(/\{(\w+)\}/g, (_, name) => given[name]);

// To screen readers only.
export function speak(sentence) {
	const region = byId("spoken");
	region.replaceChildren();
	requestAnimationFrame(() => region.replaceChildren(sentence));
}

export const say = (key, given) => speak(words(key, given));

export function showState(kind, given) {
	const state = byId("save-state");
	if (!state) return;
	state.dataset.is = kind;
	state.textContent = words(kind, given);
}

export const unfold = (field) => field?.closest("details")?.setAttribute("open", "");

// With a way back, or an error.
export function offer(key, action, given) {
	const toast = byId(action ? "toast" : "toast-error").content.firstElementChild.cloneNode(true);
	const [sentence, button] = toast.children;
	sentence.textContent = words(key, given);
	if (action) on("click", action, button);
	byId("messages").append(toast);
}

on("click", ({ target }) => target.closest("[data-dismiss]")?.closest(".toast").remove());
// The server writes moments in it.
document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; samesite=lax`;

for (const box of findAll("[data-remembered]")) {
	const key = `factcheck-${box.id}`;
	box.checked = JSON.parse(memory[key] ?? box.checked);
	on("change", () => (memory[key] = box.checked), box);
}
// Pressed twice, sent once.
on("submit", ({ target, defaultPrevented }) => {
	target.inert = !defaultPrevented && target.method === "post";
	setTimeout(() => (target.inert = false), 5_000);
});

// Not in fields and menus, nor for people who turned single keys off.
export const inField = () => find(".menu-list:popover-open, :focus:is(:read-write, select, .composer *, dialog *)");
export const isOff = () => memory["factcheck-keys-on"] === "false";

export const grain = () => (byId("whole-words").checked ? "word" : "grapheme");

// As attributes name them. By place what is no Latin letter: other alphabets, digits that some layouts write with Shift.
export const keysOf = ({ key, code, ctrlKey, metaKey, altKey, shiftKey }) =>
	(ctrlKey || metaKey ? "Control+" : "") +
	(altKey ? "Alt+" : "") +
	(shiftKey ? "Shift+" : "") +
	(/^\w$/.test(key) ? key.toUpperCase() : code?.replace(/Key|Digit|Numpad(?=E)/, "").replace("BracketLeft", "[").replace("BracketRight", "]"));

export function onKeys(table) {
	on("keydown", (event) => {
		const keys = keysOf(event);
		if (event.defaultPrevented || inField() || /Control|Alt/.test(keys) || (isOff() && keys !== "Escape")) return;
		// Buttons of the current card or case name their keys.
		const button = find(`:is(.card[aria-current], [data-case]:focus-within) [aria-keyshortcuts="${keys}"]`);
		const act = table[keys] ?? table[event.key] ?? button?.click.bind(button);
		if (!act) return;
		event.preventDefault();
		act();
	});
}
