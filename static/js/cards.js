// The current annotation, the ways from one to another, the ticked ones.
import { paint, show, showEnds } from "./highlights.js";
import { around, byId, find, findAll, on, pairsOf, say, speak, words } from "./page.js";

const list = byId("cards");
const cardOf = (id) => byId(`card-${id}`);
const inList = list.getElementsByClassName("card");
const stacked = (mark) => mark?.dataset.a.split(" ") ?? [];
const partsOf = (card) => pairsOf(card?.dataset.parts);
const isNarrow = () => matchMedia("(width < 62rem)").matches;

let current;

export const currentCard = () => cardOf(current);
export const focusOn = (id) => find("a, button", cardOf(id))?.focus({ preventScroll: true });

function inTextOrder(one, other) {
	const [a, b] = [one, other].map((card) => partsOf(card).flat());
	return a[0] - b[0] || b.at(-1) - a.at(-1) || (one.id < other.id ? -1 : 1);
}

// Cards come at the end, and again with their part of the list.
function sort() {
	const once = [...inList].filter((card) => cardOf(card.dataset.id) === card || card.remove());
	once.toSorted(inTextOrder).forEach((card, index) => card === inList[index] || inList[index].before(card));
}

function showCurrent() {
	const card = currentCard();
	for (const each of inList) each.ariaCurrent = each === card || null;
	showEnds(card);
	if (card && !find(".more", card)) htmx.ajax("GET", card.dataset.url, { source: card, target: card, swap: "outerHTML" });
}

// Only what a person opens scrolls the text: not what was saved or is drawn anew.
export function activate(id, isOpened) {
	current = id;
	showCurrent();
	if (isOpened) show(...partsOf(currentCard()).flat());
	currentCard()?.scrollIntoView({ block: "nearest", container: "nearest" });
}

export async function open(id, isOpened = true) {
	if (!cardOf(id)) await htmx.ajax("GET", `${list.dataset.url}?around=${id}`, { source: list, target: list });
	activate(id, isOpened);
}

export async function turnTo(mark) {
	const ids = stacked(mark);
	const next = around(ids.indexOf(current), 1, ids.length);
	await open(ids[next], isNarrow());
	const name = currentCard()?.ariaLabel ?? "";
	if (ids[1]) say("turned", { number: next + 1, count: ids.length, name });
	else speak(name);
}

export function turn() {
	const selected = getSelection().focusNode?.parentElement?.closest("#text mark");
	const mark = selected ?? byId(`s${partsOf(currentCard())[0]?.[0]}`);
	if (mark) turnTo(mark);
	else say("none_here");
}

export const leave = () => isNarrow() && activate();

export function step(direction) {
	const cards = [...inList].filter((card) => card.checkVisibility());
	if (!cards.length) return say("no_annotations");
	const at = cards.indexOf(currentCard());
	const beside = cards[at]?.[direction > 0 ? "nextElementSibling" : "previousElementSibling"];
	const more = find(".pages > a", beside ?? null);
	more?.click();
	if (more) return say("loading");
	const card = cards[around(at, direction, cards.length)];
	activate(card.dataset.id, true);
	return speak(card.ariaLabel);
}

let ticked = [];

function showTicks() {
	ticked = findAll("[name=chosen]:checked");
	const away = findAll(":checked", byId("away")).length;
	byId("ticked").textContent = ticked[0] ? words("ticked", { count: ticked.length, away }) : "";
}

// Boxes outlast their cards in the form, for the version that was seen.
function keepTicks() {
	for (const box of ticked) {
		const shown = find("[name=chosen]", cardOf(box.value.split(":")[0]));
		if (!shown) byId("away").append(box);
		else if (shown !== box) shown.replaceWith(box);
	}
	showTicks();
}

on("change", showTicks);
on("reset", () => setTimeout(showTicks));
on("htmx:after:swap", () => {
	sort();
	showCurrent();
	keepTicks();
});
on("annotation-changed", (_, { id }) => activate(id));
on("pointerover", ({ target }) => {
	const card = target.closest(".card") ?? cardOf(stacked(target.closest("mark"))[0]);
	paint("hovered", partsOf(card));
});
on("click", ({ target }) => {
	const card = target.closest(".card");
	if (!card || target.closest("a, button, form, summary, label") || String(getSelection())) return;
	activate(card.dataset.id, true);
});
