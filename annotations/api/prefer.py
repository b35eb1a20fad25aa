"""The Prefer header (RFC 7240), as far as containers know it: what a representation should include."""

import re
from typing import Final

INCLUDE: Final = re.compile(
    r'return\s*=\s*"?representation"?\s*(?:;[^;,]*)*?;\s*include\s*=\s*(?:"([^"]*)"|([^\s;,"]+))', re.IGNORECASE
)
MINIMAL: Final = "http://www.w3.org/ns/ldp#PreferMinimalContainer"
IRIS: Final = "http://www.w3.org/ns/oa#PreferContainedIRIs"
DESCRIPTIONS: Final = "http://www.w3.org/ns/oa#PreferContainedDescriptions"


def included(header: str | None) -> frozenset[str]:
    """The names that a representation should include; those that nobody knows are no error."""
    found = INCLUDE.search(header or "")
    return frozenset((found[1] or found[2] or "").split()) if found else frozenset()
