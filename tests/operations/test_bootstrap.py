"""Setting up: the second time nothing is called; without an embedded server for the platform DATABASE_URL will do."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.operations.site import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose .venv is complete, with a pip that fails when it is called."""
    (tmp_path / "factcheck").mkdir()
    shutil.copy(ROOT / "factcheck" / "bootstrap.py", tmp_path / "factcheck")
    (tmp_path / "requirements.txt").write_text("django==5.2.19\nembedded-postgres==18.6.3\npsutil==7.2.2\n")
    (tmp_path / "requirements-dev.txt").write_text("pytest==9.2.0\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    failing_pip = '[ "$2" = pip ] && cat "$7" && echo "No matching distribution found" && exit 1'
    python.write_text(f'#!/bin/sh\n{failing_pip}\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return tmp_path


def bootstrap(checkout: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "factcheck" / "bootstrap.py"), *arguments]
    surroundings = {"PATH": os.environ["PATH"], **values}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def mark_installed(checkout: Path, text: str) -> None:
    marker = checkout / ".venv" / "factcheck-installed.json"
    marker.write_text(json.dumps({"requirements.txt": hashlib.sha256(text.encode()).hexdigest()}))


def test_nothing_is_installed_while_the_requirements_stay_the_same(checkout: Path) -> None:
    mark_installed(checkout, (checkout / "requirements.txt").read_text())

    done = bootstrap(checkout)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_changed_requirements_are_installed(checkout: Path) -> None:
    mark_installed(checkout, "django==5.2.18\n")

    done = bootstrap(checkout)

    assert done.returncode == 1
    assert done.stdout == "Installing what requirements.txt lists (only when it has changed) ...\n"


def test_platform_without_the_embedded_server_is_told_about_database_url(checkout: Path) -> None:
    done = bootstrap(checkout)

    assert done.stderr == (
        "There is no embedded PostgreSQL for this platform. "
        "Set DATABASE_URL to a PostgreSQL 15 to 18 (docs/install.md), then start again.\n"
    )


def test_database_url_does_without_the_embedded_server(checkout: Path) -> None:
    mark_installed(checkout, "django==5.2.19\npsutil==7.2.2\n")

    done = bootstrap(checkout, DATABASE_URL="postgresql://db/facts")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_failure_of_pip_shows_what_pip_said(checkout: Path) -> None:
    (checkout / "requirements.txt").write_text("django==99\n")

    done = bootstrap(checkout)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "django==99",
        "No matching distribution found",
        "pip could not install the requirements; its messages are above. Is there a network, or a proxy to set?",
    ]
