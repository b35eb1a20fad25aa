// Walks through the sentences nobody has seen yet: on the coverage page from box to box, on the article's page through
// the text itself, where they are painted over it. The panel's data-unseen says which they are.
import { paint } from "./highlights.js";
import { quoteOf, rangesFor } from "./offsets.js";
import { say } from "./status.js";

const text = () => document.getElementById("text");
const panel = () => document.getElementById("review-panel");
const boxes = () => [...document.querySelectorAll("#ledger .unseen input[name=range]")];
const inField = (target) => Boolean(target.closest?.("textarea, select, input:not([type=checkbox]), .composer"));
const keysAreOn = () => localStorage.getItem("factcheck-keys") !== "off";

let isShown = false;
let current = null;
let last = -1;

function unseen() {
  const pairs = panel()?.dataset.unseen;
  return pairs ? pairs.split(" ").map((pair) => pair.split("-").map(Number)) : [];
}

function stepBoxes(direction) {
  const all = boxes();
  if (!all.length) return say("Every sentence is seen.");
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (direction > 0 ? 0 : all.length - 1) : (at + direction + all.length) % all.length;
  all[next].focus();
  all[next].closest("li").scrollIntoView({ block: "center" });
  return say(`Unseen sentence ${next + 1} of ${all.length}.`);
}

function offerMark() {
  const form = panel()?.querySelector("[data-mark]");
  if (!form) return;
  form.hidden = !current;
  form.elements.range.value = current ? current.join("-") : "";
}

function draw() {
  const parts = unseen();
  if (current && !parts.some((part) => part[0] === current[0])) current = null;
  paint(text(), "unseen", isShown ? parts : []);
  paint(text(), "unseen-current", current ? [current] : []);
}

function stepText(direction) {
  const parts = unseen();
  if (!parts.length) return say("Every sentence is seen.");
  const next = direction > 0 ? parts.find((part) => part[0] > last) : parts.findLast((part) => part[0] < last);
  current = next ?? parts.at(direction > 0 ? 0 : -1);
  last = current[0];
  draw();
  offerMark();
  const box = rangesFor(text(), ...current)[0]?.getBoundingClientRect();
  if (box) scrollBy({ top: box.top - innerHeight * 0.35 });
  const number = parts.findIndex((part) => part[0] === current[0]) + 1;
  return say(`Unseen sentence ${number} of ${parts.length}. ${quoteOf(text(), ...current)}`);
}

const step = (direction) => (text() ? stepText(direction) : stepBoxes(direction));

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || inField(event.target) || !keysAreOn()) return;
  if (event.key !== "n" && event.key !== "N") return;
  event.preventDefault();
  step(event.key === "n" ? 1 : -1);
}

/** What only works with this script is hidden until it runs, also in a panel that was just put in. */
function refresh() {
  if (!text() || !panel()) return;
  const walk = panel().querySelector("[data-walk]");
  if (walk) {
    walk.hidden = false;
    walk.querySelector("#show-unseen").checked = isShown;
  }
  draw();
  offerMark();
}

document.addEventListener("keydown", onKey);
document.addEventListener("htmx:after:swap", refresh);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-unseen-step]")) step(1);
});
document.addEventListener("change", (event) => {
  if (event.target.id !== "show-unseen") return;
  isShown = event.target.checked;
  draw();
});
refresh();
