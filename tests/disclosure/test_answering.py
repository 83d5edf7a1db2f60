"""What the school says to the findings on its report: the rules of answering, and the pages on which it is done."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from disclosure import checks
from disclosure.drafting.checklist import LISTED
from disclosure.drafting.forms.responses import READY_REASONS, AnswerForms
from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import Answer, Campaign, Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Severity, Status
from disclosure.workflow import transitions
from disclosure.workflow.transitions import Refused
from schools.enums import EventType
from schools.models import Event, OutgoingMail, User
from tests import factories

pytestmark = pytest.mark.django_db

SLIP = "no_known_slips"
# A warning: one slip in the overview; an error: the confidentiality review has no date.
OVERVIEW = "sections__overview__body"
SLIPPED = "<p>学校的主动公布清零已经更新，全年工作按计划完成。</p>"
UNDATED = {"confidentiality_review": {"reviewer": "周保密", "date": None}}
UNDATED_RULE = "confidentiality_review_is_confirmed"


@pytest.fixture
def report(school, campaign, author):
    """A draft with one warning."""
    return factories.make_report(school, campaign, document=document_of(school, campaign, **{OVERVIEW: SLIPPED}))


@pytest.fixture
def asking(school, campaign, author):
    """A draft with one error that may be waived."""
    return factories.make_report(school, campaign, document=document_of(school, campaign, **UNDATED))


@pytest.fixture
def office(reviewer):
    """A reviewer who can be written to."""
    User.objects.filter(pk=reviewer.user.pk).update(email="office@example.gov.cn")
    return reviewer


@pytest.fixture
def browser(client_of, author):
    return client_of(author)


def document_of(school, campaign, **changes):
    return factories.full_document(school, campaign.year, **changes)


def judged(report, rule=SLIP):
    """The first finding of ``rule`` on the draft as it stands."""
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    return next(one for one in judgement.judged if one.finding.rule == rule)


def key_of(report, rule=SLIP):
    return judged(report, rule).finding.key


def events(report, *types):
    """Type and words of what was said, oldest first."""
    found = Event.objects.filter(object_id=report.pk, type__in=types or _SAID).order_by("id")
    return [(event.type, event.detail["text"]) for event in found]


_SAID = (
    EventType.FINDING_ANSWERED,
    EventType.ANSWER_REMOVED,
    EventType.WAIVER_ASKED,
    EventType.WAIVER_GRANTED,
    EventType.WAIVER_DECLINED,
)


# --- explaining a warning ---------------------------------------------------------------------------------------------


def test_a_warning_that_is_explained_no_longer_holds_the_report_up(report, author):
    assert judged(report).wants_answer
    with pytest.raises(transitions.NotReady, match="还有 1 处请核对"):
        transitions.perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report))
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author)
    one = judged(report)
    assert (one.is_open, one.answer.reason, one.answer.said_by_name) == (False, "栏目名称就是这样。", "宋填报")
    assert (
        transitions.perform(Action.SUBMIT, report.pk, author, sha256=factories.seen(report)).status == Status.SUBMITTED
    )
    assert events(report) == [(EventType.FINDING_ANSWERED, "栏目名称就是这样。")]
    assert not OutgoingMail.objects.filter(subject__startswith="申请豁免").exists()


def test_a_reason_lapses_when_the_words_change_and_comes_back_when_they_do(report, school, campaign, author):
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author)
    other = "<p>学校办事零门栏，全年工作按计划完成。</p>"
    factories.write(report, document_of(school, campaign, **{OVERVIEW: other}))
    assert judged(report).wants_answer
    moved = f"<p>本年度新增一段，写明工作安排。</p>{SLIPPED}"
    factories.write(report, document_of(school, campaign, **{OVERVIEW: moved}))
    assert judged(report).answer.reason == "栏目名称就是这样。"


def test_a_reason_for_figures_lapses_when_the_figures_change(school, campaign, author):
    rule = "figures_stay_near_last_years"
    factories.make_report(school, factories.make_campaign(school.province, campaign.year - 1), Status.PUBLISHED)
    report = factories.make_report(school, campaign, document=with_trainings(school, campaign, 200))
    responses.answer(report.pk, [key_of(report, rule)], "各学院分别开展。", author)
    assert not judged(report, rule).is_open
    factories.write(report, with_trainings(school, campaign, 300))
    assert judged(report, rule).wants_answer
    factories.write(report, with_trainings(school, campaign, 200))
    assert judged(report, rule).answer.reason == "各学院分别开展。"


def with_trainings(school, campaign, number):
    """A report with a hundred times the trainings of last year's, in figures and text."""
    before = factories.full_document(school, campaign.year).sections[SectionKey.OVERVIEW].body
    changed = before.replace("培训2次", f"培训{number}次")
    return document_of(
        school, campaign, **{OVERVIEW: changed, "sections__overview__figures__training_sessions": number}
    )


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("", "请写明理由。"), (" \n ", "请写明理由。"), ("长" * 1001, "理由最多 1000 字，现在有 1001 字，请精简。")],
)
def test_it_refuses_a_reason_that_is_none_or_too_long(report, author, reason, sentence):
    with pytest.raises(Refused) as refusal:
        responses.answer(report.pk, [key_of(report)], reason, author)
    assert str(refusal.value) == sentence
    assert not Answer.objects.exists()


