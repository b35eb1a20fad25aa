// The article's page: joins its parts.
import * as caret from "./caret.js";
import * as cards from "./cards.js";
import * as composer from "./composer.js";
import { byId, on, text } from "./dom.js";
import * as editor from "./editor.js";
import { repaint } from "./highlights.js";
import { inField, onKeys } from "./keys.js";
import { select, selectionIn } from "./offsets.js";
import { arrive, copyLink } from "./places.js";
import { say } from "./status.js";

let kept = null;
let timer = 0;
let drag = Promise.withResolvers();

function useSelection(focus) {
  const found = selectionIn();
  return found && (editor.take(found) || composer.open(found, focus));
}

function onRelease({ target }) {
  if (!target.closest || target.closest(".composer, .toast, .bar, dialog") || useSelection()) return;
  composer.closeIfUntouched();
  const mark = target.closest("#text mark");
  if (mark) cards.turnTo(mark);
  else if (!target.closest(".card")) cards.leave();
}

// An answer would move the text under a pointer, or end its selection: it waits for the release.
text.addEventListener("pointerdown", () => {
  drag.resolve();
  drag = Promise.withResolvers();
});
on("htmx:before:request", ({ detail: { ctx } }) => {
  const { fetch } = ctx;
  ctx.fetch = (...request) => fetch(...request).finally(() => drag.promise);
});
on("pointerup", (event) => {
  // Clicks settle after this event, taps by their click.
  setTimeout(() => {
    if (event.pointerType !== "touch") onRelease(event);
    drag.resolve();
  });
});
on("click", (event) => event.pointerType === "touch" && onRelease(event));
on("pointercancel", () => drag.resolve());
// By touch.
on("selectionchange", () => {
  clearTimeout(timer);
  if (!matchMedia("(pointer: coarse)").matches) return;
  timer = setTimeout(() => inField() || useSelection(), 500);
});

const press = (key) => cards.currentCard()?.querySelector(`[aria-keyshortcuts=${key}]`)?.click();

onKeys({
  a: () => useSelection(true) || say("select_first"),
  "[": () => cards.step(-1),
  "]": () => cards.step(1),
  s: cards.turn,
  l: composer.sameLabels,
  y: copyLink,
  e: press,
  r: press,
  v: press,
  "?": () => byId("keys").showModal(),
  Escape: () => (composer.isOpen() ? composer.close() : caret.leave()),
});
text.addEventListener("keydown", (event) => {
  if (caret.step(event)) event.preventDefault();
  else if (event.key === "Enter" && event.target === text && !useSelection(true)) caret.enter();
});
addEventListener("hashchange", arrive);
drag.resolve();
on("htmx:before:swap", () => {
  kept = selectionIn();
});
on("htmx:after:swap", () => {
  repaint();
  cards.refresh();
  editor.refresh();
  if (kept && !inField()) select(kept);
});
on("write-kept", ({ detail: { body } }) => composer.done(new URLSearchParams(body).get("id")) || editor.close());
on("write-refused", () => composer.offerKept());
on("annotation-created", ({ detail: { id } }) => composer.done(id) && cards.activate(id));
on("annotation-changed", ({ detail: { id } }) => cards.activate(id));
arrive();
