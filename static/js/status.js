// Tells people what happens. The style sheet lets toasts leave.
import { byId, on } from "./dom.js";
import { words } from "./words.js";

/** To screen readers only. */
export function speak(sentence) {
  const region = byId("spoken");
  region.replaceChildren();
  requestAnimationFrame(() => region.replaceChildren(sentence));
}

export const say = (key, given) => speak(words(key, given));

/** `kind`: "saving", "saved", "waiting" or "failed". */
export function showState(kind, given) {
  const state = byId("save-state");
  state?.setAttribute("data-is", kind);
  state?.replaceChildren(words(kind, given));
}

export function offer(key, given, label, action, kind = "toast") {
  const toast = document.createElement("div");
  toast.className = kind;
  toast.innerHTML = '<p></p><button class="button slim" type="button" data-dismiss></button>';
  toast.firstChild.textContent = words(key, given);
  toast.lastChild.textContent = words(label);
  toast.lastChild.addEventListener("click", action);
  byId("messages").append(toast);
}

export const complain = (key) => offer(key, {}, "dismiss", null, "toast error");

on("click", ({ target }) => target.closest("[data-dismiss]")?.closest(".toast").remove());
on("htmx:finally:request", ({ target }) => target.closest?.(".toast")?.remove());
