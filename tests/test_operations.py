"""The commands of docs/operations.md, run as they are written there, on directories and databases to be thrown away."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="a server of PostgreSQL")

# What is not there on a machine that only tests, and what it would do to it.
PROGRAMS = {
    "apt-get": "exit 0",
    "systemctl": 'echo "systemctl $*" >>"$DONE"',
    # Another user's command: `runuser -u postgres -- command`.
    "runuser": 'shift 3; exec "$@"',
    # The owner is a user of the real server.
    "install": '[ "$1 $3" = "-o -g" ] && shift 4; exec /usr/bin/install "$@"',
    "chown": "exit 0",
    "git": "exit 0",
    "disclosure-manage": f'cd {ROOT} && exec {sys.executable} manage.py "$@"',
}


def blocks(heading):
    """The blocks of commands of one chapter."""
    chapter = MANUAL.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [re.sub(r"(?m)^   ", "", text) for text in re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)]


BACK_UP_SQLITE, BACK_UP_POSTGRESQL, BACK_UP_FILES, STOP, RESTORE_SQLITE, RESTORE_POSTGRESQL, RESTORE_FILES, START = (
    blocks("五、备份与恢复")
)
MAKE_DATABASE = blocks("三、正式部署")[1]


@pytest.fixture
def server(tmp_path):
    """A function: run a block of commands as on a server whose root directory is ``tmp_path``; what it printed."""
    for folder in ("bin", "var/lib/disclosure", "etc"):
        (tmp_path / folder).mkdir(parents=True)
    for name, body in PROGRAMS.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/bash\n{body}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    dropped = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
    kept = {
        name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("DISCLOSURE_")
    }
    environment = kept | {
        "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        "DONE": str(tmp_path / "done"),
        "DISCLOSURE_VAR_DIR": str(tmp_path / "var" / "lib" / "disclosure"),
        "DISCLOSURE_DEMO": "off",
        "LC_ALL": "C.UTF-8",
    }

    def run(commands, backup=None, said="", asked=""):
        here = re.sub(r"(?<![\w.])(/(?:backup|var/lib|etc)/?)", rf"{tmp_path}\1", commands)
        here = re.sub(r"--directory=/(?=\s)", f"--directory={tmp_path}", here)
        if backup is not None:
            here, replaced = re.subn(r"(?m)^backup=.*$", f"backup={backup}", here)
            assert replaced == 1
        done = subprocess.run(
            ["/bin/bash", "-euo", "pipefail", "-c", here],
            cwd=tmp_path,
            env=environment,
            umask=0o022,
            input=said,
            start_new_session=True,  # without a terminal: a question is answered from ``said``
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, asked)
        return done.stdout

    return run


def _write(database, word):
    with sqlite3.connect(database) as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE IF NOT EXISTS kept (word TEXT)")
        rows.execute("INSERT INTO kept VALUES (?)", [word])
    rows.close()


def _read(database):
    rows = sqlite3.connect(database)
    words = [word for (word,) in rows.execute("SELECT word FROM kept")]
    rows.close()
    return words


def test_sqlite_is_backed_up_twice_on_one_day_and_restored(server, tmp_path):
    database = tmp_path / "var/lib/disclosure/db.sqlite3"
    _write(database, "第一天")
    server(BACK_UP_SQLITE)
    _write(database, "后来")
    server("sleep 1\n" + BACK_UP_SQLITE)
    first, second = sorted((tmp_path / "backup").iterdir())
    assert (_read(first), _read(second)) == (["第一天"], ["第一天", "后来"])
    assert {stat.S_IMODE(path.stat().st_mode) for path in (first, second)} == {0o600}
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700

    # Left behind by a server that was cut off: its log must not be taken for that of the restored database.
    database.with_name("db.sqlite3-wal").write_bytes(b"of another database")
    server(STOP)
    server(RESTORE_SQLITE, backup=first)
    assert _read(database) == ["第一天"]
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_files_are_backed_up_without_what_can_be_made_again_and_restored(server, tmp_path):
    data = tmp_path / "var/lib/disclosure"
    for name in ("secret_key", "storage/sources/abc", "storage/pdf/one.pdf", "storage/docx/one.docx", "db.sqlite3-wal"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name, encoding="utf-8")
    (tmp_path / "etc/disclosure.env").write_text("DISCLOSURE_TLS=on\n", encoding="utf-8")
    server("mkdir -p /backup\n" + BACK_UP_FILES)
    [backup] = (tmp_path / "backup").iterdir()
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    for path in [*data.rglob("*"), tmp_path / "etc/disclosure.env"]:
        if path.is_file():
            path.unlink()
    server(RESTORE_FILES, backup=backup)
    restored = {
        str(path.relative_to(tmp_path)) for path in [*tmp_path.glob("etc/*"), *data.rglob("*")] if path.is_file()
    }
    assert restored == {
        "etc/disclosure.env",
        "var/lib/disclosure/secret_key",
        "var/lib/disclosure/storage/sources/abc",
    }


def test_what_follows_a_restore_brings_the_database_up_to_date_before_it_is_served(server, tmp_path):
    server(START)
    rows = sqlite3.connect(tmp_path / "var/lib/disclosure/db.sqlite3")
    assert rows.execute("SELECT count(*) FROM schools_user").fetchone() == (0,)
    rows.close()
    assert (tmp_path / "done").read_text() == "systemctl start disclosure disclosure-worker disclosure-mail.timer\n"


@pytest.fixture
def databases(server):
    """A function: the names of the server's databases that are called as the manual calls ours; dropped at the end."""
    query = "SELECT datname FROM pg_database WHERE datname LIKE 'disclosure%' ORDER BY datname"

    def names():
        return server(f'psql --no-psqlrc -At -d postgres -c "{query}"').split()

    if names():
        pytest.skip("The server holds a database of the same name, which may be somebody's.")
    yield names
    server("\n".join([*(f"dropdb {name}" for name in names()), "dropuser --if-exists disclosure"]))


