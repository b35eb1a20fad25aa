"""This program in the comparison: the same calls as anybody's client makes, on a desk of its own for each import."""

import itertools
import json
import time
from collections.abc import Sequence

from annotations.core.states import Role
from annotations.models import Article as ArticleRow
from annotations.services.accounts import create_user
from annotations.services.desks import create_desk, set_membership
from bench.peers.contender import Article, Batch, Contender, Exported, Held, label_of
from bench.site import PASSWORD, Client, Site
from bench.workload import Span

_numbers = itertools.count(1)


class Ours(Contender):
    title = "this program"

    def __init__(self, site: Site) -> None:
        self.site = site

    @property
    def pids(self) -> list[int]:
        return [self.site.server.pid]

    def connection(self, batch: Batch) -> Client:
        return self.site.client(batch.project)

    def load(self, articles: Sequence[Article]) -> tuple[Batch, float]:
        name, file = f"peer-{next(_numbers)}", _file(articles)
        desk, person = create_desk(slug=name, name=name), create_user(username=name, password=PASSWORD)
        set_membership(desk=desk, user=person, roles=[Role.CHECKER])
        client, began = self.site.client(name), time.perf_counter()
        report = client.json("POST", f"/api/v1/import/jsonl/?desk={name}", file)
        took = time.perf_counter() - began
        if report["refused_count"]:
            raise RuntimeError(f"Not everything came in: {str(report)[:300]}")
        ids = {int(title): id for title, id in ArticleRow.objects.filter(desk=desk).values_list("title", "pk")}
        return Batch(name, [Held(ids[number], text) for number, (text, _) in enumerate(articles)]), took

    def create(self, client: Client, batch: Batch, held: Held, span: Span) -> None:
        body = {"article": str(held.id), "start": span.start, "end": span.end, "terms": [label_of(span)]}
        client.send("POST", "/api/v1/annotations/", body)

    def read(self, client: Client, batch: Batch, held: Held) -> None:
        client.send("GET", f"/api/v1/export/jsonl/?article={held.id}&state=all")

    def first_page(self, client: Client, batch: Batch) -> None:
        client.send("GET", "/api/v1/articles/")

    def search(self, client: Client, batch: Batch, word: str) -> None:
        client.send("GET", f"/api/v1/articles/?q={word}")

    def export(self, client: Client, batch: Batch) -> Exported:
        began = time.perf_counter()
        answer = client.open("GET", "/api/v1/export/jsonl/?state=all")
        spans = answer.read(1).count(b"\n")
        first = time.perf_counter() - began
        while piece := answer.read(1 << 20):
            spans += piece.count(b"\n")
        return Exported(first, time.perf_counter() - began, spans - 1)


def _file(articles: Sequence[Article]) -> bytes:
    return b"".join(
        json.dumps(
            {
                "key": str(number),
                "title": str(number),
                "text": text,
                "annotations": [
                    {
                        "start": span.start,
                        "end": span.end,
                        "exact": text[span.start : span.end],
                        "terms": [label_of(span)],
                    }
                    for span in spans
                ],
            },
            ensure_ascii=False,
        ).encode()
        + b"\n"
        for number, (text, spans) in enumerate(articles)
    )