def test_it_takes_a_thousand_characters_with_lines_as_browsers_end_them(report, author):
    responses.answer(report.pk, [key_of(report)], "长" * 499 + "\r\n" + "长" * 500, author)
    assert len(Answer.objects.get().reason) == 1000


def test_it_refuses_what_is_gone_and_what_never_was(report, author, school, campaign):
    key = key_of(report)
    factories.write(report, document_of(school, campaign))
    for keys in ([key], ["0" * 32]):
        with pytest.raises(Refused) as refusal:
            responses.answer(report.pk, keys, "理由。", author)
        assert str(refusal.value) == responses.GONE
    assert not Answer.objects.exists()


def test_of_several_those_that_are_gone_are_passed_over(report, author):
    answers = responses.answer(report.pk, [key_of(report), "0" * 32], "栏目名称就是这样。", author, over="")
    assert len(answers) == 1
    # But not the one that the words were written to.
    with pytest.raises(Refused):
        responses.answer(report.pk, ["0" * 32, key_of(report)], "另一个理由。", author, over="")


def test_a_second_click_says_nothing_twice(report, author):
    for _ in range(2):
        responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author, over="")
    assert events(report) == [(EventType.FINDING_ANSWERED, "栏目名称就是这样。")]


def test_a_colleagues_newer_reason_is_not_overwritten(report, author, second_author):
    key = key_of(report)
    responses.answer(report.pk, [key], "陆填报的理由。", second_author, over="")
    with pytest.raises(Refused) as refusal:
        responses.answer(report.pk, [key], "宋填报的理由。", author, over="")
    assert str(refusal.value).startswith("陆填报刚刚已对这一条写明理由：「陆填报的理由。」")
    responses.answer(report.pk, [key], "宋填报的理由。", author, over=Answer.objects.get().version)
    assert Answer.objects.get().reason == "宋填报的理由。"
    with pytest.raises(Refused):
        responses.take_back(report.pk, key, second_author, over="20200101000000000000")


def test_one_reason_for_many_leaves_a_colleagues_alone(school, campaign, author, second_author):
    two = f"{SLIPPED}<p>学校办事零门栏，群众普遍满意。</p>"
    report = factories.make_report(school, campaign, document=document_of(school, campaign, **{OVERVIEW: two}))
    found = judge(complete(Report.objects.filter(pk=report.pk)).get()).judged
    first, second = [one.finding.key for one in found if one.finding.rule == SLIP]
    responses.answer(report.pk, [second], "陆填报的理由。", second_author, over="")
    responses.answer(report.pk, [first, second], "宋填报的理由。", author, over="")
    assert dict(Answer.objects.values_list("key", "reason")) == {first: "宋填报的理由。", second: "陆填报的理由。"}


def test_taking_a_reason_back_opens_the_warning_and_twice_is_no_error(report, author):
    key = key_of(report)
    responses.answer(report.pk, [key], "栏目名称就是这样。", author)
    assert responses.take_back(report.pk, key, author).reason == "栏目名称就是这样。"
    assert responses.take_back(report.pk, key, author) is None
    assert judged(report).wants_answer
    assert [kind for kind, _ in events(report)] == [EventType.FINDING_ANSWERED, EventType.ANSWER_REMOVED]


