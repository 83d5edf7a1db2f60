"""The public side: what a visitor finds and reads, what stays private, and what a cache is told."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosure.models import Publication, Withdrawal
from disclosure.publishing import urls
from disclosure.report.document import Document
from schools.models import School
from tests import factories

MOBILE = "13800000000"  # an obviously made-up number of the form that must never show
PERSONAL_MAIL = "someone@qq.com"


def make_document(school, year=2023, **values) -> Document:
    """A complete invented report, everything private included."""
    return Document.model_validate(
        {
            "schema": "disclosure-report/1",
            "province": {
                "code": school.province.code,
                "name": school.province.name,
                "office": school.province.office,
            },
            "school": {"slug": school.slug, "name": school.name},
            "year": year,
            "label": f"{year - 1}-{year}学年度",
            "period": {"start": f"{year - 1}-09-01", "end": f"{year}-08-31"},
            "title": f"{school.name}{year - 1}-{year}学年度信息公开工作报告",
            "addressee": school.province.office,
            "preamble": f"<p>现将本校信息公开工作报告如下，联系手机 {MOBILE}。</p>",
            "sections": {
                "overview": {"heading": "一、概述", "body": "<p>全年信息公开工作平稳有序。</p>", "figures": {}}
            },
            "contacts": [
                {
                    "role": "liaison",
                    "name": "林联络",
                    "position": "党政办科员",
                    "office_phone": "0000-0000001",
                    "mobile": MOBILE,
                    "email": PERSONAL_MAIL,
                }
            ],
            "signature": {"organisation": school.name, "date": f"{year}-11-17"},
            "notes": "来源备注",
        }
        | values
    )


def publish(school, year=2023, number=1, change_note="", published_at=None, **values) -> Publication:
    """The publication of ``make_document``, as the workflow freezes it."""
    document = make_document(school, year, **values).public()
    return Publication.objects.create(
        school=school,
        year=year,
        number=number,
        title=document.title,
        label=document.label,
        document=document.to_json(),
        sha256=document.hash,
        change_note=change_note,
        published_at=published_at or timezone.now() - timedelta(days=100 - number),
    )


def withdraw(publication, reason="附件中误列了个人信息") -> Withdrawal:
    return Withdrawal.objects.create(publication=publication, reason=reason, withdrawn_by_name="严审核")


def titles(response) -> list[str]:
    return [row.title for row in response.context["page"].object_list]


def count_queries(client, path) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


# --- Finding ------------------------------------------------------------------------------------------------


def published_in_turn(school, second_school):
    """A report of 2023, and one of 2021 that was loaded after it."""
    first = publish(school, 2023)
    return first, publish(second_school, 2021, published_at=first.published_at + timedelta(days=1))


def test_the_home_page_lists_what_was_published_last_first(client, school, second_school):
    first, last = published_in_turn(school, second_school)
    assert titles(client.get("/")) == [last.title, first.title]
    assert "<h2>最近公开的报告</h2>" in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/?province=91", "/?q=甲省"])
def test_what_was_looked_for_stands_by_year_and_says_so(path, client, school, second_school):
    first, last = published_in_turn(school, second_school)
    assert titles(client.get(path)) == [first.title, last.title]
    assert "<h2>查询结果</h2>\n<p>共 2 份报告，按年份由近及远" in client.get(path).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=明德",
        "q=mingde",
        "q=jiashengmingde",
        "q=MINGDE+2023",
        "q=明德&year=2023",
        "q=明德&province=91",
        "q=%20明德%20",
        "q=mingde-xueyuan",
    ],
)
def test_a_school_is_found_by_name_pinyin_year_and_province(client, school, other_school, query):
    wanted = publish(school, 2023)
    publish(other_school, 2022)
    assert titles(client.get(f"/?{query}")) == [wanted.title]


def test_a_word_of_the_query_that_does_not_fit_excludes_a_report(client, school):
    publish(school, 2023)
    response = client.get("/?q=明德+2019")
    assert titles(response) == []
    assert "没有找到符合条件的报告" in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%25_%27%22%3Cscript%3E",
        "province=%00&year=abc",
        "province=999&year=99999999999999999999",
        "year=-1",
        "page=-3",
        "page=abc",
        "page=99999999999999999999",
        "q=-&province=' OR 1=1 --",
    ],
)
def test_a_hostile_query_string_is_answered_with_a_page(client, school, query):
    publish(school)
    response = client.get(f"/?{query}")
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_words_that_are_too_many_are_refused_beside_their_field_and_stay_there(client, school):
    publish(school)
    words = "明德" + "长" * 59
    response = client.get("/", {"q": words})
    page = response.content.decode()
    assert titles(response) == []
    assert '<p class="invalid-feedback d-block" id="q_error">最多 60 个字，您输入了 61 个字。' in page
    assert f'value="{words}"' in page
    assert 'aria-invalid="true" aria-describedby="q_error"' in page
    assert "没有找到符合条件的报告" not in page


def test_words_of_the_greatest_length_are_looked_for(client, school):
    publish(school)
    response = client.get("/", {"q": "明德 " * 20})
    assert (len(titles(response)), "q_error" in response.content.decode()) == (1, False)


def test_turning_pages_keeps_the_query(client, school):
    for year in range(2011, 2035):
        publish(school, year)
    assert 'href="?q=%E6%98%8E%E5%BE%B7&amp;page=2"' in client.get("/?q=明德").content.decode()


def test_the_list_of_schools_counts_what_is_public_now(client, school, second_school):
    publish(school, 2022)
    publish(school, 2023)
    publish(school, 2023, 2, "更正件数")
    withdraw(publish(school, 2021))
    rows = client.get("/schools/").context["page"].object_list
    assert [(row.name, row.report_count) for row in rows] == [(school.name, 2), (second_school.name, None)]


def test_a_school_page_shows_the_newest_version_of_each_year(client, school):
    publish(school, 2022)
    publish(school, 2023)
    newest = publish(school, 2023, 2, "更正件数")
    rows = client.get(f"/schools/{school.slug}/").context["rows"]
    assert [(row.year, row.number, row.own_withdrawal) for row in rows] == [(2023, 2, None), (2022, 1, None)]
    assert rows[0] == newest


def test_a_school_without_reports_has_a_page_that_says_so(client, school):
    assert "这所学校还没有公开的报告" in client.get(f"/schools/{school.slug}/").content.decode()


@pytest.mark.parametrize("path", ["/schools/nobody/", "/schools/nobody/2023/", "/nothing/"])
def test_an_unknown_address_answers_404_with_a_page_of_our_own(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "没有找到这个页面" in response.content.decode()


@pytest.mark.parametrize("tail", ["2022/", "2023/v2/", "2023/v0/", "99999999999999999999/", "2023/v2/report.json"])
def test_a_year_or_version_that_does_not_exist_answers_404(client, school, tail):
    publish(school, 2023)
    assert client.get(f"/schools/{school.slug}/{tail}").status_code == 404


# --- Reading ------------------------------------------------------------------------------------------------


def test_a_report_says_where_it_lives_and_what_it_is(client, school, settings):
    publication = publish(school)
    page = client.get(f"/schools/{school.slug}/2023/").content.decode()
    address = f"{settings.SITE_URL}/schools/{school.slug}/2023/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert f'<meta name="citation_title" content="{publication.title}">' in page
    assert f'<meta name="citation_pdf_url" content="{address}report.pdf">' in page


def test_an_older_version_stays_readable_and_points_to_the_current_one(client, school):
    publish(school, 2023)
    publish(school, 2023, 2, "收到申请由 11 件更正为 12 件")
    current = client.get(f"/schools/{school.slug}/2023/").content.decode()
    older = client.get(f"/schools/{school.slug}/2023/v1/").content.decode()
    assert "收到申请由 11 件更正为 12 件" in current
    assert f'href="/schools/{school.slug}/2023/v1/"' in current
    assert "这不是现行版本" in older
    assert f'/schools/{school.slug}/2023/">阅读现行版本</a>' in older


@pytest.mark.parametrize(
    "tail",
    [
        at + name
        for at in ("", "v1/", "v2/")
        for name in ("", "report.json", "report.pdf", "report.docx", "report.html")
    ],
)
def test_a_withdrawn_report_answers_410_with_the_reason_at_all_its_addresses(client, school, tail):
    publish(school, 2023)
    withdraw(publish(school, 2023, 2, "更正件数"), "误列了个人信息，正在更正")
    response = client.get(f"/schools/{school.slug}/2023/{tail}")
    assert response.status_code == 410
    assert "误列了个人信息，正在更正" in response.content.decode()
    assert "全年信息公开工作平稳有序" not in response.content.decode()


def test_a_report_published_again_after_a_withdrawal_is_readable_and_its_withdrawn_version_is_not(client, school):
    withdraw(publish(school, 2023))
    publish(school, 2023, 2, "删去个人信息")
    assert client.get(f"/schools/{school.slug}/2023/").status_code == 200
    gone = client.get(f"/schools/{school.slug}/2023/v1/")
    assert gone.status_code == 410
    assert f'请阅读<a href="/schools/{school.slug}/2023/">现行版本</a>' in gone.content.decode()
    assert "报告重新公开后" not in gone.content.decode()


FILES = ("report.json", "report.pdf", "report.docx", "report.html")


@pytest.mark.parametrize("tail", ["", *FILES])
def test_an_older_version_withdrawn_alone_answers_410_and_the_newest_stays(client, school, tail):
    withdraw(publish(school, 2023, title="附件写有电话的报告"), "附件误列了移动电话")
    publish(school, 2023, 2, "更正件数")
    address = f"/schools/{school.slug}/2023/"
    gone = client.get(f"{address}v1/{tail}")
    page = gone.content.decode()
    assert gone.status_code == 410
    assert "撤回了这份报告的第 1 版，这一版现在不能阅读和下载。" in page
    assert "<p>撤回原因：附件误列了移动电话</p>" in page
    assert f'这份报告仍然公开，请阅读<a href="{address}">现行版本</a>。' in page
    assert "附件写有电话的报告" not in page
    assert client.get(f"{address}{tail}").status_code == 200
    assert client.get(f"{address}v2/{tail}").status_code == 200


def test_the_page_lists_the_withdrawn_version_with_the_reason_and_leads_nowhere(client, school):
    publish(school, 2023)
    withdraw(publish(school, 2023, 2, "更正附件中张三的联系方式"), "更正说明误列了姓名")
    publish(school, 2023, 3, "更正件数")
    page = client.get(f"/schools/{school.slug}/2023/").content.decode()
    assert "第 2 版（已撤回公开）" in page
    assert "撤回公开，原因：更正说明误列了姓名" in page
    assert "张三" not in page
    assert "2023/v2/" not in page
    assert "2023/v1/" in page


def test_an_older_version_that_was_withdrawn_alone_changes_no_list(client, school):
    withdraw(publish(school, 2023))
    newest = publish(school, 2023, 2, "更正件数")
    assert titles(client.get("/")) == [newest.title]
    assert client.get("/schools/").context["page"].object_list[0].report_count == 1
    assert [row.own_withdrawal for row in client.get(f"/schools/{school.slug}/").context["rows"]] == [None]
    assert locations(client.get("/sitemap-reports.xml")) == [f"/schools/{school.slug}/2023/"]


@pytest.mark.parametrize("tail", ["v1/", *(f"v1/{file}" for file in FILES)])
def test_a_version_withdrawn_alone_says_so_when_the_report_is_withdrawn_as_well(client, school, tail):
    withdraw(publish(school, 2023), "附件误列了移动电话")
    withdraw(publish(school, 2023, 2, "更正件数"), "数据有误")
    page = client.get(f"/schools/{school.slug}/2023/{tail}").content.decode()
    assert "<p>撤回原因：附件误列了移动电话</p>" in page
    assert f'报告重新公开后，仍在<a href="/schools/{school.slug}/2023/">原来的网址</a>阅读。' in page


def test_the_page_of_a_withdrawn_report_follows_the_name_of_the_school(client, school):
    withdraw(publish(school))
    etag = client.get(f"/schools/{school.slug}/2023/")["ETag"]
    School.objects.filter(pk=school.pk).update(name="改了名的大学")
    answer = client.get(f"/schools/{school.slug}/2023/", headers={"If-None-Match": etag})
    assert answer.status_code == 410
    assert "改了名的大学" in answer.content.decode()


def test_a_withdrawn_report_is_not_in_the_search(client, school):
    withdraw(publish(school))
    assert titles(client.get("/")) == []


@pytest.mark.parametrize("tail", ["", "v1/", "report.json", "v1/report.json", "report.html", "v1/report.html"])
def test_nothing_private_is_public(client, school, tail):
    publish(school)
    text = client.get(f"/schools/{school.slug}/2023/{tail}").content.decode()
    assert "林联络" in text
    assert "0000-0000001" in text
    for private in (MOBILE, PERSONAL_MAIL, "mobile", "移动电话", "来源备注"):
        assert private not in text


def test_the_data_file_is_the_interchange_form_and_reads_back_as_the_same_document(client, school):
    publication = publish(school)
    response = client.get(f"/schools/{school.slug}/2023/report.json")
    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    data = json.loads(response.content)
    assert Document.model_validate(data).hash == publication.sha256
    # What is private is not there even as an empty field.
    assert "notes" not in data
    assert [contact["name"] for contact in data["contacts"] if "mobile" in contact] == []
    assert publication.title in response.content.decode()


# --- Caches -------------------------------------------------------------------------------------------------


PUBLIC_PATHS = [
    "/",
    "/schools/",
    "/schools/{slug}/",
    "/schools/{slug}/2023/",
    "/schools/{slug}/2023/report.json",
    "/schools/{slug}/2023/report.docx",
    "/schools/{slug}/2023/report.html",
    "/schools/{slug}/2023/v1/report.docx",
    "/schools/{slug}/2023/v1/report.html",
]


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_an_answer_is_the_same_for_everyone_and_a_cache_may_keep_it(client_of, author, reviewer, school, path):
    publish(school)
    path = path.format(slug=school.slug)
    answers = [client_of(persona).get(path) for persona in (None, author, reviewer)]
    assert len({answer.content for answer in answers}) == 1
    for answer in answers:
        assert answer["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_what_the_visitor_has_is_answered_with_304(client, school, path):
    publish(school)
    path = path.format(slug=school.slug)
    etag = client.get(path)["ETag"]
    answer = client.get(path, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", etag)


@pytest.mark.parametrize("name", sorted(pattern.name for pattern in urls.urlpatterns))
def test_every_public_answer_has_an_etag_but_those_that_ask_anew_each_time(client, school, name):
    publish(school)
    values = {"slug": school.slug, "year": 2023, "number": 1, "section": "reports"}
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    path = reverse(f"public:{name}", kwargs={key: values[key] for key in pattern.pattern.converters})
    assert client.get(path).has_header("ETag") == (name not in ("healthz", "sitemap", "sitemap_part"))


@pytest.mark.parametrize("path", ["/", "/schools/", "/schools/{slug}/", "/schools/{slug}/2023/"])
def test_a_withdrawal_makes_every_kept_page_stale(client, school, path):
    publication = publish(school)
    path = path.format(slug=school.slug)
    etag = client.get(path)["ETag"]
    withdraw(publication)
    answer = client.get(path, headers={"If-None-Match": etag})
    assert answer.status_code in (200, 410)
    assert answer["ETag"] != etag


def test_the_current_address_and_the_version_address_are_told_apart(client, school):
    publish(school)
    address = f"/schools/{school.slug}/2023/"
    assert client.get(address)["ETag"] != client.get(f"{address}v1/")["ETag"]


@pytest.mark.parametrize(
    "path", ["/", "/schools/", "/schools/{slug}/", "/schools/{slug}/2023/", "/robots.txt", "/sitemap.xml", "/healthz"]
)
def test_public_pages_only_read(client, school, path):
    publish(school)
    assert client.post(path.format(slug=school.slug)).status_code == 405


# --- Queries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/", 6), ("/?q=明德&year=2023", 6), ("/schools/", 3)])
def test_a_list_asks_the_database_equally_often_for_one_row_and_for_three(client, province, path, queries, rows):
    for number in range(rows):
        publish(factories.make_school(province, f"明德第{number}学院"), 2023)
    assert count_queries(client, path) == queries


@pytest.mark.parametrize("years", [1, 3])
def test_a_school_page_takes_two_queries(client, school, years):
    for year in range(years):
        publish(school, 2020 + year)
    assert count_queries(client, f"/schools/{school.slug}/") == 2


@pytest.mark.parametrize("versions", [1, 3])
def test_a_report_page_takes_two_queries_and_a_304_one(client, school, versions):
    for number in range(1, versions + 1):
        publish(school, 2023, number, "更正" if number > 1 else "")
    address = f"/schools/{school.slug}/2023/"
    assert count_queries(client, address) == 2
    etag = client.get(address)["ETag"]
    with CaptureQueriesContext(connection) as queries:
        client.get(address, headers={"If-None-Match": etag})
    assert len(queries) == 1


# --- Search engines -----------------------------------------------------------------------------------------


def test_search_engines_are_kept_to_the_public_side(client, settings):
    settings.SITE_URL = "https://xxgk.example.edu.cn"
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        *(f"Disallow: /{room}/" for room in ("accounts", "desk", "operator", "province", "review")),
        "",
        "Sitemap: https://xxgk.example.edu.cn/sitemap.xml",
    ]


def locations(response) -> list[str]:
    """The addresses that a sitemap names, without the server."""
    assert response["Content-Type"] == "application/xml"
    return [one.removeprefix("http://testserver") for one in re.findall(r"<loc>(.*?)</loc>", response.content.decode())]


def test_the_sitemap_names_what_is_public_now(client, school, second_school):
    publish(school, 2022)
    publish(school, 2023)
    publish(school, 2023, 2, "更正")
    withdraw(publish(second_school, 2023))
    assert locations(client.get("/sitemap.xml")) == ["/sitemap-reports.xml", "/sitemap-schools.xml"]
    assert sorted(locations(client.get("/sitemap-reports.xml"))) == [
        f"/schools/{school.slug}/2022/",
        f"/schools/{school.slug}/2023/",
    ]
    assert sorted(locations(client.get("/sitemap-schools.xml"))) == [
        f"/schools/{school.slug}/",
        f"/schools/{second_school.slug}/",
    ]


@pytest.mark.parametrize("path", ["/sitemap-nothing.xml", "/sitemap-reports.xml?p=2", "/sitemap-reports.xml?p=x"])
def test_a_part_of_the_sitemap_that_does_not_exist_is_not_found(client, school, path):
    publish(school)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("path", "queries"), [("/sitemap.xml", 3), ("/sitemap-reports.xml", 2), ("/sitemap-schools.xml", 2)]
)
def test_a_sitemap_asks_the_database_equally_often_for_one_row_and_for_three(client, province, path, queries, rows):
    for number in range(rows):
        publish(factories.make_school(province, f"明德第{number}学院"), 2023)
    assert count_queries(client, path) == queries
