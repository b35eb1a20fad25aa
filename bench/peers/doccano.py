"""doccano: gunicorn with the workers of its own command, a task queue, and one row a span."""

import io
import json
import os
import time
import zipfile
from collections.abc import Sequence
from typing import Any

from bench.peers.contender import Article, Batch, Exported, Held, Program, label_of
from bench.peers.install import DOCCANO
from bench.site import Client
from bench.workload import LABELS, Span

NAME, PASSWORD = "bench", "measured-in-peace"  # noqa: S105 (of an account that lives as long as one run)
EDGE = "edge-of-the-measured-file"
POLL_SECONDS = 0.1


class Doccano(Program):
    kind = DOCCANO
    first_address = "/auth/"

    def environment(self) -> dict[str, str]:
        socket, role, database = self.place
        return {
            "DOCCANO_HOME": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
            "STANDALONE": "True",
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "DATABASE_URL": f"postgresql:///{database}?sslmode=disable",
            "CELERY_BROKER_URL": f"sqla+postgresql:///{database}",
            "PGHOST": socket,  # its reader of addresses takes no folder for a host
            "PGUSER": role,
        }

    def prepare(self) -> None:
        self.command(self.program("doccano"), "init")
        self.command(self.program("doccano"), "createuser", "--username", NAME, "--password", PASSWORD)

    def launch(self) -> None:
        """`doccano webserver` is this gunicorn, but listens on every address of the machine."""
        workers = str(2 * (os.cpu_count() or 1) + 1)
        self.spawn(
            self.program("gunicorn"), "--bind", f"127.0.0.1:{self.port}", "--workers", workers, "--timeout", "600",
            "--chdir", str(self.package("backend")), "config.wsgi",
        )  # fmt: skip
        self.spawn(self.program("doccano"), "task", "--concurrency", "2")

    def enter(self) -> None:
        key = Client(self.port, {}).json("POST", "/v1/auth/login/", {"username": NAME, "password": PASSWORD})["key"]
        self.headers = {"Authorization": f"Token {key}"}

    def load(self, articles: Sequence[Article]) -> tuple[Batch, float]:
        client, file = self.client(), _file(articles)
        project = self._project(client)
        began = time.perf_counter()
        kind = {"Content_Type": f"multipart/form-data; boundary={EDGE}"}
        upload = client.send("POST", "/v1/fp/process/", file, **kind)[0].decode().strip('"')
        asked = {
            "format": "JSONL", "task": "SequenceLabeling", "uploadIds": [upload], "column_data": "text",
            "column_label": "label", "delimiter": "", "encoding": "utf_8",
        }  # fmt: skip
        self._finish(client, client.json("POST", f"{project['at']}/upload", asked)["task_id"])
        took = time.perf_counter() - began
        rows = client.json("GET", f"{project['at']}/examples?limit={len(articles)}")["results"]
        ids = {row["meta"]["number"]: row["id"] for row in rows}
        return Batch(project, [Held(ids[number], text) for number, (text, _) in enumerate(articles)]), took

    def create(self, client: Client, batch: Batch, held: Held, span: Span) -> None:
        label = batch.project["labels"][label_of(span)]
        body = {"start_offset": span.start, "end_offset": span.end, "label": label, "prob": 0}
        client.send("POST", f"{batch.project['at']}/examples/{held.id}/spans", body)

    def read(self, client: Client, batch: Batch, held: Held) -> None:
        client.send("GET", f"{batch.project['at']}/examples/{held.id}/spans")

    def first_page(self, client: Client, batch: Batch) -> None:
        client.send("GET", f"{batch.project['at']}/examples?limit=50&offset=0")

    def search(self, client: Client, batch: Batch, word: str) -> None:
        client.send("GET", f"{batch.project['at']}/examples?limit=50&q={word}")

    def export(self, client: Client, batch: Batch) -> Exported:
        began = time.perf_counter()
        asked = {"format": "JSONL", "exportApproved": False}
        task = client.json("POST", f"{batch.project['at']}/download", asked)["task_id"]
        self._finish(client, task)
        answer = client.open("GET", f"{batch.project['at']}/download?taskId={task}")
        content = answer.read(1)
        first = time.perf_counter() - began
        content += answer.read()
        last = time.perf_counter() - began
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            lines = [json.loads(line) for name in archive.namelist() for line in archive.open(name)]
        return Exported(first, last, sum(len(line["label"]) for line in lines))

    def _project(self, client: Client) -> dict[str, Any]:
        asked = {
            "name": "bench", "description": "bench", "project_type": "SequenceLabeling", "allow_overlapping": True,
            "resourcetype": "SequenceLabelingProject", "collaborative_annotation": True,
        }  # fmt: skip
        at = f"/v1/projects/{client.json('POST', '/v1/projects', asked)['id']}"
        return {
            "at": at,
            "labels": {key: client.json("POST", f"{at}/span-types", {"text": key})["id"] for key in LABELS},
        }

    def _finish(self, client: Client, task: str) -> None:
        """Its page looks again and again, too."""
        while True:
            state = client.json("GET", f"/v1/tasks/status/{task}")
            result = state.get("result")
            if state.get("error") or (isinstance(result, dict) and result.get("error")):
                raise RuntimeError(f"{self.title}: {str(state)[:300]}")
            if state["ready"]:
                return
            time.sleep(POLL_SECONDS)


def _file(articles: Sequence[Article]) -> bytes:
    """A form with one JSON line a document."""
    lines = [
        json.dumps(
            {"text": text, "label": [[span.start, span.end, label_of(span)] for span in spans], "number": number},
            ensure_ascii=False,
        )
        for number, (text, spans) in enumerate(articles)
    ]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="filepond"; filename="bench.jsonl"\r\n'
    body = f"{head}Content-Type: application/json\r\n\r\n" + "\n".join(lines) + f"\r\n--{EDGE}--\r\n"
    return body.encode()
