"""Small words on pages, in the reader's language: days and moments, roles, what a part of an annotation is."""

import datetime as dt
from contextvars import ContextVar
from typing import Final, Protocol

from django import template
from django.utils.dateformat import format as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext_noop, pgettext
from django.utils.translation import gettext as _

from annotations.core.blocks import BlockKind
from annotations.core.carrying import Outcome
from annotations.core.drafts import LinkKind, Stance, Tier
from annotations.core.placing import Decision
from annotations.core.scopes import Scope
from annotations.core.states import ROLE_LABELS, Role
from annotations.core.wording import grouped
from annotations.models import Evidence, Placement

register = template.Library()


class Languaged(Protocol):
    """An Article or what was read on its way to one, a Desk, or what is shown of one."""

    @property
    def language(self) -> str: ...


EMPTY: Final = SafeString("")
READER_ZONE: ContextVar[dt.tzinfo | None] = ContextVar("READER_ZONE", default=None)
"""Where the person reads, as far as the browser has said."""


@register.filter(name="grouped")
def grouped_number(number: int) -> str:
    """A large whole number as the language writes it: 2,000,000."""
    return grouped(number)


@register.filter
def day(value: dt.date | None) -> str:
    """A date as the language writes it."""
    return formatted(value, pgettext("format of a day", "j M Y")) if value else ""


@register.filter
def moment(value: dt.datetime | None) -> SafeString:
    """A time in the reader's zone with UTC as its tooltip; in UTC as long as no zone is known."""
    if value is None:
        return EMPTY
    in_utc = formatted(value.astimezone(dt.UTC), pgettext("format of a moment", r"j M Y, H:i \U\T\C"))
    zone = READER_ZONE.get()
    if zone is None:
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), in_utc)
    words = _local(value.astimezone(zone), dt.datetime.now(zone))
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), in_utc, words)


def _local(value: dt.datetime, now: dt.datetime) -> str:
    time = formatted(value, "H:i")
    if value.date() == now.date():
        return _("today, %(time)s") % {"time": time}
    return f"{day(value)}, {time}"


@register.filter
def lang_of(whose: Languaged) -> SafeString:
    """The attribute for words of an article or a desk, where its language is known; that of people's words never is."""
    return format_html(' lang="{}"', whose.language) if whose.language else EMPTY


@register.filter
def in_language_of(words: str, desk: Languaged) -> SafeString:
    """Words of a desk, such as the name of a vocabulary, for a place whose element belongs to the page."""
    return format_html('<span dir="auto"{}>{}</span>', lang_of(desk), words)


@register.filter
def language_name(tag: str) -> str:
    """A language as the reader calls it, such as Ukrainian for "uk"; the tag itself where nobody here knows it."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


@register.filter
def role_name(role: str) -> str:
    return _(ROLE_LABELS[Role(role)])


SCOPES: Final = {
    Scope.READ: gettext_noop("read"),
    Scope.WRITE: gettext_noop("write"),
    Scope.EXPORT: gettext_noop("export"),
}
STANCES: Final = {
    Stance.SUPPORTS: gettext_noop("Supports it"),
    Stance.CONTRADICTS: gettext_noop("Contradicts it"),
    Stance.CONTEXT: gettext_noop("Gives context"),
}
TIERS: Final = {
    Tier.PRIMARY: gettext_noop("Primary source"),
    Tier.SECONDARY: gettext_noop("Secondary source"),
}
STANDINGS: Final = {
    (Stance.SUPPORTS, Tier.PRIMARY): gettext_noop("Supports it, primary source"),
    (Stance.SUPPORTS, Tier.SECONDARY): gettext_noop("Supports it, secondary source"),
    (Stance.CONTRADICTS, Tier.PRIMARY): gettext_noop("Contradicts it, primary source"),
    (Stance.CONTRADICTS, Tier.SECONDARY): gettext_noop("Contradicts it, secondary source"),
    (Stance.CONTEXT, Tier.PRIMARY): gettext_noop("Gives context, primary source"),
    (Stance.CONTEXT, Tier.SECONDARY): gettext_noop("Gives context, secondary source"),
}
LINKS: Final = {
    LinkKind.SAME_FACT: gettext_noop("States the same fact as"),
    LinkKind.CONTRADICTS: gettext_noop("Contradicts"),
    LinkKind.DEPENDS_ON: gettext_noop("Depends on"),
}
LINKS_BACK: Final = {
    LinkKind.SAME_FACT: gettext_noop("states the same fact as this one"),
    LinkKind.CONTRADICTS: gettext_noop("contradicts this one"),
    LinkKind.DEPENDS_ON: gettext_noop("depends on this one"),
}
BLOCKS: Final = {
    BlockKind.HEADLINE: gettext_noop("headline"),
    BlockKind.SUBHEAD: gettext_noop("subhead"),
    BlockKind.PARAGRAPH: gettext_noop("paragraph"),
    BlockKind.CAPTION: gettext_noop("caption"),
    BlockKind.CREDIT: gettext_noop("credit"),
    BlockKind.BYLINE: gettext_noop("byline"),
    BlockKind.DATELINE: gettext_noop("dateline"),
    BlockKind.LIST_ITEM: gettext_noop("list item"),
    BlockKind.QUOTATION: gettext_noop("quotation"),
    BlockKind.ASIDE: gettext_noop("aside"),
    BlockKind.SOURCE: gettext_noop("source"),
}
OUTCOMES: Final = {
    Outcome.UNCHANGED: gettext_noop("unchanged"),
    Outcome.MOVED: gettext_noop("moved"),
    Outcome.CHANGED: gettext_noop("changed"),
    Outcome.GONE: gettext_noop("gone"),
}
DECISIONS: Final = {
    Decision.CARRIED: gettext_noop("carried"),
    Decision.PENDING: gettext_noop("pending"),
    Decision.ACCEPTED: gettext_noop("accepted"),
    Decision.CORRECTED: gettext_noop("corrected"),
    Decision.REJECTED: gettext_noop("rejected"),
    Decision.SUPERSEDED: gettext_noop("superseded"),
}
DECIDED: Final = {
    Decision.ACCEPTED: gettext_noop("accepted by %(person)s"),
    Decision.CORRECTED: gettext_noop("corrected by %(person)s"),
    Decision.REJECTED: gettext_noop("rejected by %(person)s"),
}


@register.filter
def scope_name(scope: str) -> str:
    return _(SCOPES[Scope(scope)])


@register.simple_tag
def standing(row: Evidence) -> str:
    """What a piece of evidence does, and how near to the matter it is."""
    return _(STANDINGS[Stance(row.stance), Tier(row.tier)])


@register.filter
def block_name(kind: str) -> str:
    return _(BLOCKS[BlockKind(kind)])


@register.filter
def link_name(kind: str) -> str:
    return _(LINKS[LinkKind(kind)])


@register.filter
def link_back(kind: str) -> str:
    """The link as it reads from its other end."""
    return _(LINKS_BACK[LinkKind(kind)])


@register.filter
def outcome_name(outcome: str) -> str:
    return _(OUTCOMES[Outcome(outcome)])


@register.filter
def decided(row: Placement) -> str:
    """What was decided about a place, and by whom if a person did."""
    decision = Decision(row.decision)
    if row.decided_by and decision in DECIDED:
        return _(DECIDED[decision]) % {"person": row.decided_by}
    return _(DECISIONS[decision])
