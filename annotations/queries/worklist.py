"""The worklist: what a person can do next, in a number of queries that does not grow with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.utils import timezone

from annotations.core.bulk import MOST
from annotations.core.states import AnnotationState, ArticleState, Role
from annotations.core.wording import _
from annotations.models import (
    Annotation,
    Article,
    Attribution,
    Event,
    Evidence,
    Membership,
    Notice,
    Review,
    User,
    Verdict,
)
from annotations.models.annotation import AnnotationQuerySet
from annotations.permissions.facts import TAKING_PART
from annotations.queries.by_desk import ByDesk
from annotations.queries.distinct import authors_of_the_unassigned
from annotations.queries.several import Narrowing, narrowed

EVERYTHING = Narrowing()
TO_DO = (AnnotationState.OPEN, AnnotationState.RETURNED, AnnotationState.NEEDS_RECHECK)
RETURNED = AnnotationState.RETURNED
LATEST, OLDEST = ("-updated", "-id"), ("updated", "id")
EDITORIAL = {Role.CHECKER, Role.REVIEWER, Role.HEAD}
SHOWN = 50
COUNTED = 1_000
"""More than so many annotations of a section are not counted: that would take longer the more there are."""

NOTICES = 20


@dataclass(frozen=True, slots=True)
class Section:
    """One list: at most SHOWN rows, or MOST of the only one; `count` of all, up to COUNTED + 1. An empty one is shown
    only when `is_always`."""

    key: str
    title: str
    rows: list[Annotation]
    count: int
    none: str
    is_always: bool = False
    hint: str = ""

    @property
    def shown_count(self) -> str:
        return f"{COUNTED}+" if self.count > COUNTED else str(self.count)

    @property
    def has_more(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Worklist:
    sections: list[Section]
    articles: list[Article]
    notices: list[Notice]
    notice_count: int
    has_desks: bool

    @property
    def is_empty(self) -> bool:
        return not (self.articles or self.notices or any(section.rows for section in self.sections))


def worklist(user: User, by: Narrowing = EVERYTHING, only: str = "") -> Worklist:
    """`by` narrows the annotations; articles and notices are always all of them. `only` is the key of a section that
    is shown alone, with up to MOST rows."""
    members = list(Membership.objects.filter(user=user, active=True).select_related("desk"))
    visible = narrowed(Annotation.objects.visible_to(user), by)
    found = Notice.objects.filter(person=user, read_at=None, article__in=Article.objects.visible_to(user).values("pk"))
    notices = list(_counted(found.select_related("annotation", "article").order_by("-id"))[:NOTICES])
    return Worklist(
        _sections(user, visible, members, only),
        list(_being_checked(user)[:SHOWN]),
        notices,
        getattr(notices[0], "total", 0) if notices else 0,
        bool(members),
    )


def _sections(user: User, visible: AnnotationQuerySet, members: list[Membership], only: str) -> list[Section]:
    """Returned to me, to review, disputed, mine, stale, unassigned: what others wait for comes first."""
    todo = visible.filter(state__in=TO_DO)
    pool = [todo.filter(desk=member.desk_id, assignee=None) for member in members]
    mine = [todo.filter(assignee=user), *(rows.filter(author=user) for rows in pool)]
    others = _of_others(user, members, pool)
    stale = visible.idle(timezone.now()).filter(desk__in=_desks(members, EDITORIAL)).exclude(assignee=user)
    all_of_them = [
        _Plan("returned", _("Returned to me"), [rows.filter(state=RETURNED) for rows in mine], LATEST, ""),
        *_reviewing(user, visible, _desks(members, {Role.REVIEWER})),
        *_deciding(user, visible, _desks(members, {Role.HEAD})),
        _Plan(
            "mine",
            _("Mine"),
            [rows.exclude(state=RETURNED) for rows in mine],
            LATEST,
            _("Nothing is assigned to you. Take one of the open ones below."),
            is_always=True,
        ),
        _Plan(
            "stale",
            _("Stale"),
            [stale],
            OLDEST,
            "",
            hint=_("Untouched for long, soon back in the pool. Open one to take it over."),
        ),
        _Plan(
            "unassigned",
            _("Open and unassigned"),
            others or [todo.none()],
            ("id",),
            _("Every open annotation has somebody."),
            is_always=True,
        ),
    ]
    alone = [plan for plan in all_of_them if plan.key == only]
    return [_section(plan, MOST) for plan in alone] or [_section(plan, SHOWN) for plan in all_of_them]


def _of_others(user: User, members: list[Membership], pool: list[AnnotationQuerySet]) -> list[AnnotationQuerySet]:
    """What others made and nobody holds, for each desk with such people. `pool`: what nobody holds, for each of them.

    Not "all but mine": of each author PostgreSQL knows how many there are, and an index has them.
    """
    authors = authors_of_the_unassigned(member.desk_id for member in members)
    return [
        rows.filter(author__in=people)
        for member, rows in zip(members, pool, strict=True)
        if (people := [author for author in authors[member.desk_id] if author != user.pk])
    ]


def _reviewing(user: User, visible: QuerySet[Annotation], desks: list[Any]) -> "list[_Plan]":
    """What waits for a reviewer: never what they took part in or approved already."""
    if not desks:
        return []
    approved = Review.objects.filter(annotation=OuterRef("pk"), person=user, decision="approve", voided_at=None)
    rows = visible.filter(state=AnnotationState.PROPOSED, desk__in=desks).filter(~_took_part(user), ~Exists(approved))
    none = _("Nothing waits for your review. A verdict appears here as soon as somebody else proposes it.")
    return [_Plan("review", _("To review"), [rows], OLDEST, none, is_always=True)]


def _deciding(user: User, visible: QuerySet[Annotation], desks: list[Any]) -> "list[_Plan]":
    if not desks:
        return []
    reviewed = Review.objects.filter(annotation=OuterRef("pk"), person=user)
    rows = visible.filter(state=AnnotationState.DISPUTED, desk__in=desks).filter(~_took_part(user), ~Exists(reviewed))
    return [
        _Plan(
            "disputed",
            _("Disputed"),
            [rows],
            OLDEST,
            _("No dispute waits for a decision."),
            is_always=True,
        )
    ]


def _took_part(user: User) -> Q:
    """The same as permissions.facts.participants, as a condition."""
    worked = Q(author=user)
    for model in (Verdict, Attribution, Evidence):
        worked |= Q(Exists(model._default_manager.filter(annotation=OuterRef("pk"), author=user)))
    events = Event.objects.filter(
        article=OuterRef("article"), annotation=OuterRef("pk"), actor=user, action__in=TAKING_PART
    )
    return worked | Q(Exists(events))


def _desks(members: list[Membership], roles: Iterable[Role]) -> list[Any]:
    return [member.desk_id for member in members if not set(roles).isdisjoint(member.roles)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A section that is not looked up yet. `parts` have nothing in common."""

    key: str
    title: str
    parts: Sequence[QuerySet[Annotation]]
    order: tuple[str, ...]
    none: str
    is_always: bool = False
    hint: str = ""


