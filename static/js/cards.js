// Ties cards and text together: which annotation is the current one, and how one gets from one to another.
import { around, byId, text } from "./dom.js";
import { paint, show } from "./highlights.js";
import { say } from "./status.js";

const list = byId("cards");
const cardOf = (id) => byId(`card-${id}`);
const allCards = () => [...list.querySelectorAll(".card")];
const stacked = (mark) => mark.dataset.a.split(" ");
const nameOf = (card) => card?.getAttribute("aria-label") ?? "";
const partsOf = (card) => card?.dataset.parts.split(" ").map((part) => part.split("-").map(Number)) ?? [];
// Where there is no column beside the text, the current card lies over the bottom of the window instead.
const isNarrow = () => matchMedia("(width < 62rem)").matches;

let current = "";
let turned = "";
let hovered = "";

export const currentCard = () => cardOf(current);

function inTextOrder(one, other) {
  const [a, b] = [one, other].map((card) => [partsOf(card)[0][0], -partsOf(card).at(-1)[1]]);
  return a[0] - b[0] || a[1] - b[1] || (one.dataset.id < other.dataset.id ? -1 : 1);
}

/** A new or moved card arrives at the end of the list: put it where it belongs. */
function sortLast() {
  const cards = allCards();
  const last = cards.pop();
  const next = last && cards.find((card) => inTextOrder(last, card) < 0);
  const place = next ?? (last === list.lastElementChild ? list.querySelector(".card ~ .pages") : null);
  place?.before(last);
}

/** A card that came before its part of the list was loaded comes once more with that part: keep that one. */
function dropDoubles() {
  const seen = new Set();
  for (const card of allCards().toReversed()) {
    if (seen.has(card.id)) card.remove();
    seen.add(card.id);
  }
}

function showCurrent() {
  const card = currentCard();
  for (const other of list.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
  card?.setAttribute("aria-current", "true");
  paint("active", partsOf(card));
  if (!card || card.querySelector(".more")) return;
  htmx.ajax("GET", card.dataset.url, { source: card, target: card, swap: "outerHTML" });
}

/** Makes one annotation the current one: its card opens, its text is lit. `scroll`: "card", "text" or "both". */
export function activate(id, scroll = "card") {
  current = id;
  showCurrent();
  const card = currentCard();
  if (!card) return;
  if (scroll !== "card" || isNarrow()) show(...partsOf(card)[0]);
  if (scroll !== "text" && !isNarrow()) card.scrollIntoView({ block: "nearest" });
}

/** After a swap: the current card may be new, changed or gone. */
export function refresh() {
  sortLast();
  dropDoubles();
  showCurrent();
  hovered = "";
  paint("hovered");
}

/** The same as activate, for an annotation whose card may not be loaded yet. */
export async function open(id, scroll) {
  const url = `${list.dataset.url}?around=${encodeURIComponent(id)}`;
  if (!cardOf(id)) await htmx.ajax("GET", url, { source: list, target: list, swap: "innerHTML" });
  activate(id, scroll);
}

/** Annotated text was chosen: the shortest annotation first, then the next one that lies there. */
export async function turnTo(mark) {
  const ids = stacked(mark);
  const next = turned === mark.dataset.a ? around(ids.indexOf(current), 1, ids.length) : 0;
  turned = mark.dataset.a;
  await open(ids[next]);
  const place = ids.length > 1 ? `${next + 1} of ${ids.length} annotations here. ` : "";
  say(place + nameOf(currentCard()));
}

/** The next annotation of those at the caret, else of those at the current one. */
export function turn() {
  const { focusNode } = getSelection();
  const here = text.contains(focusNode) && focusNode.parentElement.closest("mark");
  const mark = here || byId(`s${partsOf(currentCard())[0]?.[0]}`);
  if (mark) turnTo(mark);
  else say("No annotation here.");
}

/** A click beside everything: where the current card lies over the text, it goes. */
export function leave() {
  if (isNarrow()) activate("");
}

/** The next (1) or previous (-1) annotation in text order, of those that are shown. */
export function step(direction) {
  const cards = allCards().filter((card) => card.checkVisibility());
  if (!cards.length) return say("No annotations.");
  const at = cards.indexOf(currentCard());
  const further = list.querySelector(direction > 0 ? ".card ~ .pages a" : ".pages:first-child a");
  if (further && at === (direction > 0 ? cards.length - 1 : 0)) {
    further.click();
    return say("Loading more annotations.");
  }
  const card = cards[around(at, direction, cards.length)];
  activate(card.dataset.id, "both");
  return say(nameOf(card));
}

function hover({ target }) {
  const mark = target.closest("mark");
  const id = target.closest(".card")?.dataset.id ?? (mark ? stacked(mark)[0] : "");
  if (id === hovered) return;
  hovered = id;
  paint("hovered", partsOf(cardOf(id)));
}

function onCardClick({ target }) {
  const card = target.closest(".card");
  if (!card || target.closest("a, button, summary, label, input, select, textarea, form")) return;
  if (!String(getSelection())) activate(card.dataset.id, "text");
}

/** Starts to watch pointer and list. */
export function watch() {
  for (const element of [text, list]) {
    element.addEventListener("pointerover", hover);
    element.addEventListener("pointerleave", hover);
  }
  list.addEventListener("click", onCardClick);
}
