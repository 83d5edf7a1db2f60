"""Starting from last year's report, taking over a part, confirming it, reading it beside: who, when, and what stays."""

import pytest
from django.urls import reverse

from disclosure.drafting import last_year, saving
from disclosure.drafting.forms.parts import FORMS
from disclosure.drafting.loading import load
from disclosure.drafting.saving import Content, save_part
from disclosure.evaluation import context_of, judge
from disclosure.findings.progress import PartState, progress_of
from disclosure.models import Publication, Report, Submission
from disclosure.models.assembly import assemble, complete, content_of, parts_of
from disclosure.report.enums import MANDATED, Action, Decision, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.richtext.placeholders import BLANK
from disclosure.workflow import transitions
from disclosure.workflow.transitions import Refused, perform
from schools.audit import events_of
from schools.enums import EventType, Role
from schools.models import Event, School
from tests import factories
from tests.disclosure.test_workflow_races import at_once, outcome

OVERVIEW, OTHER, HEAD, CONTACTS = SectionKey.OVERVIEW, SectionKey.OTHER, SectionKey.HEAD, SectionKey.CONTACTS


def publish(school, province, years_ago=1, **changes):
    """What the school published some years ago."""
    campaign = factories.make_campaign(province, factories.latest_year() - years_ago)
    document = factories.full_document(school, campaign.year, **changes)
    factories.make_report(school, campaign, Status.PUBLISHED, document)
    return Publication.objects.get(school=school, year=campaign.year)


def load_past(school, **changes):
    """A report that was published before there was a portal, and loaded."""
    document = factories.full_document(school, factories.latest_year() - 2, **changes)
    load(document, publish=True)
    return Publication.objects.get(school=school, year=document.year)


@pytest.fixture
def published(school, province):
    return publish(school, province)


@pytest.fixture
def begun(published, campaign, author):
    """A report that was started from last year's."""
    return fresh(last_year.start(campaign, published.year, author))


@pytest.fixture
def browser(client_of, author):
    return client_of(author)


def fresh(report):
    return complete(Report.objects.filter(pk=report.pk)).get()


def marks(report):
    report = fresh(report)
    return {key: part.carried_from for key, part in parts_of(report) if part.carried_from}


def save(report, key, actor, **values):
    """Save part ``key`` as its form does, with ``values`` for some of its fields."""
    report = fresh(report)
    part = SECTIONS[key].of(report)
    stored, rows = content_of(assemble(report), key)
    return save_part(report.pk, key, Content(stored | values, rows), part.version, actor)


def url(name, *arguments):
    return reverse(f"author:{name}", args=arguments)


# --- starting ---------------------------------------------------------------------------------------------------------


def test_a_report_starts_from_last_years(begun, published, campaign, school):
    assert marks(begun) == dict.fromkeys(SectionKey, published.year)
    assert begun.head.title == f"{school.name}{campaign.label}信息公开工作报告"
    assert (begun.head.label, begun.head.period_end) == (campaign.label, campaign.period_end)
    assert begun.head.signature_date is None
    assert f"全年组织信息公开培训{BLANK}次，共{BLANK}人次参加" in begun.overview.body
    assert begun.other.body == "<p>无其他需要报告的事项。</p>"
    assert begun.overview.training_sessions is None
    assert not begun.overview.rules.exists()
    assert not begun.proactive.channels.exists()
    assert not begun.onrequest.columns.exists()
    assert begun.evaluation.methods == []
    assert [person.mobile for person in begun.contacts.people.all()] == ["", "10000000002", "10000000003"]


def test_starting_so_stands_in_the_trail(begun, published):
    event = events_of(begun).get(type=EventType.REPORT_CARRIED_OVER)
    assert event.detail == {
        "year": published.year,
        "publication": 1,
        "sections": [key.value for key in SectionKey],
    }
    assert events_of(begun).filter(type=EventType.REPORT_STARTED).count() == 1


