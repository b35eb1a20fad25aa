"""The title, publisher and time of an address that somebody gives as evidence, when they ask for them."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.core.errors import DomainError
from annotations.permissions import may
from annotations.queries.sources import source_facts
from annotations.web.forms.parts import ASKING, FACTS, FactsForm
from annotations.web.htmx import Region, regions_answer
from annotations.web.refusals import refused, status_of
from annotations.web.requests import PersonRequest, article_or_404


@login_required
@require_POST
def fetch_facts(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Fills the fields that are empty. Nothing is stored."""
    article = article_or_404(request, pk)
    if not (decision := may(request.user, "annotate", article)):
        return refused(request, DomainError(decision.code, decision.reason))
    if (asking := request.POST.get("asking", "")) not in ASKING:
        raise Http404
    form = FactsForm(request.POST, asking=asking)
    try:
        facts = source_facts(article.desk, form.data.get(form.add_prefix("url"), ""))
    except DomainError as error:
        return regions_answer([_told(asking, error.message)], status=status_of(error))
    at = facts.retrieved_at.strftime("%Y-%m-%dT%H:%M:%S")
    form.filled(title=facts.title, publisher=facts.publisher, retrieved_at=at)
    regions = [Region(f"#{form[name].id_for_label}", form[name].as_widget()) for name in FACTS]
    sentence = _("Found: %(title)s. Check it.") % {"title": facts.title.rstrip(".")}
    return regions_answer([*regions, _told(asking, sentence)])


def _told(asking: str, sentence: str) -> Region:
    return Region(f"#{asking}-told", format_html("{}", sentence), "innerHTML")
