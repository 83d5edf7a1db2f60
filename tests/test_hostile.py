"""What nobody sends by filling in a form: no address fails on it, nothing is stored that cannot be read again.

Each of these once ended in the page for a fault of ours, on one of the two databases at least.
"""

import io
import time
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tablib import Dataset

from disclosure import checks
from disclosure.drafting.forms.parts import FORMS
from disclosure.drafting.loading import Unfit, load
from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Answer, Publication, Remark, Report, Withdrawal
from disclosure.models.assembly import assemble, complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import transitions
from schools.importing import SchoolResource
from schools.models import School
from tests import factories

# Python reads no number from a text of more than 4,300 digits.
FAR_TOO_LONG = "9" * 5000


def _save(client, actor, report, key, **changes):
    """Autosave part ``key`` as the page would, with ``changes`` to what it holds."""
    part = SECTIONS[key].of(complete(Report.objects.filter(pk=report.pk)).get())
    sent = FORMS[key].sent_for(part) | changes | {"base_version": part.version}
    return client.post(
        reverse("author:autosave", args=[report.pk, key]), sent, headers={"X-Writer": str(actor.user.pk)}
    )


@pytest.fixture
def draft(school, campaign, author):
    return factories.make_report(school, campaign)


# --- what is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (SectionKey.HEAD, "title"),
        (SectionKey.HEAD, "signature_date"),
        (SectionKey.OVERVIEW, "heading"),
        (SectionKey.OVERVIEW, "body"),
        (SectionKey.OVERVIEW, "training_staff"),
        (SectionKey.OVERVIEW, "rules-0-url"),
        (SectionKey.ON_REQUEST, "campus-received"),
        (SectionKey.EVALUATION, "methods"),
        (SectionKey.CONTACTS, "people-0-name"),
        (SectionKey.CONTACTS, "people-0-role"),
    ],
)
def test_a_nul_in_a_field_is_left_out_and_the_rest_saved(client_of, author, draft, key, name):
    answer = _save(client_of(author), author, draft, key, **{name: "近\x00两千"})
    assert answer.status_code == 200
    stored = SECTIONS[key].of(complete(Report.objects.filter(pk=draft.pk)).get())
    assert "近两千" in str(FORMS[key].sent_for(stored))


def test_a_nul_in_what_was_pasted_is_left_out(client_of, author, draft):
    client_of(author).post(reverse("author:import_new", args=[draft.pk]), {"pasted": "一、概述\n本学年平\x00稳。\x00"})
    assert [block["text"] for block in draft.imports.get().proposal["blocks"]] == ["一、概述", "本学年平稳。"]


def test_nothing_but_a_nul_is_nothing_pasted(client_of, author, draft):
    answer = client_of(author).post(reverse("author:import_new", args=[draft.pk]), {"pasted": "\x00"})
    assert (answer.status_code, "请先把报告的内容粘贴到这里。" in answer.text) == (400, True)


def test_a_nul_in_a_reason_is_left_out(author, reviewer, school, campaign):
    report = factories.make_report(school, campaign, Status.PUBLISHED)
    transitions.perform(Action.START_CORRECTION, report.pk, author, comment=" 更\x00正\r\n附件 ")
    report.refresh_from_db()
    assert report.correction_reason == "更正\n附件"


def test_a_nul_in_an_answer_is_left_out(client_of, author, school, campaign):
    report = factories.make_report(school, campaign, Status.RETURNED)
    remark = Remark.objects.get()
    client_of(author).post(reverse("author:answer_remark", args=[report.pk, remark.pk]), {"answer": "已\x00改"})
    remark.refresh_from_db()
    assert remark.answer == "已改"


def test_a_nul_in_what_is_said_to_a_finding_is_left_out(client_of, author, school, campaign):
    document = factories.full_document(school, confidentiality_review={"reviewer": "周保密", "date": None})
    report = factories.make_report(school, campaign, document=document)
    (error,) = judge(complete(Report.objects.filter(pk=report.pk)).get()).errors
    url = reverse("author:answer_finding", args=[report.pk, error.finding.key])
    sent = {"reason": "无\x00记录。", "over": "\x00", "alike": "\x00 x", "page": "\x00"}
    assert client_of(author).post(url, sent).status_code == 302
    assert Answer.objects.get().reason == "无记录。"


