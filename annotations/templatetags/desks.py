"""The desks a person works on, for the menu in the bar."""

from typing import Any

from django import template

from annotations.models import Desk

register = template.Library()


@register.simple_tag(takes_context=True)
def my_desks(context: dict[str, Any]) -> list[Desk]:
    """Read when the menu is drawn: one query a page."""
    return list(Desk.objects.visible_to(context["user"]))
