"""The saved filters above a list: which there are, which one is open, and where asking for one leads."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.core.saved_filters import PARAMETERS, sorted_out
from annotations.models import Desk, SavedFilter
from annotations.permissions import may
from annotations.queries.saved_filters import chosen_of, default_of, filters_for
from annotations.services.saved_filters import allowed_values
from annotations.web.forms.saved_filters import SaveFilterForm
from annotations.web.requests import PersonRequest

FILTER = "filter"
"""The parameter that names the open filter; "none" keeps the default from opening."""


@dataclass(frozen=True, slots=True)
class SavedBar:
    """`form` saves what the list is narrowed by; None when it is not. `leads_to`: the address of the asked filter."""

    filters: list[SavedFilter]
    chosen: SavedFilter | None
    may_change: bool
    form: SaveFilterForm | None
    leads_to: str = ""


def saved_bar(request: PersonRequest, page: str) -> SavedBar:
    rows = filters_for(request.user, page)
    chosen = chosen_of(rows, request.GET.get(FILTER, ""))
    asked = chosen if set(request.GET) == {FILTER} else None if request.GET else default_of(rows)
    if asked and (leads_to := _opened(request, asked)):
        return SavedBar(rows, asked, may_change=False, form=None, leads_to=leads_to)
    narrowing = narrowing_in(request.GET, page)
    form = _form(request, page) if narrowing and not chosen else None
    return SavedBar(rows, chosen, bool(chosen and may(request.user, "change", chosen)), form)


def narrowing_in(query: QueryDict, page: str) -> dict[str, list[str]]:
    """The parameters that narrow the page, without empty ones."""
    found = {name: [value for value in query.getlist(name) if value] for name in PARAMETERS[page]}
    return {name: values for name, values in found.items() if values}


def shareable(request: PersonRequest) -> list[Desk]:
    """The desks whose settings the person may change."""
    return [desk for desk in Desk.objects.visible_to(request.user) if may(request.user, "administer", desk)]


def _opened(request: PersonRequest, row: SavedFilter) -> str:
    """Where it leads; empty when nothing of it means anything any more. What is left out is told."""
    kept, dropped = sorted_out(row.parameters, allowed_values(request.user, row.page))
    if dropped:
        values = ", ".join(value for _name, value in dropped)
        messages.warning(request, _("“%(name)s” no longer narrows by %(values)s.") % {"name": row, "values": values})
    return f"{request.path}?{urlencode({**kept, FILTER: str(row.pk)}, doseq=True)}" if kept else ""


def _form(request: PersonRequest, page: str) -> SaveFilterForm:
    initial: dict[str, Any] = {"page": page, "query": request.GET.urlencode()}
    return SaveFilterForm(initial=initial, desks=shareable(request))
