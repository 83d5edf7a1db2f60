"""From a file to the draft and back: taking in, looking through, comparing, writing, taking back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from disclosure.drafting import saving, sources
from disclosure.drafting.forms.parts import FORMS
from disclosure.drafting.imports import apply as writing
from disclosure.drafting.imports import cleanup, confirmation, intake
from disclosure.drafting.imports.confirmation import Sent
from disclosure.importing.errors import Unreadable
from disclosure.importing.isolation import take_apart
from disclosure.importing.proposal import BlockRole, Proposal
from disclosure.models import Import, Overview, Report
from disclosure.models.assembly import assemble, complete
from disclosure.publishing.rendering import word
from disclosure.report.enums import MANDATED, Action, ImportState, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import comments, transitions
from schools import storage
from schools.enums import EventType
from schools.models import Event
from tests import factories
from tests.disclosure.adopting.proposals import CONTENT, SENTENCE, SHA256, block, figure, proposal


@pytest.fixture
def report(author, campaign):
    """A fresh report."""
    return transitions.start(campaign, author)


@pytest.fixture
def one(report, author):
    """An open import of ``proposal``."""
    return intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)


def now(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


def versions(report) -> dict:
    report = now(report)
    return {key: section.of(report).version for key, section in SECTIONS.items()}


def _part(report, key):
    return SECTIONS[key].of(now(report))


def sent(one, **values) -> Sent:
    """What the page would send where nothing was changed, with ``values``."""
    one.refresh_from_db()
    options = [option for question in confirmation.sheet(one).questions for option in question.options]
    shown = frozenset(option.name for option in options)
    ticked = frozenset(option.name for option in options if option.is_ticked)
    return Sent(
        **{
            "revision": one.revision,
            "places": {},
            "shown": shown,
            "ticked": ticked,
            "taken": {},
            "along": None,
            "confirmed": None,
            "adopt": "",
        }
        | values
    )


def names(one, *values: str) -> frozenset[str]:
    """What the form calls the figures with these values."""
    options = [option for question in confirmation.sheet(one).questions for option in question.options]
    found = frozenset(option.name for option in options if option.value in values)
    assert len(found) == len(values)
    return found


def apply(one, author, ways=None, **values):
    one.refresh_from_db()
    every = {"head": "replace"} | (ways or {})
    return writing.apply(one, one.revision, every, values.get("versions") or versions(one.report), author)


# --- taking in --------------------------------------------------------------------------------------------------------


def test_a_file_is_kept_under_its_hash_and_told_in_the_trail(one, report, author):
    assert (one.state, one.sha256, one.size, one.uploaded_by) == (ImportState.OPEN, SHA256, len(CONTENT), author.user)
    assert sources.read(one.sha256) == CONTENT
    event = Event.objects.get(type=EventType.SOURCE_UPLOADED)
    assert (event.object_id, event.detail["text"]) == (report.pk, "年报.docx")


def test_the_same_file_twice_is_kept_once_and_the_first_import_gives_way(one, report, author, second_author):
    again = intake.take_in(report.pk, CONTENT, "C:\\桌面\\年报.docx", proposal(report.campaign.year), second_author)
    one.refresh_from_db()
    assert (again.name, again.sha256, again.is_open) == ("年报.docx", one.sha256, True)
    assert (one.state, one.ended_by) == (ImportState.ABANDONED, second_author.user)
    assert Import.objects.filter(state=ImportState.OPEN).get() == again


def test_a_file_that_was_cut_off_in_the_storage_is_written_again(one):
    storage.write(sources.name_of(SHA256), CONTENT[:5])
    assert sources.keep(CONTENT) == SHA256
    assert sources.read(SHA256) == CONTENT
    sources.forget(SHA256)
    with pytest.raises(sources.Lost):
        sources.read(SHA256)


@pytest.mark.parametrize(
    "blocks", [(), (block("一", SectionKey.OTHER),) * (intake.MOST_BLOCKS + 1), (block("字" * 1_600_000),)]
)
def test_nothing_and_far_too_much_is_refused_with_a_sentence(blocks, report, author):
    with pytest.raises(Unreadable) as problem:
        intake.take_in(report.pk, CONTENT, "年报.docx", Proposal(blocks=blocks), author)
    assert str(problem.value).endswith("。")
    assert not Import.objects.exists()


def test_figures_that_no_report_could_hold_are_not_proposed(report, author):
    figures = (
        figure("on_request", "received", 3, "收到3件", 0),
        figure("on_request", "received", 3, "收到3件", 12),
        figure("on_request", "received", -3, "收到-3件", 0),
        figure("on_request", "received", 10**12, "收到很多件", 0),
        figure("on_request", "no_such_key", 3, "收到3件", 0),
        figure("head", "title", 3, "收到3件", 0),
        figure("proactive", "channels", {"channel": "pigeon", "count": 3}, "信鸽3条", 0),
        figure("experience", "a.b.c", 3, "收到3件", 0),
    )
    found = Proposal(blocks=(block("收到3件", SectionKey.ON_REQUEST),), figures=figures)
    one = intake.take_in(report.pk, CONTENT, "年报.docx", found, author)
    assert confirmation.proposal_of(one).figures == figures[:1]


def test_what_no_database_stores_is_taken_out(report, author):
    odd = block("甲\x00乙\ud800丙", SectionKey.OTHER)
    one = intake.take_in(report.pk, CONTENT, "\x00年报\x00.docx", Proposal(blocks=(odd,)), author)
    one.refresh_from_db()
    assert (one.name, confirmation.proposal_of(one).blocks[0].text) == ("年报.docx", "甲乙丙")


def test_only_authors_import_and_only_while_it_is_their_turn(report, author, signatory, colleague, reviewer, school):
    for actor in (signatory, colleague, reviewer):
        with pytest.raises(transitions.Refused):
            intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), actor)
    handed_in = factories.make_report(
        school, factories.make_campaign(school.province, report.campaign.year - 1), Status.SUBMITTED
    )
    with pytest.raises(transitions.Refused, match="内容已锁定"):
        intake.take_in(handed_in.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)


# --- looking through --------------------------------------------------------------------------------------------------


def test_the_sheet_groups_the_blocks_and_asks_where_the_file_is_of_two_minds(one):
    sheet = confirmation.sheet(one)
    assert [group.place for group in sheet.groups] == [None, "head", "overview", "proactive", "evaluation"]
    assert [(question.label, len(question.options)) for question in sheet.questions] == [
        ("信息公开培训", 1),
        ("公开渠道", 1),
        ("主动公开信息总数", 2),
        ("满意率", 1),
    ]
    assert [option.value for option in sheet.questions[2].options] == ["1300 条", "约 1400 条"]
    assert [one.anchor for one in sheet.to_check] == ["block-6", "block-8"]
    assert sheet.ticked == 0


def test_nothing_is_ticked_until_the_author_does(one):
    assert confirmation.adopted(one).figures == ()
    assert confirmation.adopted(one).contacts != ()


def test_a_round_total_is_ticked_with_its_being_round(one, author):
    confirmation.change(one, sent(one, ticked=names(one, "约 1400 条")), author)
    one.refresh_from_db()
    assert [(figure.key, figure.value) for figure in confirmation.adopted(one).figures] == [
        ("total", 1400),
        ("total_is_approximate", True),
    ]


def test_all_figures_of_a_part_are_ticked_at_once_but_for_those_in_conflict(one, author):
    confirmation.change(one, sent(one, adopt="proactive"), author)
    one.refresh_from_db()
    assert [figure.key for figure in confirmation.adopted(one).figures] == ["channels"]


def test_a_block_is_moved_and_the_rest_of_its_section_may_follow(one, author):
    assert confirmation.change(one, sent(one, places={8: "on_request:heading"}), author) == 8
    one.refresh_from_db()
    row = next(row for group in confirmation.sheet(one, moved=8).groups for row in group.rows if row.index == 8)
    assert (row.block.place, row.block.role, row.block.moved, row.along) == ("on_request", "heading", True, 1)
    confirmation.change(one, sent(one, along=8), author)
    one.refresh_from_db()
    blocks = confirmation.proposal_of(one).blocks
    assert [(one.place, one.role) for one in blocks[8:11]] == [
        ("on_request", "heading"),
        ("on_request", "text"),
        ("evaluation", "heading"),
    ]


def test_an_uncertain_block_that_is_right_is_certain_from_then_on(one, author):
    confirmation.change(one, sent(one, confirmed=8), author)
    one.refresh_from_db()
    assert [one.anchor for one in confirmation.sheet(one).to_check] == ["block-6"]


def test_a_tick_outlives_the_moving_of_other_blocks(one, author):
    confirmation.change(one, sent(one, ticked=names(one, "98%")), author)
    confirmation.change(one, sent(one, places={0: "other:text"}), author)
    one.refresh_from_db()
    assert "satisfaction_percent" in [figure.key for figure in confirmation.adopted(one).figures]


@pytest.mark.parametrize(
    "values",
    [
        {"places": {99: "other:text"}},
        {"places": {-1: "other:text"}},
        {"places": {4: "nowhere:text"}},
        {"places": {4: "contacts:title"}},
        {"places": {4: ""}},
        {"along": 99},
        {"confirmed": -1},
    ],
)
def test_places_and_blocks_that_do_not_exist_change_nothing(values, one, author):
    with pytest.raises(confirmation.Broken):
        confirmation.change(one, sent(one, **values), author)
    assert Import.objects.get(pk=one.pk).revision == 0


def test_a_window_that_was_overtaken_changes_nothing(one, author):
    stale = sent(one, places={4: "other:text"})
    confirmation.change(one, sent(one, places={4: "experience:text"}), author)
    with pytest.raises(transitions.Refused, match="另一个窗口"):
        confirmation.change(one, stale, author)


def test_an_import_that_was_given_up_is_changed_no_more(one, author):
    intake.abandon(one, author)
    with pytest.raises(transitions.Refused, match="已经结束"):
        confirmation.change(one, sent(one, places={4: "other:text"}), author)
    with pytest.raises(transitions.Refused, match="已经结束"):
        apply(one, author)


# --- comparing --------------------------------------------------------------------------------------------------------


def test_empty_parts_are_filled_and_others_asked_for(one, report, author):
    comparisons = {one.key: one for one in writing.compare(one, now(report), author)}
    assert list(comparisons) == ["head", "overview", "proactive", "evaluation", "contacts"]
    assert {key: one.asks for key, one in comparisons.items()} == {
        "head": True,
        "overview": False,
        "proactive": False,
        "evaluation": False,
        "contacts": False,
    }
    assert [section.key for section in writing.untouched(list(comparisons.values()))] == [
        "on_request",
        "complaints",
        "experience",
        "other",
    ]


def test_what_somebody_wrote_has_to_be_decided_on(one, report, author):
    write(report, SectionKey.OVERVIEW, "<p>已经写好的正文。</p>", author)
    overview = next(one for one in writing.compare(one, now(report), author) if one.key == "overview")
    assert (overview.asks, overview.way) == (True, "")
    with pytest.raises(writing.Undecided) as undecided:
        apply(one, author)
    assert undecided.value.keys == ["overview"]
    assert Import.objects.get(pk=one.pk).is_open


def write(report, key, body, actor):
    part = _part(report, key)
    form = FORMS[key](FORMS[key].sent_for(part) | {"body": body})
    saving.save_part(report.pk, key, form.content(), part.version, actor)


# --- writing ----------------------------------------------------------------------------------------------------------


def test_an_import_fills_a_fresh_draft(one, report, author):
    confirmation.change(
        one, sent(one, ticked=names(one, "3 次", "官网（学校官网）：1286 条", "约 1400 条", "98%")), author
    )
    written = apply(one, author)
    assert set(written) == {"head", "overview", "proactive", "evaluation", "contacts"}
    document = assemble(now(report))
    assert document.title.endswith("学年度信息公开工作报告")
    assert "&lt;高等学校信息公开事项清单&gt;" in document.sections.overview.body
    assert document.sections.overview.figures.training_sessions == 3
    proactive = document.sections.proactive.figures
    assert (proactive.total, proactive.total_is_approximate) == (1400, True)
    assert [(row.channel, row.count) for row in proactive.channels] == [("website", 1286)]
    assert SENTENCE in document.sections.proactive.body
    assert document.sections.evaluation.figures.satisfaction_percent == 98
    assert [person.name for person in document.contacts] == ["宋联络"]
    # What is not in the file stays as the portal had it.
    assert document.signature.organisation == report.school.name
    assert document.addressee == report.campaign.addressee
    one.refresh_from_db()
    assert (one.state, one.applied_by) == (ImportState.APPLIED, author.user)
    event = Event.objects.get(type=EventType.IMPORT_APPLIED)
    assert event.detail["sections"] == ["head", "overview", "proactive", "evaluation", "contacts"]
    assert Overview.objects.get(report=report).saved_by == author.user


@pytest.mark.parametrize(
    ("way", "body"),
    [
        ("keep", "<p>已有。</p>"),
        ("append", "<p>已有。</p><p>满意率百分之九十八。</p>"),
        ("replace", "<p>满意率百分之九十八。</p>"),
    ],
)
def test_a_part_that_holds_something_is_written_in_the_way_that_was_chosen(way, body, one, report, author):
    write(report, SectionKey.EVALUATION, "<p>已有。</p>", author)
    apply(one, author, {"evaluation": way})
    assert assemble(now(report)).sections.evaluation.body == body


def test_figures_that_are_not_taken_stay(one, report, author):
    part = _part(report, SectionKey.EVALUATION)
    form = FORMS["evaluation"](FORMS["evaluation"].sent_for(part) | {"responses": "200", "methods": "问卷调查"})
    saving.save_part(report.pk, SectionKey.EVALUATION, form.content(), part.version, author)
    confirmation.change(one, sent(one, ticked=names(one, "98%")), author)
    apply(one, author, {"evaluation": "replace"})
    figures = assemble(now(report)).sections.evaluation.figures
    assert (figures.responses, figures.methods, figures.satisfaction_percent) == (200, ("问卷调查",), 98)


def test_words_that_were_no_value_stay_unless_something_is_laid_over_them(one, report, author):
    part = _part(report, SectionKey.EVALUATION)
    typed = {"responses": "近两百", "satisfaction_percent": "很高"}
    form = FORMS["evaluation"](FORMS["evaluation"].sent_for(part) | typed)
    saving.save_part(report.pk, SectionKey.EVALUATION, form.content(), part.version, author)
    confirmation.change(one, sent(one, ticked=names(one, "98%")), author)
    apply(one, author, {"evaluation": "replace"})
    assert _part(report, SectionKey.EVALUATION).unparsed == {"responses": "近两百"}


def test_what_is_too_long_for_its_field_is_kept_whole_in_words(report, author):
    title = "标" * 201
    found = proposal(
        report.campaign.year,
        blocks=(block(title, SectionKey.HEAD, BlockRole.TITLE),),
        figures=(),
        contacts=(),
    )
    one = intake.take_in(report.pk, CONTENT, "年报.docx", found, author)
    comparisons = {one.key: one for one in writing.compare(one, now(report), author)}
    assert [(long.label, long.text) for long in comparisons["head"].too_long] == [("报告标题", title)]
    apply(one, author)
    head = _part(report, SectionKey.HEAD)
    assert (head.title, head.unparsed) == ("", {"title": title})
    assert FORMS["head"].for_part(head)["title"].data == title


def test_contacts_that_the_file_does_not_name_stay(one, report, author):
    factories.write(report, factories.full_document(report.school), author)
    apply(one, author, dict.fromkeys(SectionKey, "replace"))
    people = {person.role: person for person in assemble(now(report)).contacts}
    assert set(people) == {"leader", "head", "liaison"}
    assert (people["liaison"].mobile, people["liaison"].position) == ("13800138000", "党政办公室秘书")


def test_an_import_is_written_once(one, author):
    apply(one, author)
    with pytest.raises(transitions.Refused, match="已经结束"):
        apply(one, author)


def test_a_part_that_a_colleague_saved_meanwhile_is_not_overwritten(one, report, author, second_author):
    seen = versions(report)
    write(report, SectionKey.EVALUATION, "<p>同事写的。</p>", second_author)
    with pytest.raises(writing.Overtaken) as overtaken:
        apply(one, author, versions=seen)
    assert overtaken.value.keys == ["evaluation"]
    document = assemble(now(report))
    assert (document.sections.evaluation.body, document.sections.overview.body) == ("<p>同事写的。</p>", "")
    assert Import.objects.get(pk=one.pk).is_open


def test_versions_that_were_not_sent_write_nothing(one, author):
    one.refresh_from_db()
    with pytest.raises(writing.Overtaken):
        writing.apply(one, one.revision, {"head": "replace"}, dict.fromkeys(SectionKey), author)


def test_an_import_that_was_changed_in_another_window_is_not_written(one, author):
    revision = one.revision
    confirmation.change(one, sent(one, ticked=names(one, "3 次")), author)
    with pytest.raises(transitions.Refused, match="另一个窗口"):
        writing.apply(one, revision, {"head": "replace"}, versions(one.report), author)


def test_nothing_is_written_where_nothing_is_chosen(report, author):
    found = Proposal(blocks=(block("标题改了", SectionKey.HEAD, BlockRole.TITLE),))
    one = intake.take_in(report.pk, CONTENT, "年报.docx", found, author)
    with pytest.raises(transitions.Refused, match="没有选择"):
        apply(one, author, {"head": "keep"})


def test_after_the_handing_in_nothing_is_written(one, report, author, signatory):
    factories.write(report, factories.full_document(report.school), author)
    transitions.perform(Action.REQUEST_SIGNOFF, report.pk, author, sha256=factories.seen(report))
    with pytest.raises(transitions.Refused, match="等分管领导审签"):
        apply(one, author, dict.fromkeys(SectionKey, "replace"))


def test_of_a_returned_report_only_the_named_parts_are_written(school, campaign, author):
    report = factories.make_report(school, campaign, Status.RETURNED, remarks={SectionKey.OVERVIEW: "请补充。"})
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(campaign.year), author)
    locked = {one.key: bool(one.why_locked) for one in writing.compare(one, now(report), author)}
    assert [key for key, is_locked in locked.items() if not is_locked] == ["overview"]
    before = assemble(now(report)).sections.evaluation
    assert set(apply(one, author, dict.fromkeys(SectionKey, "replace"))) == {"overview"}
    assert assemble(now(report)).sections.evaluation == before


# --- stepping back ----------------------------------------------------------------------------------------------------


def test_an_import_is_taken_back_whole(one, report, author, second_author):
    factories.write(report, factories.full_document(report.school), author)
    part = _part(report, SectionKey.EVALUATION)
    form = FORMS["evaluation"](FORMS["evaluation"].sent_for(part) | {"responses": "近两百"})
    saving.save_part(report.pk, SectionKey.EVALUATION, form.content(), part.version, author)
    before = assemble(now(report))
    confirmation.change(
        one, sent(one, ticked=names(one, "3 次", "官网（学校官网）：1286 条", "约 1400 条", "98%")), author
    )
    apply(one, author, dict.fromkeys(SectionKey, "replace"))
    assert assemble(now(report)) != before
    done = writing.undo(one, second_author)
    assert [section.key for section in done.restored] == ["head", "overview", "proactive", "evaluation", "contacts"]
    assert assemble(now(report)) == before
    assert _part(report, SectionKey.EVALUATION).unparsed == {"responses": "近两百"}
    one.refresh_from_db()
    assert (one.state, one.ended_by) == (ImportState.UNDONE, second_author.user)
    with pytest.raises(transitions.Refused, match="已经撤销"):
        writing.undo(one, author)


def test_what_was_changed_since_is_left_and_told(one, report, author, second_author):
    apply(one, author)
    write(report, SectionKey.EVALUATION, "<p>同事改过。</p>", second_author)
    done = writing.undo(one, author)
    assert [section.key for section in done.left] == ["evaluation"]
    document = assemble(now(report))
    assert (document.sections.evaluation.body, document.sections.overview.body) == ("<p>同事改过。</p>", "")


def test_two_imports_are_taken_back_one_after_the_other(one, report, author):
    fresh = assemble(now(report))
    apply(one, author)
    first = assemble(now(report))
    blocks = (block("另一份文件。", SectionKey.OVERVIEW),)
    again = intake.take_in(report.pk, b"b", "另一份.docx", Proposal(blocks=blocks), author)
    apply(again, author, {"overview": "replace"})
    writing.undo(again, author)
    assert assemble(now(report)) == first
    assert writing.undo(Import.objects.get(pk=one.pk), author).left == ()
    assert assemble(now(report)) == fresh


def test_an_import_of_which_nothing_stands_as_it_was_written_stays_what_it_is(report, author, second_author):
    blocks = (block("来自文件。", SectionKey.OVERVIEW),)
    one = intake.take_in(report.pk, CONTENT, "年报.docx", Proposal(blocks=blocks), author)
    apply(one, author)
    write(report, SectionKey.OVERVIEW, "<p>同事改过。</p>", second_author)
    with pytest.raises(transitions.Refused, match="没有可以恢复的"):
        writing.undo(one, author)
    one.refresh_from_db()
    assert one.is_applied


def test_an_import_that_was_handed_in_is_not_taken_back(one, report, author, reviewer):
    factories.write(report, factories.full_document(report.school), author)
    apply(one, author, dict.fromkeys(SectionKey, "replace"))
    factories.hand_in(report)
    with pytest.raises(transitions.Refused, match="已经提交"):
        writing.undo(one, author)
    transitions.perform(Action.RECALL, report.pk, author)
    # Taken back before anybody read it: as if it had not been handed in.
    writing.undo(one, author)


def test_an_import_that_was_returned_is_not_taken_back(one, report, author, reviewer):
    apply(one, author)
    factories.write(report, factories.full_document(report.school), author)
    factories.hand_in(report)
    comments.add(report.pk, SectionKey.OVERVIEW, "请补充。", reviewer)
    transitions.perform(Action.SEND_BACK, report.pk, reviewer, sha256=factories.seen(report), comment="请修改。")
    with pytest.raises(transitions.Refused, match="已经随报告提交过"):
        writing.undo(one, author)


# --- who sees it ------------------------------------------------------------------------------------------------------


def test_the_office_sees_what_was_handed_in_and_no_draft(
    one, report, author, signatory, reviewer, other_reviewer, colleague
):
    def seen(actor):
        return list(Import.objects.visible_to(actor))

    assert seen(author) == seen(signatory) == [one]
    assert seen(colleague) == seen(None) == []
    factories.write(report, factories.full_document(report.school), author)
    apply(one, author, dict.fromkeys(SectionKey, "replace"))
    assert seen(reviewer) == []
    factories.hand_in(report)
    assert (seen(reviewer), seen(other_reviewer)) == ([one], [])
    submission = transitions.pending_submission(Report.objects.get(pk=report.pk))
    assert list(Import.objects.held_by(submission)) == [one]
    transitions.perform(Action.RECALL, report.pk, author)
    assert seen(reviewer) == []
    writing.undo(one, author)
    factories.write(report, factories.full_document(report.school), author)
    factories.hand_in(report)
    assert seen(reviewer) == []


def test_the_portals_own_word_file_comes_back_as_it_was(report, author):
    document = factories.full_document(report.school, report.campaign.year)
    content = word.render(document)
    one = intake.take_in(report.pk, content, "报告.docx", take_apart(content, "报告.docx"), author)
    for key in MANDATED:
        confirmation.change(one, sent(one, adopt=key), author)
    apply(one, author)
    again = assemble(now(report))
    assert again.contacts == document.contacts
    assert again.signature == document.signature
    assert (again.title, again.addressee, again.preamble) == (document.title, document.addressee, document.preamble)
    for key in MANDATED:
        assert again.sections[key] == document.sections[key]


# --- clearing ---------------------------------------------------------------------------------------------------------


def test_what_came_to_nothing_is_cleared_after_a_while(one, report, author, client_of):
    again = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    cleanup.clear()
    assert sources.read(SHA256) == CONTENT  # given up a moment ago
    Import.objects.filter(pk=one.pk).update(ended_at=timezone.now() - cleanup.KEPT - timedelta(days=1))
    assert cleanup.clear() == 1
    assert sources.read(SHA256) == CONTENT  # the other import is open, and of the same file
    one.refresh_from_db()
    assert (one.is_cleared, one.proposal, one.name) == (True, {}, "年报.docx")
    intake.abandon(again, author)
    call_command("clear_imports", "--days", "0", verbosity=0)
    with pytest.raises(sources.Lost):
        sources.read(SHA256)
    html = client_of(author).get(reverse("author:import", args=[report.pk, one.pk])).content.decode()
    assert "已清除" in html
    assert cleanup.clear() == 0


def test_what_could_not_be_cleared_since_the_storage_was_away_is_cleared_another_time(one, author, monkeypatch):
    intake.abandon(one, author)
    with monkeypatch.context() as away:
        away.setattr(storage.default_storage, "delete", None)
        with pytest.raises(CommandError, match="存放处没有响应"):
            call_command("clear_imports", "--days", "0")
    one.refresh_from_db()
    assert not one.is_cleared
    assert sources.read(SHA256) == CONTENT
    assert cleanup.clear(timedelta(0)) == 1
    with pytest.raises(sources.Lost):
        sources.read(SHA256)


def test_what_was_reviewed_is_not_cleared_though_it_was_taken_back(one, report, author):
    apply(one, author)
    factories.write(report, factories.full_document(report.school), author)
    factories.hand_in(report)
    Import.objects.filter(pk=one.pk).update(
        state=ImportState.UNDONE, ended_at=timezone.now() + timedelta(minutes=1), ended_by=author.user
    )
    assert cleanup.clear(-timedelta(days=1)) == 0
    assert sources.read(SHA256) == CONTENT


# --- what another version of the portal has stored --------------------------------------------------------------------


def test_an_import_that_another_version_stored_is_read_all_the_same(report, one):
    """Blocks had a field ``is_cut`` once; the next version may have others."""
    before = confirmation.proposal_of(one)
    for block_ in one.proposal["blocks"]:
        block_["is_cut"] = False
    one.proposal["contacts"][0]["fax"] = ""
    one.proposal["period"]["period"]["note"] = ""
    one.proposal["colour"] = "red"
    one.save()
    one.refresh_from_db()
    assert confirmation.proposal_of(one) == before


def test_an_import_that_another_version_wrote_is_taken_back(report, one, author):
    before = assemble(now(report))
    writing.apply(one, one.revision, {"head": "replace"}, versions(report), author)
    one.refresh_from_db()
    one.before["document"]["sections"]["overview"]["figures"]["films"] = 3
    one.save()
    writing.undo(one, author)
    assert assemble(now(report)) == before
