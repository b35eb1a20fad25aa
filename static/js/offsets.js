// The only place that knows both units: UTF-16 (the DOM) and code points (the server, end exclusive).
// The server promises: the text nodes of a `.block`, in <mark>s or not, are exactly text[data-o : data-o + length];
// blocks are in text order and never nest.
import { text } from "./dom.js";

const segmented = (string, granularity) => new Intl.Segmenter("und", { granularity }).segment(string);
const pointsIn = (string) => [...string].length;
const blocks = () => [...text.querySelectorAll(".block")];
const startOf = (block) => Number(block.dataset.o);
const cut = ({ whole, from, to }) => whole.slice(from, to);

/** Outwards: what readers see as one character stays whole. */
function snap(string, unit, isEnd) {
  const cluster = segmented(string, "grapheme").containing(unit);
  if (!cluster || cluster.index === unit) return unit;
  return cluster.index + (isEnd ? cluster.segment.length : 0);
}

function domRange(start, end) {
  const range = document.createRange();
  range.setStart(...start);
  range.setEnd(...end);
  return range;
}

/** `from`, `to`: UTF-16. */
function pieceOf(block, { startContainer, startOffset, endContainer, endOffset }) {
  const whole = block.textContent;
  const unitsBefore = (...place) => String(domRange([block, 0], place)).length;
  const from = block.contains(startContainer) ? unitsBefore(startContainer, startOffset) : 0;
  const to = block.contains(endContainer) ? unitsBefore(endContainer, endOffset) : whole.length;
  return { block, whole, from, to };
}

const pointAt = ({ block, whole }, unit) => startOf(block) + pointsIn(whole.slice(0, unit));

/** Null for white space. `exact` is null across blocks: the server knows what is between. */
export function offsetsOf(range) {
  const touched = blocks().filter((block) => range.intersectsNode(block));
  const pieces = touched.map((block) => pieceOf(block, range)).filter((piece) => cut(piece).trim());
  if (!pieces.length) return null;
  const [first] = pieces;
  const last = pieces.at(-1);
  first.from += cut(first).search(/\S/);
  last.to = last.from + cut(last).trimEnd().length;
  first.from = snap(first.whole, first.from, false);
  last.to = snap(last.whole, last.to, true);
  const exact = first === last ? cut(first) : null;
  return { start: pointAt(first, first.from), end: pointAt(last, last.to), exact };
}

export function selectionIn() {
  const selection = getSelection();
  const range = selection.isCollapsed ? null : selection.getRangeAt(0);
  const found = range?.intersectsNode(text) && offsetsOf(range);
  return found ? { ...found, backward: selection.direction === "backward" } : null;
}

/** Between two text nodes `isEnd` chooses the first. */
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

/** One DOM range a block, so that gaps are never painted. */
export function rangesFor(start, end) {
  const all = blocks();
  return all.slice(indexAt(all, start), indexAt(all, end - 1) + 1).flatMap((block) => {
    const from = Math.max(0, start - startOf(block));
    const to = Math.min(end - startOf(block), pointsIn(block.textContent));
    return from < to ? domRange(positionIn(block, from, false), positionIn(block, to, true)) : [];
  });
}

export function select({ start, end, backward }) {
  const ranges = rangesFor(start, end);
  if (!ranges.length) return;
  const last = ranges.at(-1);
  const places = [
    [ranges[0].startContainer, ranges[0].startOffset],
    [last.endContainer, last.endOffset],
  ];
  getSelection().setBaseAndExtent(...(backward ? places.toReversed() : places).flat());
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
  for (const { segment, isWordLike } of segmented(block.textContent, unit)) {
    const next = at + pointsIn(segment);
    if (isWordLike !== false) stops.push(edge === "start" ? at : next);
    at = next;
  }
  return stops;
}

/** To the next `edge` of a "grapheme", "word" or "sentence"; at the end of the text `offset` itself. */
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
