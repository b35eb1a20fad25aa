// Which annotation is the current one, and the ways from one to another.
import { around, byId, on, pairsOf, text } from "./dom.js";
import { paint, show } from "./highlights.js";
import { say } from "./status.js";

const list = byId("cards");
const cardOf = (id) => byId(`card-${id}`);
const allCards = () => [...list.querySelectorAll(".card")];
const stacked = (mark) => mark.dataset.a.split(" ");
const nameOf = (card) => card?.ariaLabel ?? "";
const partsOf = (card) => pairsOf(card?.dataset.parts);
// The current card lies over the bottom of the window, not beside the text.
const isNarrow = () => matchMedia("(width < 62rem)").matches;

let current = "";

export const currentCard = () => cardOf(current);

function inTextOrder(one, other) {
  const [a, b] = [one, other].map((card) => [partsOf(card)[0][0], -partsOf(card).at(-1)[1]]);
  return a[0] - b[0] || a[1] - b[1] || (one.id < other.id ? -1 : 1);
}

/** A new or moved card arrives at the end, and comes once more with its part of the list. */
function sort() {
  const last = new Map(allCards().map((card) => [card.id, card]));
  for (const card of allCards()) if (last.get(card.id) !== card) card.remove();
  const cards = allCards();
  const sorted = cards.toSorted(inTextOrder);
  if (cards.every((card, index) => card === sorted[index])) return;
  list.append(...sorted, ...list.querySelectorAll(".card ~ .pages"));
}

function showCurrent() {
  const card = currentCard();
  for (const other of list.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  card?.setAttribute("aria-current", "true");
  paint("active", partsOf(card));
  if (!card || card.querySelector(".more")) return;
  htmx.ajax("GET", card.dataset.url, { source: card, target: card, swap: "outerHTML" });
}

/** `isFar`: its place in the text may be out of view. */
export function activate(id, isFar = isNarrow()) {
  current = id;
  showCurrent();
  const card = currentCard();
  if (!card) return;
  if (isFar) show(...partsOf(card)[0]);
  if (!isNarrow()) card.scrollIntoView({ block: "nearest" });
}

export function refresh() {
  sort();
  showCurrent();
}

/** Also when the card is not loaded yet. */
export async function open(id, isFar) {
  const url = `${list.dataset.url}?around=${encodeURIComponent(id)}`;
  if (!cardOf(id)) await htmx.ajax("GET", url, { source: list, target: list, swap: "innerHTML" });
  activate(id, isFar);
}

/** The shortest annotation at a mark, then the next one. */
export async function turnTo(mark) {
  const ids = stacked(mark);
  const next = around(ids.indexOf(current), 1, ids.length);
  await open(ids[next]);
  say((ids[1] ? `${next + 1} of ${ids.length} annotations here. ` : "") + nameOf(currentCard()));
}

/** At the caret, else at the current annotation. */
export function turn() {
  const { focusNode } = getSelection();
  const here = text.contains(focusNode) && focusNode.parentElement.closest("mark");
  const mark = here || byId(`s${partsOf(currentCard())[0]?.[0]}`);
  if (mark) turnTo(mark);
  else say("No annotation here.");
}

export const leave = () => isNarrow() && activate("");

/** 1 forwards, -1 back, among those that are shown. */
export function step(direction) {
  const cards = allCards().filter((card) => card.checkVisibility());
  if (!cards.length) return say("No annotations.");
  const at = cards.indexOf(currentCard());
  const beside = direction > 0 ? cards[at]?.nextElementSibling : cards[at]?.previousElementSibling;
  if (beside?.matches(".pages")) {
    beside.querySelector("a").click();
    return say("Loading more annotations.");
  }
  const card = cards[around(at, direction, cards.length)];
  activate(card.dataset.id, true);
  return say(nameOf(card));
}

function hover({ target }) {
  const mark = target.closest("mark");
  const card = target.closest(".card") ?? (mark && cardOf(stacked(mark)[0]));
  paint("hovered", partsOf(card));
}

function onCardClick({ target }) {
  const card = target.closest(".card");
  if (!card || target.closest("a, button, form, summary, label") || String(getSelection())) return;
  activate(card.dataset.id, true);
}

export function watch() {
  on("pointerover", hover);
  list.addEventListener("click", onCardClick);
}
