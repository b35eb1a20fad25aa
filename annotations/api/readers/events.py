"""Shapes of the change feed."""

from rest_framework.serializers import CharField, URLField, UUIDField

from annotations.api.readers.parts import EventReader, Reader


class FeedEventReader(EventReader):
    desk = CharField(help_text="Slug.")
    article = UUIDField(allow_null=True)
    annotation = UUIDField(allow_null=True)


class FeedReader(Reader):
    next = URLField(allow_null=True, help_text="The next page; null when there is nothing more for now.")
    after = CharField(help_text="Where you stand now: send it as `after` next time.")
    results = FeedEventReader(many=True)
