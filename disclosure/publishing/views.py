"""What everyone may read. Reads publications alone, touches no session, and answers alike to every visitor."""

import json
import re
from functools import wraps
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.defaultfilters import truncatechars
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from disclosure import health
from disclosure.chinese.dates import chinese_date
from disclosure.models import Publication
from disclosure.publishing import conditional, search
from disclosure.publishing.kept_files import Busy, pdf_for, word_for
from disclosure.publishing.rendering import web_file
from disclosure.publishing.sitemaps import SITEMAPS
from disclosure.publishing.tags import section_heading
from disclosure.report.enums import MANDATED
from disclosure.richtext import to_text
from schools.models import Province, School
from schools.paging import page_of

REPORTS_A_PAGE = 20
SCHOOLS_A_PAGE = 150
SECONDS_A_SITEMAP_IS_KEPT = 3600


def read_only(view):
    """A view of a page that is read and never sent to: 405 for all else.

    Exempt from CSRF, for there is nothing to protect; else whoever sent something would be told of a page that is too
    old.
    """
    return csrf_exempt(require_safe(view))


@read_only
def home(request):
    """Find a report by school, province and year."""
    query = search.Query.read(request.GET)
    page = page_of(request, search.find(query), REPORTS_A_PAGE)
    context = {"query": query, "page": page, "provinces": search.provinces(), "years": search.years()}
    return conditional.page(request, "public/home.html", context)


@read_only
def schools(request):
    """Every school by province, and how many reports of it are public."""
    query = search.Query.read(request.GET)
    reports = Publication.objects.current().filter(school=OuterRef("pk")).order_by().values("school")
    listed = School.objects.select_related("province").annotate(
        report_count=Subquery(reports.annotate(count=Count("pk")).values("count"))
    )
    if query.province:
        listed = listed.filter(province__code=query.province)
    page = page_of(request, listed.order_by("province__code", "slug"), SCHOOLS_A_PAGE)
    provinces = Province.objects.filter(schools__isnull=False).distinct().order_by("code")
    context = {"query": query, "page": page, "provinces": provinces}
    return conditional.page(request, "public/schools.html", context)


@read_only
def school(request, slug):
    """One school and all its years."""
    school = get_object_or_404(School.objects.select_related("province"), slug=slug)
    versions = school.publications.select_related("withdrawal").defer("document").order_by("-year", "-number")
    newest = [next(of_a_year) for _, of_a_year in groupby(versions, key=attrgetter("year"))]
    context = {"school": school, "rows": newest, "canonical": settings.SITE_URL + school.get_absolute_url()}
    return conditional.page(request, "public/school.html", context)


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
    return version.own_withdrawal or versions[0].own_withdrawal


def _gone(request, versions, version):
    """That ``version`` was taken down, and where the report is read now, if another version is public."""
    newest = versions[0]
    context = {
        "publication": version,
        "newest": newest,
        "school": version.school,
        "withdrawal": _withdrawal(versions, version),
        "is_one_version": version is not newest and version.own_withdrawal is not None,
        "newest_url": _address("report", newest, True),
    }
    return conditional.page(request, "410.html", context, status=410)


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


@read_only
def report(request, slug, year, number=None):
    """One report to read; with ``number`` one version of it."""
    versions = _versions(slug, year)
    version = _version(versions, number)
    if _withdrawal(versions, version):
        return _gone(request, versions, version)
    is_newest = version is versions[0]
    context = {
        "publication": version,
        "is_newest": is_newest,
        "newest_url": _address("report", versions[0], True),
        "pdf_url": _address("pdf", version, is_newest),
        "docx_url": _address("docx", version, is_newest),
        "html_url": _address("html", version, is_newest),
        "json_url": _address("json", version, is_newest),
        "canonical": settings.SITE_URL + _address("report", versions[0], True),
        "site_url": settings.SITE_URL,
        "versions": [
            {"version": one, "is_shown": one is version, "url": _address("report", one, one is versions[0])}
            for one in versions
        ],
    }
    return conditional.page(request, "public/report.html", context, derive=_read)


