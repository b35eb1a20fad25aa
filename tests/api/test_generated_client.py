"""The OpenAPI document is enough: a client made from it by a generator that others use walks the main path."""

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from annotations.models import Desk
from tests.people import PASSWORD, TEXT, People

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
PACKAGE = "made_client"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("client")
    config = folder / "config.yaml"
    config.write_text("post_hooks: []\n")
    command = [
        Path(sys.executable).with_name("openapi-python-client"), "generate", "--path", DOCUMENT, "--meta", "none",
        "--output-path", folder / PACKAGE, "--config", config,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    _mend(folder / PACKAGE)
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


def _mend(package: Path) -> None:
    """The generator (0.29) forgets one import in operations whose bodies come in two media types."""
    for file in package.glob("api/*/*.py"):
        text = file.read_text()
        if "| Unset = UNSET" in text and "import Response, UNSET\n" in text:
            file.write_text(text.replace("import Response, UNSET\n", "import Response, UNSET, Unset\n"))


class Made:
    """The generated client signed in as one person: operations by their module, models by their name."""

    def __init__(self, server: LiveServer, username: str) -> None:
        body = self.model("TokenWriterRequest", username=username, password=PASSWORD, name="generated")
        with self.module("client").Client(base_url=server.url) as anonymous:
            token = self.operation("tokens.tokens_create").sync(client=anonymous, body=body).token
        self.client = self.module("client").AuthenticatedClient(base_url=server.url, token=token)

    def close(self) -> None:
        self.client.get_httpx_client().close()

    def module(self, name: str) -> Any:
        return importlib.import_module(f"{PACKAGE}.{name}")

    def model(self, name: str, /, **values: Any) -> Any:
        return getattr(self.module("models"), name)(**values)

    def operation(self, name: str) -> Any:
        return self.module(f"api.{name}")

    def call(self, name: str, *path: Any, **arguments: Any) -> Any:
        """The answer with its headers, which must be a success."""
        answer = self.operation(name).sync_detailed(*path, client=self.client, **arguments)
        assert answer.status_code < 300, answer.content
        return answer


@pytest.fixture
def clients(made: ModuleType, live_server: LiveServer, people: People) -> Iterator[tuple[Made, Made]]:
    with closing(Made(live_server, "checker")) as checker, closing(Made(live_server, "reviewer")) as reviewer:
        yield checker, reviewer


def test_the_main_path_through_a_generated_client(clients: tuple[Made, Made], desk: Desk) -> None:
    checker, reviewer = clients
    article = checker.call(
        "articles.articles_create", body=checker.model("ArticleWriterRequest", desk="demo", text=TEXT)
    ).parsed
    body = checker.model(
        "AnnotationWriterRequest",
        article=article.id,
        exact="thousands of troops",
        terms=["intelligence-sourced"],
        claim="The country has sent thousands of troops.",
    )
    annotation = checker.call("annotations.annotations_create", body=body).parsed
    assert TEXT[annotation.start : annotation.end] == annotation.exact == "thousands of troops"
    evidence = checker.model("NewEvidenceWriterRequest", url="https://www.example.org/report")
    checker.call("annotations.evidence_create", annotation.id, body=evidence)
    verdict = checker.model("VerdictWriterRequest", term="unproven", rationale="The agencies named no figures.")
    change(checker, "update", annotation.id, checker.model("PatchedAnnotationChangesWriterRequest", verdict=verdict))
    for person, action in ((checker, "propose"), (reviewer, "approve")):
        change(person, "move", annotation.id, person.model("MoveWriterRequest", action=action))

    rows = reviewer.call("verdicts.verdicts_list", article=article.id).parsed.results
    export = reviewer.call("export.export_jsonl", article=article.id).content.splitlines()
    events = reviewer.call("events.events_list").parsed.results
    assert [(row.exact, row.verdict) for row in rows] == [("thousands of troops", "unproven")]
    exported, end = map(json.loads, export)
    assert (exported["id"], exported["state"], end) == (str(annotation.id), "signed_off", {"end": True, "rows": 1})
    done = [event.action for event in events if event.annotation == annotation.id]
    assert done == ["create", "add_evidence", "edit", "propose", "approve"]


def change(person: Made, operation: str, annotation: Any, body: Any) -> None:
    """Of the version that is seen now."""
    seen = person.call("annotations.annotations_retrieve", annotation)
    person.call(f"annotations.annotations_{operation}", annotation, body=body, if_match=seen.headers["ETag"])
