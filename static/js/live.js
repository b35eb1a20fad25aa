// What others do: a stream tells, the page asks for pieces; else now and then.
import { byId, on } from "./dom.js";

const POLL = 15_000;
const live = byId("live");
const others = byId("others");
const onLive = (event, action) => on(event, action, live);

let { since } = live.dataset;
let isOpen;
const underWay = new Set();
let isDue;
let wrote;
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

function pull() {
	isDue = underWay.size > 0;
	if (!isDue) htmx.ajax("GET", address(), { source: live, swap: "none" });
}

function lose() {
	isOpen = false;
	others.textContent = "";
}

on("live-pulled", ({ detail }) => (since = detail.number));
onLive("live-changed", pull);
onLive("live-people", ({ detail }) => (others.textContent = JSON.parse(detail.data).join(", ")));
onLive("htmx:sse:after:connection", () => (isOpen = true));
onLive("htmx:sse:error", ({ detail: { status } }) => {
	lose();
	if (status === 403) pull();
});
onLive("htmx:sse:close", lose);
// No work is lost.
for (const name of ["htmx:error", "htmx:after:request"]) onLive(name, (event) => event.stopPropagation());
// Answers to own writes bring their pieces: pulls wait until these are painted.
on("htmx:before:request", ({ detail: { ctx } }) => {
	const isWrite = ctx.request.method !== "GET";
	wrote ||= isWrite;
	if (isWrite || ctx.sourceElement === live) underWay.add(ctx);
});
on("htmx:finally:request", ({ detail: { ctx } }) => {
	underWay.delete(ctx);
	if (isDue && !underWay.size) setTimeout(pull, 100);
});
on("focusout", () => wasBusy && setTimeout(() => busyCard() || pull()));
setInterval(() => isOpen || document.hidden || pull(), POLL);
// htmx may have come before its extension.
setTimeout(() => {
	live.removeAttribute("hx-ignore");
	htmx.process(live);
});
