"""Host names as people write them in a setting: "host" or "host:port", nothing more."""

import re
from typing import Final

_HOST: Final = re.compile(r"(?:\[[0-9a-f:.]{2,45}\]|[\w](?:[\w.-]{0,251}[\w])?)(?::\d{1,5})?", re.IGNORECASE)


def allowed_host(value: str) -> str | None:
    """The host in lower case and without white space around it; None when it is no host."""
    host = value.strip().lower()
    return host if _HOST.fullmatch(host) else None
