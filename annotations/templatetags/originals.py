"""Links to the words of an annotation on the page where the article was published."""

from django import template

from annotations.core.text_fragment import linked, text_fragment
from annotations.models import Annotation

register = template.Library()


@register.filter
def in_original(annotation: Annotation) -> str:
    """The address with a text fragment; "" without an address. Wants the annotation with article and revision."""
    url = annotation.article.canonical_url
    return linked(url, text_fragment(annotation.revision.text, annotation.start, annotation.end)) if url else ""