@pytest.mark.parametrize("persona", ["colleague", "other_author", "reviewer", "signatory", "operator"])
def test_only_the_authors_of_the_school_answer_in_a_draft(report, request, persona):
    who = request.getfixturevalue(persona)
    for act in (
        lambda: responses.answer(report.pk, [key_of(report)], "理由。", who),
        lambda: responses.take_back(report.pk, key_of(report), who),
    ):
        with pytest.raises(Refused):
            act()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.PUBLISHED, Status.WITHDRAWN])
def test_nobody_answers_what_is_locked(school, campaign, author, status):
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED})
    report = factories.make_report(school, campaign, status, document)
    before = list(Answer.objects.values_list("reason", "said_at"))
    with pytest.raises(Refused) as refusal:
        responses.answer(report.pk, [key_of(report)], "另一个理由。", author)
    assert "报告" in str(refusal.value)
    with pytest.raises(Refused):
        responses.take_back(report.pk, key_of(report), author)
    assert list(Answer.objects.values_list("reason", "said_at")) == before


def test_who_is_asked_to_sign_may_answer_too_and_the_author_no_longer(school, campaign, author, signatory):
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED})
    report = factories.make_report(school, campaign, Status.AWAITING_SIGNOFF, document)
    with pytest.raises(Refused, match="内容已锁定"):
        responses.answer(report.pk, [key_of(report)], "填报人的理由。", author)
    responses.answer(report.pk, [key_of(report)], "领导的理由。", signatory)
    done = transitions.perform(Action.SIGN_OFF, report.pk, signatory, sha256=factories.seen(report))
    assert done.status == Status.SUBMITTED
    kept = report.submissions.get().findings
    assert [one["answer"] for one in kept if one["rule"] == SLIP] == ["领导的理由。"]


# --- asking for a waiver ----------------------------------------------------------------------------------------------


def test_a_request_goes_to_the_reviewers_by_mail_and_the_error_still_blocks(asking, author, office):
    responses.answer(asking.pk, [key_of(asking, UNDATED_RULE)], "审查日期没有记录。", author)
    one = judged(asking, UNDATED_RULE)
    assert (one.is_asked, one.blocks, one.is_declined) == (True, True, False)
    assert events(asking) == [(EventType.WAIVER_ASKED, "审查日期没有记录。")]
    mail = OutgoingMail.objects.get(subject__startswith="申请豁免")
    assert mail.to == "office@example.gov.cn"
    assert "审查日期没有记录。" in mail.body
    assert one.finding.sentence in mail.body
    with pytest.raises(transitions.NotReady):
        transitions.perform(Action.SUBMIT, asking.pk, author, sha256=factories.seen(asking))


def test_a_second_click_and_better_words_send_no_second_mail(asking, author, office):
    key = key_of(asking, UNDATED_RULE)
    for _ in range(2):
        responses.answer(asking.pk, [key], "审查日期没有记录。", author, over="")
    responses.answer(asking.pk, [key], "审查日期没有记录，审查人已经调离。", author, over=Answer.objects.get().version)
    assert OutgoingMail.objects.filter(subject__startswith="申请豁免").count() == 1
    assert len(events(asking)) == 2


def test_what_was_granted_frees_the_report_and_is_not_asked_again(asking, author, reviewer):
    key = key_of(asking, UNDATED_RULE)
    responses.answer(asking.pk, [key], "审查日期没有记录。", author)
    responses.decide(asking.pk, key, True, "情况属实。", reviewer)
    assert judged(asking, UNDATED_RULE).is_waived
    with pytest.raises(Refused, match="已经豁免"):
        responses.answer(asking.pk, [key], "再说一次。", author)
    assert (
        transitions.perform(Action.SUBMIT, asking.pk, author, sha256=factories.seen(asking)).status == Status.SUBMITTED
    )


