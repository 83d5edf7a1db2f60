"""From a Word file to the draft and back, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from disclosure.drafting.imports import intake
from disclosure.importing.errors import LARGEST_FILE
from disclosure.models import Evaluation, Import, OnRequest, Report
from disclosure.report.enums import ImportState
from disclosure.workflow import transitions
from tests import factories
from tests.disclosure.adopting.files import word_file
from tests.disclosure.adopting.proposals import CONTENT, proposal


@pytest.fixture
def report(site, author, campaign) -> Report:
    return transitions.start(campaign, author)


def upload(page: Page, report: Report, content: bytes, name: str = "年报.docx") -> None:
    page.goto(f"/desk/reports/{report.pk}/import/")
    page.get_by_label("选择文件").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content}]
    )
    page.get_by_role("button", name="上传并识别").click()


def paste(page: Page, html: str) -> None:
    """What a word processor puts on the clipboard arrives in the field."""
    page.get_by_label("粘贴报告的内容").evaluate(
        """(field, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def saved(page: Page) -> None:
    """Wait until what was changed has been kept."""
    expect(page.locator("body > p[role=status]")).to_have_text("已保存")
    page.evaluate("document.querySelector('body > p[role=status]').textContent = ''")


def test_a_word_file_goes_into_the_draft_and_out_again(page, sign_in, report, check_axe, assert_no_horizontal_scroll):
    sign_in(page, "author")
    page.goto("/desk/")
    page.get_by_role("link", name="从 Word 文件导入").click()
    upload(page, report, word_file(report.campaign.year))
    expect(page.get_by_role("heading", name="核对导入的内容")).to_be_visible()
    check_axe(page)
    assert_no_horizontal_scroll(page)

    # A block is moved, and back again.
    row = page.locator(".import-row", has_text="未收到信息公开申请")
    row.get_by_role("combobox").focus()
    row.get_by_role("combobox").select_option("other:text")
    saved(page)
    moved = page.locator(".import-row", has_text="未收到信息公开申请")
    expect(moved).to_contain_text("您改过位置")
    expect(moved.get_by_role("combobox")).to_be_focused()
    moved.get_by_role("combobox").select_option("on_request:text")
    saved(page)

    # Figures are taken one by one, or all of a part.
    page.get_by_label(re.compile("满意率")).check()
    saved(page)
    section = page.locator(".import-group", has=page.get_by_role("heading", name="二、主动公开情况"))
    section.get_by_role("button", name=re.compile("采用这里的全部数字")).click()
    saved(page)
    expect(section.get_by_role("checkbox", checked=False)).to_have_count(0)
    page.get_by_role("button", name="下一步：与草稿比较").click()

    expect(page.get_by_role("heading", name="与草稿比较并写入")).to_be_visible()
    check_axe(page)
    page.get_by_role("button", name="写入草稿").click()
    expect(page.get_by_text("已写入 8 个部分。")).to_be_visible()
    check_axe(page)
    assert Evaluation.objects.get().satisfaction_percent == 98

    page.get_by_role("link", name="四、对信息公开的评议情况").click()
    expect(page.get_by_role("textbox", name="正文")).to_contain_text("满意率为98%")
    page.go_back()
    page.get_by_role("link", name="撤销这次导入").click()
    check_axe(page)
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_text("恢复为导入之前的内容")).to_be_visible()
    assert (Evaluation.objects.get().satisfaction_percent, OnRequest.objects.get().body) == (None, "")


def test_the_rest_of_a_section_follows_a_heading_that_was_missed(page, sign_in, report, author):
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/{one.pk}/")
    page.get_by_role("link", name=re.compile("收到申请情况")).click()
    page.locator("#id_place_8").select_option("on_request:heading")
    saved(page)
    page.get_by_role("button", name="后面 1 段也放到这里").click()
    saved(page)
    expect(page.locator(".import-group", has_text="未收到申请").get_by_role("heading")).to_have_text(
        "三、依申请公开和不予公开情况"
    )
    outline = page.get_by_role("complementary", name="导入到报告的各个部分")
    expect(outline.get_by_role("link", name=re.compile("三、依申请公开"))).to_contain_text("2 段")


