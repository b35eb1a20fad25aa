"""The saved filters that a page shows, and what one of them leads to now."""

from uuid import UUID

from annotations.models import SavedFilter, User


def filters_for(user: User, page: str) -> list[SavedFilter]:
    """The person's own and those of their desks, by name, one's own first."""
    rows = SavedFilter.objects.visible_to(user).filter(page=page).select_related("desk")
    return sorted(rows, key=lambda row: (row.desk_id is not None, row.name.lower()))


def default_of(rows: list[SavedFilter]) -> SavedFilter | None:
    """One's own default wins over that of a desk."""
    return next((row for row in rows if row.is_default), None)


def chosen_of(rows: list[SavedFilter], key: str) -> SavedFilter | None:
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return next((row for row in rows if row.pk == wanted), None)
