"""Where the public conformance data lies: beside the checkout, never inside it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
CONFORMANCE = SHARED / "conformance"
SEEDS = SHARED / "seeds"

ABSENT = "../shared is not beside this checkout"
needs_conformance = pytest.mark.skipif(not CONFORMANCE.is_dir(), reason=ABSENT)
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=ABSENT)