def test_a_second_click_starts_nothing_more(begun, published, campaign, author):
    before = {key: part.version for key, part in parts_of(begun)}
    assert last_year.start(campaign, published.year, author) == begun
    assert {key: part.version for key, part in parts_of(fresh(begun))} == before
    assert events_of(begun).filter(type=EventType.REPORT_CARRIED_OVER).count() == 1


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(published, campaign, author, second_author):
    report = transitions.start(campaign, second_author)
    save(report, OVERVIEW, second_author, body="<p>同事写的。</p>")
    last_year.start(campaign, published.year, author)
    assert fresh(report).overview.body == "<p>同事写的。</p>"
    assert marks(report) == {}
    last_year.take_over(report.pk, published.year, author)
    assert fresh(report).overview.body == "<p>同事写的。</p>"
    assert set(marks(report)) == set(SectionKey) - {OVERVIEW}


def test_figures_that_stand_already_stay(published, campaign, author):
    report = transitions.start(campaign, author)
    save(report, OVERVIEW, author, training_sessions=7)
    last_year.take_over_part(report.pk, OVERVIEW, published.year, author)
    assert fresh(report).overview.training_sessions == 7
    assert marks(report) == {OVERVIEW: published.year}


def test_words_that_were_no_figure_stay_too(published, campaign, author):
    report = transitions.start(campaign, author)
    content = Content({"training_sessions": None}, {}, {"training_sessions": "两三次"})
    save_part(report.pk, OVERVIEW, content, 0, author)
    last_year.take_over_part(report.pk, OVERVIEW, published.year, author)
    assert fresh(report).overview.unparsed == {"training_sessions": "两三次"}


def test_the_live_version_is_the_one_taken(school, province, campaign, author):
    publication = publish(school, province)
    report = Report.objects.get(campaign__year=publication.year)
    perform(Action.START_CORRECTION, report.pk, author, comment="补充。")
    save(report, OTHER, author, body="<p>更正后的事项。</p>")
    factories.hand_in(report)
    reviewer = factories.someone(Role.REVIEWER, province)
    perform(Action.APPROVE, report.pk, reviewer, sha256=factories.seen(report))
    assert fresh(last_year.start(campaign, publication.year, author)).other.body == "<p>更正后的事项。</p>"


def test_the_last_year_is_offered_first_and_any_earlier_may_be_chosen(school, province, campaign, author):
    earlier = publish(school, province, 3, sections__other__body="<p>更早的事项。</p>")
    publish(school, province, 1)
    found = last_year.publications_before(school.pk, campaign.year)
    assert [one.year for one in found] == [campaign.year - 1, campaign.year - 3]
    assert fresh(last_year.start(campaign, earlier.year, author)).other.body == "<p>更早的事项。</p>"


def test_a_label_of_another_kind_is_the_campaigns(school, province, author):
    publication = publish(school, province, title="甲省明德学院2020年信息公开年度报告", label="2020年")
    campaign = factories.make_campaign(province, label="2026年度")
    report = fresh(last_year.start(campaign, publication.year, author))
    assert (report.head.title, report.head.label) == ("甲省明德学院2026年度信息公开年度报告", "2026年度")


def test_a_school_that_moved_has_its_reports_still(published, school, other_province, other_campaign, author):
    School.objects.filter(pk=school.pk).update(province=other_province)
    school.refresh_from_db()
    moved = factories.make_actor(Role.AUTHOR, school, "moved", "宋迁移")
    report = fresh(last_year.start(other_campaign, published.year, moved))
    assert report.head.addressee == other_campaign.addressee != "甲省教育厅办公室"
    assert OVERVIEW in marks(report)


def test_a_report_that_was_loaded_may_be_started_from(school, province, campaign, author):
    """It was accepted as it is, with parts missing: those begin empty."""
    past = load_past(school, sections__on_request={}, contacts=[])
    report = last_year.start(campaign, past.year, author)
    assert set(marks(report)) == set(SectionKey) - {SectionKey.ON_REQUEST, CONTACTS}
    assert fresh(report).onrequest.version == 0


# --- what is not offered ----------------------------------------------------------------------------------------------


def test_a_withdrawn_report_is_not_there(published, school, province, campaign, author):
    report = Report.objects.get(campaign__year=published.year)
    reviewer = factories.someone(Role.REVIEWER, province)
    perform(Action.WITHDRAW, report.pk, reviewer, comment="内容有误。")
    assert last_year.publications_before(school.pk, campaign.year) == []
    with pytest.raises(Refused, match="没有可以沿用的往年报告"):
        last_year.start(campaign, published.year, author)
    assert not Report.objects.filter(campaign=campaign).exists()


