"""What everyone may read. Reads publications alone, touches no session, and answers alike to every visitor."""

import hashlib
import json
import re
from functools import cache, wraps
from pathlib import Path

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from disclosure import health, search
from disclosure.enums import MANDATED
from disclosure.models import Publication, Withdrawal
from disclosure.rendering import web_file
from disclosure.rendering.version import RENDERER_VERSION
from disclosure.richtext import to_text
from disclosure.sitemaps import SITEMAPS
from disclosure.templatetags.report import section_heading
from disclosure.words import chinese_date
from schools.models import Province, School

REPORTS_A_PAGE = 20
SCHOOLS_A_PAGE = 150
# Long enough to carry a rush, short enough that a withdrawal is felt at once.
SECONDS_KEPT = 60
SECONDS_A_SITEMAP_IS_KEPT = 3600


@cache
def _look() -> str:
    """A fingerprint of the code and templates in use: after an update no browser keeps an old page."""
    root = Path(settings.BASE_DIR)
    files = [*sorted(root.glob("disclosure/**/*.py")), *sorted(root.glob("templates/**/*.html"))]
    digest = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _answer(request, shown, make):
    """304 where the visitor has what is shown already, else what ``make()`` makes; with caching headers.

    ``shown`` is everything the answer depends on, as a value whose ``repr`` tells two apart.
    """
    etag = f'"{hashlib.sha256(repr((_look(), shown)).encode()).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or make()
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    return response


def _row(publication: Publication) -> tuple:
    """What a list shows of a publication."""
    return publication.pk, publication.school.name, publication.school.slug, publication.school.province.name


