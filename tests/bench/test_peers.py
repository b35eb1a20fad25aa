"""The comparison with peers: who is not installed or fails is told in the rows, and stops nobody else."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench.figures import Row, measured
from bench.peers import install
from bench.peers.contender import Contender
from bench.peers.doccano import Doccano
from bench.peers.field import Field
from bench.peers.install import DOCCANO, KINDS, LABEL_STUDIO, Kind
from bench.site import Site
from bench.timing import Plan
from bench.work.peers import CREATE, grown


class Recorded(Doccano):
    """doccano as far as it is needed here: it starts nothing and ends nothing."""

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def field(tmp_path: Path) -> Field:
    server: Any = None
    made = Field(Site(tmp_path, 1, server, 0.0, Plan(quick=True)))
    made.peers = [Recorded(tmp_path / "doccano")]
    return made


def rows_of(field: Field, **target: float) -> list[Row]:
    def run(contender: Contender) -> float:
        return 2.0 if contender is field.ours else 8.0

    return list(field.rows("read", "1,000", "ms", field.in_turn(run), **target))


def test_each_peer_has_a_row_with_its_own_figure_and_ratio(field: Field) -> None:
    doccano, label_studio = rows_of(field, ratio_most=0.25)

    assert (doccano.work, doccano.reference_name) == ("read, beside doccano", DOCCANO.title)
    assert (doccano.ours, doccano.reference, doccano.ratio, doccano.passed) == (2.0, 8.0, 0.25, True)
    assert len(doccano.runs) == 2
    assert (label_studio.work, label_studio.ours) == ("read, beside label-studio", 2.0)


def test_peer_that_is_not_installed_is_named_and_its_target_is_left_open(field: Field) -> None:
    _, label_studio = rows_of(field, ratio_most=0.25)

    assert (label_studio.reference, label_studio.passed) == (None, None)
    assert label_studio.note == f"{LABEL_STUDIO.title}: not installed (make bench-peers)"


def test_peer_that_fails_half_way_is_stopped_and_its_sentence_stands_in_the_row(field: Field) -> None:
    (peer,) = field.peers
    runs = iter(range(9))

    def fail_later(contender: Contender) -> float:
        if contender is peer and next(runs) == 1:
            raise RuntimeError("The queue is full.")
        return 2.0

    figures = field.in_turn(fail_later)
    doccano, _ = field.rows("read", "1,000", "ms", figures)

    assert figures == {field.ours.title: [2.0, 2.0]}
    assert doccano.note == f"{DOCCANO.title}: RuntimeError: The queue is full."
    assert (field.peers, getattr(peer, "is_stopped", False)) == ([], True)


def test_failure_of_ours_ends_the_comparison(field: Field) -> None:
    def fail(contender: Contender) -> float:
        raise RuntimeError("Ours broke.")

    with pytest.raises(RuntimeError, match="Ours broke"):
        field.in_turn(fail)


def test_peer_without_its_python_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "FOLDER", tmp_path)
    monkeypatch.setattr(install, "KINDS", (Kind("elsewhere", "1.0", ("9.9",), ("elsewhere==1.0",)),))

    assert install.main() == 1
    assert "elsewhere 1.0 needs Python 9.9, and none is on PATH." in capsys.readouterr().err


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_peer_counts_as_installed_only_with_the_packages_that_are_asked_for(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "FOLDER", tmp_path)
    assert not kind.is_installed
    kind.home.mkdir()
    marker = kind.home / install.MARKER

    marker.write_text(json.dumps(["an older list"]))
    assert not kind.is_installed
    marker.write_text(json.dumps(kind.packages))
    assert kind.is_installed


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_versions_of_peers_are_pinned(kind: Kind) -> None:
    assert kind.packages[0].endswith(f"=={kind.version}")


def created(name: str, ours: float, theirs: float | None) -> Row:
    return measured(f"{CREATE}, beside {name}", "", "ms", [ours], reference=theirs)


def test_exponent_of_a_peer_stands_beside_ours_where_it_was_measured_at_every_size() -> None:
    found = [
        created("doccano", 5.0, 10.0),
        created("label-studio", 5.0, 10.0),
        created("doccano", 5.0, 1_000.0),
        created("label-studio", 5.0, None),
    ]

    doccano, label_studio = grown(CREATE, [10, 1_000], found, most=0.1)

    assert (doccano.ours, doccano.passed) == (pytest.approx(0.0), True)
    assert doccano.note == f"1.00 ({DOCCANO.title})"
    assert label_studio.note == ""
    assert LABEL_STUDIO.name in label_studio.work
