// The form beside a selection.
import { byId, person, text } from "./dom.js";
import * as drafts from "./drafts.js";
import { paint } from "./highlights.js";
import { quoteOf, rangesFor, select } from "./offsets.js";
import { offer, say } from "./status.js";

const LABELS = `factcheck-labels ${person}`;
const composer = byId("composer");
const form = composer?.querySelector("form");

let pending = null;
let pendingId = "";
let sentId = "";

export const isOpen = () => composer?.matches(":popover-open");

/** A UUIDv7: saving twice makes one annotation, and ids sort by time. */
function newId() {
  const time = `0${Date.now().toString(16)}`;
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

/** At the height of a code point. */
export function place(panel, start) {
  const top = rangesFor(start, start + 1)[0]?.getBoundingClientRect().top ?? 0;
  panel.style.setProperty("--at", `${Math.min(top - 32, innerHeight - panel.offsetHeight - 8)}px`);
}

/** Into the panel's form; painted and quoted when it is not empty. */
export function setRange(panel, { start, end }) {
  const { elements } = panel.querySelector("form");
  elements.start.value = start;
  elements.end.value = end;
  if (start >= end) return;
  paint("pending", [[start, end]]);
  panel.querySelector("[data-quote]").textContent = quoteOf(start, end);
}

export function watchKeys(panel, leave, more) {
  panel.addEventListener("click", ({ target }) => target.closest("[data-close]") && leave());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      leave();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      panel.querySelector("form").requestSubmit();
    } else more(event);
  });
}

export function open(selection, focus, draft) {
  if (!composer) return false;
  const { start, end, exact } = selection;
  const { elements } = form;
  const isSent = sentId === pendingId && form.matches(".htmx-request");
  const isNew = isSent || !isOpen();
  pending = selection;
  if (isNew) {
    if (isSent) drafts.forget(drafts.urlOf(form));
    form.reset();
    pendingId = newId();
    elements.id.value = pendingId;
    drafts.begin(form, draft);
    composer.showPopover();
  }
  setRange(composer, selection);
  elements.exact.value = exact ?? "";
  elements.exact.disabled = !exact;
  if (!isNew) drafts.remember(form);
  place(composer, start);
  if (isNew || focus) form.querySelector(".unfold").open = focus;
  if (focus) form.querySelector("[data-first]").focus();
  else if (isNew) say("selected", { quote: quoteOf(start, end).slice(0, 80) });
  return true;
}

function hide() {
  composer.hidePopover();
  paint("pending");
  text.focus({ preventScroll: true });
}

/** What was typed before, or refused by the server later. */
export function offerKept(key = "unsaved") {
  const draft = form && drafts.draftOf(form);
  if (!draft) return;
  const { exact, claim, ...range } = Object.fromEntries(new URLSearchParams(draft));
  const [start, end] = [range.start, range.end].map(Number);
  const given = { claim: claim || quoteOf(start, end) };
  offer(key, given, "again", () => open({ start, end, exact }, true, draft));
}

export function close() {
  if (drafts.isDirty(form)) offerKept("closed_with");
  hide();
  select(pending);
}

export const closeIfUntouched = () => isOpen() && !drafts.isDirty(form) && hide();

/** Saved or kept: go on where it ended. */
export function done(id) {
  if (!isOpen() || id !== pendingId) return false;
  hide();
  select(pending);
  getSelection().collapseToEnd();
  return true;
}

export function sameLabels() {
  const last = localStorage.getItem(LABELS);
  if (!isOpen() || !last) return say("no_labels");
  drafts.fill(form, last, (name) => name === "origin" || name.startsWith("labels_"));
  drafts.remember(form);
  return say("labels_again");
}

if (composer) {
  watchKeys(composer, close, ({ altKey, code }) => altKey && code === "KeyL" && sameLabels());
  composer.querySelector("[data-labels]").addEventListener("click", sameLabels);
  form.addEventListener("submit", () => {
    localStorage.setItem(LABELS, drafts.bodyOf(new FormData(form)));
    sentId = pendingId;
  });
  new ResizeObserver(() => isOpen() && place(composer, pending.start)).observe(composer);
  offerKept();
}
