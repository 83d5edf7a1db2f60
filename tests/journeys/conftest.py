"""A real browser before the real server: gunicorn, hashed static files, the content security policy.

The server works on the test database, so a test makes what it needs with the personas and ``tests.factories``:

    def test_it_…(site, page, sign_in, author, campaign):
        report = factories.make_report(author.school, campaign)
        sign_in(page, "author")
        page.goto(f"{site.url}/desk/reports/{report.pk}/")

Anything the browser complains about in its console, a violation of the policy above all, fails the test; what a test
provokes on purpose it names: ``browser_errors.allow("status of 409")``.
"""

import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
# Playwright keeps an event loop in the test's thread; Django then takes plain queries for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

BROWSER = {
    "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
    "args": [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
PHONE = {"width": 360, "height": 740}


def pytest_collection_modifyitems(items):
    """Every test here is a journey."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@dataclass(frozen=True)
class Site:
    """The running portal: its address, its environment for ``manage``, and the number of its process."""

    url: str
    environment: dict[str, str]
    process_id: int = 0

    def manage(self, *arguments: str) -> str:
        """What ``manage.py`` prints for ``arguments``, run beside the server on the same database."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True, timeout=120
        )
        return done.stdout

    @contextmanager
    def writing_refused(self):
        """While this lasts the server can write into no file, as on a disk that is broken."""
        children = Path(f"/proc/{self.process_id}/task/{self.process_id}/children").read_text().split()
        kept = {child: resource.prlimit(int(child), resource.RLIMIT_FSIZE) for child in children}
        try:
            for child, (_, most) in kept.items():
                resource.prlimit(int(child), resource.RLIMIT_FSIZE, (0, most))
            yield
        finally:
            for child, limits in kept.items():
                resource.prlimit(int(child), resource.RLIMIT_FSIZE, limits)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    address = f"{database['HOST'] or ''}{':' if database['PORT'] else ''}{database['PORT'] or ''}"
    person = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
    return f"postgresql://{person}{address}/{database['NAME']}"


def _wait_until_up(server, url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if server.poll() is not None:
            pytest.fail(f"The server ended with status {server.returncode} instead of starting.")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("The server did not answer within 30 seconds.")


@pytest.fixture(scope="session")
def server(django_db_setup, django_db_blocker, tmp_path_factory):
    """The portal on a port of its own, on the test database."""
    directory = tmp_path_factory.mktemp("portal")
    port = _free_port()
    with django_db_blocker.unblock():
        database_url = _database_url()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DISCLOSURE_")} | {
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "DATABASE_URL": database_url,
        "DISCLOSURE_VAR_DIR": str(directory),
        "DISCLOSURE_BIND": f"127.0.0.1:{port}",
        "DISCLOSURE_SITE_URL": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
    }
    site = Site(f"http://127.0.0.1:{port}", environment)
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    log = (directory / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        _wait_until_up(server, site.url)
        yield replace(site, process_id=server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
        log.close()


@pytest.fixture
def site(server, committed_db):
    """The running portal, with an empty database: ``site.url``, ``site.manage(…)``."""
    return server


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    if not Path(BROWSER["executable_path"]).exists():
        pytest.fail(f"There is no browser at {BROWSER['executable_path']}: install Debian's chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**BROWSER)
        yield browser
        browser.close()


class BrowserErrors:
    """What the pages of a test complained about; ``allow`` names what the test provokes."""

    def __init__(self):
        self.found: list[str] = []
        self.allowed: list[re.Pattern] = []

    def allow(self, pattern: str) -> None:
        """Let pass what matches the regular expression ``pattern``."""
        self.allowed.append(re.compile(pattern))

    def watch(self, context: BrowserContext) -> None:
        """Collect from every page of ``context``."""
        context.on("console", lambda message: message.type == "error" and self.found.append(message.text))
        context.on("weberror", lambda error: self.found.append(str(error.error)))

    def unexpected(self) -> list[str]:
        """What no ``allow`` covers."""
        return [text for text in self.found if not any(pattern.search(text) for pattern in self.allowed)]


@pytest.fixture
def browser_errors():
    """The complaints of the browser in this test; any that is not allowed fails it."""
    errors = BrowserErrors()
    yield errors
    assert errors.unexpected() == []


@pytest.fixture
def new_context(browser, site, browser_errors):
    """A function: another browser of another person, closed at the end. Takes Playwright's options."""
    contexts = []

    def make(**options) -> BrowserContext:
        context = browser.new_context(
            **{"base_url": site.url, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"} | options
        )
        context.set_default_timeout(10_000)
        browser_errors.watch(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def context(new_context):
    """The browser of the one person most tests are about."""
    return new_context()


@pytest.fixture
def page(context) -> Page:
    """A page of that browser, 1280 pixels wide."""
    return context.new_page()


@pytest.fixture
def phone(new_context) -> Page:
    """A page of 360 pixels on a touch screen."""
    return new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def sign_in(site):
    """A function: sign in on ``page`` as ``username``, with the password of all test persons, through the form."""

    def do(page: Page, username: str) -> None:
        page.goto(f"{site.url}/accounts/login/")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main [type=submit]").click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)

    return do


@pytest.fixture
def sign_out_everywhere(site):
    """A function: end every session, as the idle timeout would."""

    def do() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_session")

    return do


@pytest.fixture
def check_axe():
    """A function: axe finds nothing on the page, for WCAG 2.1 A and AA and its best practices."""
    script = Axe().axe_script

    def check(page: Page) -> None:
        # Colours are judged when nothing fades any more.
        page.wait_for_function("() => document.getAnimations().every((one) => one.playState !== 'running')")
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(script)
        found = page.evaluate(
            """async () => (await axe.run({ resultTypes: ["violations"] })).violations
                .map((one) => [one.id, ...one.nodes.map((node) => node.html.slice(0, 160))])"""
        )
        assert found == []

    return check


@pytest.fixture
def assert_no_horizontal_scroll():
    """A function: the page is no wider than its window."""

    def check(page: Page) -> None:
        width, window = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert width <= window

    return check


def pytest_report_header(config):
    """Which database the journeys run on."""
    return f"journeys on {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"