def test_another_schools_report_is_not_there(published, second_school, colleague, campaign):
    with pytest.raises(Refused, match="没有可以沿用的往年报告"):
        last_year.start(campaign, published.year, colleague)


def test_a_report_of_a_later_year_is_none_of_last_years(published, province, author):
    older = factories.make_campaign(province, published.year - 1)
    report = transitions.start(older, author)
    for year in (published.year, older.year, 0):
        with pytest.raises(Refused, match="没有可以沿用的往年报告"):
            last_year.take_over(report.pk, year, author)


def test_a_correction_starts_from_what_is_published(published, author):
    report = Report.objects.get(campaign__year=published.year)
    perform(Action.START_CORRECTION, report.pk, author, comment="补充。")
    with pytest.raises(Refused, match="更正"):
        last_year.take_over(report.pk, published.year - 1, author)


def test_a_loaded_report_says_what_was_published_in_its_year(published, campaign, author):
    report = transitions.start(campaign, author)
    Report.objects.filter(pk=report.pk).update(backfilled=True)
    with pytest.raises(Refused, match="补录"):
        last_year.take_over(report.pk, published.year, author)


def test_what_was_handed_in_once_is_answered_part_by_part(published, school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED)
    with pytest.raises(Refused, match="还没有提交过"):
        last_year.take_over(report.pk, published.year, author)


def test_only_an_author_takes_over(published, campaign, author, signatory, reviewer, colleague):
    report = transitions.start(campaign, author)
    for actor in (signatory, reviewer, colleague):
        with pytest.raises(Refused):
            last_year.take_over(report.pk, published.year, actor)
    assert marks(report) == {}


def test_a_part_with_words_is_not_written_over(published, campaign, author):
    report = transitions.start(campaign, author)
    save(report, OTHER, author, body="<p>今年的。</p>")
    with pytest.raises(Refused, match="已经有内容"):
        last_year.take_over_part(report.pk, OTHER, published.year, author)
    assert fresh(report).other.body == "<p>今年的。</p>"


def test_a_second_click_on_one_part_is_none(published, campaign, author):
    report = transitions.start(campaign, author)
    for _ in range(2):
        last_year.take_over_part(report.pk, OTHER, published.year, author)
    assert fresh(report).other.version == 1
    assert events_of(report).filter(type=EventType.REPORT_CARRIED_OVER).count() == 1


def test_a_part_that_last_year_lacked_says_so(school, province, campaign, author):
    publication = load_past(school, contacts=[])
    report = transitions.start(campaign, author)
    with pytest.raises(Refused, match="没有「信息公开工作联系方式」的内容"):
        last_year.take_over_part(report.pk, CONTACTS, publication.year, author)


# --- marks ------------------------------------------------------------------------------------------------------------


def test_a_part_taken_over_is_unfinished_and_cannot_be_handed_in(begun, author):
    progress = progress_of(begun)
    assert {part.state for part in progress.parts} == {PartState.CARRIED}
    assert (progress.done, progress.of(OTHER).label, progress.of(OTHER).tone) == (0, "沿用上年，待更新", "attention")
    assert [one.finding.rule for one in progress.of(OTHER).findings] == ["carried_text_was_looked_through"]
    assert "no_blank_is_left" in {one.finding.rule for one in progress.of(OVERVIEW).findings}
    with pytest.raises(transitions.NotReady):
        perform(Action.SUBMIT, begun.pk, author, sha256=factories.seen(begun))


def test_a_save_of_the_same_text_leaves_the_mark(begun, author):
    save(begun, OTHER, author)
    save(begun, OTHER, author, body="<p><strong>无其他</strong>需要报告的事项。</p>")
    save(begun, OVERVIEW, author, training_sessions=2)
    assert {OTHER, OVERVIEW} <= set(marks(begun))


def test_a_save_of_another_text_takes_the_mark_away(begun, author):
    save(begun, OTHER, author, body="<p>今年另有一项。</p>")
    assert OTHER not in marks(begun)
    assert progress_of(fresh(begun)).of(OTHER).state == PartState.COMPLETE
    save(begun, HEAD, author, addressee="甲省教育厅")
    assert HEAD not in marks(begun)


