"""Near copies among public reports: which are found, which do not count, and an index that is what is public."""

import itertools
import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure import evaluation
from disclosure.checks import Context, run
from disclosure.checks.base import Published
from disclosure.drafting.loading import load_file
from disclosure.evaluation import near_duplicates
from disclosure.models import Fingerprint, Publication, Report, Withdrawal
from disclosure.models.assembly import complete
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, Action, SectionKey, Status
from disclosure.richtext import to_text
from disclosure.workflow import transitions
from schools.models import School
from tests import factories
from tests.disclosure.test_workflow_races import at_once
from tests.shared import REPORTS

OVERVIEW, PROACTIVE, EXPERIENCE = SectionKey.OVERVIEW, SectionKey.PROACTIVE, SectionKey.EXPERIENCE
RULE = "sections_are_not_another_schools"

STORY = (
    "学校党委把信息公开作为联系师生的窗口，逐月检查各部门的栏目，发现问题当面交办。"
    "招生、财务、后勤三个部门合办了一期开放日，把平时问得最多的四十个问题整理成册，印发到每一间宿舍。"
    "图书馆的大屏改成滚动播放公示名单，学生不必登录网页也能看到。"
    "各学院的联络员轮流到党政办跟班一周，回去以后自己动手改版网页，退件明显少了。"
    "校报开辟专版刊登校长信箱的答复，编辑部每月抽查两件，请来信人打分。"
)
OTHER_STORY = (
    "工会牵头在食堂门口设了意见箱，钥匙由教职工代表轮流保管，每周五开箱登记。"
    "信息中心把十一个部门的旧网址统一转到新专栏，转接记录保留三年备查。"
    "毕业生离校前可以凭学生证在自助机上打印自己的资助发放明细，无需排队盖章。"
)
_numbers = itertools.count(1)


def report(school, year=2024, **texts) -> Document:
    """A report of ``school`` with these texts, plain, a line a paragraph; the other sections have nothing of their own."""
    bodies = dict.fromkeys((key.value for key in MANDATED), "<p>无其他需要报告的事项。</p>")
    bodies |= {key: "".join(f"<p>{line}</p>" for line in text.split("\n")) for key, text in texts.items()}
    return factories.full_document(school, year, **{f"sections__{key}__body": body for key, body in bodies.items()})


def publish(school, year=2024, number=1, indexed=True, masked=True, **texts) -> Publication:
    """That report, public."""
    document = report(school, year, **texts)
    document = document.public() if masked else document
    publication = Publication.objects.create(
        school=school,
        year=year,
        number=number,
        title=document.title,
        label=document.label,
        document=document.to_json(),
        sha256=document.hash,
        change_note="更正。" if number > 1 else "",
        published_at=datetime(year, 10, 25, 9, next(_numbers) % 60, tzinfo=UTC),
    )
    if indexed:
        near_duplicates.index(school.pk)
    return publication


def found(document, school):
    """The reports it would be compared with, by school and year."""
    return [(one.school, one.year) for one in near_duplicates.candidates(document, school)]


def told(document, school):
    """What the rule says of it."""
    context = Context(published=near_duplicates.candidates(document, school))
    return [finding for finding in run(document, context) if finding.rule == RULE]


def rows(**of):
    return sorted(Fingerprint.objects.filter(**of).values_list("hash", "school_id", "publication_id", "since"))


# --- finding ---------------------------------------------------------------------------------------------------------


def test_a_copied_section_is_shown_beside_the_other_schools_passage(school, other_school):
    source = publish(other_school, overview=STORY)
    [finding] = told(report(school, 2025, experience=f"学校另有自己的做法。{STORY}"), school)
    assert finding.section == EXPERIENCE
    assert not finding.blocks
    assert finding.sentence.startswith(f"这一部分有 172 字（占 95%）与{other_school.name} 2024 年的报告相同。请改写")
    assert [passage.text for passage in finding.passages] == [STORY]
    [elsewhere] = finding.elsewhere
    assert (elsewhere.school, elsewhere.year, elsewhere.section) == (other_school.name, 2024, OVERVIEW)
    assert (elsewhere.address, elsewhere.text) == (source.get_absolute_url(), STORY)


