// Starts the browser side and joins its parts. Pages without an article only get menus, toasts and save states.
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
  if (!found) return false;
  if (editor.take(found)) return true;
  if (!byId("composer")) return false;
  composer.open(found, { focus });
  return true;
}

function onPointerUp({ target }) {
  if (!(target instanceof Element) || target.closest(".composer, .toast, .bar, dialog")) return;
  // The browser settles a double or triple click only after this event.
  setTimeout(() => {
    if (useSelection()) return;
    composer.closeIfUntouched();
    const mark = target.closest("#text mark");
    if (mark) cards.turnTo(mark);
    else if (!target.closest(".card")) cards.leave();
  });
}

function onTouchSelection() {
  let timer = 0;
  on("selectionchange", () => {
    clearTimeout(timer);
    if (!matchMedia("(pointer: coarse)").matches) return;
    timer = setTimeout(() => document.activeElement?.closest(".composer") ?? useSelection(), 500);
  });
}

function onEscape() {
  if (composer.isOpen()) composer.close();
  else caret.leave();
}

const press = (name) => cards.currentCard()?.querySelector(`[data-key="${name}"]`)?.click();

const KEYS = {
  a: () => useSelection(true) || status.say("Select words first."),
  "[": () => cards.step(-1),
  "]": () => cards.step(1),
  s: cards.turn,
  l: composer.sameLabels,
  y: places.copyLink,
  e: () => press("e"),
  r: () => press("r"),
  v: () => press("v"),
  "?": () => byId("keys").showModal(),
  Escape: onEscape,
};

/** Keys in the text itself: the caret's, and Enter, which first shows it and then annotates what is selected. */
function onTextKey(event) {
  if (caret.step(event)) event.preventDefault();
  else if (event.key === "Enter" && event.target === text && !useSelection(true)) caret.enter();
}

function beforeSwap() {
  kept = keys.inField(document.activeElement) ? null : selectionIn();
}

function afterSwap() {
  repaint();
  cards.refresh();
  editor.refresh();
  if (kept && !keys.inField(document.activeElement)) select(kept.start, kept.end, kept.backward);
  kept = null;
}

function onKept({ detail: { body } }) {
  if (!composer.done(new URLSearchParams(body).get("id"))) editor.close();
}

function startReading() {
  cards.watch();
  composer.watch();
  editor.watch();
  drafts.watch();
  keys.watch();
  onTouchSelection();
  keys.onKeys(KEYS);
  text.addEventListener("keydown", onTextKey);
  addEventListener("hashchange", places.arrive);
  on("pointerup", onPointerUp);
  on("htmx:before:swap", beforeSwap);
  on("htmx:after:swap", afterSwap);
  on("write-kept", onKept);
  on("write-refused", composer.offerKept);
  on("annotation-created", ({ detail: { id } }) => composer.done(id) && cards.activate(id));
  on("annotation-changed", ({ detail: { id } }) => cards.activate(id));
  places.arrive();
}

function closeOtherMenus({ target }) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.open = false;
}

status.watch();
if (person) {
  outbox.watch();
  palette.watch();
}
localise(document);
on("htmx:after:swap", () => localise(document));
on("click", closeOtherMenus);
if (text) startReading();
