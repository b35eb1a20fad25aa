"""Moves, marks of coverage, outcomes and confidential identities as clients send them."""

from rest_framework import serializers

from annotations.api.fields import Identifier, OneOf, Text
from annotations.api.writers.base import RangeWriter, Writer
from annotations.core.coverage import Mark


class MoveWriter(Writer):
    action = Text(help_text="One of the actions that GET lists.")
    reason = Text(default="", help_text="Asked for where needs_reason is true.")
    to = Text(default="", help_text="Asked for only where a move may lead to several states.")


class CoverageWriter(Writer):
    revision = Identifier(help_text="The revision the client looked at; stale if it is not the current one.")
    ranges = RangeWriter(many=True, help_text="Whole sentences, as GET lists them.")
    seen = OneOf(Mark)


class OutcomeWriter(Writer):
    outcome = Text(default="", help_text="What the reporter answered; asked for where the comment is a question.")


class IdentityWriter(Writer):
    content = Text(help_text="Who the source is.")
    readers = serializers.ListField(
        child=Text(), default=list, help_text="User names of members who may read it, beside you."
    )
