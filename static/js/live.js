// What others do: a stream tells of it, the page asks for the pieces; else now and then.
import { byId, on } from "./dom.js";

const POLL = 15_000;
const live = byId("live");
const others = byId("others");
const onLive = (event, action) => on(event, action, live);

let { since } = live.dataset;
let isOpen = false;
let isPulling = false;
let isDue = false;
let wrote = false;
let wasBusy = "";

/** Somebody writes in it: it must stay. */
function busyCard() {
	const field = document.activeElement?.closest("input, textarea, select");
	return field?.closest(".card")?.dataset.id ?? "";
}

function address() {
	const busy = busyCard();
	const from = (!busy && wasBusy) || since;
	wasBusy = busy && (wasBusy || since);
	const asked = new URLSearchParams({ since: from, busy, own: wrote ? "no" : "", renew: isOpen ? "" : "yes" });
	wrote = false;
	return `${live.dataset.changes}?${asked}`;
}

async function pull() {
	isDue = isPulling;
	if (isPulling) return;
	isPulling = true;
	await htmx.ajax("GET", address(), { source: live, swap: "none" });
	isPulling = false;
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
	if (status === 403) pull();
});
onLive("htmx:sse:close", lose);
// No work is lost.
for (const name of ["htmx:error", "htmx:after:request"]) onLive(name, (event) => event.stopPropagation());
// The answer to our own write brings its pieces, perhaps after the stream.
on("htmx:before:request", ({ detail: { ctx } }) => {
	wrote ||= ctx.request.method !== "GET";
});
on("focusout", () => wasBusy && setTimeout(() => busyCard() || pull()));
setInterval(() => isOpen || document.hidden || pull(), POLL);
// htmx may have come before its extension.
setTimeout(() => {
	live.removeAttribute("hx-ignore");
	htmx.process(live);
});
