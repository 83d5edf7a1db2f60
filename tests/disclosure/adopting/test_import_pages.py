"""The pages from a file to the draft and back, as every persona meets them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from disclosure.drafting import sources
from disclosure.drafting.imports import apply, confirmation, intake
from disclosure.drafting.views.imports import NOT_KEPT, NOT_KEPT_PASTED
from disclosure.importing.errors import LARGEST_FILE
from disclosure.models import Import, Report
from disclosure.models.assembly import assemble, complete
from disclosure.report.enums import Action, ImportState, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import transitions
from schools import storage
from schools.enums import EventType
from schools.models import Event
from tests import factories
from tests.disclosure.adopting.files import word_file
from tests.disclosure.adopting.proposals import CONTENT, block, figure, proposal
from tests.disclosure.test_workflow_races import at_once


@pytest.fixture
def report(author, campaign):
    """A fresh report."""
    return transitions.start(campaign, author)


@pytest.fixture
def one(report, author):
    """An open import of ``proposal``."""
    return take_in(report, author)


def take_in(report, actor, **values):
    return intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year, **values), actor)


def at(name, *args):
    return reverse(f"author:{name}", args=[arg.pk for arg in args])


def versions(report) -> dict:
    report = complete(Report.objects.filter(pk=report.pk)).get()
    return {key: section.of(report).version for key, section in SECTIONS.items()}


@pytest.fixture
def away(settings, monkeypatch):
    """The storage is away: nobody listens at its address. The next test's is not left alone for it."""
    monkeypatch.setattr(storage, "_gate", storage._Gate(2))
    place = {"BACKEND": "disclosure.object_store.ObjectStore"}
    options = {"bucket_name": "b", "region_name": "cn", "access_key": "a", "secret_key": "b"}
    place["OPTIONS"] = options | {"endpoint_url": "http://127.0.0.1:1"}
    settings.STORAGES = settings.STORAGES | {"default": place}


def page_of(response) -> str:
    return response.content.decode()


def whole_form(client, address) -> dict:
    """Every field that a browser without scripts would send from the page at ``address``."""
    html = page_of(client.get(address))
    fields: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_off = re.search(r'type="(?:checkbox|radio)"', tag) and " checked" not in tag
        if name and not is_off:
            fields.setdefault(name[1], []).append(value[1] if value else "on")
    for name, options in re.findall(r'<select[^>]*name="([^"]*)">(.*?)</select>', html, re.DOTALL):
        fields[name] = re.findall(r'<option value="([^"]*)" selected>', options)
    fields.pop("csrfmiddlewaretoken")
    return fields


def send(client, one, address, **changes):
    """Post the page as it is, with ``changes``: a value, or None for a field that is not sent."""
    fields = whole_form(client, address) | {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


# --- bringing in ------------------------------------------------------------------------------------------------------


def test_a_word_file_is_taken_apart_and_leads_to_its_page(report, author, client_of):
    content = word_file(report.campaign.year)
    client = client_of(author)
    response = client.post(
        at("import_new", report), {"source": SimpleUploadedFile("2026年报 终稿.docx", content)}, follow=True
    )
    one = Import.objects.get()
    assert response.redirect_chain == [(at("import", report, one), 302)]
    assert (one.name, sources.read(one.sha256)) == ("2026年报 终稿.docx", content)
    html = page_of(response)
    for words in ("2026年报 终稿.docx", "未收到信息公开申请", "公开渠道", "满意率"):
        assert words in html
    assert "文件里写的是另一所学校" not in html
    assert "文件可能不是今年的报告" not in html


def test_what_was_pasted_is_taken_apart_and_is_a_source_as_well(report, author, client_of):
    html = "<html><body><p>一、概述</p><p>学校公布&lt;清单&gt;。</p><table><tr><td>姓名</td></tr></table></body></html>"
    response = client_of(author).post(at("import_new", report), {"pasted": html}, follow=True)
    one = Import.objects.get()
    assert (one.is_pasted, one.name, sources.read(one.sha256).decode()) == (True, "粘贴的内容.html", html)
    assert "学校公布&lt;清单&gt;。" in page_of(response)
    assert f'data-taken="{at("import_new", report)}"' in page_of(response)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "请先选择文件。"),
        ({"source": ("空.docx", b"")}, "这个文件是空的（0 字节），请检查后重新选择。"),
        ({"source": ("大.docx", b"PK" + b"0" * LARGEST_FILE)}, "文件超过 20 MB，请删去文件中的图片，另存后再上传。"),
        ({"source": ("年报.docx", b"%PDF-1.7 ...")}, "PDF"),
        ({"source": ("年报.docx", b"PK\x03\x04 half a file")}, "。"),
        ({"pasted": " \n "}, "请先把报告的内容粘贴到这里。"),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_field(data, sentence, report, author, client_of):
    data = {name: SimpleUploadedFile(*value) if name == "source" else value for name, value in data.items()}
    response = client_of(author).post(at("import_new", report), data)
    html = page_of(response)
    assert response.status_code == 400
    field = "id_pasted" if "pasted" in data else "id_source"
    told = re.search(rf'<p class="invalid-feedback[^>]*id="{field}_error"[^>]*>([^<]+)</p>', html)
    assert sentence in told[1]
    assert f'href="#{field}"' in html
    assert not Import.objects.exists()


