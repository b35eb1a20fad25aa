"""The field for a language: a code, with the languages by name to choose from."""

from functools import lru_cache
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from annotations.templatetags.words import language_name
from annotations.web.lazy import _


class LanguageInput(forms.TextInput):
    """Whatever is no choice may be written too: there are more languages than anybody lists."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = f"{(attrs or {}).get('id', name)}-known"
        html = super().render(name, value, {**(attrs or {}), "list": choices}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', html, choices, _options(get_language()))


@lru_cache
def _options(_language: str | None) -> SafeString:
    """By the names that the reader calls them."""
    known = sorted((language_name(tag), tag) for tag, info in LANG_INFO.items() if "name" in info)
    return format_html_join("", '<option value="{}">{}</option>', ((tag, name) for name, tag in known))


def language_tag(label: str, *, help_text: str = "") -> forms.CharField:
    """A code of BCP 47, or nothing."""
    widget = LanguageInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    told = help_text or _("A code such as en, uk or ar; a name finds it.")
    return forms.CharField(label=label, max_length=35, required=False, strip=True, help_text=told, widget=widget)
