// The only place that knows both units: UTF-16 (the DOM) and Unicode code points (the server, end exclusive).
//
// What the server promises: every `.block` holds nothing but text (in <mark>s or not), its text nodes joined are
// exactly text[data-o : data-o + length], blocks are in text order and never nest.

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;
const clusters = new Intl.Segmenter("und", { granularity: "grapheme" });
const words = new Intl.Segmenter("und", { granularity: "word" });

/** How many code points a string has. */
export function pointsIn(string) {
  let points = string.length;
  for (let unit = 1; unit < string.length; unit += 1) {
    if (isLow(string.charCodeAt(unit)) && isHigh(string.charCodeAt(unit - 1))) points -= 1;
  }
  return points;
}

/** The UTF-16 index of a code point index, never beyond the end. */
export function unitsAt(string, points) {
  let unit = 0;
  for (let left = points; left > 0 && unit < string.length; left -= 1) {
    unit += isHigh(string.charCodeAt(unit)) && isLow(string.charCodeAt(unit + 1)) ? 2 : 1;
  }
  return unit;
}

/** Moves a UTF-16 index out of the middle of what a reader sees as one character. */
function snap(string, unit, outwards) {
  if (unit <= 0 || unit >= string.length) return unit;
  const cluster = clusters.segment(string).containing(unit);
  if (cluster.index === unit) return unit;
  return outwards < 0 ? cluster.index : cluster.index + cluster.segment.length;
}

const blocksIn = (root) => [...root.querySelectorAll(".block")];
const startOf = (block) => Number(block.dataset.o);

/** The index of the last block that starts at or before `offset` (0 when none does). */
function indexAt(blocks, offset) {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (startOf(blocks[middle]) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The UTF-16 distance from the block's first character to a DOM position inside it. */
function unitsBefore(block, node, offset) {
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** The part of each touched block that a range covers, in UTF-16 units; blocks touched without text are left out. */
function piecesOf(root, range) {
  const pieces = [];
  for (const block of blocksIn(root)) {
    if (!range.intersectsNode(block)) {
      if (pieces.length) break;
      continue;
    }
    const text = block.textContent;
    const holds = (node) => block.contains(node);
    const from = holds(range.startContainer) ? unitsBefore(block, range.startContainer, range.startOffset) : 0;
    const to = holds(range.endContainer) ? unitsBefore(block, range.endContainer, range.endOffset) : text.length;
    if (from < to) pieces.push({ block, text, from, to });
  }
  return pieces;
}

function trimStart(pieces) {
  while (pieces.length) {
    const piece = pieces[0];
    const cut = piece.text.slice(piece.from, piece.to);
    piece.from += cut.length - cut.trimStart().length;
    if (piece.from < piece.to) return;
    pieces.shift();
  }
}

function trimEnd(pieces) {
  while (pieces.length) {
    const piece = pieces.at(-1);
    const cut = piece.text.slice(piece.from, piece.to);
    piece.to -= cut.length - cut.trimEnd().length;
    if (piece.from < piece.to) return;
    pieces.pop();
  }
}

/**
 * What a DOM range means: {start, end, exact, quote}, or null when it covers no visible character.
 *
 * White space at both ends is left out, and both ends move outwards to whole characters as a reader sees them.
 * `exact` is the covered text when it lies in one block, otherwise null: what stands between blocks is the
 * server's to know. `quote` is for people.
 */
export function offsetsOf(root, range) {
  const pieces = piecesOf(root, range);
  trimStart(pieces);
  trimEnd(pieces);
  if (!pieces.length) return null;
  const first = pieces[0];
  const last = pieces.at(-1);
  first.from = snap(first.text, first.from, -1);
  last.to = snap(last.text, last.to, 1);
  const texts = pieces.map((piece) => piece.text.slice(piece.from, piece.to));
  return {
    start: startOf(first.block) + pointsIn(first.text.slice(0, first.from)),
    end: startOf(last.block) + pointsIn(last.text.slice(0, last.to)),
    exact: texts.length === 1 ? texts[0] : null,
    quote: texts.join(" "),
  };
}

/** What the current selection means inside `root`, with its direction; null when nothing there is selected. */
export function selectionIn(root) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(selection.rangeCount - 1);
  const found = range.intersectsNode(root) ? offsetsOf(root, range) : null;
  if (!found) return null;
  const backward = selection.focusNode === range.startContainer && selection.focusOffset === range.startOffset;
  return { ...found, backward };
}

/** The DOM position of a UTF-16 index in a block; at a border between text nodes `side` says which one to stay in. */
function positionIn(block, unit, side) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = unit;
  let last = null;
  while (walker.nextNode()) {
    last = walker.currentNode;
    if (left < last.length || (left === last.length && side === "before")) return [last, left];
    left -= last.length;
  }
  return last ? [last, last.length] : [block, 0];
}

/** Live DOM ranges for code points [start, end): one for each touched block, so that gaps are never painted. */
export function rangesFor(root, start, end) {
  const ranges = [];
  const blocks = blocksIn(root);
  for (const block of blocks.slice(indexAt(blocks, start))) {
    const offset = startOf(block);
    if (offset >= end) break;
    const text = block.textContent;
    const from = unitsAt(text, start - offset);
    const to = unitsAt(text, end - offset);
    if (from >= to) continue;
    const range = document.createRange();
    range.setStart(...positionIn(block, from, "after"));
    range.setEnd(...positionIn(block, to, "before"));
    ranges.push(range);
  }
  return ranges;
}

/** Selects code points [start, end) as a mouse would; a backward selection keeps its moving end at the start. */
export function select(root, start, end, backward = false) {
  const ranges = rangesFor(root, start, end);
  if (!ranges.length) return false;
  const first = [ranges[0].startContainer, ranges[0].startOffset];
  const last = [ranges.at(-1).endContainer, ranges.at(-1).endOffset];
  getSelection().setBaseAndExtent(...(backward ? [...last, ...first] : [...first, ...last]));
  return true;
}

/** Code point offsets in a block where an end of a range may stand: whole characters, or edges of words. */
function stopsIn(block, unit, edge) {
  const text = block.textContent;
  if (unit === "character") {
    const starts = [...clusters.segment(text)].map((cluster) => cluster.index);
    return [...starts, text.length].map((at) => startOf(block) + pointsIn(text.slice(0, at)));
  }
  const found = [...words.segment(text)].filter((word) => word.isWordLike);
  const edges = found.map((word) => (edge === "start" ? word.index : word.index + word.segment.length));
  return edges.map((at) => startOf(block) + pointsIn(text.slice(0, at)));
}

/**
 * The place one step away from a code point offset: `unit` is "word" or "character", `direction` -1 or 1, `edge` says
 * whether the start or the end of a range moves. Goes on in the next block; stays where it is at the end of the text.
 */
export function stepped(root, offset, { unit, direction, edge }) {
  const blocks = blocksIn(root);
  for (let index = indexAt(blocks, offset); index >= 0 && index < blocks.length; index += direction) {
    const stops = stopsIn(blocks[index], unit, edge);
    const next = direction > 0 ? stops.find((stop) => stop > offset) : stops.findLast((stop) => stop < offset);
    if (next !== undefined) return next;
  }
  return offset;
}

/** The text of code points [start, end), for people: blocks are joined by a space. */
export function quoteOf(root, start, end) {
  return rangesFor(root, start, end).join(" ");
}
