// Selecting text with the keyboard: Enter in the text shows a caret, arrows move it, Shift selects, Escape leaves.
import { paintRange } from "./highlights.js";
import { say } from "./status.js";

const STEPS = {
  ArrowLeft: ["left", "character"],
  ArrowRight: ["right", "character"],
  ArrowUp: ["backward", "line"],
  ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"],
  End: ["forward", "lineboundary"],
};
const characters = new Intl.Segmenter("und", { granularity: "grapheme" });
const text = () => document.getElementById("text");

let on = false;

export const isOn = () => on;

function firstVisibleBlock() {
  const blocks = [...text().querySelectorAll(".block")];
  return blocks.find((block) => block.getBoundingClientRect().bottom > 100) ?? blocks[0];
}

function firstTextNode(element) {
  return document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
}

/** The character right of the caret, or the last one of the text node it stands behind. */
function caretRange(node, offset) {
  const range = document.createRange();
  const [next] = characters.segment(node.data.slice(offset, offset + 32));
  if (next) {
    range.setStart(node, offset);
    range.setEnd(node, offset + next.segment.length);
  } else {
    range.setStart(node, Math.max(0, node.length - 1));
    range.setEnd(node, node.length);
  }
  return range;
}

function draw() {
  const { focusNode, focusOffset } = getSelection();
  if (!on || !(focusNode instanceof Text) || !text().contains(focusNode)) {
    paintRange("caret", null);
    return;
  }
  const range = caretRange(focusNode, focusOffset);
  paintRange("caret", range);
  const box = range.getBoundingClientRect();
  if (box.top < 80 || box.bottom > innerHeight - 80) scrollBy({ top: box.top - innerHeight / 2 });
}

/** Shows the caret where the selection ends, else at the first line in view. */
export function enter() {
  on = true;
  const selection = getSelection();
  if (!selection.focusNode || !text().contains(selection.focusNode)) {
    selection.collapse(firstTextNode(firstVisibleBlock()), 0);
  }
  draw();
  say("Selecting with the keyboard. Arrows move, Shift selects, A annotates, Escape leaves.");
}

/** Hides the caret. */
export function leave() {
  on = false;
  draw();
  say("Left keyboard selection.");
}

/** Moves or extends for an arrow, Home or End; Ctrl goes by words. True when the key was used. */
export function step(event) {
  if (!on || !(event.key in STEPS)) return false;
  const [direction, unit] = STEPS[event.key];
  const wide = event.ctrlKey || event.metaKey;
  const far = { character: "word", line: "line", lineboundary: "documentboundary" }[unit];
  getSelection().modify(event.shiftKey ? "extend" : "move", direction, wide ? far : unit);
  draw();
  return true;
}
