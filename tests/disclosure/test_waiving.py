"""Findings on the reviewer's pages: read, made remarks of, waived or not."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from disclosure.checks import Elsewhere, Finding, Passage
from disclosure.evaluation import Judged, judge
from disclosure.findings import responses
from disclosure.models import Answer, Publication, Remark, Report, Submission, Waiver
from disclosure.models.assembly import complete
from disclosure.publishing.rendering.pdf import render
from disclosure.report.enums import Action, SectionKey, Severity, Status
from disclosure.review import queue
from disclosure.review.queue import Tab
from disclosure.review.reading import shown
from disclosure.workflow import comments, transitions
from disclosure.workflow.transitions import perform
from schools.actor import Actor
from schools.enums import EventType
from schools.models import Event, OutgoingMail
from tests.factories import full_document, hand_in, make_report, seen, write

pytestmark = pytest.mark.django_db

NOT_CONFIRMED = {"confidentiality_review": {"reviewer": "周保密", "date": None}}
NO_SATISFACTION = {"sections__evaluation__figures__satisfaction_percent": None}
CARD = {"sections__other__body": "<p>退款账号4111111111111111。</p>"}


def at(name, report, *more):
    return reverse(f"review:{name}", args=[report.pk, *more])


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text_of(node) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


def main_of(response) -> str:
    return text_of(soup_of(response).find("main"))


@pytest.fixture
def client(client_of, reviewer):
    return client_of(reviewer)


@pytest.fixture
def explained(school, campaign, author):
    """Under review, with a warning the school explained: nobody asked how satisfied people are."""
    return make_report(school, campaign, Status.SUBMITTED, full_document(school, campaign.year, **NO_SATISFACTION))


@pytest.fixture
def asking(school, campaign, author):
    """A draft without confidentiality review, whose author asks to be let off."""
    report = make_report(school, campaign, document=full_document(school, campaign.year, **NOT_CONFIRMED))
    responses.answer(report.pk, [error_of(report)], "本校报告不涉密，由党委会集体审定。", author)
    return report


def whole(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


def error_of(report) -> str:
    """The key of the one error of a draft."""
    (one,) = judge(whole(report)).errors
    return one.finding.key


def raise_severity(campaign, *rules):
    """A province makes these rules errors."""
    campaign.severities = dict.fromkeys(rules, Severity.ERROR.value)
    campaign.save(update_fields=["severities"])


def finding_of(report):
    """The one finding on what is under review."""
    (one,) = judge(report, transitions.pending_submission(report).read()).judged
    return one


def grant(reason="情况属实，同意。", seen="", decision="grant"):
    return {"decision": decision, "reason": reason, "seen": seen}


# --- findings beside the report -----------------------------------------------------------------------------------------


def test_an_explained_finding_stands_beside_its_part_with_the_reason_and_who_gave_it(explained, client):
    page = soup_of(client.get(at("report", explained)))
    finding = text_of(page.select_one("#notes-evaluation .finding"))
    assert finding.startswith("已说明 没有填写满意率")
    assert re.search(r"学校说明（宋填报，\d+月\d+日 \d\d:\d\d） 已经核对，情况属实。", finding)
    assert text_of(page.select_one("#part-nav li:nth-child(5)")) == "评议 已说明 1"
    link = page.select_one(".found-counts a")
    assert (text_of(link), page.select_one(link["href"])["class"]) == ("已说明 1", ["finding", "is-explained"])


def test_without_findings_the_page_says_so(school, campaign, client):
    report = make_report(school, campaign, Status.SUBMITTED)
    assert text_of(soup_of(client.get(at("report", report))).select_one(".found")) == "检查结果 各项检查没有发现问题。"


def test_what_asks_most_of_the_reviewer_stands_first():
    def one(severity, sentence, answer=None, waiver=None):
        finding = Finding("key_figures_are_filled_in", severity, SectionKey.OVERVIEW, sentence)
        return Judged(finding, answer, waiver)

    found = shown(
        [
            one(Severity.ERROR, "waived", waiver=Waiver(is_granted=True)),
            one(Severity.WARNING, "explained", answer=Answer(reason="属实。")),
            one(Severity.WARNING, "silent"),
            one(Severity.ERROR, "declined", waiver=Waiver(is_granted=False)),
        ],
        "finding",
    )
    assert [(each.kind, each.judged.finding.sentence, each.anchor) for each in found] == [
        ("error", "declined", "finding-4"),
        ("unexplained", "silent", "finding-3"),
        ("explained", "explained", "finding-2"),
        ("waived", "waived", "finding-1"),
    ]


def test_a_number_in_clear_stands_nowhere_on_the_reviewers_page(school, campaign, client):
    report = make_report(school, campaign, Status.SUBMITTED, full_document(school, campaign.year, **CARD))
    response = client.get(at("report", report))
    quote = soup_of(response).select_one("#notes-other .finding-quotes a")
    assert (quote["data-quote"], quote["href"]) == ("411111******1111", "#part-other")
    assert "4111111111111111" not in response.content.decode()


def test_another_schools_passage_stands_beside_with_the_way_to_its_report():
    passage = Passage(SectionKey.OVERVIEW, "body", 0, 9, "学校成立领导小组，")
    other = Elsewhere("乙省致远大学", 2025, "/schools/zhiyuan/2025/", SectionKey.PROACTIVE, "学校成立领导小组，")
    finding = Finding(
        "sections_are_not_another_schools",
        Severity.WARNING,
        SectionKey.OVERVIEW,
        "与乙省致远大学的报告相同。",
        passages=(passage,),
        elsewhere=(other,),
    )
    (one,) = shown([Judged(finding)], "finding")
    ((own, theirs),) = one.pairs
    assert (own.text, own.address, own.is_here) == ("学校成立领导小组，", "#part-overview", True)
    assert (theirs.where, theirs.address, theirs.is_here) == (
        "乙省致远大学 2025 年的报告：主动公开",
        "/schools/zhiyuan/2025/#proactive",
        False,
    )
    assert one.quotes == []


def test_what_a_school_says_twice_is_set_side_by_side(school, campaign, client):
    same = "<p>学校定期检查公开栏目的更新情况，发现问题及时通知责任部门整改，并按月通报整改结果，效果良好。</p>"
    document = full_document(
        school, campaign.year, sections__other__body=same, sections__evaluation__body=same + "<p>满意率97.5%。</p>"
    )
    report = make_report(school, campaign, Status.SUBMITTED, document)
    page = soup_of(client.get(at("report", report)))
    pair = page.select_one("#part-other .compare-pair")
    assert [text_of(quote) for quote in pair.select("blockquote")] == [BeautifulSoup(same, "html.parser").text] * 2
    assert [link["href"] for link in pair.select("a")] == ["#part-other", "#part-evaluation"]


@pytest.mark.parametrize("answers", ["", "<script>alert(1)</script>"])
def test_what_is_quoted_and_said_is_text(answers, school, campaign, client, author):
    body = "<p>退款账号4111111111111111。</p><p>&lt;script&gt;alert(2)&lt;/script&gt;效率明显提高，（</p>"
    report = make_report(school, campaign, document=full_document(school, campaign.year, sections__other__body=body))
    if answers:
        keys = [one.finding.key for one in judge(whole(report)).unanswered]
        responses.answer(report.pk, keys, answers, author)
    hand_in(report)
    assert "<script>alert" not in client.get(at("report", report)).content.decode()


def test_the_page_costs_the_same_for_one_finding_and_for_three(school, second_school, campaign, client):
    def queries_of(report):
        client.get(at("report", report))
        with CaptureQueriesContext(connection) as queries:
            page = soup_of(client.get(at("report", report)))
        return len(page.select(".finding")), len(queries)

    one = make_report(school, campaign, Status.SUBMITTED, full_document(school, campaign.year, **NO_SATISFACTION))
    more = full_document(
        second_school,
        campaign.year,
        **NO_SATISFACTION,
        **CARD,
        sections__overview__figures__training_staff=None,
    )
    three = make_report(second_school, campaign, Status.SUBMITTED, more)
    (few, few_queries), (many, many_queries) = queries_of(one), queries_of(three)
    assert (few, few_queries) == (1, many_queries)
    assert many > few


# --- a finding becomes a remark -----------------------------------------------------------------------------------------


def test_one_click_makes_a_remark_of_a_reason_that_is_not_enough(explained, client):
    key = finding_of(explained).finding.key
    page = soup_of(client.get(at("report", explained)))
    button = page.select_one("#notes-evaluation .finding button[name=finding]")
    assert (button["value"], button["form"]) == (key, page.select_one("form[data-take-up]")["id"])
    assert text_of(button).startswith("理由不足，写成意见")
    response = client.post(at("take_up", explained), {"finding": button["value"]})
    assert response["Location"] == f"{at('report', explained)}#notes-evaluation"
    remark = Remark.objects.get()
    assert (remark.section, remark.created_by_name) == (SectionKey.EVALUATION, "严审核")
    assert remark.text.startswith("没有填写满意率")
    assert remark.text.endswith("学校说明的理由是「已经核对，情况属实」。理由不足，请修改，或者补充说明。")
    finding = soup_of(client.get(at("report", explained))).select_one("#notes-evaluation .finding")
    assert "已写成意见 严审核，" in text_of(finding)
    assert finding.select_one("button[name=finding]") is None
    assert Event.objects.filter(type=EventType.REMARK_ADDED).count() == 1


def test_a_double_click_makes_one_remark_and_undoing_takes_it_away(explained, client):
    data = {"finding": finding_of(explained).finding.key}
    for _ in range(2):
        assert client.post(at("take_up", explained), data).status_code == 302
    remark = Remark.objects.get()
    button = soup_of(client.get(at("report", explained))).select_one(".finding-taken button")
    assert (button["formaction"], button["value"]) == (at("remark", explained, "evaluation"), str(remark.pk))
    client.post(button["formaction"], {"remove": button["value"]})
    assert not Remark.objects.exists()
    assert "理由不足，写成意见" in main_of(client.get(at("report", explained)))


def test_a_remark_made_of_a_finding_stands_beside_it_and_not_once_more_below(explained, client, reviewer):
    comments.add(explained.pk, SectionKey.EVALUATION, "请补充座谈会的情况。", reviewer)
    client.post(at("take_up", explained), {"finding": finding_of(explained).finding.key})
    notes = soup_of(client.get(at("report", explained))).select_one("#notes-evaluation")
    assert [text_of(one) for one in notes.select(".remark .remark-text")] == ["请补充座谈会的情况。"]
    assert len(notes.select(".finding-taken")) == 1


def test_what_nobody_explained_becomes_remarks_with_one_click(school, campaign, client, author):
    report = make_report(school, campaign, document=full_document(school, campaign.year, **NO_SATISFACTION, **CARD))
    perform(Action.SUBMIT, report.pk, Actor(None))  # as a report is loaded: nobody explains anything
    form = soup_of(client.get(at("report", report))).select_one(".found form:not(#take-up)")
    assert text_of(form.button) == "把未说明的 2 条写成意见"
    response = client.post(
        form["action"], {"finding": [one["value"] for one in form.select("[name=finding]")]}, follow=True
    )
    assert "已写成 2 条审核意见" in main_of(response)
    assert sorted(Remark.objects.values_list("section", flat=True)) == ["evaluation", "other"]
    assert soup_of(response).select_one(".found form:not(#take-up)") is None


def test_a_remark_tells_the_words_it_is_about_but_no_personal_data(school, campaign, client, author):
    body = "<p>学校认真贯彻《高等学院信息公开办法》，退款账号4111111111111111。</p>"
    report = make_report(school, campaign, document=full_document(school, campaign.year, sections__other__body=body))
    hand_in(report)
    found = judge(report, transitions.pending_submission(report).read()).judged
    client.post(at("take_up", report), {"finding": [one.finding.key for one in found]})
    texts = "\n".join(Remark.objects.values_list("text", flat=True))
    assert "高等学院信息公开办法" in texts
    assert "4111111111111111" not in texts
    for event in Event.objects.filter(type=EventType.REMARK_ADDED):
        assert "4111111111111111" not in str(event.detail)


def test_a_remark_is_never_longer_than_a_remark_may_be():
    passages = tuple(Passage(SectionKey.OTHER, "body", 0, 300, f"{number}" + "长" * 300) for number in range(9))
    finding = Finding("paragraphs_stand_once", Severity.WARNING, SectionKey.OTHER, "很长。" * 900, passages=passages)
    assert len(comments.text_of(Judged(finding, Answer(reason="因为" * 500)))) == 2000


def test_a_finding_that_is_gone_is_told_and_nothing_is_written(explained, client):
    response = client.post(at("take_up", explained), {"finding": ["0" * 32]})
    assert response.status_code == 409
    assert "没有写下审核意见 这条检查结果已经不在了" in main_of(response)
    assert client.post(at("take_up", explained)).status_code == 409
    assert not Remark.objects.exists()


def test_a_report_that_the_school_took_back_takes_no_remarks_of_findings(explained, client, author):
    key = finding_of(explained).finding.key
    perform(Action.RECALL, explained.pk, author)
    response = client.post(at("take_up", explained), {"finding": key})
    assert response.status_code == 409
    assert "只有待审核的报告可以写审核意见。" in main_of(response)


def test_a_returned_report_shows_its_findings_and_no_buttons(explained, client, reviewer):
    client.post(at("take_up", explained), {"finding": finding_of(explained).finding.key})
    perform(Action.SEND_BACK, explained.pk, reviewer, sha256=seen(explained), comment="请修改。")
    page = soup_of(client.get(at("report", explained)))
    assert len(page.select(".finding")) == 1
    assert not page.select(".finding button, form[data-take-up], .waive")


# --- waivers asked for in a draft ---------------------------------------------------------------------------------------


def test_of_a_draft_only_what_the_school_asks_about_is_shown(school, campaign, asking, client):
    write(asking, full_document(school, campaign.year, **NOT_CONFIRMED, **CARD, **NO_SATISFACTION))
    page = main_of(client.get(at("report", asking)))
    assert "学校申请豁免" in page
    assert "本校报告不涉密，由党委会集体审定。" in page
    for words in ("满意率", "4111", "退款账号", "根据《高等学校信息公开办法》"):
        assert words not in page


def test_what_the_school_says_to_its_draft_is_not_in_the_log_before_it_is_handed_in(school, campaign, client, author):
    document = full_document(school, campaign.year, **NO_SATISFACTION, **NOT_CONFIRMED)
    report = make_report(school, campaign, document=document)
    silent = [one.finding.key for one in judge(whole(report)).unanswered]
    responses.answer(report.pk, silent, "今年没有做调查。", author)
    responses.answer(report.pk, [error_of(report)], "本校报告不涉密。", author)
    log = main_of(client.get(at("log", report)))
    assert "本校报告不涉密。" in log
    assert "今年没有做调查。" not in log
    client.post(at("waive", report, error_of(report)), grant())
    hand_in(report)
    assert "今年没有做调查。" in main_of(client.get(at("log", report)))


def test_what_was_explained_in_a_draft_before_its_rule_became_an_error_stays_the_schools(
    school, campaign, client, author
):
    report = make_report(school, campaign, document=full_document(school, campaign.year, **NO_SATISFACTION))
    (one,) = judge(whole(report)).unanswered
    responses.answer(report.pk, [one.finding.key], "今年没有做调查。", author)
    raise_severity(campaign, one.finding.rule)
    page = main_of(client.get(at("report", report)))
    assert "满意率" not in page
    assert "今年没有做调查。" not in page
    assert client.post(at("waive", report, one.finding.key), grant()).status_code == 409


def test_a_draft_that_asks_for_nothing_shows_nothing(school, campaign, client):
    report = make_report(school, campaign, document=full_document(school, campaign.year, **NOT_CONFIRMED))
    assert "豁免" not in main_of(client.get(at("report", report)))


def test_a_waiver_is_granted_and_the_school_may_hand_in(asking, client, author):
    form = soup_of(client.get(at("report", asking))).select_one(".waive form")
    assert "同意豁免，学校可以带着这一处提交；不予豁免，学校改正之后才能提交。" in text_of(form)
    response = client.post(form["action"], grant())
    assert response["Location"] == f"{at('report', asking)}#waivers"
    page = client.get(at("report", asking))
    assert "已记录：同意豁免。学校会收到邮件。" in main_of(page)
    assert re.search("同意豁免（严审核，.*） 情况属实，同意。", text_of(soup_of(page).select_one(".asked .finding")))
    assert "改变决定" in text_of(soup_of(page).select_one(".asked .waive summary"))
    hand_in(asking)
    asking.refresh_from_db()
    assert asking.status == Status.SUBMITTED
    (record,) = Submission.objects.get().findings
    assert (record["answer"], record["waiver"]) == ("本校报告不涉密，由党委会集体审定。", "情况属实，同意。")


def test_a_waiver_that_is_declined_keeps_the_report_from_being_handed_in(asking, client, author):
    client.post(at("waive", asking, error_of(asking)), grant("请按规定审查。", decision="decline"))
    with pytest.raises(transitions.NotReady):
        hand_in(asking)
    finding = soup_of(client.get(at("report", asking))).select_one(".asked .finding")
    assert re.search("不予豁免（严审核，.*） 请按规定审查。", text_of(finding))


def test_a_decision_may_be_changed_and_the_log_keeps_both(asking, client):
    key = error_of(asking)
    client.post(at("waive", asking, key), grant("同意。"))
    field = soup_of(client.get(at("report", asking))).select_one(".waive [name=seen]")
    client.post(at("waive", asking, key), grant("不妥。", seen=field["value"], decision="decline"))
    assert Waiver.objects.get().is_granted is False
    entries = [text_of(entry) for entry in soup_of(client.get(at("log", asking))).select(".story > li")]
    assert [re.sub(r"^\S+ \d\d:\d\d ", "", entry).partition("：")[0] for entry in entries[:3]] == [
        "严审核 （审核人） 不予豁免",
        "严审核 （审核人） 同意豁免",
        "宋填报 （填报人） 申请豁免",
    ]
    assert "不妥。" in entries[0]


def test_the_school_may_ask_again_and_then_waits_again(asking, client, author):
    key = error_of(asking)
    client.post(at("waive", asking, key), grant("请按规定审查。", decision="decline"))
    responses.answer(asking.pk, [key], "已请上级批复，附后。", author)
    page = soup_of(client.get(at("report", asking)))
    assert page.select_one(".waive").has_attr("open")
    assert "学校之后再次申请" in text_of(page.select_one(".asked .finding"))


def test_a_double_click_decides_once_and_writes_one_mail(asking, client, author):
    author.user.email = "song@example.edu.cn"
    author.user.save()
    address = at("waive", asking, error_of(asking))
    for _ in range(2):
        assert client.post(address, grant()).status_code == 302
    assert Event.objects.filter(type=EventType.WAIVER_GRANTED).count() == 1
    assert OutgoingMail.objects.filter(to="song@example.edu.cn").count() == 1


def test_a_colleagues_decision_of_meanwhile_is_not_overwritten_unseen(asking, client, province_admin):
    key = error_of(asking)
    responses.decide(asking.pk, key, False, "请按规定审查。", province_admin)
    response = client.post(at("waive", asking, key), grant("我看可以。"))
    page = soup_of(response)
    assert response.status_code == 409
    assert "管省办已经决定：不予豁免，理由是「请按规定审查。」" in text_of(page.select_one(".error-summary"))
    assert page.select_one(".waive textarea").text.strip() == "我看可以。"
    assert Waiver.objects.get().is_granted is False
    again = client.post(at("waive", asking, key), grant("我看可以。", seen=page.select_one("[name=seen]")["value"]))
    assert (again.status_code, Waiver.objects.get().is_granted) == (302, True)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"decision": "grant", "reason": " "}, "请写明理由。学校会看到，操作记录里也会保留。"),
        ({"decision": "grant", "reason": "长" * 1001}, "最多 1000 字，现在有 1001 字，请精简。"),
        ({"decision": "perhaps", "reason": "我写了很久的理由。"}, "请选择同意豁免或者不予豁免。"),
        ({"reason": "我写了很久的理由。"}, "请选择同意豁免或者不予豁免。"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_stays_in_it(data, problem, asking, client):
    response = client.post(at("waive", asking, error_of(asking)), data)
    page = soup_of(response)
    assert response.status_code == 400
    link = page.select_one(".error-summary a")
    field = page.select_one(link["href"])
    assert (text_of(link), field.text.strip()) == (problem, data["reason"].strip())
    assert problem in text_of(field.find_parent("details"))
    assert field.find_parent("details").has_attr("open")
    assert not Waiver.objects.exists()


def test_a_decision_on_what_the_school_has_mended_is_not_lost(school, campaign, asking, client):
    key = error_of(asking)
    write(asking, full_document(school, campaign.year))
    page = main_of(client.get(at("report", asking)))
    assert "已经不存在的问题（1）" in page
    response = client.post(at("waive", asking, key), grant("我写了很久的理由。"))
    assert response.status_code == 409
    assert responses.GONE in main_of(response)
    assert "我写了很久的理由。" in text_of(soup_of(response).select_one(".kept-text"))


def test_a_published_report_is_not_decided_on_any_more(asking, client, reviewer):
    key = error_of(asking)
    responses.decide(asking.pk, key, True, "同意。", reviewer)
    hand_in(asking)
    perform(Action.APPROVE, asking.pk, reviewer, sha256=seen(asking))
    assert not soup_of(client.get(at("report", asking))).select(".waive, .asked")
    response = client.post(at("waive", asking, key), grant("改一下。", decision="decline"))
    assert response.status_code == 409
    assert "报告已经审核过，不需要再豁免。" in main_of(response)
    assert "改一下。" in text_of(soup_of(response).select_one(".kept-text"))


def test_who_comes_back_from_signing_in_finds_the_report(asking, client):
    for address in (at("waive", asking, "0" * 32), at("take_up", asking)):
        assert client.get(address)["Location"] == at("report", asking)


def test_another_province_and_the_school_itself_decide_nothing(
    asking, client_of, other_reviewer, author, signatory, colleague
):
    address = at("waive", asking, error_of(asking))
    for persona, status in ((other_reviewer, 404), (author, 403), (signatory, 403), (colleague, 403)):
        assert client_of(persona).post(address, grant()).status_code == status
        assert client_of(persona).post(at("take_up", asking), {"finding": "0"}).status_code == status
    assert not Waiver.objects.exists()


def test_a_returned_report_shows_what_the_school_asks_about_while_it_mends(school, campaign, client, author):
    report = make_report(school, campaign, Status.RETURNED, remarks={SectionKey.HEAD: "请补充保密审查的情况。"})
    write(report, full_document(school, campaign.year, title="修改中的标题", **NOT_CONFIRMED), author)
    responses.answer(report.pk, [error_of(report)], "本校报告不涉密。", author)
    page = soup_of(client.get(at("report", report)))
    assert "本校报告不涉密。" in text_of(page.select_one("#waivers"))
    assert "修改中的标题" not in text_of(page.find("main"))
    response = client.post(at("waive", report, error_of(report)), grant())
    assert (response.status_code, Waiver.objects.get().is_granted) == (302, True)


# --- waivers under review -----------------------------------------------------------------------------------------------


def test_a_rule_made_an_error_later_changes_nothing_of_what_was_handed_in(explained, campaign, client, reviewer):
    """Neither is it counted as the school's, nor is there anything to decide."""
    key = finding_of(explained).finding.key
    raise_severity(campaign, finding_of(explained).finding.rule)
    page = soup_of(client.get(at("report", explained)))
    assert text_of(page.select_one(".found-counts")) == "已说明 1"
    assert not page.select(".waive")
    assert client.post(at("waive", explained, key), grant()).status_code == 409
    assert not Waiver.objects.exists()


