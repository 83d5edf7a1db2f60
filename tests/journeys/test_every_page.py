"""Every page of the portal, as the person it is for sees it, on a wide screen, on a laptop, and on phones.

The addresses come from the table of ``tests.test_access``: a new page is looked at without being named here. What
pages look like beyond that (nothing there yet, something wrong, asked back) is walked through below.

Everything that is wrong on any page is told at once, and the pages' HTML is checked in one run of the Nu checker.
"""

import datetime
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.utils import timezone
from playwright.sync_api import Page, Response, expect

from disclosure.drafting.imports import apply, intake
from disclosure.errors import UNREADABLE
from disclosure.evaluation import judge
from disclosure.findings import responses
from disclosure.models import OnRequest, Remark, Report
from disclosure.models.assembly import complete
from disclosure.report.enums import SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import comments, transitions
from schools.enums import Role
from tests import factories
from tests.disclosure.adopting.proposals import CONTENT, proposal
from tests.journeys.conftest import PHONE, ROOT
from tests.journeys.layout import LAPTOP, NARROW, faults_of
from tests.test_access import EXPECTED, PERSONAS, everyone, url_of, world  # noqa: F401

WIDE = {"width": 1280, "height": 900}
NU = ROOT / ".cache/node_modules/vnu-jar/build/dist/vnu.jar"
# The address of each page is tried as the first of these who may open it.
FOR_WHOM = ("visitor", "author", "reviewer", "province_admin")


