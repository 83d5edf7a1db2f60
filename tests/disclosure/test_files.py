"""The report as Word and as one web page: kept, told to caches, complete for those it is for and masked for all others."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote

import docx
import html5lib
import pytest
from django.urls import reverse

from disclosure.models import Publication
from disclosure.publishing.kept_files import WORD, name_of, word_for
from disclosure.publishing.rendering import web_file, word
from disclosure.publishing.rendering.version import RENDERER_VERSION
from disclosure.report.enums import Status
from tests import factories
from tests.disclosure.test_pdf_store import DAMAGES, sealed
from tests.word import faults, texts

NU = Path(__file__).resolve().parents[2] / ".cache/node_modules/vnu-jar/build/dist/vnu.jar"
ADDRESS = "https://xxgk.example.gov.cn/schools/a/2023/"


@pytest.fixture
def publication(school, settings, tmp_path):
    """A published report, and a storage of its own without its files."""
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    factories.make_report(school, status=Status.PUBLISHED)
    return Publication.objects.get()


def secrets(document) -> list[str]:
    """What the annex holds that is not for the public."""
    mobiles = [contact.mobile for contact in document.contacts if contact.mobile]
    assert mobiles
    return [*mobiles, "0@qq.com"]


# --- Kept Word files ----------------------------------------------------------------------------------------


def test_a_word_file_is_kept_beside_the_pdf_and_not_made_again(publication, tmp_path):
    content = word_for(publication)
    kept = tmp_path / name_of(publication, WORD)
    assert kept == tmp_path / "docx" / RENDERER_VERSION / f"{publication.sha256}.docx"
    assert kept.read_bytes() == sealed(content)
    other = word.render(factories.full_document(title="另一份报告"))
    kept.write_bytes(sealed(other))
    assert word_for(publication) == other


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_word_file_is_made_again(publication, tmp_path, damage):
    content = word_for(publication)
    kept = tmp_path / name_of(publication, WORD)
    kept.write_bytes(damage(kept.read_bytes()))
    assert word_for(publication) == content
    assert kept.read_bytes() == sealed(content)


def test_nothing_private_is_in_a_kept_word_file(publication):
    # As if the document had been frozen without being masked.
    private = factories.full_document(publication.school)
    publication.document = private.to_json()
    said = texts(word_for(publication))
    assert "宋联络" in said
    assert [secret for secret in secrets(private) if secret in said] == []


# --- What the public is given -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("suffix", "content_type"), [("docx", word.CONTENT_TYPE), ("html", "text/html; charset=utf-8")]
)
def test_the_public_takes_the_file_away_under_its_chinese_name(client, publication, suffix, content_type):
    address = reverse(f"public:{suffix}", args=[publication.school.slug, publication.year])
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, content_type)
    kind, _, name = response["Content-Disposition"].partition("; filename*=utf-8''")
    assert (kind, unquote(name)) == ("attachment", f"{publication.title}.{suffix}")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.head(address)["ETag"] == response["ETag"]
    assert client.head(address).content == b""


def test_who_has_the_word_file_is_answered_without_one_being_made(client, publication, tmp_path):
    address = reverse("public:docx", args=[publication.school.slug, publication.year])
    etag = client.get(address)["ETag"]
    (tmp_path / name_of(publication, WORD)).unlink()
    response = client.get(address, headers={"if-none-match": etag})
    assert (response.status_code, response.content) == (304, b"")
    assert not (tmp_path / name_of(publication, WORD)).exists()


def test_the_page_of_the_report_leads_to_both_files(client, publication):
    page = client.get(reverse("public:report", args=[publication.school.slug, publication.year])).content.decode()
    for suffix in ("docx", "html"):
        assert f'href="{reverse(f"public:{suffix}", args=[publication.school.slug, publication.year])}"' in page


def test_the_web_page_in_one_file_leads_to_the_public_page(client, publication, settings):
    settings.SITE_URL = "https://xxgk.example.gov.cn"
    address = reverse("public:html", args=[publication.school.slug, publication.year])
    text = client.get(address).content.decode()
    public = "https://xxgk.example.gov.cn" + reverse("public:report", args=[publication.school.slug, publication.year])
    assert f'<a href="{public}">{public}</a>' in text


# --- What the school and its reviewer are given -------------------------------------------------------------


def test_the_schools_own_copy_is_a_draft_with_the_whole_annex(client_of, author, school, campaign):
    report = factories.make_report(school, campaign)
    document = factories.full_document(school, campaign.year)
    factories.write(report, document)
    response = client_of(author).get(reverse("author:preview_docx", args=[report.pk]))
    assert unquote(response["Content-Disposition"]).endswith(f"{document.title}（草稿）.docx")
    assert faults(response.content) == []
    assert [secret for secret in secrets(document) if secret not in texts(response.content)] == []
    header = docx.Document(io.BytesIO(response.content)).sections[0].header
    assert header.paragraphs[0].text == "草稿，未经审核，不得公开"


def test_an_empty_report_is_a_word_file_too(client_of, author, school, campaign):
    report = factories.make_report(school, campaign)
    response = client_of(author).get(reverse("author:preview_docx", args=[report.pk]))
    assert response.status_code == 200
    assert faults(response.content) == []


def test_the_reviewer_takes_what_was_handed_in(client_of, reviewer, school, campaign):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    handed_in = report.submissions.get().read()
    response = client_of(reviewer).get(reverse("review:docx", args=[report.pk]))
    assert response.content == word.render(handed_in, draft=True)
    assert unquote(response["Content-Disposition"]).endswith("（送审稿）.docx")


# --- The web page in one file -------------------------------------------------------------------------------


def page(**changes) -> str:
    document = factories.full_document(**changes).public()
    return web_file.render(document, ADDRESS, "2023年11月17日").decode()


def test_it_is_well_formed_and_says_its_language_and_title():
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(page())
    assert root.get("lang") == "zh-CN"
    assert root.findtext("head/title") == factories.full_document().title
    assert len(list(root.iter("h1"))) == 1
    assert [element.text for element in root.iter("h2")][:2] == ["一、概述", "二、主动公开情况"]


def test_it_holds_no_script_and_loads_nothing():
    body = '<p onclick="alert(1)">甲</p><script>alert(1)</script><p><img src="https://example.com/a.png">乙</p>'
    root = html5lib.parse(page(sections__other__body=body), namespaceHTMLElements=False)
    elements = list(root.iter())
    assert {element.tag for element in elements} & {
        "script",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
    } == set()
    assert [element.get("rel") for element in root.iter("link")] == ["canonical"]
    assert [name for element in elements for name in element.attrib if name.startswith("on") or name == "src"] == []
    [style] = root.iter("style")
    assert not re.search(r"url\(|@import|@font-face|</", style.text)


def test_text_cannot_leave_its_place():
    text = page(title="甲</title><script>1</script>", sections__other__body="<p>&lt;/style&gt;&lt;script&gt;</p>")
    assert "<script" not in text
    assert text.count("</style>") == 1


def test_it_has_the_figures():
    text = page()
    for word_of_it in ("官方微信公众号", "820", "满意率", "97.5", "收到和处理信息公开申请情况"):
        assert word_of_it in text


@pytest.mark.skipif(shutil.which("java") is None or not NU.exists(), reason="needs Java, and vnu-jar from npm")
def test_the_nu_checker_finds_nothing(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(page(), encoding="utf-8")
    done = subprocess.run(["java", "-jar", NU, path], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