def test_what_was_declined_is_asked_again_even_in_the_same_words(asking, author, office):
    key = key_of(asking, UNDATED_RULE)
    responses.answer(asking.pk, [key], "审查日期没有记录。", author)
    responses.decide(asking.pk, key, False, "请向保密办核实。", office)
    assert judged(asking, UNDATED_RULE).is_declined
    responses.answer(asking.pk, [key], "审查日期没有记录。", author, over=Answer.objects.get().version)
    assert judged(asking, UNDATED_RULE).is_asked
    assert OutgoingMail.objects.filter(subject__startswith="申请豁免").count() == 2
    assert [kind for kind, _ in events(asking)] == [
        EventType.WAIVER_ASKED,
        EventType.WAIVER_DECLINED,
        EventType.WAIVER_ASKED,
    ]


def test_what_the_portal_could_not_publish_is_never_waived(school, campaign, author):
    document = document_of(school, campaign, sections__overview__body="<p>全年发布信息【待填】条，工作完成。</p>")
    report = factories.make_report(school, campaign, document=document)
    fixed = [one for one in judge(complete(Report.objects.filter(pk=report.pk)).get()).judged if one.rule.is_fixed]
    assert fixed
    with pytest.raises(Refused, match="只能改正，不能豁免"):
        responses.answer(report.pk, [fixed[0].finding.key], "请豁免。", author)


def test_what_explained_a_warning_asks_for_nothing_once_it_is_an_error(report, campaign, author):
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author)
    Campaign.objects.filter(pk=campaign.pk).update(severities={SLIP: Severity.ERROR.value})
    one = judged(report)
    assert (one.blocks, one.is_asked) == (True, False)
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author, over=one.answer.version)
    assert judged(report).is_asked


# --- the page of the checks -------------------------------------------------------------------------------------------


def at(report, name="check", *more):
    return reverse(f"author:{name}", args=[report.pk, *more])


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words_of(node) -> str:
    return " ".join(node.get_text(" ").split())


def group(page, name):
    return page.find(id=name)


def test_the_page_says_what_keeps_the_report_back_and_what_to_do(browser, school, campaign, author):
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED}, **UNDATED)
    report = factories.make_report(school, campaign, document=document)
    page = soup_of(browser.get(at(report)))
    left = words_of(page.find(class_="check-left"))
    assert left.startswith("须改正 1 处")
    assert "请核对 1 处" in left
    assert [one["id"] for one in page.find_all(class_="check-group")] == ["errors", "warnings"]
    assert page.find("form", action=at(report, "act", "submit")) is None


def test_with_nothing_open_it_is_one_click(browser, report, author):
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author)
    page = soup_of(browser.get(at(report)))
    assert "检查通过，可以提交" in words_of(page)
    assert "栏目名称就是这样。" in words_of(group(page, "told"))
    form = page.find("form", action=at(report, "act", "submit"))
    fields = {one["name"]: one.get("value", "") for one in form.find_all("input") if one.get("name")}
    assert set(fields) == {"csrfmiddlewaretoken", "sha256"}
    assert browser.post(at(report, "act", "submit"), fields).status_code == 302
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_reason_is_written_on_the_page_and_read_there(browser, report):
    key = key_of(report)
    page = soup_of(browser.get(at(report)))
    form = page.find("form", action=at(report, "answer_finding", key))
    assert form.find_parent("details").find("summary").text.startswith("不改，说明理由：")
    fields = {one["name"]: one["value"] for one in form.find_all("input", type="hidden")}
    response = browser.post(form["action"], fields | {"reason": "栏目名称就是这样。"})
    assert response.url == f"{at(report)}#finding-{key}"
    page = soup_of(browser.get(at(report)))
    told = group(page, "told")
    assert "不改的理由 宋填报" in words_of(told)
    assert told.find(id=f"finding-{key}") is not None
    assert page.find(attrs={"data-taken": form["action"]}) is not None
    browser.post(at(report, "take_back_answer", key), {"over": Answer.objects.get().version, "page": "check"})
    assert not Answer.objects.exists()


def test_from_a_part_one_comes_back_to_the_part(browser, report):
    key = key_of(report)
    response = browser.post(at(report, "answer_finding", key), {"reason": "是这样。", "over": "", "page": "overview"})
    assert response.url == f"{at(report, 'section', 'overview')}#finding-{key}"


