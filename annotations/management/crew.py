"""Several processes on one socket, forked when everything is prepared, so that they share the memory of the code."""

import contextlib
import logging
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from typing import Final

log = logging.getLogger("django.server")

PAUSE: Final = 1.0
"""Seconds before a child that died is replaced."""

PATIENCE: Final = 20.0
"""Seconds that an orphan gets to leave in order; longer than requests and jobs are waited for."""


class Crew:
    """Does each of `jobs` in a child of its own until SIGTERM or SIGINT, which every child gets too.

    A child that ends before is replaced. Children leave by themselves when this process is killed: the kernel then
    closes the pipe whose other end they hold. One that has not left `patience` seconds later ends at once, since
    nobody is left who could end it. Wants to be run before any thread is started: threads do not survive a fork.
    """

    def __init__(self, jobs: Sequence[Callable[[], None]], patience: float = PATIENCE) -> None:
        self._jobs = jobs
        self._patience = patience
        self._children: dict[int, Callable[[], None]] = {}
        self._leaving = False
        self._lifeline = os.pipe()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self._leave)
        signal.signal(signal.SIGINT, self._leave)
        for job in self._jobs:
            self._start(job)
        while self._children:
            pid, status = os.wait()
            job = self._children.pop(pid)
            if not self._leaving:
                log.error("Process %s ended (%s); another one takes its place.", pid, os.waitstatus_to_exitcode(status))
                time.sleep(PAUSE)
                self._start(job)

    def _start(self, job: Callable[[], None]) -> None:
        if self._leaving:
            return
        # A signal must find the child among the children, or not find it started.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM, signal.SIGINT))
        pid = os.fork()
        if pid == 0:
            self._be_child(job)
        self._children[pid] = job
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM, signal.SIGINT))

    def _be_child(self, job: Callable[[], None]) -> None:
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # of Ctrl+C the parent tells its children
            signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGTERM, signal.SIGINT))
            os.close(self._lifeline[1])
            threading.Thread(target=self._follow, name="lifeline", daemon=True).start()
            job()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)  # what the parent wants done at its end is not for the child to do

    def _follow(self) -> None:
        os.read(self._lifeline[0], 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(self._patience)
        os._exit(1)

    def _leave(self, _signal: int, _frame: object) -> None:
        self._leaving = True
        for pid in self._children:
            with contextlib.suppress(ProcessLookupError):  # it has ended, and is about to be taken from the list
                os.kill(pid, signal.SIGTERM)
