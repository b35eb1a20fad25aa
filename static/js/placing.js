// One key per decision on the page that shows what new copy changed: j, k walk; a, r, u decide; c opens the correction.
import { say } from "./status.js";

const cases = () => [...document.querySelectorAll("[data-case]")];
const current = () => document.activeElement.closest?.("[data-case]");
const KEYS = { a: "accept", r: "reject", u: "undo" };

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

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, input")) return;
  if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
  const here = current();
  if (event.key === "c") {
    const fold = here?.querySelector("[data-correct]");
    if (!fold) return;
    event.preventDefault();
    fold.open = true;
    fold.querySelector("textarea").focus();
  }
  here?.querySelector(`button[value=${KEYS[event.key] ?? "none"}]`)?.click();
}

document.addEventListener("keydown", onKey);
if (location.hash.startsWith("#case-")) go(document.querySelector(location.hash));
