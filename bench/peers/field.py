"""Everybody who takes part in a comparison, each measured in turn, and the rows that come of it.

One row for each peer: a target against the better one of them is a target against every one of them.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.figures import Row, measured
from bench.peers.contender import Contender, Program
from bench.peers.doccano import Doccano
from bench.peers.install import KINDS
from bench.peers.label_studio import LabelStudio
from bench.peers.ours import Ours
from bench.site import Site
from bench.timing import Plan

PROGRAMS: tuple[type[Program], ...] = (Doccano, LabelStudio)


class Field:
    """`absent`: why a peer is not here, by its title; also where it failed in the middle of the work."""

    def __init__(self, site: Site) -> None:
        self.plan: Plan = site.plan
        self.ours = Ours(site)
        self.peers: list[Program] = []
        self.absent = {kind.title: f"{kind.title}: not installed (make bench-peers)" for kind in KINDS}

    @property
    def everybody(self) -> list[Contender]:
        return [self.ours, *self.peers]

    def of_everybody(self, call: Callable[[Contender], Any]) -> dict[str, Any]:
        """What `call` gives for each, by title; who fails is absent from then on."""
        found = {}
        for contender in self.everybody:
            with self._forgiving(contender):
                found[contender.title] = call(contender)
        return found

    def in_turn(self, call: Callable[[Contender], Any]) -> dict[str, list[Any]]:
        """One run of each, then the next run of each, and so on: what disturbs the machine disturbs all of them."""
        self.plan.settle()
        rounds = [self.of_everybody(call) for _ in range(self.plan.rounds)]
        return {each.title: [found[each.title] for found in rounds] for each in self.everybody}

    def rows(self, work: str, size: str, unit: str, figures: dict[str, list[float]], **target: Any) -> Iterator[Row]:
        """`figures` by title, as in_turn gives them."""
        ours = figures[self.ours.title]
        for kind in KINDS:
            if kind.title in figures:
                theirs = measured(work, size, unit, figures[kind.title]).ours
                beside = {"reference": theirs, "reference_name": kind.title}
                yield measured(f"{work}, beside {kind.name}", size, unit, ours, **beside, **target)
            else:
                yield measured(f"{work}, beside {kind.name}", size, unit, ours, note=self.absent[kind.title], **target)

    @contextlib.contextmanager
    def _forgiving(self, contender: Contender) -> Iterator[None]:
        """A peer's failure is told in its rows. One of ours ends the bench."""
        try:
            yield
        except Exception as failure:
            if not isinstance(contender, Program):
                raise
            self.lose(contender, failure)

    def lose(self, peer: Program, failure: Exception) -> None:
        self.absent[peer.title] = f"{peer.title}: {type(failure).__name__}: {' '.join(str(failure).split())[:120]}"
        if peer in self.peers:
            self.peers.remove(peer)
        peer.stop()


@contextlib.contextmanager
def field(site: Site, folder: Path) -> Iterator[Field]:
    """Every installed peer, set up in `folder` and not yet started; all are stopped at the end."""
    made, programs = Field(site), list[Program]()
    try:
        for kind in PROGRAMS:
            if kind.kind.is_installed:
                programs.append(kind(folder / kind.kind.name))
                made.peers.append(programs[-1])
        made.of_everybody(lambda each: each.set_up() if isinstance(each, Program) else None)
        yield made
    finally:
        for program in programs:
            program.stop()
            program.database.stop()
