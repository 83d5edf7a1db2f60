"""The school's pages: writing by hand and by itself, clashes, locks, handing in."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from disclosure.drafting.forms.parts import FORMS
from disclosure.findings.progress import progress_of
from disclosure.models import Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import comments, transitions
from schools.enums import Role
from schools.models import Event
from tests import factories


@pytest.fixture
def report(campaign, author):
    return transitions.start(campaign, author)


@pytest.fixture
def full(school, campaign, author):
    return factories.make_report(school, campaign)


@pytest.fixture
def browser(client_of, author):
    return client_of(author)


def fresh(report):
    return complete(Report.objects.filter(pk=report.pk)).get()


def sent(report, key, **changes):
    part = SECTIONS[key].of(fresh(report))
    return FORMS[key].sent_for(part) | {"base_version": str(part.version)} | changes


def autosave(browser, report, key, actor, **changes):
    return browser.post(
        reverse("author:autosave", args=[report.pk, key]),
        sent(report, key, **changes),
        headers={"X-Writer": str(actor.user.pk), "Accept": "application/json"},
    )


def section(report, key):
    return reverse("author:section", args=[report.pk, key])


# --- the desk ---------------------------------------------------------------------------------------------------------


def test_a_school_without_a_campaign_is_told_what_comes_next(browser, author):
    assert "还没有填报任务" in browser.get(reverse("author:home")).text


def test_starting_twice_begins_one_report(browser, campaign, author):
    first = browser.post(reverse("author:start", args=[campaign.pk]))
    second = browser.post(reverse("author:start", args=[campaign.pk]))
    report = Report.objects.get()
    assert first.url == second.url == reverse("author:report", args=[report.pk])


def test_nobody_can_start_before_the_campaign_opens(browser, campaign, author):
    campaign.opens_on = timezone.localdate() + datetime.timedelta(days=3)
    campaign.closes_on = campaign.opens_on + datetime.timedelta(days=30)
    campaign.save()
    assert browser.post(reverse("author:start", args=[campaign.pk])).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("way", "address"), [("import", "author:import_new"), ("write", "author:section"), ("", "author:report")]
)
def test_the_way_chosen_on_the_desk_is_where_one_goes_on(author, campaign, client_of, way, address):
    answer = client_of(author).post(reverse("author:start", args=[campaign.pk]), {"way": way})
    report = Report.objects.get()
    key = [SectionKey.HEAD] if way == "write" else []
    assert answer.url == reverse(address, args=[report.pk, *key])


def test_the_desk_shows_days_left_and_progress(browser, report):
    page = browser.get(reverse("author:home")).text
    assert "还有 30 天" in page
    assert "0 / 9 部分" in page


@pytest.mark.parametrize("years", [1, 3])
def test_the_desk_costs_the_same_queries_for_one_year_and_for_three(
    browser, full, author, province, years, django_assert_num_queries
):
    for back in range(1, years):
        before = factories.make_campaign(province, full.campaign.year - back)
        factories.make_report(author.school, before, Status.PUBLISHED)
    with django_assert_num_queries(24):
        browser.get(reverse("author:home"))


@pytest.mark.parametrize("name", ["report", "preview", "check", "history"])
def test_every_page_about_a_report_opens(browser, full, name):
    assert browser.get(reverse(f"author:{name}", args=[full.pk])).status_code == 200


@pytest.mark.parametrize("key", list(SectionKey))
@pytest.mark.parametrize("state", ["empty", "full"])
def test_every_part_opens(browser, school, campaign, author, key, state):
    report = transitions.start(campaign, author) if state == "empty" else factories.make_report(school, campaign)
    assert browser.get(section(report, key)).status_code == 200


def test_an_unknown_part_is_not_there(browser, report):
    assert browser.get(reverse("author:section", args=[report.pk, "items"])).status_code == 404


# --- writing by hand --------------------------------------------------------------------------------------------------


def test_the_button_saves_without_scripts_and_leads_on(browser, report):
    answer = browser.post(
        section(report, SectionKey.EXPERIENCE), sent(report, SectionKey.EXPERIENCE, body="<p>经验。</p>", next="1")
    )
    assert answer.url == section(report, SectionKey.OTHER)
    assert fresh(report).experience.body == "<p>经验。</p>"


def test_what_cannot_be_read_is_kept_and_told_beside_the_field(browser, report):
    data = sent(report, SectionKey.PROACTIVE, total="近2000条")
    page = browser.post(section(report, SectionKey.PROACTIVE), data, follow=True).text
    assert 'value="近2000条"' in page
    assert "请填整数；没有发生填 0，与学校无关填「不适用」，不清楚就空着。" in page


def test_a_clash_shows_both_texts_and_saves_nothing(client_of, report, author, second_author):
    stale = sent(report, SectionKey.OTHER, body="<p>我写的。</p>")
    autosave(client_of(second_author), report, SectionKey.OTHER, second_author, body="<p>对方写的。</p>")
    answer = client_of(author).post(section(report, SectionKey.OTHER), stale)
    assert answer.status_code == 409
    assert "陆填报" in answer.text
    assert "对方写的。" in answer.text
    assert "我写的。" in answer.text
    assert fresh(report).other.body == "<p>对方写的。</p>"


def test_saving_again_after_a_clash_takes_the_merged_text(client_of, report, author, second_author):
    stale = sent(report, SectionKey.OTHER, body="<p>我写的。</p>")
    autosave(client_of(second_author), report, SectionKey.OTHER, second_author, body="<p>对方写的。</p>")
    page = client_of(author).post(section(report, SectionKey.OTHER), stale).text
    assert 'name="base_version" value="1"' in page
    merged = stale | {"base_version": "1", "body": "<p>对方写的。</p><p>我写的。</p>"}
    client_of(author).post(section(report, SectionKey.OTHER), merged)
    assert fresh(report).other.body == "<p>对方写的。</p><p>我写的。</p>"


def test_a_cut_off_form_changes_nothing(browser, full):
    data = sent(full, SectionKey.OVERVIEW)
    del data["body"]
    assert browser.post(section(full, SectionKey.OVERVIEW), data).status_code == 400
    assert fresh(full).overview.version == 1


# --- autosave ---------------------------------------------------------------------------------------------------------


def test_autosave_tells_version_time_and_state(browser, report, author):
    answer = autosave(browser, report, SectionKey.OTHER, author, body="<p>无其他需要报告的事项。</p>")
    saved = fresh(report).other
    said = answer.json()
    tag = said.pop("section_tag")
    assert said == {
        "state": "saved",
        "version": 1,
        "saved_at": f"{timezone.localtime(saved.saved_at):%H:%M}",
        "errors": {},
        "section_state": "complete",
        "is_carried": False,
        "panel": said["panel"],
    }
    assert "已填好" in tag


def test_autosave_saves_what_is_wrong_and_says_so(browser, report, author):
    answer = autosave(browser, report, SectionKey.PROACTIVE, author, total="很多").json()
    assert answer["errors"] == {"total": "请填整数；没有发生填 0，与学校无关填「不适用」，不清楚就空着。"}
    assert fresh(report).proactive.unparsed == {"total": "很多"}


@pytest.mark.parametrize("key", list(SectionKey))
def test_autosave_costs_few_queries(browser, full, author, key, django_assert_max_num_queries):
    data = sent(full, key)
    with django_assert_max_num_queries(28):
        browser.post(reverse("author:autosave", args=[full.pk, key]), data, headers={"X-Writer": str(author.user.pk)})


def test_autosave_answers_a_clash_with_what_is_there(client_of, report, author, second_author):
    stale = sent(report, SectionKey.OTHER, body="<p>我的。</p>")
    autosave(client_of(second_author), report, SectionKey.OTHER, second_author, body="<p>对方的。</p>")
    answer = client_of(author).post(
        reverse("author:autosave", args=[report.pk, "other"]), stale, headers={"X-Writer": str(author.user.pk)}
    )
    assert answer.status_code == 409
    data = answer.json()
    assert (data["state"], data["version"], data["saved_by"]) == ("clash", 1, "陆填报")
    assert data["fields"] == [
        {"name": "body", "label": "正文", "kind": "html", "theirs": "<p>对方的。</p>", "theirs_display": "对方的。\n"}
    ]


def test_autosave_under_another_name_is_refused(browser, report, author, second_author):
    answer = autosave(browser, report, SectionKey.OTHER, second_author, body="<p>不是我写的。</p>")
    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})
    assert fresh(report).other.version == 0


def test_autosave_of_a_signed_out_person_is_told_so(client, report, author):
    answer = autosave(client, report, SectionKey.OTHER, author)
    assert (answer.status_code, answer.json()) == (401, {"state": "signed_out"})


def test_autosave_of_a_locked_part_says_why(client_of, school, campaign, author):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    answer = autosave(client_of(author), report, SectionKey.OTHER, author, body="<p>晚了。</p>")
    assert answer.status_code == 403
    assert answer.json() == {
        "state": "locked",
        "message": "报告已经提交，内容已锁定。如需修改，请先「撤回修改」，或等审核人退回。",
    }


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_autosave_with_an_impossible_version_changes_nothing(browser, report, author, version):
    answer = autosave(browser, report, SectionKey.OTHER, author, base_version=version)
    assert answer.status_code in (400, 409)
    assert fresh(report).other.version == 0


def test_presence_names_the_others(client_of, report, author, second_author):
    url = reverse("author:presence", args=[report.pk, "other"])
    assert client_of(author).post(url, {"here": "1"}).json()["others"] == []
    assert client_of(second_author).post(url, {"here": "1"}).json() == {
        "others": ["宋填报"],
        "version": 0,
        "saved_by": "",
    }
    client_of(author).post(url, {"here": "0"})
    assert client_of(second_author).post(url, {"here": "1"}).json()["others"] == []


# --- handing in -------------------------------------------------------------------------------------------------------


def test_the_check_page_links_each_sentence_to_its_field(browser, report):
    page = browser.get(reverse("author:check", args=[report.pk])).text
    assert "还没有填写报告标题" not in page
    link = next(one for one in BeautifulSoup(page, "html.parser").find_all("a") if one.text == "还没有填写落款日期。")
    address, _, field = link["href"].partition("#")
    assert (address.partition("?")[0], field) == (section(report, "head"), "id_signature_date")
    assert "提交给甲省教育厅办公室" not in page


def test_the_check_page_says_what_to_do_where_nothing_can_be_handed_in(client_of, browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    address = reverse("author:check", args=[report.pk])
    assert "报告现在是「已提交，待审核」" in browser.get(address).text
    transitions.perform(Action.RECALL, report.pk, author)
    leader = client_of(factories.make_actor(Role.SIGNATORY, school))
    assert "填报人送您审签之后" in leader.get(address).text


def test_a_report_with_unanswered_remarks_does_not_pass_the_check(browser, school, campaign):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OVERVIEW: "请补充。"})
    page = browser.get(reverse("author:check", args=[report.pk])).text
    assert "还没有答复的审核意见（1 条）" in page
    assert "检查通过" not in page


def hand_in(browser, report, **changes):
    data = {
        "sha256": factories.seen(report),
    } | changes
    return browser.post(reverse("author:act", args=[report.pk, Action.SUBMIT]), data)


def test_a_complete_report_is_handed_in(browser, full):
    hand_in(browser, full)
    full.refresh_from_db()
    assert full.status == Status.SUBMITTED


def test_handing_in_twice_ends_in_one_submission_and_a_clear_word(browser, full):
    seen = factories.seen(full)
    hand_in(browser, full)
    answer = hand_in(browser, full, sha256=seen)
    assert answer.status_code == 409
    assert "报告现在是「已提交，待审核」" in answer.text
    assert full.submissions.count() == 1


def test_what_changed_after_the_check_is_not_handed_in(client_of, browser, full, second_author):
    seen = factories.seen(full)
    autosave(client_of(second_author), full, SectionKey.OTHER, second_author, body="<p>改了。</p>")
    answer = hand_in(browser, full, sha256=seen)
    assert answer.status_code == 409
    assert "内容在您核对之后又有改动" in answer.text


def test_after_the_closing_date_a_reason_is_asked_and_kept(browser, full):
    full.campaign.closes_on = timezone.localdate() - datetime.timedelta(days=2)
    full.campaign.save()
    assert "请说明逾期原因后再提交" in hand_in(browser, full).text
    hand_in(browser, full, late_reason="分管领导出差。")
    full.refresh_from_db()
    assert (full.status, full.is_late, full.late_reason) == (Status.SUBMITTED, True, "分管领导出差。")


def test_taking_a_punctual_report_back_after_the_closing_date_says_what_it_costs(browser, full):
    hand_in(browser, full)
    url = reverse("author:act", args=[full.pk, Action.RECALL])
    assert "记为逾期" not in browser.get(url).text
    full.campaign.closes_on = timezone.localdate() - datetime.timedelta(days=1)
    full.campaign.save()
    assert "填报已经截止，撤回后再提交会记为逾期。" in browser.get(url).text


def test_with_a_signatory_the_report_goes_through_the_signature(client_of, browser, full, signatory):
    assert "送分管领导审签" in browser.get(reverse("author:check", args=[full.pk])).text
    browser.post(
        reverse("author:act", args=[full.pk, Action.REQUEST_SIGNOFF]),
        {
            "sha256": factories.seen(full),
        },
    )
    leader = client_of(signatory)
    assert "签发并提交给甲省教育厅办公室" in leader.get(reverse("author:check", args=[full.pk])).text
    leader.post(
        reverse("author:act", args=[full.pk, Action.SIGN_OFF]),
        {
            "sha256": factories.seen(full),
        },
    )
    full.refresh_from_db()
    assert full.status == Status.SUBMITTED
    assert full.submissions.get().signed_by_name == "方签发"


def test_a_leader_who_declines_must_say_why_and_keeps_what_was_typed(client_of, school, campaign, signatory):
    report = factories.make_report(school, campaign, Status.AWAITING_SIGNOFF)
    url = reverse("author:act", args=[report.pk, Action.DECLINE])
    assert "请写明需要修改什么。" in client_of(signatory).post(url, {"comment": " "}).text
    client_of(signatory).post(url, {"comment": "请核对第三部分。"})
    report.refresh_from_db()
    assert report.status == Status.DRAFT


def test_an_author_cannot_sign_off(browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.AWAITING_SIGNOFF)
    answer = browser.post(reverse("author:act", args=[report.pk, Action.SIGN_OFF]))
    assert answer.status_code == 403
    assert "只有本校的分管领导可以审签。" in answer.text


def test_an_answer_that_is_too_long_stays_in_its_field(browser, school, campaign):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: "请补充。"})
    address = reverse("author:answer_remark", args=[report.pk, report.open_return().remarks.get().pk])
    page = browser.post(address, {"answer": "长" * 2001})
    assert page.status_code == 409
    assert "长" * 2001 in page.text
    assert "答复最多 2000 字，现在有 2001 字，请精简。" in page.text


@pytest.mark.parametrize("version", ["", "x", None])
def test_a_form_that_names_no_version_is_refused(browser, report, version):
    data = sent(report, SectionKey.OTHER, body="<p>无。</p>") | {"base_version": version}
    page = browser.post(
        section(report, SectionKey.OTHER), {name: value for name, value in data.items() if value is not None}
    )
    assert page.status_code == 400
    assert "请按浏览器的后退键回到刚才的页面，您填写的内容还在那里。" in page.text


def test_remarks_are_answered_before_the_report_goes_back(browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: "请补充。"})
    remark = report.open_return().remarks.get()
    autosave(browser, report, SectionKey.OTHER, author, body="<p>补充了。</p>")
    assert "还有 1 条审核意见没有答复" in hand_in(browser, report).text
    address = reverse("author:answer_remark", args=[report.pk, remark.pk])
    assert "审核意见已全部答复，请检查并提交。" in browser.post(address, {"answer": "已补充。"}, follow=True).text
    hand_in(browser, report)
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_the_parts_the_reviewer_asked_about_stand_out_until_answered(browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: "请补充。"})
    assert progress_of(fresh(report)).of(SectionKey.OTHER).label == "待修改"
    remark = report.open_return().remarks.get()
    browser.post(reverse("author:answer_remark", args=[report.pk, remark.pk]), {"answer": "已补充。"})
    labels = {part.section.key: part.label for part in progress_of(fresh(report)).parts}
    assert set(labels.values()) == {"已填好"}


def test_an_answer_that_is_not_taken_stays_in_its_field(browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: "请补充。"})
    address = reverse("author:answer_remark", args=[report.pk, report.open_return().remarks.get().pk])
    assert browser.get(address).url.startswith(section(report, "other"))
    response = browser.post(address, {"answer": "\u3000"})
    assert response.status_code == 409
    assert "请写明如何处理了这条意见。" in response.text


def test_an_answer_that_comes_too_late_is_shown_to_be_copied(browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: "请补充。"})
    address = reverse("author:answer_remark", args=[report.pk, report.open_return().remarks.get().pk])
    browser.post(address, {"answer": "已补充。"})
    factories.hand_in(report)
    response = browser.post(address, {"answer": "再补充一句。"})
    assert response.status_code == 409
    assert "只有退回修改的报告需要答复审核意见。" in response.text
    assert "<p>再补充一句。</p>" in response.text


def test_giving_up_a_correction_asks_first_and_restores_what_was_published(browser, school, campaign, author):
    report = factories.make_report(school, campaign, Status.PUBLISHED)
    before = factories.seen(report)
    transitions.perform(Action.START_CORRECTION, report.pk, author, comment="数字有误。")
    autosave(browser, report, SectionKey.OTHER, author, body="<p>改坏了。</p>")
    url = reverse("author:act", args=[report.pk, Action.DISCARD_CORRECTION])
    assert "丢弃后无法找回" in browser.get(url).text
    browser.post(url)
    assert factories.seen(report) == before


@pytest.mark.parametrize("name", ["preview_pdf", "preview_docx"])
def test_a_text_too_long_for_the_press_is_told_instead_of_set(browser, full, name):
    factories.write(full, factories.full_document(full.school, full.campaign.year, preamble="字" * 50_001))
    answer = browser.get(reverse(f"author:{name}", args=[full.pk]))
    assert answer["Location"] == reverse("author:check", args=[full.pk])
    assert "引言有 50001 字，最多 50000 字" in browser.get(answer["Location"]).content.decode()


# --- who sees what ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("persona", ["colleague", "other_author"])
def test_another_school_does_not_find_the_report(client_of, full, request, persona):
    browser = client_of(request.getfixturevalue(persona))
    for url in (
        reverse("author:report", args=[full.pk]),
        section(full, "overview"),
        reverse("author:preview_pdf", args=[full.pk]),
        reverse("author:preview_docx", args=[full.pk]),
        reverse("author:check", args=[full.pk]),
    ):
        assert browser.get(url).status_code == 404


def test_looking_writes_nothing(browser, full):
    before = (Event.objects.count(), factories.seen(full), fresh(full).overview.version)
    for name in ("report", "preview", "check", "history"):
        browser.get(reverse(f"author:{name}", args=[full.pk]))
    for key in SectionKey:
        browser.get(section(full, key))
    assert (Event.objects.count(), factories.seen(full), fresh(full).overview.version) == before


@pytest.mark.parametrize(
    ("key", "words"),
    [("overview", "各部门各负其责"), ("head", "现将本学年度信息公开工作情况报告如下"), ("contacts", "10000000002")],
)
def test_the_signatory_reads_and_does_not_write(client_of, full, signatory, key, words):
    page = client_of(signatory).get(section(full, key)).text
    assert "只有本校的填报人可以这样做。" in page
    assert words in page
    assert "data-writing" not in page


def test_what_was_typed_before_the_lock_came_stays_on_the_page(browser, full):
    data = sent(full, SectionKey.OTHER, body="<p>刚刚写的。</p>")
    hand_in(browser, full)
    answer = browser.post(section(full, SectionKey.OTHER), data)
    assert answer.status_code == 403
    assert "刚刚写的。" in answer.text
    assert fresh(full).other.body == "<p>无其他需要报告的事项。</p>"


def test_there_is_a_sentence_for_every_step_a_school_takes():
    from disclosure.drafting.views import author as view

    taken = {action for action in Action if transitions.TRANSITIONS[action].action not in _REVIEWERS}
    assert set(view._DONE) == taken


_REVIEWERS = {Action.SEND_BACK, Action.APPROVE, Action.WITHDRAW, Action.REOPEN}


def test_the_schools_history_keeps_the_reviewers_notes_until_the_return(browser, school, campaign, reviewer):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    comments.add(report.pk, SectionKey.OVERVIEW, "先记一笔。", reviewer)
    page = browser.get(reverse("author:history", args=[report.pk])).text
    assert "提交审核" in page
    assert "先记一笔。" not in page
