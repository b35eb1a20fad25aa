// The only place that knows both units: UTF-16 (the DOM) and Unicode code points (the server, end exclusive).
//
// The server promises: a `.block` holds only text (in <mark>s or not), its text nodes joined are exactly
// text[data-o : data-o + length], blocks are in text order and never nest.
import { text } from "./dom.js";

const segmenter = (granularity) => new Intl.Segmenter("und", { granularity });
const SEGMENTERS = { grapheme: segmenter("grapheme"), word: segmenter("word"), sentence: segmenter("sentence") };

const pointsIn = (string) => [...string].length;
const blocks = () => [...text.querySelectorAll(".block")];
const startOf = (block) => Number(block.dataset.o);
const cut = ({ whole, from, to }) => whole.slice(from, to);

/** Outwards to a border of what a reader sees as one character. */
function snap(string, unit, isEnd) {
  const cluster = SEGMENTERS.grapheme.segment(string).containing(unit);
  if (!cluster || cluster.index === unit) return unit;
  return cluster.index + (isEnd ? cluster.segment.length : 0);
}

function domRange(start, end) {
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

/** A DOM position as a UTF-16 index; `outside` when it is not in the block. */
function unitsBefore(block, node, offset, outside) {
  return block.contains(node) ? String(domRange([block, 0], [node, offset])).length : outside;
}

function pieceOf(block, range) {
  const whole = block.textContent;
  const from = unitsBefore(block, range.startContainer, range.startOffset, 0);
  const to = unitsBefore(block, range.endContainer, range.endOffset, whole.length);
  return { block, whole, from, to };
}

const pointAt = ({ block, whole }, unit) => startOf(block) + pointsIn(whole.slice(0, unit));

/** What a DOM range means, or null for white space. `exact` is null across blocks: the server knows what is between. */
export function offsetsOf(range) {
  const touched = blocks().filter((block) => range.intersectsNode(block));
  const pieces = touched.map((block) => pieceOf(block, range)).filter((piece) => cut(piece).trim());
  if (!pieces.length) return null;
  const first = pieces[0];
  const last = pieces.at(-1);
  first.from += cut(first).length - cut(first).trimStart().length;
  last.to -= cut(last).length - cut(last).trimEnd().length;
  first.from = snap(first.whole, first.from, false);
  last.to = snap(last.whole, last.to, true);
  const exact = first === last ? cut(first) : null;
  return { start: pointAt(first, first.from), end: pointAt(last, last.to), exact };
}

/** The same for the selection, with its direction. */
export function selectionIn() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const found = range.intersectsNode(text) ? offsetsOf(range) : null;
  const backward = selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset;
  return found && { ...found, backward };
}

/** A code point's DOM position; between two text nodes `isEnd` chooses the first. */
function positionIn(block, points, isEnd) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = points;
  while (walker.nextNode()) {
    const length = pointsIn(walker.currentNode.data);
    if (left < length || (left === length && isEnd)) break;
    left -= length;
  }
  return [walker.currentNode, [...walker.currentNode.data].slice(0, left).join("").length];
}

const indexAt = (all, offset) => Math.max(0, all.findLastIndex((block) => startOf(block) <= offset));

/** DOM ranges for code points [start, end): one a block, so that gaps are never painted. */
export function rangesFor(start, end) {
  const ranges = [];
  const all = blocks();
  for (const block of all.slice(indexAt(all, start))) {
    const offset = startOf(block);
    if (offset >= end) break;
    const from = Math.max(0, start - offset);
    const to = Math.min(end - offset, pointsIn(block.textContent));
    if (from >= to) continue;
    ranges.push(domRange(positionIn(block, from, false), positionIn(block, to, true)));
  }
  return ranges;
}

/** `backward`: the moving end is the start. */
export function select(start, end, backward) {
  const ranges = rangesFor(start, end);
  if (!ranges.length) return;
  const first = [ranges[0].startContainer, ranges[0].startOffset];
  const last = [ranges.at(-1).endContainer, ranges.at(-1).endOffset];
  getSelection().setBaseAndExtent(...(backward ? [...last, ...first] : [...first, ...last]));
}

/** Where the selection's moving end stands; null outside of the text. */
export function focusAt() {
  const { focusNode, focusOffset } = getSelection();
  if (!text.contains(focusNode)) return null;
  const range = domRange([text, 0], [focusNode, focusOffset]);
  const block = blocks().findLast((each) => range.intersectsNode(each));
  if (!block) return 0;
  const piece = pieceOf(block, range);
  return pointAt(piece, piece.to);
}

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

/** One step to the next `edge` of a "grapheme", "word" or "sentence"; at the end of the text `offset` itself. */
export function stepped(offset, unit, direction, edge = "start") {
  const all = blocks();
  for (let index = indexAt(all, offset); all[index]; index += direction) {
    const stops = stopsIn(all[index], unit, edge);
    const next = direction > 0 ? stops.find((stop) => stop > offset) : stops.findLast((stop) => stop < offset);
    if (next !== undefined) return next;
  }
  return offset;
}

export const quoteOf = (start, end) => rangesFor(start, end).join(" ");
