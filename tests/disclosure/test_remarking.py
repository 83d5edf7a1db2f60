"""The reviewer's remarks and the school's answers."""

import pytest

from disclosure.models import Remark
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.workflow import comments, transitions
from disclosure.workflow.transitions import Refused, perform
from schools.audit import events_of
from schools.enums import EventType
from tests.factories import hand_in, make_report, seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(school, campaign):
    return make_report(school, campaign, Status.SUBMITTED)


@pytest.fixture
def returned(school, campaign):
    return make_report(school, campaign, Status.RETURNED)


def test_a_remark_belongs_to_the_submission_under_review(submitted, reviewer):
    remark = comments.add(submitted.pk, SectionKey.OVERVIEW, " 请补充。\n", reviewer)
    assert (remark.submission, remark.section, remark.text) == (
        transitions.pending_submission(submitted),
        "overview",
        "请补充。",
    )
    assert (remark.created_by, remark.created_by_name, remark.is_settled) == (reviewer.user, "严审核", False)
    event = events_of(submitted).first()
    assert (event.type, event.detail) == (EventType.REMARK_ADDED, {"section": "overview", "text": "请补充。"})


def test_a_double_click_writes_one_remark(submitted, reviewer):
    first = comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    assert comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充。", reviewer) == first
    assert events_of(submitted).filter(type=EventType.REMARK_ADDED).count() == 1


def test_the_same_words_may_stand_on_two_parts(submitted, reviewer):
    comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    comments.add(submitted.pk, SectionKey.OTHER, "请补充。", reviewer)
    assert Remark.objects.count() == 2


def test_it_refuses_a_remark_without_a_word(submitted, reviewer):
    with pytest.raises(Refused, match="请写明审核意见。"):
        comments.add(submitted.pk, SectionKey.OVERVIEW, " \n ", reviewer)
    assert not Remark.objects.exists()


@pytest.mark.parametrize("status", [status for status in Status if status != Status.SUBMITTED])
def test_it_refuses_a_remark_on_what_is_not_under_review(status, school, campaign, reviewer):
    report = make_report(school, campaign, status)
    before = Remark.objects.count()
    with pytest.raises(Refused, match="只有待审核的报告可以写审核意见。"):
        comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    assert Remark.objects.count() == before


def test_the_administrator_may_write_remarks_and_nobody_else(submitted, province_admin, author, other_reviewer):
    assert comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充。", province_admin).created_by_name == "管省办"
    for actor, sentence in (
        (author, "只有省级审核人可以这样做。"),
        (other_reviewer, "这份报告不属于您所在的省份。"),
    ):
        with pytest.raises(Refused, match=sentence):
            comments.add(submitted.pk, SectionKey.OTHER, "请补充。", actor)
    assert Remark.objects.count() == 1


def test_a_remark_taken_back_gives_its_words_once_more(submitted, reviewer):
    remark = comments.add(submitted.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    assert comments.remove(submitted.pk, remark.pk, reviewer).text == "请补充。"
    assert comments.remove(submitted.pk, remark.pk, reviewer) is None
    assert not Remark.objects.exists()
    assert [event.type for event in events_of(submitted)[:2]] == [EventType.REMARK_REMOVED, EventType.REMARK_ADDED]


def test_a_remark_that_was_sent_cannot_be_taken_back(returned, reviewer):
    remark = Remark.objects.get()
    with pytest.raises(Refused, match="只有待审核的报告可以写审核意见。"):
        comments.remove(returned.pk, remark.pk, reviewer)
    assert Remark.objects.get() == remark


def test_a_remark_of_another_report_is_left_alone(submitted, reviewer, second_school, campaign):
    other = make_report(second_school, campaign, Status.SUBMITTED)
    remark = comments.add(other.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    assert comments.remove(submitted.pk, remark.pk, reviewer) is None
    assert Remark.objects.get() == remark


def test_an_answer_settles_the_remark_and_a_new_one_replaces_it(returned, author, second_author):
    remark = Remark.objects.get()
    comments.answer(returned.pk, remark.pk, "已补充。", author)
    remark = comments.answer(returned.pk, remark.pk, " 已在第二段补充。 ", second_author)
    assert (remark.answer, remark.settled_by_name, remark.is_settled) == ("已在第二段补充。", "陆填报", True)
    assert [event.detail["text"] for event in events_of(returned).filter(type=EventType.REMARK_ANSWERED)] == [
        "已在第二段补充。",
        "已补充。",
    ]


def test_it_refuses_an_answer_without_a_word(returned, author):
    with pytest.raises(Refused, match="请写明如何处理了这条意见。"):
        comments.answer(returned.pk, Remark.objects.get().pk, "  ", author)
    assert not Remark.objects.get().is_settled


def test_an_answer_counts_its_line_breaks_as_browsers_do_and_is_never_cut(returned, author):
    remark = Remark.objects.get()
    assert comments.answer(returned.pk, remark.pk, "答\r\n" * 999 + "完。", author).answer == "答\n" * 999 + "完。"
    with pytest.raises(Refused, match="答复最多 2000 字，现在有 2001 字，请精简。"):
        comments.answer(returned.pk, remark.pk, "长" * 2001, author)
    assert Remark.objects.get().answer == "答\n" * 999 + "完。"


def test_it_refuses_an_answer_by_anyone_but_the_schools_author(returned, reviewer, colleague, signatory):
    for actor, sentence in (
        (reviewer, "这是另一所学校的报告。"),
        (colleague, "这是另一所学校的报告。"),
        (signatory, "只有本校的填报人可以这样做。"),
    ):
        with pytest.raises(Refused, match=sentence):
            comments.answer(returned.pk, Remark.objects.get().pk, "已补充。", actor)


def test_it_refuses_an_answer_once_the_report_is_handed_in_again(returned, author):
    remark = Remark.objects.get()
    comments.answer(returned.pk, remark.pk, "已补充。", author)
    hand_in(returned)
    with pytest.raises(Refused, match="只有退回修改的报告需要答复审核意见。"):
        comments.answer(returned.pk, remark.pk, "另外。", author)


def test_it_refuses_an_answer_to_a_remark_of_an_earlier_round(returned, author, reviewer):
    old = Remark.objects.get()
    comments.answer(returned.pk, old.pk, "已补充。", author)
    report = hand_in(returned)
    comments.add(report.pk, SectionKey.OTHER, "还请补充。", reviewer)
    perform(Action.SEND_BACK, report.pk, reviewer, sha256=seen(report), comment="请再修改。")
    with pytest.raises(Refused, match="这条审核意见已经不在了，请刷新页面。"):
        comments.answer(report.pk, old.pk, "另外。", author)
