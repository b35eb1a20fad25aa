"""Import of texts with spans over HTTP, as JSON Lines; every document new."""

import io
import json
import time
from collections.abc import Iterator

from bench.figures import Row, growth, measured
from bench.site import Client, Site
from bench.workload import LABELS, articles

SIZES = (5_000, 50_000)
QUICK = (500, 1_000)
EACH, CHARACTERS = 50, 5_000
LEAST = 30_000
"""A second, of the larger file; the smaller one is there for the growth."""


def rows(site: Site) -> Iterator[Row]:
    plan, client, found = site.plan, site.client(), []
    imported(client, jsonl(EACH * 10, "warm-up"))
    for size in plan.of(SIZES, QUICK):
        files = [jsonl(size, f"{size} {run}") for run in range(plan.rounds)]
        plan.settle()
        rates = [imported(client, file) for file in files]
        found.append(
            measured("import jsonl", f"{size:,} spans", "spans/s", rates, least=LEAST if size == SIZES[-1] else None)
        )
        yield found[-1]
    yield growth("import jsonl", plan.of(SIZES, QUICK), found)


def jsonl(size: int, name: str) -> bytes:
    """So many spans, fifty on each document; `name` stands in every text, so that no text is known already."""
    file = io.BytesIO()
    for number, (text, spans) in enumerate(articles(size // EACH, CHARACTERS, EACH)):
        begin = f"{name} {number}. "
        found = [
            {
                "start": span.start + len(begin),
                "end": span.end + len(begin),
                "exact": text[span.start : span.end],
                "terms": [LABELS[span.label]],
            }
            for span in spans
        ]
        row = {"key": begin, "title": begin, "text": begin + text, "annotations": found}
        file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return file.getvalue()


def imported(client: Client, file: bytes) -> float:
    """Spans a second."""
    began = time.perf_counter()
    report = client.json("POST", "/api/v1/import/jsonl/?desk=bench", file)
    took = time.perf_counter() - began
    if report["refused_count"]:
        raise RuntimeError(f"Not everything came in: {report}")
    return float(report["spans"] / took)
