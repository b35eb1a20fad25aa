"""The languages of the pages, to choose from."""

from functools import cache

from django import template
from django.conf import settings
from django.utils.translation import get_language_info

register = template.Library()

Names = tuple[tuple[str, str], ...]


@register.simple_tag
@cache
def page_languages() -> Names:
    """(code, name in the language itself) of each."""
    return tuple((code, _capitalised(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES)


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
