"""A primary with its hot standby, filled once, and sites that use both."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.operations.postgres import Postgres
from tests.operations.site import LONGEST_START, Site
from tests.people import TEXT

POPULATE = """
import json
from django.core.management import call_command
from annotations.core.states import ArticleState
from annotations.services.accounts import create_user
from annotations.services.desks import create_desk, set_membership
from annotations.services.tokens import create_token
from tests.factories import import_text
from tests.people import ROLES, TEXT, People
from tests.states import article_at

call_command("migrate", verbosity=0)
desk = create_desk(slug="demo", name="Demo desk")
made = {name: create_user(username=name, password="correct horse battery") for name in ROLES}
for name, role in ROLES.items():
    set_membership(desk=desk, user=made[name], roles=[role])
people = People(**made, nobody=made["stranger"])
published = article_at(ArticleState.PUBLISHED, import_text(desk, people.checker, TEXT, title="Mines"), people)
open = import_text(desk, people.checker, TEXT, title="In work")
print(json.dumps({"token": create_token(user=people.checker, name="test")[1], "published": str(published.pk),
    "open": str(open.pk)}))
"""
ALL = "/api/v1/export/jsonl/?state=all"
VERDICTS = "/api/v1/verdicts/"
PLACE = {"start": 0, "end": 6, "exact": TEXT[:6]}
RATES = {f"API_RATE_{name}": "1000000/min" for name in ("READ", "WRITE", "EXPORT")}
MADE = "SELECT count(*) FROM annotations_event WHERE action = 'create' AND object_id IN ({})"
WRITERS, WRITES = 4, 30  # threads, and annotations that each of them makes


@dataclass
class World:
    """`published` and `open` are articles by id, `token` one of a checker's."""

    folder: Path
    primary: Postgres
    standby: Postgres
    token: str
    published: str
    open: str

    def environment(self) -> dict[str, str]:
        urls = {"DATABASE_URL": self.primary.url, "DATABASE_STANDBY_URL": self.standby.url}
        return urls | RATES | {"WORKER": "process"}

    def site(self) -> Site:
        return Site(self.folder, "--no-demo", **self.environment())

    def send(self, site: Site, path: str, body: Any = None) -> tuple[int, str]:
        """One request with the token. Raises OSError or HTTPException when no whole answer comes."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(f"http://127.0.0.1:{site.port}{path}", data, headers)
        try:
            with urllib.request.urlopen(request, timeout=LONGEST_START) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def annotate(self, site: Site, id: str) -> int:
        return self.send(site, "/api/v1/annotations/", {"id": id, "article": self.open, **PLACE})[0]

    def read(self, site: Site, path: str) -> tuple[str, bool]:
        """What is answered, and whether the standby was asked for it."""
        size = self.standby.log_size()
        status, text = self.send(site, path)
        assert status == 200, text
        return text, "annotations_annotation" in self.standby.statements(size)

    def read_on_the_standby(self, site: Site, path: str) -> tuple[str, str]:
        """What is answered, and what the primary did meanwhile. Again while the standby was too slow to be asked."""
        until = time.monotonic() + LONGEST_START
        while True:
            size = self.primary.log_size()
            text, from_standby = self.read(site, path)
            if from_standby:
                return text, self.primary.statements(size)
            assert time.monotonic() < until, "The standby is never asked."
            time.sleep(0.1)

    def wait_for_the_standby(self, site: Site) -> None:
        self.read_on_the_standby(site, VERDICTS)