def test_another_contact_takes_the_mark_away(begun, author):
    report = fresh(begun)
    people = content_of(assemble(report), CONTACTS)[1]["people"]
    people[2] = people[2] | {"name": "陆联络"}
    save_part(begun.pk, CONTACTS, Content({}, {"people": people}), report.contacts.version, author)
    assert CONTACTS not in marks(begun)


def test_a_stale_save_is_a_clash_and_leaves_the_mark(begun, author):
    part = fresh(begun).other
    with pytest.raises(saving.Clash):
        save_part(begun.pk, OTHER, Content({"body": "<p>旧窗口。</p>"}), part.version - 1, author)
    assert OTHER in marks(begun)


def test_confirming_takes_the_mark_of_one_part_away(begun, author, published):
    version = fresh(begun).other.version
    assert last_year.confirm(begun.pk, OTHER, version, author)
    assert set(marks(begun)) == set(SectionKey) - {OTHER}
    assert fresh(begun).other.version == version  # who has the part open goes on writing
    assert events_of(begun).get(type=EventType.CARRIED_CONFIRMED).detail == {"section": "other", "year": published.year}


def test_confirming_twice_confirms_once(begun, author):
    assert last_year.confirm(begun.pk, OTHER, 1, author)
    assert not last_year.confirm(begun.pk, OTHER, 1, author)
    assert events_of(begun).filter(type=EventType.CARRIED_CONFIRMED).count() == 1


def test_what_was_not_seen_is_not_confirmed(begun, author, second_author):
    save(begun, OTHER, second_author)  # the same words: the mark stays, the version goes on
    with pytest.raises(Refused, match="又有改动"):
        last_year.confirm(begun.pk, OTHER, 1, author)
    assert OTHER in marks(begun)


def test_blanks_are_not_confirmed(begun, author):
    with pytest.raises(Refused, match=f"还有 2 处{BLANK}，不能确认"):
        last_year.confirm(begun.pk, OVERVIEW, 1, author)
    assert OVERVIEW in marks(begun)


def test_a_locked_part_is_not_confirmed(begun, author, signatory):
    with pytest.raises(saving.Locked):
        last_year.confirm(begun.pk, OTHER, 1, signatory)


def test_worked_through_it_is_handed_in_without_a_mark_or_a_blank(begun, author, province):
    factories.write(begun, factories.full_document(begun.school, begun.campaign.year), author)
    assert marks(begun) == {}
    factories.hand_in(begun)
    assert BLANK not in str(Submission.objects.get(report=begun).document)
    assert Submission.objects.get(report=begun).decision == Decision.PENDING


# --- two at once ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("committed_db")
def test_two_people_start_from_last_year_at_once(published, campaign, author, second_author):
    taken, refused = outcome(
        at_once(
            lambda: last_year.start(campaign, published.year, author),
            lambda: last_year.start(campaign, published.year, second_author),
        )
    )
    assert (len(taken), refused) == (2, [])
    report = Report.objects.get(campaign=campaign)
    assert {part.version for _, part in parts_of(fresh(report))} == {1}
    assert Event.objects.filter(type=EventType.REPORT_CARRIED_OVER).count() == 1
    assert fresh(report).contacts.people.count() == 3


@pytest.mark.usefixtures("committed_db")
def test_one_takes_over_what_the_other_writes(published, campaign, author, second_author):
    """Whoever comes second is told; what was typed is never lost."""
    report = transitions.start(campaign, author)

    def write():
        try:
            return save_part(report.pk, OTHER, Content({"body": "<p>同事写的。</p>"}), 0, second_author)
        except saving.Clash as clash:
            return clash.part.body

    _, refused = outcome(at_once(lambda: last_year.take_over_part(report.pk, OTHER, published.year, author), write))
    part = fresh(report).other
    if refused:
        assert part.body == "<p>同事写的。</p>"
    else:
        assert (part.body, part.carried_from) == ("<p>无其他需要报告的事项。</p>", published.year)
    assert part.version == 1


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_desk_offers_last_year_beside_a_blank_start(browser, published, campaign):
    page = browser.get(url("home")).text
    assert url("start_from_last_year", campaign.pk) in page
    assert "从上年报告开始" in page
    assert "直接填写" in page


def test_without_an_earlier_report_there_is_only_the_blank_start(browser, campaign):
    page = browser.get(url("home")).text
    assert "从上年报告开始" not in page
    assert "直接填写" in page
    assert "没有可以沿用的往年报告" in browser.get(url("start_from_last_year", campaign.pk)).text


