"""Five hundred random selections in a text of many scripts, compared with Python's own slicing."""

import json
from typing import Any

import regex

from annotations.models import Article, User
from tests.e2e.reader import Reader
from tests.factories import annotate
from tests.people import People

# Draws random DOM ranges, and tells for each what our module says and where its ends are by walking the text nodes.
DRAW = """async ([count, seed]) => {
    const { offsetsOf, rangesFor } = await import("/static/js/offsets.js");
    let state = seed;
    const random = (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
    const root = document.getElementById("text");
    const blocks = [...root.querySelectorAll(".block")];
    const nodes = blocks.map((block) => {
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const found = [];
        while (walker.nextNode()) found.push(walker.currentNode);
        return found;
    });
    const draw = () => {
        const block = random(blocks.length);
        const node = random(nodes[block].length);
        const offset = random(nodes[block][node].length + 1);
        const before = nodes[block].slice(0, node).reduce((sum, each) => sum + each.length, 0);
        return { block, unit: before + offset, node: nodes[block][node], offset };
    };
    const later = (a, b) => a.block - b.block || a.unit - b.unit;
    const results = [];
    for (let turn = 0; turn < count; turn += 1) {
        const [from, to] = [draw(), draw()].sort(later);
        const range = document.createRange();
        range.setStart(from.node, from.offset);
        range.setEnd(to.node, to.offset);
        const found = offsetsOf(range);
        const back = found && rangesFor(found.start, found.end).map(String);
        results.push({ from: [from.block, from.unit], to: [to.block, to.unit], found, back });
    }
    return JSON.stringify(results);
}"""


def units(text: str, start: int, end: int | None = None) -> str:
    """The slice of a text by UTF-16 units, halves of characters kept."""
    data = text.encode("utf-16-le")[2 * start : None if end is None else 2 * end]
    return data.decode("utf-16-le", "surrogatepass")


def measure(text: str) -> int:
    """UTF-16 units; half a character counts as one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def expected(text: str, blocks: list[tuple[int, int]], drawn: dict[str, Any]) -> tuple[int, int] | None:
    """The same selection by Python alone: clipped to blocks, trimmed, widened to whole characters of a reader."""
    (first, start_unit), (last, end_unit) = drawn["from"], drawn["to"]
    pieces = []
    for number in range(first, last + 1):
        block = text[blocks[number][0] : blocks[number][1]]
        start = start_unit if number == first else 0
        end = end_unit if number == last else measure(block)
        covered = units(block, start, end)
        if covered.strip():
            left, right = measure(covered) - measure(covered.lstrip()), measure(covered.rstrip())
            pieces.append((number, start + left, start + right))
    if not pieces:
        return None
    (first, start, _), (last, _, end) = pieces[0], pieces[-1]
    return _widened(text, blocks[first], start)[0], _widened(text, blocks[last], end)[1]


def _widened(text: str, block: tuple[int, int], unit: int) -> tuple[int, int]:
    """The nearest places at or before, and at or after, a UTF-16 place of a block where a reader's character ends."""
    inside = text[block[0] : block[1]]
    stops = [0] + [match.end() for match in regex.finditer(r"\X", inside)]
    measured = [(measure(inside[:stop]), block[0] + stop) for stop in stops]
    return max(place for at, place in measured if at <= unit), min(place for at, place in measured if at >= unit)


def test_random_selections_are_what_python_slices(mixed: Article, people: People, mixed_reader: Reader) -> None:
    assert mixed.revision is not None
    text = mixed.revision.text
    _annotate_all_over(mixed, people.checker, text)
    mixed_reader.page.reload()
    blocks = [(block.start, block.end) for block in mixed.revision.blocks.order_by("position")]

    drawn = json.loads(mixed_reader.page.evaluate(DRAW, [500, 7]))

    assert len(drawn) == 500
    for each in drawn:
        found = each["found"]
        place = expected(text, blocks, each)
        assert (found and (found["start"], found["end"])) == place
        if found is None:
            continue
        covered = text[found["start"] : found["end"]]
        assert found["exact"] in {covered, None}
        assert (found["exact"] is None) == ("\n\n" in covered)
        assert " ".join(each["back"]).split() == covered.split()


def _annotate_all_over(article: Article, user: User, text: str) -> None:
    for start in range(0, len(text) - 9, 11):
        annotate(article, user, text[start : start + 9])
