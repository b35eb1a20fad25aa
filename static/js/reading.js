// The article's page: joins its parts.
import * as cards from "./cards.js";
import { closeIfUntouched, repeat, sameLabels, useSelection } from "./composer.js";
import { letGo, paint, pull, show } from "./highlights.js";
import { blocks, edgesOf, focusAt, placeUnder, quoteOf, rangesFor, select, selectionIn, stepped } from "./offsets.js";
import { byId, find, inField, on, onKeys, pairsOf, say, speak, text } from "./page.js";

let kept;
let focused;
let timer;
let drag = { resolve() {} };
let down;
let last;

function onRelease(target) {
	if (!target.closest || target.closest("button, .composer, .toast, .bar, #handles, dialog") || useSelection()) return;
	closeIfUntouched();
	const mark = target.closest("#text mark");
	if (mark) cards.turnTo(mark);
	else if (!target.closest(".card")) cards.leave();
}

// Near an edge of the view a drag scrolls, at one speed.
function scrollOn() {
	if (!down) return;
	setTimeout(scrollOn, 16);
	const { x, y, pointerType } = last;
	const inside = Math.min(Math.max(y, 80), innerHeight - 30);
	if (y === inside || Math.abs(y - down.y) < 30) return;
	const isHeld = pull(x, inside);
	if (!isHeld && pointerType === "touch") return;
	scrollBy(0, Math.sign(y - inside) * 8);
	const place = !isHeld && placeUnder(x, inside);
	if (place) getSelection().extend(...place);
}

// Answers wait for the release: they would move or end what is under way.
const released = (promise) => promise.finally(() => drag.promise);
on("pointerdown", (event) => {
	const { resolve } = drag;
	drag = Promise.withResolvers();
	resolve(drag.promise);
	down = event;
	last = event;
	scrollOn();
}, text);
on("htmx:before:request", (_, { ctx }) => {
	const { fetch } = ctx;
	ctx.card = ctx.sourceElement.parentElement?.closest(".card")?.dataset.id;
	ctx.fetch = async (...request) => {
		const answer = await released(fetch(...request));
		answer.text = () => released(Response.prototype.text.call(answer));
		return answer;
	};
});
on("pointermove", (event) => {
	last = event;
	pull(event.x, event.y);
});
on("pointerup", async (event) => {
	const { resolve } = drag;
	// It may end above something else.
	const { target } = down ?? event;
	down = null;
	// A click ends the selection only after this event.
	if (!getSelection().isCollapsed) await new Promise((then) => setTimeout(then));
	if (event.pointerType !== "touch") onRelease(target);
	// Taps settle by their click.
	setTimeout(resolve);
});
on("click", (event) => event.pointerType === "touch" && onRelease(event.target));
on("pointercancel", () => {
	down = null;
	drag.resolve();
});
on("selectionchange", () => {
	clearTimeout(timer);
	if (matchMedia("(pointer: coarse)").matches) timer = setTimeout(() => inField() || useSelection(), 500);
});

// A caret for the keyboard: direction, unit, unit with Ctrl.
const STEPS = {
	ArrowLeft: "left character word",
	ArrowRight: "right character word",
	ArrowUp: "backward line sentence",
	ArrowDown: "forward line sentence",
	Home: "backward lineboundary text",
	End: "forward lineboundary text",
};

let isOn;

function drawCaret() {
	const at = focusAt();
	if (at === null) return paint("caret");
	const next = Math.max(at + 1, stepped(at, "grapheme", 1));
	// At the end of a block it lies on the last character.
	const part = rangesFor(at, next).length ? [at, next] : [at - 1, at];
	paint("caret", [part]);
	return show(...part);
}

function enterCaret() {
	isOn = true;
	const inView = blocks().find((block) => block.getBoundingClientRect().bottom > 100);
	if (focusAt() === null) getSelection().collapse(inView ?? text, 0);
	drawCaret();
	say("keys_on");
}

