"""An article on its way in: from a parsed body to the readers of ingest, once it is sure that the person may import."""

from collections.abc import Mapping
from typing import Any

from annotations import ingest
from annotations.api.writers.articles import SOURCES
from annotations.core.errors import DomainError, FieldError
from annotations.core.wording import _
from annotations.ingest.article import IncomingArticle
from annotations.ingest.fetch import fetch
from annotations.models import Article, Desk, User
from annotations.permissions import require
from annotations.queries.matching import desk_named
from annotations.services.articles import METADATA, import_article, imported_before


def incoming_article(actor: User, data: Mapping[str, Any]) -> tuple[Article, bool]:
    """The new article, and True; or what an earlier attempt with the same id made, and False, with nothing fetched."""
    desk = _desk(actor, data["desk"])
    require(actor, "import", desk)
    id = data.get("id")
    if id is not None and (known := imported_before(id, desk, actor)):
        return known, False
    metadata = {name: data[name] for name in METADATA if name in data}
    incoming = read_source(desk, data)
    return import_article(desk_id=desk.pk, actor=actor, incoming=incoming, metadata=metadata, id=id)


def _desk(actor: User, name: str) -> Desk:
    desk = desk_named(name, actor)
    if desk is None:
        sentence = _("There is no such desk, or you do not work on it.")
        raise DomainError("not_found", sentence, errors=[FieldError("/desk", "not_found", sentence)])
    return desk


def read_source(desk: Desk, data: Mapping[str, Any]) -> IncomingArticle:
    """What the one of text, html, url and file that was sent holds. Raises "one_source" and what the readers raise."""
    given = [name for name in SOURCES if name in data]
    if len(given) != 1:
        sent = _(" and ").join(given) or _("none of them")
        sentence = _("Send exactly one of text, html, url or, in a form, file; this has {sent}.").format(sent=sent)
        raise DomainError(
            "one_source", sentence, errors=[FieldError(f"/{name}", "one_source", sentence) for name in given]
        )
    try:
        return _READERS[given[0]](desk, data)
    except DomainError as error:
        errors = error.errors or [FieldError(f"/{given[0]}", error.code, error.message)]
        raise DomainError(error.code, error.message, errors=errors, extra=error.extra) from error


def _from_url(desk: Desk, data: Mapping[str, Any]) -> IncomingArticle:
    fetched = fetch(data["url"], allowed_hosts=desk.fetch_hosts)
    return ingest.read(fetched.data, media_type=fetched.media_type, url=fetched.url)


def _from_file(_desk: Desk, data: Mapping[str, Any]) -> IncomingArticle:
    file = data["file"]
    media_type = "; charset=".join(part for part in (file.content_type, file.charset) if part)
    return ingest.read(file.read(), media_type=media_type or None, name=file.name or None)


_READERS = {
    "text": lambda _desk, data: ingest.read_text(data["text"]),
    "html": lambda _desk, data: ingest.read_html(data["html"], url=data.get("canonical_url")),
    "url": _from_url,
    "file": _from_file,
}
