// Alone knows both units: UTF-16 (the DOM) and code points (the server, end exclusive).
import { text } from "./page.js";
// Promised: the text nodes of a `.block` are exactly text[data-o : data-o + length]; blocks are in order, never nested.

const segmented = (string, granularity) => new Intl.Segmenter("und", { granularity }).segment(string);
const pointsIn = (string) => [...string].length;
export const blocks = () => [...text.getElementsByClassName("block")];
const startOf = (block) => (block.from ??= +block.dataset.o);

function domRange(start, end) {
	const range = new Range();
	range.setStart(...start);
	range.setEnd(...end);
	return range;
}

// `from`, `to`: UTF-16.
function pieceOf(block, { startContainer, startOffset, endContainer, endOffset }) {
	const whole = block.textContent;
	const unitsBefore = (...place) => String(domRange([block, 0], place)).length;
	const from = block.contains(startContainer) ? unitsBefore(startContainer, startOffset) : 0;
	const to = block.contains(endContainer) ? unitsBefore(endContainer, endOffset) : whole.length;
	return { block, whole, from, to, words: whole.slice(from, to) };
}

// Outwards: what readers see as one character, or a word, stays whole.
function pointAt({ block, whole }, unit, isEnd, grain = "grapheme") {
	const { index, segment } = segmented(whole, grain).containing(unit) ?? { index: unit };
	const outer = index < unit && isEnd ? index + segment.length : index;
	return startOf(block) + pointsIn(whole.slice(0, outer));
}

// Null for white space. `exact` is null across blocks, between which only the server knows the text.
export function offsetsOf(range, grain) {
	const touched = blocks().filter((block) => range.intersectsNode(block));
	const pieces = touched.map((block) => pieceOf(block, range)).filter(({ words }) => words.trim());
	const [first] = pieces;
	if (!first) return null;
	const last = pieces.at(-1);
	const start = pointAt(first, first.from + first.words.search(/\S/), false, grain);
	const end = pointAt(last, last.from + last.words.trimEnd().length, true, grain);
	return { start, end, exact: first === last ? quoteOf(start, end) : null };
}

export function selectionIn(grain) {
	const selection = getSelection();
	const found = !selection.isCollapsed && offsetsOf(selection.getRangeAt(0), grain);
	return found && { ...found, backward: selection.direction === "backward" };
}

// Between two text nodes `isEnd` chooses the first.
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

// One piece a block, so that gaps are never painted.
function piecesFor(start, end) {
	const all = blocks();
	return all.slice(indexAt(all, start), indexAt(all, end - 1) + 1).flatMap((block) => {
		const from = Math.max(0, start - startOf(block));
		const to = Math.min(end - startOf(block), pointsIn(block.textContent));
		return from < to ? [[positionIn(block, from), positionIn(block, to, true)]] : [];
	});
}

export const rangesFor = (...part) => piecesFor(...part).map((edges) => domRange(...edges));

export const quoteOf = (start, end) => rangesFor(start, end).join(" ");

// Of a caret at a start (0) or end (1), in the window.
export function caretAt(at, isEnd = 0) {
	const [range] = rangesFor(at - isEnd, at - isEnd + 1);
	range?.collapse(!isEnd);
	return range?.getBoundingClientRect() ?? {};
}

export function edgesOf(...part) {
	const edges = piecesFor(...part).flat();
	return [edges[0], edges.at(-1)];
}

export function select({ start, end, backward }) {
	const edges = edgesOf(start, end);
	if (edges[0]) getSelection().setBaseAndExtent(...(backward ? edges.toReversed() : edges).flat());
}

export function focusAt() {
	const { focusNode, focusOffset } = getSelection();
	if (!text.contains(focusNode)) return null;
	const range = domRange([text, 0], [focusNode, focusOffset]);
	const block = blocks().findLast((each) => range.intersectsNode(each));
	if (!block) return 0;
	const piece = pieceOf(block, range);
	return pointAt(piece, piece.to, true);
}

export function placeUnder(x, y) {
	const { offsetNode, offset } = document.caretPositionFromPoint(x, y) ?? {};
	return offsetNode?.parentElement.closest("#text .block") && [offsetNode, offset];
}

// Its start (0) or end (1) once that is dragged to a place in the DOM.
export function dragged(part, edge, place, grain) {
	const edges = edgesOf(...part);
	edges[edge] = place;
	return place && offsetsOf(domRange(...edges), grain)?.[edge ? "end" : "start"];
}

function stopsIn(block, unit, edge) {
	let next = startOf(block);
	return [...segmented(block.textContent, unit)].flatMap(({ segment, isWordLike }) => {
		const at = next;
		next += pointsIn(segment);
		return isWordLike === false ? [] : edge === "start" ? at : next;
	});
}

// To the next `edge` of a "grapheme", "word" or "sentence".
export function stepped(offset, unit, direction, edge = "start") {
	const all = blocks();
	for (let index = indexAt(all, offset); all[index]; index += direction) {
		const next = stopsIn(all[index], unit, edge)[direction > 0 ? "find" : "findLast"]((stop) => (stop - offset) * direction > 0);
		if (next !== undefined) return next;
	}
	return offset;
}
