"""The production server, with an object store behind it that accepts and never answers."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from disclosure.report.enums import Status
from tests import factories
from tests.journeys.conftest import ROOT, _database_url, _free_port, _wait_until_up
from tests.object_server import KEYS, silent_server


@pytest.fixture
def server(committed_db):
    """The portal as it runs by default, two processes of four threads: its address, and who is at its object store."""
    port = _free_port()
    with silent_server() as (endpoint, accepted):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DISCLOSURE_")} | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": _database_url(),
            "DISCLOSURE_BIND": f"127.0.0.1:{port}",
            "DISCLOSURE_STORAGE": f"s3://bucket?endpoint={endpoint}&region=cn",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment | KEYS, stderr=subprocess.DEVNULL
        )
        try:
            _wait_until_up(process, f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}", accepted
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)


def get(address):
    """The status of the answer, its page, and how long it took."""
    began = time.monotonic()
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            status, page = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, page = error.code, error.read()
    return status, page, time.monotonic() - began


def test_pages_are_answered_while_more_readers_than_there_are_threads_wait_for_files(server, school):
    url, accepted = server
    factories.make_report(school, status=Status.PUBLISHED)
    year = school.publications.get().year
    answers = []
    readers = [
        threading.Thread(target=lambda: answers.append(get(f"{url}/schools/{school.slug}/{year}/report.pdf")))
        for _ in range(24)
    ]
    for reader in readers:
        reader.start()
    deadline = time.monotonic() + 20
    while not accepted and time.monotonic() < deadline:
        time.sleep(0.01)
    assert accepted  # somebody is at the store, and will be for seconds
    took = []
    for path in ("/", "/healthz") * 3:
        status, _, seconds = get(url + path)
        took.append((path, status, seconds < 5))
    assert took == [("/", 200, True), ("/healthz", 200, True)] * 3
    for reader in readers:
        reader.join()
    # Each reader has the file, made anew, or is told to come again.
    assert {(status, page[:5] == b"%PDF-") for status, page, _ in answers} == {(200, True), (503, False)}
    assert 3 < max(seconds for *_, seconds in answers) < 40  # who was at the store has waited, and not for ever
