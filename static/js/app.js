// Starts the browser side and joins its parts. Pages without an article only get menus, toasts and save states.
import * as caret from "./caret.js";
import * as cards from "./cards.js";
import * as composer from "./composer.js";
import * as editor from "./editor.js";
import { repaint } from "./highlights.js";
import { select, selectionIn } from "./offsets.js";
import * as status from "./status.js";
import { localise } from "./times.js";

const text = document.getElementById("text");
const canAnnotate = Boolean(document.getElementById("composer"));
const KEYS_SETTING = "factcheck-keys";
let kept = null;

function useSelection({ focus = false } = {}) {
  const found = selectionIn(text);
  if (!found) return false;
  if (editor.take(found)) return true;
  if (!canAnnotate) return false;
  composer.open(found, { focus });
  return true;
}

function onPointerUp(event) {
  if (!(event.target instanceof Element) || event.target.closest(".composer, .toast, .bar")) return;
  // The browser settles a double or triple click only after this event.
  setTimeout(() => {
    if (useSelection()) return;
    composer.closeIfUntouched();
    const mark = event.target.closest("#text mark");
    if (mark) cards.turnTo(mark);
    else if (!event.target.closest(".card")) cards.leave();
  });
}

function onTouchSelection() {
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    if (!matchMedia("(pointer: coarse)").matches) return;
    timer = setTimeout(() => document.activeElement?.closest(".composer") ?? useSelection(), 500);
  });
}

const inField = (target) => Boolean(target.closest?.("input, textarea, select, [contenteditable], .composer"));

const keysAreOn = () => localStorage.getItem(KEYS_SETTING) !== "off";

/** People who speak to their computer, or whose hands slip, can turn single keys off. */
function watchKeysSetting() {
  const box = document.getElementById("keys-on");
  box.checked = keysAreOn();
  box.addEventListener("change", () => localStorage.setItem(KEYS_SETTING, box.checked ? "on" : "off"));
}

function onEscape() {
  if (composer.isOpen()) composer.close({ refocus: true });
  else if (caret.isOn()) caret.leave();
}

function press(name) {
  cards.currentCard()?.querySelector(`[data-key="${name}"]`)?.click();
}

const KEYS = {
  a: () => useSelection({ focus: true }),
  "[": () => cards.step(-1),
  "]": () => cards.step(1),
  e: () => press("e"),
  r: () => press("r"),
  Escape: onEscape,
};

function onKey(event) {
  if (inField(event.target)) return;
  const inText = event.target === text || text.contains(event.target);
  if (inText && caret.step(event)) event.preventDefault();
  else if (inText && event.key === "Enter" && event.target === text && !caret.isOn()) caret.enter();
  else if (!event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(KEYS, event.key)) {
    if (event.key === "Escape") onEscape();
    else if (keysAreOn()) {
      event.preventDefault();
      KEYS[event.key]();
    }
  }
}

function beforeSwap() {
  kept = inField(document.activeElement) ? null : selectionIn(text);
}

function afterSwap() {
  repaint(text);
  cards.refresh();
  editor.refresh();
  if (kept && !inField(document.activeElement)) select(text, kept.start, kept.end, kept.backward);
  kept = null;
}

function startReading() {
  cards.watch();
  composer.watch();
  editor.watch();
  onTouchSelection();
  watchKeysSetting();
  document.addEventListener("pointerup", onPointerUp);
  document.addEventListener("keydown", onKey);
  document.addEventListener("htmx:before:swap", beforeSwap);
  document.addEventListener("htmx:after:swap", afterSwap);
  document.addEventListener("annotation-created", (event) => {
    composer.leaveAtEnd();
    cards.activate(event.detail.id);
  });
  document.addEventListener("annotation-changed", (event) => cards.activate(event.detail.id, { scroll: "card" }));
}

function closeOtherMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

status.watch();
localise(document);
document.addEventListener("htmx:after:swap", () => localise(document));
document.addEventListener("click", closeOtherMenus);
if (text) startReading();
