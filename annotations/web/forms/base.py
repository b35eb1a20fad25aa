"""What every form shares: our look, ids of its own, texts that stay as they were typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final, Self

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.models import Term
from annotations.templatetags.words import EMPTY, lang_of

SELECTED: Final = SafeString(" selected")
CHECKED: Final = SafeString(" checked")
Attributes = dict[str, str]
Choice = tuple[str, str]
FIRST: Final[Attributes] = {"data-first": ""}
"""Marks the field that gets the focus when its panel opens."""


class BoundField(forms.BoundField):
    """A field whose page opens at it when it is the first that is wrong; a long page would hide it otherwise."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        if self.errors and self.name == next((each.name for each in self.form.visible_fields() if each.errors), ""):
            built["autofocus"] = True
        return built


class Form(forms.Form):
    """A form whose element ids begin with `slug`, so that several may stand in one page.

    `conflicts`: fields that somebody else changed meanwhile; see forms/merging.py.
    """

    bound_field_class = BoundField
    slug: ClassVar[str] = "form"
    conflicts: Sequence[object] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.slug}-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def as_seen(self, version: int) -> Self:
        """The same input, ready to be sent again by somebody who has been shown this version."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, of which forms know only the shape
        self.data["seen_version"] = str(version)  # type: ignore[index]
        return self


def dress(field: forms.Field) -> None:
    """Give a field's element the class that the style sheets know."""
    if not isinstance(field.widget, forms.CheckboxSelectMultiple | forms.CheckboxInput | forms.HiddenInput):
        field.widget.attrs.setdefault("class", "input")


def line(
    label: str,
    *,
    max_length: int,
    required: bool = False,
    help_text: str = "",
    placeholder: str = "",
    attrs: Attributes | None = None,
) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "placeholder": placeholder} | (attrs or {}))
    return forms.CharField(
        label=label, max_length=max_length, required=required, strip=False, help_text=help_text, widget=widget
    )


def prose(
    label: str,
    *,
    rows: int = 2,
    required: bool = False,
    help_text: str = "",
    placeholder: str = "",
    attrs: Attributes | None = None,
) -> forms.CharField:
    """Several lines of text."""
    widget = forms.Textarea(attrs={"rows": str(rows), "dir": "auto", "placeholder": placeholder} | (attrs or {}))
    return forms.CharField(label=label, required=required, strip=False, help_text=help_text, widget=widget)


def address(label: str, *, help_text: str = "", attrs: Attributes | None = None) -> forms.CharField:
    """A URL; whether it is one is checked where it is stored."""
    shown = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false", "placeholder": "https://"}
    widget = forms.TextInput(attrs=shown | (attrs or {}))
    return forms.CharField(label=label, max_length=2000, required=False, help_text=help_text, widget=widget)


def day(label: str, *, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


def moment_in_utc(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    return forms.DateTimeField(label=label, required=False, widget=widget)


def hidden_id() -> forms.UUIDField:
    return forms.UUIDField(required=False, widget=forms.HiddenInput)


def hidden_number() -> forms.IntegerField:
    return forms.IntegerField(required=False, widget=forms.HiddenInput)


class Described:
    """Choices whose terms' descriptions show as tooltips, and which are read in their desk's language.

    They write their HTML themselves: a page holds a hundred of them, and a template each would be most of its time.
    """

    terms: Mapping[str, Term] = {}
    keys: Mapping[str, str] = {}
    """The keyboard shortcuts of terms, by the terms' keys."""

    def told(self, key: object) -> SafeString:
        """The title of a choice that is a term."""
        term = self.terms.get(str(key))
        return format_html(' title="{}"', term.description) if term else EMPTY

    def lang(self, key: object) -> SafeString:
        """The language of a choice that is a term."""
        term = self.terms.get(str(key))
        return lang_of(term.desk) if term else EMPTY

    def shortcut(self, key: object) -> SafeString:
        pressed = self.keys.get(str(key))
        return format_html(' aria-keyshortcuts="{}"', pressed) if pressed else EMPTY

    def seen_keys(self, key: object) -> str:
        return self.keys.get(str(key), "").replace("Shift+", "⇧")


class DescribedSelect(Described, forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = str(value or "")
        options = (
            (
                key,
                self.told(key),
                self.lang(key),
                self.shown(key, label),
                SELECTED if str(key) == chosen else "",
                label,
            )
            for key, label in self.choices
        )
        html = format_html_join("", '<option value="{}"{}{}{}{}>{}</option>', options)
        return format_html("<select{}>{}</select>", flatatt(final), html)

    def shown(self, key: object, label: object) -> SafeString:
        """The shortcut, and the label with it behind: who types the first letters of a label still finds it."""
        seen = self.seen_keys(key)
        return format_html('{} label="{} · {}"', self.shortcut(key), label, seen) if seen else EMPTY


class DescribedTicks(Described, forms.CheckboxSelectMultiple):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in value or ()}
        identity = (attrs or {}).get("id", name)
        boxes = (
            (
                self.lang(key),
                name,
                key,
                f"{identity}_{number}",
                self.told(key),
                self.shortcut(key),
                _checked(str(key) in chosen),
                label,
                self.shown(key),
            )
            for number, (key, label) in enumerate(self.choices)
        )
        html = format_html_join(
            "",
            '<label{}><input type="checkbox" name="{}" value="{}" id="{}"{}{}{}><span dir="auto">{}</span>{}</label>',
            boxes,
        )
        return format_html('<div class="choices">{}</div>', html)

    def shown(self, key: object) -> SafeString:
        """Seen only: it is spoken as the box's shortcut."""
        seen = self.seen_keys(key)
        return format_html(' <kbd aria-hidden="true">{}</kbd>', seen) if seen else EMPTY


def _checked(is_chosen: bool) -> SafeString:
    return CHECKED if is_chosen else EMPTY


def one_of(label: str, terms: Iterable[Term], *, blank: str = "") -> forms.ChoiceField:
    """A choice of one term by its key, or none."""
    rows = list(terms)
    widget = DescribedSelect()
    widget.terms = {term.key: term for term in rows}
    return forms.ChoiceField(label=label, required=False, choices=[("", blank), *_choices(rows)], widget=widget)


def some_of(label: str, terms: Iterable[Term]) -> forms.MultipleChoiceField:
    """A choice of several terms by their keys."""
    rows = list(terms)
    widget = DescribedTicks()
    widget.terms = {term.key: term for term in rows}
    return forms.MultipleChoiceField(label=label, required=False, choices=_choices(rows), widget=widget)


def _choices(terms: Sequence[Term]) -> list[Choice]:
    return [(term.key, term.name) for term in terms]
