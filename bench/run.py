"""Measure and print the figures of speed: ``python -m bench.run``, by way of ``make bench``.

The database is a throw-away one: an SQLite file, or, where DATABASE_URL names a PostgreSQL server, a database of its
own there. The server is the production one with two workers, on the loopback; this program, which asks, shares the
machine with it, so a visitor elsewhere would see more requests a second, not fewer.
"""

import asyncio
import json
import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT.parent / "shared" / "reports"
WORD = ROOT.parent / "shared" / "word"

PDF_REPETITIONS = 9
IMPORT_REPETITIONS = 5
LOAD_SECONDS, LOAD_REPETITIONS, CONNECTIONS = 3.0, 5, 8
SINGLE_REPETITIONS = 100
SAVES, SAVING_AUTHORS = 60, 8


def main() -> None:
    """Everything, in the order of the report."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="disclosure-bench-") as directory:
        _set_up(Path(directory))
        _print_machine()
        reports = _reports(Path(directory))
        _measure_pdf(reports)
        _measure_word(reports, Path(directory))
        _measure_checks()
        _measure_copies()
        with _database(), _server() as port:
            _measure_public(port)
            _measure_desk(port)
    print(f"\nTotal: {time.perf_counter() - started:.0f} s")


# --- where it is measured ---------------------------------------------------------------------------------------------


def _set_up(directory: Path) -> None:
    """Django set up on a throw-away database and data directory, whatever the caller's configuration is."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):  # an SQLite file may be in use, and a file of its own costs nothing
        given = ""
    for name in [name for name in os.environ if name.startswith("DISCLOSURE_")]:
        del os.environ[name]
    os.environ |= {
        "DISCLOSURE_VAR_DIR": str(directory),
        "DISCLOSURE_LOG_LEVEL": "WARNING",
        "DATABASE_URL": given or f"sqlite:///{directory}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "disclosure.settings",
    }
    import django  # after the environment is set

    django.setup()


def _print_machine() -> None:
    from importlib.metadata import version

    from django.db import connection

    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 1024 / 1024
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        database = cursor.fetchone()[0]
    libraries = ", ".join(f"{name} {version(name)}" for name in ("Django", "gunicorn", "WeasyPrint", "python-docx"))
    print(f"Machine:  {cpu[1] if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, {system[1]}")
    print(f"Versions: Python {platform.python_version()}, {libraries}, {connection.display_name} {database}")
    print(f"Commit:   {commit.strip() or 'unknown'}; load average before: {os.getloadavg()[0]:.1f}")
    if os.getloadavg()[0] > os.cpu_count() / 2:
        print("          Something else is running: the figures below are worse than they would be alone.")


@contextmanager
def _database():
    """A database of its own with a large province in it, gone afterwards. The server is to use it as well."""
    from datetime import date

    from django.db import connection, transaction

    from bench import world

    old = connection.settings_dict["NAME"]
    print("\nFilling the database …", end="", flush=True)
    started = time.perf_counter()
    if connection.vendor == "sqlite":
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    else:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        parts = urlsplit(os.environ["DATABASE_URL"])
        os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))
    try:
        with transaction.atomic():
            world.fill(date.today())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(
            f" {world.SCHOOL_COUNT} schools × {world.YEAR_COUNT} years, {world.PUBLICATION_COUNT} public reports, "
            f"{time.perf_counter() - started:.0f} s"
        )
        yield
    finally:
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db(old, verbosity=0)


@contextmanager
def _server():
    """The production server with two workers; its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = os.environ | {"DISCLOSURE_BIND": f"127.0.0.1:{port}", "WEB_CONCURRENCY": "2"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(150):
            time.sleep(0.1)
            if server.poll() is not None:
                raise SystemExit("The server did not start.")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        server.terminate()
        server.wait(30)


# --- telling ----------------------------------------------------------------------------------------------------------


def _tell(name: str, values: list[float], unit: str, digits: int = 1, more: str = "") -> None:
    """One line: the median, the spread from the least to the most, and of how many."""
    middle, least, most = statistics.median(values), min(values), max(values)
    spread = f"{least:.{digits}f}–{most:.{digits}f}"
    print(f"  {name:<44}{middle:>9.{digits}f} {unit:<6} ({spread}, n = {len(values)}){more}")


def _queries(get: Callable) -> int:
    """How many queries one request takes, the second time it is made."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get()
    with CaptureQueriesContext(connection) as queries:
        get()
    return len(queries)


