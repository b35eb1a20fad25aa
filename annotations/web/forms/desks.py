"""Forms of a desk's settings: its name and language, its policies, the hosts that it may fetch from."""

from typing import ClassVar, Self

from django import forms

from annotations.models import Desk
from annotations.services.policies import POLICIES
from annotations.web.forms.base import Form, line, prose
from annotations.web.forms.languages import language_tag
from annotations.web.lazy import _


class AboutForm(Form):
    """What a desk is called, and the language of that name and of its labels."""

    slug: ClassVar[str] = "about"

    name = line(_("Name of the desk"), max_length=200, required=True)
    language = language_tag(
        _("Language of its name and labels"),
        help_text=_(
            "A code such as en, uk or ar; a name finds it. Screen readers read them with this voice, and new "
            "articles whose language cannot be told are taken to be in it."
        ),
    )

    @classmethod
    def of(cls, desk: Desk) -> Self:
        return cls(initial={"name": desk.name, "language": desk.language})


class PoliciesForm(Form):
    """What a desk asks for before a verdict counts and an article is cleared."""

    slug: ClassVar[str] = "policies"

    approvals_needed = forms.IntegerField(label=_("Approvals that a verdict needs"), min_value=1, max_value=20)
    sources_needed = forms.IntegerField(
        label=_("Independent sources that a positive verdict needs"), min_value=0, max_value=20
    )
    idle_hours = forms.IntegerField(
        label=_("Hours after which untouched work goes back to the pool"), min_value=1, max_value=10_000
    )
    unnamed_alone = forms.BooleanField(label=_("Unnamed sources alone may support a positive verdict"), required=False)
    coverage_required = forms.BooleanField(
        label=_("Every sentence must be seen before an article is cleared"), required=False
    )

    @classmethod
    def of(cls, desk: Desk) -> Self:
        return cls(initial={name: getattr(desk, name) for name in POLICIES})


class HostsForm(Form):
    """Hosts that a desk may fetch from although their address is not public, one a line."""

    slug: ClassVar[str] = "hosts"

    fetch_hosts = prose(
        _("Hosts that may be fetched"),
        rows=4,
        attrs={"spellcheck": "false"},
        help_text=_("One a line, such as cms.example.org or 10.0.0.5:8080. Public addresses need no entry."),
    )

    @property
    def hosts(self) -> list[str]:
        return [host for host in self.cleaned_data["fetch_hosts"].splitlines() if host.strip()]

    @classmethod
    def of(cls, desk: Desk) -> Self:
        return cls(initial={"fetch_hosts": "\n".join(desk.fetch_hosts)})
