// Ctrl+K: everything that can be done on this page now, by name. The page's own links and buttons do it.
import { byId, on } from "./dom.js";

const ACTIONS = ":is(.bar, main) :is(a[href], button:enabled, summary, input[type=checkbox])";
const ELSEWHERE = ":not(.card:not([aria-current]) *, .ruler *, dialog *)";
const palette = byId("palette");
const search = palette?.querySelector("input");
const list = palette?.querySelector("select");
let found = [];

const nameOf = (element) =>
  (element.ariaLabel ?? element.labels?.[0]?.innerText ?? element.innerText).trim().replace(/\s+/g, " ");

function show() {
  const words = search.value.toLowerCase();
  const options = found.map((element, index) => new Option(nameOf(element), index));
  list.replaceChildren(...options.filter((option) => option.text.toLowerCase().includes(words)));
  list.selectedIndex = 0;
}

function open(event) {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  found = [...document.querySelectorAll(ACTIONS + ELSEWHERE)].filter((each) => each.checkVisibility() && nameOf(each));
  search.value = "";
  show();
  if (!palette.open) palette.showModal();
}

function run() {
  const element = found[list.value];
  palette.close();
  element?.focus();
  element?.click();
}

function onKey(event) {
  if (event.key === "Enter") run();
  else if (event.key === "ArrowDown" && event.target === search) list.focus();
  else return;
  event.preventDefault();
}

/** Starts to listen for the key. */
export function watch() {
  on("keydown", open);
  search.addEventListener("input", show);
  list.addEventListener("click", run);
  palette.addEventListener("keydown", onKey);
}
