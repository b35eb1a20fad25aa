// What others do appears without a reload: the stream says that something happened, the page asks for the pieces.
// Without a stream it asks now and then.
import { byId, on } from "./dom.js";

const POLL = 15_000;
const live = byId("live");
const others = byId("others");
const onLive = (event, action) => live.addEventListener(event, action);

let { since } = live.dataset;
let isOpen = false;
let isRefused = false;
let isPulling = false;
let isDue = false;
let wrote = false;
let wasBusy = "";

/** In which somebody writes: it must not be replaced under their hands. */
function busyCard() {
  const field = document.activeElement?.closest("input, textarea, select");
  return field?.closest(".card")?.dataset.id ?? "";
}

function address() {
  const busy = busyCard();
  if (busy) wasBusy ||= since;
  const from = busy ? since : wasBusy || since;
  const asked = new URLSearchParams({ since: from, busy, own: wrote ? "no" : "", renew: isOpen && !isRefused ? "" : "yes" });
  if (!busy) wasBusy = "";
  wrote = isRefused = false;
  return `${live.dataset.changes}?${asked}`;
}

async function pull() {
  isDue = isPulling;
  if (isPulling) return;
  isPulling = true;
  await htmx.ajax("GET", address(), { source: live, target: live, swap: "none" }).finally(() => {
    isPulling = false;
  });
  if (isDue) pull();
}

function lose() {
  isOpen = false;
  others.textContent = "";
}

on("live-pulled", ({ detail }) => {
  since = detail.number;
});
onLive("live-changed", pull);
onLive("live-people", ({ detail }) => {
  others.textContent = JSON.parse(detail.data).join(", ");
});
onLive("htmx:sse:after:connection", () => {
  isOpen = true;
});
onLive("htmx:sse:error", ({ detail: { status } }) => {
  lose();
  isRefused = status === 403;
  if (isRefused) pull();
});
onLive("htmx:sse:close", lose);
// A stream that cannot be reached is no work lost: nobody need complain.
for (const name of ["htmx:error", "htmx:after:request"]) onLive(name, (event) => event.stopPropagation());
// The answer to a write of our own brings its pieces itself, perhaps after the stream.
on("htmx:before:request", ({ detail: { ctx } }) => {
  wrote ||= ctx.request.method !== "GET";
});
on("focusout", () => wasBusy && setTimeout(() => busyCard() || pull()));
setInterval(() => isOpen || document.hidden || pull(), POLL);
// htmx may have looked through the page before its extension was there.
setTimeout(() => {
  live.removeAttribute("hx-ignore");
  htmx.process(live);
});
