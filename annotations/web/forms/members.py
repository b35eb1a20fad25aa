"""Forms about who is on a desk."""

from typing import Any, ClassVar, Self

from django import forms

from annotations.core.states import ROLE_LABELS, Role
from annotations.models import Membership
from annotations.web.forms.base import Form, line
from annotations.web.lazy import _

ROLES = [(role.value, _(ROLE_LABELS[role])) for role in Role]


class RolesForm(Form):
    """What a person does on the desk. Whether they need a role is for the service to say."""

    slug: ClassVar[str] = "roles"

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Administrators have no say about verdicts unless they hold another role too."),
    )
    seen_roles = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, membership: Membership) -> "RolesForm":
        return cls(initial={"roles": membership.roles, "seen_roles": ",".join(membership.roles)})

    def as_seen_of(self, membership: Membership) -> Self:
        """The same choice, ready to be sent again by somebody who has been shown the current roles."""
        self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, of which forms know only the shape
        self.data["seen_roles"] = ",".join(membership.roles)  # type: ignore[index]
        return self

    @property
    def chosen(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]

    @property
    def seen(self) -> list[str]:
        return [role for role in self.cleaned_data["seen_roles"].split(",") if role]


class MemberForm(RolesForm):
    """A person and their roles."""

    slug: ClassVar[str] = "member"

    username = line(
        _("User name"),
        max_length=150,
        required=True,
        help_text=_("Of an account that exists."),
        attrs={"spellcheck": "false", "autocapitalize": "none"},
    )
    field_order = ("username", "roles")
    seen_roles = None  # type: ignore[assignment]  # nobody has seen any


class AccountForm(RolesForm):
    """Somebody who has no account yet, and their roles."""

    slug: ClassVar[str] = "account"

    username = line(
        _("User name"), max_length=150, required=True, attrs={"spellcheck": "false", "autocapitalize": "none"}
    )
    display_name = line(_("Name"), max_length=200, help_text=_("As others see it beside what this person does."))
    field_order = ("username", "display_name", "roles")
    seen_roles = None  # type: ignore[assignment]  # nobody has seen any


class TypedForm(Form):
    """A word that has to be typed before something ends."""

    slug: ClassVar[str] = "typed"

    typed = line("", max_length=200, attrs={"spellcheck": "false", "autocapitalize": "none"})

    def __init__(self, *args: Any, label: str, word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word = word
        self.fields["typed"].label = label

    def clean_typed(self) -> str:
        typed: str = self.cleaned_data["typed"]
        if typed.strip() != self.word.strip():
            raise forms.ValidationError(_("This is not “%(word)s”. Nothing was changed.") % {"word": self.word})
        return typed