def test_what_was_chosen_while_the_answer_was_on_its_way_is_kept(page, sign_in, report, author):
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/{one.pk}/")
    page.evaluate(
        """() => {
            for (const [id, value] of [["id_place_4", "other:text"], ["id_place_6", "experience:text"]]) {
                const field = document.getElementById(id);
                field.value = value;
                field.dispatchEvent(new Event("change", { bubbles: true }));
            }
        }"""
    )
    expect(page.locator("#id_place_6")).to_have_value("experience:text")
    expect(page.locator("[name=revision]")).to_have_value("2")
    blocks = Import.objects.get().proposal["blocks"]
    assert (blocks[4]["place"], blocks[6]["place"]) == ("other", "experience")


def test_what_was_pasted_survives_an_expired_session(page, sign_in, report, sign_out_everywhere, check_axe):
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/")
    paste(
        page,
        "<style>p { color: red }</style><p style='mso-x:1'>一、概述</p><p>学校开展了信息公开工作。</p>"
        "<table><tr><td>姓名</td><td>职务</td></tr></table>",
    )
    expect(page.get_by_text("已粘贴：20 字，1 个表格。")).to_be_visible()
    check_axe(page)
    sign_out_everywhere()
    page.get_by_role("button", name="识别粘贴的内容").click()
    page.locator("[name=username]").fill("author")
    page.locator("[name=password]").fill(factories.PASSWORD)
    page.locator("main [type=submit]").click()
    expect(page.get_by_text("已粘贴：20 字，1 个表格。")).to_be_visible()
    page.get_by_role("button", name="识别粘贴的内容").click()
    expect(page.get_by_role("heading", name="核对导入的内容")).to_be_visible()
    expect(page.locator(".import-source", has_text="学校开展了信息公开工作")).to_be_visible()
    page.goto(f"/desk/reports/{report.pk}/import/")
    expect(page.locator(".kept-line")).to_have_count(0)


def test_a_change_that_was_not_kept_is_told(
    page, sign_in, report, author, sign_out_everywhere, browser_errors, check_axe
):
    browser_errors.allow("status of 401")
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/{one.pk}/")
    sign_out_everywhere()
    page.locator("#id_place_4").select_option("other:text")
    expect(page.get_by_role("alert")).to_have_text("没有保存：网络中断，或者登录已过期。请刷新页面后再改。")
    check_axe(page)
    assert Import.objects.get().revision == 0


def test_a_change_in_a_window_that_was_overtaken_is_told(page, sign_in, report, author, context):
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    sign_in(page, "author")
    other = context.new_page()
    for window in (page, other):
        window.goto(f"/desk/reports/{report.pk}/import/{one.pk}/")
    page.locator("#id_place_4").select_option("experience:text")
    saved(page)
    other.locator("#id_place_4").select_option("other:text")
    expect(other.get_by_text("这次导入在另一个窗口里改动过").first).to_be_visible()
    expect(other.locator("#id_place_4")).to_have_value("experience:text")


def test_what_cannot_be_read_is_told_beside_the_field(page, sign_in, report, check_axe, browser_errors):
    browser_errors.allow("status of 400")
    sign_in(page, "author")
    upload(page, report, b"%PDF-1.7 not a Word file")
    expect(page.locator("#id_source_error")).to_contain_text("PDF")
    expect(page.get_by_role("alert").first).to_contain_text("没有导入")
    check_axe(page)


def test_a_file_that_is_too_large_is_not_even_sent(page, sign_in, report, tmp_path):
    large = tmp_path / "年报.docx"
    large.write_bytes(b"PK" + bytes(LARGEST_FILE))
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_label("选择文件").set_input_files(large)
    page.get_by_role("button", name="上传并识别").click()
    expect(page.locator("#id_source_error")).to_have_text("文件超过 20 MB，请删去文件中的图片，另存后再上传。")
    assert sent == []