class Sweep:
    """One browser a person, and what was found wrong on the pages it was shown."""

    def __init__(self, new_context, sign_in, check_axe, assert_no_horizontal_scroll):
        self.new_context = new_context
        self.sign_in = sign_in
        self.checks = (check_axe, assert_no_horizontal_scroll)
        self.pages: dict[str, Page] = {}
        self.problems: list[tuple[str, str]] = []
        self.html: dict[str, str] = {}
        self._document: Response | None = None
        self._heard: list[str] = []

    def page_of(self, username: str) -> Page:
        """The page of a person who is signed in, or of the visitor."""
        if username not in self.pages:
            context = self.new_context(viewport=WIDE)
            context.on("console", lambda message: message.type == "error" and self._heard.append(message.text))
            context.on("weberror", lambda error: self._heard.append(str(error.error)))
            page = self.pages[username] = context.new_page()
            page.on("response", self._note)
            if username != "visitor":
                self.sign_in(page, username)
        return self.pages[username]

    def _note(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self._document = response
        elif response.status >= 400:
            self._heard.append(f"{response.status} {response.url}")

    def visit(self, username: str, address: str, state: str = "") -> Page:
        """Open ``address`` and look at it. ``state`` tells what is particular about it."""
        page = self.page_of(username)
        self._heard.clear()
        page.set_viewport_size(WIDE)
        page.goto(address)
        self.look(page, f"{address} {state}")
        return page

    def look(self, page: Page, name: str) -> None:
        """Note everything that is wrong with what ``page`` shows now. It stays on the phone's width."""
        expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
        # Of the document itself the browser complains as well, where its status says that something is wrong.
        self._heard = [text for text in self._heard if not text.startswith("Failed to load resource: the server")]
        self.problems += [(name, text) for text in self._heard]
        self._heard.clear()
        found = page.evaluate(
            """() => ({
                headings: document.querySelectorAll("h1").length,
                title: document.title,
                twice: [...document.querySelectorAll("form[method=post]")].filter(
                    (form) => !form.matches("[data-once], [data-sign-out], .section-form")
                ).map((form) => form.action),
            })"""
        )
        if found["headings"] != 1:
            self.problems.append((name, f"{found['headings']} headings of the first level"))
        if not found["title"].endswith(" · 高校信息公开年度报告"):
            self.problems.append((name, f"the title is {found['title']!r}"))
        self.problems += [(name, f"can be sent twice: {action}") for action in found["twice"]]
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            for check in self.checks:
                try:
                    check(page)
                except AssertionError as error:
                    self.problems.append((f"{name} {size['width']} px", str(error)))
        for size in (LAPTOP, NARROW, PHONE):
            page.set_viewport_size(size)
            self.problems += [(f"{name} {size['width']} px", fault) for fault in faults_of(page)]
        self.html[name] = self._document.text()


@pytest.fixture
def sweep(site, new_context, sign_in, browser_errors, check_axe, assert_no_horizontal_scroll):
    browser_errors.allow(r"Failed to load resource: the server responded with a status of 4\d\d")
    return Sweep(new_context, sign_in, check_axe, assert_no_horizontal_scroll)


def test_every_page_is_sound(site, world, everyone, school, second_school, campaign, sweep, tmp_path):  # noqa: F811
    usernames = {name: actor.user.username if actor else "visitor" for name, actor in everyone.items()}
    for name in sorted(EXPECTED):
        letters = dict(zip(PERSONAS, EXPECTED[name], strict=True))
        person = next((one for one in FOR_WHOM if letters[one] == "P"), None)
        # The address of a page ends with a slash, that of a file does not.
        if person and (address := url_of(name, world)).endswith("/"):
            sweep.visit(usernames[person], address)

    pages_of_visitors(sweep, second_school)
    pages_of_authors(sweep, world, everyone, school)
    pages_of_importing(sweep, everyone, school)
    pages_of_reviewers(sweep, world, everyone, school, second_school)
    pages_of_administrators(sweep, world)
    pages_of_people_elsewhere(sweep, everyone)
    withdrawn_and_locked_out(sweep, everyone, school)

    assert sweep.problems == []
    # Nobody can be led to these.
    number = "0a1b2c3d4e5f"
    for template, said in (
        ("400.html", {"words": UNREADABLE}),
        ("500.html", {"number": number}),
        ("503.html", {"title": "系统暂时不能使用", "sentence": "系统暂时连接不上数据库", "number": number}),
    ):
        sweep.html[template] = get_template(template).render(said)
    check_html(sweep.html, tmp_path)


def year_before(school, years: int, **values):
    """The campaign of some years ago, of which nothing else is told here."""
    return factories.make_campaign(school.province, factories.latest_year() - years, **values)


def send(page: Page, form: str = "main form[method=post]") -> None:
    """Send a form as it is: what the browser would ask for first is the server's to ask."""
    with page.expect_navigation():
        page.locator(form).first.evaluate("(form) => HTMLFormElement.prototype.submit.call(form)")


def pages_of_visitors(sweep, school):
    sweep.visit("visitor", "/?q=没有这样的学校", "nothing found")
    sweep.visit("visitor", f"/?q={'长' * 61}", "too many words")
    sweep.visit("visitor", f"/?q={'a' * 9000}", "an address too long")
    sweep.visit("visitor", "/accounts/logout/", "not to be opened")
    sweep.visit("visitor", f"/schools/{school.slug}/", "without reports")
    sweep.visit("visitor", "/nothing/", "not found")
    sweep.visit("visitor", "/accounts/activate/xx/yy/", "expired")
    page = sweep.visit("visitor", "/accounts/login/", "to be left empty")
    send(page)
    sweep.look(page, "the sign-in, sent back")
    page.context.clear_cookies()
    send(page)
    sweep.look(page, "a form that is too old")


def pages_of_authors(sweep, world, everyone, school):  # noqa: F811
    author = everyone["author"]
    sweep.visit("author", "/review/", "forbidden")

    for key in (SectionKey.HEAD, SectionKey.CONTACTS):
        sweep.visit("author", f"/desk/reports/{world['report_id']}/{key}/", "locked")
    empty = transitions.start(year_before(school, 2), author)
    for key in SectionKey:
        sweep.visit("author", f"/desk/reports/{empty.pk}/{key}/", "empty")
    for where in ("", "check/", "preview/", "history/"):
        sweep.visit("author", f"/desk/reports/{empty.pk}/{where}", "empty")

    pages_of_last_year(sweep, empty)

    past = timezone.localdate() - datetime.timedelta(days=5)
    late = year_before(school, 3, opens_on=past - datetime.timedelta(days=30), closes_on=past)
    odd = factories.full_document(school, late.year, sections__complaints__figures__reports=2)
    full = factories.make_report(school, late, document=odd)
    for key in (SectionKey.OVERVIEW, SectionKey.PROACTIVE, SectionKey.CONTACTS):
        sweep.visit("author", f"/desk/reports/{full.pk}/{key}/", "full")
    page = sweep.visit("author", f"/desk/reports/{full.pk}/check/", "full and late")
    send(page, ".answer-fold form")
    sweep.look(page, "a request for a waiver without a reason, sent back")

    page = sweep.visit("author", f"/desk/reports/{full.pk}/overview/", "to be overtaken")
    body = "<p>同事改过的正文。</p>"
    factories.write(
        full, factories.full_document(school, late.year, sections__overview__body=body), everyone["second_author"]
    )
    send(page, "form[data-writing]")
    sweep.look(page, "a clash, without scripts")
    OnRequest.objects.filter(report=full).update(unparsed={"longest_days": "很久"})
    sweep.visit("author", f"/desk/reports/{full.pk}/on_request/", "sent back with errors")

    returned = factories.make_report(school, year_before(school, 4), Status.RETURNED)
    for where in ("", "overview/", "proactive/", "check/"):
        sweep.visit("author", f"/desk/reports/{returned.pk}/{where}", "returned")
    page = sweep.page_of("author")
    page.goto(f"/desk/reports/{returned.pk}/overview/")
    send(page, "form[id^=answer]")
    sweep.look(page, "an empty answer, sent back")
    comments.answer(returned.pk, Remark.objects.get(submission__report=returned).pk, "已补充。", author)
    sweep.visit("author", f"/desk/reports/{returned.pk}/overview/", "answered")
    sweep.visit("author", "/desk/", "several reports")

    waiting = factories.make_report(school, year_before(school, 5), Status.AWAITING_SIGNOFF)
    for where in ("", "check/", "actions/decline/"):
        sweep.visit("signatory", f"/desk/reports/{waiting.pk}/{where}", "waiting for the signature")
    page = sweep.page_of("signatory")
    send(page)
    sweep.look(page, "a refusal to sign without a reason, sent back")

    page = sweep.visit("author", f"/desk/reports/{world['published_id']}/actions/start_correction/")
    page.get_by_label("更正原因").fill("数字有误。")
    page.get_by_role("button", name="更正报告").click()
    page.wait_for_url("**/desk/reports/*/")
    sweep.look(page, "being corrected, with a notice")
    sweep.visit("author", f"/desk/reports/{world['published_id']}/actions/discard_correction/")
    page = sweep.visit("author", "/accounts/password/", "to be left empty")
    send(page)
    sweep.look(page, "the change of the password, sent back")


def pages_of_importing(sweep, everyone, school):  # noqa: F811
    """An import in each of its states, over a draft that holds something, and a file that cannot be read."""
    author = everyone["author"]
    campaign = year_before(school, 8)
    report = factories.make_report(school, campaign)
    desk = f"/desk/reports/{report.pk}"
    page = sweep.visit("author", f"{desk}/import/", "to be left empty")
    for form in ("form[data-upload]", "form[data-paste]"):
        send(page, form)
        sweep.look(page, f"{desk}/import/ sent back: {form}")
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(campaign.year), author)
    sweep.visit("author", f"{desk}/import/", "with an open one")
    sweep.visit("author", f"{desk}/import/{one.pk}/", "open")
    sweep.visit("author", f"{desk}/import/{one.pk}/?moved=8", "just moved")
    sweep.visit("author", f"{desk}/import/{one.pk}/discard/")
    page = sweep.visit("author", f"{desk}/import/{one.pk}/compare/", "beside a draft")
    send(page)
    sweep.look(page, "nothing decided, sent back")
    report = Report.objects.get(pk=report.pk)
    versions = {key: section.of(report).version for key, section in SECTIONS.items()}
    apply.apply(one, one.revision, dict.fromkeys(SectionKey, "replace"), versions, author)
    for where in (f"/import/{one.pk}/", f"/import/{one.pk}/undo/", "/"):
        sweep.visit("author", desk + where, "written")
    sweep.visit("signatory", f"{desk}/import/{one.pk}/", "written, to be read")
    apply.undo(one, author)
    sweep.visit("author", f"{desk}/import/{one.pk}/", "undone")
    again = intake.take_in(report.pk, CONTENT, "很长的文件名" * 20 + ".docx", proposal(2020, "乙省致远大学"), author)
    sweep.visit("author", f"{desk}/import/{again.pk}/", "of another school and year")
    sweep.visit("author", f"{desk}/", "with an open import")
    intake.abandon(again, author)
    sweep.visit("author", f"{desk}/import/{again.pk}/", "given up")


