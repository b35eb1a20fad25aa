"""Forms for articles: bring one in, look at what was found, correct what is known, search."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from annotations.core.states import ARTICLE_STATE_LABELS
from annotations.models import Desk
from annotations.templatetags.words import language_name
from annotations.web.forms.base import DeskSelect, Form, address, day, line, offer_desks, prose
from annotations.web.forms.languages import language_tag
from annotations.web.lazy import _

WAYS = ("text", "file", "url")


class NewArticleForm(Form):
    """Where the article comes from: pasted text, a file or an address; exactly one of them."""

    slug: ClassVar[str] = "incoming"

    desk = forms.ChoiceField(label=_("Desk"), widget=DeskSelect)
    text = prose(
        _("Text"), placeholder=_("Paste the whole article: headline, byline, paragraphs"), attrs={"class": "input tall"}
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Plain text, Markdown, HTML, Word (docx) or PDF.")
    )
    url = address(_("Address"), help_text=_("The page is fetched once and kept as it came."))

    def __init__(self, *args: Any, desks: Sequence[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_desks(self.fields["desk"], desks)
        self.desks = {desk.slug: desk for desk in desks}

    @property
    def desk_chosen(self) -> Desk:
        return self.desks[self.cleaned_data["desk"]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        given = [name for name in WAYS if (data.get(name) if name == "file" else (data.get(name) or "").strip())]
        if len(given) != 1 and not self.errors:
            raise forms.ValidationError(
                _("Give the article in one way: paste its text, upload a file, or name its address.")
            )
        data["way"] = given[0] if given else ""
        return data


class MetadataForm(Form):
    """What is known about an article beside its text."""

    slug: ClassVar[str] = "metadata"

    title = line(_("Title"), max_length=500, required=True)
    byline = line(_("Byline"), max_length=500, help_text=_("The people who wrote it, as printed."))
    outlet = line(_("Outlet"), max_length=300)
    published_at = day(_("Published on"))
    language = language_tag(_("Language"))
    canonical_url = address(_("Address of the article"))


class EditArticleForm(MetadataForm):
    """The same, of an article that exists."""

    slug: ClassVar[str] = "article"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class SearchForm(Form):
    """Words and filters of the list of articles. A value that is no choice is left out of the search."""

    slug: ClassVar[str] = "search"

    q = forms.CharField(
        label=_("Search"),
        required=False,
        strip=True,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": _("Title, byline, outlet or words of the text")}
        ),
    )
    desk = forms.ChoiceField(label=_("Desk"), required=False, widget=DeskSelect)
    state = forms.ChoiceField(label=_("State"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, desks: Sequence[Desk], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "state": [
                ("", _("All states")),
                *((state.value, _(label)) for state, label in ARTICLE_STATE_LABELS.items()),
            ],
            "language": [("", _("All languages")), *((code, language_name(code)) for code in languages)],
        }
        offer_desks(self.fields["desk"], desks, blank=_("All desks"))
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """What to search for; a value that is no choice is left out."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
