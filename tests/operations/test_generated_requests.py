"""Requests that schemathesis makes from the OpenAPI document, on the running site: no 5xx, nothing undocumented."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.operations.site import LONGEST_START, ROOT, Site, data_folder

EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "3")
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
RUN = (
    "--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--generation-deterministic", "--no-color",
    "--max-examples", EXAMPLES, "--suppress-health-check", "all", "--warnings", "off", "--continue-on-failure",
    "--exclude-path", "/api/v1/tokens/current/", "--request-timeout", str(LONGEST_START),
)  # fmt: skip
RATES = {f"API_RATE_{name}": "1000000/min" for name in ("LOGIN", "READ", "WRITE", "EXPORT")}


@pytest.fixture
def site() -> Iterator[Site]:
    with data_folder() as folder, Site(folder, **RATES) as running:
        running.get("/readyz")
        yield running


def asked(site: Site, path: str, token: str = "", body: Any = None) -> Any:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f"http://127.0.0.1:{site.port}/api/v1/{path}", data, headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_no_generated_request_gets_an_undocumented_answer(site: Site, tmp_path: Path) -> None:
    token = asked(site, "tokens/", body={"username": "head", "password": "factcheck", "name": "schemathesis"})["token"]
    config = tmp_path / "schemathesis.toml"
    config.write_text(ids_of(site, token))
    command = [
        Path(sys.executable).with_name("schemathesis"), "--config-file", config, "run", ROOT / "docs/openapi.yaml",
        "--url", f"http://127.0.0.1:{site.port}", "--header", f"Authorization: Bearer {token}", *RUN,
    ]  # fmt: skip

    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "Traceback" not in site.stop()[1]


def ids_of(site: Site, token: str) -> str:
    """The ids of what the demo holds, so that requests get past the first 404."""
    names = ("articles", "annotations", "desks", "terms", "vocabularies")
    ids = {name: asked(site, f"{name}/", token)["results"][0]["id"] for name in names}
    return "\n".join(
        f'[[operations]]\ninclude-path-regex = "^/api/v1/{name}/"\nparameters = {{ id = "{id}" }}\n'
        for name, id in ids.items()
    )