def test_before_approving_one_sentence_tells_what_was_found(explained, client):
    page = client.get(at("approve", explained), {"seen": seen(explained)})
    assert "检查结果共 1 条：学校已说明 1 条。" in main_of(page)
    client.post(at("approve", explained), {"seen": seen(explained)})
    assert Publication.objects.count() == 1


def test_what_is_found_later_is_told_apart_before_approving_and_asks_for_nothing(explained, campaign, client):
    raise_severity(campaign, finding_of(explained).finding.rule)
    page = client.get(at("approve", explained), {"seen": seen(explained)})
    assert "检查结果共 1 条：学校已说明 1 条。提交后新出现 1 条，不算学校没有说明。" in main_of(page)
    client.post(at("approve", explained), {"seen": seen(explained)})
    assert Publication.objects.count() == 1


def test_what_was_handed_in_keeps_its_record(explained, client, reviewer):
    perform(Action.APPROVE, explained.pk, reviewer, sha256=seen(explained))
    table = soup_of(client.get(at("report", explained))).select_one("table.wide")
    assert text_of(table.select("tbody td")[2]) == "学校说明 1 条"
    log = soup_of(client.get(at("log", explained)))
    record = next(one for one in log.select("details") if "第 1 次提交" in text_of(one.summary))
    assert "学校说明 1 条" in text_of(record.summary)
    assert "学校：已经核对，情况属实。" in text_of(record)


