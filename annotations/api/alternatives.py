"""What a request could have been that an address does not take: its methods, the types it reads and those it writes."""

from collections.abc import Mapping
from typing import Any

from rest_framework import exceptions

from annotations.core.wording import _


def alternatives(error: Exception, context: Mapping[str, Any]) -> str | None:
    """The sentence for a wrong method or media type; None for every other error. `context` is REST framework's."""
    match error:
        case exceptions.MethodNotAllowed():
            sentence = _("{method} is not possible here. Possible methods: {listed}.")
            listed = ", ".join(context["view"].allowed_methods)
            return sentence.format(method=context["request"].method, listed=listed)
        case exceptions.NotAcceptable():
            sentence = _("This address answers in {listed}. Accept that.")
            return sentence.format(listed=_types(context["view"].renderer_classes))
        case exceptions.UnsupportedMediaType():
            sentence = _("This address reads {listed}. Send that, and name it in the Content-Type header.")
            return sentence.format(listed=_types(context["view"].parser_classes))
    return None


def _types(classes: Any) -> str:
    return ", ".join(dict.fromkeys(each.media_type for each in classes))