def test_a_ready_reason_is_one_click(browser, report):
    key = key_of(report)
    ready = soup_of(browser.get(at(report))).find("button", attrs={"name": "ready"})["value"]
    browser.post(at(report, "answer_finding", key), {"ready": ready, "reason": "", "over": "", "page": "check"})
    assert Answer.objects.get().reason == ready in READY_REASONS[SLIP]


def test_ready_reasons_are_those_of_rules_that_are_there_and_warn():
    assert [name for name in READY_REASONS if checks.BY_NAME[name].severity != Severity.WARNING] == []


@pytest.mark.parametrize("page", ["check", "overview"])
def test_what_is_refused_stands_in_its_field_with_the_reason(browser, report, page):
    key = key_of(report)
    long = "长" * 1001
    response = browser.post(at(report, "answer_finding", key), {"reason": long, "over": "", "page": page})
    assert response.status_code == 409
    shown = soup_of(response)
    field = shown.find("form", action=at(report, "answer_finding", key)).find("textarea")
    assert field.text.strip() == long
    assert field["aria-invalid"] == "true"
    problem = shown.find(id=field["aria-describedby"].split()[-1])
    assert problem.text == "理由最多 1000 字，现在有 1001 字，请精简。"
    assert field.find_parent("details").has_attr("open")
    assert not Answer.objects.exists()


@pytest.mark.parametrize("page", ["check", "overview"])
def test_what_was_written_to_a_finding_that_is_gone_is_not_lost(browser, report, school, campaign, page):
    key = key_of(report)
    factories.write(report, document_of(school, campaign))
    response = browser.post(at(report, "answer_finding", key), {"reason": "写了很久的理由。", "over": "", "page": page})
    assert response.status_code == 409
    assert "写了很久的理由。" in response.text
    assert responses.GONE in response.text


def test_scripts_get_json(browser, report):
    key = key_of(report)
    url = at(report, "answer_finding", key)
    json = {"Accept": "application/json"}
    refused = browser.post(url, {"reason": "", "over": ""}, headers=json)
    assert (refused.status_code, refused.json()) == (409, {"state": "refused", "message": "请写明理由。"})
    saved = browser.post(url, {"reason": "是这样。", "over": ""}, headers=json)
    assert (saved.status_code, saved.json()) == (200, {"state": "saved", "message": "已写明理由。"})


def test_the_first_of_a_kind_offers_to_answer_all(browser, school, campaign, author):
    two = f"{SLIPPED}<p>学校办事零门栏，群众普遍满意。</p>"
    report = factories.make_report(school, campaign, document=document_of(school, campaign, **{OVERVIEW: two}))
    page = soup_of(browser.get(at(report)))
    boxes = page.find_all("input", attrs={"name": "alike"})
    assert [words_of(page.find("label", attrs={"for": box["id"]})) for box in boxes] == ["同类 2 条用同一理由"]
    form = boxes[0].find_parent("form")
    browser.post(form["action"], {"reason": "都是栏目名称。", "over": "", "page": "check", "alike": boxes[0]["value"]})
    assert list(Answer.objects.values_list("reason", flat=True)) == ["都是栏目名称。"] * 2


def test_the_same_words_twice_have_fields_of_their_own(browser, school, campaign, author):
    report = factories.make_report(school, campaign, document=document_of(school, campaign, **{OVERVIEW: SLIPPED * 2}))
    page = soup_of(browser.get(at(report)))
    ids = [one["id"] for one in page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))


def test_figures_that_jump_are_asked_why(browser, school, campaign, author):
    past = factories.make_campaign(school.province, campaign.year - 1)
    factories.make_report(school, past, Status.PUBLISHED)
    report = factories.make_report(
        school, campaign, document=document_of(school, campaign, sections__proactive__figures__total=999999)
    )
    key = key_of(report, "figures_stay_near_last_years")
    form = soup_of(browser.get(at(report))).find("form", action=at(report, "answer_finding", key))
    assert form.find("label", class_="form-label").text == "请说明变化原因"
    assert form.find("button", attrs={"name": "ready"}) is None


