// Keeps what is typed until it is sent, and what is sent until it is answered.
import { byId, find, findAll, memory, offer, on, person, say, showState, unfold } from "./page.js";

const prefixOf = (url) => `factcheck-draft ${person} ${url} `;
export const keyOf = (url, data) => prefixOf(url) + (data.get("id") ?? performance.timeOrigin);
export const urlOf = (form) => form.getAttribute("action");
export const keyFor = (form) => keyOf(urlOf(form), bodyOf(form));
const keysFrom = (prefix) => Object.keys(memory).toSorted().filter((key) => key.startsWith(prefix));
const isSent = (key) => Object.values(memory).some((value) => value.includes(`"${key}"`));
export const keysFor = (form) => keysFrom(prefixOf(urlOf(form))).filter((key) => !isSent(key));

const typed = (form) => [...form.elements].map(({ type, checked, value }) => type !== "hidden" && checked + value).join();
export const isDirty = (form) => typed(form) !== form.untouched;
export const bodyOf = (form) => new URLSearchParams(new FormData(form));

export function keep(key, body) {
	memory[key] = body;
	// Others do not offer it while this page is there.
	navigator.locks?.request(key, { ifAvailable: true }, () => new Promise(() => {}));
}

export function fill(form, body, wants = /./) {
	const data = new URLSearchParams(body);
	for (const field of form.elements) {
		const { name, type, value } = field;
		if (type === "file" || !wants.test(name)) continue;
		if (type === "checkbox") field.checked = data.has(name, value);
		else field.value = data.get(name) ?? "";
		if (data.get(name)) unfold(field);
	}
}

export function remember(form) {
	if (isDirty(form)) keep(keyFor(form), bodyOf(form));
	else delete memory[keyFor(form)];
}

// What is kept under `key` moves to this page.
export function begin(form, key) {
	const draft = memory[key];
	form.untouched = typed(form);
	if (draft) fill(form, draft);
	delete memory[key];
	remember(form);
	return draft;
}

on("input", ({ target: { form } }) => form?.closest(".composer") && remember(form));
on("beforeunload", (event) => {
	if (findAll(".composer:popover-open form").some(isDirty)) event.preventDefault();
}, window);

const PREFIX = `factcheck-write ${person} `;
const login = byId("login");

// `at`: when it was sent.
function store(item, at = Date.now()) {
	memory[item.key] = JSON.stringify({ ...item, at });
	return item;
}

const writes = ({ request, sourceElement }) => request.method !== "GET" && !sourceElement.closest("#login, [data-asks]");

function waiting() {
	const items = keysFrom(PREFIX).map((key) => JSON.parse(memory[key]));
	// Longer than htmx waits: another tab may be sending it.
	return items.filter(({ at }) => at < Date.now() - 70_000);
}

function fail(key) {
	showState("failed");
	if (key) offer(key);
}

function tell() {
	const count = waiting().length;
	showState(count ? "waiting" : find(".missed") ? "behind" : "saved", { count, time: new Date().toLocaleTimeString([], { timeStyle: "short" }) });
}

// Not a form with a file: that stays open.
function storeNew({ request }) {
	if ([...request.body.values()].some((value) => value.size)) return null;
	const key = `${PREFIX}${Date.now()} ${Math.random()}`;
	const { action: url, body } = request;
	return store({ key, url, page: location.pathname, body: `${new URLSearchParams(body)}`, draft: keyOf(url, body) });
}

function onDown(ctx) {
	const { kept, isAgain, sourceElement, sourceEvent } = ctx;
	// Nobody but the page asked: it asks again.
	if (/-|every|intersect/.test(sourceEvent.type)) {
		sourceElement.classList.add("missed");
		return tell();
	}
	if (!writes(ctx)) return ctx.response?.status === 401 || offer("unreachable");
	if (!kept) return fail("unreachable");
	store(kept, 0);
	tell();
	if (isAgain) return;
	delete memory[kept.draft];
	say("kept");
	htmx.trigger(sourceElement, "write-kept", kept);
}

function onAnswer({ kept, isAgain, response: { status } }) {
	delete memory[kept?.key];
	if (status < 400) {
		delete memory[kept?.draft];
		return tell();
	}
	if (!isAgain) return fail(status >= 500 && "server_failed");
	keep(kept.draft, kept.body);
	fail("refused");
	htmx.trigger(document, "write-refused", kept);
}

const sendAll = () => navigator.locks?.request(PREFIX, { ifAvailable: true }, async (lock) => {
	if (!lock || login.open || !navigator.onLine) return;
	for (const item of waiting()) {
		const kept = store(item);
		await htmx.ajax("POST", kept.url, { swap: "none", kept, isAgain: true });
		if (memory[kept.key]) break;
	}
	for (const piece of findAll(".missed")) htmx.trigger(piece, "ask-again");
});

on("htmx:config:request", (_, { ctx: { request, kept } }) => {
	if (kept) request.body = new URLSearchParams(kept.body);
	// A login in another tab renews the token.
	const token = document.cookie.match(/csrftoken=([^;]+)/)?.[1];
	if (token && request.body.has("csrfmiddlewaretoken")) request.body.set("csrfmiddlewaretoken", token);
});
on("htmx:before:request", (_, { ctx }) => {
	if (!writes(ctx)) return;
	ctx.kept ??= storeNew(ctx);
	showState("saving");
});
on("htmx:after:request", (event, { ctx }) => {
	const { status } = ctx.response;
	const { id } = ctx.sourceElement.elements ?? {};
	// Its form has gone on to something else.
	ctx.isAgain ||= id && id.value !== ctx.request.body.get("id");
	if (status === 401) login.showModal();
	if (status === 401 || (ctx.kept && ctx.kept.page !== location.pathname)) event.preventDefault();
	if ([401, 502, 503, 504].includes(status)) onDown(ctx);
	else if (writes(ctx)) onAnswer(ctx);
});
on("htmx:before:swap", (_, { ctx, tasks }) => {
	if (!ctx.isAgain) return;
	// It must not touch a form that is in use.
	tasks.splice(0, tasks.length, ...tasks.filter(({ target }) => !target?.matches("#composer-fields, #editor")));
});
on("htmx:error", (_, { ctx }) => ctx && ctx.text === undefined && onDown(ctx));
on("htmx:after:swap", () => find("[data-is=behind]") && tell());
on("logged-in", () => {
	login.close();
	sendAll();
});
on("online", sendAll, window);
setInterval(sendAll, 4_000);
sendAll();
