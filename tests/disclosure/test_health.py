"""Database and disk that are away, shut to writing, or full: what the health check says, and what a person is told.

On the real thing: a database whose address leads nowhere or is opened to be read, a disk of a few megabytes.
"""

import os
import shutil
import sqlite3
import subprocess
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from django.db import Error, OperationalError, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from disclosure import health
from disclosure.drafting.forms.parts import FORMS
from disclosure.health import Outage, outage_of
from disclosure.models import Overview, Report
from disclosure.models.assembly import complete
from disclosure.report.enums import SectionKey
from disclosure.report.sections import SECTIONS
from tests import factories
from tests.test_access import addresses, url_of

ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite")
ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="a server of PostgreSQL")

# Something for every argument that an address may have; nobody is there to look it up.
ANYTHING = {
    "slug": "x",
    "year": 2025,
    "number": 1,
    "section": "reports",
    "report_id": 1,
    "published_id": 1,
    "campaign_id": 1,
    "key": "overview",
    "action": "recall",
    "remark_id": 1,
    "finding": "0" * 32,
    "import_id": 1,
    "uidb64": "MQ",
    "token": "abc-def",
    "school_pk": 1,
    "account_pk": 1,
    "membership_pk": 1,
    "campaign_pk": 1,
}


@contextmanager
def database_at(**changes):
    """Open the database with these settings instead of its own, in every thread that opens it anew."""
    kept = {name: connection.settings_dict[name] for name in changes}
    connection.close()
    connection.settings_dict.update(changes)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)


@pytest.fixture
def away(committed_db, tmp_path):
    """The database cannot be reached."""
    nowhere = {"NAME": str(tmp_path / "not-mounted" / "db.sqlite3")}
    if connection.vendor == "postgresql":
        nowhere = {"HOST": "127.0.0.1", "PORT": "1"}
    with database_at(**nowhere):
        yield


@pytest.fixture
def read_only(committed_db):
    """The database can be read, and refuses every write. Ask for it after what is to be in it."""
    if connection.vendor == "sqlite":
        changes = {"NAME": f"file:{connection.settings_dict['NAME']}?mode=ro"}
    else:
        changes = {"OPTIONS": connection.settings_dict["OPTIONS"] | {"options": "-c default_transaction_read_only=on"}}

    @contextmanager
    def shut():
        with database_at(**changes):
            yield

    return shut


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 MB; what is written to ``fill`` is the rest of it."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("Only root can mount a disk to fill.")
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"No disk can be mounted here: {mounted.stderr.strip()}")
    yield place
    connections.close_all()
    subprocess.run(["umount", "--lazy", place], check=True)


def fill(disk):
    """Write the disk full to its last byte."""
    with suppress(OSError), (disk / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(64 * 1024))


def healthz():
    """Status and lines of the health check."""
    response = Client().get("/healthz")
    return response.status_code, response.content.decode().splitlines()


# --- Every page, without a database -------------------------------------------------------------------------


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_every_address_says_in_words_that_the_database_is_away(away, accept):
    client = Client(raise_request_exception=False, headers={"Accept": accept})
    client.cookies["sessionid"] = "a" * 32
    answers = {name: client.get(url_of(name, ANYTHING)) for name in sorted(set(addresses()))}
    asks_no_database = {"public:robots"}
    assert {name: response.status_code for name, response in answers.items()} == {
        name: 200 if name in asks_no_database else 503 for name in answers
    }
    for name, response in answers.items():
        if name in asks_no_database | {"public:healthz"}:
            continue
        assert (name, response["Retry-After"], "no-store" in response["Cache-Control"]) == (name, "30", True)
        if accept == "application/json":
            assert response.json() == {"state": "unavailable", "message": "系统暂时连接不上数据库。"}
        else:
            page = response.content.decode()
            assert (name, "<h1>系统暂时不能使用</h1>" in page) == (name, True)
            assert f"请告知编号 <strong>{response['X-Request-ID']}</strong>" in page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/operator/"),
        ("get", "/operator/schools/user/"),
        ("post", "/accounts/login/"),
        ("post", "/accounts/logout/"),
        ("post", "/desk/reports/1/overview/save/"),
        ("post", "/review/reports/1/approve/"),
    ],
)
def test_so_do_the_operators_pages_and_what_is_posted(away, method, path):
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    page = getattr(client, method)(path)
    assert (page.status_code, "<h1>系统暂时不能使用</h1>" in page.content.decode()) == (503, True)


def test_the_health_check_says_that_the_database_is_away(away):
    assert healthz() == (503, ["数据库无法连接"])


# --- Saving into a database that does not take it -----------------------------------------------------------


@pytest.fixture
def report(committed_db, author, campaign):
    return complete(Report.objects.filter(pk=factories.make_report(author.school, campaign).pk)).get()


@pytest.fixture
def desk(report, author, client_of):
    """The author's browser, with the section open."""
    client = client_of(author, raise_request_exception=False)
    assert client.get(reverse("author:section", args=[report.pk, "overview"])).status_code == 200
    return client


def save(desk, report, author):
    """Save a paragraph as the page does; the answer. The form is that of the report as it was found."""
    url = reverse("author:autosave", args=[report.pk, "overview"])
    part = SECTIONS[SectionKey.OVERVIEW].of(report)
    data = FORMS[SectionKey.OVERVIEW].sent_for(part) | {"base_version": str(part.version), "body": "<p>一段话。</p>"}
    return desk.post(url, data, headers={"Accept": "application/json", "X-Writer": str(author.user.pk)})