# --- the queue ----------------------------------------------------------------------------------------------------------


def test_the_queue_shows_who_waits_for_a_waiver(asking, second_school, campaign, client):
    make_report(second_school, campaign)
    response = client.get("/review/")
    page = soup_of(response)
    assert [text_of(row.th).split()[0] for row in page.select("table.queue tbody tr")] == ["甲省明德学院"]
    assert text_of(page.select_one(".queue-tabs [aria-current]")) == "申请豁免 1"
    assert "申请豁免 1 份" in text_of(page.select_one("dl.facts"))
    assert "申请豁免" in text_of(page.select_one("table.queue td[data-label=说明]"))


def test_the_queue_tells_what_was_found_and_explained_before_a_report_is_opened(explained, client):
    row = soup_of(client.get("/review/")).select_one("table.queue tbody tr")
    assert text_of(row.select_one("[data-label=说明]")) == "检查结果：学校说明 1 条"


def test_what_waits_for_a_review_comes_before_what_waits_for_a_waiver(asking, second_school, campaign, client):
    make_report(second_school, campaign, Status.SUBMITTED)
    page = soup_of(client.get("/review/"))
    assert text_of(page.select_one(".queue-tabs [aria-current]")) == "待审核 1"
    assert "审核等候最久的一份 甲省求是职业学院" in text_of(page.find("main"))