def pages_of_last_year(sweep, empty):
    """A report that was started from an earlier one, and the earlier one beside its parts; ``empty`` is yet to start."""
    for key in (SectionKey.HEAD, SectionKey.OVERVIEW):
        sweep.visit("author", f"/desk/reports/{empty.pk}/{key}/last-year/", "nothing earlier")
    sweep.visit("author", f"/desk/reports/{empty.pk}/last-year/", "nothing earlier")
    school = empty.school
    for years in (9, 10):
        factories.make_report(school, year_before(school, years), Status.PUBLISHED)
    sweep.visit("author", f"/desk/reports/{empty.pk}/", "to be begun")
    sweep.visit("author", f"/desk/reports/{empty.pk}/overview/", "to be taken over")
    page = sweep.visit("author", f"/desk/reports/{empty.pk}/last-year/", "to be started from")
    page.get_by_role("button", name="年的报告开始").click()
    page.wait_for_url(f"**/desk/reports/{empty.pk}/")
    sweep.look(page, "started from an earlier one, with a notice")
    for where in ("head/", "overview/", "contacts/", "check/"):
        sweep.visit("author", f"/desk/reports/{empty.pk}/{where}", "taken over")
    for key in SectionKey:
        page = sweep.visit("author", f"/desk/reports/{empty.pk}/{key}/last-year/", "taken over")
    page = sweep.page_of("author")
    page.goto(f"/desk/reports/{empty.pk}/proactive/")
    page.get_by_role("button", name="打开上年内容对照").click()
    expect(page.locator("[data-last-year-content]")).to_be_visible()
    sweep.look(page, "an earlier report beside the form")
    page.get_by_role("button", name="关闭", exact=True).click()


