// One key per decision on the page that shows what new copy changed: j, k walk; a, r, u decide; c opens the correction.
import { onKeys } from "./keys.js";
import { say } from "./status.js";

const cases = () => [...document.querySelectorAll("[data-case]")];
const current = () => document.activeElement.closest("[data-case]");

function go(to) {
  if (!to) return;
  to.focus();
  to.scrollIntoView({ block: "nearest" });
  const all = cases();
  say(`${all.indexOf(to) + 1} of ${all.length}. ${to.querySelector("blockquote").textContent}`);
}

function step(direction) {
  const all = cases();
  const at = all.indexOf(current());
  go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + direction))]);
}

const decide = (value) => current()?.querySelector(`button[value=${value}]`)?.click();

function correct() {
  const fold = current()?.querySelector("[data-correct]");
  if (!fold) return;
  fold.open = true;
  fold.querySelector("textarea").focus();
}

onKeys({
  j: () => step(1),
  k: () => step(-1),
  a: () => decide("accept"),
  r: () => decide("reject"),
  u: () => decide("undo"),
  c: correct,
});
if (location.hash.startsWith("#case-")) go(document.querySelector(location.hash));
