"""Memory and processor time of a process and everything it started."""

import psutil


def tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def memory(pid: int) -> float:
    """MB of the process and its descendants, shared pages counted once (PSS)."""
    return sum(_pss(process) for process in tree(pid)) / 1_000_000


def _pss(process: psutil.Process) -> int:
    try:
        return process.memory_full_info().pss
    except psutil.Error:  # it has ended meanwhile
        return 0


def busy_share(seconds: float = 0.5) -> float:
    """How many cores are busy now, whoever keeps them busy."""
    return psutil.cpu_percent(interval=seconds) / 100 * (psutil.cpu_count() or 1)
