// Walks through the sentences nobody has seen yet: on the coverage page from box to box, on the article's page through
// the text itself, where they are painted over it. The panel's data-unseen says which they are.
import { around, byId, on, text } from "./dom.js";
import { paint, show } from "./highlights.js";
import { onKeys } from "./keys.js";
import { quoteOf } from "./offsets.js";
import { say } from "./status.js";

const panel = () => byId("review-panel");
const boxes = () => [...document.querySelectorAll("#ledger .unseen input[name=range]")];

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
  const next = around(all.indexOf(document.activeElement), direction, all.length);
  all[next].focus();
  all[next].closest("li").scrollIntoView({ block: "center" });
  return say(`Unseen sentence ${next + 1} of ${all.length}.`);
}

function draw() {
  const parts = unseen();
  if (current && !parts.some((part) => part[0] === current[0])) current = null;
  paint("unseen", isShown ? parts : []);
  paint("unseen-current", current ? [current] : []);
  const form = panel()?.querySelector("[data-mark]");
  if (!form) return;
  form.hidden = !current;
  form.elements.range.value = current ? current.join("-") : "";
}

function stepText(direction) {
  const parts = unseen();
  if (!parts.length) return say("Every sentence is seen.");
  const next = direction > 0 ? parts.find((part) => part[0] > last) : parts.findLast((part) => part[0] < last);
  current = next ?? parts.at(direction > 0 ? 0 : -1);
  last = current[0];
  draw();
  show(...current);
  return say(`Unseen sentence ${parts.indexOf(current) + 1} of ${parts.length}. ${quoteOf(...current)}`);
}

const step = text ? stepText : stepBoxes;

/** What only works with this script is hidden until it runs, also in a panel that was just put in. */
function refresh() {
  if (!text || !panel()) return;
  const walk = panel().querySelector("[data-walk]");
  if (walk) {
    walk.hidden = false;
    walk.querySelector("#show-unseen").checked = isShown;
  }
  draw();
}

onKeys({ n: () => step(1), N: () => step(-1) });
on("htmx:after:swap", refresh);
on("click", ({ target }) => target.closest?.("[data-unseen-step]") && step(1));
on("change", ({ target }) => {
  if (target.id !== "show-unseen") return;
  isShown = target.checked;
  draw();
});
refresh();