EDITED = {
    "the name of the school": lambda text: text.replace("学校", "我院").replace("校报", "院报"),
    "other figures": lambda text: text.replace("两件", "6件").replace("四十", "50"),
    "a paragraph a sentence": lambda text: text.replace("。", "。\n").strip(),
    "one of the sentences left out": lambda text: "。".join(text.split("。")[1:]),
    "sentences in another order": lambda text: "。".join(reversed(text.rstrip("。").split("。"))) + "。",
    "between sentences of its own": lambda text: f"{OTHER_STORY[:70]}{text}{OTHER_STORY[70:]}",
    "words": lambda text: (
        text.replace("逐月", "每个月").replace("专版", "版面").replace("一间", "个").replace("周", "月")
    ),
}


@pytest.mark.parametrize("edit", EDITED.values(), ids=EDITED.keys())
def test_an_edited_copy_is_found(school, other_school, edit):
    publish(other_school, proactive=f"学校另有一段。\n{STORY}")
    document = report(school, 2025, overview=edit(STORY))
    assert found(document, school) == [(other_school.name, 2024)]
    assert [(finding.section, finding.elsewhere[0].section) for finding in told(document, school)] == [
        (OVERVIEW, PROACTIVE)
    ]


def test_a_report_of_its_own_is_compared_with_none(school, other_school):
    publish(other_school, overview=STORY)
    assert found(report(school, 2025, overview=OTHER_STORY), school) == []


def test_the_schools_own_reports_are_left_out(school, other_school):
    publish(school, 2023, overview=STORY)
    publish(school, 2024, overview=STORY)
    assert found(report(school, 2025, overview=STORY), school) == []


def test_whoever_had_the_words_first_is_not_told(school, other_school):
    publish(school, 2022, overview=STORY)
    publish(other_school, 2023, overview=STORY + OTHER_STORY)
    assert found(report(school, 2025, overview=STORY), school) == []
    # The words of its own do not count where the report is compared for others.
    both = report(school, 2025, overview=STORY + OTHER_STORY)
    [published] = near_duplicates.candidates(both, school)
    assert published.uncounted == frozenset(STORY.rstrip("。").replace("。", "。|").split("|")[:-1]) | {
        STORY.split("。")[-2] + "。"
    }
    [finding] = told(both, school)
    assert [passage.text for passage in finding.passages] == [OTHER_STORY]
    assert found(report(other_school, 2025, overview=STORY), other_school) == [(school.name, 2022)]


def test_of_one_school_the_report_with_most_is_compared_and_of_equal_ones_the_newest(school, other_school):
    publish(other_school, 2021, overview=STORY, experience=OTHER_STORY)
    publish(other_school, 2022, overview=STORY)
    publish(other_school, 2023, overview=STORY)
    assert found(report(school, 2025, overview=STORY), school) == [(other_school.name, 2023)]
    assert found(report(school, 2025, overview=OTHER_STORY), school) == [(other_school.name, 2021)]


def test_only_the_reports_with_most_are_compared(school, province):
    for sentence in (STORY + OTHER_STORY).split("。")[:-1]:
        publish(factories.make_school(province), overview=f"{sentence}。")
    assert len(found(report(school, 2025, overview=STORY + OTHER_STORY), school)) == near_duplicates.MOST_COMPARED


def test_what_many_schools_say_is_a_formula(school, province):
    """And a hash of it has no more rows than say so, however many schools there are."""
    for number, place in enumerate("东西南北中前后左右上下里外红黄蓝绿青紫白黑金银铜铁木"[: near_duplicates.KEPT + 2]):
        own = f"{place * 4}校区的公告牌换成了{number}块新样式，由{place * 3}楼值班员照看。"
        publish(factories.make_school(province), overview=STORY + own)
    document = report(school, 2025, overview=STORY)
    assert found(document, school) == []
    assert max(Counter(Fingerprint.objects.values_list("hash", flat=True)).values()) == near_duplicates.KEPT
    other = factories.make_school(province)
    publish(other, overview=STORY, experience=OTHER_STORY)
    [published] = near_duplicates.candidates(report(school, 2025, overview=STORY, experience=OTHER_STORY), school)
    assert published.school == other.name
    assert len(published.uncounted) == 5


