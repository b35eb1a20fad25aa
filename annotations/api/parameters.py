"""Query parameters before anything looks at them: readable, known, with a value, given once."""

from collections import Counter
from collections.abc import Set
from urllib.parse import parse_qsl

from django.http import HttpRequest

from annotations.api.errors import escaped
from annotations.api.parsers import refuse_unstorable
from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _


def check_parameters(request: HttpRequest, known: Set[str], repeatable: Set[str] = frozenset()) -> None:
    """Raises "not_utf8", "nul", "lone_surrogate", "unknown_parameter", "empty_parameter", "repeated_parameter"."""
    if not (query := request.META.get("QUERY_STRING", "")):
        return
    # Latin-1 keeps every byte as it is, so that what is not UTF-8 is refused, not silently mended.
    raw = parse_qsl(query, keep_blank_values=True, encoding="latin-1")
    pairs = [(_decoded(name, _("a name")), value) for name, value in raw]
    for name, value in pairs:
        if name not in known:
            raise _refused("unknown_parameter", name, _unknown(name, known))
        if not value:
            raise _refused(
                "empty_parameter",
                name,
                _('The parameter "{name}" has no value. Give one, or leave it out.').format(name=name),
            )
        refuse_unstorable(_decoded(value, name), f"/{name}")
    for name, count in Counter(name for name, value in pairs).items():
        if count > 1 and name not in repeatable:
            raise _refused(
                "repeated_parameter",
                name,
                _('The parameter "{name}" is given {count} times. Give it once.').format(name=name, count=count),
            )


def _decoded(raw: str, name: str) -> str:
    try:
        return raw.encode("latin-1").decode()
    except UnicodeDecodeError as error:
        sentence = _("The query string is not UTF-8: byte {position} of {name} cannot be read.").format(
            position=error.start, name=name
        )
        raise _refused("not_utf8", name, sentence) from None


def _unknown(name: str, known: Set[str]) -> str:
    if not known:
        return _('There is no parameter "{name}". This address takes none here.').format(name=name)
    listed = ", ".join(sorted(known))
    return _('There is no parameter "{name}". Known parameters: {listed}.').format(name=name, listed=listed)


def _refused(code: str, name: str, sentence: str) -> DomainError:
    return DomainError(code, sentence, errors=[FieldError(f"/{escaped(name)}", code, sentence)])
