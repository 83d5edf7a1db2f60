"""The checks beside the form: what the panel shows, and the fixes it takes."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from disclosure import evaluation
from disclosure.checks import fixes as fixing
from disclosure.checks.base import Edit, Finding, Fix, Passage
from disclosure.drafting import apply_fix, saving
from disclosure.drafting.forms.parts import FORMS
from disclosure.evaluation import judge
from disclosure.findings import presentation, responses
from disclosure.findings.progress import progress_of
from disclosure.models import Report, Rule
from disclosure.models.assembly import complete, content_of
from disclosure.report.enums import SectionKey, Severity, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import transitions
from schools.enums import EventType
from schools.models import Event
from tests import factories

OVERVIEW = SectionKey.OVERVIEW
BODY = (
    "<p>本学年度，学校由党政办公室牵头做好信息公开工作，按照苏教办【2021】5号、苏教办【2022】6号文件的要求逐项公开。</p>"
    "<h3>（一）健全工作机制</h3><p>学校制定了<strong>主动公布</strong>清零，明确了责任人。</p>"
    "<h3>（二）加强队伍建设</h3><p>全年组织信息公开培训2次，共60人次参加。</p>"
)


def make(school, campaign, **changes):
    document = factories.full_document(school, campaign.year, **{"sections__overview__body": BODY} | changes)
    return factories.make_report(school, campaign, document=document)


@pytest.fixture
def report(school, campaign, author):
    return make(school, campaign)


@pytest.fixture
def browser(client_of, author):
    return client_of(author)


def fresh(report):
    return complete(Report.objects.filter(pk=report.pk)).get()


def shown(report, key=OVERVIEW):
    return [
        one for one in presentation.shown_in(judge(fresh(report)), report, key) if one.judged.finding.section == key
    ]


def with_fix(report, words, key=OVERVIEW):
    """The first finding of a part whose fix takes away ``words``."""
    return next(
        one
        for one in shown(report, key)
        if one.judged.finding.fix and any(words in edit.old for edit in one.judged.finding.fix.edits)
    )


def post(browser, report, key=OVERVIEW, actor=None, **sent):
    version = SECTIONS[key].of(fresh(report)).version
    return browser.post(
        reverse("author:fix", args=[report.pk, key]),
        {"base_version": str(version)} | sent,
        headers={"X-Writer": str(actor.user.pk), "Accept": "application/json"} if actor else {},
    )


def form_of(report, key=OVERVIEW):
    part = SECTIONS[key].of(fresh(report))
    return FORMS[key].sent_for(part) | {"base_version": str(part.version)}


def page(browser, report, key=OVERVIEW):
    return BeautifulSoup(browser.get(reverse("author:section", args=[report.pk, key])).text, "html.parser")


# --- what it shows ----------------------------------------------------------------------------------------------------


def test_the_part_one_is_in_comes_first_and_the_others_are_folded_with_their_counts(browser, school, campaign, author):
    report = make(school, campaign, sections__other__body="")
    soup = page(browser, report)
    assert "请核对 3 处" in soup.select_one("[data-checks-count]").text
    assert len(soup.select("[data-checks-content] > .check-list > [data-finding]")) == 3
    other = soup.select_one("details[data-fold=part-other]")
    assert not other.has_attr("open")
    assert "须改正 1 处" in other.summary.text
    [link] = other.select("a")
    assert link["href"].startswith(f"/desk/reports/{report.pk}/other/?finding=")
    assert link["href"].endswith("#id_body")
    assert "还有 3 处" not in soup.select_one(".checks-bar").text
    assert "请核对 3 处" in soup.select_one(".checks-bar").text


def test_where_nothing_is_left_it_leads_on(browser, school, campaign, author):
    report = make(
        school, campaign, sections__overview__body="<p>本学年度，学校由党政办公室牵头做好信息公开工作，各负其责。</p>"
    )
    assert judge(fresh(report)).judged == ()
    side = page(browser, report).select_one("[data-checks-content]")
    assert "没有要处理的问题" in side.text
    assert side.select_one("a.btn")["href"] == reverse("author:check", args=[report.pk])


def test_a_finding_links_to_its_field_without_scripts(browser, report):
    soup = page(browser, report)
    for link in soup.select("[data-checks-content] .check-sentence a"):
        assert soup.find(id=link["href"].removeprefix("#")), link["href"]


@pytest.mark.parametrize("key", list(SectionKey))
def test_every_finding_of_an_empty_report_leads_somewhere(client_of, author, campaign, key):
    report = transitions.start(campaign, author)
    soup = page(client_of(author), report, key)
    for link in soup.select("[data-checks-content] .check-sentence a"):
        assert soup.find(id=link["href"].removeprefix("#")), link["href"]


def test_places_are_told_in_the_units_of_a_browser(school, campaign, author):
    body = "<p>附件😀另行报送。</p><table><tr><td>联系人</td><td>王老师，13800138000</td></tr></table>"
    report = make(school, campaign, sections__overview__body=body)
    [one] = [one for one in shown(report) if "138****8000" in one.judged.finding.sentence]
    assert json.loads(one.jump) == [{"field": "body", "block": 2, "start": 4, "end": 15, "text": "13800138000"}]


def test_of_a_long_passage_only_the_beginning_is_sent(school, campaign, author):
    long = "学校坚持把信息公开作为推进依法治校的重要抓手，完善目录，规范程序，拓宽渠道，提高质量。" * 4
    report = make(
        school,
        campaign,
        sections__overview__body=f"<p>{long}</p>",
        sections__proactive__body=f"<p>{long}</p>",
    )
    found = [*shown(report), *shown(report, SectionKey.PROACTIVE)]
    places = [place for one in found for place in json.loads(one.jump)]
    assert max(place["end"] - place["start"] for place in places if "block" in place) > 100
    assert max(len(place.get("text", "")) for place in places) <= presentation.COMPARED
    compared = [words for one in found for words in one.compared]
    assert any(words.is_long and words.words.startswith("学校坚持") for words in compared)


def test_the_same_words_found_twice_are_two_findings(school, campaign, author):
    body = "<p>学校制定了主动公布清零，并按主动公布清零逐项公开各类信息。</p>"
    report = make(school, campaign, sections__overview__body=body)
    idents = [one.ident for one in shown(report)]
    assert len(idents) == len(set(idents)) == 2
    assert idents[1] == f"{idents[0]}-2"
    apply_fix.mend(report.pk, OVERVIEW, idents[1], False, fresh(report).overview.version, author)
    assert fresh(report).overview.body == "<p>学校制定了主动公布清零，并按主动公布清单逐项公开各类信息。</p>"


def test_another_schools_report_is_linked_and_quoted_beside(school, campaign, author):
    finding = Finding(
        "sections_are_not_another_schools",
        Severity.WARNING,
        OVERVIEW,
        "与明德学院的报告相同。",
        "body",
        passages=(Passage(OVERVIEW, "body", 0, 3, "本学年"),),
        elsewhere=(presentation.Elsewhere("明德学院", 2024, "/s/mingde/2024/", OVERVIEW, "本学年<b>"),),
    )
    report = make(school, campaign)
    judgement = evaluation.Judgement(judge(report).document, (evaluation.Judged(finding),))
    [one] = presentation.shown_in(judgement, report, OVERVIEW)
    assert one.compared == [
        presentation.Compared("明德学院2024年报告·概述", "/s/mingde/2024/", "本学年<b>", "本学年", "", True)
    ]


def test_an_answered_warning_is_settled_and_stays_in_reach(browser, report, author):
    one = with_fix(report, "【2021】")
    responses.answer(report.pk, [one.judged.finding.key], "来文的文号就是这样写的。", author)
    soup = page(browser, report)
    settled = soup.select_one("details[data-fold=settled]")
    assert "1 处" in settled.summary.text
    assert "已说明" in settled.select_one("[data-finding]").text
    assert "请核对 2 处，已处理 1 处" in soup.select_one("[data-checks-count]").text


def test_a_part_that_is_locked_shows_its_findings_without_fixes(client_of, author, second_author, school, campaign):
    report = factories.make_report(
        school,
        campaign,
        Status.SUBMITTED,
        document=factories.full_document(school, campaign.year, sections__overview__body=BODY),
    )
    soup = page(client_of(author), report)
    assert len(soup.select("[data-finding]")) == 3
    assert soup.select("button[name=fix], button[name=fix_all], .check-sentence a") == []


def test_of_hundreds_it_lists_the_first_and_says_how_many_more_there_are(browser, school, campaign, author):
    body = "".join(f"<p>第{index}项制定了主动公布清零，逐项公开。</p>" for index in range(120))
    report = make(school, campaign, sections__overview__body=body)
    soup = page(browser, report)
    assert len(soup.select("[data-finding]")) == presentation.MOST
    assert "还有 70 处没有列出" in soup.select_one("[data-checks-content]").text
    # All of a kind can be mended at once nevertheless, and are shown before.
    fold = soup.select_one("details[data-fold=same]")
    assert len(fold.select("ins")) == 120
    other = page(browser, report, SectionKey.OTHER).select_one("details[data-fold=part-overview]")
    assert "请核对 120 处" in other.summary.text
    assert len(other.select("li")) == presentation.MOST_ELSEWHERE
    assert "还有 100 处" in other.text


def test_the_panel_can_be_asked_for_alone(browser, report):
    answer = browser.get(reverse("author:section", args=[report.pk, OVERVIEW]), {"panel": "1"})
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "data-checks-count" in answer.text


def test_what_is_typed_is_shown_as_text(browser, school, campaign, author):
    body = "<p>见&lt;script&gt;alert(1)&lt;/script&gt;王老师13800138000处。</p>"
    report = make(school, campaign, sections__overview__body=body)
    soup = page(browser, report)
    assert not soup.select("[data-checks] script")
    assert "script>王老师" in soup.select_one(".check-snippet").text


def test_saving_brings_the_panel(browser, report, author):
    data = form_of(report) | {"body": "<p>联系电话13700137000，各部门各负其责，做好信息公开工作。</p>"}
    answer = browser.post(
        reverse("author:autosave", args=[report.pk, OVERVIEW]),
        data,
        headers={"X-Writer": str(author.user.pk), "Accept": "application/json"},
    ).json()
    assert "137****7000" in answer["panel"]
    assert "【2021】" not in answer["panel"]
    assert "findings" not in answer


# --- snippets ---------------------------------------------------------------------------------------------------------


def finding_of(*edits):
    return Finding("r", Severity.WARNING, OVERVIEW, "s", "body", fix=Fix("改", edits))


def told(snippet):
    signs = {"kept": "{}", "removed": "[-{}]", "added": "[+{}]"}
    line = "".join(signs[piece.change].format(piece.text) for piece in snippet.pieces)
    return f"{'…' * snippet.is_cut_before}{line}{'…' * snippet.is_cut_after}"


def test_a_fix_is_shown_with_a_little_of_the_line_around_it():
    document = factories.full_document(
        sections__overview__body="<p>上一段。</p><p>甲乙丙丁戊己庚辛壬癸子丑寅卯</p><p>下一段。</p>"
    )
    text = fixing.text_of(document, OVERVIEW, "body").text
    at = text.index("癸")
    finding = finding_of(Edit(at, at + 1, "癸", "鬼"))
    [snippet] = fixing.snippets(document, [finding])
    assert told(snippet) == "甲乙丙丁戊己庚辛壬[-癸][+鬼]子丑寅卯"
    at = text.index("卯")
    [snippet] = fixing.snippets(document, [finding_of(Edit(at, at + 1, "卯", ""))])
    assert told(snippet) == "…丁戊己庚辛壬癸子丑寅[-卯]"


def test_changes_close_together_are_one_snippet_and_those_in_other_lines_are_not():
    document = factories.full_document(sections__overview__body="<p>1.甲；3.乙</p><p>5.丙</p>")
    edits = (Edit(4, 5, "3", "2"), Edit(0, 1, "1", "一"), Edit(8, 9, "5", "3"))
    assert [told(one) for one in fixing.snippets(document, [finding_of(*edits)])] == [
        "[-1][+一].甲；[-3][+2].乙",
        "[-5][+3].丙",
    ]


def test_a_fix_for_another_text_shows_nothing():
    document = factories.full_document(sections__overview__body="<p>甲乙</p>")
    assert fixing.snippets(document, [finding_of(Edit(0, 1, "丙", ""))]) == ()


def test_of_two_fixes_for_the_same_words_the_first_is_taken():
    document = factories.full_document(sections__overview__body="<p>甲乙丙丁</p>")
    fixes = [
        finding_of(Edit(0, 2, "甲乙", "一")),
        finding_of(Edit(1, 3, "乙丙", "二"), Edit(3, 4, "丁", "四")),
        finding_of(Edit(3, 4, "丁", "三")),
    ]
    assert fixing.all_fixed(document, fixes).sections.overview.body == "<p>一丙三</p>"


# --- fixes ------------------------------------------------------------------------------------------------------------


def test_a_fix_is_taken_saved_and_recorded(browser, report, author):
    one = with_fix(report, "【2021】")
    version = fresh(report).overview.version
    answer = post(browser, report, actor=author, fix=one.ident).json()
    assert answer["state"] == "saved"
    assert answer["said"] == "已修改 1 处，并已保存。"
    assert answer["version"] == version + 1 == fresh(report).overview.version
    body = BODY.replace("【2021】", "〔2021〕")
    assert answer["values"] == {"body": body}
    assert fresh(report).overview.body == body
    event = Event.objects.filter(type=EventType.SECTION_SAVED).latest("pk")
    assert (event.actor_id, event.detail["section"]) == (author.user.pk, "overview")


def test_all_of_a_kind_are_mended_at_once(browser, report, author):
    one = with_fix(report, "【2021】")
    assert [other.finding.rule for other in one.same] == [one.judged.finding.rule] * 2
    answer = post(browser, report, actor=author, fix_all=one.ident).json()
    assert answer["said"] == "已修改 2 处，并已保存。"
    assert "苏教办〔2021〕5号、苏教办〔2022〕6号" in fresh(report).overview.body
    assert "清零" in fresh(report).overview.body


def test_without_scripts_what_was_typed_is_saved_first(browser, report):
    one = with_fix(report, "【2021】")
    sent = form_of(report) | {"training_staff": "61", "fix": one.ident}
    answer = browser.post(reverse("author:fix", args=[report.pk, OVERVIEW]), sent, follow=True)
    assert answer.redirect_chain == [(f"/desk/reports/{report.pk}/overview/#id_body", 302)]
    assert "已修改 1 处，并已保存。" in answer.text
    assert fresh(report).overview.training_staff == 61
    assert "苏教办〔2021〕5号" in fresh(report).overview.body


def test_without_scripts_a_clash_keeps_what_was_typed_in_the_form(browser, report, second_author):
    one = with_fix(report, "【2021】")
    sent = form_of(report) | {"training_staff": "61", "fix": one.ident}
    data = form_of(report)
    part = fresh(report).overview
    values, rows = content_of(judge(fresh(report)).document, OVERVIEW)
    saving.save_part(report.pk, OVERVIEW, saving.Content(values, rows), part.version, second_author)
    answer = browser.post(reverse("author:fix", args=[report.pk, OVERVIEW]), sent)
    assert answer.status_code == 409
    assert 'value="61"' in answer.text
    assert data["body"] == fresh(report).overview.body == BODY


def test_a_fix_of_a_page_that_is_behind_is_refused(browser, report, author):
    one = with_fix(report, "【2021】")
    answer = post(browser, report, actor=author, fix=one.ident, base_version="0")
    assert answer.status_code == 400
    assert "保存了这一部分，本页显示的是之前的内容" in answer.json()["message"]
    assert fresh(report).overview.body == BODY


@pytest.mark.parametrize(
    "sent",
    [
        {"fix": "0" * 32},
        {"fix": ""},
        {},
        {"fix": "'; DROP TABLE", "base_version": "1"},
        {"fix_all": "0" * 32},
        {"base_version": "x"},
        {"base_version": "9" * 40},
        {"base_version": "-1"},
    ],
)
def test_what_no_page_sends_is_refused_with_a_sentence(browser, report, author, sent):
    answer = post(browser, report, actor=author, **sent)
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert fresh(report).overview.body == BODY


def test_a_finding_without_a_fix_and_one_of_another_part_cannot_be_mended(browser, school, campaign, author):
    report = make(school, campaign, sections__other__body="")
    [empty] = shown(report, SectionKey.OTHER)
    assert post(browser, report, SectionKey.OTHER, actor=author, fix=empty.ident).status_code == 400
    one = with_fix(report, "【2021】")
    assert post(browser, report, SectionKey.OTHER, actor=author, fix=one.ident).status_code == 400
    assert fresh(report).overview.body == BODY


def test_a_second_click_is_told_that_it_is_done(browser, report, author):
    one = with_fix(report, "【2021】")
    assert post(browser, report, actor=author, fix=one.ident).status_code == 200
    again = post(browser, report, actor=author, fix=one.ident)
    assert again.status_code == 400
    assert again.json()["message"] == apply_fix.GONE


def test_who_may_not_write_may_not_mend(client_of, report, signatory, colleague, other_author, reviewer, author):
    one = with_fix(report, "【2021】")
    assert post(client_of(signatory), report, actor=signatory, fix=one.ident).status_code == 403
    for stranger in (colleague, other_author):
        assert post(client_of(stranger), report, actor=stranger, fix=one.ident).status_code == 404
    assert post(client_of(reviewer), report, actor=reviewer, fix=one.ident).status_code == 403
    # Somebody else has signed in in another tab of the browser.
    assert post(client_of(author), report, actor=signatory, fix=one.ident).status_code == 401
    assert fresh(report).overview.body == BODY


def test_a_report_that_was_handed_in_is_not_mended(client_of, author, school, campaign):
    report = factories.make_report(
        school,
        campaign,
        Status.SUBMITTED,
        document=factories.full_document(school, campaign.year, sections__overview__body=BODY),
    )
    one = with_fix(report, "【2021】")
    answer = post(client_of(author), report, actor=author, fix=one.ident)
    assert (answer.status_code, answer.json()["state"]) == (403, "locked")
    assert fresh(report).overview.body == BODY


def test_who_comes_back_from_signing_in_finds_the_part(browser, report):
    answer = browser.get(reverse("author:fix", args=[report.pk, OVERVIEW]))
    assert answer.url == reverse("author:section", args=[report.pk, OVERVIEW])


def test_words_that_are_no_number_stay_when_a_fix_is_taken(browser, report, author):
    data = form_of(report) | {"training_staff": "近60"}
    browser.post(reverse("author:section", args=[report.pk, OVERVIEW]), data)
    one = with_fix(report, "【2021】")
    answer = post(browser, report, actor=author, fix=one.ident).json()
    assert fresh(report).overview.unparsed == {"training_staff": "近60"}
    assert "training_staff" in answer["errors"]
    assert set(answer["values"]) == {"body"}


@pytest.mark.parametrize(
    ("key", "changes", "words", "field"),
    [
        (
            SectionKey.OVERVIEW,
            {
                "sections__overview__figures__rules": [
                    {"name": "信息公开办法", "number": "院办〔2022〕7号", "url": ""},
                    {"name": "值班表13600136000", "number": "", "url": ""},
                ]
            },
            "13600136000",
            "rules-1-name",
        ),
        (SectionKey.HEAD, {"title": "明德学院2025-2026学年度信息公开工作报告13600136000"}, "13600136000", "title"),
        (
            SectionKey.CONTACTS,
            {
                "contacts": [
                    {
                        "role": "leader",
                        "name": "方分管",
                        "position": "副院长13600136000",
                        "office_phone": "0000-0000001",
                    },
                    {
                        "role": "liaison",
                        "name": "宋联络",
                        "position": "秘书",
                        "office_phone": "0000-0000003",
                        "mobile": "10000000003",
                        "email": "0@qq.com",
                    },
                ]
            },
            "13600136000",
            "people-0-position",
        ),
        (
            SectionKey.PROACTIVE,
            {
                "sections__proactive__figures__channels": [
                    {"channel": "website", "name": "官网13600136000", "count": 1200, "approximate": True}
                ]
            },
            "13600136000",
            "channels-0-name",
        ),
    ],
)
def test_a_number_is_masked_in_every_kind_of_field(browser, school, campaign, author, key, changes, words, field):
    report = make(school, campaign, **changes)
    before = form_of(report, key)
    one = with_fix(report, words, key)
    answer = post(browser, report, key, actor=author, fix=one.ident)
    assert answer.status_code == 200, answer.text
    assert set(answer.json()["values"]) == {field}
    after = form_of(report, key)
    changed = {name for name in after if after[name] != before.get(name)} - {"base_version"}
    assert changed == {field}
    assert after[field] == before[field].replace("13600136000", "136****6000")


def test_numbering_anew_shows_every_number_before_it_is_taken(browser, school, campaign, author):
    body = "".join(f"<h3>（{number}）第{number}件事</h3><p>学校认真做好各项工作。</p>" for number in "一二四五六七")
    report = make(school, campaign, sections__overview__body=body)
    [one] = [one for one in shown(report) if one.judged.finding.fix and one.judged.finding.fix.label == "重新编号"]
    changes = [told(snippet) for snippet in one.snippets]
    assert len(changes) == 4
    assert {"四", "三"} <= set(changes[0])
    soup = page(browser, report)
    assert soup.find("summary", string="还有 1 处改动")
    post(browser, report, actor=author, fix=one.ident)
    assert "（三）第四件事" in fresh(report).overview.body
    assert "（六）第七件事" in fresh(report).overview.body


def test_a_fix_that_would_make_a_field_too_long_is_refused():
    rules = [{"name": "则" * 190 + "清零", "number": "", "url": "", "position": 0}]
    assert apply_fix._too_long(OVERVIEW, {"heading": "甲" * 200}, {"rules": rules}) == ""
    rules[0]["name"] += "长" * 20
    assert "制度名称" in apply_fix._too_long(OVERVIEW, {"heading": "一"}, {"rules": rules})
    assert "本部分标题" in apply_fix._too_long(OVERVIEW, {"heading": "甲" * 201}, {})


def test_rows_keep_all_that_stands_in_them(browser, report, author):
    before = list(Rule.objects.filter(part__report=report).values("name", "number", "url", "position"))
    post(browser, report, actor=author, fix=with_fix(report, "【2021】").ident)
    assert list(Rule.objects.filter(part__report=report).values("name", "number", "url", "position")) == before
    assert progress_of(fresh(report)).of(OVERVIEW).errors == 0
