"""Which answers are compressed: those that a client asks for in gzip, by Accept-Encoding (RFC 9110, section 12.5.3)."""

from typing import Final

from django.http import HttpRequest

GZIP: Final = ("gzip", "x-gzip")


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether gzip, or else anything, is named with a weight above zero. Without the header: no."""
    weights = dict(_weighed(each) for each in request.headers.get("Accept-Encoding", "").split(","))
    named = [weights[name] for name in GZIP if name in weights]
    return max(named or [weights.get("*", 0.0)]) > 0


def _weighed(coding: str) -> tuple[str, float]:
    """A name with its weight; what is no weight counts as none."""
    name, *parameters = (part.strip().lower() for part in coding.split(";"))
    told = next((each.removeprefix("q=") for each in parameters if each.startswith("q=")), "1")
    try:
        return name, float(told)
    except ValueError:
        return name, 0.0
