// Selecting text with the keyboard: a caret that arrows move, and Shift selects.
import { text } from "./dom.js";
import { paint, show } from "./highlights.js";
import { focusAt, quoteOf, rangesFor, stepped } from "./offsets.js";
import { say } from "./status.js";

// What a key moves by: direction, unit, unit with Ctrl.
const STEPS = {
  ArrowLeft: ["left", "character", "word"],
  ArrowRight: ["right", "character", "word"],
  ArrowUp: ["backward", "line", "sentence"],
  ArrowDown: ["forward", "line", "sentence"],
  Home: ["backward", "lineboundary", "text"],
  End: ["forward", "lineboundary", "text"],
};

let isOn = false;

function draw() {
  const at = isOn ? focusAt() : null;
  if (at === null) return paint("caret");
  const next = Math.max(at + 1, stepped(at, { unit: "grapheme", direction: 1, edge: "start" }));
  // Behind the last character of a block the caret lies on that character.
  const part = rangesFor(at, next).length ? [at, next] : [at - 1, at];
  paint("caret", [part]);
  return show(...part);
}

/** Shows the caret where the selection ends, else at the first line in view. */
export function enter() {
  isOn = true;
  const blocks = [...text.querySelectorAll(".block")];
  const first = blocks.find((block) => block.getBoundingClientRect().bottom > 100) ?? blocks[0];
  if (focusAt() === null) getSelection().collapse(first, 0);
  draw();
  say("Selecting with the keyboard. Arrows move, Shift selects, Enter annotates, Escape leaves.");
}

/** Hides the caret. */
export function leave() {
  if (!isOn) return;
  isOn = false;
  draw();
  say("Left keyboard selection.");
}

const moveTo = (change, node, offset) => getSelection()[change === "move" ? "collapse" : "extend"](node, offset);
const moveToEdge = (change, direction) => moveTo(change, text, direction === "forward" ? text.childNodes.length : 0);

/** To the next beginning of a sentence, at last to the end of the text. Browsers disagree on sentences. */
function moveBySentence(change, direction) {
  const at = focusAt();
  const to = stepped(at, { unit: "sentence", direction: direction === "forward" ? 1 : -1, edge: "start" });
  const [range] = rangesFor(to, to + 1);
  if (to === at || !range) moveToEdge(change, direction);
  else moveTo(change, range.startContainer, range.startOffset);
}

/** Moves or extends for an arrow, Home or End, and says what it passed over. True when the key was used. */
export function step(event) {
  if (!isOn || event.altKey || !Object.hasOwn(STEPS, event.key)) return false;
  const [direction, near, far] = STEPS[event.key];
  const unit = event.ctrlKey || event.metaKey ? far : near;
  const change = event.shiftKey ? "extend" : "move";
  const before = focusAt();
  if (unit === "sentence") moveBySentence(change, direction);
  else if (unit === "text") moveToEdge(change, direction);
  else getSelection().modify(change, direction, unit);
  draw();
  const after = focusAt();
  say(quoteOf(Math.min(before, after), Math.max(before, after)).slice(0, 200));
  return true;
}
