"""Vocabularies: add a term, reword it, move it, retire it, bring it back, undo the last change.

Every change makes a new version of the vocabulary. Its event holds the terms that changed as they were in the version
before and as they are now, so that each earlier version can be told and the last change be undone.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.errors import DomainError, wrong
from annotations.core.palette import check_number
from annotations.core.terms import TermSeed
from annotations.core.wording import _
from annotations.models import Event, Term, User, Vocabulary
from annotations.services.history import record
from annotations.services.locks import administered_desk
from annotations.services.rows import checked

KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
WORDING: Final = ("name", "description", "colour")
Terms = list[Term]


def new_term(vocabulary: Vocabulary, seed: TermSeed, position: int) -> Term:
    """A term that is not stored yet."""
    return Term(
        desk_id=vocabulary.desk_id,
        vocabulary=vocabulary,
        key=seed.key,
        name=seed.name,
        description=seed.description,
        position=position,
        colour=seed.colour,
        rating_value=seed.rating.value if seed.rating else None,
        rating_best=seed.rating.best if seed.rating else None,
        rating_worst=seed.rating.worst if seed.rating else None,
        averitec=seed.averitec or "",
    )


@transaction.atomic
def add_term(*, vocabulary_id: UUID, actor: User, seen_version: int, seed: TermSeed) -> Event:
    """A new term at the end. Raises "bad_key", "key_taken", "invalid", "unknown_colour", "stale"."""
    vocabulary, terms = _locked(vocabulary_id, actor, seen_version)
    if not KEY.fullmatch(seed.key):
        raise wrong(
            "/key",
            "bad_key",
            _("A key is made of lower-case letters, digits and single hyphens, such as court-record."),
        )
    if Term.objects.filter(desk=vocabulary.desk_id, key=seed.key).exists():
        raise wrong(
            "/key",
            "key_taken",
            _('This desk has a term with the key "{key}" already. Choose another key.').format(key=seed.key),
        )
    check_number(seed.colour)
    term = checked(new_term(vocabulary, seed, position=len(terms)))
    term.save(force_insert=True)
    return _versioned(vocabulary, actor, "add_term", before={}, after=states_of([term]))


@transaction.atomic
def reword_term(*, term_id: UUID, actor: User, seen_version: int, changes: Mapping[str, Any]) -> Event | None:
    """Change some of WORDING. The key stays, so that what carries the term goes on carrying it. None: no difference."""
    vocabulary, terms, term = _found(term_id, actor, seen_version)
    before = states_of(terms)
    for name in WORDING:
        setattr(term, name, changes.get(name, getattr(term, name)))
    check_number(term.colour)
    return _kept(vocabulary, actor, "reword_term", before, [checked(each) for each in terms])


@transaction.atomic
def move_term(*, term_id: UUID, actor: User, seen_version: int, up: bool) -> Event | None:
    """One place up or down among the terms that may be chosen. None: it is the first or last already."""
    vocabulary, terms, term = _found(term_id, actor, seen_version)
    before = states_of(terms)
    choosable = [each for each in terms if each.retired_at is None or each is term]
    place = choosable.index(term) + (-1 if up else 1)
    if 0 <= place < len(choosable):
        one, other = terms.index(term), terms.index(choosable[place])
        terms[one], terms[other] = terms[other], terms[one]
        for position, each in enumerate(terms):
            each.position = position
    return _kept(vocabulary, actor, "move_term", before, terms)


@transaction.atomic
def retire_term(*, term_id: UUID, actor: User, seen_version: int) -> Event | None:
    """Nobody can choose it any more; what carries it keeps it. Raises "wrong_state" for the last one."""
    vocabulary, terms, term = _found(term_id, actor, seen_version)
    before = states_of(terms)
    term.retired_at = term.retired_at or timezone.now()
    if all(each.retired_at for each in terms):
        raise DomainError(
            "wrong_state",
            _('"{name}" is the last term that can be chosen here. Add another first.').format(name=term.name),
        )
    return _kept(vocabulary, actor, "retire_term", before, terms)


@transaction.atomic
def bring_back_term(*, term_id: UUID, actor: User, seen_version: int) -> Event | None:
    vocabulary, terms, term = _found(term_id, actor, seen_version)
    before = states_of(terms)
    term.retired_at = None
    return _kept(vocabulary, actor, "bring_back_term", before, terms)


@transaction.atomic
def undo_change(*, event_id: UUID, actor: User) -> Event | None:
    """Take the last change of a vocabulary back, as a new version; a term that it added is retired.

    Raises "stale" when the vocabulary was changed after it.
    """
    event = Event.objects.filter(pk=event_id, object_type="vocabulary").first()
    if event is None or event.before is None or event.after is None:
        raise DomainError("not_found", _("There is no such change, or it belongs to a desk you do not work on."))
    vocabulary, terms = _locked(event.object_id, actor, event.after["version"])
    before, was = states_of(terms), event.before["terms"]
    for term in terms:
        if term.key in was:
            _restore(term, was[term.key])
        elif term.key in event.after["terms"]:
            term.retired_at = term.retired_at or timezone.now()
    return _kept(vocabulary, actor, "undo_terms", before, terms)


def states_of(terms: Sequence[Term]) -> dict[str, dict[str, Any]]:
    """By key, what of each term a change can touch."""
    names = (*WORDING, "position")
    return {
        term.key: {name: getattr(term, name) for name in names} | {"retired": term.retired_at is not None}
        for term in terms
    }


def _restore(term: Term, state: Mapping[str, Any]) -> None:
    for name in (*WORDING, "position"):
        setattr(term, name, state[name])
    term.retired_at = (term.retired_at or timezone.now()) if state["retired"] else None


def _kept(
    vocabulary: Vocabulary, actor: User, action: str, before: Mapping[str, Any], terms: Sequence[Term]
) -> Event | None:
    """Store the terms that differ from `before`, as the next version with its event. None: none differs."""
    after = states_of(terms)
    changed = [term for term in terms if before.get(term.key) != after[term.key]]
    if not changed:
        return None
    Term.objects.bulk_update(changed, [*WORDING, "position", "retired_at"])
    keys = {term.key for term in changed}
    return _versioned(vocabulary, actor, action, _some(before, keys), _some(after, keys))


def _versioned(
    vocabulary: Vocabulary, actor: User, action: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Event:
    vocabulary.version += 1
    vocabulary.save(update_fields=["version"])
    return record(
        vocabulary.desk,
        actor=actor,
        action=action,
        obj=vocabulary,
        before={"version": vocabulary.version - 1, "terms": before},
        after={"version": vocabulary.version, "terms": after},
    )


def _some(states: Mapping[str, Any], keys: Set[str]) -> dict[str, Any]:
    return {key: state for key, state in states.items() if key in keys}


def _found(term_id: UUID, actor: User, seen_version: int) -> tuple[Vocabulary, Terms, Term]:
    vocabulary_id = Term.objects.filter(pk=term_id).values_list("vocabulary", flat=True).first()
    vocabulary, terms = _locked(vocabulary_id, actor, seen_version)
    return vocabulary, terms, next(term for term in terms if term.pk == term_id)


def _locked(vocabulary_id: UUID | None, actor: User, seen_version: int) -> tuple[Vocabulary, Terms]:
    """The vocabulary as the actor saw it and all its terms in order, its desk locked."""
    found = Vocabulary.objects.filter(pk=vocabulary_id).first() if vocabulary_id else None
    if found is None:
        raise DomainError("not_found", _("There is no such vocabulary, or it belongs to a desk you do not work on."))
    desk = administered_desk(found.desk_id, actor)
    vocabulary = Vocabulary.objects.get(pk=found.pk)
    vocabulary.desk = desk
    if vocabulary.version != seen_version:
        raise DomainError(
            "stale",
            _(
                "Somebody changed this vocabulary in the meantime (you saw version {seen_version}, it is "
                "now version {version}). Look at it again, then repeat your change."
            ).format(seen_version=seen_version, version=vocabulary.version),
            extra={"version": vocabulary.version},
        )
    return vocabulary, list(vocabulary.terms.order_by("position", "key"))
