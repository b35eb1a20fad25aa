// What others do: a stream tells, the page asks for pieces; else now and then.
import { byId, find, on } from "./page.js";

const live = byId("live");
const others = byId("others");

let { since } = live.dataset;
let renew = "yes";
const underWay = new Set();
let isDue;
let own = "";
let busy;

// Somebody writes in it: it must stay.
const busyCard = () => find(".card:has(:is(input, textarea, select):focus)")?.dataset.id ?? "";

function pull() {
	isDue = underWay.size > 0;
	if (isDue) return;
	busy = busyCard();
	const asked = new URLSearchParams({ since, busy, own, renew });
	own = "";
	htmx.ajax("GET", `${live.dataset.changes}?${asked}`, { source: live, swap: "none" });
}

function lose() {
	renew = "yes";
	others.textContent = "";
}

on("live-pulled", (_, { number }) => (since = busy ? since : number));
on("live-changed", pull);
on("live-people", (_, { data }) => (others.textContent = JSON.parse(data).join(", ")));
on("htmx:sse:after:connection", () => (renew = ""));
on("htmx:sse:error", (_, { status }) => {
	lose();
	if (status === 403) pull();
});
on("htmx:sse:close", lose);
// No work is lost.
for (const name of ["htmx:error", "htmx:after:request"]) on(name, (event) => event.stopPropagation(), live);
// Answers to own writes bring their pieces: pulls wait until these are painted.
on("htmx:before:request", (_, { ctx }) => {
	const isWrite = ctx.request.method !== "GET";
	if (isWrite) own = "no";
	if (isWrite || ctx.sourceElement === live) underWay.add(ctx);
});
on("htmx:finally:request", (_, { ctx }) => {
	underWay.delete(ctx);
	if (isDue && !underWay.size) setTimeout(pull, 100);
});
on("focusout", () => busy && setTimeout(() => busyCard() || pull()));
on("pageshow", ({ persisted }) => persisted && pull(), window);
setInterval(() => renew && !document.hidden && pull(), 15_000);
// htmx may have come before its extension.
setTimeout(() => {
	live.removeAttribute("hx-ignore");
	htmx.process(live);
});