def test_from_one_report_the_reviewer_goes_on_to_the_next_that_asks(asking, second_school, campaign, client, reviewer):
    other = make_report(second_school, campaign, Status.SUBMITTED)
    link = soup_of(client.get(at("report", other))).select_one(".next-report a")
    assert (text_of(link), link["href"]) == ("下一份申请豁免：甲省明德学院", f"{at('report', asking)}#waivers")
    assert (
        text_of(soup_of(client.get(at("report", asking))).select_one(".next-report"))
        == "下一份待审核：甲省求是职业学院"
    )
    responses.decide(asking.pk, error_of(asking), True, "同意。", reviewer)
    assert "没有其他待审核的报告了。" in main_of(client.get(at("report", other)))


def test_a_decision_takes_it_out_of_the_queue_until_the_school_asks_again(asking, campaign, reviewer, author):
    def waiting():
        return queue.counts(queue.rows(reviewer, campaign))[Tab.WAIVER]

    assert waiting() == 1
    key = error_of(asking)
    responses.decide(asking.pk, key, False, "请按规定审查。", reviewer)
    assert waiting() == 0
    responses.answer(asking.pk, [key], "再次申请。", author)
    assert waiting() == 1
    responses.decide(asking.pk, key, True, "同意。", reviewer)
    assert waiting() == 0


