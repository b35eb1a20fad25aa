"""The same work by this program and by each installed peer, in turn, through public APIs."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from itertools import chain, cycle, islice
from pathlib import Path

from bench.figures import Row, exponent, growth
from bench.peers.contender import Article, Batch, Contender, Program
from bench.peers.field import Field, field
from bench.peers.install import KINDS
from bench.processes import memory
from bench.site import Site, serving
from bench.timing import medians, milliseconds, per_second, percentiles95
from bench.workload import RARE, articles, spans

HELD = {0: 8, 1_000: 8, 10_000: 2}
QUICK = {0: 8, 50: 8, 200: 8}
"""Annotations on an article: how many such articles there are."""

CALLS, SECONDS = 20, 6
"""A round of one contender ends after so many calls that count, or after so long when it made a few."""

FEW = 3
"""Calls at the start of each round that do not count: the turns of the others have left nothing in the caches."""

PLACES = 40  # on each article; then they come again
CREATE, READ = "create, p50", "read all annotations of an article"
DOCUMENTS, EACH = 1_000, 50
FASTER_3, FASTER_2, FASTER_4 = (round(1 / times, 3) for times in (3, 2, 4))
Calls = Callable[[], object]


def rows(site: Site) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="factcheck-peers-") as name, field(site, Path(name)) as everybody:
        yield from _starting(site, everybody)
        held, found = site.plan.of(HELD, QUICK), list[Row]()
        for size, count in held.items():
            for row in _holding(everybody, size, count):
                found.append(row)
                yield row
        yield from grown(CREATE, [*held], found, most=0.1)
        yield from grown(READ, [size for size in held if size], found, most=1.1)
        yield from _bulk(everybody)


def grown(work: str, sizes: list[int], found: list[Row], most: float) -> Iterator[Row]:
    """Our exponent, and theirs where it was measured at every size."""
    for kind in KINDS:
        rows = [row for row in found if row.work == f"{work}, beside {kind.name}"]
        theirs = [(max(1, size), row.reference) for size, row in zip(sizes, rows, strict=True) if row.reference]
        note = f"{exponent(theirs):.2f} ({kind.title})" if len(theirs) == len(sizes) > 1 else ""
        if len(sizes) > 1:
            yield replace(growth(rows[0].work, sizes, rows, most=most), note=note)


def _starting(site: Site, everybody: Field) -> Iterator[Row]:
    """On a database that is there; ours starts its PostgreSQL as well, which runs already for the others."""
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="factcheck-bench-") as name:
        _ours_started(Path(name))

        def started(each: Contender) -> float:
            if not isinstance(each, Program):
                return _ours_started(Path(name))
            each.stop()
            return each.start()

        yield from everybody.rows("cold start to the first answer", "", "s", everybody.in_turn(started))
        idle = stack.enter_context(serving(site.folder))
        time.sleep(site.plan.of(8, 2))

        def idling(each: Contender) -> float:
            time.sleep(0.5)
            return memory(*each.pids) if isinstance(each, Program) else memory(idle.server.pid)

        yield from everybody.rows("memory when idle, the database not counted", "", "MB", everybody.in_turn(idling))


def _ours_started(folder: Path) -> float:
    with serving(folder) as running:
        time.sleep(0.2)
        return running.started_in


def _holding(everybody: Field, size: int, count: int) -> Iterator[Row]:
    """Creating on and reading of articles that hold so many annotations."""
    characters, name = 100_000 if size >= 10_000 else 5_000, f"{size:,} held"
    made = list(articles(count, characters, size))
    batches = everybody.of_everybody(lambda each: each.load(made)[0])
    calls = {each.title: _creating(each, batches[each.title], 0, 1) for each in everybody.everybody}
    rounds = _rounds(everybody, calls)
    yield from everybody.rows(CREATE, name, "ms", _medians(rounds), ratio_most=FASTER_3)
    p95 = {title: percentiles95(_warm(found)) for title, found in rounds.items()}
    yield from everybody.rows("create, p95", name, "ms", p95, ratio_most=FASTER_3)
    first = {title: [times[0] for times in found] for title, found in rounds.items()}
    yield from everybody.rows("create, the first after a pause", name, "ms", first)
    if size < 10_000:
        yield from _eight(everybody, batches, name)
    if size:
        first = everybody.of_everybody(lambda each: _first_readings(each, batches[each.title]))
        yield from everybody.rows(f"{READ}, the first time", f"{size:,}", "ms", first)
        calls = {each.title: _reading(each, batches[each.title]) for each in everybody.everybody}
        times = _medians(_rounds(everybody, calls))
        yield from everybody.rows(READ, f"{size:,}", "ms", times, ratio_most=FASTER_2)


def _rounds(everybody: Field, calls: dict[str, Calls]) -> dict[str, list[list[float]]]:
    """Milliseconds of calls by round, with the first FEW that do not count; everybody has made some before."""
    everybody.of_everybody(lambda each: [calls[each.title]() for _ in range(FEW)])
    return everybody.in_turn(lambda each: _round(calls[each.title], everybody.plan.calls(CALLS)))


def _round(call: Calls, count: int) -> list[float]:
    times, began = list[float](), time.perf_counter()
    while len(times) < FEW + count and (len(times) < 2 * FEW or time.perf_counter() - began < SECONDS):
        times.append(milliseconds(call))
    return times


def _warm(rounds: list[list[float]]) -> list[list[float]]:
    return [times[FEW:] for times in rounds]


def _medians(rounds: dict[str, list[list[float]]]) -> dict[str, list[float]]:
    """Of the calls that count, by round."""
    return {title: medians(_warm(found)) for title, found in rounds.items()}


def _eight(everybody: Field, batches: dict[str, Batch], name: str) -> Iterator[Row]:
    """Each connection has an article of its own: nobody overwrites what another has just sent."""
    calls = {
        each.title: [_creating(each, batches[each.title], number, 8) for number in range(8)]
        for each in everybody.everybody
    }
    everybody.of_everybody(lambda each: per_second(calls[each.title], 16))

    def rate(each: Contender) -> float:
        once = per_second(calls[each.title], 16)
        total = int(min(everybody.plan.calls(200), max(16, once * SECONDS)))
        return per_second(calls[each.title], total)

    yield from everybody.rows("create, 8 connections", name, "/s", everybody.in_turn(rate), ratio_least=3)


def _creating(each: Contender, batch: Batch, first: int, step: int) -> Calls:
    """One more annotation a call, on every `step`-th article in turn. Where it goes is chosen before that is timed."""
    chance = random.Random(first)  # noqa: S311 (nothing is secret)
    chosen = list(islice(batch.held, first % len(batch.held), None, step))
    placed = [[(held, span) for span in spans(chance, held.text[:4_000], PLACES)] for held in chosen]
    client, turn = each.connection(batch), cycle(chain.from_iterable(zip(*placed, strict=True)))

    def create() -> None:
        each.create(client, batch, *next(turn))

    return create


def _reading(each: Contender, batch: Batch) -> Calls:
    client, turn = each.connection(batch), cycle(batch.held)
    return lambda: each.read(client, batch, next(turn))


def _first_readings(each: Contender, batch: Batch) -> list[float]:
    """Milliseconds of one call for each article, of which nothing was read before."""
    client = each.connection(batch)
    each.first_page(client, batch)
    return [milliseconds(partial(each.read, client, batch, held)) for held in batch.held]


def _bulk(everybody: Field) -> Iterator[Row]:
    """Import of new texts, then lists, search and export of what the last import brought."""
    documents = everybody.plan.of(DOCUMENTS, 20)
    size, batches, numbers = f"{documents * EACH:,}", dict[str, Batch](), dict[str, int]()

    def imported(each: Contender) -> float:
        numbers[each.title] = numbers.get(each.title, 0) + 1
        made = [_told_apart(numbers[each.title], article) for article in articles(documents, 5_000, EACH)]
        batches[each.title], took = each.load(made)
        return documents * EACH / took

    yield from everybody.rows("import", f"{size} spans", "spans/s", everybody.in_turn(imported), ratio_least=3)
    over = f"{documents:,} articles with {EACH} each"
    for work, ask in (("first page of a list", _first_page), ("text search", _search)):
        calls = {each.title: ask(each, batches[each.title]) for each in everybody.everybody}
        yield from everybody.rows(work, over, "ms", _medians(_rounds(everybody, calls)), ratio_most=FASTER_4)
    yield from _exporting(everybody, batches, documents * EACH)


def _told_apart(number: int, article: Article) -> Article:
    """The same article with other last words: known texts may be taken for doubles."""
    text, found = article
    return f"{text} Copy {number}.", found


def _first_page(each: Contender, batch: Batch) -> Calls:
    return partial(each.first_page, each.connection(batch), batch)


def _search(each: Contender, batch: Batch) -> Calls:
    return partial(each.search, each.connection(batch), batch, RARE)


def _exporting(everybody: Field, batches: dict[str, Batch], size: int) -> Iterator[Row]:
    def exported(each: Contender) -> tuple[float, float]:
        found = each.export(each.connection(batches[each.title]), batches[each.title])
        if found.spans != size:
            raise RuntimeError(f"{each.title} exported {found.spans} spans of {size}.")
        return size / found.last, found.first * 1000

    runs = everybody.in_turn(exported)
    rates, firsts = ({title: [run[at] for run in found] for title, found in runs.items()} for at in (0, 1))
    yield from everybody.rows("export", f"{size:,} spans", "spans/s", rates, ratio_least=3)
    yield from everybody.rows("export: first byte", f"{size:,} spans", "ms", firsts)
