"""What lies in the data directory is for the portal's own user alone, and on the disk once it is confirmed."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent

# What a server does: it answers, writes rows, keeps a file that was uploaded and one that was made, sends mail.
A_DAYS_WORK = """
import disclosure.wsgi
from django.core.files.base import ContentFile
from django.db import transaction
from disclosure.drafting import sources
from disclosure.publishing.kept_files import PDF, _keep
from schools import mail

sources.keep(b"an uploaded file")
_keep("pdf/one.pdf", b"a file that was made", PDF)
with transaction.atomic():
    mail.enqueue("song@example.edu.cn", "subject", "body")
print("done", end="", flush=True)
input()  # the connection stays open, and with it the siblings of the database
"""


def _prepare(directory):
    # With the umask that most machines have.
    command = [sys.executable, "manage.py", "prepare"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(directory),
        umask=0o022,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _environment(directory):
    """A process environment with a data directory of its own and nothing else of ours."""
    dropped = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    kept = {
        name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("DISCLOSURE_")
    }
    return kept | {"DISCLOSURE_VAR_DIR": str(directory), "DISCLOSURE_DEMO": "off"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A data directory as `make run` prepares it, without the demonstration."""
    directory = tmp_path_factory.mktemp("prepared") / "var"
    _prepare(directory)
    return directory


@pytest.fixture
def var(prepared, tmp_path):
    """A copy of it, with the same rights."""
    return Path(shutil.copytree(prepared, tmp_path / "var"))


def modes(directory):
    """The rights on everything below ``directory``, and on itself, by path."""
    found = {path: path.lstat().st_mode for path in [directory, *directory.rglob("*")]}
    return {str(path.relative_to(directory.parent)): mode for path, mode in found.items()}


def open_to_others(directory):
    """What anybody else may read, write or enter."""
    return {path: oct(stat.S_IMODE(mode)) for path, mode in modes(directory).items() if mode & 0o077}


def test_nothing_that_a_new_installation_keeps_is_for_others(var):
    command = [sys.executable, "-c", A_DAYS_WORK]
    with subprocess.Popen(
        command, cwd=ROOT, env=_environment(var), umask=0o022, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as server:
        assert server.stdout.read(4) == b"done"
        kept = modes(var)
        server.communicate(b"\n", timeout=10)
    assert server.returncode == 0
    assert [name for name in ("db.sqlite3-wal", "db.sqlite3-shm", "secret_key") if f"var/{name}" not in kept] == []
    assert [len(list((var / folder).iterdir())) for folder in ("mail", "storage")] == [1, 2]
    assert {stat.S_IMODE(mode) for mode in kept.values() if stat.S_ISREG(mode)} == {0o600}
    assert {stat.S_IMODE(mode) for mode in kept.values() if stat.S_ISDIR(mode)} == {0o700}


def test_an_older_installation_is_shut_to_others_before_it_is_served(var, tmp_path):
    for name in ("storage/sources/abc", "mail/one.log", "db.sqlite3.before-upgrade"):
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_text("x", encoding="utf-8")
    (var / "elsewhere").symlink_to(tmp_path / "not-ours")
    (tmp_path / "not-ours").write_text("x", encoding="utf-8")
    (tmp_path / "not-ours").chmod(0o644)
    for path in [var, *var.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o664)
    assert _prepare(var).stderr == ""
    del (found := open_to_others(var))["var/elsewhere"]  # a link has no rights of its own
    assert found == {}
    assert stat.S_IMODE((tmp_path / "not-ours").stat().st_mode) == 0o644
    assert stat.S_IMODE((var / "storage" / "sources").stat().st_mode) == 0o700


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits for the disk unless told otherwise")
def test_sqlite_confirms_a_commit_when_it_is_on_the_disk(db):
    with connection.cursor() as cursor:
        values = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert values == ["wal", 2]  # 2 is FULL
