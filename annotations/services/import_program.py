"""Run as a program of its own: reads files and makes their documents ready, while the server writes those before.

Its argument is the descriptor of a socket. A request is a format and the declared unit, as a pickle, with the open file
beside it; the answer is pickles: the steps of `looked_at`, then what ended them: None, or what was raised. It ends when
the server does.
"""

import gc
import pickle
import signal
import socket
import sys
from collections.abc import Iterator
from io import BufferedWriter
from typing import Final

from annotations.core.errors import DomainError
from annotations.formats.documents import IncomingDocument
from annotations.formats.readers import Reading
from annotations.formats.units import Unit
from annotations.services.prepared_documents import NotAsideError, looked_at

REQUEST: Final = 1_000
"""Bytes of a request at the most."""

PATIENCE: Final = 100_000
"""Objects between two looks of the collector: documents hold hardly anything that refers to itself."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the server knows what is to be done
    gc.freeze()
    gc.set_threshold(PATIENCE)
    channel = socket.socket(fileno=int(sys.argv[1]))
    with channel, channel.makefile("wb") as answers:
        while True:
            request, descriptors, *_ = socket.recv_fds(channel, REQUEST, 1)
            if not request:
                break
            format, declared = pickle.loads(request)  # noqa: S301 (the server's)
            with open(descriptors[0], "rb") as file:
                _answer(Reading(format, file), declared, answers)


def _answer(reading: Reading, declared: Unit | None, answers: BufferedWriter) -> None:
    end: Exception | None = None
    try:
        for step in looked_at(lambda: _with_texts(reading()), declared):
            _send(step, answers)
    except (DomainError, NotAsideError) as error:
        end = error
    _send(end, answers)


def _send(message: object, answers: BufferedWriter) -> None:
    pickle.dump(message, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _with_texts(documents: Iterator[IncomingDocument]) -> Iterator[IncomingDocument]:
    for document in documents:
        if document.needs_text:
            raise NotAsideError
        yield document


if __name__ == "__main__":
    main()