@pytest.mark.parametrize(
    ("key", "changes", "total"),
    [
        (SectionKey.PROACTIVE, {"total": "", "channels-0-count": "999999999"}, "total"),
        (SectionKey.COMPLAINTS, {"lawsuits": "", "lawsuits_upheld": "999999999", "lawsuits_other": "9"}, "lawsuits"),
        (SectionKey.ON_REQUEST, {"total-received": "", "campus-received": "999999999"}, "total-received"),
    ],
)
def test_a_sum_that_no_figure_can_hold_is_not_filled_in(client_of, author, draft, key, changes, total):
    client = client_of(author)
    assert _save(client, author, draft, key, **changes).status_code == 200
    report = complete(Report.objects.filter(pk=draft.pk)).get()
    assert assemble(report).sections[key].figures
    assert FORMS[key].sent_for(SECTIONS[key].of(report))[total] == ""
    assert client.get(reverse("author:home")).status_code == 200


# --- bodies that cannot be read ---------------------------------------------------------------------------------------

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("username=a", f"{FORM}; charset=utf-16", 400),
        ("username=a", f"{FORM}; charset=bogus", 400),
        ("&".join(f"a{number}=1" for number in range(5000)), FORM, 400),
        ("username=" + "a" * 6_000_000, FORM, 413),
        ("x", "multipart/form-data", 400),
        (b"username=%ff\xff&password=\xfe", FORM, 400),
        ("{}", "application/json", 400),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_body_that_cannot_be_read_is_refused_with_a_sentence(db, body, kind, status, accept):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = token = "a" * 32
    headers = {"X-CSRFToken": token, "Accept": accept}
    answer = client.generic("POST", "/accounts/login/", body, content_type=kind, headers=headers)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith(accept)


@pytest.mark.parametrize("suffix", ["pdf", "docx", "html", "json"])
def test_a_title_of_two_lines_is_the_name_of_a_file_all_the_same(client, school, campaign, suffix):
    document = factories.full_document(school, campaign.year, title="Report\r\nSet-Cookie: a\x01=b")
    factories.make_report(school, campaign, Status.PUBLISHED, document)
    answer = client.get(f"/schools/{school.slug}/{campaign.year}/report.{suffix}")
    assert answer.status_code == 200
    assert f'filename="Report Set-Cookie: a =b.{suffix}"' in answer["Content-Disposition"]


# --- addresses and numbers --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["99999999999999999999", FAR_TOO_LONG, "0"])
def test_a_number_no_database_holds_is_not_found(client_of, author, reviewer, province_admin, school, number):
    asked = [
        (None, f"/schools/{school.slug}/{number}/"),
        (None, f"/schools/{school.slug}/{number}/report.pdf"),
        (None, f"/schools/{school.slug}/2023/v{number}/"),
        (author, f"/desk/reports/{number}/"),
        (author, f"/desk/reports/{number}/head/"),
        (reviewer, f"/review/reports/{number}/"),
        (province_admin, f"/province/schools/{number}/"),
        (province_admin, f"/province/campaigns/{number}/"),
        (province_admin, f"/province/campaigns/{number}/rules/"),
        (author, f"/desk/reports/{number}/findings/{number}/answer/"),
    ]
    assert [client_of(who).get(path).status_code for who, path in asked] == [404] * len(asked)


@pytest.mark.parametrize("asked", ["at__year=2147483648", "at__year=2023&at__month=99", "at__year=x"])
def test_a_year_no_calendar_has_is_a_wrong_address_in_the_admin_too(client_of, operator, asked):
    answer = client_of(operator).get(f"/operator/schools/event/?{asked}")
    assert (answer.status_code, answer["Location"]) == (302, "/operator/schools/event/?e=1")


@pytest.mark.parametrize("page", ["0", "-1", "abc", FAR_TOO_LONG])
def test_a_page_that_is_none_is_the_nearest_one(client_of, reviewer, draft, page):
    assert client_of(None).get("/", {"page": page}).status_code == 200
    assert client_of(reviewer).get("/review/", {"page": page, "year": page}).status_code == 200