def test_a_paste_that_is_too_large_is_not_even_sent(page, sign_in, report):
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    paste(page, f"<p>一、概述</p><!--{'x' * 5 * 1024 * 1024}-->")
    page.get_by_role("button", name="识别粘贴的内容").click()
    expect(page.locator("#id_pasted_error")).to_have_text("粘贴的内容超过 5 MB，请改为上传文件。")
    assert sent == []
    page.get_by_role("button", name="清除，重新粘贴").click()
    expect(page.locator("#id_pasted_error")).to_have_text("")


def test_a_colleague_who_was_quicker_is_not_overwritten(page, sign_in, report, author, second_author, browser_errors):
    browser_errors.allow("status of 409")
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/{one.pk}/compare/")
    document = factories.full_document(report.school, sections__evaluation__body="<p>同事刚写的。</p>")
    factories.write(report, document, second_author)
    page.get_by_role("button", name="写入草稿").click()
    expect(page.get_by_text("您比较之后，这一部分有人保存过").first).to_be_visible()
    for key in ("overview", "proactive", "evaluation", "contacts"):
        page.locator(f"#id_way-{key}-keep").check()
    page.locator("#id_way-head-replace").check()
    page.get_by_role("button", name="写入草稿").click()
    expect(page.get_by_text("已写入 1 个部分")).to_be_visible()
    assert Evaluation.objects.get().body == "<p>同事刚写的。</p>"


def test_the_way_works_on_a_phone_and_by_keyboard(
    phone, sign_in, report, author, check_axe, assert_no_horizontal_scroll
):
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    sign_in(phone, "author")
    for address in ("import/", f"import/{one.pk}/", f"import/{one.pk}/compare/", f"import/{one.pk}/discard/"):
        phone.goto(f"/desk/reports/{report.pk}/{address}")
        check_axe(phone)
        assert_no_horizontal_scroll(phone)
    phone.goto(f"/desk/reports/{report.pk}/import/{one.pk}/")
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()
    box = phone.get_by_role("checkbox", name=re.compile("信息公开培训"))
    box.focus()
    phone.keyboard.press("Space")
    saved(phone)
    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_a_browser_without_scripts_does_the_same(new_context, sign_in, report, author):
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "author")
    page.goto(f"/desk/reports/{report.pk}/import/{one.pk}/")
    page.locator("#id_place_8").select_option("on_request:heading")
    page.get_by_label(re.compile("满意率")).check()
    page.locator("noscript button, .import-bar button", has_text="保存改动").click()
    page.get_by_role("button", name="后面 1 段也放到这里").click()
    page.get_by_role("button", name="下一步：与草稿比较").click()
    page.get_by_role("button", name="写入草稿").click()
    expect(page.get_by_text("已写入 5 个部分。")).to_be_visible()
    assert Import.objects.get().state == ImportState.APPLIED
    assert Evaluation.objects.get().satisfaction_percent == 98


def test_an_import_that_was_written_can_be_taken_back_from_the_reports_page(page, sign_in, report):
    content = word_file(report.campaign.year)
    sign_in(page, "author")
    upload(page, report, content)
    page.get_by_role("button", name="下一步：与草稿比较").click()
    page.get_by_role("button", name="写入草稿").click()
    expect(page.get_by_text("已写入 8 个部分。")).to_be_visible()
    page.goto(f"/desk/reports/{report.pk}/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^下载")).click()
    assert download.value.suggested_filename == "年报.docx"
    assert download.value.path().read_bytes() == content
    page.get_by_role("link", name=re.compile("^撤销这次导入")).click()
    page.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_text("已撤销，8 个部分恢复为导入之前的内容。")).to_be_visible()
