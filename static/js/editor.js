// The server's forms for one annotation, beside the text.
import { activate, currentCard } from "./cards.js";
import { place, setRange, watchKeys } from "./composer.js";
import { byId } from "./dom.js";
import * as drafts from "./drafts.js";
import { paint } from "./highlights.js";
import { stepped } from "./offsets.js";
import { offer, say } from "./status.js";

const editor = byId("editor");
const form = () => editor.querySelector("form");
const isOpen = () => editor.matches(":popover-open");
const isRange = () => isOpen() && form()?.matches("[data-range]");

let opener = "";

function rangeNow() {
  const { start, end } = form().elements;
  return { start: Number(start.value), end: Number(end.value) };
}

/** True when the range form took it. */
export function take(selection) {
  if (isRange()) setRange(editor, selection);
  return isRange();
}

function move(edge, direction, unit) {
  const range = rangeNow();
  range[edge] = stepped(range[edge], unit, direction, edge);
  if (range.start < range.end) setRange(editor, range);
}

export function close() {
  if (!isOpen()) return;
  if (form() && drafts.isDirty(form())) {
    const url = drafts.urlOf(form());
    offer("closed", {}, "again", () => htmx.ajax("GET", url, { target: editor, swap: "none" }));
  }
  editor.hidePopover();
  editor.replaceChildren();
  paint("pending");
  activate(opener);
  currentCard()?.querySelector("a, button")?.focus({ preventScroll: true });
}

export function refresh() {
  if (!form()) return close();
  const { annotation, start } = form().dataset;
  opener = annotation;
  const isNew = !isOpen();
  if (isNew) {
    const draft = drafts.draftOf(form());
    drafts.begin(form(), draft);
    editor.showPopover();
    if (draft) say("draft_back");
  }
  place(editor, Number(start));
  if (isRange()) setRange(editor, rangeNow());
  return editor.querySelector(isNew ? "[aria-invalid], [data-first]" : "[aria-invalid]")?.focus();
}

watchKeys(editor, close, (event) => {
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!direction || !event.target.closest("[data-steps]")) return;
  event.preventDefault();
  move(event.shiftKey ? "start" : "end", direction, event.altKey ? "grapheme" : "word");
});
editor.addEventListener("click", ({ target }) => {
  const [edge, direction, unit] = target.closest("[data-move]")?.dataset.move.split(" ") ?? [];
  if (edge) move(edge, Number(direction), unit);
});
editor.addEventListener("change", () => isRange() && setRange(editor, rangeNow()));