def test_fifty_megabytes_get_the_sentence_and_no_error_page(report, author, client_of):
    response = client_of(author).post(
        at("import_new", report), {"source": SimpleUploadedFile("大.docx", b"PK" + bytes(50 * 1024 * 1024))}
    )
    assert (response.status_code, "文件超过 20 MB" in page_of(response)) == (400, True)


def test_what_was_pasted_stays_in_its_field_where_it_cannot_be_read(report, author, client_of):
    response = client_of(author).post(at("import_new", report), {"pasted": "<p> </p>"})
    assert response.status_code == 400
    assert "&lt;p&gt; &lt;/p&gt;</textarea>" in page_of(response)


def test_an_open_import_is_told_before_another_takes_its_place(one, report, second_author, client_of):
    client = client_of(second_author)
    html = page_of(client.get(at("import_new", report)))
    assert "有一次导入还没有完成" in html
    assert "宋填报" in html
    client.post(at("import_new", report), {"pasted": "一、概述\n学校开展了信息公开工作。"})
    assert Import.objects.get(pk=one.pk).state == ImportState.ABANDONED


def test_who_writes_nothing_now_is_sent_to_the_report_with_the_reason(school, campaign, author, client_of):
    report = factories.make_report(school, campaign, Status.SUBMITTED)
    for method in ("get", "post"):
        response = getattr(client_of(author), method)(at("import_new", report), follow=True)
        assert response.redirect_chain == [(at("report", report), 302)]
        assert "现在不能导入。报告已经提交，内容已锁定。" in page_of(response)


def test_a_visitor_whose_session_has_ended_is_sent_to_sign_in_and_back(report, client_of):
    address = at("import_new", report)
    response = client_of(None).post(address, {"pasted": "一、概述"}, headers={"Referer": f"http://testserver{address}"})
    assert response.url == f"/accounts/login/?next={address}"
    assert not Import.objects.exists()


def test_a_file_that_cannot_be_kept_now_changes_nothing_and_is_told_beside_the_field(
    one, report, author, client_of, away
):
    client, html = client_of(author), "<p>一、概述</p><p>全年平稳。</p>"
    file = SimpleUploadedFile("年报.docx", word_file(report.campaign.year))
    for field, sent, sentence in (("source", file, NOT_KEPT), ("pasted", html, NOT_KEPT_PASTED)):
        response = client.post(at("import_new", report), {field: sent})
        page = page_of(response)
        (told,) = re.findall(rf'id="id_{field}_error"[^>]*>([^<]*)<', page)
        assert (response.status_code, told) == (503, sentence)
    assert "&lt;p&gt;全年平稳。&lt;/p&gt;</textarea>" in page
    assert Import.objects.get() == one
    assert Import.objects.get().is_open


# --- looking through --------------------------------------------------------------------------------------------------