@pytest.mark.parametrize("membership", [FAR_TOO_LONG, "٣", "-1"])
def test_a_membership_that_is_none_does_not_hinder_signing_in(client, author, membership):
    sent = {"username": "author", "password": factories.PASSWORD, "membership": membership}
    assert client.post("/accounts/login/", sent).status_code == 302


def test_a_remark_that_is_none_is_removed_already(client_of, reviewer, school, campaign):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    path = reverse("review:remark", args=[report.pk, "overview"])
    assert client_of(reviewer).post(path, {"remove": FAR_TOO_LONG}).status_code == 302


@pytest.mark.parametrize("address", ["foo", "a b", "public:school", "//evil.example", "https:evil", "\x00", "http://["])
def test_after_signing_in_nobody_is_sent_where_no_page_of_ours_is(client, author, address):
    sent = {"username": "author", "password": factories.PASSWORD, "next": address}
    answer = client.post("/accounts/login/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


# --- addresses of schools ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["hunan_daxue", "-hunan", "hunan--daxue", "hunan-"])
def test_an_address_that_no_report_can_carry_is_refused_with_the_school(client_of, province_admin, slug):
    answer = client_of(province_admin).post("/province/schools/add/", {"name": "湖畔学院", "slug": slug})
    assert answer.status_code == 400
    assert "只能用小写字母、数字和连字符" in answer.content.decode()
    assert not School.objects.filter(slug=slug).exists()


def test_the_address_of_a_school_stays_in_the_operators_hands_too(client_of, operator, school):
    page = client_of(operator).get(reverse("admin:schools_school_change", args=[school.pk]))
    assert "slug" not in page.context["adminform"].form.fields


@pytest.mark.parametrize(("slug", "fault"), [("elsewhere", True), ("", False), ("jiasheng-mingde-xueyuan", False)])
def test_an_imported_list_does_not_change_an_address(operator, school, slug, fault):
    table = Dataset(headers=["学校名称", "省份代码", "所在城市", "网址名称"])
    table.append([school.name, "91", "明德市", slug])
    result = SchoolResource().import_data(table, user=operator.user)
    assert result.has_validation_errors() is fault
    school.refresh_from_db()
    assert school.slug == "jiasheng-mingde-xueyuan"


@pytest.mark.parametrize("name", ['=HYPERLINK("http://a.example")', "+1学院", "-1学院", "@SUM(A1)"])
def test_a_name_that_a_spreadsheet_would_calculate_is_refused(client_of, province_admin, name):
    answer = client_of(province_admin).post("/province/schools/add/", {"name": name, "city": name})
    assert answer.status_code == 400
    assert (
        answer.context["form"].errors["name"] == answer.context["form"].errors["city"] == [f"不能以「{name[0]}」开头。"]
    )


@pytest.mark.parametrize("file", ["gone.csv", "../../../etc/passwd", "/etc/passwd"])
def test_an_import_is_confirmed_once_and_of_its_own_file_alone(client_of, operator, file):
    sent = {"import_file_name": file, "original_file_name": "a.csv", "format": "0"}
    answer = client_of(operator).post(reverse("admin:schools_school_process_import"), sent)
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:schools_school_import"))


def test_province_and_year_of_a_campaign_stay_once_there_are_reports(client_of, operator, draft, other_campaign):
    path = "admin:disclosure_campaign_change"
    fixed, free = (
        client_of(operator).get(reverse(path, args=[one.pk])).context["adminform"].form.fields
        for one in (draft.campaign, other_campaign)
    )
    assert {"province", "year"} & set(fixed) == set()
    assert {"province", "year"} <= set(free)


# --- a school that moves ----------------------------------------------------------------------------------------------


def test_a_school_that_moved_to_another_province_goes_on_with_its_report_of_the_year(
    client_of, author, reviewer, school, campaign, other_province, other_campaign
):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    school.province = other_province
    school.save()
    client = client_of(author)
    page = client.get(reverse("author:home"))
    assert page.context["only"].report == report
    assert (page.context["ahead"], page.context["earlier"]) == ([], [])
    assert client.post(reverse("author:start", args=[other_campaign.pk])).status_code == 403
    assert Report.objects.count() == 1
    seen = factories.seen(report)
    client_of(reviewer).post(reverse("review:approve", args=[report.pk]), {"seen": seen})
    assert client_of(None).get(f"/schools/{school.slug}/{campaign.year}/").status_code == 200


def test_a_file_for_a_year_that_the_school_reported_elsewhere_is_refused(
    school, campaign, author, other_province, other_campaign
):
    factories.make_report(school, campaign)
    school.province = other_province
    school.save()
    with pytest.raises(Unfit, match="在那里继续"):
        load(factories.full_document(school, other_campaign.year))


# --- what the public reads besides the report -------------------------------------------------------------------------


def test_reasons_that_become_public_are_masked_like_the_report(author, reviewer, school, campaign):
    report = factories.make_report(school, campaign, Status.PUBLISHED)
    private = "联系人13800138000，a@qq.com"
    transitions.perform(Action.START_CORRECTION, report.pk, author, comment=private)
    factories.hand_in(report)
    transitions.perform(Action.APPROVE, report.pk, reviewer, sha256=factories.seen(report))
    transitions.perform(Action.WITHDRAW, report.pk, reviewer, comment=private)
    masked = "联系人138****8000，*@qq.com"
    assert Publication.objects.get(number=2).change_note == masked
    assert list(Withdrawal.objects.values_list("reason", flat=True)) == [masked, masked]


def test_what_was_published_before_a_rule_was_known_is_masked_today(client, school):
    document = factories.full_document(
        school, 2023, title="报告 138 - 0013 - 8000", sections__other__body="<p>ab＠qq.com</p>"
    )
    Publication.objects.create(
        school=school,
        year=2023,
        number=1,
        title="报告",
        label="2023年",
        document=document.to_json(),
        sha256=document.hash,
        published_at=timezone.now(),
    )
    for name in ("", "report.json", "v1/"):
        page = client.get(f"/schools/{school.slug}/2023/{name}").content.decode()
        assert "0013" not in page
        assert "ab＠qq.com" not in page


def test_a_sign_that_turns_the_direction_of_writing_is_left_out(school):
    document = factories.full_document(school, title="报\u202e告", preamble="<p>一\u2067二</p>")
    assert (document.title, document.preamble) == ("报 告", "<p>一二</p>")


def test_an_office_phone_that_holds_something_else_private_is_masked(school):
    document = factories.full_document(
        school, contacts=[{"role": "leader", "name": "方分管", "office_phone": "0000-0000001 a@qq.com"}]
    )
    assert document.public().contacts[0].office_phone == "0000-0000001 *@qq.com"


# --- what is said to findings -----------------------------------------------------------------------------------------


def _judged(report, rule):
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    return next(one for one in judgement.judged if one.finding.rule == rule)


def _denying(school, campaign, received):
    """A report that says it received no request beside a count of them."""
    figures = {"received": received, "granted": received}
    return factories.full_document(
        school,
        campaign.year,
        sections__on_request__body="<p>本学年度学校未收到信息公开申请。</p>",
        sections__on_request__figures=figures,
    )


def test_a_waiver_ends_with_the_figure_it_was_given_for(school, campaign, author, reviewer):
    rule = "denials_agree_with_figures"
    report = factories.make_report(school, campaign, document=_denying(school, campaign, 3))
    key = _judged(report, rule).finding.key
    responses.answer(report.pk, [key], "三件都是上年结转的。", author)
    responses.decide(report.pk, key, True, "同意。", reviewer)
    assert not _judged(report, rule).blocks
    factories.write(report, _denying(school, campaign, 30))
    assert (_judged(report, rule).blocks, _judged(report, rule).answer) == (True, None)


def test_a_waiver_for_one_number_lets_no_other_pass(school, campaign, author, reviewer):
    rule = "no_mobiles_or_resident_ids"

    def document(number):
        body = f"<p>咨询请拨打{number}，工作时间有人接听。</p>"
        return factories.full_document(school, campaign.year, sections__other__body=body)

    report = factories.make_report(school, campaign, document=document("13800138000"))
    key = _judged(report, rule).finding.key
    responses.answer(report.pk, [key], "这是本人同意公开的。", author)
    responses.decide(report.pk, key, True, "已看过同意书。", reviewer)
    factories.write(report, document("13800138001"))  # masked, the two look the same but for the last digit
    assert _judged(report, rule).blocks


def test_a_line_put_in_above_does_not_end_what_was_said(school, campaign, author):
    rule = "no_known_slips"
    rules = [{"name": "主动公布清零办法", "number": "院办〔2022〕7号"}]

    def document(rows):
        figures = factories.full_document(school, campaign.year).to_json()["sections"]["overview"]["figures"]
        return factories.full_document(school, campaign.year, sections__overview__figures=figures | {"rules": rows})

    report = factories.make_report(school, campaign, document=document(rules))
    responses.answer(report.pk, [_judged(report, rule).finding.key], "文件就叫这个名字。", author)
    factories.write(report, document([{"name": "保密审查办法"}, *rules]))
    assert _judged(report, rule).answer.reason == "文件就叫这个名字。"


@pytest.mark.parametrize(
    "reason", ["<script>alert(1)</script>", "好\u202e\u2067的", "𠮷😀", "一\x00二", "{{ 7|add:7 }}"]
)
def test_whatever_a_reason_says_is_shown_as_text_to_both_sides(reason, client_of, school, campaign, author, reviewer):
    report = factories.make_report(
        school,
        campaign,
        document=factories.full_document(school, campaign.year, sections__other__body="<p>主动公布清零。</p>"),
    )
    key = _judged(report, "no_known_slips").finding.key
    sent = {"reason": reason, "over": "", "page": "check"}
    answer = client_of(author).post(reverse("author:answer_finding", args=[report.pk, key]), sent)
    assert answer.status_code == 302
    page = client_of(author).get(reverse("author:check", args=[report.pk]))
    assert (page.status_code, "<script>alert" in page.text, "\x00" in page.text) == (200, False, False)
    factories.hand_in(report)
    page = client_of(reviewer).get(reverse("review:report", args=[report.pk]))
    assert (page.status_code, "<script>alert" in page.text) == (200, False)


@pytest.mark.parametrize("key", ["0" * 32, "f" * 32])
@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"reason": "字" * 1_000_000},
        {"reason": "好", "over": "9" * 5000, "page": "nowhere", "alike": "x " * 20_000},
        {"ready": "好\ud800".encode("utf-8", "ignore").decode(), "page": "head"},
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_forged_answer_is_refused_with_a_sentence(client_of, author, draft, key, sent, accept):
    path = reverse("author:answer_finding", args=[draft.pk, key])
    answer = client_of(author).post(path, sent, headers={"Accept": accept, "X-Writer": str(author.user.pk)})
    assert answer.status_code in (400, 409, 413)


