"""Editing, proposing and approving over the API, alone and by eight people at once, on articles of every size."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from bench.figures import Row, growth, measured
from bench.site import Client, Site
from bench.stock import Stocked
from bench.timing import Plan, per_second

EDITS, APPROVALS = 16, 12
TOGETHER = 40  # annotations in a run of eight connections
VERDICT = {"term": "false", "rationale": "The register says otherwise.", "as_of": "2026-01-01"}


def judged(site: Site, held: Mapping[int, Sequence[Stocked]], limit: float) -> Iterator[Row]:
    """Rows of editing (read, then PATCH) and of approving (propose, read, approve)."""
    beside = {"reference": limit, "reference_name": "bare INSERT"}
    edits, approvals = [], []
    for size, articles in held.items():
        name, plan, checker = f"{size:,} held", site.plan, site.client()
        count = _needed(plan, EDITS)
        waiting = _made(checker, articles, max(count, _needed(plan, APPROVALS)))
        edit = _each(deque(waiting), _editing(checker))
        edits.append(measured("edit (read, then PATCH)", name, "ms", plan.medians(edit, EDITS), **beside))
        yield edits[-1]
        approve = _each(deque(waiting), _approving(checker, site.client("reviewer")))
        found = plan.medians(approve, APPROVALS)
        approvals.append(measured("propose, read, approve", name, "ms", found, **beside))
        yield approvals[-1]
        yield from _eight(site, articles, name)
    yield growth("edit (read, then PATCH)", [*held], edits, most=0.1)
    yield growth("propose, read, approve", [*held], approvals, most=0.1)


def _eight(site: Site, articles: Sequence[Stocked], name: str) -> Iterator[Row]:
    """Nobody is told that another was first: each annotation is taken by one of the eight."""
    plan, people = site.plan, [(site.client(), site.client("reviewer")) for _ in range(8)]
    total = max(8, plan.calls(TOGETHER))
    waiting = _made(people[0][0], articles, total * plan.rounds)
    edited, approved = deque(waiting), deque(waiting)
    edits = [_each(edited, _editing(checker)) for checker, _ in people]
    yield measured("edit, 8 connections", name, "/s", plan.runs_of(partial(per_second, edits, total)))
    approvals = [_each(approved, _approving(*both)) for both in people]
    yield measured(
        "propose, read, approve, 8 connections", name, "/s", plan.runs_of(partial(per_second, approvals, total))
    )


def _needed(plan: Plan, each: int) -> int:
    return plan.calls(each) * plan.rounds + 1


def _made(client: Client, articles: Sequence[Stocked], count: int) -> Sequence[str]:
    """Addresses of so many annotations with a verdict, on one article after the other."""
    return [_path(client, articles[number % len(articles)]) for number in range(count)]


def _path(client: Client, article: Stocked) -> str:
    body: dict[str, Any] = {"article": str(article.id), "start": 0, "end": 10, "verdict": VERDICT}
    return f"/api/v1/annotations/{client.json('POST', '/api/v1/annotations/', body)['id']}/"


def _each(left: deque[str], act: Callable[[str], None]) -> Callable[[], object]:
    return lambda: act(left.popleft())


def _editing(checker: Client) -> Callable[[str], None]:
    def edit(path: str) -> None:
        checker.send("PATCH", path, {"claim": "It was so."}, If_Match=_tag(checker, path))

    return edit


def _approving(checker: Client, reviewer: Client) -> Callable[[str], None]:
    def approve(path: str) -> None:
        checker.send("POST", f"{path}transitions/", {"action": "propose"}, If_Match=_tag(checker, path))
        reviewer.send("POST", f"{path}transitions/", {"action": "approve"}, If_Match=_tag(reviewer, path))

    return approve


def _tag(client: Client, path: str) -> str:
    return client.send("GET", path)[1]["etag"]