def test_the_page_shows_each_block_with_its_place_and_what_is_to_be_checked(one, report, author, client_of):
    html = page_of(client_of(author).get(at("import", report, one)))
    assert "请核对 2 处" in html
    assert "图片 2 张没有导入。" in html
    assert "<mark>通过学校官网发布信息1286条</mark>" in html
    assert "公布&lt;高等学校信息公开事项清单&gt;" in html
    assert '<option value="proactive:text" selected>' in html
    assert html.count('type="checkbox"') == 3 + 2  # three figures without a conflict; the period, the contacts
    assert len(re.findall(r'<input class="form-check-input" type="checkbox"[^>]*name="figure"[^>]*checked', html)) == 0


def test_neither_period_nor_people_of_another_report_are_taken_unless_the_author_says_so(report, author, client_of):
    year = report.campaign.year
    told = {}
    for file_year, school in ((year, "甲省明德学院"), (year - 1, "甲省明德学院"), (year, "乙省致远大学")):
        one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(file_year, school), author)
        html = page_of(client_of(author).get(at("import", report, one)))
        told[file_year, school] = (one.choices["period"], one.choices["contacts"], "请确认没有传错文件" in html)
    assert list(told.values()) == [(True, True, False), (False, True, True), (False, False, True)]


def test_a_figure_whose_passage_cannot_be_marked_has_it_beside_it(report, author, client_of):
    cells = "<table><tbody><tr><th>渠道</th><th>数量</th></tr><tr><td>官网</td><td>1286</td></tr></tbody></table>"
    broken = "<p>全年组织<strong>信息公开</strong>培训3次。</p>"
    long = "…" + "学校重视信息公开工作，" * 12 + "满意率为98%。"
    blocks = (
        block("官网1286", SectionKey.PROACTIVE, html=cells),
        block("培训3次", SectionKey.OVERVIEW, html=broken),
        block(long.strip("…"), SectionKey.EVALUATION),
    )
    channel = {"channel": "website", "name": "官网", "count": 1286}
    figures = (
        figure("proactive", "channels", channel, "官网，数量：1286", 0),
        figure("overview", "training_sessions", 3, "全年组织信息公开培训3次。", 1),
        figure("evaluation", "satisfaction_percent", 98, long, 2),
    )
    html = page_of(client_of(author).get(at("import", report, take_in(report, author, blocks=blocks, figures=figures))))
    assert '<span class="import-sentence">「官网，数量：1286」</span>' in html
    assert '<span class="import-sentence">「全年组织信息公开培训3次。」</span>' in html
    assert f"<mark>{long.strip('…')}</mark>" in html
    assert f"「{long}」" not in html


def test_a_form_that_was_sent_as_it_is_changes_nothing(one, report, author, client_of):
    response = send(client_of(author), one, at("import", report, one))
    assert response.url == at("import", report, one)
    one.refresh_from_db()
    assert (one.choices["figures"], one.choices["period"], one.choices["contacts"]) == ([], True, True)


def test_a_block_is_moved_and_the_page_comes_back_to_it(one, report, author, client_of):
    client = client_of(author)
    address = at("import", report, one)
    response = send(client, one, address, place__8="on_request:heading")
    assert response.url == f"{address}?moved=8#block-8"
    assert "后面 1 段也放到这里" in page_of(client.get(response.url))
    response = send(client, one, address, along="8")
    assert response.url == f"{address}#block-8"
    one.refresh_from_db()
    assert [block["place"] for block in one.proposal["blocks"][8:10]] == ["on_request", "on_request"]


def test_ticks_and_choices_are_kept_by_any_button(one, report, author, client_of):
    client, address = client_of(author), at("import", report, one)
    training, _, total, _ = confirmation.sheet(one).questions
    ticks = {"figure": [training.options[0].name, "no figure"], f"figure__{total.number}": total.options[1].name}
    send(client, one, address, contacts=None, next="1", **ticks)
    one.refresh_from_db()
    assert [(figure.key, figure.value) for figure in confirmation.adopted(one).figures] == [
        ("training_sessions", 3),
        ("total", 1400),
        ("total_is_approximate", True),
    ]
    assert one.choices["contacts"] is False
    response = send(client, one, address, next="1")
    assert response.url == at("import_compare", report, one)


