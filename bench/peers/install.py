"""make bench-peers: put each peer into an environment of its own below .data/peers, where the bench finds it.

A second run finds everything in place and calls nothing. What cannot be installed is said, and the bench goes without.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / ".data" / "peers"
MARKER = "installed.json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A peer: its version, the Pythons that it runs on (best first), and what pip is asked for."""

    name: str
    version: str
    pythons: tuple[str, ...]
    packages: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def home(self) -> Path:
        return FOLDER / self.name

    @property
    def is_installed(self) -> bool:
        marker = self.home / MARKER
        return marker.exists() and json.loads(marker.read_text()) == list(self.packages)


DOCCANO = Kind(
    "doccano", "1.8.4", ("3.10", "3.9", "3.8"),
    # It names no upper bounds, and the newest marshmallow and numpy do not work with it.
    ("doccano==1.8.4", "psycopg2-binary", "marshmallow<4", "numpy<2", "setuptools<81"),
)  # fmt: skip
LABEL_STUDIO = Kind("label-studio", "1.23.2", ("3.11", "3.12", "3.10"), ("label-studio[uwsgi]==1.23.2",))
KINDS = (DOCCANO, LABEL_STUDIO)


def main() -> int:
    missing = [kind.title for kind in KINDS if not _installed(kind)]
    if missing:
        say(f"Without {' and '.join(missing)}: the bench says so in their rows.")
    return int(bool(missing))


def _installed(kind: Kind) -> bool:
    if kind.is_installed:
        say(f"{kind.title} is installed.")
        return True
    python = next(_pythons(kind), None)
    if python is None:
        say(f"{kind.title} needs Python {' or '.join(kind.pythons)}, and none is on PATH.")
        return False
    say(f"Installing {kind.title} with {python}; this takes some minutes ...")
    shutil.rmtree(kind.home, ignore_errors=True)
    return _run(python, "-m", "venv", str(kind.home)) and _filled(kind)


def _filled(kind: Kind) -> bool:
    pip = (str(kind.home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    if not _run(*pip, *kind.packages):
        return False
    (kind.home / MARKER).write_text(json.dumps(kind.packages))
    return True


def _pythons(kind: Kind) -> Iterator[str]:
    """Those that really run: a shim of pyenv may not, while the version behind it does."""
    for version in kind.pythons:
        behind = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
        for found in (shutil.which(f"python{version}"), *map(str, behind)):
            if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:  # noqa: S603
                yield found


def _run(*command: str) -> bool:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # noqa: S603
    if done.returncode:
        say(f"{' '.join(command[:4])} failed: {done.stdout.strip()[-1000:]}")
    return done.returncode == 0


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
