// Tells people what happens: the live region, whether work is saved, toasts that leave by themselves.

const SECONDS_READ = 9;
const spoken = () => document.getElementById("spoken");
const saveState = () => document.getElementById("save-state");

/** Says a sentence to screen readers without showing it. */
export function say(sentence) {
  const region = spoken();
  if (!region) return;
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = sentence;
  });
}

function show(kind, words) {
  const state = saveState();
  if (!state) return;
  state.dataset.is = kind;
  state.textContent = words;
}

function toastOf(sentence, label, action) {
  const element = document.createElement("div");
  element.className = "toast";
  const words = document.createElement("p");
  words.textContent = sentence;
  const button = document.createElement("button");
  button.className = "button slim";
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", () => {
    element.remove();
    action?.();
  });
  element.append(words, button);
  return element;
}

/** Shows a sentence above the page; it stays until it is dismissed. */
export function complain(sentence) {
  const element = toastOf(sentence, "Dismiss");
  element.classList.add("error");
  element.dataset.stays = "";
  document.getElementById("messages")?.append(element);
}

/** Shows a sentence for a while, with a button that does something about it. */
export function offer(sentence, label, action) {
  document.getElementById("messages")?.append(toastOf(sentence, label, action));
}

function retire(toast) {
  let timer = 0;
  const leave = () => {
    if (toast.contains(document.activeElement)) return;
    toast.remove();
  };
  const start = () => {
    timer = setTimeout(leave, SECONDS_READ * 1000);
  };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

function watchToasts(messages) {
  const adopt = (node) => {
    if (!(node instanceof HTMLElement && node.matches(".toast:not([data-stays])"))) return;
    for (const older of messages.querySelectorAll(".toast:not([data-stays])")) {
      if (older !== node) older.remove();
    }
    retire(node);
  };
  [...messages.children].forEach(adopt);
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(adopt);
  }).observe(messages, { childList: true });
  messages.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss]")?.closest(".toast").remove();
  });
  messages.addEventListener("htmx:finally:request", (event) => event.target.closest?.(".toast")?.remove());
}

const writes = (context) => context.request.method !== "GET";
const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function sentToLogin(context) {
  const answer = context.response.raw;
  const login = document.body.dataset.login;
  return answer.redirected && login && new URL(answer.url).pathname === login;
}

function onAnswer(event) {
  const { ctx } = event.detail;
  if (sentToLogin(ctx)) {
    event.preventDefault();
    show("failed", "Not saved");
    complain("You were logged out. Log in again in another tab, then save once more: nothing you typed is lost.");
    return;
  }
  const { status } = ctx.response;
  if (!writes(ctx)) return;
  if (status < 400) show("saved", `Saved ${clock()}`);
  else show("failed", "Not saved");
  if (status >= 500) complain("The server could not do that. Nothing was changed; try again in a moment.");
}

/** Logging in again in another tab changes the token of every form that is already open: send the newest one. */
function freshenToken(event) {
  const { body } = event.detail.ctx.request;
  const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1];
  if (token && body?.has?.("csrfmiddlewaretoken")) body.set("csrfmiddlewaretoken", token);
}

/** Starts to watch htmx's requests and the toasts. */
export function watch() {
  const messages = document.getElementById("messages");
  if (messages) watchToasts(messages);
  document.addEventListener("htmx:config:request", freshenToken);
  document.addEventListener("htmx:before:request", (event) => {
    if (writes(event.detail.ctx)) show("saving", "Saving");
  });
  document.addEventListener("htmx:after:request", onAnswer);
  document.addEventListener("htmx:error", (event) => {
    const { ctx } = event.detail;
    if (!ctx) return;
    if (writes(ctx)) show("failed", "Not saved");
    complain("The server cannot be reached. What you typed is still here; try again.");
  });
}