@pytest.mark.parametrize(
    "changes",
    [
        {"place__4": "nowhere:text"},
        {"place__999": "other:text"},
        {"place__x": "other:text"},
        {"along": "999"},
        {"confirm": "-1"},
        {"revision": None},
        {"revision": "x"},
    ],
)
def test_a_form_that_was_tampered_with_is_told_and_changes_nothing(changes, one, report, author, client_of):
    client, address = client_of(author), at("import", report, one)
    before = Import.objects.values("proposal", "choices", "revision").get()
    response = send(client, one, address, **changes)
    assert response.url == address
    assert "收到的内容不完整" in page_of(client.get(address))
    assert Import.objects.values("proposal", "choices", "revision").get() == before


def test_a_tab_that_was_overtaken_is_told(one, report, author, client_of):
    client, address = client_of(author), at("import", report, one)
    old = whole_form(client, address)
    send(client, one, address, place__4="experience:text")
    client.post(address, old | {"place-4": "other:text"})
    assert "另一个窗口" in page_of(client.get(address))
    assert Import.objects.get().proposal["blocks"][4]["place"] == "experience"


def test_hostile_html_of_a_block_is_shown_as_text_and_never_run(report, author, client_of):
    hostile = block("脚本", SectionKey.OTHER, html='<p onclick="x()">甲<script>alert(1)</script><img src=x></p>')
    one = intake.take_in(report.pk, CONTENT, "<b>年报</b>.docx", proposal(2020, blocks=(hostile,), figures=()), author)
    html = page_of(client_of(author).get(at("import", report, one)))
    assert "alert(1)" not in html
    assert "onclick" not in html
    assert "&lt;b&gt;年报&lt;/b&gt;.docx" not in html  # the path is cut at the slash of the tag
    assert "文件可能不是今年的报告" in html


def test_a_report_of_three_hundred_blocks_takes_a_constant_number_of_queries(
    report, author, client_of, django_assert_max_num_queries
):
    blocks = tuple(block(f"第{number}段。", SectionKey.OVERVIEW) for number in range(300))
    one = take_in(report, author, blocks=blocks, figures=())
    with django_assert_max_num_queries(20):
        response = client_of(author).get(at("import", report, one))
    assert page_of(response).count('class="import-row"') == 300


def test_the_signatory_reads_and_changes_nothing(one, report, signatory, client_of):
    client = client_of(signatory)
    assert client.get(at("import_new", report)).status_code == 403
    assert client.post(at("import", report, one), {"revision": 0}).status_code == 403
    assert client.get(at("import_source", report, one)).status_code == 200


# --- comparing and writing --------------------------------------------------------------------------------------------


def test_the_draft_stands_beside_the_file_and_is_written_once(one, report, author, client_of):
    client, address = client_of(author), at("import_compare", report, one)
    html = page_of(client.get(address))
    assert "系统预填的内容" in html
    assert html.count("</svg>直接填入</span>") == 4
    assert "草稿保持不变：依申请公开和不予公开；举报、复议、诉讼；经验、问题和改进；其他事项。" in html
    fields = whole_form(client, address)
    response = client.post(address, fields, follow=True)
    assert response.redirect_chain == [(at("import", report, one), 302)]
    assert "已写入 5 个部分。" in page_of(response)
    again = client.post(address, fields, follow=True)
    assert again.redirect_chain == [(at("import", report, one), 302)]
    assert Event.objects.filter(type=EventType.IMPORT_APPLIED).count() == 1


def test_what_is_there_must_be_decided_on(report, author, client_of):
    factories.write(report, factories.full_document(report.school), author)
    one = take_in(report, author)
    client, address = client_of(author), at("import_compare", report, one)
    html = page_of(client.get(address))
    assert "<del>" in html
    assert "<ins>" in html
    response = client.post(address, whole_form(client, address))
    assert response.status_code == 400
    assert "一、概述：请选择怎样处理现有内容" in page_of(response)
    ways = {f"way-{key}": "keep" for key in SectionKey} | {"way-evaluation": "append"}
    response = client.post(address, whole_form(client, address) | ways)
    assert response.url == at("import", report, one)
    body = assemble(complete(Report.objects.filter(pk=report.pk)).get()).sections.evaluation.body
    assert body.endswith("<p>满意率百分之九十八。</p>")