def test_where_there_are_few_schools_fewer_make_a_formula(school, province):
    """Four in any case; a tenth of all that have published up to twelve."""
    for _ in range(near_duplicates.LEAST_STANDING):
        publish(factories.make_school(province), overview=STORY)
    document = report(school, 2025, overview=STORY)
    assert len(found(document, school)) == near_duplicates.LEAST_STANDING
    publish(factories.make_school(province), overview=STORY)
    assert found(document, school) == []
    for _ in range(140):
        factories.make_school(province)  # and has published nothing, so that it says nothing of how usual words are
    assert found(document, school) == []
    for number in range(45):
        Fingerprint.objects.create(
            hash=number, school=factories.make_school(province), publication=Publication.objects.first(), since=2024
        )
    assert len(found(document, school)) == near_duplicates.LEAST_STANDING + 1


def test_counting_the_schools_in_the_index_costs_no_more_the_more_there_are(school, province):
    """A hundred look-ups; never a walk through the index, nor through all publications."""
    for _ in range(near_duplicates.LEAST_STANDING + 1):
        publish(factories.make_school(province), overview=STORY)
    with CaptureQueriesContext(connection) as queries:
        found(report(school, 2025, overview=STORY), school)
    [counting] = [one["sql"] for one in queries if "COUNT" in one["sql"]]
    assert "LIMIT 120" in counting
    assert "disclosure_publication" not in counting
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {counting}")
            steps = [row[3] for row in cursor.fetchall()]
        assert [step for step in steps if "disclosure_fingerprint" in step and not step.startswith("SEARCH")] == []


def test_what_was_not_public_when_the_report_was_handed_in_was_not_copied(school, other_school):
    source = publish(other_school, 2024, overview=STORY)
    publish(other_school, 2024, number=2, overview=STORY)
    document = report(school, 2025, overview=STORY)
    assert len(near_duplicates.candidates(document, school, source.published_at)) == 0
    assert len(near_duplicates.candidates(document, school, source.published_at + timedelta(minutes=1))) == 1
    # The words were public in the year before.
    publish(other_school, 2023, overview=STORY)
    assert [one.year for one in near_duplicates.candidates(document, school, source.published_at)] == [2024]


def test_a_few_schools_make_no_formula(school, province):
    for _ in range(3):
        publish(factories.make_school(province), overview=STORY)
    [finding] = told(report(school, 2025, overview=STORY), school)
    assert "另有 2 所学校的报告也有这些文字" in finding.sentence


def test_what_the_notice_makes_everybody_say_is_not_looked_for(school, other_school):
    said = "根据《高等学校信息公开办法》和上级要求，我校编制了本报告，统计期限为一个完整的学年，欢迎社会各界监督。"
    publish(other_school, overview=said)
    assert rows() == []
    assert found(report(school, 2025, overview=said), school) == []


def test_words_that_share_a_hash_by_chance_are_told_apart(school, other_school):
    unlike = publish(other_school, overview=OTHER_STORY)
    document = report(school, 2025, overview=STORY)
    for _, letters in near_duplicates.telling_sentences(STORY, school.name):
        for key in near_duplicates.hashes(letters):
            Fingerprint.objects.create(hash=key, school=other_school, publication=unlike, since=2024)
    assert found(document, school) == [(other_school.name, 2024)]
    assert told(document, school) == []


def test_what_became_private_since_is_not_quoted(school, other_school):
    publish(other_school, overview=f"{STORY}值班电话13800138000。", masked=False)
    [published] = near_duplicates.candidates(report(school, 2025, overview=STORY), school)
    assert published.texts[OVERVIEW].endswith("值班电话138****8000。\n")


@pytest.mark.parametrize("text", ["", "无。", "<p> </p>", "一。二。三。", "。。。；；；", "2024-2025 100%"])
def test_texts_that_say_nothing_are_compared_with_nothing(school, other_school, text):
    publish(other_school, overview=text)
    assert rows() == []
    assert found(report(school, 2025, overview=text), school) == []


