"""The vocabularies that a new desk starts with. A desk edits its own copy; nothing reads these afterwards."""

from typing import Final

from annotations.core.claim_terms import CLAIM_TYPE_TERMS, RISK_FLAG_TERMS
from annotations.core.source_terms import CHANNEL_TERMS, DISTANCE_TERMS, IDENTIFICATION_TERMS, ORIGIN_TERMS
from annotations.core.terms import TermSeed, VocabularySeed
from annotations.core.verdicts import VERDICT_SCALE, AveritecLabel, Rating, Verdict

__all__ = ["DEFAULT_VOCABULARIES", "AveritecLabel", "Rating", "TermSeed", "VocabularySeed"]


def _verdict_term(verdict: Verdict) -> TermSeed:
    return TermSeed(
        key=verdict.key,
        name=verdict.name,
        description=verdict.description,
        colour=verdict.colour,
        rating=verdict.rating,
        averitec=verdict.averitec,
    )


DEFAULT_VOCABULARIES: Final[tuple[VocabularySeed, ...]] = (
    VocabularySeed("origin", "Origin", "What kind of source the statement rests on.", ORIGIN_TERMS),
    VocabularySeed(
        "identification", "Identification", "How far readers can tell who or what the source is.", IDENTIFICATION_TERMS
    ),
    VocabularySeed("channel", "Channel", "How the source's words or material reached the article.", CHANNEL_TERMS),
    VocabularySeed("distance", "Distance", "How close the source was to what it reports.", DISTANCE_TERMS),
    VocabularySeed("claim_type", "Claim type", "What kind of thing the statement asserts.", CLAIM_TYPE_TERMS),
    VocabularySeed("risk_flag", "Risk flag", "Why publishing the statement needs special care.", RISK_FLAG_TERMS),
    VocabularySeed(
        "verdict",
        "Verdict",
        "What the evidence says about the statement.",
        tuple(_verdict_term(verdict) for verdict in VERDICT_SCALE),
    ),
)
