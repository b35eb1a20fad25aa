// The form beside a selection: opens, follows a changed selection, closes and gives focus back.
import { byId, person, text } from "./dom.js";
import * as drafts from "./drafts.js";
import { paint } from "./highlights.js";
import { quoteOf, rangesFor, select } from "./offsets.js";
import * as panels from "./panels.js";
import { offer, say } from "./status.js";

const LABELS = `factcheck-labels ${person}`;
const composer = byId("composer");
const form = composer?.querySelector("form");

let pending = null;
let pendingId = "";

export const isOpen = () => Boolean(composer?.matches(":popover-open"));

/** A UUIDv7, so that saving twice makes one annotation and ids sort by time of creation. */
function newId() {
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

function setPlace({ start, end, exact, quote }) {
  const { elements } = form;
  elements.start.value = start;
  elements.end.value = end;
  elements.exact.value = exact ?? "";
  elements.exact.disabled = exact === null;
  composer.querySelector("[data-quote]").textContent = quote;
}

/** Opens for a selection, or moves an open form to it; what was typed stays. `draft` is what was typed before. */
export function open(selection, { focus = false, draft = null } = {}) {
  const fresh = !isOpen();
  pending = selection;
  if (fresh) {
    form.reset();
    pendingId = newId();
    form.elements.id.value = pendingId;
    drafts.begin(form);
    if (draft) drafts.restore(form, draft);
    composer.showPopover();
  }
  setPlace(selection);
  paint("pending", [[selection.start, selection.end]]);
  panels.place(composer, selection);
  if (focus) form.querySelector("[data-first]").focus();
  else if (fresh) say(`Selected: ${selection.quote.slice(0, 80)}. Press A to annotate it.`);
}

function hide() {
  const last = pending;
  pending = null;
  composer.hidePopover();
  paint("pending");
  text.focus({ preventScroll: true });
  return last;
}

function offerDraft(sentence, selection) {
  const draft = drafts.draftOf(form);
  offer(sentence, "Open again", () => open(selection, { focus: true, draft }));
}

/** Closes, and puts the selection back, so that the keyboard goes on where it was. */
export function close() {
  if (drafts.isDirty(form)) offerDraft("Closed without saving.", pending);
  const { start, end, backward } = hide();
  select(start, end, backward);
}

/** A click beside the form: closes it unless something was typed. */
export function closeIfUntouched() {
  if (isOpen() && !drafts.isDirty(form)) hide();
}

/** The form's annotation is saved, or kept to be sent later: the selection goes on where it ended. */
export function done(id) {
  if (!isOpen() || id !== pendingId) return false;
  const { start, end } = hide();
  const range = rangesFor(start, end).at(-1);
  getSelection().collapse(range.endContainer, range.endOffset);
  return true;
}

/** Offers what was typed before this page was loaded, or what the server refused later. */
export function offerKept() {
  const draft = form && drafts.draftOf(form);
  if (!draft) return;
  const data = new URLSearchParams(draft);
  const [start, end] = [Number(data.get("start")), Number(data.get("end"))];
  const quote = quoteOf(start, end);
  offerDraft(`Not saved yet: ${(data.get("claim") || quote).slice(0, 60)}`, { start, end, exact: data.get("exact"), quote });
}

/** Ticks the labels that the last saved annotation got. */
export function sameLabels() {
  const last = localStorage.getItem(LABELS);
  if (!isOpen() || !last) return say("No labels to repeat.");
  drafts.fill(form, last, (name) => name === "origin" || name.startsWith("labels_"));
  form.dispatchEvent(new Event("input", { bubbles: true }));
  const chosen = [...form.querySelectorAll("label:has([name^=labels_]:checked), [name=origin] option:checked")];
  return say(`Same labels: ${chosen.map((each) => each.textContent.trim()).join(", ")}.`);
}

/** Starts to watch the form; does nothing for people who may not annotate. */
export function watch() {
  if (!composer) return;
  panels.watch(composer, close, (event) => event.altKey && event.code === "KeyL" && sameLabels());
  composer.addEventListener("click", ({ target }) => target.closest("[data-labels]") && sameLabels());
  form.addEventListener("submit", () => localStorage.setItem(LABELS, drafts.bodyOf(new FormData(form))));
  new ResizeObserver(() => pending && panels.place(composer, pending)).observe(composer);
  offerKept();
}
