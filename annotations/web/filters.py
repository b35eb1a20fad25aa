"""What the list of articles can be narrowed by."""

import django_filters

from annotations.models import Article
from annotations.models.article import ArticleQuerySet
from annotations.queries.matching import articles_saying


class ArticleFilter(django_filters.FilterSet):
    """`q` looks at title, byline, outlet and text; the others at one field each."""

    q = django_filters.CharFilter(method="matching", strip=True)
    desk = django_filters.CharFilter(field_name="desk__slug")
    state = django_filters.CharFilter(field_name="state")
    language = django_filters.CharFilter(field_name="language")

    class Meta:
        model = Article
        fields = ("q", "desk", "state", "language")

    def matching(self, queryset: ArticleQuerySet, _name: str, words: str) -> ArticleQuerySet:
        return articles_saying(queryset, words)
