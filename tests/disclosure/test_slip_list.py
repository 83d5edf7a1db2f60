"""The operators' own typing slips: what they check, what is tried on public reports, the table, and the checks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from disclosure.checks.slips import SLIPS
from disclosure.evaluation import judge
from disclosure.evaluation.slip_list import MOST, Trial, try_out, why_not_needed
from disclosure.models import Publication, Report, Slip, Withdrawal
from disclosure.models.assembly import complete
from tests import factories

ADD = "/operator/disclosure/slip/add/"
LIST = "/operator/disclosure/slip/"
# Two words that no report has but those these tests write.
WRONG, RIGHT = "信息公开目泉", "信息公开目录"

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator_client(client_of, operator):
    return client_of(operator)


@pytest.fixture
def publish(school):
    """A function: a public report whose overview says ``text``."""

    def make(text, year=2030):
        document = factories.full_document(school, year, sections__overview__body=f"<p>{text}</p>")
        return Publication.objects.create(
            school=school,
            year=year,
            number=1,
            title=document.title,
            label=document.label,
            document=document.public().to_json(),
            sha256=document.hash,
            published_at=f"{year}-11-01T08:00:00Z",
        )

    return make


def _slip(**values):
    return {"wrong": WRONG, "right": RIGHT, "example": f"本校的{WRONG}已经更新。", "unless": ""} | values


def _found(report):
    judgement = judge(complete(Report.objects.filter(pk=report.pk)).get())
    return [one.finding.sentence for one in judgement.judged if one.finding.rule == "no_known_slips"]


def test_a_slip_works_in_the_checks_at_once_and_no_longer_when_it_is_gone(operator_client, school, campaign):
    document = factories.full_document(school, sections__other__body=f"<p>学校的{WRONG}已经更新，内容完整。</p>")
    report = factories.make_report(school, campaign, document=document)
    assert _found(report) == []
    assert operator_client.post(ADD, _slip()).status_code == 302
    assert _found(report) == [f"「{WRONG}」疑为「{RIGHT}」之误。"]
    slip = Slip.objects.get()
    operator_client.post(f"{LIST}{slip.pk}/delete/", {"post": "yes"})
    assert _found(report) == []


def test_its_exceptions_are_kept(operator_client, school, campaign):
    document = factories.full_document(school, sections__other__body=f"<p>{WRONG}径已经更新，内容完整。</p>")
    report = factories.make_report(school, campaign, document=document)
    operator_client.post(ADD, _slip(unless=f"{WRONG}径"))
    assert Slip.objects.get().exceptions == (f"{WRONG}径",)
    assert _found(report) == []


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"right": WRONG}, "错误写法和正确写法相同。"),
        ({"unless": "别的词"}, f"每个例外都应含有「{WRONG}」。"),
        ({"wrong": "公开目"}, "正确写法里含有错误写法，请把「信息公开目录」列为例外。"),
        ({"example": "这里没有。"}, f"例句里应有「{WRONG}」。"),
        ({"wrong": SLIPS[0].wrong, "example": ""}, f"系统自带的错别字里已有「{SLIPS[0].wrong}」→「{SLIPS[0].right}」"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(operator_client, values, sentence):
    page = operator_client.post(ADD, _slip(**values))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Slip.objects.exists()


def test_exceptions_may_be_added_to_one_that_the_portal_has():
    one = SLIPS[0]
    assert why_not_needed(one.wrong) is not None
    assert why_not_needed(one.wrong, one.unless) is not None
    assert why_not_needed(one.wrong, (f"新{one.wrong}",)) is None


def test_what_stands_in_public_reports_is_shown_before_it_is_kept(operator_client, publish):
    publication = publish(f"本年度学校的{WRONG}，已经全部更新。")
    publish("没有这个写法。", 2029)
    page = operator_client.post(ADD, _slip()).content.decode()
    assert "最近公开的 2 份报告里，有 1 份含有这个写法" in page
    assert f"《{publication.title}》：…本年度学校的{WRONG}，已经全部更新。" in page
    assert not Slip.objects.exists()
    done = operator_client.post(ADD, _slip(is_certain="on"), follow=True).content.decode()
    assert Slip.objects.get().wrong == WRONG
    assert "有 1 份含有这个写法。各校下次打开检查时即按这一条提示。" in done


def test_it_is_tried_again_only_when_what_it_looks_for_changes(operator_client, publish):
    publish(f"本年度学校的{WRONG}，已经全部更新。")
    slip = Slip.objects.create(wrong=WRONG, right=RIGHT)
    address = f"{LIST}{slip.pk}/change/"
    assert operator_client.post(address, _slip(right="信息公开目次")).status_code == 302
    assert operator_client.post(address, _slip(unless=f"{WRONG}径")).status_code == 200
    slip.refresh_from_db()
    assert (slip.right, slip.unless) == ("信息公开目次", "")


def test_only_what_the_public_sees_is_counted_and_exceptions_are_not(publish):
    assert try_out(WRONG) == Trial(0, 0, ())
    publication = publish(f"学校的{WRONG}径，已经全部更新。")
    assert try_out(WRONG).found == 1
    assert try_out(WRONG, (f"{WRONG}径",)).found == 0
    Withdrawal.objects.create(publication=publication, reason="有误。", withdrawn_by_name="严审核")
    assert try_out(WRONG) == Trial(0, 0, ())


def test_it_stops_where_a_word_is_common(publish, monkeypatch):
    monkeypatch.setattr("disclosure.evaluation.slip_list.MOST", 3)
    for year in range(2020, 2026):
        publish(f"本年度学校的{WRONG}，已经全部更新。", year)
    trial = try_out(WRONG)
    assert (trial.tried, trial.found, len(trial.examples)) == (6, 3, 3)
    assert "有 3 份以上含有" in trial.in_words
    assert MOST > 3


def _import(client, *lines):
    text = "\r\n".join(["错误写法,正确写法,例句,例外", *lines])
    file = SimpleUploadedFile("slips.csv", text.encode("gb18030"), "text/csv")
    page = client.post(f"{LIST}import/", {"import_file": file, "format": "0", "resource": "0"})
    if "confirm_form" not in page.context:
        return page
    return client.post(f"{LIST}process_import/", page.context["confirm_form"].initial, follow=True)


def test_a_table_of_slips_is_imported_and_exported(operator_client):
    Slip.objects.create(wrong=WRONG, right="信息公开目次")
    _import(operator_client, f"{WRONG},{RIGHT},,", "依申情公开,依申请公开,收到依申情公开3件,")
    assert list(Slip.objects.values_list("wrong", "right")) == [("依申情公开", "依申请公开"), (WRONG, RIGHT)]
    exported = operator_client.get(f"{LIST}export/").content.decode("utf-8-sig").splitlines()
    assert exported == ["错误写法,正确写法,例句,例外", "依申情公开,依申请公开,收到依申情公开3件,", f"{WRONG},{RIGHT},,"]


def test_a_table_with_a_wrong_row_is_not_imported(operator_client):
    page = _import(operator_client, f"{WRONG},{RIGHT},,", f"{SLIPS[0].wrong},{SLIPS[0].right},,").content.decode()
    assert "第 3 行，「错误写法」：系统自带的错别字里已有" in page
    assert not Slip.objects.exists()