def _read(context: dict) -> dict:
    """What the page says of the document. It is read late: the publication's hash stands for it in the ETag."""
    document = context["publication"].read()
    return {
        "document": document,
        "description": truncatechars(_description(document), 120),
        "contents": [(key.value, section_heading(document, key), document.sections[key].is_absent) for key in MANDATED],
        "has_contacts": any(not contact.is_empty for contact in document.contacts),
    }


def _description(document) -> str:
    """The report's own first words, for search engines and where a link to it is shown."""
    texts = (to_text(html).strip() for html in (document.preamble, document.sections.overview.body))
    return next((" ".join(text.split()) for text in texts if text), document.title)


def _file_of_a_version(view):
    """Give ``view`` the version that an address names and whether it is the newest; 410 where it was withdrawn, 503
    where its file can be neither fetched nor made just now.
    """

    @wraps(view)
    def find(request, slug, year, number=None):
        versions = _versions(slug, year)
        version = _version(versions, number)
        if _withdrawal(versions, version):
            return _gone(request, versions, version)
        is_newest = version is versions[0]
        try:
            return view(request, version, is_newest)
        except Busy:
            return _try_again(request, version, is_newest)

    return find


def _try_again(request, version, is_newest):
    """That a file cannot be had just now; the page of the report can."""
    context = {
        "publication": version,
        "school": version.school,
        "address": _address("report", version, is_newest),
        "seconds": settings.STORAGE_PAUSE,
    }
    response = HttpResponse(render_to_string("public/file_unavailable.html", context, request), status=503)
    response["Retry-After"] = str(settings.STORAGE_PAUSE)
    add_never_cache_headers(response)
    return response


@read_only
@_file_of_a_version
def report_json(request, version, is_newest):
    """One report as data, in the interchange form."""
    return conditional.answer(request, _data_file, version)


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


@read_only
@_file_of_a_version
def report_pdf(request, version, is_newest):
    """One report as a PDF."""
    return conditional.answer(request, _pdf_file, version)


def _pdf_file(version):
    response = HttpResponse(pdf_for(version), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, _file_name(version, "pdf"))
    return response


@read_only
@_file_of_a_version
def report_docx(request, version, is_newest):
    """One report as a Word file."""
    return conditional.answer(request, _word_file, version)


def _word_file(version):
    from disclosure.publishing.rendering.word import (
        CONTENT_TYPE,  # python-docx is what half of the visitors never ask for
    )

    response = HttpResponse(word_for(version), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, _file_name(version, "docx"))
    return response


@read_only
@_file_of_a_version
def report_html(request, version, is_newest):
    """One report as a web page in one file, to be put on another site."""
    address = settings.SITE_URL + _address("report", version, is_newest)
    return conditional.answer(request, _web_file, version, address)


def _web_file(version, address):
    content = web_file.render(version.read().public(), address, chinese_date(timezone.localtime(version.published_at)))
    # To be kept, never shown from here: our own policy allows no style in a page.
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, _file_name(version, "html"))
    return response


@read_only
def robots(request):
    """What search engines may read: the public side."""
    context = {"sitemap": settings.SITE_URL + reverse("public:sitemap")}
    return conditional.page(request, "public/robots.txt", context, content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=SECONDS_A_SITEMAP_IS_KEPT)
@read_only
def sitemap(request):
    """Where the parts of the sitemap are."""
    return sitemap_views.index(request, SITEMAPS, sitemap_url_name="public:sitemap_part")


@cache_control(public=True, max_age=SECONDS_A_SITEMAP_IS_KEPT)
@read_only
def sitemap_part(request, section):
    """One part of the sitemap, in pages."""
    return sitemap_views.sitemap(request, SITEMAPS, section)


@never_cache
@read_only
def healthz(request):
    """Whether the portal can take a save: 200, or 503 with what is not well, a line each."""
    problems = health.problems()
    text = "".join(f"{line}\n" for line in problems or ["正常"])
    return HttpResponse(text, status=503 if problems else 200, content_type="text/plain; charset=utf-8")
