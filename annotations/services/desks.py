"""Desks: found one with its vocabularies, put people on it, change its settings."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from django.db import transaction

from annotations.core.errors import DomainError, FieldError
from annotations.core.hosts import allowed_host
from annotations.core.states import Role
from annotations.core.terms import VocabularySeed
from annotations.core.vocabularies import DEFAULT_VOCABULARIES
from annotations.core.wording import _
from annotations.models import Desk, Membership, Term, User, Vocabulary
from annotations.services.history import record
from annotations.services.locks import administered_desk
from annotations.services.rows import checked
from annotations.services.vocabularies import new_term

LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*|")
"""As much of BCP 47 as tells a tag from the name of a language; nothing at all is fine too."""


@transaction.atomic
def create_desk(*, slug: str, name: str, language: str = "", actor: User | None = None) -> Desk:
    """A desk with the default vocabularies. `language` (BCP 47): what its name and labels are written in."""
    desk = checked(Desk(slug=slug, name=name, language=_language(language)))
    desk.save(force_insert=True)
    for position, seed in enumerate(DEFAULT_VOCABULARIES):
        _add_vocabulary(desk, seed, position)
    record(desk, actor=actor, action="create", after={"slug": slug, "name": name, "language": language})
    return desk


@transaction.atomic
def set_membership(*, desk: Desk, user: User, roles: Iterable[Role], actor: User | None = None) -> Membership:
    """Give a person exactly these roles on the desk; no roles end the membership."""
    names = sorted(role.value for role in roles)
    found = Membership.objects.select_for_update().filter(desk=desk, user=user).first()
    before = {"roles": found.roles, "active": found.active} if found else None
    membership = found or Membership(desk=desk, user=user, roles=names)
    membership.active = bool(names)
    membership.roles = names or membership.roles
    membership.save()
    after = {"user": user.username, "roles": membership.roles, "active": membership.active}
    record(desk, actor=actor, action="set_roles", obj=membership, before=before, after=after)
    return membership


@transaction.atomic
def set_fetch_hosts(*, desk_id: UUID, actor: User, hosts: Sequence[str]) -> Desk:
    """Which hosts ("host" or "host:port") this desk may fetch from although their address is not public."""
    desk = administered_desk(desk_id, actor)
    before = list(desk.fetch_hosts)
    desk.fetch_hosts = list(dict.fromkeys(_host(host) for host in hosts if host.strip()))
    if desk.fetch_hosts != before:
        desk.save(update_fields=["fetch_hosts"])
        record(
            desk,
            actor=actor,
            action="set_fetch_hosts",
            before={"fetch_hosts": before},
            after={"fetch_hosts": desk.fetch_hosts},
        )
    return desk


@transaction.atomic
def describe_desk(*, desk_id: UUID, actor: User, name: str, language: str) -> Desk:
    """What the desk is called, and which language (BCP 47) its name and labels are written in."""
    desk = administered_desk(desk_id, actor)
    before = {"name": desk.name, "language": desk.language}
    desk.name, desk.language = name.strip(), _language(language)
    after = {"name": checked(desk).name, "language": desk.language}
    if after != before:
        desk.save(update_fields=["name", "language"])
        record(desk, actor=actor, action="describe", before=before, after=after)
    return desk


def _language(value: str) -> str:
    tag = value.strip()
    if not LANGUAGE_TAG.fullmatch(tag):
        sentence = _('"{tag}" is no code of a language. Write one such as en, uk or pt-BR.').format(tag=tag)
        raise DomainError("bad_language", sentence, errors=[FieldError("/language", "bad_language", sentence)])
    return tag


def _host(value: str) -> str:
    host = allowed_host(value)
    if host is None:
        sentence = _('"{host}" is no host. Write a name or address, with a port if it is not 80 or 443.').format(
            host=value.strip()
        )
        raise DomainError("bad_host", sentence, errors=[FieldError("/fetch_hosts", "bad_host", sentence)])
    return host


def _add_vocabulary(desk: Desk, seed: VocabularySeed, position: int) -> None:
    vocabulary = Vocabulary.objects.create(
        desk=desk, key=seed.key, name=seed.name, description=seed.description, position=position
    )
    Term.objects.bulk_create(new_term(vocabulary, term, number) for number, term in enumerate(seed.terms))
