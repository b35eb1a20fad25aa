// A caret in the text, to select with the keyboard.
import { text } from "./dom.js";
import { paint, show } from "./highlights.js";
import { focusAt, quoteOf, rangesFor, stepped } from "./offsets.js";
import { say, speak } from "./status.js";

// Direction, unit, unit with Ctrl.
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
  const at = focusAt();
  if (at === null) return paint("caret");
  const next = Math.max(at + 1, stepped(at, "grapheme", 1));
  // Behind the last character of a block the caret lies on that character.
  const part = rangesFor(at, next).length ? [at, next] : [at - 1, at];
  paint("caret", [part]);
  return show(...part);
}

/** Where the selection ends, else at the first line in view. */
export function enter() {
  isOn = true;
  const isInView = (block) => block.getBoundingClientRect().bottom > 100;
  if (focusAt() === null) getSelection().collapse([...text.querySelectorAll(".block")].find(isInView) ?? text, 0);
  draw();
  say("keys_on");
}

export function leave() {
  if (isOn) say("keys_left");
  isOn = false;
  paint("caret");
}

function moveBy(change, direction, unit) {
  const selection = getSelection();
  if (unit !== "sentence" && unit !== "text") return selection.modify(change, direction, unit);
  const at = focusAt();
  const isForward = direction === "forward";
  // Browsers disagree on sentences.
  const to = unit === "sentence" ? stepped(at, unit, isForward ? 1 : -1) : at;
  const [range] = to === at ? [] : rangesFor(to, to + 1);
  const place = range ? [range.startContainer, range.startOffset] : [text, isForward ? text.childNodes.length : 0];
  return selection[change === "move" ? "collapse" : change](...place);
}

/** True when the key was used. */
export function step(event) {
  const [direction, near, far] = STEPS[event.key] ?? [];
  if (!isOn || event.altKey || !direction) return false;
  const before = focusAt();
  moveBy(event.shiftKey ? "extend" : "move", direction, event.ctrlKey || event.metaKey ? far : near);
  draw();
  const after = focusAt();
  speak(quoteOf(Math.min(before, after), Math.max(before, after)).slice(0, 200));
  return true;
}
