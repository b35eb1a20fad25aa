"""brat: another program finds our ranges and labels in it, we find everything, and anybody's archives are read."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from bioc import brat as reference

from annotations.core.errors import DomainError
from annotations.formats import brat, zip_members
from annotations.formats.documents import IncomingDocument
from tests.formats import brat_lines, incoming, outgoing
from tests.formats.outgoing import ROWS, TEXT, document, row


def archive(files: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return target.getvalue()


def read(ann: str, text: str = "Nine people died.\nThe leader said so.", **files: str) -> IncomingDocument:
    (found,) = incoming.documents("brat", archive({"a/b.txt": text, "a/b.ann": ann, **files}))
    return found


def refusal(ann: str, **more: Any) -> DomainError:
    with pytest.raises(DomainError) as refused:
        read(ann, **more)
    return refused.value


WHOLE = b"".join(brat.written([document(2), document(3, [row(1, (0, 4))])]))


def files() -> dict[str, str]:
    with ZipFile(io.BytesIO(WHOLE)) as made:
        assert made.testzip() is None
        return {name: made.read(name).decode() for name in made.namelist()}


def test_archive_holds_pairs_and_a_configuration() -> None:
    stem = "nine-died-0190a000-0000-7000-9000-00000000000"
    suffixes = (".txt", ".ann", ".factcheck.json")
    expected = [f"{stem}{number}{suffix}" for number in (2, 3) for suffix in suffixes]

    assert list(files()) == [*expected, "annotation.conf"]
    assert files()["annotation.conf"] == (
        "[entities]\nintelligence-sourced\nprediction\nquantity\nunlabelled\n\n"
        "[relations]\n<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n"
        "same_fact\tArg1:<ENTITY>, Arg2:<ENTITY>\ncontradicts\tArg1:<ENTITY>, Arg2:<ENTITY>\n"
        "depends_on\tArg1:<ENTITY>, Arg2:<ENTITY>\n\n[events]\n\n[attributes]\n"
    )


def test_another_reader_finds_the_same_ranges_and_labels() -> None:
    """It takes no tab in a quote; what brat itself reads is in the next test."""
    rows = [each for each in ROWS if "\t" not in each["exact"] or each["fragments"]]
    lines = brat_lines.annotations(document(rows=rows, links=outgoing.LINKS[:2]))

    found = reference.loads(TEXT, lines)

    marks = [(each.type, places(each)) for each in found.entities]
    assert sorted(marks) == sorted(brat_lines.expected_marks(rows))
    for each in found.entities:
        assert each.text == " ".join(TEXT[start:end] for start, end in places(each))
    first = {each["id"]: next(mark.id for mark in found.entities if same(mark, each)) for each in rows}
    ends = {(each.type, each.arguments["Arg1"], each.arguments["Arg2"]) for each in found.relations}
    assert ends == {(each["kind"], first[each["annotation"]], first[each["target"]]) for each in outgoing.LINKS[:2]}


def places(mark: Any) -> tuple[tuple[int, int], ...]:
    """The reader keeps no order of parts."""
    return tuple(sorted((span.begin, span.end) for span in mark.locations))


def same(mark: Any, row: dict[str, Any]) -> bool:
    inside = (places(mark)[0][0], places(mark)[-1][1])
    return inside == (row["start"], row["end"]) and mark.type == (row["terms"] or ["unlabelled"])[0]


def test_everything_comes_back() -> None:
    first, second = incoming.documents("brat", WHOLE)

    assert (first.text, len(second.spans)) == (TEXT, 1)
    assert [incoming.core(span) for span in first.spans] == [outgoing.core(each) for each in ROWS]
    assert incoming.links(first) == [("depends_on", 1, 2), ("contradicts", 6, 1), ("same_fact", 3, 4)]
    assert first.metadata == {
        "title": "Nine 👩🏽‍🔬 dïed", "outlet": "Post", "canonical_url": "https://example.org/nine",
        "published_at": "2026-01-31", "language": "uk",
    }  # fmt: skip


def test_marks_moved_elsewhere_keep_what_we_said_of_them() -> None:
    own = '{"id": "x", "start": 0, "end": 4, "claim": "Nine."}'

    (span,) = read(f"T1\tquantity 5 11\tpeople\n#1\tFactcheck T1\t{own}\n").spans

    assert (span.start, span.end, span.claim) == (5, 11, "Nine.")


@pytest.mark.parametrize("quote", ["died. The", "died. The\r", ""])
def test_parts_around_a_line_break_stay_what_the_file_says(quote: str) -> None:
    (span,) = read(f"T1\tX 12 17;18 21\t{quote}\n").spans

    assert (span.start, span.end, span.fragments) == (12, 21, ((12, 17), (18, 21)))


def test_the_rest_of_a_quote_with_a_line_break_is_refused_in_words() -> None:
    refused = refusal("T1\tX 12 21\tdied.\nThe\n")

    assert refused.message == (
        "a/b.ann, line 2, cannot be read: start and end are not whole numbers. Correct it, then send the file again."
    )


@pytest.mark.parametrize("folder", ["./", "../../etc/", "a/./"])
def test_a_path_is_no_hidden_file(folder: str) -> None:
    data = archive({f"{folder}b.txt": "Nine", f"{folder}b.ann": "T1\tX 0 4\tNine\n", f"{folder}.c.ann": "no"})

    assert [each.key for each in incoming.documents("brat", data)] == [f"{folder}b"]


def test_a_line_break_within_a_range_is_a_space_in_its_quote() -> None:
    assert [(span.start, span.end) for span in read("T1\tX 12 21\tdied. The\n").spans] == [(12, 21)]


def test_what_others_say_goes_to_the_mark() -> None:
    found = read(
        "T1\tAttack 12 16\tdied\nT2\tPerson 0 4;5 11\tNine people\nT3\tPerson 22 28\tleader\n\n"
        "E1\tAttack:T1 Victim:T2 Agent:T3\nE2\tSay:T3\nR1\tKnows Arg1:T2 Arg2:E2\n*\tEquiv T3 T2\n"
        "A1\tNegation E1\nA2\tDegree T1 high\nM1\tDoubt T1\nN1\tReference T2 Wikipedia:9\tNine of them\n"
        "#1\tAnnotatorNotes T2\tWho?\n#2\tAnnotatorNotes T2\tWhere?\n#3\tOther R1\tsure\nA3\tDegree T1 low\n"
    )

    died, people, leader = found.spans
    assert died.attributes == {
        "Negation": "true", "Degree": "high; low", "Doubt": "true",
        "event": "Attack, Victim: “Nine people”, Agent: “leader”",
    }  # fmt: skip
    assert (people.note, people.fragments) == ("Who?\nWhere?", ((0, 4), (5, 11)))
    assert people.attributes == {"Reference": "Wikipedia:9 Nine of them", "Knows Other": "sure"}
    assert (leader.labels, leader.attributes) == (("Person",), {})
    assert incoming.links(found) == [("Knows", 2, 3), ("Equiv", 3, 2)]


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("T1\tX 0 4\tTen \n", "bad_spans", "It quotes “Ten ”, but at 0–4 stands “Nine”."),
        ("T1\tX 0 3\tNine\n", "bad_spans", "inclusive"),
        ("T1\tX 0 99\tNine\n", "bad_spans", "lies outside"),
        ("T1\tX 4 4\t\n", "bad_spans", "empty or reversed"),
        ("T1\tX 5 11;0 4\tpeople Nine\n", "bad_spans", "out of order"),
        ("T1\tX 0\tNine\n", "malformed", "a/b.ann, line 1, cannot be read"),
        ("\nT1\tX -1 4\tNine\n", "malformed", "a/b.ann, line 2, cannot be read: start and end are not whole numbers"),
        ("T1\tX 0 4\tNine\nT1\tX 0 4\tNine\n", "malformed", "line 2, cannot be read: T1 stands there twice"),
        ("?1\tX 0 4\tNine\n", "malformed", "line 1, begins with none of"),
        ("R1\tX Arg1:T1 Arg2:T2\n", "malformed", "T1 is named, but is not there"),
        ("R1\tX Arg1:T1\n", "malformed", "a relation has two ends"),
        ("A1\tX T1\n", "malformed", "T1 is named, but is not there"),
        ("E1\tX\n", "malformed", "'X' is no name and id"),
        ("T1\tX 0 4\tNine\n#1\tFactcheck T1\t{\n", "malformed", "a note of ours is no JSON"),
        ("T1\tX 0 4\tNine\n#1\tFactcheck T1\t[]\n", "malformed", "a note of ours is no object"),
        ('T1\tX 0 4\tNine\n#1\tFactcheck T1\t{"claim": 1}\n', "malformed", "claim is no text"),
    ],
)
def test_what_cannot_be_taken_is_named(line: str, code: str, words: str) -> None:
    refused = refusal(line)

    assert refused.code == code
    assert words in refused.message


def test_pairs_are_looked_for_in_any_folder() -> None:
    data = archive(
        {"x/y/a.txt": "Nine", "x/y/a.ann": "", "README.txt": "Read.", "__MACOSX/x/y/._a.ann": "?", "b.txt": "Ten",
         "b.a1": "T1\tX 0 3\tTen\n", "b.a2": "T2\tY 0 3\tTen\n", "visual.conf": "[labels]"}
    )  # fmt: skip

    assert [(each.key, len(each.spans)) for each in incoming.documents("brat", data)] == [("b", 2), ("x/y/a", 0)]
    with pytest.raises(DomainError, match=r"a\.ann has no a\.txt beside it"):
        incoming.documents("brat", archive({"a.ann": ""}))


def test_line_ends_of_windows_are_read() -> None:
    found = read("T1\tX 19 22\tThe\r\nT2\tX 12 17;19 22\tdied. The\r\n", text="Nine people died.\r\nThe leader.")

    assert [(span.start, span.end, span.exact) for span in found.spans] == [(18, 21, "The"), (12, 21, "died.\nThe")]


def test_archives_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 1)
    assert "has 2 files; 1 is the most" in refusal("").message
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 2)
    monkeypatch.setattr(zip_members, "MOST_IN_ALL", 40)
    assert "a/b.ann unpacks to too much" in refusal("T1\tX 0 4\tNine\n").message
    assert refusal("", text="é" * 21).message.startswith("a/b.txt unpacks to too much")


def test_cut_file_is_noticed_also_when_it_is_empty() -> None:
    for whole in (WHOLE, b"".join(brat.written([]))):
        with ZipFile(io.BytesIO(whole)) as made:
            assert "annotation.conf" in made.namelist()
        for cut in (len(whole) - 1, len(whole) // 2, 0):
            with pytest.raises(DomainError, match="no whole ZIP archive"):
                incoming.documents("brat", whole[:cut])


def test_pieces_leave_as_documents_come() -> None:
    given: list[int] = []

    def documents() -> Any:
        for number in range(1, 4):
            given.append(number)
            yield document(number)

    written = brat.written(documents())

    members = 3  # of each document: text, annotations, and what is known of the article
    found = [(bool(next(written)), list(given)) for _ in range(3 * members)]
    assert found == [(True, [1])] * members + [(True, [1, 2])] * members + [(True, [1, 2, 3])] * members
