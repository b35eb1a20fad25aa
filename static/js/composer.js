// The forms beside the text: the composer for a selection, the editor for an annotation.
import { activate, focusOn } from "./cards.js";
import { byId, on, person, text } from "./dom.js";
import * as drafts from "./drafts.js";
import { paint } from "./highlights.js";
import { caretAt, quoteOf, select, stepped } from "./offsets.js";
import { offer, say } from "./status.js";

const LABELS = `factcheck-labels ${person}`;
const composer = byId("composer");
const form = composer?.querySelector("form");
const editor = byId("editor");

let pending = null;
let pendingId = "";
let sentId = "";
let opener = "";

const isShown = (panel) => panel?.matches(":popover-open");
export const isOpen = () => isShown(composer);
const editing = () => editor.querySelector("form");
const ranging = () => editor.querySelector("form[data-range]")?.elements;

/** UUIDv7: saving twice makes one annotation, ids sort by time. */
function newId() {
	const time = `0${Date.now().toString(16)}`;
	return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

function place(panel, start) {
	const { top = 0 } = caretAt(start);
	panel.style.setProperty("--at", `${Math.min(top - 32, innerHeight - panel.offsetHeight - 8)}px`);
}

function setRange(panel, { start, end }) {
	const { elements } = panel.querySelector("form");
	elements.start.value = start;
	elements.end.value = end;
	if (start >= end) return;
	paint("pending", [[start, end]]);
	panel.querySelector("[data-quote]").textContent = quoteOf(start, end);
}

function rangeNow() {
	const { start, end } = ranging();
	return { start: Number(start.value), end: Number(end.value) };
}

function move(edge, direction, unit) {
	const range = rangeNow();
	range[edge] = stepped(range[edge], unit, direction, edge);
	if (range.start < range.end) setRange(editor, range);
}

/** True when the range form took it. */
export function take(selection) {
	if (ranging()) setRange(editor, selection);
	return ranging();
}

export function open(selection, focus, draft) {
	if (!composer) return false;
	const { start, end, exact } = selection;
	const { elements } = form;
	const isSent = sentId === pendingId && form.matches(".htmx-request");
	const isNew = isSent || !isOpen();
	pending = selection;
	if (isNew) {
		if (isSent) drafts.forget(drafts.urlOf(form));
		form.reset();
		pendingId = newId();
		elements.id.value = pendingId;
		drafts.begin(form, draft);
		composer.showPopover();
	}
	setRange(composer, selection);
	elements.exact.value = exact ?? "";
	elements.exact.disabled = !exact;
	if (!isNew) drafts.remember(form);
	place(composer, start);
	if (isNew || focus) form.querySelector(".unfold").open = focus;
	if (focus) form.querySelector("[data-first]").focus();
	else if (isNew) say("selected", { quote: quoteOf(start, end).slice(0, 80) });
	return true;
}

function hide() {
	composer.hidePopover();
	paint("pending");
	text.focus({ preventScroll: true });
}

/** What was not saved, or was refused later. */
export function offerKept(key = "unsaved") {
	const draft = form && drafts.draftOf(form);
	if (!draft) return;
	const { exact, claim, ...ends } = Object.fromEntries(new URLSearchParams(draft));
	const [start, end] = [ends.start, ends.end].map(Number);
	offer(key, { claim: claim || quoteOf(start, end) }, "again", () => open({ start, end, exact }, true, draft));
}

export function close() {
	if (drafts.isDirty(form)) offerKept("closed_with");
	hide();
	select(pending);
}

export const closeIfUntouched = () => isOpen() && !drafts.isDirty(form) && hide();

/** Saved or kept: go on where it ended. */
export function done(id) {
	if (!isOpen() || id !== pendingId) return false;
	hide();
	for (const fold of form.querySelectorAll("[open]")) fold.open = false;
	select(pending);
	getSelection().collapseToEnd();
	return true;
}

export function sameLabels() {
	const last = localStorage.getItem(LABELS);
	if (!isOpen() || !last) return say("no_labels");
	drafts.fill(form, last, (name) => name === "origin" || name.startsWith("labels_"));
	drafts.remember(form);
	return say("labels_again");
}

export function closeEditor() {
	if (!isShown(editor)) return;
	if (drafts.isDirty(editing())) {
		const url = drafts.urlOf(editing());
		offer("closed", {}, "again", () => htmx.ajax("GET", url, { swap: "none" }));
	}
	editor.hidePopover();
	editor.replaceChildren();
	paint("pending");
	activate(opener);
	focusOn(opener);
}

/** After the server's answer. */
export function refresh() {
	if (!editing()) return closeEditor();
	const { annotation, start } = editing().dataset;
	opener = annotation;
	const isNew = !isShown(editor);
	if (isNew) {
		const draft = drafts.draftOf(editing());
		drafts.begin(editing(), draft);
		editor.showPopover();
		if (draft) say("draft_back");
	}
	place(editor, Number(start));
	if (ranging()) setRange(editor, rangeNow());
	return editor.querySelector(isNew ? "[aria-invalid], [data-first]" : "[aria-invalid]")?.focus();
}

const leave = (panel) => (panel === editor ? closeEditor : close)();

function step(event) {
	const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
	if (!direction || !event.target.closest("[data-steps]")) return;
	event.preventDefault();
	move(event.shiftKey ? "start" : "end", direction, event.altKey ? "grapheme" : "word");
}

on("keydown", (event) => {
	const panel = event.target.closest(".composer");
	if (!panel) return;
	if (event.key === "Escape") {
		event.stopImmediatePropagation();
		leave(panel);
	} else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
		event.preventDefault();
		panel.querySelector("form").requestSubmit();
	} else if (event.altKey && event.code === "KeyL") sameLabels();
	else step(event);
});
on("click", ({ target }) => {
	if (target.closest("[data-close]")) leave(target.closest(".composer"));
	else if (target.closest("[data-labels]")) sameLabels();
	const [edge, direction, unit] = target.closest("[data-move]")?.dataset.move.split(" ") ?? [];
	if (edge) move(edge, Number(direction), unit);
});
on("change", () => ranging() && setRange(editor, rangeNow()));
on("submit", ({ target }) => {
	if (target !== form) return;
	localStorage.setItem(LABELS, drafts.bodyOf(new FormData(form)));
	sentId = pendingId;
});
if (form) new ResizeObserver(() => isOpen() && place(composer, pending.start)).observe(composer);
offerKept();
