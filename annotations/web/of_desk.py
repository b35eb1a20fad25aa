"""Pages about a desk for those who may do something there: how a view gets its desk, and others are told who may."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from annotations.core.errors import DomainError
from annotations.models import Desk
from annotations.permissions import require
from annotations.web.refusals import refused
from annotations.web.requests import PersonRequest

P = ParamSpec("P")


def of_desk(
    action: str,
) -> Callable[
    [Callable[Concatenate[PersonRequest, Desk, P], HttpResponse]],
    Callable[Concatenate[PersonRequest, str, P], HttpResponse],
]:
    """Gives the view the desk with the address's slug. Strangers get a 404, others who may not `action` a sentence."""

    def decorate(
        view: Callable[Concatenate[PersonRequest, Desk, P], HttpResponse],
    ) -> Callable[Concatenate[PersonRequest, str, P], HttpResponse]:
        @wraps(view)
        def with_desk(request: PersonRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            desk = get_object_or_404(Desk.objects.visible_to(request.user), slug=slug)
            try:
                require(request.user, action, desk)
            except DomainError as error:
                return refused(request, error)
            return view(request, desk, *args, **kwargs)

        return with_desk

    return decorate


administered = of_desk("administer")