@require_safe
def home(request):
    """Find a report by school, province and year."""
    query = search.Query.read(request.GET)
    page = Paginator(search.find(query), REPORTS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    provinces, years = list(search.provinces()), search.years()
    shown = (
        query,
        page.number,
        page.paginator.count,
        [_row(row) for row in rows],
        [(province.code, province.name) for province in provinces],
        years,
    )
    context = {"query": query, "page": page, "rows": rows, "provinces": provinces, "years": years}
    return _answer(request, shown, lambda: render(request, "public/home.html", context))


@require_safe
def schools(request):
    """Every school by province, and how many reports of it are public."""
    query = search.Query.read(request.GET)
    reports = Publication.objects.current().filter(school=OuterRef("pk")).order_by().values("school")
    listed = School.objects.select_related("province").annotate(
        report_count=Subquery(reports.annotate(count=Count("pk")).values("count"))
    )
    if query.province:
        listed = listed.filter(province__code=query.province)
    page = Paginator(listed.order_by("province__code", "slug"), SCHOOLS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    provinces = list(Province.objects.filter(schools__isnull=False).distinct().order_by("code"))
    shown = (
        query.province,
        page.number,
        page.paginator.count,
        [(row.slug, row.name, row.province.name, row.report_count) for row in rows],
        [(province.code, province.name) for province in provinces],
    )
    context = {"query": query, "page": page, "rows": rows, "provinces": provinces}
    return _answer(request, shown, lambda: render(request, "public/schools.html", context))


@require_safe
def school(request, slug):
    """One school and all its years."""
    school = get_object_or_404(School.objects.select_related("province"), slug=slug)
    versions = list(school.publications.select_related("withdrawal").defer("document").order_by("-year", "-number"))
    newest = {version.year: version for version in reversed(versions)}
    rows = [(newest[year], _own_withdrawal(newest[year])) for year in sorted(newest, reverse=True)]
    shown = (school.name, school.city, school.province.name, [(row.pk, bool(gone)) for row, gone in rows])
    context = {"school": school, "rows": rows, "canonical": settings.SITE_URL + school.get_absolute_url()}
    return _answer(request, shown, lambda: render(request, "public/school.html", context))


def _own_withdrawal(publication: Publication) -> Withdrawal | None:
    return getattr(publication, "withdrawal", None)


def _versions(slug: str, year: int) -> list[Publication]:
    """All versions at one address, newest first, without their documents; 404 where there is none."""
    versions = list(Publication.objects.at(slug, year).defer("document"))
    if not versions:
        raise Http404("这个地址没有公开的报告。")
    return versions


def _version(versions: list[Publication], number: int | None) -> Publication:
    """The newest version, or the one with ``number``."""
    if number is None:
        return versions[0]
    version = next((version for version in versions if version.number == number), None)
    if version is None:
        raise Http404("这个地址没有公开的报告。")
    return version


def _withdrawal(versions: list[Publication], version: Publication):
    """Why ``version`` may not be read now: its own withdrawal or that of the newest; None where it may."""
    return _own_withdrawal(version) or _own_withdrawal(versions[0])


def _shown(versions: list[Publication], version: Publication) -> tuple:
    return version.pk, version.sha256, [(one.pk, bool(_own_withdrawal(one)), one.change_note) for one in versions]


def _gone(request, versions, version):
    """That ``version`` was taken down, and where the report is read now, if it was published again."""
    school = version.school
    context = {
        "publication": version,
        "school": school,
        "withdrawal": _withdrawal(versions, version),
        "newest_url": "" if _own_withdrawal(versions[0]) else _address("report", versions[0], True),
    }
    shown = (_shown(versions, version), school.name, school.province.name, school.province.office)
    return _answer(request, shown, lambda: render(request, "410.html", context, status=410))


def _file_name(version: Publication, suffix: str) -> str:
    """The report's title as the name of a file; what no header may hold, a line break above all, becomes a blank."""
    title = re.sub(r"[\x00-\x1f\x7f]", " ", version.title)
    return f"{' '.join(title.split())}.{suffix}"


def _address(name: str, version: Publication, is_newest: bool) -> str:
    """The path of ``name`` (report, pdf, docx, html, json) for the newest version, or for an older one by its number."""
    if is_newest:
        return reverse(f"public:{name}", args=[version.school.slug, version.year])
    name = "version" if name == "report" else f"version_{name}"
    return reverse(f"public:{name}", args=[version.school.slug, version.year, version.number])


@require_safe
def report(request, slug, year, number=None):
    """One report to read; with ``number`` one version of it."""
    versions = _versions(slug, year)
    version = _version(versions, number)
    if _withdrawal(versions, version):
        return _gone(request, versions, version)
    return _answer(request, (number, _shown(versions, version)), lambda: _page(request, versions, version))


def _page(request, versions, version):
    document = version.read()
    is_newest = version is versions[0]
    context = {
        "document": document,
        "publication": version,
        "is_newest": is_newest,
        "newest_url": _address("report", versions[0], True),
        "pdf_url": _address("pdf", version, is_newest),
        "docx_url": _address("docx", version, is_newest),
        "html_url": _address("html", version, is_newest),
        "json_url": _address("json", version, is_newest),
        "canonical": settings.SITE_URL + _address("report", versions[0], True),
        "site_url": settings.SITE_URL,
        "description": truncatechars(_description(document), 120),
        "contents": [(key.value, section_heading(document, key), document.sections[key].is_absent) for key in MANDATED],
        "has_contacts": any(not contact.is_empty for contact in document.contacts),
        "versions": [
            {
                "version": one,
                "is_shown": one is version,
                "is_withdrawn": bool(_own_withdrawal(one)),
                "url": _address("report", one, one is versions[0]),
            }
            for one in versions
        ],
    }
    return render(request, "public/report.html", context)


def _description(document) -> str:
    """The report's own first words, for search engines and where a link to it is shown."""
    texts = (to_text(html).strip() for html in (document.preamble, document.sections.overview.body))
    return next((" ".join(text.split()) for text in texts if text), document.title)


def _file_of_a_version(view):
    """Give ``view`` the version that an address names and whether it is the newest; 410 where it was withdrawn."""

    @wraps(view)
    def find(request, slug, year, number=None):
        versions = _versions(slug, year)
        version = _version(versions, number)
        if _withdrawal(versions, version):
            return _gone(request, versions, version)
        return view(request, version, version is versions[0])

    return find


@require_safe
@_file_of_a_version
def report_json(request, version, is_newest):
    """One report as data, in the interchange form."""
    return _answer(request, ("json", version.pk, version.sha256), lambda: _data_file(version))


def _data_file(version):
    data = version.read().to_json()
    # Not even as empty fields: who reads the file shall not wonder whether a number was left out by mistake.
    del data["notes"]
    for contact in data["contacts"]:
        del contact["mobile"]
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, _file_name(version, "json"))
    return response


@require_safe
@_file_of_a_version
def report_pdf(request, version, is_newest):
    """One report as a PDF."""
    shown = ("pdf", version.pk, version.sha256, RENDERER_VERSION)
    return _answer(request, shown, lambda: _pdf_file(version))


def _pdf_file(version):
    from disclosure.rendering.store import pdf_for  # WeasyPrint takes a second to load

    response = HttpResponse(pdf_for(version), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, _file_name(version, "pdf"))
    return response


@require_safe
@_file_of_a_version
def report_docx(request, version, is_newest):
    """One report as a Word file."""
    shown = ("docx", version.pk, version.sha256, RENDERER_VERSION)
    return _answer(request, shown, lambda: _word_file(version))


def _word_file(version):
    # Here, not above: with the PDF's renderer it is what half of the visitors never ask for.
    from disclosure.rendering.store import word_for
    from disclosure.rendering.word import CONTENT_TYPE

    response = HttpResponse(word_for(version), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, _file_name(version, "docx"))
    return response


@require_safe
@_file_of_a_version
def report_html(request, version, is_newest):
    """One report as a web page in one file, to be put on another site."""
    address = settings.SITE_URL + _address("report", version, is_newest)
    shown = ("html", version.pk, version.sha256, RENDERER_VERSION, address)
    return _answer(request, shown, lambda: _web_file(version, address))


def _web_file(version, address):
    content = web_file.render(version.read().public(), address, chinese_date(timezone.localtime(version.published_at)))
    # To be kept, never shown from here: our own policy allows no style in a page.
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, _file_name(version, "html"))
    return response


@require_safe
def robots(request):
    """What search engines may read: the public side."""
    context = {"sitemap": settings.SITE_URL + reverse("public:sitemap")}
    content_type = "text/plain; charset=utf-8"
    return _answer(request, context, lambda: render(request, "public/robots.txt", context, content_type=content_type))


@cache_control(public=True, max_age=SECONDS_A_SITEMAP_IS_KEPT)
@require_safe
def sitemap(request):
    """Where the parts of the sitemap are."""
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="public:sitemap_part")


@cache_control(public=True, max_age=SECONDS_A_SITEMAP_IS_KEPT)
@require_safe
def sitemap_part(request, section):
    """One part of the sitemap, in pages."""
    return sitemap_views.sitemap(request, SITEMAPS, section)


@never_cache
@require_safe
def healthz(request):
    """Whether the portal can take a save: 200, or 503 with what is not well, a line each."""
    problems = health.problems()
    text = "".join(f"{line}\n" for line in problems or ["正常"])
    return HttpResponse(text, status=503 if problems else 200, content_type="text/plain; charset=utf-8")