def pages_of_reviewers(sweep, world, everyone, school, second_school):  # noqa: F811
    reviewer = everyone["reviewer"]
    copied = "<p>学校定期检查公开栏目的更新情况，发现问题及时通知责任部门整改，并按月通报整改的结果。</p>" * 2
    again = factories.make_report(second_school, year_before(school, 6), Status.RETURNED)
    comments.answer(again.pk, Remark.objects.get(submission__report=again).pk, "已补充。", everyone["colleague"])
    body = "<p>本学年度，学校把信息公开纳入重点工作。</p><p>新增一段。</p>"
    mended = factories.full_document(
        second_school,
        again.campaign.year,
        sections__overview__body=body,
        sections__overview__figures__training_staff=75,
    )
    factories.write(again, mended, everyone["colleague"])
    factories.hand_in(again)
    sweep.visit("reviewer", "/review/?q=没有这样的学校&tab=all", "nothing found")
    sweep.visit("reviewer", "/review/?tab=all", "all")
    for where in ("", "changes/", "log/"):
        sweep.visit("reviewer", f"/review/reports/{again.pk}/{where}", "handed in again")

    report = f"/review/reports/{world['report_id']}"
    page = sweep.page_of("reviewer")
    page.goto(f"{report}/")
    send(page, "details.remark-add form")
    sweep.look(page, "an empty remark, sent back")
    seen = factories.seen(Report.objects.get(pk=world["report_id"]))
    sweep.visit("reviewer", f"{report}/return/?seen={seen}", "without remarks")
    sweep.visit("reviewer", f"{report}/approve/?seen={seen}", "to be decided")
    comments.add(world["report_id"], SectionKey.OVERVIEW, "请补充培训的时间。", reviewer)
    sweep.visit("reviewer", f"{report}/", "with a remark")
    sweep.visit("reviewer", f"{report}/approve/?seen={seen}", "with a remark")
    colleagues = comments.add(world["report_id"], SectionKey.OTHER, "请写明事项。", everyone["province_admin"])
    sweep.visit("reviewer", f"{report}/", "with a colleague's remark")
    sweep.visit("reviewer", f"{report}/remarks/{colleagues.pk}/remove/", "a colleague's remark")
    page = sweep.visit("reviewer", f"{report}/return/?seen={seen}", "with a remark")
    send(page)
    sweep.look(page, "a return without a comment, sent back")
    page.set_viewport_size(WIDE)
    page.get_by_label("总体意见").fill("请修改。")
    page.get_by_role("button", name="退回修改").click()
    page.wait_for_url(f"**{report}/")
    sweep.look(page, "returned, with a notice")
    sweep.visit("reviewer", f"{report}/return/?seen={seen}", "returned already")

    undated = {"reviewer": "周保密", "date": None}
    document = factories.full_document(second_school, sections__other__body=copied, confidentiality_review=undated)
    asking = factories.make_report(second_school, year_before(school, 12), document=document)
    errors = judge(complete(Report.objects.filter(pk=asking.pk)).get()).errors
    responses.answer(asking.pk, [one.finding.key for one in errors], "审查日期没有记录。", everyone["colleague"])
    sweep.visit("reviewer", f"/review/?year={asking.campaign.year}", "a waiver asked for")
    page = sweep.visit("reviewer", f"/review/reports/{asking.pk}/", "a waiver asked for")
    page.get_by_role("button", name="同意豁免").click()
    sweep.look(page, "a decision without a reason, sent back")
    responses.decide(asking.pk, errors[0].finding.key, True, "情况属实。", reviewer)
    sweep.visit("reviewer", f"/review/reports/{asking.pk}/", "decided on")
    factories.hand_in(asking)
    for where in ("", "log/"):
        sweep.visit("reviewer", f"/review/reports/{asking.pk}/{where}", "with findings")
    page = sweep.page_of("reviewer")
    page.goto(f"/review/reports/{asking.pk}/")
    for fold in page.locator(".review-parts summary").all():
        fold.click()
    sweep.look(page, "with findings, unfolded")


