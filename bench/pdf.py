"""The PDF of one report, timed in a process of its own: ``python -m bench.pdf FILE REPETITIONS`` prints JSON.

Of its own, because the peak of memory is a process's, and would be the largest report's for all of them.
"""

import json
import os
import sys
import time
from pathlib import Path


def main(path: Path, repetitions: int) -> dict:
    """Milliseconds of each repetition after a first one that warms up, the PDF's size in bytes, peak memory in MB."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disclosure.settings")
    import django  # after the settings module is named

    django.setup()
    from disclosure.publishing.rendering.pdf import render
    from disclosure.report.document import Document

    document = Document.read(json.loads(path.read_text(encoding="utf-8"))).public()
    started = time.perf_counter()
    content = render(document)
    first = time.perf_counter() - started
    times = []
    for _ in range(repetitions):
        started = time.perf_counter()
        render(document)
        times.append((time.perf_counter() - started) * 1000)
    return {
        "title": document.title,
        "first": first * 1000,
        "times": times,
        "bytes": len(content),
        "peak": peak_memory(),
    }


def peak_memory() -> float:
    """The most memory this process has held, in MB. Not ``ru_maxrss``: that one is inherited from the parent."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("This system does not tell the peak of memory.")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))