def test_very_long_texts_are_looked_up(school, other_school, django_assert_num_queries):
    """Fifty thousand letters; more than can be published are not read at all."""
    long = "".join(
        f"第{number}个部门把{one}写进了自己的台账，并且按月更新。"
        for number, one in enumerate("零一二三四五六七八九" * 200)
    )
    assert len(long) > 50_000
    publish(other_school, overview=long, experience=STORY)
    document = report(school, 2025, overview=long, experience=STORY)
    with django_assert_num_queries(2):
        assert found(document, school) == [(other_school.name, 2024)]
    assert [finding.section for finding in told(document, school)] == [OVERVIEW, EXPERIENCE]
    too_long = "很长的一段文字反复出现在正文里面，" * 40_000
    assert found(report(school, 2025, overview=too_long), school) == []


@pytest.mark.parametrize("count", [1, 3])
def test_looking_takes_two_queries(school, province, count, django_assert_num_queries):
    for _ in range(count):
        publish(factories.make_school(province), overview=STORY)
    document = report(school, 2025, overview=STORY)
    with django_assert_num_queries(2):
        assert len(near_duplicates.candidates(document, school)) == count


def test_a_draft_is_judged_against_what_is_public(school, campaign, other_school):
    """Through the door that the pages use."""
    publish(other_school, overview=STORY)
    document = factories.full_document(school, campaign.year, sections__overview__body=f"<p>{STORY}</p>")
    draft = factories.make_report(school, campaign, document=document)
    judgement = evaluation.judge(complete(Report.objects.filter(pk=draft.pk)).get())
    assert [one.finding.elsewhere[0].school for one in judgement.judged if one.finding.rule == RULE] == [
        other_school.name
    ]


@pytest.mark.skipif(not REPORTS.is_dir(), reason=f"the real reports are not at {REPORTS}")
@pytest.mark.parametrize(("public", "checked"), [("001", "003"), ("003", "001")])
def test_the_two_real_reports_that_share_paragraphs_are_found(db, public, checked):
    for path in sorted(REPORTS.glob("*.json")):
        if not path.name.startswith(checked):
            near_duplicates.index(load_file(path, publish=True).report.school_id)
    [path] = REPORTS.glob(f"{public}_*.json")
    source = Document.model_validate(json.loads(path.read_text(encoding="utf-8")))
    [path] = REPORTS.glob(f"{checked}_*.json")
    loaded = load_file(path).report
    document = Document.model_validate(json.loads(path.read_text(encoding="utf-8")))
    findings = told(document, loaded.school)
    assert [(finding.section, finding.elsewhere[0].school) for finding in findings] == [
        (OVERVIEW, source.school.name),
        (PROACTIVE, source.school.name),  # one sentence, on what the homepage is for
        (EXPERIENCE, source.school.name),
    ]
    for finding in findings:
        assert len(finding.passages) == len(finding.elsewhere)
        for elsewhere in finding.elsewhere:
            assert elsewhere.text in to_text(source.sections[elsewhere.section].body)


# --- the index -------------------------------------------------------------------------------------------------------


def test_what_a_school_repeats_is_one_row(school):
    publish(school, 2022, overview=STORY)
    assert {(publication, since) for _, _, publication, since in rows()} == {(Publication.objects.get().pk, 2022)}
    before = len(rows())
    publish(school, 2024, experience=STORY)
    newest = publish(school, 2023, overview=STORY, indexed=False)
    assert len(rows()) == before == 5 * near_duplicates.BANDS
    near_duplicates.index(school.pk)
    # The newest is that of the latest year, whenever it was published.
    assert {(publication, since) for _, _, publication, since in rows()} == {
        (Publication.objects.get(year=2024).pk, 2022)
    }
    assert newest.year == 2023