def _section(plan: _Plan, most: int) -> Section:
    """Each of the parts is looked up for itself, so that an index can have its first rows."""
    order = plan.order
    first = _together([part.order_by(*order).values("pk")[:most] for part in plan.parts])
    counted = _together([part.order_by().values("pk")[: COUNTED + 1] for part in plan.parts])
    rows = Annotation.objects.filter(pk__in=first).select_related("article", "author", "assignee").order_by(*order)
    found: list[Any] = list(rows.annotate(total=_HowMany(counted))[:most])
    count = min(found[0].total, COUNTED + 1) if found else 0
    return Section(plan.key, plan.title, found, count, plan.none, plan.is_always, plan.hint)


def _together(parts: Sequence[QuerySet[Annotation, Any]]) -> QuerySet[Annotation, Any]:
    first, *others = parts
    return first.union(*others, all=True) if others else first


class _HowMany(Subquery):
    """The number of its rows."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each row with `total`, the number of all rows, so that a list and its count are one query."""
    return rows.annotate(total=Window(Count("pk")))


def _being_checked(user: User) -> ByDesk:
    checked = Article.objects.visible_to(user).filter(state__in=(ArticleState.DRAFT, ArticleState.CHECKING))
    to_do = Annotation.objects.filter(article=OuterRef("pk"), state__in=TO_DO)
    return ByDesk(user, checked, Article.objects.with_revision().annotate(todo=_HowMany(to_do.values("pk"))))