@pytest.mark.parametrize("seen", ["", "9" * 5000, "\x00", "2026-13-45T99:99"])
@pytest.mark.parametrize("finding", ["0" * 32, "9" * 500, "\x00"])
def test_a_forged_waiver_is_refused_with_a_sentence(client_of, reviewer, school, campaign, seen, finding):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    client = client_of(reviewer)
    waive = reverse("review:waive", args=[report.pk, finding])
    for decision in ("True", "grant", ""):
        sent = {"reason": "好", "decision": decision, "seen": seen}
        assert client.post(waive, sent).status_code in (400, 409)
    findings = {"finding": [finding] * 500}
    assert client.post(reverse("review:take_up", args=[report.pk]), findings).status_code == 409
    assert not report.waivers.exists()
    assert not Remark.objects.exists()


# --- texts against the rules ------------------------------------------------------------------------------------------

# Each made some rule take minutes, or for ever, by what it repeats. Of 50,000 characters as much as a section may hold.
SLOW = {
    "brackets": "<p>" + "（" * 50_000 + "</p>",
    "brackets of two kinds": "<p>" + "（" * 25_000 + "》" * 25_000 + "</p>",
    "blanks": "<p>字" + "\u3000" * 49_999 + "</p>",
    "blanks behind words": "<p>"
    + "字".join(word + "\u3000" * 9_990 for word in ("2023年9月1日", "2023年9月", "收到3", "QQ", "（2023"))
    + "</p>",
    "periods without an end": "<p>" + "2023年9月1日至" * 5_000 + "</p>",
    "no stop": "<p>" + "收到" * 25_000 + "</p>",
    "words read in two ways": "<p>" + "本学年度" * 12_500 + "</p>",
    "sums read in two ways": "<p>信息" + "共计" * 24_000 + "</p>",
    "counts without a stop": "<p>" + "其中3件，" * 10_000 + "</p>",
    "spaced digits": "<p>" + (" ".join("1" * 16) + "。") * 1_500 + "</p>",
    "spaced digits of one line": "<p>" + "1 " * 25_000 + "</p>",
    "short paragraphs": "<p>一、字</p>" * 6_000,
    "line ends": "<p>" + "字<br>" * 10_000 + "</p>",
    "student numbers": "<table><tbody>" + "<tr><td>学号</td><td>2023123456</td></tr>" * 2_000 + "</tbody></table>",
    "cells": "<table><tbody>" + ("<tr>" + "<td>13800138000</td>" * 40 + "</tr>") * 50 + "</tbody></table>",
    "slips": "<p>" + "主动公布清零。" * 3_000 + "</p>",
}
# Seconds of the processor, several times what it takes: what this stands for took minutes, or did not end.
LONGEST_CHECK = 6


