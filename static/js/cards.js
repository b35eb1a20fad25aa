// Ties cards and text together: which annotation is the current one, what a click on stacked annotations means,
// stepping from one to the next.
import { paint } from "./highlights.js";
import { rangesFor } from "./offsets.js";
import { say } from "./status.js";

const text = () => document.getElementById("text");
const list = () => document.getElementById("cards");
const cardOf = (id) => document.getElementById(`card-${id}`);
const allCards = () => [...list().querySelectorAll(".card")];
const stacked = (mark) => mark.dataset.a.split(" ");

let current = "";
let lastStack = "";
let lastTurn = 0;
let hovered = "";

/** The parts of an annotation as its card states them: [[start, end], ...] in code points. */
export function partsOf(card) {
  return card.dataset.parts.split(" ").map((part) => part.split("-").map(Number));
}

export const currentCard = () => (current ? cardOf(current) : null);

// Where there is no column beside the text, the current card lies over the bottom of the window instead.
const isNarrow = () => matchMedia("(width < 62rem)").matches;

function inTextOrder(one, other) {
  const [a, b] = [one, other].map((card) => [partsOf(card)[0][0], -partsOf(card).at(-1)[1]]);
  return a[0] - b[0] || a[1] - b[1] || (one.dataset.id < other.dataset.id ? -1 : 1);
}

/** A new or moved card arrives at the end of the list: put it where it belongs. */
function sortLast() {
  const cards = allCards();
  const last = cards.pop();
  const next = last && cards.find((card) => inTextOrder(last, card) < 0);
  const isLast = last && last === list().lastElementChild;
  const place = next ?? (isLast ? list().querySelector(".card ~ .pages") : null);
  place?.before(last);
}

/** A card that was put in before its part of the list was loaded comes once more with that part: keep that one. */
function dropDoubles() {
  const seen = new Set();
  for (const card of allCards().toReversed()) {
    if (seen.has(card.dataset.id)) card.remove();
    seen.add(card.dataset.id);
  }
}

function showInText(card) {
  const range = rangesFor(text(), ...partsOf(card)[0])[0];
  const box = range?.getBoundingClientRect();
  if (!box || (box.top > 110 && box.bottom < innerHeight - 60)) return;
  scrollBy({ top: box.top - innerHeight * 0.35 });
}

function load(card) {
  if (card.querySelector(".more")) return;
  htmx.ajax("GET", card.dataset.url, { source: card, target: card, swap: "outerHTML" });
}

function markCurrent(card) {
  for (const other of list().querySelectorAll("[aria-current]")) {
    if (other !== card) other.removeAttribute("aria-current");
  }
  card?.setAttribute("aria-current", "true");
}

/** Makes one annotation the current one: its card opens, its text is lit. `scroll`: "card", "text" or "". */
export function activate(id, { scroll = "card", focus = false } = {}) {
  const card = id ? cardOf(id) : null;
  current = card ? id : "";
  markCurrent(card);
  paint(text(), "active", card ? partsOf(card) : []);
  if (!card) return;
  load(card);
  if (scroll === "text" || isNarrow()) showInText(card);
  else if (scroll === "card") card.scrollIntoView({ block: "nearest" });
  if (focus) card.querySelector("a, button")?.focus({ preventScroll: true });
}

/** After a swap: the current card may be new, changed or gone. */
export function refresh() {
  sortLast();
  dropDoubles();
  const card = currentCard();
  markCurrent(card);
  if (card) load(card);
  paint(text(), "active", card ? partsOf(card) : []);
  paint(text(), "hovered");
  hovered = "";
}

async function fetchList(id) {
  const url = new URL(list().dataset.url, location.href);
  url.searchParams.set("around", id);
  await htmx.ajax("GET", url.pathname + url.search, { source: list(), target: list(), swap: "innerHTML" });
}

/** A click on annotated text: the shortest annotation first, then the next one that lies there. */
export async function turnTo(mark) {
  const ids = stacked(mark);
  lastTurn = lastStack === mark.dataset.a ? (lastTurn + 1) % ids.length : 0;
  lastStack = mark.dataset.a;
  const id = ids[lastTurn];
  if (!cardOf(id)) await fetchList(id);
  activate(id);
  const place = ids.length > 1 ? `${lastTurn + 1} of ${ids.length} annotations here. ` : "";
  say(place + (cardOf(id)?.getAttribute("aria-label") ?? ""));
}

/** A click beside everything: where the current card lies over the text, it goes. */
export function leave() {
  if (isNarrow()) activate("");
}

/** The next (1) or previous (-1) annotation in text order. */
export function step(direction) {
  const cards = allCards();
  if (!cards.length) return;
  const at = cards.indexOf(currentCard());
  const further = list().querySelector(direction > 0 ? ".card ~ .pages a" : ".pages:first-child a");
  if (further && at === (direction > 0 ? cards.length - 1 : 0)) {
    further.click();
    say("Loading more annotations.");
    return;
  }
  const next = at < 0 ? (direction > 0 ? 0 : cards.length - 1) : (at + direction + cards.length) % cards.length;
  const card = cards[next];
  activate(card.dataset.id, { scroll: "card" });
  showInText(card);
  say(card.getAttribute("aria-label"));
}

function hover(event) {
  const mark = event.target.closest?.("mark");
  const card = event.target.closest?.(".card");
  const id = card?.dataset.id ?? (mark ? stacked(mark)[0] : "");
  if (id === hovered) return;
  hovered = id;
  const found = id ? cardOf(id) : null;
  paint(text(), "hovered", found ? partsOf(found) : []);
}

function onCardClick(event) {
  const card = event.target.closest(".card");
  if (!card || event.target.closest("a, button, summary, label, input, select, textarea, form")) return;
  if (String(getSelection())) return;
  activate(card.dataset.id, { scroll: "text" });
}

/** Starts to watch pointer and list; `#card-...` in the address opens that card. */
export function watch() {
  text().addEventListener("pointerover", hover);
  text().addEventListener("pointerleave", hover);
  list().addEventListener("pointerover", hover);
  list().addEventListener("pointerleave", hover);
  list().addEventListener("click", onCardClick);
  const named = location.hash.match(/^#card-(.+)$/);
  if (named) activate(named[1], { scroll: "text" });
}
