// Starts the browser side and joins its parts.
import * as caret from "./caret.js";
import * as cards from "./cards.js";
import * as composer from "./composer.js";
import { byId, on, person, text } from "./dom.js";
import * as drafts from "./drafts.js";
import * as editor from "./editor.js";
import { repaint } from "./highlights.js";
import * as keys from "./keys.js";
import { select, selectionIn } from "./offsets.js";
import * as outbox from "./outbox.js";
import * as palette from "./palette.js";
import * as places from "./places.js";
import * as status from "./status.js";
import { localise } from "./times.js";

let kept = null;

function useSelection(focus = false) {
  const found = selectionIn();
  return Boolean(found) && (editor.take(found) || composer.open(found, focus));
}

function onPointerUp({ target }) {
  if (!(target instanceof Element) || target.closest(".composer, .toast, .bar, dialog")) return;
  // A double or triple click is settled after this event.
  setTimeout(() => {
    if (useSelection()) return;
    composer.closeIfUntouched();
    const mark = target.closest("#text mark");
    if (mark) cards.turnTo(mark);
    else if (!target.closest(".card")) cards.leave();
  });
}

let timer = 0;

function onSelectionByTouch() {
  clearTimeout(timer);
  if (!matchMedia("(pointer: coarse)").matches) return;
  timer = setTimeout(() => keys.inField(document.activeElement) || useSelection(), 500);
}

const press = (name) => () => cards.currentCard()?.querySelector(`[data-key="${name}"]`)?.click();

const KEYS = {
  a: () => useSelection(true) || status.say("Select words first."),
  "[": () => cards.step(-1),
  "]": () => cards.step(1),
  s: cards.turn,
  l: composer.sameLabels,
  y: places.copyLink,
  e: press("e"),
  r: press("r"),
  v: press("v"),
  "?": () => byId("keys").showModal(),
  Escape: () => (composer.isOpen() ? composer.close() : caret.leave()),
};

function onTextKey(event) {
  if (caret.step(event)) event.preventDefault();
  else if (event.key === "Enter" && event.target === text && !useSelection(true)) caret.enter();
}

function beforeSwap() {
  kept = selectionIn();
}

function afterSwap() {
  repaint();
  cards.refresh();
  editor.refresh();
  if (kept && !keys.inField(document.activeElement)) select(kept.start, kept.end, kept.backward);
}

function startReading() {
  for (const part of [cards, composer, editor, drafts, keys]) part.watch();
  keys.onKeys(KEYS);
  text.addEventListener("keydown", onTextKey);
  addEventListener("hashchange", places.arrive);
  on("selectionchange", onSelectionByTouch);
  on("pointerup", onPointerUp);
  on("htmx:before:swap", beforeSwap);
  on("htmx:after:swap", afterSwap);
  on("write-kept", ({ detail: { body } }) => composer.done(new URLSearchParams(body).get("id")) || editor.close());
  on("write-refused", () => composer.offerKept());
  on("annotation-created", ({ detail: { id } }) => composer.done(id) && cards.activate(id));
  on("annotation-changed", ({ detail: { id } }) => cards.activate(id));
  places.arrive();
}

status.watch();
if (person) {
  outbox.watch();
  palette.watch();
}
localise();
on("htmx:after:swap", localise);
on("click", ({ target }) => {
  for (const menu of document.querySelectorAll(".menu[open]")) menu.open = menu.contains(target);
});
if (text) startReading();
