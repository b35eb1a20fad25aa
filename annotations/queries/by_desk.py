"""Pages of rows of every desk a person works on, by key: the first ones of each desk, and the first of those of all.

Without this PostgreSQL walks the key, through all that newer and larger desks wrote, until it has a page of a quiet
one.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, OuterRef, QuerySet, UUIDField

from annotations.models import Desk, User


class _Rows(Func):
    """A row for each member of an array. Where Django knows that nothing is found it writes NULL, which has no type."""

    template = "unnest((%(expressions)s)::uuid[])"
    output_field = UUIDField()


@dataclass(frozen=True)
class ByDesk:
    """What paginators need of a queryset; ordered by the key.

    `among` are rows that carry their desk and that `person` may see, `shown` the same without conditions, as they are
    to be read.
    """

    person: User
    among: QuerySet[Any]
    shown: QuerySet[Any]
    order: str = "-id"

    def order_by(self, order: str) -> "ByDesk":
        """`order` is "id" or "-id"."""
        return replace(self, order=order)

    def filter(self, **conditions: Any) -> "ByDesk":
        return replace(self, among=self.among.filter(**conditions))

    def count(self) -> int:
        return self.among.count()

    def __getitem__(self, place: slice) -> QuerySet[Any]:
        """In one statement. The later the place, the more rows of each desk are looked at."""
        desks = Desk.objects.visible_to(self.person).using(self.among.db)
        first = self._of_desk().order_by(self.order).values("pk")[: place.stop]
        keys = desks.annotate(key=_Rows(ArraySubquery(first))).order_by(self.order.replace("id", "key"))
        return self.shown.using(self.among.db).filter(pk__in=keys.values("key")[place]).order_by(self.order)

    def _of_desk(self) -> QuerySet[Any]:
        # That the desk is no smaller than itself tells PostgreSQL nothing but to expect fewer rows of it. While its
        # statistics know one desk alone, it would take all rows for that desk's, and walk the key after all.
        return self.among.filter(desk=OuterRef("pk"), desk__gte=OuterRef("pk"))
