"""Documents of a file that name an article instead of bringing its text: they get the text that it has here."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from annotations.core.errors import DomainError
from annotations.core.wording import _
from annotations.formats.documents import IncomingDocument, bad_document
from annotations.models import Article, Desk, User
from annotations.models.article import ArticleQuerySet
from annotations.services.prepared_documents import Documents


def with_texts(desk: Desk, actor: User, documents: Documents) -> Documents:
    """The same documents, each with its text. Articles are looked up in the first reading only.

    Raises "bad_document" for an article that the desk does not have.
    """
    known: dict[str, tuple[str, str]] = {}

    def read() -> Iterator[IncomingDocument]:
        for document in documents():
            if not document.needs_text:
                yield document
                continue
            named = str(document.article)
            if named not in known:
                known[named] = _article(desk, actor, document)
            article, text = known[named]
            yield replace(document, text=text, article=article)

    return read


def _article(desk: Desk, actor: User, document: IncomingDocument) -> tuple[str, str]:
    """Id and text, by its id or as the only one with its address."""
    rows = Article.objects.visible_to(actor).filter(desk=desk)
    named = _named(rows, str(document.article))
    address = document.metadata.get("canonical_url")
    found = named or (list(rows.filter(canonical_url=address)[:2]) if address else [])
    if len(found) != 1:
        raise _absent(document)
    return str(found[0].pk), found[0].current.text


def _named(rows: ArticleQuerySet, id: str) -> list[Article]:
    try:
        return list(rows.filter(pk=UUID(id)))
    except ValueError:
        return []


def _absent(document: IncomingDocument) -> DomainError:
    reason = _(
        "There is no article {article} on this desk, nor a single one with its address. Bring its text in first."
    )
    return bad_document(document.key, reason.format(article=document.article), code="bad_document")