def test_the_offer_tells_what_comes_and_what_does_not(browser, published, campaign):
    page = browser.get(url("start_from_last_year", campaign.pk)).text
    assert (
        page.index("会带过来")
        < page.index("七个部分的正文")
        < page.index("不会带过来")
        < page.index("落款单位和落款日期")
    )
    assert published.title in page
    assert not Report.objects.filter(campaign=campaign).exists()


def test_posting_starts_and_leads_to_the_report(browser, published, campaign):
    answer = browser.post(url("start_from_last_year", campaign.pk), {"year": published.year}, follow=True)
    report = Report.objects.get(campaign=campaign)
    assert answer.redirect_chain[-1][0] == url("report", report.pk)
    assert answer.text.count("沿用上年，待更新") >= len(SectionKey)
    again = browser.post(url("start_from_last_year", campaign.pk), {"year": published.year})
    assert again.url == url("report", report.pk)
    assert browser.get(url("start_from_last_year", campaign.pk)).url == url("report", report.pk)


def test_who_comes_after_a_colleague_is_told_that_nothing_was_taken_over(browser, published, campaign, second_author):
    report = transitions.start(campaign, second_author)
    for key in SectionKey:
        save(report, key, second_author)
    answer = browser.post(url("start_from_last_year", campaign.pk), {"year": published.year}, follow=True)
    assert "报告里已经有内容，没有沿用往年的。" in answer.text
    assert marks(report) == {}


@pytest.mark.parametrize("year", ["", "去年", "-1", "99999", "２０２４", "1e3"])
def test_a_year_that_is_none_is_refused_in_words(browser, published, campaign, year):
    answer = browser.post(url("start_from_last_year", campaign.pk), {"year": year}, follow=True)
    assert "没有可以沿用的往年报告" in answer.text
    assert not Report.objects.filter(campaign=campaign).exists()


def test_an_untouched_draft_may_still_start_so(browser, published, campaign, author):
    report = transitions.start(campaign, author)
    assert url("take_over", report.pk) in browser.get(url("report", report.pk)).text
    assert "会带过来" in browser.get(url("take_over", report.pk)).text
    answer = browser.post(url("take_over", report.pk), {"year": published.year})
    assert (answer.url, set(marks(report))) == (url("report", report.pk), set(SectionKey))
    assert f'href="{url("take_over", report.pk)}"' not in browser.get(url("report", report.pk)).text
    assert browser.get(url("take_over", report.pk)).url == url("report", report.pk)


def test_an_empty_part_offers_its_own(browser, published, campaign, author):
    report = transitions.start(campaign, author)
    page = browser.get(url("section", report.pk, OTHER)).text
    assert "沿用上年这一部分" in page
    answer = browser.post(url("take_over_part", report.pk, OTHER), {"year": published.year}, follow=True)
    assert "这一部分沿用了往年的内容，待更新" in answer.text
    assert "沿用上年这一部分" not in answer.text
    answer = browser.post(url("take_over_part", report.pk, OVERVIEW), {"year": "1999"}, follow=True)
    assert "没有可以沿用的往年报告" in answer.text


def test_the_button_confirms_and_a_blank_is_refused_with_its_reason(browser, begun):
    answer = browser.post(url("confirm_carried", begun.pk, OTHER), {"base_version": 1}, follow=True)
    assert "「其他需要报告的事项」已确认。" in answer.text
    answer = browser.post(url("confirm_carried", begun.pk, OVERVIEW), {"base_version": 1}, follow=True)
    assert "不能确认" in answer.text
    answer = browser.post(url("confirm_carried", begun.pk, CONTACTS), {"base_version": "x"}, follow=True)
    assert "又有改动" in answer.text
    assert OTHER not in marks(begun)
    assert {OVERVIEW, CONTACTS} <= set(marks(begun))


def test_an_expired_session_leads_to_the_sign_in_and_back_to_the_part(client_of, begun):
    visitor = client_of(None)
    page = url("section", begun.pk, OTHER)
    answer = visitor.post(
        url("confirm_carried", begun.pk, OTHER), {"base_version": 1}, headers={"Referer": f"http://testserver{page}"}
    )
    assert answer.url.endswith(f"next={page}")
    assert OTHER in marks(begun)


