// Tells people what happens: the live region, whether work is saved, toasts that leave by themselves.
import { byId } from "./dom.js";

const SECONDS_READ = 9;

/** Says a sentence to screen readers without showing it. */
export function say(sentence) {
  byId("spoken").textContent = "";
  requestAnimationFrame(() => {
    byId("spoken").textContent = sentence;
  });
}

/** Shows whether work is "saving", "saved", "waiting" or "failed". */
export function showState(kind, words) {
  const state = byId("save-state");
  if (!state) return;
  state.dataset.is = kind;
  state.textContent = words;
}

/** Shows a sentence for a while, with a button that does something about it. */
export function offer(sentence, label, action, kind = "toast") {
  const toast = document.createElement("div");
  toast.className = kind;
  toast.innerHTML = '<p></p><button class="button slim" type="button" data-dismiss></button>';
  toast.firstChild.textContent = sentence;
  toast.lastChild.textContent = label;
  toast.lastChild.addEventListener("click", action);
  byId("messages").append(toast);
}

/** Shows what went wrong, until it is dismissed. */
export const complain = (sentence) => offer(sentence, "Dismiss", null, "toast error");

function retire(toast) {
  const leave = () => (toast.matches(":hover, :focus-within") ? retire(toast) : toast.remove());
  setTimeout(leave, SECONDS_READ * 1000);
}

function adopt(toast) {
  if (!toast.matches?.(".toast:not(.error)")) return;
  for (const other of toast.parentElement.querySelectorAll(".toast:not(.error)")) if (other !== toast) other.remove();
  retire(toast);
}

/** Starts to watch the toasts, also those that the server sends. */
export function watch() {
  const messages = byId("messages");
  [...messages.children].forEach(adopt);
  const adoptAll = (changes) => changes.flatMap((change) => [...change.addedNodes]).forEach(adopt);
  new MutationObserver(adoptAll).observe(messages, { childList: true });
  messages.addEventListener("click", ({ target }) => target.closest("[data-dismiss]")?.closest(".toast").remove());
  messages.addEventListener("htmx:finally:request", ({ target }) => target.closest?.(".toast")?.remove());
}
