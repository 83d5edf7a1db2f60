"""The one way to Django's storage: whole files in and out, in bounded time, and never by more than a few threads.

A storage may be a service elsewhere that is slow, silent or away. Nobody here waits for it longer than
``STORAGE_SECONDS``; one that has kept somebody waiting is left alone for ``STORAGE_PAUSE``; and ``STORAGE_THREADS``, fewer
than a process has, are all that may be at it.
"""

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from schools.bounds import Bound, Full

logger = logging.getLogger(__name__)


class Unavailable(Exception):
    """The storage does not answer, refuses, or is left alone for a while. In time it may do again."""


class _Gate:
    """The threads that work at the storage, so that whoever waits for one may stop waiting.

    Nothing else can: a read from a disk of the network, or the look-up of a host's name, takes no timeout.
    """

    def __init__(self, threads: int):
        self._bound = Bound(threads)
        self._threads = ThreadPoolExecutor(threads, "storage")

    def run(self, operation: Callable[[], Any]) -> Any:
        """What ``operation`` returns. Raises its ``FileNotFoundError``, and ``Unavailable`` for whatever else."""
        try:
            self._bound.enter()
        except Full as full:
            raise Unavailable(str(full)) from full
        began = time.monotonic()
        try:
            return self._threads.submit(self._work, operation).result(settings.STORAGE_SECONDS)
        except FileNotFoundError:
            raise
        except Exception as error:  # every kind of storage has errors of its own
            if time.monotonic() - began >= settings.STORAGE_SILENCE:
                self._bound.close(settings.STORAGE_PAUSE)
            logger.exception("The storage has failed")
            raise Unavailable("the storage has failed") from error

    def _work(self, operation: Callable[[], Any]) -> Any:
        try:
            return operation()
        finally:
            self._bound.leave()


_gate = _Gate(settings.STORAGE_THREADS)


def read(name: str) -> bytes:
    """The whole file. Raises ``FileNotFoundError`` and ``Unavailable``."""

    def operation() -> bytes:
        with default_storage.open(name) as file:
            return file.read()

    return _gate.run(operation)


def size(name: str) -> int:
    """How many bytes the file has. Raises ``FileNotFoundError`` and ``Unavailable``."""
    return _gate.run(lambda: default_storage.size(name))


def write(name: str, content: bytes) -> None:
    """Put ``content`` under ``name``, over whatever is there, in one step: nobody ever reads half of it.

    Raises ``Unavailable``.
    """

    def operation() -> None:
        if isinstance(default_storage, FileSystemStorage):
            _replace(Path(default_storage.path(name)), content)
        else:
            # An object store replaces objects whole.
            default_storage.save(name, ContentFile(content))

    try:
        _gate.run(operation)
    except FileNotFoundError as error:  # the folder was emptied and deleted in this moment
        raise Unavailable("the folder is gone") from error


def delete(name: str) -> None:
    """Delete a file, or a folder that is empty; one that is not there is none to delete. Raises ``Unavailable``."""
    _gate.run(lambda: default_storage.delete(name))


def listing(folder: str) -> tuple[list[str], list[str]]:
    """The names of the folders and of the files in ``folder``. Raises ``Unavailable``."""
    try:
        return _gate.run(lambda: default_storage.listdir(folder))
    except FileNotFoundError:
        return [], []


def folder() -> Path | None:
    """Where the files lie on this machine's disks; None where a service elsewhere keeps them."""
    return Path(default_storage.location) if isinstance(default_storage, FileSystemStorage) else None


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Readable by the own user alone from its first byte on.
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as draft:
        try:
            draft.write(content)
            draft.flush()
            # On the disk before it has the name: after a power failure a file is whole or not there.
            os.fsync(draft.fileno())
            os.replace(draft.name, path)
        except BaseException:
            os.unlink(draft.name)
            raise