def test_a_withdrawal_gives_the_words_back_to_the_report_before(school, other_school):
    first = publish(other_school, 2022, overview=STORY)
    second = publish(other_school, 2023, overview=STORY, experience=OTHER_STORY)
    document = report(school, 2025, overview=STORY, experience=OTHER_STORY)
    assert found(document, school) == [(other_school.name, 2023)]
    Withdrawal.objects.create(publication=second, reason="附件有误。", withdrawn_by_name="严审核")
    assert found(document, school) == []  # at once, whatever the index says
    near_duplicates.index(other_school.pk)
    assert found(document, school) == [(other_school.name, 2022)]
    assert {publication for _, _, publication, _ in rows()} == {first.pk}
    Withdrawal.objects.create(publication=first, reason="附件有误。", withdrawn_by_name="严审核")
    near_duplicates.index(other_school.pk)
    assert rows() == []


def test_a_correction_replaces_the_words(school, other_school):
    publish(other_school, overview=STORY)
    publish(other_school, number=2, overview=OTHER_STORY)
    assert found(report(school, 2025, overview=STORY), school) == []
    assert found(report(school, 2025, overview=OTHER_STORY), school) == [(other_school.name, 2024)]


def test_publishing_correcting_and_withdrawing_keep_the_index_right(
    school, campaign, reviewer, django_capture_on_commit_callbacks
):
    document = factories.full_document(school, campaign.year, sections__overview__body=f"<p>{STORY}</p>")
    with django_capture_on_commit_callbacks(execute=True):
        published = factories.make_report(school, campaign, Status.PUBLISHED, document)
    assert {publication for _, _, publication, _ in rows()} == {Publication.objects.get().pk}
    grown = rows()
    list(near_duplicates.rebuild())
    assert rows() == grown
    with django_capture_on_commit_callbacks(execute=True):
        transitions.perform(Action.WITHDRAW, published.pk, reviewer, comment="附件内容有误。")
    assert rows() == []


