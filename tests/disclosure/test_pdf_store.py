"""PDFs are kept under document and renderer, made again when lost or damaged, and told to caches for what they are."""

import hashlib
import io
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.storage import InMemoryStorage, default_storage
from django.core.management import call_command
from django.urls import reverse

from disclosure.drafting import sources
from disclosure.models import Publication
from disclosure.publishing import conditional, kept_files
from disclosure.publishing.kept_files import name_of, pdf_for
from disclosure.publishing.rendering.version import RENDERER_VERSION, renderer_version
from disclosure.report.enums import Status
from disclosure.workflow.tasks import render_pdf
from schools import storage
from schools.bounds import Bound
from tests import factories
from tests.pdf import Paper


@pytest.fixture
def publication(school, settings, tmp_path):
    """A published report, and a storage of its own without its PDF."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    factories.make_report(school, status=Status.PUBLISHED)
    return Publication.objects.get()


@pytest.fixture
def kept(publication, tmp_path) -> Path:
    """Where its PDF is kept."""
    return tmp_path / "pdf" / RENDERER_VERSION / f"{publication.sha256}.pdf"


def sealed(content: bytes) -> bytes:
    """A file as it is kept: with its hash behind it."""
    return content + hashlib.sha256(content).hexdigest().encode()


# Cut off, longer, and, with its beginning, its end and its length as they were, another byte within.
DAMAGES = [
    lambda whole: b"",
    lambda whole: whole[:-20],
    lambda whole: b"x" + whole,
    lambda whole: whole[:2000] + bytes([whole[2000] ^ 1]) + whole[2001:],
]


# --- Keeping ------------------------------------------------------------------------------------------------


def test_a_pdf_is_kept_under_the_hash_of_its_document_and_the_version_of_the_renderer(publication, kept):
    content = pdf_for(publication)
    assert Paper(content).reader.metadata.title == publication.title
    assert kept.read_bytes() == sealed(content)
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert kept.stat().st_mode & 0o777 == 0o600


def test_what_is_kept_is_not_made_again(publication, kept):
    pdf_for(publication)
    kept.write_bytes(sealed(b"%PDF-1.7 another\n%%EOF\n"))
    assert pdf_for(publication) == b"%PDF-1.7 another\n%%EOF\n"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_again(publication, kept, damage):
    content = pdf_for(publication)
    kept.write_bytes(damage(kept.read_bytes()))
    assert pdf_for(publication) == content
    assert kept.read_bytes() == sealed(content)


def test_losing_everything_loses_nothing(publication, kept):
    content = pdf_for(publication)
    shutil.rmtree(kept.parent.parent)
    assert pdf_for(publication) == content


def test_several_may_make_it_at_once(publication, kept):
    publication.read()  # threads have no database of their own in a test
    with ThreadPoolExecutor(3) as pool:
        contents = set(pool.map(lambda _: pdf_for(publication), range(3)))
    assert {sealed(content) for content in contents} == {kept.read_bytes()}
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_a_storage_that_cannot_be_written_costs_time_and_nothing_else(publication, kept, monkeypatch, caplog):
    def refuse(*args):
        raise OSError("no space left")

    monkeypatch.setattr(storage.os, "replace", refuse)
    with caplog.at_level(logging.WARNING, logger="disclosure.publishing.kept_files"):
        content = pdf_for(publication)
    assert content.startswith(b"%PDF-")
    assert list(kept.parent.iterdir()) == []
    assert caplog.messages == [
        "The storage has failed",
        f"A PDF could not be kept: {name_of(publication)}: the storage has failed",
    ]


def test_an_object_store_will_do(publication, settings):
    backend = "django.core.files.storage.InMemoryStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend}}
    content = pdf_for(publication)
    with default_storage.open(name_of(publication)) as file:
        assert file.read() == sealed(content)
    assert pdf_for(publication) == content


class LostBucket(InMemoryStorage):
    """An object store whose service is away: boto3's errors are no ``OSError``."""

    def open(self, name, mode="rb"):
        raise RuntimeError("the service is away")

    def save(self, name, content, max_length=None):
        raise RuntimeError("the service is away")


def test_an_object_store_that_is_away_costs_time_and_nothing_else(publication, settings, caplog):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": f"{__name__}.LostBucket"}}
    assert pdf_for(publication).startswith(b"%PDF-")
    assert [record.getMessage() for record in caplog.records] == [
        "The storage has failed",
        f"A kept PDF could not be read and is made again: {name_of(publication)}: the storage has failed",
        "The storage has failed",
        f"A PDF could not be kept: {name_of(publication)}: the storage has failed",
    ]


def test_the_task_keeps_the_pdf(publication, kept):
    render_pdf.enqueue(publication.pk)
    assert Paper(kept.read_bytes()).reader.metadata.title == publication.title