def test_a_save_into_a_read_only_database_is_answered_in_words(desk, report, author, read_only):
    before = Overview.objects.get(report=report).version
    with read_only():
        answer = save(desk, report, author)
        page = desk.post(reverse("accounts:login"), {"username": "author", "password": factories.PASSWORD})
        state = healthz()
    assert (answer.status_code, answer.json()) == (
        503,
        {"state": "unavailable", "message": "系统目前只能查阅，暂时不能保存。"},
    )
    assert (page.status_code, "<h1>暂时不能保存</h1>" in page.content.decode()) == (503, True)
    assert state == (503, ["数据库只能读取，不能写入"])
    assert Overview.objects.get(report=report).version == before


def test_a_read_only_database_is_not_taken_for_a_session_that_somebody_ended(desk, report, read_only):
    # The page is only read, but the time of the last step is to be written into the session.
    session = desk.session
    session["seen_at"] -= 120
    session.save()
    with read_only():
        page = desk.get(reverse("author:report", args=[report.pk]))
    assert (page.status_code, "系统目前只能查阅" in page.content.decode()) == (503, True)


def test_public_pages_are_read_from_a_read_only_database(committed_db, school, read_only):
    with read_only():
        assert [Client().get(path).status_code for path in ("/", "/schools/", school.get_absolute_url())] == [200] * 3


@ON_SQLITE
def test_a_full_disk_is_told_and_what_is_freed_is_used_again(desk, report, author, small_disk, settings):
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM INTO '{small_disk / 'db.sqlite3'}'")
    settings.VAR_DIR = small_disk
    with database_at(NAME=str(small_disk / "db.sqlite3")):
        assert healthz() == (200, ["正常"])
        Report.objects.exists()  # a server's connections stay open
        fill(small_disk)
        answer = save(desk, report, author)
        state = healthz()
        (small_disk / "filler").unlink()
        again = save(desk, report, author)
        assert healthz() == (200, ["正常"])
    assert (answer.status_code, answer.json()) == (
        503,
        {"state": "unavailable", "message": "系统的存储空间已满，暂时不能保存。"},
    )
    short = "所在的磁盘剩余空间不足 16 MB"
    assert state == (503, [f"数据目录{short}", f"数据库目录{short}"])
    assert (again.status_code, again.json()["state"]) == (200, "saved")


def test_a_file_for_which_there_is_no_room_is_answered_in_words(desk, report, small_disk, settings):
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": small_disk}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}
    fill(small_disk)
    pasted = {"pasted": "一、概述\n" + "学校开展了信息公开工作。\n" * 300}
    page = desk.post(reverse("author:import_new", args=[report.pk]), pasted)
    assert (page.status_code, "系统的存储空间已满" in page.content.decode()) == (503, True)


# --- The health check ---------------------------------------------------------------------------------------


@ON_SQLITE
def test_an_empty_database_in_the_place_of_a_lost_one_is_not_well(committed_db, tmp_path):
    with database_at(NAME=str(tmp_path / "db.sqlite3")):
        assert healthz() == (503, ["数据库中没有本系统的数据表，或者结构不完整"])


@ON_SQLITE
def test_somebody_who_is_writing_is_no_fault_and_is_not_waited_for(committed_db):
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    assert healthz() == (200, ["正常"])
    assert time.monotonic() - started < health.LIMIT
    writer.close()


@ON_POSTGRESQL
def test_a_database_that_hangs_is_told_in_time_and_leaves_one_thread_waiting(committed_db, monkeypatch):
    monkeypatch.setattr(health, "LIMIT", 0.5)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        found = [healthz() for _ in range(3)]
        waiting = [thread.name for thread in threading.enumerate() if thread.name == "health"]
        cursor.execute("ROLLBACK")
    assert found == [
        (503, ["数据库没有响应"]),
        (503, ["上一次检查还没有结束，数据库或磁盘没有响应"]),
        (503, ["上一次检查还没有结束，数据库或磁盘没有响应"]),
    ]
    assert waiting == ["health"]
    monkeypatch.undo()
    assert healthz() == (200, ["正常"])


def test_a_directory_that_is_not_there_yet_is_made_when_it_is_needed(committed_db, tmp_path, settings):
    settings.VAR_DIR = tmp_path / "not" / "yet"
    assert healthz() == (200, ["正常"])
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_shut_to_writing_is_named(committed_db, small_disk, settings):
    settings.VAR_DIR = small_disk
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert healthz() == (503, ["数据目录所在的磁盘只能读取，不能写入"])


# --- What is an outage, and what is a fault of ours ---------------------------------------------------------


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM no_such_table", "SELECT no_such_column FROM schools_school", "SELEKT 1"]
)
def test_a_fault_in_the_code_is_not_an_outage(db, statement):
    with pytest.raises(Error) as fault, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert outage_of(fault.value) is None


@ON_POSTGRESQL
def test_a_statement_that_was_cancelled_is_no_fault_in_the_code(committed_db):
    slow = "SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)"
    with pytest.raises(OperationalError) as cancelled, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(slow)
    assert outage_of(cancelled.value) == Outage.BUSY


@ON_SQLITE
def test_a_writer_that_waited_in_vain_is_told_that_the_portal_is_busy(committed_db):
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with database_at(OPTIONS=connection.settings_dict["OPTIONS"] | {"timeout": 0}):
        client = Client(raise_request_exception=False, headers={"Accept": "application/json"})
        answer = client.post("/accounts/login/", {"username": "nobody", "password": "nothing"})
    writer.close()
    assert (answer.status_code, answer.json()["message"]) == (503, "系统正忙，这次没有处理完。")