def test_a_report_is_published_though_indexing_fails(
    school, campaign, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def broken(school_id):
        raise RuntimeError("no index today")

    monkeypatch.setattr(near_duplicates, "index", broken)
    with django_capture_on_commit_callbacks(execute=True):
        published = factories.make_report(school, campaign, Status.PUBLISHED)
    assert Report.objects.get(pk=published.pk).status == Status.PUBLISHED
    assert "no index today" in caplog.text
    monkeypatch.undo()
    list(near_duplicates.rebuild())
    assert rows() != []


def test_made_anew_it_is_what_it_has_grown_to(school, second_school, other_school):
    publish(school, 2022, overview=STORY)
    publish(other_school, 2022, overview=OTHER_STORY)
    withdrawn = publish(school, 2023, overview=STORY, experience=OTHER_STORY)
    publish(second_school, 2024, proactive=STORY)
    Withdrawal.objects.create(publication=withdrawn, reason="附件有误。", withdrawn_by_name="严审核")
    near_duplicates.index(school.pk)
    publish(other_school, 2022, number=2, overview=STORY)
    grown = rows()
    Fingerprint.objects.all().delete()
    assert list(near_duplicates.rebuild()) == [(1, 3), (2, 3), (3, 3)]
    assert rows() == grown


def test_making_it_anew_can_be_broken_off_and_done_again(school, second_school, django_assert_max_num_queries):
    publish(school, 2022, overview=STORY)
    publish(second_school, 2023, overview=OTHER_STORY)
    grown = rows()
    # As another way of hashing would have left it.
    Fingerprint.objects.filter(school=school).delete()
    Fingerprint.objects.create(hash=-1, school=second_school, publication=Publication.objects.first(), since=2023)
    work = near_duplicates.rebuild()
    next(work)
    work.close()
    assert rows() != grown
    call_command("rebuild_copies", stdout=(out := StringIO()))
    assert rows() == grown
    assert out.getvalue() == "已按 2 所学校正在公开的报告重建索引。\n"
    assert [near_duplicates.index(one.pk) for one in (school, second_school)] == [0, 0]


@pytest.mark.usefixtures("committed_db")
def test_two_publications_of_a_school_at_once_are_both_in_the_index(school, other_school):
    publish(school, 2022, overview=STORY)

    def publishing(year, text):
        publish(school, year, experience=text)

    at_once(
        lambda: publishing(2023, OTHER_STORY),
        lambda: publishing(2024, STORY[::-1]),
        lambda: near_duplicates.index(other_school.pk),
    )
    grown = rows()
    assert {publication for _, _, publication, _ in grown} == set(Publication.objects.values_list("pk", flat=True))
    list(near_duplicates.rebuild())
    assert rows() == grown


def test_two_hundred_schools_with_one_text_are_no_copies_of_each_other(school, province):
    """And the index grows no further than to tell so; where those who stand for it withdraw, others take their place."""
    published = [publish(factories.make_school(province), overview=STORY) for _ in range(200)]
    document = report(school, 2025, overview=STORY)
    assert found(document, school) == []
    one = published[0].school
    assert found(report(one, 2025, overview=STORY), one) == []
    assert set(Counter(Fingerprint.objects.values_list("hash", flat=True)).values()) == {near_duplicates.KEPT}
    grown = rows()
    assert list(near_duplicates.rebuild())[-1] == (201, 201)
    assert rows() == grown
    for publication in published[: near_duplicates.KEPT - 1]:
        Withdrawal.objects.create(publication=publication, reason="附件有误。", withdrawn_by_name="严审核")
        near_duplicates.index(publication.school_id)
    list(near_duplicates.rebuild())
    assert set(Counter(Fingerprint.objects.values_list("hash", flat=True)).values()) == {near_duplicates.KEPT}
    assert found(document, school) == []


def test_a_school_that_moves_to_another_province_keeps_its_words(school, second_school, other_province):
    source = publish(second_school, 2023, overview=STORY)
    grown = rows()
    document = report(school, 2025, overview=STORY)
    School.objects.filter(pk=second_school.pk).update(province=other_province)
    assert near_duplicates.index(second_school.pk) == 0
    assert rows() == grown
    [published] = near_duplicates.candidates(document, school)
    assert (published.school, published.address) == (second_school.name, source.get_absolute_url())
    second_school.refresh_from_db()
    publish(second_school, 2024, overview=STORY)
    assert found(document, school) == [(second_school.name, 2024)]
    assert found(report(second_school, 2025, overview=STORY), second_school) == []


@pytest.mark.usefixtures("committed_db")
def test_what_is_published_and_withdrawn_while_it_is_made_anew_is_right_in_the_end(school, second_school, other_school):
    first = publish(school, 2022, overview=STORY, indexed=False)
    publish(other_school, 2022, overview=OTHER_STORY, indexed=False)
    only = publish(second_school, 2022, proactive=STORY[::-1])

    def withdraw(publication):
        Withdrawal.objects.create(publication=publication, reason="附件有误。", withdrawn_by_name="严审核")
        near_duplicates.index(publication.school_id)

    at_once(
        lambda: list(near_duplicates.rebuild()),
        lambda: list(near_duplicates.rebuild()),
        lambda: withdraw(first),
        lambda: publish(school, 2023, overview=STORY, experience=OTHER_STORY),
        lambda: withdraw(only),
    )
    grown = rows()
    current = Publication.objects.exclude(pk__in=[first.pk, only.pk])
    assert {publication for _, _, publication, _ in grown} == set(current.values_list("pk", flat=True))
    assert {since for _, holder, _, since in grown if holder == school.pk} == {2023}
    list(near_duplicates.rebuild())
    assert rows() == grown


# --- hashing ---------------------------------------------------------------------------------------------------------


def test_hashes_are_the_ones_in_the_databases_there_are():
    """Where a newer library counts otherwise, what is stored finds nothing: a release then asks for ``rebuild_copies``."""
    assert near_duplicates.hashes("党委把信息公开作为联系师生的窗口逐月检查各部门的栏目") == [
        -926177197529275552,
        -1347683154246171520,
        1624466814692046465,
        -5849110804601893619,
        -6481269168772878746,
        -1574964663812237259,
    ]


def test_hashes_fit_a_column_of_the_database():
    assert all(-(2**63) <= key < 2**63 for number in range(50) for key in near_duplicates.hashes(f"{STORY[number:]}"))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "我校依据《某某办法》把公示栏搬到了食堂的门口，来往的人都看得见。",
            ["依据把公示栏搬到了食堂的门口来往的人都看得见"],
        ),
        ("明德学院的校史馆3月起对社会开放，凭身份证入场。太短的一句。", ["的校史馆月起对社会开放凭身份证入场"]),
    ],
)
def test_names_marks_and_figures_are_left_out(text, sentences):
    assert [letters for _, letters in near_duplicates.telling_sentences(text, "明德学院")] == sentences


