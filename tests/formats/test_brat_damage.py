"""Archives of brat that are damaged: whatever the bytes are, the answer is a document or a refusal in words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats import incoming
from tests.formats.test_brat import WHOLE, archive

ANN = (
    "T1\tX 0 4\tNine\nT2\tY 0 2;3 4\tNi e\nE1\tX:T1 Role:T2\nR1\tK Arg1:T1 Arg2:T2\nA1\tN T1 yes\n*\tEq T1 T2\n"
    'N1\tRef T1 W:9\tNine\n#1\tFactcheck T1\t{"id": "a", "start": 0, "end": 4, "verdict": {"term": "false"}}\n'
)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_nothing_but_a_refusal_comes_of_a_damaged_archive(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from([WHOLE, archive({"a.txt": "Nine", "a.ann": ANN})])))
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    refused(bytes(damaged))


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_nothing_but_a_refusal_comes_of_damaged_lines(data: st.DataObject) -> None:
    lines = bytearray(ANN.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines)))
        put = data.draw(st.sampled_from([b"", b"\t", b" ", b"\n", b":", b"9" * 30, b"\xff", b"\0", b"[" * 9999, b"T2"]))
        lines[at : at + data.draw(st.integers(0, 3))] = put
    refused(archive({"a.txt": "Nine", "a.ann": bytes(lines)}))


def refused(data: bytes) -> None:
    """The file is read, or refused with a sentence."""
    error = incoming.refusal("brat", data)
    assert error is None or (error.code in incoming.CODES and error.message.endswith("."))
