"""Notices: tell people what others did to work of theirs. Never anything confidential."""

from collections.abc import Iterable
from uuid import UUID

from django.utils import timezone

from annotations.core.wording import Saying, kept
from annotations.models import Annotation, Article, Notice, User
from annotations.services.rows import insert

SHOWN = 80


def tell(people: Iterable[UUID], about: Annotation | Article, sentence: Saying, actor: User | None) -> None:
    """One unread notice for each of the people but the actor. Called inside the transaction of what it tells of.

    The sentence is stored as what it is made of, since every reader has a language of their own.
    """
    annotation = about if isinstance(about, Annotation) else None
    article_id = annotation.article_id if annotation else about.pk
    insert(
        [
            Notice(
                desk_id=about.desk_id,
                person_id=person,
                article_id=article_id,
                annotation=annotation,
                said=kept(sentence),
            )
            for person in sorted(set(people) - ({actor.pk} if actor else set()))
        ]
    )


def quote_of(annotation: Annotation) -> str:
    """The quote, shortened for a sentence, which puts the marks of its language around it."""
    exact = " ".join(annotation.exact.split())
    return exact if len(exact) <= SHOWN else f"{exact[: SHOWN - 1]}…"


def mark_read(person: User) -> int:
    """The person has seen all their notices; how many were new."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=timezone.now())
