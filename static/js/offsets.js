// The only place that knows both units: UTF-16 (the DOM) and Unicode code points (the server, end exclusive).
//
// The server promises: a `.block` holds only text (in <mark>s or not), its text nodes joined are exactly
// text[data-o : data-o + length], blocks are in text order and never nest.
import { text } from "./dom.js";

const segmenters = ["grapheme", "word", "sentence"].map((unit) => [unit, new Intl.Segmenter("und", { granularity: unit })]);
const SEGMENTERS = Object.fromEntries(segmenters);

const pointsIn = (string) => [...string].length;
const blocks = () => [...text.querySelectorAll(".block")];
const startOf = (block) => Number(block.dataset.o);
const cut = ({ whole, from, to }) => whole.slice(from, to);

/** The UTF-16 index of a code point index, never beyond the end. */
function unitsAt(string, points) {
  let unit = 0;
  for (let left = points; left > 0 && unit < string.length; left -= 1) unit += string.codePointAt(unit) > 0xffff ? 2 : 1;
  return unit;
}

/** Moves a UTF-16 index outwards from the middle of what a reader sees as one character. */
function snap(string, unit, outwards) {
  const cluster = SEGMENTERS.grapheme.segment(string).containing(unit);
  if (!cluster || cluster.index === unit) return unit;
  return outwards < 0 ? cluster.index : cluster.index + cluster.segment.length;
}

/** The UTF-16 distance from the block's first character to a DOM position inside it. */
function unitsBefore(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The part of a touched block that a range covers, in UTF-16 units. */
function pieceOf(block, { startContainer, startOffset, endContainer, endOffset }) {
  const whole = block.textContent;
  const from = block.contains(startContainer) ? unitsBefore(block, startContainer, startOffset) : 0;
  const to = block.contains(endContainer) ? unitsBefore(block, endContainer, endOffset) : whole.length;
  return { block, whole, from, to };
}

/**
 * What a DOM range means: {start, end, exact, quote}, or null when it covers no visible character. White space at both
 * ends is left out, then both move outwards to whole characters. `exact` is null when the range leaves its block: what
 * stands between blocks is the server's to know. `quote` is for people.
 */
export function offsetsOf(range) {
  const touched = blocks().filter((block) => range.intersectsNode(block));
  const pieces = touched.map((block) => pieceOf(block, range)).filter((piece) => cut(piece).trim());
  if (!pieces.length) return null;
  const first = pieces[0];
  const last = pieces.at(-1);
  first.from += cut(first).length - cut(first).trimStart().length;
  last.to -= cut(last).length - cut(last).trimEnd().length;
  first.from = snap(first.whole, first.from, -1);
  last.to = snap(last.whole, last.to, 1);
  return {
    start: startOf(first.block) + pointsIn(first.whole.slice(0, first.from)),
    end: startOf(last.block) + pointsIn(last.whole.slice(0, last.to)),
    exact: first === last ? cut(first) : null,
    quote: pieces.map(cut).join(" "),
  };
}

/** What the current selection means, with its direction; null when nothing of the text is selected. */
export function selectionIn() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(selection.rangeCount - 1);
  const found = range.intersectsNode(text) ? offsetsOf(range) : null;
  const backward = selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset;
  return found && { ...found, backward };
}

/** The DOM position of a UTF-16 index in a block; between two text nodes `isEnd` chooses the first. */
function positionIn(block, unit, isEnd) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = unit;
  while (walker.nextNode()) {
    const { length } = walker.currentNode;
    if (left < length || (left === length && isEnd)) break;
    left -= length;
  }
  return [walker.currentNode, left];
}

/** The index of the last block that starts at or before `offset`. */
const indexAt = (all, offset) => Math.max(0, all.findLastIndex((block) => startOf(block) <= offset));

/** Live DOM ranges for code points [start, end): one for each touched block, so that gaps are never painted. */
export function rangesFor(start, end) {
  const ranges = [];
  const all = blocks();
  for (const block of all.slice(indexAt(all, start))) {
    const offset = startOf(block);
    if (offset >= end) break;
    const whole = block.textContent;
    const from = unitsAt(whole, start - offset);
    const to = unitsAt(whole, end - offset);
    if (from >= to) continue;
    const range = document.createRange();
    range.setStart(...positionIn(block, from, false));
    range.setEnd(...positionIn(block, to, true));
    ranges.push(range);
  }
  return ranges;
}

/** Selects code points [start, end) as a mouse would; `backward`: its moving end is the start. */
export function select(start, end, backward = false) {
  const ranges = rangesFor(start, end);
  if (!ranges.length) return;
  const first = [ranges[0].startContainer, ranges[0].startOffset];
  const last = [ranges.at(-1).endContainer, ranges.at(-1).endOffset];
  getSelection().setBaseAndExtent(...(backward ? [...last, ...first] : [...first, ...last]));
}

/** The code point offset where the selection's moving end stands; null outside of the text. */
export function focusAt() {
  const { focusNode, focusOffset } = getSelection();
  if (!text.contains(focusNode)) return null;
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(focusNode, focusOffset);
  const block = blocks().findLast((each) => range.intersectsNode(each));
  return block ? startOf(block) + pointsIn(cut({ ...pieceOf(block, range), from: 0 })) : 0;
}

/** Where in a block, in code points, a unit starts or ends. */
function stopsIn(block, unit, edge) {
  const stops = [];
  let at = startOf(block);
  for (const { segment, isWordLike } of SEGMENTERS[unit].segment(block.textContent)) {
    const next = at + pointsIn(segment);
    if (isWordLike !== false) stops.push(edge === "start" ? at : next);
    at = next;
  }
  return stops;
}

/**
 * One step from a code point offset to where a "grapheme", "word" or "sentence" starts or ends (`edge`), also in the
 * next block; at the end of the text the offset itself.
 */
export function stepped(offset, { unit, direction, edge }) {
  const all = blocks();
  for (let index = indexAt(all, offset); index >= 0 && index < all.length; index += direction) {
    const stops = stopsIn(all[index], unit, edge);
    const next = direction > 0 ? stops.find((stop) => stop > offset) : stops.findLast((stop) => stop < offset);
    if (next !== undefined) return next;
  }
  return offset;
}

/** The text of code points [start, end), for people: blocks are joined by a space. */
export const quoteOf = (start, end) => rangesFor(start, end).join(" ");
