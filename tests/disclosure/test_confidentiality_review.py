"""The confidentiality review (办法 Art. 5): who, and when; from the form to the reviewer, and nowhere else."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from pypdf import PdfReader

from disclosure.drafting import last_year, saving
from disclosure.drafting.forms.parts import FORMS
from disclosure.drafting.imports import apply, intake
from disclosure.drafting.imports.apply import Way
from disclosure.drafting.loading import Unfit, load
from disclosure.models import Head, Publication, Report
from disclosure.models.assembly import assemble, complete
from disclosure.publishing.rendering import web_file, word
from disclosure.report.document import Document
from disclosure.report.enums import Action, SectionKey, Status
from disclosure.report.sections import SECTIONS
from disclosure.workflow import transitions
from tests import factories, strategies
from tests.disclosure.adopting.proposals import CONTENT, proposal
from tests.word import texts

REVIEWER = "沈保密"  # nobody else in any report of the tests has this name


def text_of_pdf(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


READ = {"pdf": text_of_pdf, "docx": texts}


def reviewed(school=None, year=None, **changes) -> Document:
    year = year or factories.latest_year()
    review = {"reviewer": REVIEWER, "date": f"{year}-10-19"}
    return factories.full_document(school, year, confidentiality_review=review, **changes)


def head_of(report) -> Head:
    return Head.objects.get(report=report)


def review_of(report):
    head = head_of(report)
    return head.confidentiality_reviewer, head.confidentiality_date


def now(report) -> Report:
    return complete(Report.objects.filter(pk=report.pk)).get()


@pytest.fixture
def report(campaign, author):
    return transitions.start(campaign, author)


@pytest.fixture
def published(school, campaign):
    return factories.make_report(school, campaign, Status.PUBLISHED, reviewed(school, campaign.year))


# --- the form ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_author_says_who_and_when(report, author, client_of):
    browser = client_of(author)
    address = reverse("author:section", args=[report.pk, SectionKey.HEAD])
    page = browser.get(address).text
    assert "保密审查人" in page
    assert review_of(report) == ("", None), "a confirmation that was there beforehand confirms nothing"
    form = saving_form(report) | {"confidentiality_reviewer": REVIEWER, "confidentiality_date": "2026-10-19"}
    assert browser.post(address, form).status_code == 302
    assert review_of(report) == (REVIEWER, date(2026, 10, 19))
    assert assemble(now(report)).confidentiality_review.reviewer == REVIEWER


@pytest.mark.django_db
def test_what_is_no_day_stays_as_it_was_typed(report, author, client_of):
    address = reverse("author:section", args=[report.pk, SectionKey.HEAD])
    form = saving_form(report) | {"confidentiality_reviewer": REVIEWER, "confidentiality_date": "上周五"}
    client_of(author).post(address, form)
    head = head_of(report)
    assert (head.confidentiality_reviewer, head.confidentiality_date) == (REVIEWER, None)
    assert head.unparsed == {"confidentiality_date": "上周五"}


def saving_form(report) -> dict:
    """The head's form as a browser sends it back unchanged."""
    head = head_of(report)
    return FORMS[SectionKey.HEAD].for_part(head).data | {"base_version": head.version}


# --- what leaves it alone, and what asks for it anew ------------------------------------------------------------------


@pytest.mark.django_db
def test_nothing_is_taken_over_from_last_year(published, school, province, author):
    campaign = factories.make_campaign(province, published.campaign.year + 1)
    begun = last_year.start(campaign, published.campaign.year, author)
    assert head_of(begun).preamble
    assert review_of(begun) == ("", None)


@pytest.mark.django_db
def test_taking_last_years_head_over_leaves_this_years_review(published, province, author):
    campaign = factories.make_campaign(province, published.campaign.year + 1)
    begun = transitions.start(campaign, author)
    Head.objects.filter(report=begun).update(confidentiality_reviewer=REVIEWER, confidentiality_date="2026-11-02")
    last_year.take_over(begun.pk, published.campaign.year, author)
    assert head_of(begun).preamble
    assert review_of(begun) == (REVIEWER, date(2026, 11, 2))


@pytest.mark.django_db
def test_an_import_and_its_undoing_leave_it_alone(report, author):
    Head.objects.filter(report=report).update(confidentiality_reviewer=REVIEWER, confidentiality_date="2026-10-19")
    title = head_of(report).title
    one = intake.take_in(report.pk, CONTENT, "年报.docx", proposal(report.campaign.year), author)
    versions = {key: section.of(now(report)).version for key, section in SECTIONS.items()}
    apply.apply(one, one.revision, dict.fromkeys(versions, Way.REPLACE), versions, author)
    assert head_of(report).preamble
    assert review_of(report) == (REVIEWER, date(2026, 10, 19))
    one.refresh_from_db()
    apply.undo(one, author)
    assert (head_of(report).title, head_of(report).preamble) == (title, "")
    assert review_of(report) == (REVIEWER, date(2026, 10, 19))


