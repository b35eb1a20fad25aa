"""What lists can be narrowed by: declared parameters, nothing else. Values are matched as they are, not trimmed."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from django_filters import rest_framework as filters

from annotations.core.states import AnnotationState, ArticleState
from annotations.models import Annotation
from annotations.models.annotation import AnnotationQuerySet
from annotations.models.article import ArticleQuerySet
from annotations.models.import_run import ImportState
from annotations.models.saved_filter import FilteredPage
from annotations.models.webhook import DeliveryState
from annotations.queries.matching import (
    annotations_saying,
    articles_saying,
    on_desk,
    with_current_verdict,
    with_label,
)

_ = cast(Callable[[str], str], gettext_lazy)  # filters are made before anybody's language is known

DESK = "Slug or id of the desk."
HOW = "(ISO 8601; write + as %2B, or use Z)."
UPDATED = f"Changed after this moment {HOW}"


def _words(name: str = "", **more: Any) -> filters.CharFilter:
    return filters.CharFilter(field_name=name or None, strip=False, **more)


def _moment(name: str) -> filters.IsoDateTimeFilter:
    sentence = _("Write a moment as ISO 8601 does, with Z at its end: 2026-01-31T12:00:00Z.")
    return filters.IsoDateTimeFilter(name, lookup_expr="gt", help_text=UPDATED, error_messages={"invalid": sentence})


class DeskFilters(filters.FilterSet):
    """The base of filters on rows that carry their desk."""

    desk = _words(method="with_desk", help_text=DESK)

    def with_desk(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return on_desk(queryset, value)


class TermFilters(DeskFilters):
    vocabulary = _words("vocabulary__key", help_text="Key of the vocabulary.")
    key = _words("key", help_text="Key of the term.")


class ArticleFilters(DeskFilters):
    state = filters.MultipleChoiceFilter(
        choices=[(state.value, state.value) for state in ArticleState], help_text="May be repeated: any of them."
    )
    canonical_url = _words("canonical_url", help_text="Exactly this address.")
    updated_after = _moment("updated")
    q = _words(method="with_words", help_text="Title, byline, outlet or text contain this, whatever its case.")

    def with_words(self, queryset: ArticleQuerySet, _name: str, value: str) -> ArticleQuerySet:
        return articles_saying(queryset, value)


class AnnotationFilters(DeskFilters):
    article = filters.UUIDFilter("article_id", help_text="Id of the article.")
    revision = filters.UUIDFilter("revision_id", help_text="Id of the revision.")
    state = filters.MultipleChoiceFilter(
        choices=[(state.value, state.value) for state in AnnotationState], help_text="May be repeated: any of them."
    )
    term = _words(method="with_term", help_text="Key of a label.")
    verdict = _words(method="with_verdict", help_text="Key of a term of the verdict scale.")
    author = _words("author__username", help_text="User name.")
    assignee = _words("assignee__username", help_text="User name.")
    updated_after = _moment("updated")
    q = _words(method="with_words", help_text="Quote, claim or note contain this, whatever its case.")

    def with_term(self, queryset: QuerySet[Annotation], _name: str, value: str) -> QuerySet[Annotation]:
        return with_label(queryset, value, self.request.user)

    def with_verdict(self, queryset: QuerySet[Annotation], _name: str, value: str) -> QuerySet[Annotation]:
        return with_current_verdict(queryset, value)

    def with_words(self, queryset: AnnotationQuerySet, _name: str, value: str) -> AnnotationQuerySet:
        return annotations_saying(queryset, value)


class VerdictFilters(filters.FilterSet):
    desk = _words(method="with_desk", help_text=DESK)
    article = filters.UUIDFilter("annotation__article_id", help_text="Id of the article.")
    verdict = _words("term__key", help_text="Key of a term of the verdict scale.")
    author = _words("author__username", help_text="User name of who proposed the verdict.")
    updated_after = _moment("annotation__updated")

    def with_desk(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return on_desk(queryset, value, "annotation__article__desk")


class WebhookFilters(DeskFilters):
    active = filters.BooleanFilter("active", help_text="true or false.")


class SavedFilterFilters(DeskFilters):
    page = filters.ChoiceFilter(choices=FilteredPage.choices, help_text="The page that it is for.")


class ImportRunFilters(DeskFilters):
    state = filters.MultipleChoiceFilter(choices=ImportState.choices, help_text="May be repeated: any of them.")


class DeliveryFilters(DeskFilters):
    webhook = filters.UUIDFilter("webhook_id", help_text="Id of the webhook.")
    state = filters.MultipleChoiceFilter(choices=DeliveryState.choices, help_text="May be repeated: any of them.")