def test_an_error_is_asked_about_waits_and_is_decided_on_the_page(browser, asking, author, reviewer):
    key = key_of(asking, UNDATED_RULE)
    url = at(asking, "answer_finding", key)
    fold = soup_of(browser.get(at(asking))).find("form", action=url).find_parent("details")
    assert fold.find("summary").text.startswith("本校情况特殊？申请豁免：")
    assert not fold.has_attr("open")
    browser.post(url, {"reason": "审查日期没有记录。", "over": "", "page": "check"})
    page = soup_of(browser.get(at(asking)))
    assert "已申请豁免，等审核人决定" in words_of(group(page, "asked"))
    responses.decide(asking.pk, key, False, "请向保密办核实。", reviewer)
    declined = words_of(group(soup_of(browser.get(at(asking))), "errors"))
    assert [words for words in ("不予豁免", "请向保密办核实。", "再次申请豁免") if words not in declined] == []
    browser.post(url, {"reason": "已经核实，确无记录。", "over": Answer.objects.get().version, "page": "check"})
    responses.decide(asking.pk, key, True, "情况属实。", reviewer)
    page = soup_of(browser.get(at(asking)))
    waived = words_of(group(page, "waived"))
    assert "审核人同意豁免的理由 严审核" in waived
    assert "情况属实。" in waived
    assert page.find("form", action=url) is None
    assert page.find("form", action=at(asking, "act", "submit")) is not None


def test_who_may_not_answer_reads_without_forms(client_of, signatory, school, campaign, author):
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED})
    report = factories.make_report(school, campaign, document=document)
    page = soup_of(client_of(signatory).get(at(report)))
    assert page.find("form", action=at(report, "answer_finding", key_of(report))) is None
    assert "请核对" in words_of(group(page, "warnings"))


def test_the_leader_reads_answers_and_waivers_beside_the_full_text(client_of, school, campaign, author, signatory):
    reviewer = factories.someone("reviewer", school.province)
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED}, **UNDATED)
    report = factories.make_report(school, campaign, document=document)
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author)
    responses.answer(report.pk, [key_of(report, UNDATED_RULE)], "审查日期没有记录。", author)
    responses.decide(report.pk, key_of(report, UNDATED_RULE), True, "情况属实。", reviewer)
    transitions.perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=factories.seen(report))
    page = soup_of(client_of(signatory).get(at(report)))
    overview = page.find(id="part-overview")
    assert "全年工作按计划完成" in words_of(overview.find(class_="review-paper"))
    assert "栏目名称就是这样。" in words_of(overview.find(class_="review-notes"))
    assert "情况属实。" in words_of(page.find(id="part-head").find(class_="review-notes"))
    assert page.find("form", action=at(report, "act", "sign_off")) is not None


def test_the_leader_cannot_sign_what_became_an_error_and_is_told_the_way(client_of, school, campaign, signatory):
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED})
    report = factories.make_report(school, campaign, Status.AWAITING_SIGNOFF, document)
    Campaign.objects.filter(pk=campaign.pk).update(severities={SLIP: Severity.ERROR.value})
    page = soup_of(client_of(signatory).get(at(report)))
    assert "还不能签发" in words_of(page)
    assert page.find("a", href=at(report, "act", "decline")) is not None
    assert page.find("form", action=at(report, "act", "sign_off")) is None


def test_another_schools_report_is_not_there(client_of, colleague, report):
    client = client_of(colleague)
    key = key_of(report)
    for name in ("answer_finding", "take_back_answer"):
        assert client.post(at(report, name, key), {"reason": "理由。"}).status_code == 404
    assert not Answer.objects.exists()


def test_a_session_that_ended_leads_back_to_the_page(client, report):
    url = at(report, "answer_finding", key_of(report))
    response = client.post(url, {"reason": "理由。"}, headers={"Referer": f"http://testserver{at(report)}"})
    assert response.url == f"{reverse('accounts:login')}?next={at(report)}"