@ON_POSTGRESQL
def test_postgresql_is_backed_up_twice_on_one_day_and_restored_into_a_new_database(server, databases, tmp_path):
    def words():
        query = "SELECT word, tableowner FROM kept, pg_tables WHERE tablename = 'kept'"
        return server(f'psql --no-psqlrc -At -d disclosure -c "{query}"')

    server(MAKE_DATABASE, said="secret\nsecret\n", asked="Enter password for new role: \nEnter it again: \n")
    rows = "SET ROLE disclosure; CREATE TABLE kept (word text); INSERT INTO kept VALUES ('第一天')"
    server(f'psql --quiet -d disclosure -c "{rows}"')
    server(BACK_UP_POSTGRESQL)
    server("sleep 1\n" + BACK_UP_POSTGRESQL)
    first, second = sorted((tmp_path / "backup").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in (first, second)} == {0o600}
    server("psql --quiet -d disclosure -c 'DELETE FROM kept'")
    for backup in (first, second):
        server(RESTORE_POSTGRESQL, backup=backup)
        assert words() == "第一天|disclosure\n"
        server("sleep 1")
    # The two that were replaced are kept, and the one in use.
    assert [name[:11] for name in databases()] == ["disclosure", "disclosure-", "disclosure-"]


def test_an_upgrade_stops_the_service_before_it_changes_a_file():
    [upgrade] = blocks("六、升级")
    assert [line.split()[0:2] for line in upgrade.splitlines()] == [
        ["systemctl", "stop"],
        ["cd", "/srv/disclosure"],
        ["git", "pull"],
        ["scripts/setup.sh"],
        ["scripts/static.sh"],
        ["disclosure-manage", "prepare"],
        ["systemctl", "start"],
    ]


def test_every_command_that_the_manual_names_is_there():
    named = set(re.findall(r"(?:manage\.py|disclosure-manage) ([a-z_]+)", MANUAL))
    assert len(named) > 10
    assert named - set(get_commands()) == set()