def pages_of_administrators(sweep, world):  # noqa: F811
    sweep.visit("province-admin", "/province/schools/?q=没有这样的学校", "nothing found")
    sweep.visit("province-admin", "/province/accounts/?q=没有这样的人", "nothing found")
    person, role = world["account_pk"], world["membership_pk"]
    for address in (
        "/province/schools/add/",
        "/province/accounts/add/",
        "/province/campaigns/add/",
        f"/province/campaigns/{world['campaign_id']}/rules/",
        f"/province/accounts/{person}/edit/",
        f"/province/accounts/{person}/roles/add/",
        f"/province/roles/{role}/edit/",
    ):
        page = sweep.page_of("province-admin")
        page.goto(address)
        for field in page.locator("main form[method=post] :is(input:not([type=hidden]), select, textarea)").all():
            field.evaluate("(field) => { field.value = ''; }")
        send(page)
        sweep.look(page, f"{address} sent back")

    page = sweep.page_of("province-admin")
    page.goto(f"/province/accounts/{person}/link/")
    send(page)
    sweep.look(page, "a link to set the password with")
    link = page.locator("#link").input_value()
    page = sweep.visit("visitor", link, "a link that holds")
    send(page)
    sweep.look(page, "a password that does not fit, sent back")

    for address in (f"/province/roles/{role}/end/", f"/province/schools/{world['school_pk']}/deactivate/"):
        page = sweep.page_of("province-admin")
        page.goto(address)
        send(page)
        sweep.look(page, f"{address} done")


