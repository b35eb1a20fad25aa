"""placeholder"""

from collections.abc import Iterator
from bench.figures import Row
from bench.site import Site


def rows(site: Site) -> Iterator[Row]:
    yield from ()
