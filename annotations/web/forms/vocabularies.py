"""Forms about the terms of a vocabulary."""

from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from annotations.core.palette import PALETTE
from annotations.core.terms import TermSeed
from annotations.core.verdicts import AveritecLabel, Rating
from annotations.models import Term, Vocabulary
from annotations.models.vocabulary import VERDICT_SCALE
from annotations.services.vocabularies import WORDING
from annotations.web.forms.base import CHECKED, Form, dress, line, prose
from annotations.web.lazy import _

COLOURS = (("", _("Neutral")), *((str(number), _(colour.name)) for number, colour in enumerate(PALETTE)))


class ColourRadios(forms.RadioSelect):
    """Each colour's name beside a dot of it."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        identity = (attrs or {}).get("id", name)
        buttons = (
            (name, key, f"{identity}_{number}", CHECKED if key == chosen else "", f"k{key or 'n'}", label)
            for number, (key, label) in enumerate(self.choices)
        )
        html = format_html_join(
            "",
            '<label><input type="radio" name="{}" value="{}" id="{}"{}><span class="dot {}">{}</span></label>',
            buttons,
        )
        return format_html('<div class="choices colours">{}</div>', html)


class TermForm(Form):
    """What of a term can be changed."""

    slug: ClassVar[str] = "term"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    name = line(_("Name"), max_length=200, required=True)
    description = prose(_("Description"), rows=3, help_text=_("When to choose it; checkers see it beside the name."))
    colour = forms.IntegerField(label=_("Colour"), required=False, widget=ColourRadios(choices=COLOURS))

    @classmethod
    def of(cls, term: Term) -> "TermForm":
        return cls(initial={name: getattr(term, name) for name in WORDING} | {"seen_version": term.vocabulary.version})


class NewTermForm(TermForm):
    """The same, with what is said once: the key and, of a verdict, what it means to other programs."""

    slug: ClassVar[str] = "new-term"

    key = line(
        _("Key"),
        max_length=60,
        required=True,
        help_text=_("Such as court-record. Programs know the term by it, so it never changes."),
        attrs={"spellcheck": "false", "autocapitalize": "none"},
    )
    field_order = ("seen_version", "name", "key", "description", "colour")

    def __init__(self, *args: Any, vocabulary: Vocabulary, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen_version": vocabulary.version}, **kwargs)
        if vocabulary.key == VERDICT_SCALE:
            self.fields["rating"] = forms.IntegerField(
                label=_("Rating, from 1 (false) to 5 (true)"),
                required=False,
                min_value=1,
                max_value=5,
                help_text=_("ClaimReview's number. Left empty, the verdict lies off the scale. It never changes."),
            )
            labels = [("", _("None")), *((label.value, label.value) for label in AveritecLabel)]
            self.fields["averitec"] = forms.ChoiceField(label=_("AVeriTeC label"), required=False, choices=labels)
            dress(self.fields["rating"])
            dress(self.fields["averitec"])

    @property
    def seed(self) -> TermSeed:
        data = self.cleaned_data
        return TermSeed(
            key=data["key"],
            name=data["name"],
            description=data["description"],
            colour=data["colour"],
            rating=Rating(data["rating"]) if data.get("rating") else None,
            averitec=AveritecLabel(data["averitec"]) if data.get("averitec") else None,
        )


class ChangeForm(forms.Form):
    """What a button beside a term does, and the version that was seen."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("up", "down", "retire", "bring_back")])
    seen_version = forms.IntegerField()