def test_a_colleague_of_another_school_finds_nothing(client_of, colleague, begun, published):
    browser = client_of(colleague)
    for name in ("take_over_part", "confirm_carried", "last_year"):
        assert browser.get(url(name, begun.pk, OTHER)).status_code == 404
        assert browser.post(url(name, begun.pk, OTHER), {"year": published.year}).status_code in (404, 405)
    assert browser.post(url("take_over", begun.pk), {"year": published.year}).status_code == 404


@pytest.mark.parametrize("key", list(SectionKey))
@pytest.mark.parametrize("panel", ["", "?panel=1"])
def test_last_year_stands_beside_every_part(browser, published, campaign, author, key, panel):
    report = transitions.start(campaign, author)
    page = browser.get(url("last_year", report.pk, key) + panel).text
    assert f"{published.year} 年的原文" in page
    if key in MANDATED:
        assert "填写并保存之后，不同的地方会标在这里" in page


def test_the_differences_are_marked_and_the_figures_compared(browser, begun, author, published):
    save(begun, OVERVIEW, author, body=begun.overview.body.replace(f"培训{BLANK}次", "培训4次"), training_sessions=4)
    page = browser.get(url("last_year", begun.pk, OVERVIEW) + "?panel=1").text
    assert "<del>2</del><ins>4</ins>" in page
    assert "信息公开培训" in page
    assert "+2（+100%）" in page


def test_the_same_text_says_so(browser, begun):
    assert f"文字与 {begun.campaign.year - 1} 年完全相同" in browser.get(url("last_year", begun.pk, OTHER)).text


def test_own_mobiles_are_beside_the_contacts_and_the_public_never_sees_them(
    browser, begun, client_of, school, published
):
    assert "10000000003" in browser.get(url("last_year", begun.pk, CONTACTS)).text
    assert "10000000003" not in client_of(None).get(reverse("public:report", args=[school.slug, published.year])).text


def test_another_year_is_chosen_and_a_foolish_one_is_the_last(browser, school, province, campaign, author):
    publish(school, province, 3, sections__other__body="<p>更早的事项。</p>")
    publish(school, province, 1)
    report = transitions.start(campaign, author)
    page = url("last_year", report.pk, OTHER)
    assert "更早的事项" in browser.get(f"{page}?year={campaign.year - 3}").text
    assert f"{campaign.year - 1} 年的原文" in browser.get(f"{page}?year=x").text


def test_without_earlier_reports_nothing_is_offered_on_a_part(browser, campaign, author):
    report = transitions.start(campaign, author)
    assert "打开上年内容对照" not in browser.get(url("section", report.pk, OTHER)).text
    assert "没有可以对照的内容" in browser.get(url("last_year", report.pk, OTHER)).text


@pytest.mark.parametrize("years", [1, 3])
def test_the_pages_cost_the_same_for_one_earlier_year_and_for_three(
    browser, school, province, campaign, author, years, django_assert_num_queries
):
    for ago in range(1, years + 1):
        publish(school, province, ago)
    with django_assert_num_queries(11):
        browser.get(url("start_from_last_year", campaign.pk))
    report = transitions.start(campaign, author)
    with django_assert_num_queries(11):
        browser.get(url("last_year", report.pk, OTHER) + "?panel=1")


def test_the_autosave_tells_that_the_mark_is_gone(browser, begun, author):
    part = fresh(begun).other
    data = FORMS[OTHER].sent_for(part) | {"base_version": str(part.version)}
    headers = {"X-Writer": str(author.user.pk), "Accept": "application/json"}
    same = browser.post(url("autosave", begun.pk, OTHER), data, headers=headers).json()
    assert (same["is_carried"], "待更新" in same["section_tag"]) == (True, True)
    data |= {"base_version": str(same["version"]), "body": "<p>今年另有一项。</p>"}
    changed = browser.post(url("autosave", begun.pk, OTHER), data, headers=headers).json()
    assert (changed["is_carried"], changed["section_state"]) == (False, "complete")


def test_the_checks_know_which_parts_were_taken_over(begun):
    assert context_of(begun, assemble(begun)).carried == dict.fromkeys(SectionKey, begun.campaign.year - 1)
    assert judge(begun).errors
