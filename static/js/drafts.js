// What is typed stays in this browser until it is saved.
import { on, person } from "./dom.js";

const keyOf = (url) => `factcheck-draft ${person} ${url}`;
export const urlOf = (form) => form.getAttribute("action");
const untouched = new WeakMap();

/** Files cannot be kept. */
export const bodyOf = (data) => new URLSearchParams([...data].filter(([, value]) => typeof value === "string"));

const shown = ({ type, checked, value }) => (type === "hidden" ? "" : type === "checkbox" ? checked : value);
const typed = (form) => [...form.elements].map(shown).join("\n");

export const isDirty = (form) => untouched.has(form) && typed(form) !== untouched.get(form);
export const draftOf = (form) => localStorage.getItem(keyOf(urlOf(form)));
export const keep = (url, body) => localStorage.setItem(keyOf(url), body);
export const forget = (url) => localStorage.removeItem(keyOf(url));

export function fill(form, body, wants = (name) => name !== "id" && name !== "csrfmiddlewaretoken") {
	const data = new URLSearchParams(body);
	for (const field of form.elements) {
		const { name, type, value } = field;
		if (!name || type === "file" || !wants(name)) continue;
		if (type === "checkbox") field.checked = data.has(name, value);
		else field.value = data.get(name) ?? "";
		if (data.get(name)) field.closest("details")?.setAttribute("open", "");
	}
}

export function begin(form, draft) {
	untouched.set(form, typed(form));
	if (draft) fill(form, draft);
}

export function remember(form) {
	if (isDirty(form)) keep(urlOf(form), bodyOf(new FormData(form)));
	else forget(urlOf(form));
}

on("input", ({ target }) => {
	const form = target.closest(".composer form");
	if (form) remember(form);
});
addEventListener("beforeunload", (event) => {
	if ([...document.querySelectorAll(".composer:popover-open form")].some(isDirty)) event.preventDefault();
});
