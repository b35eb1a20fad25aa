"""Label Studio: uWSGI as its own image runs it, and all spans of one person on a text in one JSON value.

To add a span is therefore to send all of them again, as its editor does.
"""

import json
import os
import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bench.peers.contender import Article, Batch, Exported, Held, Program, label_of
from bench.peers.install import LABEL_STUDIO
from bench.site import Client
from bench.workload import LABELS, Span

EMAIL, PASSWORD = "bench@example.org", "measured-in-peace"  # noqa: S105 (of an account that lives as long as one run)
TOKEN = "be" * 20
CONFIG = (
    '<View><Labels name="label" toName="text">'
    + "".join(f'<Label value="{key}"/>' for key in LABELS)
    + '</Labels><Text name="text" value="$text" granularity="symbol"/></View>'
)
AT_ONCE = 1_000  # documents in one request of an import


class LabelStudio(Program):
    kind = LABEL_STUDIO
    first_address = "/health"
    keeps_connections = False  # the router of uWSGI closes after each answer without saying so

    def environment(self) -> dict[str, str]:
        socket, role, database = self.place
        return {
            "DJANGO_DB": "default",
            "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
            "POSTGRE_HOST": socket,
            "POSTGRE_PORT": "5432",
            "POSTGRE_USER": role,
            "POSTGRE_PASSWORD": "",
            "POSTGRE_NAME": database,
            "LABEL_STUDIO_BASE_DATA_DIR": str(self.folder),
            "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
            "APP_WEBSERVER": "uwsgi",
            "DEBUG": "false",
            "LOG_LEVEL": "WARNING",
            "COLLECT_ANALYTICS": "false",
            "LATEST_VERSION_CHECK": "false",
            "SENTRY_DSN": "",
            "FRONTEND_SENTRY_DSN": "",
        }

    def prepare(self) -> None:
        account = ("--username", EMAIL, "--password", PASSWORD, "--user-token", TOKEN, "--enable-legacy-api-token")
        self.command(self.program("label-studio"), "init", *account)

    def launch(self) -> None:
        home = self.package("label_studio")
        self.spawn(
            self.program("uwsgi"), "--http", f"127.0.0.1:{self.port}", "--chdir", str(home),
            "--module", "core.wsgi:application", "--master", "--single-interpreter", "--need-app", "--lazy-apps",
            "--processes", str(2 * (os.cpu_count() or 1)), "--threads", "1", "--enable-threads", "--thunder-lock",
            "--die-on-term", "--buffer-size", "65535", "--post-buffering", "4096", "--http-timeout", "1800",
            "--disable-logging",
            cwd=home,
        )  # fmt: skip

    def enter(self) -> None:
        self.headers = {"Authorization": f"Token {TOKEN}"}

    def load(self, articles: Sequence[Article]) -> tuple[Batch, float]:
        client, held = self.client(), list[Held]()
        project = client.json("POST", "/api/projects/", {"title": "bench", "label_config": CONFIG})["id"]
        tasks = [_task(*article) for article in articles]
        parts = [json.dumps(tasks[at : at + AT_ONCE]).encode() for at in range(0, len(tasks), AT_ONCE)]
        began, ids = time.perf_counter(), list[int]()
        for part in parts:
            kind = {"Content_Type": "application/json"}
            answer = client.send("POST", f"/api/projects/{project}/import?return_task_ids=true", part, **kind)[0]
            ids += json.loads(answer)["task_ids"]
        took = time.perf_counter() - began
        held = [Held(id, text) for id, (text, _) in zip(ids, articles, strict=True)]
        return Batch(project, held), took

    def create(self, client: Client, batch: Batch, held: Held, span: Span) -> None:
        if "annotation" not in held.more:
            found = client.json("GET", f"/api/tasks/{held.id}/annotations/")[0]
            held.more = {"annotation": found["id"], "result": found["result"]}
        result = held.more["result"]
        result.append(_region(held.text, span, f"new{len(result)}"))
        client.send("PATCH", f"/api/annotations/{held.more['annotation']}/", {"result": result})

    def read(self, client: Client, batch: Batch, held: Held) -> None:
        client.send("GET", f"/api/tasks/{held.id}/annotations/")

    def first_page(self, client: Client, batch: Batch) -> None:
        client.send("GET", f"/api/tasks?project={batch.project}&page=1&page_size=50")

    def search(self, client: Client, batch: Batch, word: str) -> None:
        item = {"filter": "filter:tasks:data.text", "operator": "contains", "type": "String", "value": word}
        query = quote(json.dumps({"filters": {"conjunction": "and", "items": [item]}}))
        client.send("GET", f"/api/tasks?project={batch.project}&page=1&page_size=50&query={query}")

    def export(self, client: Client, batch: Batch) -> Exported:
        began = time.perf_counter()
        answer = client.open("GET", f"/api/projects/{batch.project}/export?exportType=JSON")
        content = answer.read(1)
        first = time.perf_counter() - began
        content += answer.read()
        last = time.perf_counter() - began
        client.http.close()
        spans = sum(len(found["result"]) for task in json.loads(content) for found in task["annotations"])
        return Exported(first, last, spans)


def _task(text: str, spans: Sequence[Span]) -> dict[str, Any]:
    regions = [_region(text, span, f"s{number}") for number, span in enumerate(spans)]
    return {"data": {"text": text}, "annotations": [{"result": regions}]}


def _region(text: str, span: Span, id: str) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": text[span.start : span.end], "labels": [label_of(span)]}
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": value}