function leaveCaret() {
	if (isOn) say("keys_left");
	isOn = false;
	paint("caret");
}

function moveBy(change, direction, unit) {
	const selection = getSelection();
	if (!/sentence|text/.test(unit)) return selection.modify(change, direction, unit);
	const at = focusAt();
	const isForward = direction === "forward";
	// Browsers disagree on sentences.
	const to = unit === "sentence" ? stepped(at, unit, isForward ? 1 : -1) : at;
	const [place = [text, isForward ? text.childNodes.length : 0]] = to === at ? [] : edgesOf(to, to + 1);
	return selection[change === "move" ? "collapse" : change](...place);
}

function stepCaret(event) {
	const [direction, near, far] = STEPS[event.key]?.split(" ") ?? [];
	if (!isOn || event.altKey || !direction) return;
	event.preventDefault();
	const before = focusAt();
	moveBy(event.shiftKey ? "extend" : "move", direction, event.ctrlKey || event.metaKey ? far : near);
	drawCaret();
	const after = focusAt();
	speak((quoteOf(before, after) || quoteOf(after, before)).slice(0, 200));
}

// At #a-ID, or at #range=START-END in code points.
function arrive() {
	const [, id, range] = location.hash.match(/^#(?:(?:a|card)-([\w-]+)|range=(\d+-\d+))$/) ?? [];
	if (id) cards.open(id);
	if (!range) return;
	const [[start, end]] = pairsOf(range);
	select({ start, end });
	show(start, end);
	say("here", { quote: getSelection() });
}

// Through the sentences that nobody has looked at.
const unseen = () => pairsOf(byId("review-panel")?.dataset.unseen);

let place = -1;

function drawUnseen() {
	const parts = unseen();
	const current = parts.filter(([start]) => start === place);
	paint("unseen", byId("show-unseen")?.checked ? parts : []);
	paint("unseen-current", current);
	const field = byId("unseen-range");
	if (field) field.value = current.flat().join("-");
}

function stepUnseen(direction) {
	const parts = unseen();
	const ahead = direction > 0 ? parts : parts.toReversed();
	const current = ahead.find(([start]) => (start - place) * direction > 0) ?? ahead[0];
	if (!current) return say("seen");
	[place] = current;
	drawUnseen();
	show(...current);
	return say("unseen", { number: parts.indexOf(current) + 1, count: parts.length, quote: quoteOf(...current) });
}

function copyLink() {
	const chosen = selectionIn();
	const id = cards.currentCard()?.dataset.id;
	if (!chosen && !id) return say("select_any");
	history.replaceState(null, "", chosen ? `#range=${chosen.start}-${chosen.end}` : `#a-${id}`);
	navigator.clipboard?.writeText(location.href);
	return say("link_copied");
}

onKeys({
	A: () => useSelection(true) || say("select_first"),
	"[": () => cards.step(-1),
	"]": () => cards.step(1),
	S: cards.turn,
	L: sameLabels,
	".": repeat,
	Y: copyLink,
	N: () => stepUnseen(1),
	"Shift+N": () => stepUnseen(-1),
	"?": () => byId("keys").showModal(),
	Escape() {
		if (letGo()) down = null;
		else leaveCaret();
	},
});
on("keydown", (event) => {
	stepCaret(event);
	if (event.key === "Enter" && event.target === text && !useSelection(true)) enterCaret();
}, text);
on("hashchange", arrive, window);
on("htmx:before:swap", (_, { ctx }) => {
	kept = !inField() && selectionIn();
	focused = find(".card:focus-within")?.dataset.id ?? ctx.card;
});
on("htmx:after:swap", () => {
	if (kept) select(kept);
	// What was pressed is gone.
	if (!find(":focus")) cards.focusOn(focused);
	drawUnseen();
});
on("click", ({ target }) => target.closest("[data-unseen-step]") && stepUnseen(1));
on("change", drawUnseen);
drawUnseen();
arrive();