def test_the_story_tells_what_was_said(browser, asking, author, reviewer):
    key = key_of(asking, UNDATED_RULE)
    responses.answer(asking.pk, [key], "审查日期没有记录。", author)
    responses.decide(asking.pk, key, False, "请向保密办核实。", reviewer)
    responses.take_back(asking.pk, key, author)
    entries = [words_of(one) for one in soup_of(browser.get(at(asking, "history"))).select(".story > li")]
    sentence = judged(asking, UNDATED_RULE).finding.sentence
    assert [one.partition("） ")[2] for one in entries[:3]] == [
        f"撤回不改的理由：标题、引言与落款 检查结果：{sentence} 理由：审查日期没有记录。",
        f"不予豁免：标题、引言与落款 检查结果：{sentence} 理由：请向保密办核实。",
        f"申请豁免：标题、引言与落款 检查结果：{sentence} 理由：审查日期没有记录。",
    ]


def test_the_forms_know_what_is_said_over(report, author):
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    one = judgement.find(key_of(report))
    form = AnswerForms(report, judgement, None).beside(one, "x")
    assert (form.version, form.reason, form.state, form.alike) == ("", "", "unanswered", ())


def test_a_part_with_something_to_explain_is_not_done_yet(browser, report, author):
    def state_of_overview():
        page = soup_of(browser.get(at(report)))
        return words_of(next(one for one in page.select("li.task") if "概述" in one.text).find(class_="task-state"))

    assert state_of_overview() == "请核对 1 处"
    responses.answer(report.pk, [key_of(report)], "栏目名称就是这样。", author)
    assert state_of_overview() == "已填好"


def test_a_leader_may_ask_for_a_waiver_while_the_report_waits(school, campaign, author, signatory, reviewer):
    document = document_of(school, campaign, **{OVERVIEW: SLIPPED})
    report = factories.make_report(school, campaign, Status.AWAITING_SIGNOFF, document)
    Campaign.objects.filter(pk=campaign.pk).update(severities={SLIP: Severity.ERROR.value})
    User.objects.filter(pk=signatory.user.pk).update(email="leader@example.edu.cn")
    responses.answer(report.pk, [key_of(report)], "这是学校栏目的名称。", signatory)
    responses.decide(report.pk, key_of(report), True, "情况属实。", reviewer)
    assert OutgoingMail.objects.get(subject__startswith="同意豁免").to == "leader@example.edu.cn"
    done = transitions.perform(Action.SIGN_OFF, report.pk, signatory, sha256=factories.seen(report))
    assert done.status == Status.SUBMITTED


def test_hundreds_of_findings_in_a_part_are_links_beyond_the_first(browser, school, campaign, author):
    slips = "".join(f"<p>第{number}次会议研究了主动公布清零的编制，听取了各部门意见。</p>" for number in range(1, 201))
    report = factories.make_report(school, campaign, document=document_of(school, campaign, **{OVERVIEW: slips}))
    response = browser.get(at(report))
    page = group(soup_of(response), "warnings")
    found = [one for one in judge(complete(Report.objects.filter(pk=report.pk)).get()).judged if one.wants_answer]
    assert len(found) == 200
    assert len(page.select(".check")) == LISTED
    rest = page.find(class_="check-others")
    assert words_of(rest.find("summary")) == f"还有 {len(found) - LISTED} 处"
    assert len(rest.find_all("a")) == len(found) - LISTED
    # The same words in the same field are one question, however often they stand there.
    sent = {"reason": "长" * 1001, "over": "", "page": "check"}
    url = at(report, "answer_finding", found[-1].finding.key)
    assert soup_of(browser.post(url, sent)).find("textarea", attrs={"aria-invalid": "true"}) is not None
    browser.post(url, sent | {"reason": "都是栏目名称。"})
    assert judge(complete(Report.objects.filter(pk=report.pk)).get()).unanswered == []


def test_what_is_refused_is_listed_however_many_there_are(browser, school, campaign, author):
    numbers = "".join(f"<p>见校发【20{number}】5号。</p>" for number in range(10, 60))
    report = factories.make_report(school, campaign, document=document_of(school, campaign, **{OVERVIEW: numbers}))
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    last = judgement.of(SectionKey.OVERVIEW)[-1]
    assert len({one.finding.key for one in judgement.of(SectionKey.OVERVIEW)}) > LISTED
    sent = {"reason": "长" * 1001, "over": "", "page": "check"}
    page = soup_of(browser.post(at(report, "answer_finding", last.finding.key), sent))
    form = page.find("form", action=at(report, "answer_finding", last.finding.key))
    assert form.find("textarea").text.strip() == "长" * 1001
