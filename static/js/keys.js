// Single keys: not in fields, nor for people who turned them off.
import { around, byId, on } from "./dom.js";
import { say } from "./status.js";

const SETTING = "factcheck-keys";
const FIELDS = "input:not([type=checkbox]), textarea, select, .composer, dialog";
const box = byId("keys-on");
const areOn = () => localStorage.getItem(SETTING) !== "off";

export const inField = () => document.activeElement?.closest(FIELDS);

export function onKeys(table) {
	on("keydown", (event) => {
		const { key, defaultPrevented, ctrlKey, metaKey, altKey } = event;
		const isTaken = defaultPrevented || ctrlKey || metaKey || altKey || inField();
		if (isTaken || !table[key] || (key !== "Escape" && !areOn())) return;
		event.preventDefault();
		table[key](key);
	});
}

/** Buttons of the current card or case name their keys. */
export const press = (key) =>
	document.querySelector(`:is(.card[aria-current], [data-case]:focus-within) [aria-keyshortcuts=${key}]`)?.click();

export function walk(selector, direction, quoteOf) {
	const all = [...document.querySelectorAll(selector)];
	const at = around(all.findIndex((each) => each.contains(document.activeElement)), direction, all.length);
	all[at]?.focus();
	all[at]?.scrollIntoView({ block: "center" });
	if (all[at]) say("of", { number: at + 1, count: all.length, quote: quoteOf(all[at]) });
	else say("none_left");
}

if (box) {
	box.checked = areOn();
	on("change", () => localStorage.setItem(SETTING, box.checked ? "on" : "off"), box);
}
