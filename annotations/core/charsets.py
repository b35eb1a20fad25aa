"""Which legacy charset bytes without a declaration are in. Doubt is an answer: no wrong characters."""

from dataclasses import dataclass
from typing import Final

from charset_normalizer import from_bytes

CODECS: Final = ("cp1252", "cp1251", "cp932", "gb18030")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the bytes; `codec` is Python's name."""

    codec: str
    text: str


def readings(data: bytes) -> list[Reading]:
    """The credible readings of `data`; exactly one where the charset is certain, none where nothing makes sense."""
    best = from_bytes(data, cp_isolation=list(CODECS)).best()
    return [Reading(best.encoding, str(best))] if best else []
