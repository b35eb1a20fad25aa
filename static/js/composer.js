// The form beside a selection: opens, follows a changed selection, keeps what was typed, closes and gives focus back.
import { paint } from "./highlights.js";
import { rangesFor, select } from "./offsets.js";
import { offer, say } from "./status.js";

const GAP = 8;
const text = () => document.getElementById("text");
const composer = () => document.getElementById("composer");
const form = () => composer().querySelector("form");

let pending = null;
let untouched = "";

export const isOpen = () => Boolean(composer()?.matches(":popover-open"));

function typed() {
  const data = new FormData(form());
  for (const name of ["id", "start", "end", "exact", "csrfmiddlewaretoken"]) data.delete(name);
  return new URLSearchParams(data).toString();
}

const isDirty = () => isOpen() && typed() !== untouched;

/** A UUIDv7, so that saving twice makes one annotation and ids sort by time of creation. */
function newId() {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Date.now()) << 16n);
  crypto.getRandomValues(bytes.subarray(6));
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function fill({ start, end, exact, quote }) {
  const { elements } = form();
  elements.start.value = start;
  elements.end.value = end;
  elements.exact.value = exact ?? "";
  elements.exact.disabled = exact === null;
  composer().querySelector("[data-quote]").textContent = quote;
}

/** Puts a panel beside the text at the height of [start, end), inside the window; narrow screens ignore it. */
export function place(panel, { start, end }) {
  const box = rangesFor(text(), start, end)[0]?.getBoundingClientRect();
  const column = document.getElementById("beside").getBoundingClientRect();
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const lowest = innerHeight - panel.offsetHeight - GAP;
  const top = Math.max(bar + GAP, Math.min((box?.top ?? bar) - 4 * GAP, lowest));
  panel.style.setProperty("--at", `${top}px`);
  panel.style.setProperty("--from", `${column.left}px`);
  panel.style.setProperty("--wide", `${column.width}px`);
}

/** Opens for a selection, or moves an open form to it; what was typed stays. `again`: with what was typed before. */
export function open(selection, { focus = false, again = false } = {}) {
  const fresh = !isOpen();
  pending = selection;
  if (fresh) {
    if (!again) form().reset();
    form().elements.id.value = newId();
    composer().showPopover();
    if (!again) untouched = typed();
  }
  fill(selection);
  paint(text(), "pending", [[selection.start, selection.end]]);
  place(composer(), selection);
  if (focus) form().querySelector("[data-first]").focus();
  else if (fresh) say(`Selected: ${selection.quote.slice(0, 80)}. Press A to annotate it.`);
}

/** Closes; `refocus` puts the selection back, so that the keyboard goes on where it was. */
export function close({ refocus = false } = {}) {
  if (!isOpen()) return;
  const last = pending;
  if (isDirty()) {
    offer("Closed without saving.", "Open again", () => open(last, { focus: true, again: true }));
  }
  pending = null;
  composer().hidePopover();
  paint(text(), "pending");
  if (!refocus || !last) return;
  text().focus({ preventScroll: true });
  select(text(), last.start, last.end, last.backward);
}

/** A click beside the form: closes it unless something was typed. */
export function closeIfUntouched() {
  if (isOpen() && !isDirty()) close();
}

/** Where the saved annotation ended: focus goes on from there. */
export function leaveAtEnd() {
  const last = pending;
  untouched = typed();
  close();
  text().focus({ preventScroll: true });
  const range = last && rangesFor(text(), last.start, last.end).at(-1);
  if (range) getSelection().collapse(range.endContainer, range.endOffset);
}

function onKey(event) {
  if (event.key === "Escape") {
    event.stopPropagation();
    close({ refocus: true });
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form().requestSubmit();
  }
}

/** Starts to watch the form; does nothing for people who may not annotate. */
export function watch() {
  if (!composer()) return;
  composer().addEventListener("keydown", onKey);
  composer().addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) close({ refocus: true });
  });
  new ResizeObserver(() => pending && place(composer(), pending)).observe(composer());
  addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
  });
}