def test_an_explained_warning_is_no_request(school, campaign, reviewer):
    make_report(school, campaign, Status.SUBMITTED, full_document(school, campaign.year, **NO_SATISFACTION))
    assert queue.counts(queue.rows(reviewer, campaign))[Tab.WAIVER] == 0


# --- mails --------------------------------------------------------------------------------------------------------------


def test_the_office_is_told_of_a_request_and_the_school_of_the_decision(school, campaign, reviewer, author):
    for persona, address in ((reviewer, "yan@example.gov.cn"), (author, "song@example.edu.cn")):
        persona.user.email = address
        persona.user.save()
    report = make_report(school, campaign, document=full_document(school, campaign.year, **NOT_CONFIRMED))
    responses.answer(report.pk, [error_of(report)], "本校报告不涉密。", author)
    asked = OutgoingMail.objects.get(to="yan@example.gov.cn")
    assert asked.subject.startswith("申请豁免：甲省明德学院")
    assert "本校报告不涉密。" in asked.body
    assert at("report", report) in asked.body
    responses.decide(report.pk, error_of(report), True, "同意。", reviewer)
    told = OutgoingMail.objects.get(to="song@example.edu.cn")
    assert told.subject.startswith("同意豁免：甲省明德学院")
    assert "这个问题不再妨碍提交。" in told.body


