// The forms beside the text: the composer for a selection, the editor for an annotation.
import { activate, focusOn } from "./cards.js";
import { paint } from "./highlights.js";
import { caretAt, quoteOf, select, selectionIn, stepped } from "./offsets.js";
import { begin, bodyOf, fill, isDirty, keyFor, keysFor, remember, urlOf } from "./outbox.js";
import { byId, find, findAll, grain, inField, isOff, keysOf, memory, offer, on, person, say, text, unfold } from "./page.js";

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
	if (start - end >= 0) return;
	paint("pending", [[start, end]]);
	find("[data-quote]", panel).textContent = quoteOf(start, end);
}

const rangeNow = ({ start, end } = ranging()) => ({ start: +start.value, end: +end.value });
const showRange = () => ranging() && setRange(editor, rangeNow());

function move(edge, direction, unit) {
	const range = rangeNow();
	range[edge] = stepped(range[edge], unit, +direction, edge);
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
	pending = { ...selection, id };
	if (isNew) {
		if (!key) delete memory[closed];
		form.reset();
		form.elements.id.value = id;
		begin(form, key);
		composer.showPopover();
	}
	setRange(composer, selection);
	form.elements.exact.value = exact ?? "";
	remember(form);
	place(composer, start);
	if (isNew || focus) find(".unfold", form).open = focus;
	if (focus) find("[data-first]", form).focus();
	else if (isNew) say("selected", { quote: quoteOf(start, end).slice(0, 80) });
	return true;
}

export function useSelection(focus) {
	const found = selectionIn(grain());
	return found && open(found, focus);
}

function hide(panel = composer) {
	panel.hidePopover();
	paint("pending");
	text.focus({ preventScroll: true });
}

function offerKept(key, sentence = "unsaved") {
	const selection = Object.fromEntries(new URLSearchParams(memory[key]));
	const { id, claim, start, end } = selection;
	if (id) offer(sentence, () => open(selection, true, key), { claim: claim || quoteOf(start, end) });
}

export function close() {
	closed = keyFor(form);
	if (isDirty(form)) offerKept(closed, "closed_with");
	hide();
	select(pending);
}

export const closeIfUntouched = () => isOpen() && !isDirty(form) && hide();

function done(id) {
	if (!isOpen() || id !== pending.id) return false;
	hide();
	for (const fold of findAll("[open]", form)) fold.open = false;
	select(pending);
	getSelection().collapseToEnd();
	return true;
}

export function sameLabels() {
	const last = memory[LABELS];
	if (!isOpen() || !last) return say("no_labels");
	fill(form, last, /^(origin$|labels_)/);
	remember(form);
	return say("labels_again") ?? true;
}

export function repeat() {
	if (!useSelection()) say("select_first");
	else if (sameLabels()) {
		form.requestSubmit();
		// Pressed again it would make another one here.
		getSelection().collapseToEnd();
	}
}

function pick(label, isOwn) {
	if (!isOwn && label.form === form && !useSelection(true) && !isOpen()) return say("select_first");
	const state = label.text ? "selected" : "checked";
	label[state] = !label[state];
	unfold(label);
	label.closest("select, input").focus();
	remember(label.form);
	return say(label[state] ? "picked" : "unpicked", { name: label.text ?? label.nextSibling.textContent });
}

function closeEditor() {
	if (!isShown(editor)) return;
	const left = editing();
	if (left && isDirty(left)) {
		const url = urlOf(left);
		offer("closed", () => htmx.ajax("GET", url, { swap: "none" }));
	}
	hide(editor);
	editor.replaceChildren();
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
		if (begin(editing(), keysFor(editing()).at(-1))) say("draft_back");
	}
	place(editor, start);
	showRange();
	return find(`[aria-invalid]${isNew ? ", [data-first]" : ""}`, editor)?.focus();
}

on("keydown", (event) => {
	const { target } = event;
	const own = target.closest(".composer");
	const panel = own ?? (inField() ? null : find(".composer:popover-open") ?? composer);
	const named = find(`[aria-keyshortcuts="${keysOf(event)}"]`, panel);
	if (!named || (target.matches(":read-write") && named.closest(".composer-body"))) return;
	const isButton = named.matches("button");
	if (isButton ? !(named.dataset.move ? own : isShown(panel)) : isOff()) return;
	event.preventDefault();
	if (isButton) named.click();
	else pick(named, own);
});
on("click", ({ target }) => {
	if (target.closest("[data-close]")) (editor.contains(target) ? closeEditor : close)();
	else if (target.closest("[data-labels]")) sameLabels();
	const step = target.closest("[data-move]")?.dataset.move;
	if (step) move(...step.split(" "));
});
on("change", showRange);
form?.addEventListener("submit", () => {
	memory[LABELS] = bodyOf(form);
	sentId = pending.id;
});
on("htmx:after:swap", refresh);
on("write-kept", (_, { body }) => done(new URLSearchParams(body).get("id")) || closeEditor());
on("write-refused", (_, { draft }) => offerKept(draft));
on("annotation-created", (_, { id }) => done(id) && activate(id));
// When no other tab has it.
if (form) for (const key of keysFor(form)) navigator.locks?.request(key, () => offerKept(key));
