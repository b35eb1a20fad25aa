"""Attributions, evidence, verdicts, links and comments as clients send them."""

from typing import Any

from rest_framework import serializers

from annotations.api.fields import Day, Identifier, Moment, OneOf, Text
from annotations.api.writers.base import READ_ONLY, RangeWriter, Writer
from annotations.core.decisions import CommentKind
from annotations.core.drafts import LinkKind, Stance, Tier
from annotations.core.wording import gettext_noop

PART = {"author": READ_ONLY, "created": READ_ONLY}
IN_ANNOTATION = {**PART, "id": READ_ONLY}
CLIENT_ID = "Made by the client (a UUID): sending the same id again gives the same row and 200."


def _term(axis: str) -> Text:
    return Text(
        default="", allow_null=True, help_text=f'Key of a term of the vocabulary "{axis}"; empty or null for none.'
    )


class AttributionWriter(Writer):
    """Who says it."""

    refused = IN_ANNOTATION
    source: Any = Text(help_text="Name or description of the source.")
    origin = _term("origin")
    identification = _term("identification")
    channel = _term("channel")
    distance = _term("distance")
    source_range = RangeWriter(required=False, allow_null=True, help_text="Where the text names the source.")
    cue_range = RangeWriter(required=False, allow_null=True, help_text='The reporting words ("according to").')


class EvidenceWriter(Writer):
    """What supports, contradicts or explains: an address."""

    refused = {
        **IN_ANNOTATION,
        "file": gettext_noop("A file is uploaded as multipart/form-data at annotations/{id}/evidence/."),
    }
    url = Text(default="", help_text="http or https.")
    title = Text(default="")
    publisher = Text(default="")
    quote = Text(default="", help_text="The passage that counts.")
    locator = Text(default="", help_text="Page, minute, table: where to look.")
    stance = OneOf(Stance, default=Stance.CONTEXT.value)
    tier = OneOf(Tier, default=Tier.SECONDARY.value)
    independence_group = Text(default="", help_text="Pieces of evidence with one origin share a group.")
    unnamed = serializers.BooleanField(default=False, help_text="It rests on a source that is not named.")
    retrieved_at = Moment(default=None, allow_null=True, help_text="ISO 8601; UTC without an offset.")


class NewAttributionWriter(AttributionWriter):
    refused = PART
    id = Identifier(required=False, help_text=CLIENT_ID)


class NewEvidenceWriter(EvidenceWriter):
    refused = {**PART, "file": EvidenceWriter.refused["file"]}
    id = Identifier(required=False, help_text=CLIENT_ID)


class EvidenceFormWriter(NewEvidenceWriter):
    """Evidence with a file, as multipart/form-data."""

    refused = PART
    file: Any = serializers.FileField(
        required=False, allow_empty_file=True, help_text="Kept unchanged, with its SHA-256."
    )


class VerdictWriter(Writer):
    """What the desk finds. The term is a key of the verdict scale."""

    refused = IN_ANNOTATION
    term = Text(help_text="Key of a term of the verdict scale.")
    rationale = Text(default="")
    as_of = Day(default=None, allow_null=True, help_text="The date it holds for; today when not given.")


class LinkWriter(Writer):
    """A tie to another annotation of the same desk."""

    refused = IN_ANNOTATION
    target = Identifier(help_text="Id of the other annotation.")
    kind = OneOf(LinkKind)


class CommentWriter(Writer):
    refused = {**IN_ANNOTATION, "resolved_by": READ_ONLY, "resolved_at": READ_ONLY, "outcome": READ_ONLY}
    id = Identifier(required=False, help_text=CLIENT_ID)
    text = Text(help_text="A name written as @username tells that member of the desk.")
    kind = OneOf(CommentKind, default=CommentKind.REMARK.value)
    blocking = serializers.BooleanField(default=False, help_text="Holds back a proposal until it is resolved.")
    due = Day(default=None, allow_null=True, help_text="For a question: when it is to be answered.")
    parent: Any = Identifier(default=None, allow_null=True, help_text="Id of the comment this replies to.")


class ReasonWriter(Writer):
    reason = Text(default="")
