"""Results of pure functions are kept by everything they were made from, and not without limit."""

from annotations.core.keeping import Kept


def test_a_result_is_made_once_and_another_key_never_gets_it() -> None:
    made: list[str] = []
    kept = Kept(lambda key: made.append(key) or key.upper(), size=lambda key, value: 1, most=10)

    assert [kept("a"), kept("b"), kept("a")] == ["A", "B", "A"]
    assert made == ["a", "b"]


def test_what_was_not_used_for_longest_is_dropped_when_there_is_too_much() -> None:
    made: list[str] = []
    kept = Kept(lambda key: made.append(key) or key * 2, size=lambda key, value: len(value), most=8)

    for key in ("aa", "bb", "aa", "cc", "aa", "bb"):
        kept(key)

    assert made == ["aa", "bb", "cc", "bb"]


def test_what_is_larger_than_everything_kept_may_be_is_made_each_time() -> None:
    made: list[str] = []
    kept = Kept(lambda key: made.append(key) or key, size=lambda key, value: 9, most=8)

    assert [kept("a"), kept("a")] == ["a", "a"]
    assert made == ["a", "a"]