def pages_of_people_elsewhere(sweep, everyone):  # noqa: F811
    """A province where nothing has begun, and people without, or with more than, one place."""
    province = factories.make_province("93", "丙省")
    factories.make_actor(Role.PROVINCE_ADMIN, province, "new-admin", "新省办")
    for address in ("/review/", "/province/schools/", "/province/accounts/", "/province/campaigns/"):
        sweep.visit("new-admin", address, "nothing there yet")
    sweep.visit(everyone["other_author"].user.username, "/desk/", "nothing to be done yet")
    factories.make_user("nobody", "无任职")
    sweep.visit("nobody", "/accounts/organisation/", "without a place")
    sweep.visit("operator", "/accounts/organisation/", "an operator")
    school = factories.make_school(province, "丙省博雅学院")
    busy = factories.make_actor(Role.AUTHOR, school, "busy", "双任职").user
    factories.make_membership(Role.SIGNATORY, school, user=busy)
    sweep.visit("busy", "/accounts/organisation/", "two places")
    sweep.visit("busy", "/accounts/organisation/?next=/desk/", "two places, on the way")
    factories.make_campaign(province)
    sweep.visit("busy", "/desk/", "to be begun")


def withdrawn_and_locked_out(sweep, everyone, school):  # noqa: F811
    gone = factories.make_report(school, year_before(school, 7), Status.WITHDRAWN)
    sweep.visit("visitor", f"/schools/{school.slug}/{gone.campaign.year}/", "withdrawn")
    for where in ("", "reopen/"):
        sweep.visit("reviewer", f"/review/reports/{gone.pk}/{where}", "withdrawn")
    page = sweep.page_of("reviewer")
    send(page)
    sweep.look(page, "a reopening without a reason, sent back")

    corrected = factories.make_versions(school, year_before(school, 11), 3)
    public = f"/schools/{school.slug}/{corrected.campaign.year}/"
    sweep.visit("reviewer", f"/review/reports/{corrected.pk}/", "with versions")
    page = sweep.visit("reviewer", f"/review/reports/{corrected.pk}/versions/2/withdraw/", "an older version")
    send(page)
    sweep.look(page, "the withdrawal of a version without a reason, sent back")
    transitions.withdraw_version(corrected.pk, 2, everyone["reviewer"], "附件误列了个人信息。")
    sweep.visit("reviewer", f"/review/reports/{corrected.pk}/", "with a version withdrawn")
    sweep.visit("reviewer", f"/review/reports/{corrected.pk}/versions/2/withdraw/", "withdrawn already")
    sweep.visit("visitor", public, "with a version withdrawn")
    sweep.visit("visitor", f"{public}v2/", "a version withdrawn")

    page = sweep.page_of("visitor")
    while sweep._document.status != 429:
        page.goto("/accounts/login/")
        page.locator("[name=username]").fill("guest")
        page.locator("[name=password]").fill("wrong")
        send(page)
    sweep.look(page, "locked out")


def check_html(pages: dict[str, str], directory: Path) -> None:
    """The Nu checker finds nothing in the HTML of ``pages``, by their names."""
    if not NU.exists() or not shutil.which("java"):
        pytest.skip("The pages are sound in the browser; their HTML was not checked: needs Java, and vnu-jar from npm.")
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        path = directory / f"{number}.html"
        path.write_text(html, encoding="utf-8")
        names[path.as_uri()] = name
    done = subprocess.run(
        ["java", "-jar", NU, "--format", "json", *(str(path) for path in directory.glob("*.html"))],
        capture_output=True,
        text=True,
        timeout=300,
    )
    found = json.loads(done.stderr)["messages"]
    assert [(names.get(one["url"], one["url"]), one["message"], one.get("extract")) for one in found] == []
