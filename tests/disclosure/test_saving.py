"""Saving one part: nothing lost, nothing overwritten."""

import threading

import pytest
from django.db import connection

from disclosure.drafting import saving
from disclosure.drafting.forms.parts import FORMS
from disclosure.models import Report
from disclosure.models.assembly import complete
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import transitions
from schools.enums import EventType
from schools.models import Event
from tests import factories


def part_of(report, key):
    return SECTIONS[key].of(complete(Report.objects.filter(pk=report.pk)).get())


def sent(report, key, **changes):
    return FORMS[key].sent_for(part_of(report, key)) | changes


def save(report, key, actor, base_version, **changes):
    form = FORMS[key](sent(report, key, **changes))
    return saving.save_part(report.pk, key, form.content(), base_version, actor)


@pytest.fixture
def report(campaign, author):
    return transitions.start(campaign, author)


def test_it_writes_over_the_version_it_is_based_on(report, author):
    save(report, SectionKey.OTHER, author, 0, body="<p>无其他需要报告的事项。</p>")
    part = part_of(report, SectionKey.OTHER)
    assert (part.version, part.body, part.saved_by) == (1, "<p>无其他需要报告的事项。</p>", author.user)


def test_it_refuses_a_stale_version_and_writes_nothing(report, author, second_author):
    save(report, SectionKey.OTHER, author, 0, body="<p>甲</p>")
    with pytest.raises(saving.Clash) as clash:
        save(report, SectionKey.OTHER, second_author, 0, body="<p>乙</p>")
    assert clash.value.part.body == "<p>甲</p>"
    part = part_of(report, SectionKey.OTHER)
    assert (part.version, part.body, part.saved_by) == (1, "<p>甲</p>", author.user)


def test_a_stale_save_leaves_the_rows_alone(report, author):
    rows = {"rules-TOTAL_FORMS": "1", "rules-0-name": "甲办法", "rules-0-number": "", "rules-0-url": ""}
    save(report, SectionKey.OVERVIEW, author, 0, **rows)
    with pytest.raises(saving.Clash):
        save(report, SectionKey.OVERVIEW, author, 0, **(rows | {"rules-0-name": "乙办法"}))
    assert [rule.name for rule in part_of(report, SectionKey.OVERVIEW).rules.all()] == ["甲办法"]


def test_each_save_leaves_one_line_in_the_trail(report, author):
    save(report, SectionKey.OTHER, author, 0, body="<p>甲</p>")
    event = Event.objects.get(type=EventType.SECTION_SAVED)
    assert (event.actor_id, event.object_id, event.detail) == (
        author.user.pk,
        report.pk,
        {"section": "other", "version": 1},
    )


def test_it_saves_nothing_while_the_report_is_with_the_reviewer(school, campaign, author):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    with pytest.raises(saving.Locked, match="报告已经提交，内容已锁定"):
        save(report, SectionKey.OTHER, author, 1, body="<p>晚了</p>")
    assert part_of(report, SectionKey.OTHER).body == "<p>无其他需要报告的事项。</p>"


def test_after_a_return_only_the_named_parts_can_be_saved(school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OTHER: "请补充。"})
    save(report, SectionKey.OTHER, author, 1, body="<p>补充了。</p>")
    with pytest.raises(saving.Locked, match="审核人没有要求修改这一部分"):
        save(report, SectionKey.OVERVIEW, author, 1, body="<p>顺手改。</p>")


def test_a_colleague_of_another_school_cannot_save(report, colleague):
    with pytest.raises(saving.Locked, match="这是另一所学校的报告"):
        save(report, SectionKey.OTHER, colleague, 0, body="<p>别人的。</p>")


@pytest.mark.parametrize("key", list(SectionKey))
def test_what_is_stored_reads_back_as_it_was_sent(school, campaign, author, key):
    report = factories.make_report(school, campaign)
    before = sent(report, key)
    save(report, key, author, 1)
    assert sent(report, key) == before


@pytest.mark.django_db
def test_two_saves_at_once_end_in_one_write_and_one_clash(committed_db, campaign, author, second_author):
    report = transitions.start(campaign, author)
    results = []
    barrier = threading.Barrier(2)

    def write(actor, text):
        form = FORMS[SectionKey.OTHER]({"heading": "", "body": text})
        barrier.wait()
        try:
            saving.save_part(report.pk, SectionKey.OTHER, form.content(), 0, actor)
            results.append("saved")
        except saving.Clash:
            results.append("clash")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=pair) for pair in ((author, "<p>甲</p>"), (second_author, "<p>乙</p>"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["clash", "saved"]
    assert part_of(report, SectionKey.OTHER).version == 1


def test_a_recalled_report_can_be_saved_again(school, campaign, author):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    transitions.perform(Action.RECALL, report.pk, author)
    save(report, SectionKey.OTHER, author, 1, body="<p>再改。</p>")
    assert part_of(report, SectionKey.OTHER).body == "<p>再改。</p>"