@pytest.mark.parametrize("name", SLOW)
def test_no_text_makes_the_checks_slow(name, school, campaign):
    keys = (SectionKey.ON_REQUEST, SectionKey.COMPLAINTS)
    document = factories.full_document(
        school, campaign.year, preamble=SLOW[name], **{f"sections__{key.value}__body": SLOW[name] for key in keys}
    )
    other = checks.Published("别的学院", campaign.year, "/", {SectionKey.ON_REQUEST: "另一所学校的报告。" * 100})
    began = time.process_time()
    checks.run(document, checks.Context(today=timezone.localdate(), previous=document, published=(other,)))
    assert time.process_time() - began < LONGEST_CHECK


@pytest.mark.parametrize("name", ["brackets", "short paragraphs", "student numbers", "slips"])
def test_a_page_stays_readable_however_much_is_found(name, client_of, author, draft):
    client = client_of(author)
    answer = _save(client, author, draft, SectionKey.EXPERIENCE, body=SLOW[name])
    assert answer.status_code == 200
    assert len(answer.content) < 1_500_000
    page = client.get(reverse("author:section", args=[draft.pk, "experience"]))
    assert (page.status_code, len(page.content) < 1_500_000) == (200, True)
    page = client.get(reverse("author:check", args=[draft.pk]))
    assert (page.status_code, len(page.content) < 1_500_000) == (200, True)


