"""Which sources are independent of each other."""

import pytest

from annotations.core.independence import Support, group_of, only_unnamed, supporting_groups


@pytest.mark.parametrize(
    ("evidence", "group"),
    [
        (Support("supports", " Wire  Copy ", "KCNA", "https://www.kcna.example/1"), "wire copy"),
        (Support("supports", "", "KCNA", "https://a.example/1"), "kcna"),
        (Support("supports", "", "", "https://WWW.A.example:8000/1"), "a.example"),
        (Support("supports", "", "", ""), ""),
    ],
)
def test_a_group_is_the_persons_word_then_the_publisher_then_the_host(evidence: Support, group: str) -> None:
    assert group_of(evidence) == group


def test_only_support_counts_and_a_group_counts_once() -> None:
    evidence = [
        Support("supports", url="https://a.example/1"),
        Support("supports", url="https://www.a.example/2"),
        Support("contradicts", url="https://b.example/"),
        Support("context", url="https://c.example/"),
    ]

    assert supporting_groups(evidence) == {"a.example"}


@pytest.mark.parametrize(
    ("unnamed", "alone"), [([], False), ([True], True), ([True, False], False), ([True, True], True)]
)
def test_unnamed_alone_means_all_support_is_unnamed(unnamed: list[bool], alone: bool) -> None:
    evidence = [Support("supports", unnamed=each) for each in unnamed] + [Support("context")]

    assert only_unnamed(evidence) is alone