def test_a_choice_that_does_not_exist_is_no_choice(report, author, client_of):
    factories.write(report, factories.full_document(report.school), author)
    one = take_in(report, author)
    client, address = client_of(author), at("import_compare", report, one)
    ways = {f"way-{key}": "replace" for key in SectionKey} | {"way-contacts": "append", "way-head": "burn"}
    response = client.post(address, whole_form(client, address) | ways)
    assert (response.status_code, Import.objects.get(pk=one.pk).state) == (400, ImportState.OPEN)


def test_a_part_that_was_saved_meanwhile_is_shown_again(one, report, author, second_author, client_of):
    client, address = client_of(author), at("import_compare", report, one)
    fields = whole_form(client, address)
    body = "<p>同事刚写的。</p>"
    document = factories.full_document(report.school, sections__evaluation__body=body)
    factories.write(report, document, second_author)
    response = client.post(address, fields)
    html = page_of(response)
    assert response.status_code == 409
    assert "您比较之后，这一部分有人保存过" in html
    assert "陆填报" in html
    assert "同事刚写的" in html
    assert assemble(complete(Report.objects.filter(pk=report.pk)).get()).sections.evaluation.body == body


@pytest.mark.parametrize("what", ["superseded", "discarded", "handed in"])
def test_a_stale_tab_writes_nothing(what, one, report, author, second_author, client_of):
    client, address = client_of(author), at("import_compare", report, one)
    fields = whole_form(client, address)
    if what == "superseded":
        take_in(report, second_author)
    elif what == "discarded":
        intake.abandon(one, second_author)
    else:
        factories.write(report, factories.full_document(report.school), author)
        factories.hand_in(report)
    response = client.post(address, fields, follow=True)
    assert response.redirect_chain == [(at("import", report, one), 302)]
    assert response.status_code == 200
    assert not Event.objects.filter(type=EventType.IMPORT_APPLIED).exists()


# --- stepping back ----------------------------------------------------------------------------------------------------


def test_an_import_is_taken_back_after_asking(one, report, author, client_of):
    client = client_of(author)
    apply.apply(one, 0, {"head": "replace"}, dict.fromkeys(SectionKey, 0), author)
    html = page_of(client.get(at("report", report)))
    assert at("import_undo", report, one) in html
    html = page_of(client.get(at("import_undo", report, one)))
    assert "恢复：标题、引言与落款；概述；主动公开；评议；附件：联系方式。" in html
    response = client.post(at("import_undo", report, one), follow=True)
    assert "已撤销，5 个部分恢复为导入之前的内容。" in page_of(response)
    again = client.post(at("import_undo", report, one), follow=True)
    assert "这次导入已经撤销过了。" in page_of(again)
    story = page_of(client.get(at("history", report)))
    for words in ("上传来源文件", "写入导入内容", "撤销导入", "年报.docx"):
        assert words in story


def test_an_open_import_is_given_up_after_asking(one, report, author, client_of):
    client = client_of(author)
    assert "放弃这次导入" in page_of(client.get(at("import_discard", report, one)))
    response = client.post(at("import_discard", report, one), follow=True)
    assert "已放弃这次导入，草稿没有改动。" in page_of(response)
    html = page_of(client.get(at("import", report, one)))
    assert "已放弃" in html
    assert client.post(at("import_discard", report, one)).status_code == 302


def test_the_list_of_imports_costs_the_same_for_one_and_for_three_and_loads_no_proposal(report, author, client_of):
    client, told = client_of(author), []
    client.get(at("report", report))  # what a session costs once
    for count in (1, 3):
        while (number := report.imports.count()) < count:
            one = take_in(report, author, blocks=(block(f"第{number}份文件。", SectionKey.OVERVIEW),), figures=())
            apply.apply(one, 0, dict.fromkeys(SectionKey, "replace"), versions(report), author)
        with CaptureQueriesContext(connection) as queries:
            html = page_of(client.get(at("report", report)))
        told.append(len(queries))
        assert html.count("已写入") == count
        assert not any("proposal" in query["sql"] for query in queries)
    assert told[0] == told[1]


