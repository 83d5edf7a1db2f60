"""Whether the portal can take a save: what the health check answers, and what a person is told when it cannot."""

import errno
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.db import Error, InterfaceError, OperationalError, connection

from schools import storage

log = logging.getLogger(__name__)

# How long the health check takes at most, in seconds, whatever hangs.
LIMIT = 3.0
# With less than this left on a disk, an upload or a busy hour fills it.
LEAST_FREE_BYTES = 16 * 1024 * 1024
# Enough to need room of its own on the disk; a quota shows in no figure, only in a refused write.
TRIED_BYTES = 64 * 1024


class Outage(Enum):
    """What keeps a request from being answered, and is nobody's mistake; as a title and a sentence without its stop."""

    AWAY = "系统暂时不能使用", "系统暂时连接不上数据库"
    BUSY = "系统正忙", "系统正忙，这次没有处理完"
    READ_ONLY = "暂时不能保存", "系统目前只能查阅，暂时不能保存"
    FULL = "暂时不能保存", "系统的存储空间已满，暂时不能保存"

    @property
    def title(self) -> str:
        """The heading of the page that tells of it."""
        return self.value[0]

    @property
    def sentence(self) -> str:
        """What has happened, for whoever is at the browser."""
        return self.value[1]


_BY_ERRNO = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    errno.EROFS: Outage.READ_ONLY,
}
_BY_SQLITE_CODE = {
    # No room for the file that the connections share. An extended code of SQLITE_IOERR.
    sqlite3.SQLITE_IOERR_SHMSIZE: Outage.FULL,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_IOERR: Outage.AWAY,
    sqlite3.SQLITE_PROTOCOL: Outage.AWAY,
    sqlite3.SQLITE_CORRUPT: Outage.AWAY,
    sqlite3.SQLITE_NOTADB: Outage.AWAY,
}
# PostgreSQL's states, whole or by their class, the first that fits: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_SQLSTATE = {
    "25006": Outage.READ_ONLY,
    "53100": Outage.FULL,
    "40": Outage.BUSY,
    "55": Outage.BUSY,
    "57014": Outage.BUSY,
    "08": Outage.AWAY,
    "53": Outage.AWAY,
    "57": Outage.AWAY,
    "58": Outage.AWAY,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """Which outage an error is, or came of; None where the fault is in the request or in the code."""
    while error is not None:
        if outage := _own_outage(error):
            return outage
        error = error.__cause__ or error.__context__
    return None


def _own_outage(error: BaseException) -> Outage | None:
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno)
    if isinstance(error, sqlite3.Error):
        # The last byte of an extended code is the simple one.
        code = getattr(error, "sqlite_errorcode", 0)
        return _BY_SQLITE_CODE.get(code) or _BY_SQLITE_CODE.get(code & 0xFF)
    if not isinstance(error, Error) or isinstance(error.__cause__, sqlite3.Error):
        return None
    if state := getattr(error.__cause__, "sqlstate", None):
        return next((outage for start, outage in _BY_SQLSTATE.items() if state.startswith(start)), None)
    # No state: there was no connection, or it broke.
    return Outage.AWAY if isinstance(error, (OperationalError, InterfaceError)) else None


# --- The health check ---------------------------------------------------------------------------------------

_DATABASE_PROBLEMS = {
    Outage.AWAY: "数据库无法连接",
    Outage.BUSY: "数据库没有及时响应",
    Outage.READ_ONLY: "数据库只能读取，不能写入",
    Outage.FULL: "数据库所在的磁盘已满",
}
_NOT_OURS = "数据库中没有本系统的数据表，或者结构不完整"
_DIRECTORY_PROBLEMS = {
    errno.ENOSPC: "所在的磁盘已满",
    errno.EDQUOT: "已用完磁盘配额",
    errno.EROFS: "所在的磁盘只能读取，不能写入",
    errno.EACCES: "不允许运行系统的用户写入",
    errno.EPERM: "不允许运行系统的用户写入",
}

# One check at a time in a process: those that follow one that hangs shall not hang beside it, thread by thread.
_turn = threading.Lock()


def problems() -> list[str]:
    """What keeps the portal from taking a save, in sentences; empty where nothing does. Takes ``LIMIT`` at most.

    In a thread with a connection of its own: nothing that waits for a network or a disk can be told to stop.
    """
    until = time.monotonic() + LIMIT
    if not _turn.acquire(timeout=LIMIT):
        return ["上一次检查还没有结束，数据库或磁盘没有响应"]
    found: list[str] = []
    looking_at = ["数据库"]

    def look():
        try:
            found.extend(_database_problems())
            looking_at[0] = "磁盘"
            found.extend(_disk_problems())
        except Exception:  # whatever it is, nobody can say that all is well
            log.exception("The health check failed")
            found.append(f"{looking_at[0]}无法检查，原因见日志")
        finally:
            try:
                connection.close()
            finally:
                _turn.release()

    thread = threading.Thread(target=look, name="health", daemon=True)
    thread.start()
    thread.join(max(0.0, until - time.monotonic()))
    return [f"{looking_at[0]}没有响应"] if thread.is_alive() else found


def _database_problems() -> list[str]:
    try:
        with connection.cursor() as cursor:
            # A table of ours: where its file is missing SQLite opens an empty database in its place.
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            if connection.vendor == "sqlite":
                _try_to_write_sqlite(cursor)
            else:
                # On a standby too, and where an administrator has shut the database to writing.
                cursor.execute("SELECT current_setting('transaction_read_only')")
                if cursor.fetchone()[0] == "on":
                    return [_DATABASE_PROBLEMS[Outage.READ_ONLY]]
    except Error as error:
        log.warning("The health check found the database not well: %s", error)
        outage = outage_of(error)
        return [_DATABASE_PROBLEMS[outage] if outage else _NOT_OURS]
    return []


def _try_to_write_sqlite(cursor) -> None:
    """Ask to change no row at all: refused where the file is read-only, and done without writing where it is not."""
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        cursor.execute("UPDATE django_migrations SET name = name WHERE false")
    except OperationalError as error:
        if outage_of(error) != Outage.BUSY:  # somebody is writing: so one can
            raise


def _disk_problems() -> list[str]:
    return [f"{name}{problem}" for name, path in _directories() if (problem := _directory_problem(path))]


def _directories() -> Iterator[tuple[str, Path]]:
    """Where the portal writes on this machine: by name, as the address of a directory is not for everybody."""
    yield "数据目录", Path(settings.VAR_DIR)
    if folder := storage.folder():
        yield "文件目录", folder
    if connection.vendor == "sqlite":
        yield "数据库目录", Path(connection.settings_dict["NAME"]).parent


def _directory_problem(path: Path) -> str | None:
    while not path.exists():  # made with the first file in it
        path = path.parent
    try:
        disk = os.statvfs(path)
        if disk.f_bavail * disk.f_frsize < LEAST_FREE_BYTES:
            return f"所在的磁盘剩余空间不足 {LEAST_FREE_BYTES // 1024 // 1024} MB"
        with TemporaryFile(dir=path, buffering=0) as file:
            file.write(bytes(TRIED_BYTES))
    except OSError as error:
        log.warning("The health check could not write into %s: %s", path, error)
        return _DIRECTORY_PROBLEMS.get(error.errno, "不能写入")
    return None
