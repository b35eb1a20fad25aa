"""Forms of revisions: new copy, and where an annotation stands in it."""

from typing import Any, ClassVar

from django import forms

from annotations.core.drafts import PlaceDraft
from annotations.core.placing import Choice
from annotations.web.forms.base import Form, address, prose
from annotations.web.lazy import _


class NewCopyForm(Form):
    """A file or an address if one is given, else the text, which begins as the current one."""

    slug: ClassVar[str] = "copy"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    text = prose(
        _("Text"), rows=24, help_text=_("Edit it, or paste the new copy over it."), attrs={"class": "input tall"}
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Plain text, Markdown, HTML, Word (docx) or PDF.")
    )
    url = address(_("Address"), help_text=_("The page is fetched once and kept as it came."))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("file") and (data.get("url") or "").strip():
            raise forms.ValidationError(_("Give the new copy in one way: a file, an address or the text."))
        data["way"] = "file" if data.get("file") else "url" if (data.get("url") or "").strip() else "text"
        return data


class PlaceForm(Form):
    """A decision about one annotation; `exact` and `occurrence` say where it stands, for "correct"."""

    slug: ClassVar[str] = "place"

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    choice = forms.ChoiceField(choices=[(choice.value, choice.value) for choice in Choice])
    exact = prose(_("Words of the new text"), help_text=_("Copied exactly, spaces and quotation marks included."))
    occurrence = forms.IntegerField(label=_("Which of them"), required=False, min_value=1)

    @property
    def place(self) -> PlaceDraft | None:
        if self.cleaned_data["choice"] != Choice.CORRECT or not self.cleaned_data["exact"]:
            return None
        return PlaceDraft(exact=self.cleaned_data["exact"], occurrence=self.cleaned_data["occurrence"])
