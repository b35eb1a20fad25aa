// The second panel: the server's forms for one existing annotation (edit, range, evidence, withdraw). Opens when it
// gets content, closes when it loses it. In the range form the ends follow buttons, keys and a new selection.
import { activate } from "./cards.js";
import { place } from "./composer.js";
import { paint } from "./highlights.js";
import { quoteOf, stepped } from "./offsets.js";
import { offer } from "./status.js";

const text = () => document.getElementById("text");
const editor = () => document.getElementById("editor");
const rangeForm = () => editor()?.querySelector("form[data-range]");

let opener = "";
let untouched = "";

const isOpen = () => Boolean(editor()?.matches(":popover-open"));
const rangeNow = () => {
  const { start, end } = rangeForm().elements;
  return { start: Number(start.value), end: Number(end.value) };
};

function showRange() {
  const { start, end } = rangeNow();
  if (start >= end) return;
  paint(text(), "pending", [[start, end]]);
  editor().querySelector("[data-quote]").textContent = quoteOf(text(), start, end);
}

/** A new selection while the range form is open becomes the range. True when it was taken. */
export function take(selection) {
  if (!isOpen() || !rangeForm()) return false;
  const { elements } = rangeForm();
  elements.start.value = selection.start;
  elements.end.value = selection.end;
  showRange();
  return true;
}

function move(edge, direction, unit) {
  const { start, end } = rangeNow();
  const next = stepped(text(), edge === "start" ? start : end, { unit, direction, edge });
  if (edge === "start" ? next >= end : next <= start) return;
  rangeForm().elements[edge].value = next;
  showRange();
}

const typed = () => new URLSearchParams(new FormData(editor().querySelector("form"))).toString();

/** Hides the panel. `saved` says that its text is with the server; otherwise it can be had back for a while. */
function close({ saved = false } = {}) {
  if (!isOpen()) return;
  const kept = [...editor().childNodes];
  if (!saved && typed() !== untouched) {
    offer("Closed without saving.", "Open again", () => {
      editor().replaceChildren(...kept);
      refresh();
    });
  }
  editor().hidePopover();
  editor().replaceChildren();
  paint(text(), "pending");
  const card = document.getElementById(`card-${opener}`);
  activate(opener, { scroll: "card" });
  card?.querySelector("a, button")?.focus({ preventScroll: true });
}

/** After a swap: shows the panel when the server filled it, hides it when the server emptied it. */
export function refresh() {
  if (!editor()) return;
  const filled = editor().childElementCount > 0;
  if (!filled) {
    if (isOpen()) close({ saved: true });
    return;
  }
  const content = editor().querySelector("[data-annotation]");
  opener = content.dataset.annotation;
  const fresh = !isOpen();
  if (fresh) {
    editor().showPopover();
    untouched = typed();
  }
  place(editor(), { start: Number(content.dataset.s), end: Number(content.dataset.e) });
  if (rangeForm()) showRange();
  if (fresh || editor().querySelector("[aria-invalid]")) {
    (editor().querySelector("[aria-invalid]") ?? editor().querySelector("[data-first]"))?.focus();
  }
}

const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };

function onKey(event) {
  const form = event.target.closest("form");
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form?.requestSubmit();
  } else if (rangeForm() && event.key in ARROWS && event.target.closest("[data-steps]")) {
    event.preventDefault();
    move(event.shiftKey ? "start" : "end", ARROWS[event.key], event.altKey ? "character" : "word");
  }
}

function onClick(event) {
  if (event.target.closest("[data-close]")) return close();
  const button = event.target.closest("[data-move]");
  if (!button) return undefined;
  const [edge, direction, unit] = button.dataset.move.split(" ");
  return move(edge, Number(direction), unit);
}

/** Starts to watch the panel. */
export function watch() {
  if (!editor()) return;
  editor().addEventListener("keydown", onKey);
  editor().addEventListener("click", onClick);
  editor().addEventListener("change", (event) => {
    if (event.target.closest("form[data-range]")) showRange();
  });
}
