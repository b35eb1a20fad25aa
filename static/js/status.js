// Tells what happens, in words of annotations/web/texts.py. CSS lets toasts leave.
import { byId, on } from "./dom.js";

const texts = JSON.parse(byId("texts").content);
const rules = new Intl.PluralRules(document.documentElement.lang);

/** `count` chooses the plural form. */
function words(key, given = {}) {
	const text = texts[key][rules.select(given.count)] ?? texts[key];
	return text.replace(/\{(\w+)\}/g, (_, name) => given[name]);
}

/** To screen readers only. */
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

export function offer(key, given, label, action, kind = "toast") {
	const toast = document.createElement("div");
	toast.className = kind;
	toast.innerHTML = '<p></p><button class="button slim" type="button" data-dismiss></button>';
	const [sentence, button] = toast.children;
	sentence.textContent = words(key, given);
	button.textContent = words(label);
	on("click", action, button);
	byId("messages").append(toast);
}

export const complain = (key) => offer(key, {}, "dismiss", null, "toast error");

on("click", ({ target }) => target.closest("[data-dismiss]")?.closest(".toast").remove());
on("htmx:finally:request", ({ target }) => target.closest?.(".toast")?.remove());
