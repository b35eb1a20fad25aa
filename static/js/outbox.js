// Every write stays in this browser until the server has answered it. When the network breaks, the server restarts or
// the session ends it waits, and is sent again with the same id: nothing is lost and nothing doubled.
import { byId, on, person } from "./dom.js";
import * as drafts from "./drafts.js";
import { complain, say, showState } from "./status.js";

const PREFIX = `factcheck-write ${person} `;
const RETRY = 4_000;
// Longer than htmx waits: until then another tab may still be sending it.
const UNDER_WAY = 70_000;
const DOWN = [401, 502, 503, 504];
const login = byId("login");
let isSending = false;

const store = (item) => localStorage.setItem(item.key, JSON.stringify(item));
const isLogin = ({ sourceElement }) => Boolean(login?.contains(sourceElement));
const writes = (ctx) => ctx.request.method !== "GET" && !isLogin(ctx);

function waiting() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const items = keys.toSorted().map((key) => JSON.parse(localStorage.getItem(key)));
  return items.filter((item) => item.isWaiting || item.at < Date.now() - UNDER_WAY);
}

function tell() {
  const { length } = waiting();
  const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (length) showState("waiting", `Waiting for the network: ${length}`);
  else showState("saved", `Saved ${time}`);
}

/** Null for a form with a file: files cannot be kept, so it stays open instead. */
function keep({ request }) {
  if ([...request.body.values()].some((value) => value.size)) return null;
  const at = Date.now();
  const key = `${PREFIX}${at} ${Math.random()}`;
  const item = { key, at, url: request.action, page: location.pathname, body: String(drafts.bodyOf(request.body)) };
  store(item);
  return item;
}

function onConfig({ detail: { ctx } }) {
  const { request, kept } = ctx;
  if (kept) request.body = new URLSearchParams(kept.body);
  // A login in another tab renews the token, and may change the person.
  const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1];
  if (token && request.body.has("csrfmiddlewaretoken")) request.body.set("csrfmiddlewaretoken", token);
  if (person && !isLogin(ctx)) request.headers["X-Person"] = encodeURIComponent(person);
}

function onBefore({ detail: { ctx } }) {
  if (!writes(ctx)) return;
  ctx.isAgain = Boolean(ctx.kept);
  ctx.kept ??= keep(ctx);
  showState("saving", "Saving");
}

function onDown({ kept, isAgain, sourceElement }) {
  if (!kept) {
    showState("failed", "Not saved");
    return complain("The server cannot be reached. What you typed is still here; try again.");
  }
  store({ ...kept, isWaiting: true });
  tell();
  if (isAgain) return undefined;
  drafts.forget(kept.url);
  say("Kept in this browser. It is sent when the network is back.");
  return sourceElement.dispatchEvent(new CustomEvent("write-kept", { bubbles: true, detail: kept }));
}

function onAnswer({ kept, isAgain, response: { status } }) {
  if (kept) localStorage.removeItem(kept.key);
  if (status < 400) {
    if (kept && !isAgain) drafts.forget(kept.url);
    return tell();
  }
  showState("failed", "Not saved");
  if (status >= 500) complain("The server could not do that. Nothing was changed; try again in a moment.");
  if (!isAgain) return undefined;
  drafts.keep(kept.url, kept.body);
  complain("A change that waited for the network was refused. What you typed is kept.");
  return document.dispatchEvent(new Event("write-refused"));
}

function afterRequest(event) {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  if (status === 401 && !login.open) login.showModal();
  if (status === 401 || (ctx.kept && ctx.kept.page !== location.pathname)) event.preventDefault();
  if (!writes(ctx)) return;
  if (DOWN.includes(status)) onDown(ctx);
  else onAnswer(ctx);
}

/** What is sent later must not touch a form that somebody fills in now. */
function beforeSwap({ detail: { ctx, tasks } }) {
  const isForm = ({ target }) => target?.matches?.("#composer-fields, #editor");
  if (ctx.isAgain) tasks.splice(0, tasks.length, ...tasks.filter((task) => !isForm(task)));
}

function onError({ detail: { ctx } }) {
  if (!ctx || ctx.text !== undefined) return;
  if (writes(ctx)) onDown(ctx);
  else complain("The server cannot be reached. Try again in a moment.");
}

async function sendAll() {
  if (isSending || login?.open || !navigator.onLine) return;
  isSending = true;
  for (const item of waiting()) {
    const kept = { ...item, isWaiting: false, at: Date.now() };
    store(kept);
    await htmx.ajax("POST", kept.url, { source: document.body, target: document.body, swap: "none", kept });
    if (localStorage.getItem(kept.key)) break;
  }
  isSending = false;
}

/** Starts to watch htmx's requests, and sends what is left from before. */
export function watch() {
  on("htmx:config:request", onConfig);
  on("htmx:before:request", onBefore);
  on("htmx:after:request", afterRequest);
  on("htmx:before:swap", beforeSwap);
  on("htmx:error", onError);
  on("logged-in", () => {
    login.close();
    sendAll();
  });
  addEventListener("online", sendAll);
  setInterval(sendAll, RETRY);
  sendAll();
}