@pytest.mark.django_db
def test_a_correction_wants_a_new_review_and_giving_it_up_restores_the_old_one(published, author):
    before = review_of(published)
    version = head_of(published).version
    assert before[0] == REVIEWER
    transitions.perform(Action.START_CORRECTION, published.pk, author, comment="满意率有误。")
    assert review_of(published) == ("", None)
    with pytest.raises(transitions.NotReady, match="2 处须改正"):
        transitions.perform(Action.SUBMIT, published.pk, author, sha256=factories.seen(published))
    # A page that was opened before cannot put the old review back.
    content = saving.Content({"confidentiality_reviewer": REVIEWER, "confidentiality_date": before[1]}, {})
    with pytest.raises(saving.Clash):
        saving.save_part(published.pk, SectionKey.HEAD, content, version, author)
    transitions.perform(Action.DISCARD_CORRECTION, published.pk, author)
    assert review_of(published) == before


@pytest.mark.django_db
def test_a_report_that_is_opened_again_wants_a_new_review(published, reviewer):
    transitions.perform(Action.WITHDRAW, published.pk, reviewer, comment="附件内容有误。")
    transitions.perform(Action.REOPEN, published.pk, reviewer, comment="请更正后重新提交。")
    assert review_of(published) == ("", None)


@pytest.mark.django_db
def test_a_return_keeps_it_since_its_part_may_be_locked(school, campaign):
    report = factories.make_report(school, campaign, Status.RETURNED, reviewed(school, campaign.year))
    assert review_of(report)[0] == REVIEWER


@pytest.mark.django_db
def test_a_file_brings_it_along_for_the_office_alone(school):
    load(reviewed(school, 2019), publish=True)
    report = Report.objects.get()
    assert review_of(report) == (REVIEWER, date(2019, 10, 19))
    assert report.submissions.get().read().confidentiality_review.reviewer == REVIEWER
    assert REVIEWER not in str(Publication.objects.get().document)


@pytest.mark.django_db
def test_a_file_of_a_campaign_that_is_open_has_to_bring_it(campaign, school):
    with pytest.raises(Unfit) as refusal:
        load(factories.full_document(school, campaign.year, confidentiality_review={}), publish=True)
    assert [fault.field for fault in refusal.value.faults] == [
        "confidentiality_review.reviewer",
        "confidentiality_review.date",
    ]


# --- who sees it ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_reviewer_reads_who_and_when(school, campaign, client_of, reviewer):
    report = factories.make_report(school, campaign, Status.SUBMITTED, reviewed(school, campaign.year))
    page = client_of(reviewer).get(reverse("review:report", args=[report.pk])).text
    assert f"{REVIEWER}，{campaign.year}年10月19日" in page


@pytest.mark.django_db
def test_whoever_hands_in_reads_who_and_when(school, campaign, client_of, author):
    report = factories.make_report(school, campaign, Status.DRAFT, reviewed(school, campaign.year))
    factories.explain(report)
    page = client_of(author).get(reverse("author:check", args=[report.pk])).text
    assert f"{REVIEWER}，{campaign.year}年10月19日" in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["school", "report", "pdf", "docx", "html", "json"])
def test_no_public_page_or_file_tells_it(published, client, name):
    year = [] if name == "school" else [published.campaign.year]
    answer = client.get(reverse(f"public:{name}", args=[published.school.slug, *year]))
    assert answer.status_code == 200
    said = READ.get(name, bytes.decode)(answer.getvalue())
    assert published.school.name in said
    assert REVIEWER not in said
    assert "保密审查人" not in said
    assert "confidentiality" not in said


@pytest.mark.parametrize("is_draft", [True, False])
def test_no_word_file_tells_it_not_even_the_schools_own(is_draft):
    """Such a file goes from hand to hand, and comes back by the import."""
    said = texts(word.render(reviewed(), draft=is_draft))
    assert "宋联络" in said
    assert REVIEWER not in said


def test_the_web_page_in_one_file_does_not_tell_it():
    address = "https://xxgk.example.gov.cn/schools/a/2023/"
    assert REVIEWER not in web_file.render(reviewed().public(), address, "2023年11月17日").decode()


@given(strategies.documents())
def test_the_public_document_has_none_and_changes_by_nothing_else(document):
    review = {"reviewer": REVIEWER, "date": timezone.localdate() - timedelta(days=1)}
    with_review = Document.model_validate(document.to_json() | {"confidentiality_review": review})
    assert "confidentiality_review" not in with_review.public().to_json()
    assert with_review.public() == document.public()
    assert with_review.hash != document.hash
