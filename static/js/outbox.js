// Writes stay here until the server answers, and are sent again with their ids.
import { byId, on, person } from "./dom.js";
import * as drafts from "./drafts.js";
import { complain, say, showState } from "./status.js";

const PREFIX = `factcheck-write ${person} `;
const login = byId("login");
let isSending;

function store(item) {
	localStorage.setItem(item.key, JSON.stringify(item));
	return item;
}

const writes = ({ request, sourceElement }) => request.method !== "GET" && !sourceElement.closest("#login, [data-asks]");

function waiting() {
	const keys = Object.keys(localStorage).toSorted().filter((key) => key.startsWith(PREFIX));
	const items = keys.map((key) => JSON.parse(localStorage.getItem(key)));
	// Longer than htmx waits: another tab may be sending it.
	return items.filter((item) => item.isWaiting || item.at < Date.now() - 70_000);
}

function fail(key) {
	showState("failed");
	if (key) complain(key);
}

function tell() {
	const count = waiting().length;
	showState(count ? "waiting" : "saved", { count, time: new Date().toLocaleTimeString([], { timeStyle: "short" }) });
}

/** Not a form with a file: that stays open. */
function keep({ request }) {
	if ([...request.body.values()].some((value) => value.size)) return null;
	const at = Date.now();
	const key = `${PREFIX}${at} ${Math.random()}`;
	return store({ key, at, url: request.action, page: location.pathname, body: `${drafts.bodyOf(request.body)}` });
}

function onDown({ kept, isAgain, sourceElement }) {
	if (!kept) return fail("unreachable");
	store({ ...kept, isWaiting: true });
	tell();
	if (isAgain) return;
	drafts.forget(kept.url);
	say("kept");
	htmx.trigger(sourceElement, "write-kept", kept);
}

function onAnswer({ kept, isAgain, response: { status } }) {
	if (kept) localStorage.removeItem(kept.key);
	if (status < 400) {
		if (kept && !isAgain) drafts.forget(kept.url);
		return tell();
	}
	if (!isAgain) return fail(status >= 500 && "server_failed");
	drafts.keep(kept.url, kept.body);
	fail("refused");
	htmx.trigger(document, "write-refused");
}

async function sendAll() {
	if (isSending || login.open || !navigator.onLine) return;
	isSending = true;
	for (const item of waiting()) {
		const kept = store({ ...item, isWaiting: false, at: Date.now() });
		await htmx.ajax("POST", kept.url, { swap: "none", kept, isAgain: true });
		if (localStorage.getItem(kept.key)) break;
	}
	isSending = false;
}

on("htmx:config:request", ({ detail: { ctx } }) => {
	const { request, kept } = ctx;
	if (kept) request.body = new URLSearchParams(kept.body);
	// A login in another tab renews the token.
	const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1];
	if (token && request.body.has("csrfmiddlewaretoken")) request.body.set("csrfmiddlewaretoken", token);
});
on("htmx:before:request", ({ detail: { ctx } }) => {
	if (!writes(ctx)) return;
	ctx.kept ??= keep(ctx);
	showState("saving");
});
on("htmx:after:request", (event) => {
	const { ctx } = event.detail;
	const { status } = ctx.response;
	const { id } = ctx.sourceElement.elements ?? {};
	// Its form has gone on to something else.
	ctx.isAgain ||= id && id.value !== ctx.request.body.get("id");
	if (status === 401) login.showModal();
	if (status === 401 || (ctx.kept && ctx.kept.page !== location.pathname)) event.preventDefault();
	if (writes(ctx)) ([401, 502, 503, 504].includes(status) ? onDown : onAnswer)(ctx);
});
on("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
	if (!ctx.isAgain) return;
	// It must not touch a form that is in use.
	tasks.splice(0, tasks.length, ...tasks.filter(({ target }) => !target?.matches("#composer-fields, #editor")));
});
on("htmx:error", ({ detail: { ctx } }) => {
	if (!ctx || ctx.text !== undefined) return;
	if (writes(ctx)) onDown(ctx);
	else complain("unreachable");
});
on("logged-in", () => {
	login.close();
	sendAll();
});
addEventListener("online", sendAll);
setInterval(sendAll, 4_000);
sendAll();
