"""Label Studio's own converter reads our export: the same words under the same labels, counted as it counts."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from annotations.formats import label_studio
from tests.formats.outgoing import ROWS, TEXT, document, range_of, row
from tests.formats.samples import drawn

READERS: Final = Path(__file__).parent / "readers"
WORDS: Final = ["Nine", "120", "🇺🇦", "end"]
MARKED: Final = [row(number, range_of(word)) for number, word in enumerate(WORDS)]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the converter says of two documents. It is installed for this alone, since it wants other versions."""
    folder = tmp_path_factory.mktemp("label-studio")
    tasks, packages = folder / "tasks.json", folder / "packages"
    tasks.write_bytes(b"".join(label_studio.written([document(2), document(3, MARKED)])))
    wanted = ["pip", "install", "--no-deps", "--target", str(packages), "-r", str(READERS / "label_studio.txt")]
    installed = ran([str(Path(sys.executable).with_name("uv")), *wanted])
    if installed.returncode:
        pytest.skip(f"Label Studio's converter could not be installed: {installed.stderr.strip()[-300:]}")
    reader = ran([sys.executable, str(READERS / "label_studio.py"), str(tasks), str(folder)], PYTHONPATH=str(packages))
    assert reader.returncode == 0, reader.stderr
    found: dict[str, Any] = json.loads(reader.stdout)
    return found


def ran(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=180
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def test_its_converter_finds_the_same_words_and_labels(read: dict[str, Any]) -> None:
    first, second = read["tasks"]

    assert (first["text"], second["text"]) == (TEXT, TEXT)
    for task, rows in ((first, ROWS), (second, MARKED)):
        marks = [(label, mark["text"]) for mark in task["marks"] for label in mark["labels"]]
        assert sorted(marks) == sorted((label or "unlabelled", words) for label, words in drawn(rows))
        assert all(TEXT[mark["start"] : mark["end"]] == mark["text"] for mark in task["marks"])


def test_its_tokens_carry_the_labels_of_the_words_that_were_marked(read: dict[str, Any]) -> None:
    """It cuts the text itself and looks which of its pieces the ranges cover."""
    (written,) = read["conll"]
    second = written.rstrip("\n").split("\n\n")[-1]

    assert re.findall(r"^(\S+) -X- _ B-quantity$", second, re.MULTILINE) == WORDS
    assert len(re.findall(r" O$", second, re.MULTILINE)) > 10
