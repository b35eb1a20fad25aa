"""What the list of articles can be narrowed by."""

import django_filters
from django.db.models import QuerySet

from annotations.models import Article


class ArticleFilter(django_filters.FilterSet):
    """`q` looks at title, byline, outlet and text; the others at one field each."""

    q = django_filters.CharFilter(method="matching", strip=True)
    desk = django_filters.CharFilter(field_name="desk__slug")
    state = django_filters.CharFilter(field_name="state")
    language = django_filters.CharFilter(field_name="language")

    class Meta:
        model = Article
        fields = ("q", "desk", "state", "language")

    def matching(self, queryset: QuerySet[Article], _name: str, words: str) -> QuerySet[Article]:
        return queryset.matching(words)  # type: ignore[attr-defined]  # ArticleQuerySet's own