def test_the_library_is_loaded_by_who_needs_it():
    code = (
        "import django, sys; django.setup(); import disclosure.urls; from disclosure.evaluation import near_duplicates;"
        "assert 'rensa' not in sys.modules; near_duplicates.hashes('一二三四五六七八九十'); assert 'rensa' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"DJANGO_SETTINGS_MODULE": "tests.settings"})


# --- the rule --------------------------------------------------------------------------------------------------------


def other(name="明德学院", uncounted=(), **texts):
    return Published(
        name, 2023, f"/{name}/", {SectionKey(key): text for key, text in texts.items()}, frozenset(uncounted)
    )


def told_of(school, published, **texts):
    document = report(school, 2025, **texts)
    return [finding for finding in run(document, Context(published=published)) if finding.rule == RULE]


def test_at_most_two_schools_are_named_for_one_section(school):
    sources = [other("甲学院", overview=STORY), other("丙学院", other=STORY[:90])]
    sources += [other("乙学院", overview=OTHER_STORY + OTHER_STORY[::-1]), other("丁学院", overview=STORY)]
    findings = told_of(school, sources, overview=f"{STORY}\n{OTHER_STORY}{OTHER_STORY[::-1]}")
    assert [finding.elsewhere[0].school for finding in findings] == ["乙学院", "甲学院"]
    assert len({finding.key for finding in findings}) == 2


def test_a_paragraph_put_together_from_two_is_shown_beside_both(school):
    [finding] = told_of(
        school, [other(overview=f"{STORY}\n没有抄的一段。", experience=OTHER_STORY)], overview=OTHER_STORY + STORY
    )
    assert [one.text for one in finding.passages] == [OTHER_STORY, STORY]
    assert [(one.section, one.text) for one in finding.elsewhere] == [(EXPERIENCE, OTHER_STORY), (OVERVIEW, STORY)]


def test_passages_begin_and_end_with_a_clause(school):
    changed = STORY.replace("学校党委把信息公开作为", "党委班子以公开作为").replace(
        "请来信人打分。", "请来信的人来打分。"
    )
    [finding] = told_of(school, [other(overview=STORY)], overview=changed)
    assert [one.text for one in finding.passages] == [changed]
    assert [one.text for one in finding.elsewhere] == [STORY]


def test_sentences_that_do_not_count_are_neither_copied_nor_own(school):
    first = STORY.split("。")[0] + "。"
    [finding] = told_of(school, [other(overview=STORY, uncounted=[first])], overview=STORY)
    assert [one.text for one in finding.passages] == [STORY.removeprefix(first)]
    assert "（占 100%）" in finding.sentence
    assert (
        told_of(school, [other(overview=STORY, uncounted=STORY.replace("。", "。|").split("|"))], overview=STORY) == []
    )


@pytest.mark.parametrize(("taken", "told"), [(STORY[76:112], 0), (STORY[:37], 0), (STORY[38:93], 1)])
def test_a_passage_is_a_copy_when_it_is_as_long_as_none_is_by_chance(school, taken, told):
    """However little it is of the section; two shorter ones are none."""
    text = OTHER_STORY + taken + OTHER_STORY[::-1]
    assert len(told_of(school, [other(overview=STORY)], overview=text)) == told


def test_titles_of_laws_are_nobodys_words(school):
    titles = "".join(f"《关于做好{one}号事项公开工作的通知和实施细则》" for one in "甲乙丙丁戊己")
    source = other(overview=f"{OTHER_STORY}学校落实了{titles}的要求。")
    assert told_of(school, [source], overview=f"{STORY}各部门学习了{titles}。") == []


def test_past_years_are_not_told(school):
    document = report(school, 2015, overview=STORY)
    context = Context(published=[other(overview=STORY)], backfilled=True)
    assert [finding for finding in run(document, context) if finding.rule == RULE] == []
