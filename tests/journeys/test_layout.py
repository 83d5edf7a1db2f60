"""Nothing jumps while a page loads, and what a reader has come for is in sight: on a phone, on a laptop."""

import pytest

from disclosure.drafting.imports import intake
from disclosure.report.enums import Status
from tests import factories
from tests.disclosure.adopting.proposals import CONTENT, proposal
from tests.disclosure.test_public import publish, withdraw
from tests.factories import full_document
from tests.journeys.conftest import PHONE
from tests.journeys.layout import LAPTOP, NARROW, heading_begins_at, shift_of, slow_down, watch_shifts

TABLET, WIDE = {"width": 768, "height": 1024}, {"width": 1280, "height": 800}
# What the browser calls good. Pages of the desk are long, and painted before they have come whole.
LARGEST_SHIFT = 0.1


@pytest.fixture
def corrected(school):
    """The address of a report that was corrected once, with everything a report can have."""
    document = full_document(school, 2023).to_json()
    whole = {"sections": document["sections"], "contacts": document["contacts"]}
    publish(school, **whole)
    publish(school, number=2, change_note="更正工作联系人的办公电话，并补充清单事项数量。", **whole)
    return f"/schools/{school.slug}/2023/"


@pytest.mark.parametrize("size", [PHONE, TABLET, WIDE, LAPTOP], ids=lambda size: str(size["width"]))
def test_no_public_page_jumps_while_it_loads(size, new_context, browser_errors, school, corrected):
    browser_errors.allow("status of 4")
    # While our own style sheet is on its way, the browser may ask for the arrows that Bootstrap draws.
    browser_errors.allow("Content Security Policy.*img-src")
    withdraw(publish(school, 2022))
    context = new_context(viewport=size, is_mobile=size is PHONE)
    watch_shifts(context)
    jumped = {}
    for address in (corrected, f"{corrected}v1/", "/", "/schools/", f"/schools/{school.slug}/", "/accounts/login/"):
        # A page for each: the second one would find the style sheets there already.
        page = context.new_page()
        slow_down(page)
        jumped[address] = shift_of(page, address)
        page.close()
    page = context.new_page()
    for address in (f"/schools/{school.slug}/2022/", "/nothing/"):
        jumped[address] = shift_of(page, address)
    assert {address: found for address, found in jumped.items() if found[0]} == {}


def test_no_page_of_the_desk_jumps_or_begins_late_on_a_phone(
    new_context, sign_in, browser_errors, school, author, reviewer
):
    browser_errors.allow("Content Security Policy.*img-src")
    year = factories.latest_year()
    draft = factories.make_report(school, factories.make_campaign(school.province, year - 2))
    brought = intake.take_in(draft.pk, CONTENT, "年报.docx", proposal(draft.campaign.year), author)
    submitted = factories.make_report(school, factories.make_campaign(school.province, year), Status.SUBMITTED)
    desk, review = f"/desk/reports/{draft.pk}", f"/review/reports/{submitted.pk}"
    addresses = {
        author: [
            "/desk/",
            *(f"{desk}/{part}" for part in ("", "head/", "proactive/", "contacts/", "check/", "preview/")),
        ],
        reviewer: ["/review/", f"{review}/", f"{review}/log/", f"{review}/approve/?seen={factories.seen(submitted)}"],
    }
    addresses[author].append(f"{desk}/import/{brought.pk}/")
    jumped, begins = {}, {}
    for actor, visited in addresses.items():
        context = new_context(viewport=PHONE, is_mobile=True)
        watch_shifts(context)
        page = context.new_page()
        sign_in(page, actor.user.username)
        slow_down(page)
        for address in visited:
            jumped[address] = shift_of(page, address)
            begins[address] = heading_begins_at(page)
    assert {address: found for address, found in jumped.items() if found[0] > LARGEST_SHIFT} == {}
    assert {address: share for address, share in begins.items() if share > 1 / 3} == {}


@pytest.mark.parametrize("version", ["", "v1/"])
@pytest.mark.parametrize("size", [PHONE, NARROW], ids=lambda size: str(size["width"]))
def test_on_a_phone_a_report_begins_in_the_upper_third_of_the_screen(size, version, new_context, corrected):
    page = new_context(viewport=size, is_mobile=True).new_page()
    page.goto(f"{corrected}{version}")
    assert heading_begins_at(page) <= 1 / 3


def test_on_a_phone_the_files_and_the_contents_are_one_touch_away(phone, corrected):
    phone.goto(corrected)
    for name, link in (("下载", "下载 PDF"), ("目录", "二、主动公开情况"), ("关于这份报告", "各版本和更正说明")):
        summary = phone.locator("summary", has_text=name)
        assert summary.bounding_box()["y"] < PHONE["height"] / 3
        assert not phone.get_by_role("link", name=link).is_visible()
        summary.tap()
        box = phone.get_by_role("link", name=link).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        summary.tap()


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=lambda size: str(size["width"]))
def test_on_a_phone_the_numbers_of_the_contacts_are_whole(size, new_context, corrected):
    page = new_context(viewport=size, is_mobile=True).new_page()
    page.goto(corrected)
    for text in ("0000-0000001", "0000-0000002", "0000-0000003", "office@example.edu.cn"):
        edges = page.get_by_role("cell", name=text).evaluate(
            """(cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell);
                const { left, right } = range.getBoundingClientRect();
                return [left, right];
            }"""
        )
        assert 0 <= edges[0] < edges[1] <= size["width"]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_on_a_laptop_all_four_files_are_in_sight_wherever_one_reads(has_scripts, new_context, corrected):
    page = new_context(viewport=LAPTOP, java_script_enabled=has_scripts, reduced_motion="reduce").new_page()
    page.goto(corrected)
    links = [page.get_by_role("link", name=name) for name in ("下载 PDF", "下载 Word", "下载网页文件", "下载数据文件")]
    for place in ("h1", "#on_request-heading", "#contacts-heading"):
        page.locator(place).scroll_into_view_if_needed()
        for link in links:
            box = link.bounding_box()
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= LAPTOP["height"]
            # What is painted there is the link itself, and nothing that lies over it.
            link.click(trial=True)
    contents = page.get_by_role("navigation", name="报告目录").bounding_box()
    assert contents["y"] + contents["height"] <= LAPTOP["height"]
