// What others do appears without a reload: the stream says that something happened, the page asks for the changed pieces.
// Where no stream opens, it asks every quarter of a minute.

const POLL = 15_000;
const live = document.getElementById("live");
const source = document.getElementById("live-pull");
const others = document.getElementById("others");

let since = live.dataset.since;
let isOpen = false;
let isPulling = false;
let isDue = false;
let needsStream = false;
let wrote = false;
let wasBusy = "";

/** The card in which somebody is writing: it must not be replaced under their hands. */
function busyCard() {
  const field = document.activeElement?.closest("input, textarea, select");
  return field?.closest(".card")?.dataset.id ?? "";
}

function address() {
  const url = new URL(live.dataset.changes, location.href);
  const busy = busyCard();
  if (busy && !wasBusy) wasBusy = since;
  url.searchParams.set("since", !busy && wasBusy ? wasBusy : since);
  if (busy) url.searchParams.set("busy", busy);
  else wasBusy = "";
  if (wrote) url.searchParams.set("own", "no");
  if (needsStream) url.searchParams.set("renew", "yes");
  needsStream = false;
  wrote = false;
  return url.pathname + url.search;
}

async function pull() {
  if (isPulling) {
    isDue = true;
    return;
  }
  isPulling = true;
  isDue = false;
  try {
    await htmx.ajax("GET", address(), { source, target: source, swap: "none" });
  } finally {
    isPulling = false;
  }
  if (isDue) pull();
}

function meet(names) {
  others.textContent = names.join(", ");
  others.parentElement.hidden = !names.length;
}

function renew() {
  needsStream = true;
  pull();
}

function lose() {
  isOpen = false;
  meet([]);
}

function open(stream) {
  document.getElementById("live-stream")?.remove();
  const element = document.createElement("div");
  element.id = "live-stream";
  element.setAttribute("hx-sse:connect", stream);
  element.setAttribute("hx-swap", "none");
  live.append(element);
  htmx.process(element);
}

document.addEventListener("live-pulled", (event) => {
  since = event.detail.number;
});
document.addEventListener("live-renewed", (event) => open(event.detail.stream));
live.addEventListener("live-changed", () => pull());
live.addEventListener("live-people", (event) => meet(JSON.parse(event.detail.data)));
live.addEventListener("htmx:sse:after:connection", () => {
  isOpen = true;
});
live.addEventListener("htmx:sse:error", (event) => {
  lose();
  if (event.detail.status === 403) renew();
});
live.addEventListener("htmx:sse:close", lose);
// A stream that cannot be reached is no work lost: status.js need not complain.
live.addEventListener("htmx:error", (event) => event.stopPropagation());
live.addEventListener("htmx:after:request", (event) => event.stopPropagation());
// The stream may be faster than the answer to a write of our own, which brings its pieces itself.
document.addEventListener("htmx:before:request", (event) => {
  wrote ||= event.detail.ctx.request.method !== "GET";
});
document.addEventListener("focusout", () => wasBusy && setTimeout(() => busyCard() || pull(), 0));
setInterval(() => isOpen || document.hidden || renew(), POLL);
// htmx looks through the page in a timer of its own, which may come before its extension or after it.
setTimeout(() => open(live.dataset.stream));
