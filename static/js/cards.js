// The current annotation, and the ways from one to another.
import { around, byId, on, pairsOf } from "./dom.js";
import { paint, show, showEnds } from "./highlights.js";
import { say, speak } from "./status.js";

const list = byId("cards");
const cardOf = (id) => byId(`card-${id}`);
const inList = list.getElementsByClassName("card");
const allCards = () => [...inList];
const stacked = (mark) => mark.dataset.a.split(" ");
const partsOf = (card) => pairsOf(card?.dataset.parts);
// Then the current card lies over the text.
const isNarrow = () => matchMedia("(width < 62rem)").matches;

let current = "";

export const currentCard = () => cardOf(current);
export const focusOn = (id) => cardOf(id)?.querySelector("a, button")?.focus({ preventScroll: true });

function inTextOrder(one, other) {
	const [a, b] = [one, other].map((card) => partsOf(card).flat());
	return a[0] - b[0] || b.at(-1) - a.at(-1) || (one.id < other.id ? -1 : 1);
}

/** New and moved cards arrive at the end, and again with their part of the list. */
function sort() {
	for (const card of allCards()) if (cardOf(card.dataset.id) !== card) card.remove();
	const sorted = allCards().toSorted(inTextOrder);
	sorted.forEach((card, index) => card === inList[index] || inList[index].before(card));
}

function showCurrent() {
	const card = currentCard();
	for (const each of inList) each.ariaCurrent = each === card || null;
	showEnds(card);
	if (card && !card.querySelector(".more")) htmx.ajax("GET", card.dataset.url, { source: card, swap: "outerHTML" });
}

/** `isFar`: perhaps out of view. */
export function activate(id, isFar = isNarrow()) {
	current = id;
	showCurrent();
	const card = currentCard();
	if (!card) return;
	if (isFar) show(partsOf(card)[0][0]);
	if (!isNarrow()) card.scrollIntoView({ block: "nearest", container: "nearest" });
}

export function refresh() {
	sort();
	showCurrent();
}

export async function open(id, isFar) {
	if (!cardOf(id)) await htmx.ajax("GET", `${list.dataset.url}?around=${encodeURIComponent(id)}`, { source: list });
	activate(id, isFar);
}

/** The shortest annotation at a mark, then the next one. */
export async function turnTo(mark) {
	const ids = stacked(mark);
	const next = around(ids.indexOf(current), 1, ids.length);
	await open(ids[next]);
	const name = currentCard()?.ariaLabel;
	if (ids[1]) say("turned", { number: next + 1, count: ids.length, name });
	else speak(name ?? "");
}

/** At the caret, else at the current annotation. */
export function turn() {
	const here = getSelection().focusNode?.parentElement?.closest("#text mark");
	const mark = here ?? byId(`s${partsOf(currentCard())[0]?.[0]}`);
	if (mark) turnTo(mark);
	else say("none_here");
}

export const leave = () => isNarrow() && activate("");

export function step(direction) {
	const cards = allCards().filter((card) => card.checkVisibility());
	if (!cards.length) return say("no_annotations");
	const at = cards.indexOf(currentCard());
	const beside = cards[at]?.[direction > 0 ? "nextElementSibling" : "previousElementSibling"];
	const more = beside?.querySelector(".pages > a");
	more?.click();
	if (more) return say("loading");
	const card = cards[around(at, direction, cards.length)];
	activate(card.dataset.id, true);
	return speak(card.ariaLabel);
}

on("pointerover", ({ target }) => {
	const mark = target.closest("mark");
	const card = target.closest(".card") ?? (mark && cardOf(stacked(mark)[0]));
	paint("hovered", partsOf(card));
});
on("click", ({ target }) => {
	const card = target.closest(".card");
	if (!card || target.closest("a, button, form, summary, label") || String(getSelection())) return;
	activate(card.dataset.id, true);
});
