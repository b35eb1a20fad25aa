"""Annotations as clients send them: a new one, and changes to one."""

from rest_framework import serializers

from annotations.api.fields import CODE_POINTS, Identifier, OneOrMany, Text, WholeNumber
from annotations.api.writers.base import READ_ONLY, RangeWriter, Writer
from annotations.api.writers.parts import CLIENT_ID, AttributionWriter, EvidenceWriter, VerdictWriter
from annotations.core.wording import gettext_noop

FIXED = dict.fromkeys(("version", "author", "created", "updated"), READ_ONLY)
STATE = gettext_noop("The state is not set by writing it. DELETE withdraws an annotation.")
ATTRIBUTIONS = gettext_noop("Add, and take off, attributions at annotations/{id}/attributions/.")
EVIDENCE = gettext_noop("Add, and take off, evidence at annotations/{id}/evidence/.")


class PlaceWriter(Writer):
    """Where: `start` and `end`; or `exact` alone, which must be unique or made so by context or `occurrence`."""

    start = WholeNumber(required=False, help_text=CODE_POINTS)
    end = WholeNumber(required=False, help_text=f"{CODE_POINTS} End exclusive.")
    exact = Text(required=False, help_text="The quote. With start and end it must be the very slice of the text.")
    prefix = Text(required=False, help_text="What stands directly before the quote; used only to find it.")
    suffix = Text(required=False, help_text="What stands directly after the quote; used only to find it.")
    occurrence = WholeNumber(required=False, help_text="Which of several places of the quote, counted from 1.")
    fragments = RangeWriter(
        many=True,
        required=False,
        help_text="Two or more ordered, disjoint parts of a discontinuous annotation; [] makes it continuous.",
    )


class AnnotationWriter(PlaceWriter):
    """Where: `start` and `end`, or `exact`, or `fragments`. And what; everything but the place may be left out."""

    refused = {**FIXED, "state": STATE}
    id = Identifier(required=False, help_text=CLIENT_ID)
    article = Identifier(help_text="Id of the article.")
    revision = Identifier(
        required=False, help_text="The revision the client looked at; stale if it is not the current one."
    )
    claim = Text(default="", help_text="The statement in full, as it is to be checked.")
    note = Text(default="")
    terms = serializers.ListField(child=Text(), default=list, help_text="Keys of labels.")
    attribution = AttributionWriter(required=False, allow_null=True)
    attributions = AttributionWriter(required=False, many=True)
    evidence = OneOrMany(EvidenceWriter, required=False, allow_null=True)
    verdict = VerdictWriter(required=False, allow_null=True)
    assignee = Text(required=False, allow_null=True, help_text="User name of a member of the desk.")


class AnnotationChangesWriter(PlaceWriter):
    """What is left out stays as it is."""

    refused = {
        **FIXED,
        "state": STATE,
        "id": READ_ONLY,
        "article": gettext_noop("An annotation stays on its article."),
        "revision": gettext_noop("An annotation moves to another revision only when new copy comes in."),
        "attribution": ATTRIBUTIONS,
        "attributions": ATTRIBUTIONS,
        "evidence": EVIDENCE,
    }
    claim = Text(required=False)
    note = Text(required=False)
    terms = serializers.ListField(child=Text(), required=False, help_text="Keys of labels; replaces all of them.")
    verdict = VerdictWriter(required=False, allow_null=True, help_text="null takes the verdict back.")
    assignee = Text(required=False, allow_null=True, help_text="User name; null unassigns.")