def test_nothing_private_is_in_a_kept_pdf(publication):
    # As if the document had been frozen without being masked.
    private = factories.full_document(publication.school)
    mobiles = [contact.mobile for contact in private.contacts if contact.mobile]
    assert mobiles
    publication.document = private.to_json()
    content = pdf_for(publication)
    printed = Paper(content)
    everywhere = printed.text() + str(printed.reader.metadata)
    for secret in (*mobiles, "0@qq.com"):
        assert secret not in everywhere
        assert secret.encode() not in content


# --- What is outdated ---------------------------------------------------------------------------------------


def test_what_another_version_has_made_is_deleted_and_nothing_else(publication, kept, tmp_path):
    content = pdf_for(publication)
    source = sources.keep(b"1")
    old = [
        tmp_path / "pdf" / "another" / "a.pdf",
        tmp_path / "docx" / "another" / "a.docx",
        # From when a version had no folder of its own.
        tmp_path / "pdf" / f"{publication.sha256}-another.pdf",
    ]
    for path in old:
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(b"1")
    call_command("clear_files", stdout=(said := io.StringIO()))
    assert said.getvalue() == "已删除 3 份过时的文件。\n"
    assert set(tmp_path.rglob("*")) == {
        tmp_path / "pdf",
        kept.parent,
        kept,
        tmp_path / "docx",
        tmp_path / "sources",
        tmp_path / "sources" / source,
    }
    assert kept.read_bytes() == sealed(content)
    assert kept_files.clear_outdated() == 0


# --- The renderer's version ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "templates/report/head.html",
        "templates/report/sections/overview.html",
        "templates/report/pdf.html",
        "templates/report/word.html",
        "disclosure/publishing/rendering/word_package/word/styles.xml",
        "disclosure/publishing/rendering/web_file.css",
        "static/css/report.css",
        "disclosure/publishing/rendering/pdf.css",
        "disclosure/publishing/rendering/draft.css",
        "disclosure/publishing/rendering/tables.py",
        "disclosure/publishing/tags.py",
        "disclosure/report/figures.py",
        "disclosure/richtext/personal_data.py",
        "disclosure/richtext/__init__.py",
    ],
)
def test_the_version_changes_with_what_shows_in_a_file(tmp_path, path):
    for pattern in (
        "templates/report/**/*.html",
        "disclosure/**/*.py",
        "disclosure/publishing/rendering/**/*.*",
        "static/css/*.css",
    ):
        for source in filter(Path.is_file, project.BASE_DIR.glob(pattern)):
            copy = tmp_path / source.relative_to(project.BASE_DIR)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
    before = renderer_version(tmp_path)
    assert renderer_version(tmp_path) == before
    with (tmp_path / path).open("a") as file:
        file.write("\n")
    assert renderer_version(tmp_path) != before


def test_the_version_changes_with_the_fonts(tmp_path):
    font = tmp_path / "static" / "fonts" / "fandol" / "A.otf"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"1")
    before = renderer_version(tmp_path)
    font.write_bytes(b"12")
    assert renderer_version(tmp_path) != before


# --- The address --------------------------------------------------------------------------------------------


@pytest.fixture
def address(publication):
    return reverse("public:pdf", args=[publication.school.slug, publication.year])


def test_the_public_reads_the_pdf_under_its_chinese_name(client, publication, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content == pdf_for(publication)
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert response["Cache-Control"] == "public, max-age=60"


def test_who_has_the_pdf_is_answered_without_one_being_made(client, address, kept):
    etag = client.get(address)["ETag"]
    kept.unlink()
    response = client.get(address, headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert not kept.exists()


def test_a_reader_who_comes_while_many_files_are_made_is_told_to_try_again(client, publication, address, monkeypatch):
    # One of its own: a full one stays closed for a moment.
    monkeypatch.setattr(kept_files, "_bound", Bound(project.FILE_THREADS))
    with ExitStack() as taken:
        for _ in range(project.FILE_THREADS):
            taken.enter_context(kept_files._bound.place())
        for method in (client.get, client.head):
            response = method(address)
            assert (response.status_code, response["Retry-After"]) == (503, "10")
            assert "no-store" in response["Cache-Control"]
            assert "ETag" not in response
    page = client.get(address.replace("report.pdf", "report.docx")).content.decode()
    assert "文件暂时不能下载，请稍后再试" in page
    assert f'href="{reverse("public:report", args=[publication.school.slug, publication.year])}"' in page


def test_another_renderer_is_another_etag(client, address, monkeypatch):
    etag = client.get(address)["ETag"]
    monkeypatch.setattr(conditional, "RENDERER_VERSION", "another")
    conditional.code_fingerprint.cache_clear()
    try:
        assert client.get(address)["ETag"] != etag
    finally:
        conditional.code_fingerprint.cache_clear()
