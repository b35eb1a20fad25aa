"""Plain text: nothing is lost, lines become paragraphs, and prose stays prose."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.core.blocks import BlockKind
from annotations.core.errors import DomainError
from annotations.core.text import canonical
from annotations.ingest import read, read_text, roles
from annotations.ingest.language import language_of
from annotations.ingest.shapes import is_plain_prose
from tests.ingest.reading import kinds, of_kind, pieces

LEAD = "The council approved the budget on Tuesday after a debate of nine hours, its longest sitting since 1998."


def test_text_without_a_title_gets_none() -> None:
    article = read_text(f"{LEAD}\n\nTwo members abstained.\n\nThe opposition called the cuts “a disgrace.”\n")

    assert kinds(article) == "paragraph paragraph paragraph"
    assert (article.title, article.byline, article.outlet, article.published_at) == ("", "", "", None)


def test_letter_has_no_headline_and_no_byline() -> None:
    article = read_text(
        "Berlin, 3. März 2024\n\nSehr geehrte Damen und Herren,\n\n"
        "vielen Dank für Ihr Schreiben vom 1. Februar. Wir haben die Zahlen geprüft und nichts gefunden.\n\n"
        "Mit freundlichen Grüßen\n\nErika Muster\n"
    )

    assert kinds(article) == "dateline paragraph paragraph paragraph paragraph"
    assert (article.title, article.byline, article.published_at) == ("", "", date(2024, 3, 3))


def test_list_of_points() -> None:
    article = read_text(
        "What we know about the bridge\n\n- It cost 40 million dollars.\n- It opened on Saturday\n  after 3 years.\n"
        "* 30,000 cars a day\n\n1. First point\n2. Second point\n\n13. Dezember war kalt und nass.\n"
    )

    assert pieces(article) == [
        ("headline", "What we know about the bridge"),
        ("list_item", "- It cost 40 million dollars."),
        ("list_item", "- It opened on Saturday\n  after 3 years."),
        ("list_item", "* 30,000 cars a day"),
        ("list_item", "1. First point"),
        ("list_item", "2. Second point"),
        ("paragraph", "13. Dezember war kalt und nass."),
    ]


def test_stanzas_of_a_poem_are_paragraphs() -> None:
    first = "The river keeps its counsel\nBeneath the iron span\nAnd every light upon it\nWas counted by a man"
    second = "Who never learned the number\nOf people it had drowned\nBut wrote it in a ledger\nAnd put the ledger down"

    assert pieces(read_text(f"{first}\n\n{second}\n")) == [("paragraph", first), ("paragraph", second)]


def test_short_lines_are_no_headline_and_no_subheads() -> None:
    article = read_text("The river keeps its counsel\n\nBeneath the iron span\n\nAnd every light upon it\n")

    assert kinds(article) == "paragraph paragraph paragraph"


@pytest.mark.parametrize("text", ["The bridge cost forty million dollars.", "The bridge cost forty million dollars"])
def test_single_sentence_is_a_paragraph(text: str) -> None:
    assert pieces(read_text(text)) == [("paragraph", text)]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The council approved the budget on Tuesday after a debate of\nnine hours, its longest since 1998. Two\n"
        "members abstained, and the mayor said she would sign it this\nweek.\nBy Friday the printed version will be in "
        "every library of the\ncity, officials said."
    )

    article = read_text(f"Council approves budget\n\nBy Jane Doe\n\n{wrapped}\n\nREACTION\n\n{LEAD}\n")

    assert kinds(article) == "headline byline paragraph paragraph subhead paragraph"
    assert [text.count("\n") for text in of_kind(article, BlockKind.PARAGRAPH)] == [3, 1, 0]


def test_lines_are_paragraphs_where_nobody_wrapped_them() -> None:
    article = read_text(
        f"Council approves budget\n{LEAD}\n“It is done,” she said.\nReaction\n{LEAD}\nSource: The Daily\n"
    )

    assert kinds(article) == "headline paragraph paragraph subhead paragraph source"
    assert article.outlet == "The Daily"


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the troops had left the region, the ministry said.",
        "By the end of 2025, on December 13, nothing had changed.",
        "Von der Leyen sprach am 13. Dezember 2025 in Kyjiw.",
        "On May 5, 2025 the court ruled that the law stands.",
        "Photo editors were shown the pictures on Tuesday, the agency said.",
        "More on this: the ministry said on Friday that nobody had been hurt in the fire at the plant.",
        "Source: officials said nobody knew of it, but they would look into it by Friday.",
    ],
)
def test_prose_stays_prose(line: str) -> None:
    article = read_text(f"Council approves budget\n\n{line}\n\n{LEAD}\n")

    assert kinds(article) == "headline paragraph paragraph"
    assert (article.byline, article.published_at, article.outlet) == ("", None, "")


def test_nothing_is_trimmed_and_line_breaks_become_lf() -> None:
    article = read("\ufeff\r\n  Title of it\r\n\r\n\tA sentence.\u00a0 \r".encode())

    assert article.text == "\n  Title of it\n\n\tA sentence.\u00a0 \n"
    assert [text for _, text in pieces(article)] == ["Title of it", "A sentence."]
    assert read_text(article.text).text == article.text


@pytest.mark.parametrize("text", ["\ufeffOne mark.", "\ufeff\ufeffTwo.", "<!doctype html><p>Source.</p>", "PK", "BM x"])
def test_pasted_text_is_the_same_when_its_bytes_are_read_again(text: str) -> None:
    pasted = read_text(text)

    assert pasted.text == text.removeprefix("\ufeff")
    assert read(pasted.source, media_type="text/plain") == pasted


@pytest.mark.parametrize(
    ("text", "code"), [("", "empty"), (" \n\t", "empty"), ("a\0b", "nul"), ("a\ud800", "lone_surrogate")]
)
def test_what_cannot_be_stored_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_text(text)

    assert refused.value.code == code


LINES = st.lists(
    st.sampled_from(
        [
            "", "", "By Claire Lee", "December 13, 2025", "- point", "> quote", "Killed in combat", LEAD, "***",
            "1. one", "2. two", "https://example.org/x", "Source: Reuters", "    set in from the left.", "\u200b",
            "# Mark", "Dear all,", "a wrapped line that is as long as the others are", "Related: [x](#)", "\u2029",
            "— Так.", "市长表示。", "\tx",
        ]
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


@settings(deadline=None, max_examples=100)
@given(LINES, st.text(max_size=40))
def test_any_text_is_kept_and_wholly_in_blocks(lines: list[str], tail: str) -> None:
    text = "\n".join([*lines, tail])
    try:
        expected = canonical(text)
    except DomainError:
        return

    article = read_text(text)

    assert article.text == expected
    pieces(article)


@pytest.mark.parametrize(
    "mark", ["https://example.org/a", "Source: the ministry", "Photo: dpa", "(Reuters)", "\n\u00a0", "Read also » More"]
)
def test_long_prose_is_told_from_what_labels_itself(mark: str) -> None:
    prose = " ".join([LEAD] * 4)

    assert is_plain_prose(prose)
    assert not any(map(is_plain_prose, (LEAD, f"{mark} {prose}", f"{prose} {mark}", prose.replace(" ", "  "))))


WORDS = (
    "By",
    "Photo by",
    "AFP",
    "12 May 2025",
    "a",
    "Xy.",
    "©",
    "read more",
    "Published on",
    "advertisement",
    "Source",
)


@given(st.lists(st.sampled_from(WORDS), min_size=1))
def test_no_rule_for_labels_says_yes_to_plain_prose(words: list[str]) -> None:
    line = " ".join(words * 40)

    if is_plain_prose(line):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(roles, "is_plain_prose", lambda text: False)
            assert not roles.stands_alone(line, 0)


def test_language_of_the_beginning_counts_only_where_it_leaves_no_doubt() -> None:
    german = "Der Rat hat die Summe nicht genannt, und die Brücke ist mit dem Geld der Stadt für den Verkehr geöffnet. "
    names = "Anna Schmidt, Kraków; Zürich 1998, Łódź. "

    assert language_of(f"{LEAD} " * 30 + german * 30) == "en"
    assert language_of(names * 60 + german * 30) == "de"