# --- years of the past --------------------------------------------------------------------------------------------------


def test_a_past_year_says_what_is_missing_on_its_page_in_its_pdf_and_to_the_reviewer(
    school, campaign, client, client_of, author, reviewer
):
    bare = full_document(school, campaign.year, sections__experience__body="", contacts=[])
    report = make_report(school, campaign)
    Report.objects.update(backfilled=True)
    report.refresh_from_db()
    write(report, bare)
    hand_in(report)
    review = soup_of(client.get(at("report", report)))
    for part in ("experience", "contacts"):
        assert "本报告未包含此部分" in text_of(review.select_one(f"#part-{part} .review-paper"))
    rules = {one.finding.rule for one in judge(report, transitions.pending_submission(report).read()).judged}
    assert not rules & {"mandated_contacts_are_named", "mandated_sections_are_written"}
    perform(Action.APPROVE, report.pk, reviewer, sha256=seen(report))
    address = f"/schools/{school.slug}/{campaign.year}/"
    page = soup_of(client_of(None).get(address))
    for part in ("experience", "contacts"):
        assert "本报告未包含此部分" in text_of(page.select_one(f"#{part}"))
        assert page.select_one(f".volume-contents a[href='#{part}']")["class"] == ["is-absent"]
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(render(bare.public()))).pages)
    assert words.count("本报告未包含此部分") == 2
