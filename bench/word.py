"""A report out as Word, or a file in, timed in a process of its own: ``python -m bench.word out|in FILE REPETITIONS``.

Of its own for the reason of ``bench.pdf``. What comes in is read in yet another process, which the portal starts for each
file (``importing.isolation``); its start is part of the time, and its memory is what is told.
"""

import json
import os
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from bench.pdf import peak_memory

# Seconds between two looks at the memory of the processes that read a file.
GLANCE = 0.002


def main(way: str, path: Path, repetitions: int) -> dict:
    """Milliseconds of each repetition after a first one that warms up, bytes of the Word file, peak memory in MB."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    import django  # after the settings module is named

    django.setup()
    return _out(path, repetitions) if way == "out" else _in(path, repetitions)


def _out(path: Path, repetitions: int) -> dict:
    from disclosure.publishing.rendering.word import render
    from disclosure.report.document import Document

    document = Document.read(json.loads(path.read_text(encoding="utf-8")))
    first, times = _timed(lambda: render(document), repetitions)
    return {"first": first, "times": times, "bytes": len(render(document)), "peak": peak_memory()}


def _in(path: Path, repetitions: int) -> dict:
    from disclosure.importing.isolation import take_apart

    content = path.read_bytes()
    first, times = _timed(lambda: take_apart(content, path.name), repetitions)
    # Once more, and not among the timed: looking takes time too.
    with _looking() as seen:
        proposal = take_apart(content, path.name)
    return {
        "first": first,
        "times": times,
        "bytes": len(content),
        "blocks": len(proposal.blocks),
        "peak": seen["most"],
    }


def _timed(work, repetitions: int) -> tuple[float, list[float]]:
    took = []
    for _ in range(repetitions + 1):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return took[0], took[1:]


@contextmanager
def _looking():
    """How much memory the processes that this one starts hold together at most, in MB."""
    seen, over = {"most": 0.0}, threading.Event()

    def look():
        while not over.wait(GLANCE):
            seen["most"] = max(seen["most"], sum(_resident(process) for process in _descendants()))

    looker = threading.Thread(target=look)
    looker.start()
    try:
        yield seen
    finally:
        over.set()
        looker.join()


def _descendants() -> set[int]:
    """All live processes that were started by this one, or by one of those."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # After the name in brackets, which may hold anything: state, parent.
            parents[int(entry.name)] = int((entry / "stat").read_bytes().rpartition(b")")[2].split()[1])
        except OSError:
            continue  # it has ended
    found, waiting = set(), {os.getpid()}
    while waiting:
        found |= waiting
        waiting = {process for process, parent in parents.items() if parent in waiting}
    return found - {os.getpid()}


def _resident(process: int) -> float:
    """The memory that a process holds, libraries that it shares with others included, in MB."""
    try:
        return int(Path(f"/proc/{process}/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return 0.0


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
