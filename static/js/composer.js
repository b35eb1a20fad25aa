// The forms beside the text: the composer for a selection, the editor for an annotation.
import { activate, focusOn } from "./cards.js";
import { paint } from "./highlights.js";
import { caretAt, quoteOf, select, stepped } from "./offsets.js";
import * as drafts from "./outbox.js";
import { byId, find, findAll, offer, on, person, say, text } from "./page.js";

const LABELS = `factcheck-labels ${person}`;
const composer = byId("composer");
const form = find("form", composer);
const editor = byId("editor");

let pending = {};
let sentId;
let closed;
let opener;

const isShown = (panel) => panel?.matches(":popover-open");
export const isOpen = () => isShown(composer);
const editing = () => find("form", editor);
const ranging = () => find("form[data-range]", editor)?.elements;

// UUIDv7: saving twice makes one annotation, ids sort by time.
function newId() {
	const time = `0${Date.now().toString(16)}`;
	return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

const place = (panel, start) => panel.style.setProperty("--at", `${(caretAt(start).top ?? 0) - 32}px`);

function setRange(panel, { start, end }) {
	const { elements } = find("form", panel);
	elements.start.value = start;
	elements.end.value = end;
	if (start >= end) return;
	paint("pending", [[start, end]]);
	find("[data-quote]", panel).textContent = quoteOf(start, end);
}

const rangeNow = ({ start, end } = ranging()) => ({ start: +start.value, end: +end.value });
const showRange = () => ranging() && setRange(editor, rangeNow());

function move(edge, direction, unit = "word") {
	const range = rangeNow();
	range[edge] = stepped(range[edge], unit, direction, edge);
	if (range.start < range.end) setRange(editor, range);
}

// `key`: of what was typed before.
export function open(selection, focus, key) {
	if (ranging() && !key) return setRange(editor, selection) ?? true;
	if (!composer) return false;
	const isSent = sentId === pending.id && form.matches(".htmx-request");
	if (key && isOpen()) close();
	const isNew = isSent || !isOpen();
	const { start, end, exact, id = isNew ? newId() : pending.id } = selection;
	const { elements } = form;
	pending = { ...selection, id };
	if (isNew) {
		if (!key) delete localStorage[closed];
		form.reset();
		elements.id.value = id;
		drafts.begin(form, key);
		composer.showPopover();
	}
	setRange(composer, selection);
	elements.exact.value = exact ?? "";
	drafts.remember(form);
	place(composer, start);
	if (isNew || focus) find(".unfold", form).open = focus;
	if (focus) find("[data-first]", form).focus();
	else if (isNew) say("selected", { quote: quoteOf(start, end).slice(0, 80) });
	return true;
}

function hide() {
	composer.hidePopover();
	paint("pending");
	text.focus({ preventScroll: true });
}

function offerKept(key, sentence = "unsaved") {
	const { exact, id, claim, start, end } = Object.fromEntries(new URLSearchParams(localStorage[key]));
	const selection = { start: +start, end: +end, exact, id };
	if (id) offer(sentence, { claim: claim || quoteOf(+start, +end) }, () => open(selection, true, key));
}

export function close() {
	closed = drafts.keyFor(form);
	if (drafts.isDirty(form)) offerKept(closed, "closed_with");
	hide();
	select(pending);
}

export const closeIfUntouched = () => isOpen() && !drafts.isDirty(form) && hide();

function done(id) {
	if (!isOpen() || id !== pending.id) return false;
	hide();
	for (const fold of findAll("[open]", form)) fold.open = false;
	select(pending);
	getSelection().collapseToEnd();
	return true;
}

export function sameLabels() {
	const last = localStorage[LABELS];
	if (!isOpen() || !last) return say("no_labels");
	drafts.fill(form, last, /^(origin$|labels_)/);
	drafts.remember(form);
	return say("labels_again");
}

function closeEditor() {
	if (!isShown(editor)) return;
	const left = editing();
	if (left && drafts.isDirty(left)) {
		const url = drafts.urlOf(left);
		offer("closed", {}, () => htmx.ajax("GET", url, { swap: "none" }));
	}
	editor.hidePopover();
	editor.replaceChildren();
	paint("pending");
	activate(opener);
	focusOn(opener);
}

function refresh() {
	if (!editing()) return closeEditor();
	const { annotation, start } = editing().dataset;
	opener = annotation;
	const isNew = !isShown(editor);
	if (isNew) {
		editor.showPopover();
		if (drafts.begin(editing(), drafts.keysFor(editing()).at(-1))) say("draft_back");
	}
	place(editor, +start);
	showRange();
	return find(isNew ? "[aria-invalid], [data-first]" : "[aria-invalid]", editor)?.focus();
}

function step(event) {
	const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
	if (!direction || !event.target.closest("[data-steps]")) return;
	event.preventDefault();
	move(event.shiftKey ? "start" : "end", direction, event.ctrlKey || event.metaKey ? "word" : "grapheme");
}

on("keydown", (event) => {
	const panel = event.target.closest(".composer");
	if (!panel) return;
	if (event.key === "Escape") {
		event.stopImmediatePropagation();
		find("[data-close]", panel).click();
	} else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
		event.preventDefault();
		find("form", panel).requestSubmit();
	} else if (event.altKey && event.code === "KeyL") sameLabels();
	else step(event);
});
on("click", ({ target }) => {
	if (target.closest("[data-close]")) (editor.contains(target) ? closeEditor : close)();
	else if (target.closest("[data-labels]")) sameLabels();
	const [edge, direction] = target.closest("[data-move]")?.dataset.move.split(" ") ?? [];
	if (edge) move(edge, +direction);
});
on("change", showRange);
on("submit", ({ target }) => {
	if (target !== form) return;
	localStorage[LABELS] = drafts.bodyOf(form);
	sentId = pending.id;
});
on("htmx:after:swap", refresh);
on("write-kept", ({ detail: { body } }) => done(new URLSearchParams(body).get("id")) || closeEditor());
on("write-refused", ({ detail }) => offerKept(detail.draft));
on("annotation-created", ({ detail: { id } }) => done(id) && activate(id));
// When no other tab has it.
for (const key of form ? drafts.keysFor(form) : []) navigator.locks?.request(key, () => offerKept(key));
