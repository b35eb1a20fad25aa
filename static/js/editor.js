// The second panel: the server's forms for one annotation. Opens when it gets content, closes when it loses it. In the
// range form the ends follow buttons, keys and a new selection.
import { activate, currentCard } from "./cards.js";
import { byId } from "./dom.js";
import * as drafts from "./drafts.js";
import { paint } from "./highlights.js";
import { quoteOf, stepped } from "./offsets.js";
import * as panels from "./panels.js";
import { offer, say } from "./status.js";

const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };
const editor = byId("editor");
const form = () => editor.querySelector("form");
const isOpen = () => editor.matches(":popover-open");
const isRange = () => isOpen() && form()?.matches("[data-range]");

let opener = "";

function rangeNow() {
  const { start, end } = form().elements;
  return { start: Number(start.value), end: Number(end.value) };
}

function setRange(range) {
  form().elements.start.value = range.start;
  form().elements.end.value = range.end;
  if (range.start >= range.end) return;
  paint("pending", [[range.start, range.end]]);
  editor.querySelector("[data-quote]").textContent = quoteOf(range.start, range.end);
}

/** A new selection while the range form is open becomes the range. True when it was taken. */
export function take(selection) {
  if (isRange()) setRange(selection);
  return isRange();
}

function move(edge, direction, unit) {
  const range = rangeNow();
  range[edge] = stepped(range[edge], { unit, direction, edge });
  if (range.start < range.end) setRange(range);
}

/** Hides the panel; what was typed and not saved can be had back. */
export function close() {
  if (!isOpen()) return;
  if (form() && drafts.isDirty(form())) {
    const kept = [...editor.childNodes];
    offer("Closed without saving.", "Open again", () => {
      editor.replaceChildren(...kept);
      refresh();
    });
  }
  editor.hidePopover();
  editor.replaceChildren();
  paint("pending");
  activate(opener);
  currentCard()?.querySelector("a, button")?.focus({ preventScroll: true });
}

function open() {
  const draft = drafts.draftOf(form());
  drafts.begin(form());
  editor.showPopover();
  if (!draft) return;
  drafts.restore(form(), draft);
  say("What you typed before is back.");
}

/** After a swap: shows the panel when the server filled it, hides it when the server emptied it. */
export function refresh() {
  if (!form()) return close();
  const { annotation, s, e } = form().dataset;
  opener = annotation;
  const fresh = !isOpen();
  if (fresh) open();
  panels.place(editor, { start: Number(s), end: Number(e) });
  if (isRange()) setRange(rangeNow());
  const wrong = editor.querySelector("[aria-invalid]");
  if (fresh || wrong) (wrong ?? editor.querySelector("[data-first]"))?.focus();
  return undefined;
}

function onKey(event) {
  if (!Object.hasOwn(ARROWS, event.key) || !event.target.closest("[data-steps]")) return;
  event.preventDefault();
  move(event.shiftKey ? "start" : "end", ARROWS[event.key], event.altKey ? "grapheme" : "word");
}

function onClick({ target }) {
  const [edge, direction, unit] = target.closest("[data-move]")?.dataset.move.split(" ") ?? [];
  if (edge) move(edge, Number(direction), unit);
}

/** Starts to watch the panel. */
export function watch() {
  panels.watch(editor, close, onKey);
  editor.addEventListener("click", onClick);
  editor.addEventListener("change", () => isRange() && setRange(rangeNow()));
}
