"""PostgreSQL is started again under a running portal: every connection breaks, and no request notices.

The portal runs in a process of its own, on the test database; ending all of its connections is what it sees of a
restart.
"""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from schools.models import OutgoingMail

ROOT = Path(__file__).resolve().parent.parent
NAME = "disclosure-restarted"

# Four visitors at a time, as often as it is told to on its input; prints what they were answered.
SERVER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from wsgiref.util import setup_testing_defaults
from disclosure.wsgi import application

together = Barrier(4)

def visit(path):
    # At the same moment in every round: each has a connection of its own.
    together.wait()
    environ, said = {"PATH_INFO": path}, []
    setup_testing_defaults(environ)
    body = application(environ, lambda status, headers: said.append(status[:3]))
    list(body)
    body.close()
    return said[0]

with ThreadPoolExecutor(4) as visitors:
    for line in sys.stdin:
        print(*visitors.map(visit, ["/sitemap.xml"] * 4), flush=True)
"""

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="a server of PostgreSQL")


def _environment(directory, **more):
    parts = urlsplit(os.environ["DATABASE_URL"])
    url = f"{parts.scheme}://{parts.netloc}/{connection.settings_dict['NAME']}?application_name={NAME}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DISCLOSURE_")}
    ours = {
        "DATABASE_URL": url,
        "DISCLOSURE_VAR_DIR": str(directory),
        "DISCLOSURE_ALLOWED_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "disclosure.settings",
    }
    return kept | ours | more


def restart() -> int:
    """End every connection of the portal; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s", [NAME]
        )
        ended = cursor.fetchone()[0]
        cursor.execute("SELECT 1")
    return ended


@contextmanager
def running(arguments, environment, **options):
    process = subprocess.Popen(arguments, cwd=ROOT, env=environment, text=True, **options)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("pool", ["0", "4"])
def test_no_request_fails_after_a_restart(committed_db, tmp_path, pool):
    environment = _environment(tmp_path, DISCLOSURE_DATABASE_POOL=pool)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with running([sys.executable, "-c", SERVER], environment, **pipes) as server:

        def answers():
            server.stdin.write("\n")
            server.stdin.flush()
            return server.stdout.readline().split()

        assert [answers(), answers()] == [["200"] * 4] * 2
        assert restart() > 0
        assert [answers(), answers()] == [["200"] * 4] * 2


@pytest.mark.parametrize("pool", ["0", "4"])
def test_the_sender_of_mail_goes_on_after_a_restart(committed_db, tmp_path, pool):
    environment = _environment(tmp_path, DISCLOSURE_DATABASE_POOL=pool)
    mails = [OutgoingMail(to="song@example.edu.cn", subject=f"第{number}封", body="正文") for number in range(2)]
    with running([sys.executable, "manage.py", "deliver_mail", "--loop", "1"], environment, stdout=subprocess.PIPE):
        for mail in mails:
            mail.save()
            _wait_until(lambda mail=mail: OutgoingMail.objects.get(pk=mail.pk).sent_at)
            assert restart() > 0
    assert len(list((tmp_path / "mail").iterdir())) == 2


def _wait_until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)
