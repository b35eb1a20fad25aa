"""Parts of an imported span, in the API's nested shapes, as drafts. formats/own_data.py has looked at their types."""

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from annotations.core.drafts import AttributionDraft, EvidenceDraft, VerdictDraft
from annotations.services.terms import ATTRIBUTION_AXES


def attribution_draft(row: Mapping[str, Any]) -> AttributionDraft:
    given: dict[str, Any] = {axis: str(row.get(axis) or "") for axis in ATTRIBUTION_AXES}
    for name in ("source_range", "cue_range"):
        if row.get(name):
            given[name] = (row[name]["start"], row[name]["end"])
    return AttributionDraft(str(row.get("source") or ""), **given)


def evidence_draft(row: Mapping[str, Any]) -> EvidenceDraft:
    names = ("url", "title", "publisher", "quote", "locator", "stance", "tier", "independence_group")
    given: dict[str, Any] = {name: str(row[name]) for name in names if row.get(name)}
    moment = parse_datetime(row["retrieved_at"]) if row.get("retrieved_at") else None
    return EvidenceDraft(**given, unnamed=bool(row.get("unnamed")), retrieved_at=moment)


def verdict_draft(row: Mapping[str, Any]) -> VerdictDraft:
    as_of = parse_date(row["as_of"]) if row.get("as_of") else None
    return VerdictDraft(str(row.get("term") or ""), str(row.get("rationale") or ""), as_of)
