// Tells people what happens. The style sheet lets toasts leave.
import { byId, on } from "./dom.js";

/** To screen readers only. */
export function say(sentence) {
  const region = byId("spoken");
  region.replaceChildren();
  requestAnimationFrame(() => region.replaceChildren(sentence));
}

/** `kind`: "saving", "saved", "waiting" or "failed". */
export function showState(kind, words) {
  const state = byId("save-state");
  state?.setAttribute("data-is", kind);
  state?.replaceChildren(words);
}

export function offer(sentence, label, action, kind = "toast") {
  const toast = document.createElement("div");
  toast.className = kind;
  toast.innerHTML = '<p></p><button class="button slim" type="button" data-dismiss></button>';
  toast.firstChild.textContent = sentence;
  toast.lastChild.textContent = label;
  toast.lastChild.addEventListener("click", action);
  byId("messages").append(toast);
}

export const complain = (sentence) => offer(sentence, "Dismiss", null, "toast error");

on("click", ({ target }) => target.closest("[data-dismiss]")?.closest(".toast").remove());
on("htmx:finally:request", ({ target }) => target.closest?.(".toast")?.remove());
