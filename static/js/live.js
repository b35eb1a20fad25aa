// What others do appears without a reload: the stream says that something happened, the page asks for the changed pieces.
// Where no stream opens, it asks every quarter of a minute.
import { byId, on } from "./dom.js";

const POLL = 15_000;
const live = byId("live");
const others = byId("others");
const onLive = (event, action) => live.addEventListener(event, action);

let { since } = live.dataset;
let isOpen = false;
let isPulling = false;
let isDue = false;
let wrote = false;
let wasBusy = "";

/** The card in which somebody is writing: it must not be replaced under their hands. */
function busyCard() {
  const field = document.activeElement?.closest(".card :is(input, textarea, select)");
  return field?.closest(".card").dataset.id ?? "";
}

function address(renew) {
  const busy = busyCard();
  if (busy) wasBusy ||= since;
  const from = busy ? since : wasBusy || since;
  const asked = new URLSearchParams({ since: from, busy, own: wrote ? "no" : "", renew });
  if (!busy) wasBusy = "";
  wrote = false;
  return `${live.dataset.changes}?${asked}`;
}

async function pull(renew = "") {
  isDue = isPulling;
  if (isPulling) return;
  isPulling = true;
  try {
    await htmx.ajax("GET", address(renew), { source: live, target: live, swap: "none" });
  } finally {
    isPulling = false;
  }
  if (isDue) pull();
}

function meet(names) {
  others.textContent = names.join(", ");
}

function lose() {
  isOpen = false;
  meet([]);
}

on("live-pulled", ({ detail }) => {
  since = detail.number;
});
onLive("live-changed", () => pull());
onLive("live-people", ({ detail }) => meet(JSON.parse(detail.data)));
onLive("htmx:sse:after:connection", () => {
  isOpen = true;
});
onLive("htmx:sse:error", ({ detail: { status } }) => {
  lose();
  if (status === 403) pull("yes");
});
onLive("htmx:sse:close", lose);
// A stream that cannot be reached is no work lost: nobody need complain.
for (const event of ["htmx:error", "htmx:after:request"]) onLive(event, (each) => each.stopPropagation());
// The stream may be faster than the answer to a write of our own, which brings its pieces itself.
on("htmx:before:request", ({ detail: { ctx } }) => {
  wrote ||= ctx.request.method !== "GET";
});
on("focusout", () => wasBusy && setTimeout(() => busyCard() || pull()));
setInterval(() => isOpen || document.hidden || pull("yes"), POLL);
// htmx looks through the page in a timer of its own, which may come before its extension or after it.
setTimeout(() => {
  live.removeAttribute("hx-ignore");
  htmx.process(live);
});
