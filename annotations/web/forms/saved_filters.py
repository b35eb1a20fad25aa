"""Forms about saved filters: keep what a list is narrowed by, and change what is kept."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from annotations.core.saved_filters import LONGEST_NAME
from annotations.models import Desk
from annotations.models.saved_filter import FilteredPage
from annotations.web.forms.base import Form, line

_ = cast(Callable[[str], str], gettext_lazy)  # lazy texts are used where texts are


class ChangeFilterForm(Form):
    """What a filter is called, and whether its page opens with it."""

    slug: ClassVar[str] = "saved"

    name = line(_("Name"), max_length=LONGEST_NAME, required=True)
    is_default = forms.BooleanField(label=_("Open this list with it"), required=False)


class SaveFilterForm(ChangeFilterForm):
    """A new filter: `query` is what the list is narrowed by, as the address says it."""

    desk = forms.ChoiceField(label=_("For"), required=False)
    page = forms.ChoiceField(choices=FilteredPage.choices, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: Sequence[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = [(str(desk.pk), _("Everybody on %(desk)s") % {"desk": desk.name}) for desk in desks]
        self.fields["desk"].choices = [("", _("Me alone")), *shared]  # type: ignore[attr-defined]
        if not desks:
            self.fields["desk"].widget = forms.HiddenInput()

    @property
    def desk_chosen(self) -> UUID | None:
        return UUID(self.cleaned_data["desk"]) if self.cleaned_data["desk"] else None
