"""How a desk's work goes: time from created to signed off, what is open, how often reviewers agree; by weeks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils.formats import date_format, number_format
from django.utils.translation import pgettext

from annotations.core.charts import Bar, Chart, counted
from annotations.core.decisions import ReviewDecision
from annotations.core.states import AnnotationState, annotation_label
from annotations.core.wording import _
from annotations.models import Annotation, Desk, Review, User

WEEKS: Final = 12
SETTLED: Final = (AnnotationState.SIGNED_OFF, AnnotationState.WITHDRAWN)
AGREES: Final = (ReviewDecision.APPROVE, ReviewDecision.APPROVE_IN_EMERGENCY)
ANSWERS: Final = (*AGREES, ReviewDecision.RETURN, ReviewDecision.DISPUTE)


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class DeskOverview:
    """`agreed` of `answered` proposals of these weeks were approved as they were."""

    charts: list[Chart]
    agreed: int
    answered: int


def desk_overview(user: User, desk: Desk, today: dt.date) -> DeskOverview:
    """Over what the user may see of the desk; in four queries."""
    weeks = _weeks(today)
    visible = Annotation.objects.visible_to(user).filter(desk=desk)
    rows, states = _by_week(visible, weeks[0]), _open_by_state(visible)
    agreed = sum(row["agreed"] for row in rows.values())
    answered = sum(row["answered"] for row in rows.values())
    return DeskOverview(
        [
            _turnaround(weeks, rows),
            _agreement(weeks, rows),
            _signed_off(weeks, rows),
            _open_over_time(weeks, visible, sum(states.values())),
            _open(states),
        ],
        agreed,
        answered,
    )


def _weeks(today: dt.date) -> list[dt.date]:
    """The Mondays of the last weeks, this one's last."""
    monday = today - dt.timedelta(days=today.weekday())
    return [monday - dt.timedelta(weeks=back) for back in reversed(range(WEEKS))]


def _by_week(visible: QuerySet[Annotation], first: dt.date) -> dict[dt.date, dict[str, Any]]:
    signed_off = Q(outcome=AnnotationState.SIGNED_OFF)
    rows = (
        Review.objects.filter(annotation__in=visible, created__gte=_beginning(first))
        .annotate(week=TruncWeek("created", tzinfo=dt.UTC))
        .values("week")
        .annotate(
            turnaround=Median(F("created") - F("annotation__created"), filter=signed_off),
            signed_off=Count("annotation", filter=signed_off, distinct=True),
            answered=Count("pk", filter=Q(decision__in=ANSWERS)),
            agreed=Count("pk", filter=Q(decision__in=AGREES)),
        )
        .order_by()
    )
    return {row["week"].date(): dict(row) for row in rows}


def _turnaround(weeks: Sequence[dt.date], rows: dict[dt.date, dict[str, Any]]) -> Chart:
    found = {week: row["turnaround"] for week, row in rows.items() if row["turnaround"] is not None}
    bars = [_days(week, found.get(week)) for week in weeks]
    none = _("Nothing was signed off in these weeks.")
    return Chart(_("Days from created to signed off"), _("Week of"), _("Median, days"), bars, none, over_time=True)


def _days(week: dt.date, took: dt.timedelta | None) -> Bar:
    if took is None:
        return Bar(_named(week), None, "–")
    days = round(took.total_seconds() / 86_400, 1)
    return Bar(_named(week), days, number_format(days, 1))


def _agreement(weeks: Sequence[dt.date], rows: dict[dt.date, dict[str, Any]]) -> Chart:
    shares = {week: row["agreed"] / row["answered"] * 100 for week, row in rows.items() if row["answered"]}
    bars = [Bar(_named(week), shares.get(week), f"{shares[week]:.0f}" if week in shares else "–", 3) for week in weeks]
    none = _("No proposal was reviewed in these weeks.")
    return Chart(
        _("Proposals approved as they were"), _("Week of"), _("Share, %"), bars, none, over_time=True, whole=100
    )


def _signed_off(weeks: Sequence[dt.date], rows: dict[dt.date, dict[str, Any]]) -> Chart:
    found = {week: row["signed_off"] for week, row in rows.items() if row["signed_off"]}
    bars = [Bar(_named(week), found.get(week), str(found.get(week, "–")), 0) for week in weeks]
    none = _("Nothing was signed off in these weeks.")
    return Chart(_("Signed off"), _("Week of"), _("Annotations"), bars, none, over_time=True)


def _open_over_time(weeks: Sequence[dt.date], visible: QuerySet[Annotation], now: int) -> Chart:
    """Counted back from what is open now. Whatever was settled and is open again counts as open all the time."""
    came = _in_weeks(visible, "created", weeks[0])
    went = _in_weeks(visible.filter(state__in=SETTLED), "updated", weeks[0])
    bars: list[Bar] = []
    for week in reversed(weeks):
        bars.append(Bar(_named(week), now or None, str(now), 1))
        now += went.get(week, 0) - came.get(week, 0)
    none = _("Nothing was open in these weeks.")
    return Chart(_("Open at the end of the week"), _("Week of"), _("Annotations"), bars[::-1], none, over_time=True)


def _in_weeks(rows: QuerySet[Annotation], moment: str, first: dt.date) -> dict[dt.date, int]:
    """How many have this moment in which week. Settled annotations are locked: they changed last when settled."""
    recent = rows.filter(**{f"{moment}__gte": _beginning(first)}).annotate(week=TruncWeek(moment, tzinfo=dt.UTC))
    found = recent.values_list("week").annotate(number=Count("pk")).order_by()
    return {week.date(): number for week, number in found}


def _beginning(week: dt.date) -> dt.datetime:
    return dt.datetime.combine(week, dt.time(), dt.UTC)


def _open_by_state(visible: QuerySet[Annotation]) -> dict[str, int]:
    rows = visible.exclude(state__in=SETTLED)
    return dict(rows.values_list("state").annotate(number=Count("pk")).order_by())


def _open(found: dict[str, int]) -> Chart:
    bars = [counted(annotation_label(state), found[state]) for state in AnnotationState if state in found]
    return Chart(_("Open work"), _("State"), _("Annotations"), bars, _("Everything is signed off or withdrawn."))


def _named(week: dt.date) -> str:
    return date_format(week, pgettext("format of a day of this year", "j M"))