# --- the source -------------------------------------------------------------------------------------------------------


def test_the_source_is_saved_to_disk_and_never_shown(one, report, author, client_of):
    response = client_of(author).get(at("import_source", report, one))
    assert response.content == CONTENT
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("damage", [None, b"PK", CONTENT[:-1] + b"?"])
def test_a_source_that_the_storage_has_lost_or_damaged_is_told_on_the_page(one, report, author, client_of, damage):
    sources.forget(one.sha256)
    if damage:
        storage.write(sources.name_of(one.sha256), damage)
    client = client_of(author)
    response = client.get(at("import_source", report, one))
    number = response["X-Request-ID"]
    assert response.url == at("import", report, one)
    sentence = f"来源文件「年报.docx」已经丢失或损坏，不能下载。请联系系统维护人员，告知编号 {number}。"
    assert sentence in page_of(client.get(response.url))


def test_a_source_that_cannot_be_fetched_now_is_told_where_it_was_asked_for(one, report, author, client_of, away):
    client = client_of(author)
    asked_from = at("report", report)
    for referer, page in (
        (f"http://testserver{asked_from}", asked_from),
        ("http://b.test/", at("import", report, one)),
    ):
        response = client.get(at("import_source", report, one), headers={"referer": referer})
        assert (response.status_code, response.url.removeprefix("http://testserver")) == (302, page)
        assert "来源文件「年报.docx」暂时取不出来，请过一会儿再下载。" in page_of(client.get(page))


def test_the_reviewer_reads_the_source_of_what_was_handed_in(one, report, author, reviewer, other_reviewer, client_of):
    address = reverse("review:source", args=[report.pk, one.pk])
    apply.apply(one, 0, {"head": "replace"}, dict.fromkeys(SectionKey, 0), author)
    assert client_of(reviewer).get(address).status_code == 404
    factories.write(report, factories.full_document(report.school), author)
    factories.hand_in(report)
    assert client_of(reviewer).get(address).content == CONTENT
    sources.forget(one.sha256)
    assert client_of(reviewer).get(address).url == reverse("review:report", args=[report.pk])
    assert client_of(other_reviewer).get(address).status_code == 404
    html = page_of(client_of(reviewer).get(reverse("review:report", args=[report.pk])))
    assert "来源文件" in html
    assert address in html
    transitions.perform(Action.RECALL, report.pk, author)
    assert client_of(reviewer).get(address).status_code == 404
    factories.hand_in(report)
    transitions.perform(Action.APPROVE, report.pk, reviewer, sha256=factories.seen(report))
    assert address in page_of(client_of(reviewer).get(reverse("review:report", args=[report.pk])))


def test_an_import_of_another_report_or_school_is_not_there(one, report, author, colleague, client_of, second_school):
    other = transitions.start(report.campaign, colleague)
    for name in ("import", "import_compare", "import_undo", "import_discard", "import_source"):
        assert client_of(colleague).get(at(name, other, one)).status_code == 404
        assert client_of(colleague).post(at(name, report, one)).status_code in (404, 405)
        assert client_of(author).get(at(name, other, one)).status_code == 404
    assert Import.objects.get().state == ImportState.OPEN


# --- two at once ------------------------------------------------------------------------------------------------------


def test_two_uploads_at_once_leave_one_open(committed_db, report, author, second_author):
    results = at_once(lambda: take_in(report, author), lambda: take_in(report, second_author))
    assert all(isinstance(result, Import) for result in results)
    assert sorted(Import.objects.values_list("state", flat=True)) == [ImportState.ABANDONED, ImportState.OPEN]


def test_two_clicks_at_once_write_once(committed_db, one, author):
    def write():
        return apply.apply(one, 0, {"head": "replace"}, dict.fromkeys(SectionKey, 0), author)

    results = at_once(write, write)
    assert sorted(type(result).__name__ for result in results) == ["Refused", "dict"]
    assert Event.objects.filter(type=EventType.IMPORT_APPLIED).count() == 1
