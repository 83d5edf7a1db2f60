"""The process in which one file is taken apart: ``python -m disclosure.importing.worker file|pasted``.

Bytes on standard input, JSON on standard output: ``{"proposal": …}`` or ``{"unreadable": "…"}``. It is started for one
file, has no settings, no database and no secrets, and may be ended at any time: see ``isolation``.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

from disclosure.importing.limits import CPU_SECONDS, LARGEST_OUTPUT, MEMORY, SECONDS


def main(arguments: list[str]) -> None:
    """Read standard input, take it apart, write the result."""
    _bind()
    # What a library prints by the way must not stand in the answer.
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    given = sys.stdin.buffer.read()
    answer.write(_answer(given, *arguments))
    answer.close()


def _answer(given: bytes, kind: str, name: str = "") -> str:
    # Imported when the limits hold; the second step loads slowest, and what cannot be read never gets there.
    from disclosure.importing import reading
    from disclosure.importing.errors import TOO_MUCH, Unreadable

    try:
        source = reading.read_pasted(given.decode("utf-8")) if kind == "pasted" else reading.read_blocks(given, name)
        from disclosure.importing import classify

        return json.dumps({"proposal": classify.propose(source).model_dump(mode="json")}, ensure_ascii=False)
    except Unreadable as error:
        return json.dumps({"unreadable": str(error)}, ensure_ascii=False)
    except (MemoryError, RecursionError):
        return json.dumps({"unreadable": TOO_MUCH}, ensure_ascii=False)


def _bind() -> None:
    """Limits that hold even if the process that started this one has gone."""
    # Of data, not of addresses: LibreOffice, started from here, maps more files than fit into that.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    signal.alarm(SECONDS + 1)


if __name__ == "__main__":
    main(sys.argv[1:])
