"""Taking a file apart in a process of its own, which is ended with all it started when it takes too much."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from pydantic import ValidationError

from disclosure.importing.errors import LARGEST_FILE, TOO_LARGE, TOO_MUCH, TOO_SLOW, Busy, Unreadable
from disclosure.importing.limits import LARGEST_OUTPUT, MEMORY, PATIENCE, SECONDS
from disclosure.importing.proposal import Proposal

__all__ = ["Busy", "Unreadable", "take_apart", "take_apart_pasted"]

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_GLANCE = 0.1  # seconds between two looks at the memory
_BUSY = "正在处理的文件较多，请稍后再试。"
_CRASHED = "文件无法读取，可能已经损坏。请用 Word 打开，另存为 .docx 后再上传。"
# What the process needs of the environment. The keys and passwords in it are no business of a file's.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TZ")


def take_apart(content: bytes, name: str = "") -> Proposal:
    """What the file ``content``, called ``name``, is proposed to be.

    Takes at most ten seconds and 300 MB, in another process. Raises ``Unreadable`` with one Chinese sentence whatever
    happens there, and ``Busy``, which is one, when too many files are being read already.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(TOO_LARGE)
    return _in_turn(content, "file", name)


def take_apart_pasted(pasted: str) -> Proposal:
    """The same for what was pasted: the clipboard's HTML, or plain text."""
    return _in_turn(pasted.encode("utf-8", "replace"), "pasted", "")


def _in_turn(given: bytes, kind: str, name: str) -> Proposal:
    with _slot(), tempfile.TemporaryDirectory(prefix="disclosure-import-", ignore_cleanup_errors=True) as folder:
        try:
            answer = _run(given, kind, name, Path(folder))
        except OSError as error:  # no room on the disk, no process to be had
            logger.exception("The import could not be started")
            raise Busy(_BUSY) from error
        except Unreadable as error:
            logger.warning("Not imported: %r, %d bytes: %s", name, len(given), error)
            raise
    return answer


def _run(given: bytes, kind: str, name: str, folder: Path) -> Proposal:
    (folder / "given").write_bytes(given)
    with (
        (folder / "given").open("rb") as source,
        (folder / "answer").open("wb") as answer,
        (folder / "complaints").open("wb") as complaints,
    ):
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-s", "-m", "disclosure.importing.worker", kind, name.replace("\x00", "")[:100]],
            stdin=source,
            stdout=answer,
            stderr=complaints,
            cwd=_ROOT,
            env=_environment(folder),
            start_new_session=True,
        )
    try:
        _watch(process)
    finally:
        _end(process)
    return _understood(process.returncode, folder)


def _environment(folder: Path) -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # One arena, or threads reserve address space that nobody uses and the limit counts.
    return passed | {"HOME": str(folder), "TMPDIR": str(folder), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "1"}


def _watch(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of the process. Raises ``Unreadable`` when it takes too long or too much memory."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            process.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                raise Unreadable(TOO_SLOW) from None
            if sum(_memory(each) for each in _session(process.pid)) > MEMORY:
                raise Unreadable(TOO_MUCH) from None
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all it started: they share its session, whatever groups they have made."""
    for _ in range(100):
        members = _session(process.pid)
        if process.poll() is None:
            members.add(process.pid)
        if not members:
            break
        for each in members:
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.005)
    process.wait()


def _session(leader: int) -> set[int]:
    """The live processes of the session that ``leader`` began."""
    members = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # After the name in brackets, which may hold anything: state, parent, group, session.
            fields = (entry / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:
            continue
        if fields[3] == b"%d" % leader and fields[0] not in (b"Z", b"X"):
            members.add(int(entry.name))
    return members


def _memory(process: int) -> int:
    """The bytes of memory that a process has to itself; libraries that others use too are not counted."""
    try:
        resident, shared = (int(each) for each in Path(f"/proc/{process}/statm").read_bytes().split()[1:3])
    except (OSError, ValueError):
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")


def _understood(status: int, folder: Path) -> Proposal:
    answer = folder / "answer"
    try:
        if status != 0 or answer.stat().st_size > LARGEST_OUTPUT:
            raise ValueError(f"status {status}")
        said = json.loads(answer.read_bytes())
        if "unreadable" not in said:
            return Proposal.model_validate(said["proposal"])
        sentence = str(said["unreadable"])
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        complaints = (folder / "complaints").read_text(encoding="utf-8", errors="replace")[-4000:]
        logger.error("The import's process gave no answer (%s): %s", error, complaints)
        if status in (-signal.SIGXCPU, -signal.SIGALRM):
            raise Unreadable(TOO_SLOW) from error
        raise Unreadable(_CRASHED) from error
    raise Unreadable(sentence)


@contextmanager
def _slot() -> Iterator[None]:
    """One of as many turns as the machine has processors, over all of the server's processes.

    A lock on a file goes with the process that holds it, however that ends.
    """
    folder = settings.VAR_DIR / "importing"
    folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + PATIENCE
    while True:
        for number in range(os.cpu_count() or 1):
            handle = os.open(folder / f"turn-{number}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(handle)
                continue
            try:
                yield
            finally:
                os.close(handle)
            return
        if time.monotonic() > deadline:
            raise Busy(_BUSY)
        time.sleep(_GLANCE)