# --- the figures ------------------------------------------------------------------------------------------------------


def _measure_pdf(reports: list[Path]) -> None:
    print("\nPDF, warm (aim: 300 ms, 300 MB)")
    for path in reports:
        _measure_file(path, "bench.pdf", str(path), str(PDF_REPETITIONS))


def _measure_word(reports: list[Path], directory: Path) -> None:
    print("\nWord out, warm (aim: 300 ms)")
    for path in reports:
        _measure_file(path, "bench.word", "out", str(path), str(PDF_REPETITIONS))
    files = sorted(path for path in WORD.glob("*") if path.suffix in (".docx", ".doc"))
    if not files:
        print(f"  The Word files are not in {WORD}: the ones just written are read instead.")
        files = _written(reports, directory)
    print("\nWord in, in a process of its own for each file (aim: 1 s for .docx; .doc takes LibreOffice's time)")
    for path in files:
        _measure_file(path, "bench.word", "in", str(path), str(IMPORT_REPETITIONS))


def _measure_file(path: Path, module: str, *arguments: str) -> None:
    """One line of figures from ``module``, run in a process of its own."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    if done.returncode:
        print(f"  {path.name}: failed\n{done.stderr[-1000:]}")
        return
    told = json.loads(done.stdout)
    more = f"  peak {told['peak']:.0f} MB, {told['bytes'] / 1000:.0f} kB, cold {told['first']:.0f} ms"
    _tell(path.name[:40], told["times"], "ms", 0, more)


def _reports(directory: Path) -> list[Path]:
    """The five real reports, or where they are not five of the demonstration."""
    reports = sorted(REPORTS.glob("*.json"))
    if not reports:
        print(f"\nThe real reports are not in {REPORTS}: measured on reports of the demonstration instead.")
        reports = _demonstration_reports(directory)
    return reports


def _written(reports: list[Path], directory: Path) -> list[Path]:
    """The reports as Word files."""
    from disclosure.publishing.rendering.word import render
    from disclosure.report.document import Document

    paths = []
    for report in reports:
        path = directory / f"{report.stem}.docx"
        path.write_bytes(render(Document.read(json.loads(report.read_text(encoding="utf-8")))))
        paths.append(path)
    return paths


def _measure_checks() -> None:
    from bench import checks  # after Django is set up

    checks.print_all()


def _measure_copies() -> None:
    """Among 45,000 reports, in databases of their own: SQLite always, PostgreSQL where there is one."""
    command = [sys.executable, "-m", "bench.copies"]
    runs = [(command, {"DATABASE_URL": ""})]
    if os.environ["DATABASE_URL"].startswith("postgres"):
        runs.append(([*command, "--only-speed"], {}))
    elif shutil.which("pg_virtualenv"):
        server = ["pg_virtualenv", "-o", "fsync=off", "env", "DATABASE_URL=postgresql:///postgres"]
        runs.append(([*server, *command, "--only-speed"], {}))
    else:
        print("\nNear copies: there is neither a PostgreSQL server (DATABASE_URL) nor pg_virtualenv; on SQLite alone.")
    for run, environment in runs:
        sys.stdout.flush()
        done = subprocess.run(run, cwd=ROOT, env=os.environ | environment, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            print(f"  failed\n{done.stderr[-1000:]}")


def _demonstration_reports(directory: Path) -> list[Path]:
    """Five demonstration reports as files; they need no database."""
    from datetime import date

    from disclosure.demo.world import SCHOOLS
    from disclosure.demo.writing import Writer
    from disclosure.models import Campaign
    from schools.models import Province, School

    province = Province(code="91", name="甲省", office="甲省教育厅办公室")
    campaign = Campaign(
        province=province,
        year=2025,
        label="2024-2025学年度",
        period_start=date(2024, 9, 1),
        period_end=date(2025, 8, 31),
    )
    paths = []
    for described in SCHOOLS[:5]:
        school = School(province=province, name=described.full_name, slug=described.key)
        path = directory / f"{described.key}.json"
        document = Writer(described, school).report(campaign, date(2025, 10, 20))
        path.write_text(json.dumps(document.to_json(), ensure_ascii=False), encoding="utf-8")
        paths.append(path)
    return paths


def _measure_public(port: int) -> None:
    from django.test import Client
    from django.urls import reverse

    from bench.load import Request, at_once, one_by_one
    from disclosure.models import Publication

    host = {"headers": {"host": "127.0.0.1"}}
    client = Client()
    some = Publication.objects.select_related("school").order_by("sha256")[:100]
    reports = [reverse("public:report", args=[one.school.slug, one.year]) for one in some]
    pages = {
        "report page (100 different)": reports,
        "home page": [reverse("public:home")],
        "home page, a search": [reverse("public:home") + "?" + urlencode({"q": "文理", "year": some[0].year})],
    }
    print(f"\nPublic pages: two workers, {CONNECTIONS} connections, {LOAD_SECONDS:.0f} s each time")
    for name, paths in pages.items():
        requests = [Request(path, headers={"Accept-Encoding": "gzip"}) for path in paths]
        asyncio.run(one_by_one(port, requests * 2))  # both workers warm
        rates = [asyncio.run(at_once(port, requests, CONNECTIONS, LOAD_SECONDS)) for _ in range(LOAD_REPETITIONS)]
        queries = _queries(lambda path=paths[0]: client.get(path, **host))
        _tell(name, rates, "req/s", 0, f"  {queries} queries")
        answers = asyncio.run(one_by_one(port, (requests * SINGLE_REPETITIONS)[:SINGLE_REPETITIONS]))
        size = len(answers[0].body) / 1000
        _tell("    alone", [answer.milliseconds for answer in answers], "ms", 1, f"  {size:.0f} kB")
        again = [
            Request(path, headers={"If-None-Match": answer.headers["etag"]})
            for path, answer in zip((paths * SINGLE_REPETITIONS)[:SINGLE_REPETITIONS], answers, strict=True)
        ]
        answers = asyncio.run(one_by_one(port, again, expect=304))
        _tell("    304, not modified", [answer.milliseconds for answer in answers], "ms")


def _measure_desk(port: int) -> None:
    from django.urls import reverse

    from bench.load import Request, one_by_one
    from bench.world import SCHOOL_COUNT, YEAR_COUNT
    from disclosure.models import Report
    from disclosure.report.enums import Status

    drafts = Report.objects.filter(status=Status.DRAFT).select_related("school").order_by("school__slug")
    authors = [_SavingAuthor(port, draft) for draft in drafts[:SAVING_AUTHORS]]
    print(
        "\nAutosave: a paragraph of 主动公开 changed, from the browser's request to the answer with the panel of checks"
    )
    times = asyncio.run(authors[0].save(SAVES))
    panel = authors[0].panel
    size = f"{panel.count('data-finding=')} findings, {len(panel.encode()) / 1024:.0f} KB of panel"
    _tell("one author", times, "ms", 1, f"  {authors[0].queries()} queries, {size}")

    async def all_at_once():
        return await asyncio.gather(*(author.save(SAVES // 3) for author in authors))

    times = [milliseconds for of_one in asyncio.run(all_at_once()) for milliseconds in of_one]
    _tell(f"{SAVING_AUTHORS} authors without a pause", times, "ms")

    print(f"\nReviewer's queue: {SCHOOL_COUNT} schools × {YEAR_COUNT} years")
    client, cookie = _signed_in("reviewer")
    queue = reverse("review:queue")
    for name, query in {"to be reviewed": "", "all schools": "?tab=all", "another year": None}.items():
        path = queue + (_last_years_query() if query is None else query)
        requests = [Request(path, headers={"Cookie": cookie})] * (SINGLE_REPETITIONS // 2)
        asyncio.run(one_by_one(port, requests[:6]))
        answers = asyncio.run(one_by_one(port, requests))
        queries = _queries(lambda path=path: client.get(path, headers={"host": "127.0.0.1"}))
        _tell(name, [answer.milliseconds for answer in answers], "ms", 1, f"  {queries} queries")


def _last_years_query() -> str:
    from datetime import date

    return "?" + urlencode({"year": date.today().year - 1, "tab": "all"})


def _signed_in(username: str):
    """A client in which a person is signed in, and the cookie with which the server knows them."""
    from django.conf import settings
    from django.test import Client

    from schools.models import User

    client = Client()
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class _SavingAuthor:
    """An author with the section 主动公开 open, who changes one paragraph again and again.

    The paragraph has faults, so that every answer brings a panel of checks with findings, passages and fixes.
    """

    def __init__(self, port: int, draft):
        from django.conf import settings
        from django.urls import reverse

        from bench.load import Request, one_by_one

        self.port = port
        self.client, cookie = _signed_in(f"author-{draft.school.slug}")
        page = reverse("author:section", args=[draft.pk, "proactive"])
        self.path = reverse("author:autosave", args=[draft.pk, "proactive"])
        [answer] = asyncio.run(one_by_one(port, [Request(page, headers={"Cookie": cookie})]))
        token = re.search(rf"{settings.CSRF_COOKIE_NAME}=(\w+)", answer.headers["set-cookie"])[1]
        self.headers = {
            "Cookie": f"{cookie}; {settings.CSRF_COOKIE_NAME}={token}",
            "X-CSRFToken": token,
            "X-Writer": self.client.session["_auth_user_id"],
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        self.fields = _fields(answer.body.decode())
        self.version = int(self.fields["base_version"])
        self.panel = ""

    def _request(self, number: int):
        from bench.load import Request

        paragraph = f"<p>第{number}次修改：按照主动公布清零、苏教办【2021】5号和《高等学院信息公开办法》公开</p>"
        fields = self.fields | {"body": f"{self.fields['body']}{paragraph}", "base_version": str(self.version)}
        return Request(self.path, "POST", self.headers, urlencode(fields).encode())

    async def save(self, times: int) -> list[float]:
        """The milliseconds of so many saves, one after the other."""
        from bench.load import Connection

        connection = Connection(self.port)
        took = []
        try:
            for number in range(times):
                answer = await connection.ask(self._request(number))
                told = json.loads(answer.body)
                if told["state"] != "saved":
                    raise RuntimeError(f"A save was answered with {told}")
                self.panel = told["panel"]
                if self.panel.count("data-finding=") < 3:
                    raise RuntimeError(f"The panel lacks findings: {self.panel}")
                self.version = told["version"]
                took.append(answer.milliseconds)
        finally:
            connection.close()
        return took

    def queries(self) -> int:
        """How many queries one save takes."""

        def post():
            request = self._request(0)
            headers = {"host": "127.0.0.1", "X-Writer": self.headers["X-Writer"], "accept": "application/json"}
            answer = self.client.post(
                self.path, request.body, content_type="application/x-www-form-urlencoded", headers=headers
            )
            self.version = answer.json()["version"]

        return _queries(post)


def _fields(page: str) -> dict[str, str]:
    """What the form of a section's page would send."""
    from bs4 import BeautifulSoup

    form = next(
        form for form in BeautifulSoup(page, "lxml").find_all("form") if form.find(attrs={"name": "base_version"})
    )
    fields = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if (
            not name
            or kind in ("submit", "button")
            or (kind in ("checkbox", "radio") and not field.has_attr("checked"))
        ):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            fields[name] = chosen.get("value", "") if chosen else ""
        elif field.name == "textarea":
            fields[name] = field.text
        else:
            fields[name] = field.get("value", "on" if kind in ("checkbox", "radio") else "")
    return fields


if __name__ == "__main__":
    main()
