"""How many sources a verdict really rests on: evidence that repeats another source is not a second one."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from annotations.core.drafts import Stance


@dataclass(frozen=True, slots=True)
class Support:
    """What of a piece of evidence counts here."""

    stance: str
    independence_group: str = ""
    publisher: str = ""
    url: str = ""
    unnamed: bool = False


def group_of(evidence: Support) -> str:
    """The group a piece of evidence belongs to: as a person set it, else its publisher, else its host."""
    for name in (evidence.independence_group, evidence.publisher):
        if name.strip():
            return " ".join(name.split()).casefold()
    host = urlsplit(evidence.url).hostname or ""
    return host.removeprefix("www.")


def supporting_groups(evidence: Iterable[Support]) -> frozenset[str]:
    """The independent sources that support a statement."""
    return frozenset(group_of(each) for each in evidence if each.stance == Stance.SUPPORTS)


def only_unnamed(evidence: Iterable[Support]) -> bool:
    """Does all the support come from sources that are not named?"""
    supporting = [each for each in evidence if each.stance == Stance.SUPPORTS]
    return bool(supporting) and all(each.unnamed for each in supporting)
