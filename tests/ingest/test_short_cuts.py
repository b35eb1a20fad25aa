"""Rules that look at little of most texts say what the rules behind them say, which look at everything."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.core.blocks import BlockKind
from annotations.ingest import bullets, language, lines, roles
from annotations.ingest.shapes import PAUSES, breadth, ends_sentence, is_broader
from annotations.ingest.units import Unit

LEAD = "The council approved the budget on Tuesday after a debate of nine hours, its longest sitting since 1998"
BEGINNINGS = (
    "", "By ", "By Claire Lee ", "Photo by ", "“Photo by ", "photograph by ", "Additional reporting by ", "(", "• ",
    "Reporting by Jane; ", "Source ", "Dear ", "advertisement ", "“", "Updated on May 5, 2024 ", "© ", "Related: ",
    "12 ",
)  # fmt: skip
PHRASES = (
    LEAD, "a", "said", "AFP", "12 May 2025", "copyright", "CC BY", "read more", "dpa", "市长表示", "naïve", "Kyiv,",
    "-",
    "story continues below advertisement",
)  # fmt: skip
ENDS = ("", ".", "?", "…", ".”", " .", " Photo by dpa", ". Copyright dpa", ". (Reuters)", " | AFP", ":", "!")
PARAGRAPHS = st.builds(
    lambda begin, leads, words, end: f"{begin}{' '.join([LEAD] * leads + words)}{end}".strip(),
    st.sampled_from(BEGINNINGS),
    st.integers(0, 4),
    st.lists(st.sampled_from(PHRASES), max_size=8),
    st.sampled_from(ENDS),
).filter(bool)


@given(st.lists(PARAGRAPHS, min_size=1, max_size=8))
def test_plain_prose_is_what_all_rules_say(paragraphs: list[str]) -> None:
    units = [Unit(text) for text in paragraphs]
    found = roles.kinds_of(units, "en"), [roles.stands_alone(text, number) for number, text in enumerate(paragraphs)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(roles, "is_plain_prose", lambda text: False)
        assert found == (
            roles.kinds_of(units, "en"),
            [roles.stands_alone(text, number) for number, text in enumerate(paragraphs)],
        )


@given(st.text(alphabet="ab 市长é", max_size=60), st.integers(0, 70))
def test_broader_is_told_from_the_breadth(text: str, than: int) -> None:
    assert is_broader(text, than) == (breadth(text) > than)


LINES = st.lists(
    st.sampled_from(
        [
            "", "", "", "  ", "\t", "By Claire Lee", "- point", "> quote", "  - point", "1. one", "2. two", LEAD,
            f"{LEAD}.", "    set on from the left.", "\tset in", "short line", "and goes on", "# Mark", "Source: AFP",
            "***", "\x85", "a\u2028b", "\u2029", "a\vb", "\fc", "\x1cd", "市长表示。", "\u00a0e", "— Так.", "é",
        ]
    ),
    max_size=16,
)  # fmt: skip


@given(LINES)
def test_lines_are_what_all_breaks_divide(given_lines: list[str]) -> None:
    text, expected, position, opens = "\n".join(given_lines), [], 0, True
    for raw in lines._BREAK.split(text):
        bare = raw.strip()
        if bare:
            margin = len(raw) - len(raw.lstrip())
            indent = len(raw[:margin].expandtabs(lines.INDENT))
            expected.append(lines.Line(position + margin, position + margin + len(bare), bare, opens, indent))
        opens = not bare
        position += len(raw) + 1

    assert lines.lines_of(text) == expected


@given(LINES)
def test_lines_that_touch_no_other_need_not_be_asked(given_lines: list[str]) -> None:
    text, asked = "\n".join(given_lines), lines._layout_of

    def all_asked(found: list[lines.Line], stands_alone: Callable[[str, int], bool]) -> object:
        layout = asked(found, stands_alone)
        alone = [
            bool(lines._HEADING.match(line.text)) or stands_alone(line.text, number)
            for number, line in enumerate(found)
        ]
        return lines._Layout(found, layout.kinds, alone, layout.verses, layout.wrapping)

    found = lines.paragraphs_of(text, roles.stands_alone)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "_layout_of", all_asked)
        assert lines.paragraphs_of(text, roles.stands_alone) == found


MARKED = st.text(alphabet="ab1.)(-•> *é市\u200b\u0301?:", max_size=6).map(str.strip)


@given(st.lists(st.tuples(MARKED, st.booleans()), max_size=12))
def test_a_line_that_begins_with_a_letter_has_no_mark(marked: list[tuple[str, bool]]) -> None:
    texts, opens = [text for text, _ in marked], [number == 0 or opens for number, (_, opens) in enumerate(marked)]
    numbered, kinds = bullets._numbered(texts), list[BlockKind | None]()
    for number, text in enumerate(texts):
        above = texts[number - 1]
        begins = opens[number] or bool(kinds and kinds[-1]) or ends_sentence(above) or above.endswith(tuple(PAUSES))
        kinds.append(bullets._kind(text, begins=begins, is_numbered=number in numbered))

    assert bullets.marked_kinds(texts, opens) == kinds


WORDS = st.one_of(
    st.sampled_from(sorted({word for words in language._SMALL_WORDS.values() for word in words.split()})),
    st.sampled_from(
        ["The", "İle", "I\u0307", "ΣΑΣ", "\u1c80", "x_y", "2nd", "“und", "für”", "don't", "É", "ﬁ", "\ud800"]
    ),
    st.sampled_from(
        ["東京都は", "서울", "ελληνικά", "مصر", "پگ", "עברית", "ไทย", "Ґ", "ЇЖАК", "հայ", "ქართ", "🚋", "हिन्दी"]
    ),
)


@given(
    st.lists(st.tuples(WORDS, st.sampled_from([" ", " ", "", "-", "\u00a0", "1", "\u2028"])), max_size=60),
    st.integers(1, 40),
)
def test_language_is_what_a_look_at_each_character_says(words: list[tuple[str, str]], times: int) -> None:
    text = "".join(word + gap for word, gap in words) * times

    assert language.language_of(text) == language_by_characters(text)


def language_by_characters(text: str) -> str:
    sample = text[: language.SAMPLE]
    if not any(map(str.isalpha, sample)):
        return ""
    by_words = small_words_by_characters(sample)
    begin = small_words_by_characters(sample[: language.BEGINNING])
    return (
        script_by_characters(sample)
        or (begin[0] if begin[1] >= 20 and begin[1] > 2 * begin[2] else "")
        or (by_words[0] if by_words[1] >= 1 and by_words[1] > 1.15 * by_words[2] else "")
    )


def script_by_characters(sample: str) -> str:
    letters = sum(map(str.isalpha, sample))
    if len(language._ANY_SCRIPT.findall(sample)) / letters <= 0.1:
        return ""
    for code, script in language._SCRIPTS.items():
        share = len(script.findall(sample)) / letters
        if share > (0.1 if code in ("ja", "ko") else 0.4):
            return "fa" if code == "ar" and len(language._PERSIAN.findall(sample)) / letters > 0.03 else code
    return ""


def small_words_by_characters(sample: str) -> tuple[str, int, int]:
    words = Counter(map(str.lower, language._WORD.findall(sample)))
    cyrillic = len(language._CYRILLIC.findall(sample))
    is_cyrillic = cyrillic > 0 and cyrillic * 2 > sum(len(word) * count for word, count in words.items())
    scores = {
        code: sum(words[word] for word in set(listed.split()))
        for code, listed in language._SMALL_WORDS.items()
        if (code in language._CYRILLIC_CODES) == is_cyrillic
    }
    best, second = sorted(scores, key=lambda code: -scores[code])[:2]
    return best, scores[best], scores[second]
