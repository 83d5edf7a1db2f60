"""What is derived from a publication follows the rules of masking and cleaning of today, not of the day it was made."""

import ast
import io
import re
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import packages_distributions
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.conf import settings as project
from django.urls import reverse

from disclosure.models import Publication, Withdrawal
from disclosure.publishing import kept_files
from disclosure.publishing.rendering import version
from disclosure.richtext import personal_data
from tests import factories
from tests.pdf import Paper

ROOT = project.BASE_DIR
MAILBOX = "zhang.san@mail.invalid"
MASKED = personal_data.find("zhang.san@qq.com")[0].masked.partition("@")[0]

# --- what the public is given ---------------------------------------------------------------------------------------


def publish(school, number=1) -> Publication:
    """A report with a mailbox wherever there is text, published when nobody knew its domain for a personal one."""
    text = f"<p>请联系 {MAILBOX} 办理。</p>"
    document = factories.full_document(
        school,
        title=f"信息公开工作报告（{MAILBOX}）",
        label=f"{MAILBOX}学年度",
        addressee=f"教育厅 {MAILBOX}",
        preamble=text,
        sections__overview__body=text,
        sections__overview__heading=f"一、概述 {MAILBOX}",
        signature={"organisation": f"学院 {MAILBOX}", "date": None},
    ).public()
    return Publication.objects.create(
        school=school,
        year=document.year,
        number=number,
        title=document.title,
        label=document.label,
        document=document.to_json(),
        sha256=document.hash,
        change_note=f"更正 {MAILBOX}。" if number > 1 else "",
        published_at=datetime(document.year, 10, 20 + number, tzinfo=UTC),
    )


def told(response) -> str:
    """Everything that a reader of ``response`` can find in it."""
    content, kind = response.content, response.get("Content-Type", "")
    if kind == "application/pdf":
        paper = Paper(content)
        body = paper.text() + str(paper.reader.metadata)
    elif "wordprocessing" in kind:
        archive = ZipFile(io.BytesIO(content))
        body = re.sub(r"<[^>]*>", "", "".join(archive.read(name).decode() for name in archive.namelist()))
    else:
        body = content.decode()
    return body + unquote(str(response.headers))


def addresses(publication) -> list[str]:
    """Every public address that shows something of it: those that name a school, those that name none."""
    school, year = publication.school.slug, publication.year
    files = [reverse(f"public:{name}", args=[school, year]) for name in ("pdf", "docx", "html", "json")]
    old = ("version", "version_pdf", "version_docx", "version_html", "version_json")
    return [
        *(reverse(f"public:{name}") for name in ("home", "schools", "sitemap")),
        reverse("public:school", args=[school]),
        reverse("public:report", args=[school, year]),
        *files,
        *(reverse(f"public:{name}", args=[school, year, 1]) for name in old),
    ]


@pytest.fixture
def learn(monkeypatch, settings, tmp_path):
    """A function: the domain is known for a personal one from now on; the code's versions change with it."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}

    def do():
        pattern = personal_data._MAIL_END.pattern.replace("(?:126 ?", "(?:mail ?\\. ?invalid|126 ?", 1)
        assert pattern != personal_data._MAIL_END.pattern
        monkeypatch.setattr(personal_data, "_MAIL_END", re.compile(pattern, re.IGNORECASE))
        monkeypatch.setattr("disclosure.publishing.conditional.code_fingerprint", lambda: "another")
        monkeypatch.setattr(kept_files, "RENDERER_VERSION", "another")

    return do


def test_nothing_public_shows_what_is_known_to_be_private_since(client, school, learn):
    publish(school)
    publication = publish(school, 2)
    before = {address: client.get(address) for address in addresses(publication)}
    shown = {address for address, response in before.items() if MAILBOX in told(response)}
    assert shown == before.keys() - {reverse("public:schools"), reverse("public:sitemap")}
    learn()
    for address, old in before.items():
        response = client.get(address, headers={"if-none-match": old["ETag"]} if "ETag" in old else {})
        assert (address, response.status_code, MAILBOX in told(response)) == (address, 200, False)
        assert (address, MASKED in told(response)) == (address, address in shown)
    Withdrawal.objects.create(publication=publication, reason=f"含有 {MAILBOX}。", withdrawn_by_name="严审核")
    for address in addresses(publication):
        assert (address, MAILBOX in told(client.get(address))) == (address, False)


# --- the key --------------------------------------------------------------------------------------------------------

# What makes the files; the templates load the tags.
RENDERERS = ("rendering.pdf", "rendering.word", "rendering.web_file", "tags")


def imported() -> tuple[set[str], set[str]]:
    """The files of all modules of ours that the renderers import, and the libraries that these do."""
    ours, libraries = set(), set()
    waiting = [f"disclosure.publishing.{name}" for name in RENDERERS]
    while waiting:
        path = module(waiting.pop())
        if path in ours:
            continue
        ours.add(path)
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [(alias.name, "") for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [(node.module, alias.name) for alias in node.names]
            else:
                continue
            for name, inner in names:
                if name.partition(".")[0] in ("disclosure", "schools"):
                    waiting.append(f"{name}.{inner}" if module(f"{name}.{inner}") else name)
                else:
                    libraries.add(name.partition(".")[0])
    return ours, libraries - sys.stdlib_module_names


def module(name: str) -> str:
    """The file of a module of ours, or nothing."""
    path = name.replace(".", "/")
    return next((file for file in (f"{path}.py", f"{path}/__init__.py") if (ROOT / file).is_file()), "")


def keyed() -> set[str]:
    return {str(path.relative_to(ROOT)) for pattern in version.SOURCES for path in ROOT.glob(pattern) if path.is_file()}


def test_the_version_of_a_file_is_of_all_code_that_the_renderers_import():
    ours, libraries = imported()
    assert {"disclosure/richtext/personal_data.py", "disclosure/richtext/__init__.py"} <= ours
    assert ours - keyed() == set()
    others = {
        path for path in keyed() if path.endswith(".py") and not path.startswith("disclosure/publishing/rendering/")
    }
    assert others - ours == set()
    distributions = packages_distributions()
    # lxml is what python-docx writes with.
    assert {*(distributions[name][0] for name in libraries), "lxml"} == set(version.LIBRARIES)


READ = """
import sys
read = set()
sys.addaudithook(lambda event, args: event == "open" and isinstance(args[0], str) and read.add(args[0]))
import django
django.setup()
from disclosure.publishing.rendering import pdf, web_file, word
from tests.factories import full_document
document = full_document()
read.clear()
for make in (pdf.render, word.render, lambda one: web_file.render(one, "http://a/", "1日")):
    make(document.public())
print("\\n".join(sorted(read)))
"""


def test_the_version_of_a_file_is_of_all_data_that_the_renderers_read():
    done = subprocess.run([sys.executable, "-c", READ], cwd=ROOT, capture_output=True, text=True, check=True)
    read = {name.removeprefix(f"{ROOT}/") for name in done.stdout.splitlines() if name.startswith(f"{ROOT}/")}
    # Code is followed by its imports, above: Django loads tags that no template of a report asks for.
    read = {name for name in read if not name.startswith((".venv/", ".cache/")) and not name.endswith((".py", ".pyc"))}
    assert "static/css/tokens.css" in read
    fonts = {str(path.relative_to(ROOT)) for path in ROOT.glob(version.FONTS)}
    assert read - keyed() - fonts == set()


def test_the_versions_are_reckoned_when_the_code_is_loaded():
    """Not at the first request, when the next version's files may lie there already."""
    script = "import sys, django; django.setup(); print('disclosure.publishing.rendering.version' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