def test_what_is_not_listed_is_counted(client_of, author, draft):
    client = client_of(author)
    _save(client, author, draft, SectionKey.EXPERIENCE, body="<p>" + "（" * 120 + "</p>")
    page = client.get(reverse("author:section", args=[draft.pk, "experience"]))
    assert "另有 70 处未逐一列出" in page.text


# --- what the public must not read of it ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "v1/", "report.json", "report.html", "report.docx", "report.pdf"])
def test_nothing_that_was_said_between_school_and_office_is_public(name, client, school, campaign, author, reviewer):
    document = factories.full_document(
        school,
        campaign.year,
        sections__other__body="<p>主动公布清零已经更新。</p>",
        confidentiality_review={"reviewer": "周保密", "date": None},
    )
    report = factories.make_report(school, campaign, document=document)
    warning, error = (
        _judged(report, rule).finding.key for rule in ("no_known_slips", "confidentiality_review_is_confirmed")
    )
    responses.answer(report.pk, [warning], "学校写的理由", author)
    responses.answer(report.pk, [error], "学校写的申请", author)
    responses.decide(report.pk, error, True, "审核人写的理由", reviewer)
    factories.hand_in(report)
    transitions.perform(Action.APPROVE, report.pk, reviewer, sha256=factories.seen(report))
    answer = client.get(f"/schools/{school.slug}/{campaign.year}/{name}")
    assert answer.status_code == 200
    content = b"".join(answer) if answer.streaming else answer.content
    if name.endswith("docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as word:
            content = b"".join(map(word.read, word.namelist()))
    said = PdfReader(io.BytesIO(content)).pages if name.endswith("pdf") else ()
    public = "".join(page.extract_text() for page in said) or content.decode()
    assert "清零" in public
    for private in ("周保密", "学校写的", "审核人写的", "豁免", "no_known_slips", "confidentiality_review"):
        assert private not in public
