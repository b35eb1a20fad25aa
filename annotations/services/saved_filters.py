"""Saved filters: keep one, change its name, make it the default, delete it, bring it back.

One's own are nobody else's business and leave no event; those that a desk shares are a setting of the desk.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.core.errors import DomainError, wrong
from annotations.core.saved_filters import LONGEST_NAME, MOST, NOBODY, PARAMETERS, Parameters, sorted_out
from annotations.core.states import AnnotationState, ArticleState
from annotations.core.wording import _
from annotations.models import Article, Desk, Membership, SavedFilter, Term, User
from annotations.models.saved_filter import FilteredPage, SavedFilterQuerySet
from annotations.models.search import FoundKind
from annotations.models.vocabulary import VERDICT_SCALE
from annotations.services.history import record
from annotations.services.locks import administered_desk


def allowed_values(user: User, page: str) -> dict[str, frozenset[str] | None]:
    """The values that each parameter of the page may take for this person now; None where any words do."""
    names = PARAMETERS[page]
    return {name: _values(user, page, name) for name in names}


@transaction.atomic
def save_filter(
    *,
    actor: User,
    page: str,
    name: str,
    parameters: Parameters,
    desk_id: UUID | None = None,
    is_default: bool = False,
) -> SavedFilter:
    """Keep a filter for oneself, or, with a desk, for everybody on it.

    Raises "missing", "name_taken", "too_many", "unknown_parameter", and for desks "not_found" and "not_allowed".
    """
    row = SavedFilter(person=actor, page=_page(page), name=_name(name), is_default=is_default)
    if desk_id:
        row.desk = administered_desk(desk_id, actor)
    else:
        _own(actor)
    kept, dropped = sorted_out(parameters, allowed_values(actor, page))
    if dropped:
        raise wrong(
            "/parameters", "unknown_parameter", _("Nothing can be narrowed by {listed}.").format(listed=_said(dropped))
        )
    if not kept:
        raise wrong("/parameters", "missing", _("Narrow the list down first, then save how."))
    row.parameters = kept
    if _beside(row).count() >= MOST:
        raise wrong("", "too_many", _("There are {count} already. Delete one first.").format(count=MOST))
    _check_name(row)
    _make_room(row)
    row.save(force_insert=True)
    _tell(row, actor, "share_filter", None)
    return row


@transaction.atomic
def change_filter(*, filter_id: UUID, actor: User, name: str, is_default: bool) -> SavedFilter:
    """Another name, or whether its page opens with it."""
    row = _locked(SavedFilter.objects.visible_to(actor), filter_id, actor)
    before = _state(row)
    row.name, row.is_default = _name(name), is_default
    if _state(row) == before:
        return row
    _check_name(row)
    _make_room(row)
    row.save(update_fields=["name", "is_default"])
    _tell(row, actor, "change_filter", before)
    return row


@transaction.atomic
def delete_filter(*, filter_id: UUID, actor: User) -> SavedFilter:
    row = _locked(SavedFilter.objects.visible_to(actor), filter_id, actor)
    before = _state(row)
    row.deleted_at = timezone.now()
    row.save(update_fields=["deleted_at"])
    _tell(row, actor, "delete_filter", before)
    return row


@transaction.atomic
def restore_filter(*, filter_id: UUID, actor: User) -> SavedFilter:
    """Bring back a deleted one. It is no default any more where another became one meanwhile."""
    row = _locked(SavedFilter.objects.deleted_for(actor), filter_id, actor)
    before = _state(row)
    row.deleted_at = None
    _check_name(row)
    row.is_default = row.is_default and not _beside(row).filter(is_default=True).exists()
    row.save(update_fields=["deleted_at", "is_default"])
    _tell(row, actor, "restore_filter", before)
    return row


def _values(user: User, page: str, name: str) -> frozenset[str] | None:
    match name:
        case "desk":
            return frozenset(Desk.objects.visible_to(user).values_list("slug", flat=True))
        case "state":
            both = {*AnnotationState, *ArticleState} if page == "search" else set[str]()
            return frozenset(map(str, both or (ArticleState if page == "articles" else AnnotationState)))
        case "term":
            terms = Term.objects.visible_to(user).current().exclude(vocabulary__key=VERDICT_SCALE)
            return frozenset(terms.values_list("key", flat=True))
        case "author" | "assignee":
            desks = Membership.objects.filter(user=user, active=True).values("desk")
            people = Membership.objects.filter(desk__in=desks, active=True, user__is_active=True)
            more = {NOBODY} if name == "assignee" else set[str]()
            return frozenset({*people.values_list("user__username", flat=True), *more})
        case "language":
            return frozenset(Article.objects.visible_to(user).order_by().values_list("language", flat=True).distinct())
        case "kind":
            return frozenset(kind.value for kind in FoundKind if kind != FoundKind.OLDER_TEXT)
        case _:
            return None


def _own(actor: User) -> None:
    """Two tabs of one person must not both make a default: the second waits here."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)


def _locked(rows: SavedFilterQuerySet, filter_id: UUID, actor: User) -> SavedFilter:
    found = rows.filter(pk=filter_id).values_list("desk_id", flat=True).first()
    if found:
        administered_desk(found, actor)
    else:
        _own(actor)
    row = rows.filter(pk=filter_id).select_related("desk").first()
    if row is None:
        raise DomainError("not_found", _("There is no such filter, or it is not yours."))
    return row


def _beside(row: SavedFilter) -> SavedFilterQuerySet:
    """The other filters among which its name and its being the default have to be the only ones."""
    scope = {"desk": row.desk} if row.desk_id else {"desk": None, "person": row.person}
    return SavedFilter.objects.filter(page=row.page, deleted_at=None, **scope).exclude(pk=row.pk)


def _check_name(row: SavedFilter) -> None:
    if _beside(row).filter(name=row.name).exists():
        raise wrong("/name", "name_taken", _("Another filter has this name. Choose a different one."))


def _make_room(row: SavedFilter) -> None:
    if row.is_default:
        _beside(row).filter(is_default=True).update(is_default=False)


def _page(page: str) -> str:
    if page not in FilteredPage.values:
        raise wrong(
            "/page", "unknown_page", _("Filters are kept for: {listed}.").format(listed=", ".join(FilteredPage.values))
        )
    return page


def _name(name: str) -> str:
    short = " ".join(name.replace("\0", "").split())
    if not short:
        raise wrong("/name", "missing", _("Give it a name."))
    if len(short) > LONGEST_NAME:
        raise wrong("/name", "too_long", _("At most {most} characters.").format(most=LONGEST_NAME))
    return short


def _said(dropped: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name}={value[:40]}" for name, value in dropped)


def _state(row: SavedFilter) -> dict[str, Any]:
    return {
        "page": row.page,
        "name": row.name,
        "parameters": row.parameters,
        "is_default": row.is_default,
        "deleted": row.deleted_at is not None,
    }


def _tell(row: SavedFilter, actor: User, action: str, before: dict[str, Any] | None) -> None:
    if row.desk:
        record(row.desk, actor=actor, action=action, obj=row, before=before, after=_state(row))
