"""Interchange files: loaded whole, or refused with file, field and reason; never twice, never over another."""

import json
import os
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from pydantic_core import ErrorDetails

from disclosure.drafting import loading
from disclosure.drafting.loading import Fault, Result, Unfit, load, parse
from disclosure.models import Campaign, Publication, Report
from disclosure.models.assembly import assemble, complete
from disclosure.report.document import Document
from disclosure.report.enums import MANDATED, Action, Status
from disclosure.workflow import transitions
from schools.actor import SYSTEM
from schools.models import Event, OutgoingMail, Province, School
from tests import factories
from tests.disclosure.test_document import at
from tests.shared import real_reports

PAST = 2019


def past(**changes) -> Document:
    """A full report of a year that is long over."""
    return factories.full_document(year=PAST, **changes)


def as_file(directory, document, name="report.json", **changes):
    """The path of a file that holds the document; ``changes`` go into its JSON, None takes a key away."""
    data = document.to_json() | changes
    path = directory / name
    path.write_text(json.dumps({key: value for key, value in data.items() if value is not None}, ensure_ascii=False))
    return path


def run(*paths, **options):
    """What the command prints, and its exit status."""
    out, status = StringIO(), 0
    try:
        call_command("load_reports", *map(str, paths), stdout=out, stderr=out, **options)
    except SystemExit as end:
        status = end.code
    return out.getvalue(), status


def faults_of(content: bytes | dict) -> list[str]:
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(Unfit) as refusal:
        parse(content)
    return [str(fault) for fault in refusal.value.faults]


def rows():
    """How many there are of everything."""
    return [model.objects.count() for model in (Province, School, Campaign, Report, Publication, Event, OutgoingMail)]


# --- what is made -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_it_makes_what_is_missing_and_publishes():
    loaded = load(past(), publish=True)
    assert loaded.result is Result.PUBLISHED
    assert loaded.notices == ()
    province, school, campaign = Province.objects.get(), School.objects.get(), Campaign.objects.get()
    assert (province.code, province.name, province.office) == ("91", "甲省", "甲省教育厅办公室")
    assert (school.slug, school.name) == ("jiasheng-mingde-xueyuan", "甲省明德学院")
    assert (campaign.year, campaign.label) == (PAST, f"{PAST - 1}-{PAST}学年度")
    assert (campaign.period_start, campaign.period_end) == (date(PAST - 1, 9, 1), date(PAST, 8, 31))
    assert (campaign.opens_on, campaign.closes_on) == (date(PAST, 9, 1), date(PAST, 10, 31))
    report = Report.objects.get()
    assert (report.status, report.backfilled, report.late_reason) == (Status.PUBLISHED, True, "")
    publication = Publication.objects.get()
    assert (publication.number, publication.backfilled, publication.change_note) == (1, True, "")
    assert publication.read() == past().public()
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_without_publish_it_stays_a_draft():
    loaded = load(past())
    assert loaded.result is Result.LOADED
    assert loaded.report.status == Status.DRAFT
    assert assemble(complete(Report.objects.all()).get()) == past()
    assert Publication.objects.count() == 0


@pytest.mark.django_db
def test_a_period_that_ends_late_closes_the_campaign_a_month_later():
    load(past(period={"start": f"{PAST}-01-01", "end": f"{PAST}-11-17"}))
    campaign = Campaign.objects.get()
    assert (campaign.label, campaign.closes_on) == (f"{PAST}年度", date(PAST, 12, 17))


@pytest.mark.django_db
@pytest.mark.parametrize("period", [{}, {"start": f"{PAST}-05-01", "end": f"{PAST}-04-01"}])
def test_a_campaign_without_a_period_that_can_be_gets_the_school_year(period):
    load(past(period=period))
    campaign = Campaign.objects.get()
    assert (campaign.period_start, campaign.period_end) == (date(PAST - 1, 9, 1), date(PAST, 8, 31))


@pytest.mark.django_db
def test_a_report_of_an_open_campaign_is_held_to_the_rules_of_the_screens(school, campaign):
    document = factories.full_document(school, campaign.year, sections__other__body="")
    with pytest.raises(Unfit) as refusal:
        load(document, publish=True)
    assert [fault.field for fault in refusal.value.faults] == ["sections.other.body"]
    assert Report.objects.count() == 0
    assert load(factories.full_document(school, campaign.year), publish=True).report.backfilled is False


@pytest.mark.django_db
@real_reports
def test_a_real_report_loads_and_is_public(path):
    loaded = loading.load_file(path, publish=True)
    source = Document.model_validate(json.loads(path.read_text()))
    assert loaded.result is Result.PUBLISHED
    assert Publication.objects.get().read() == source.public().model_copy(update={"notes": ""})
    assert loading.load_file(path, publish=True).result is Result.UNCHANGED


# --- again ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("publish", [False, True])
def test_the_second_time_changes_nothing(publish):
    load(past(), publish=publish)
    before = rows()
    assert load(past(), publish=publish).result is Result.UNCHANGED
    assert rows() == before


@pytest.mark.django_db
def test_a_draft_that_was_loaded_can_be_published_by_loading_it_again():
    load(past())
    assert load(past(), publish=True).result is Result.PUBLISHED_NOW
    assert Report.objects.get().status == Status.PUBLISHED


@pytest.mark.django_db
def test_a_public_export_loads_back_into_the_same_portal_and_into_an_empty_one(client):
    publication = load(past(), publish=True).report.submissions.get().publication
    exported = client.get(f"/schools/{publication.school.slug}/{PAST}/report.json").content
    document, notices = parse(exported)
    assert notices == []
    before = rows()
    assert load(document, publish=True).result is Result.UNCHANGED
    assert rows() == before
    elsewhere = document.model_copy(
        update={
            "province": document.province.model_copy(update={"code": "92", "name": "乙省"}),
            "school": document.school.model_copy(update={"slug": "elsewhere", "name": "乙省明德学院"}),
        }
    )
    load(elsewhere, publish=True)
    again = Publication.objects.get(school__slug="elsewhere").read()
    assert again == elsewhere


@pytest.mark.django_db
def test_what_the_portal_knows_better_does_not_make_a_report_another():
    load(past(), publish=True)
    School.objects.update(city="某市", level="vocational", code="9100000001")
    Province.objects.update(office="甲省教育委员会办公室")
    before = rows()
    loaded = load(past(school__city="他市"), publish=True)
    assert loaded.result is Result.UNCHANGED
    assert loaded.notices == ("以下内容与系统中的学校信息不同，以系统为准：school.city。",)
    assert rows() == before


@pytest.mark.django_db
def test_the_remark_on_the_source_is_not_part_of_the_report():
    load(past(notes="抄自学校网站"))
    assert load(past(notes="")).result is Result.UNCHANGED


@pytest.mark.django_db
def test_another_report_of_the_same_school_and_year_is_refused():
    load(past(), publish=True)
    before = rows()
    with pytest.raises(Unfit, match="内容不同"):
        load(past(title="另一份报告"), publish=True)
    assert rows() == before
    assert Publication.objects.get().title == past().title


@pytest.mark.django_db
def test_a_report_under_correction_is_the_same_as_the_one_that_is_public():
    report = load(past(), publish=True).report
    transitions.perform(Action.START_CORRECTION, report.pk, SYSTEM, comment="更正数字")
    factories.write(report, past(title="更正后的报告"))
    assert load(past(), publish=True).result is Result.UNCHANGED
    assert Report.objects.get().status == Status.DRAFT


# --- what does not fit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("schema", "disclosure-report/9", "schema：应为 disclosure-report/1。"),
        ("year", "2023", "year：应为整数。"),
        ("year", 1999, "year：不能小于 2010。"),
        ("year", 2999, "year：不能大于 2100。"),
        ("title", 5, "title：应为文字。"),
        ("title", "长" * 201, "title：最多 200 个字。"),
        ("province.code", "x", "province.code：应为两位数字，例如 43。"),
        ("province.name", " ", "province.name：不能为空。"),
        ("school.slug", "湖南大学", "school.slug：只能用小写字母、数字和连字符，例如 hunan-daxue。"),
        ("school.code", "12", "school.code：应为十位数字。"),
        ("school", 3, "school：应为一组项目，写在 { } 中。"),
        ("contacts", {}, "contacts：应为列表，写在 [ ] 中。"),
        ("contacts.0.role", "boss", "contacts.0.role：应为 leader、head、liaison、additional 之一。"),
        ("contacts.1.name", None, "contacts.1.name：应为文字。"),
        ("period.start", "2022年9月1日", "period.start：应为日期，写作 2023-08-31。"),
        ("period.end", "2022-02-30", "period.end：应为日期，写作 2023-08-31。"),
        ("period.end", 5.5, "period.end：应为日期，写作 2023-08-31。"),
        (
            "sections.on_request.figures.received",
            "3",
            'sections.on_request.figures.received：应为整数。不适用的写 "n/a"，没有填写的去掉这一项。',
        ),
        (
            "sections.on_request.figures.received",
            -3,
            'sections.on_request.figures.received：不能小于 0。不适用的写 "n/a"，没有填写的去掉这一项。',
        ),
        (
            "sections.on_request.figures.by_applicant.campus.granted",
            1.5,
            "sections.on_request.figures.by_applicant.campus.granted：应为整数。"
            '不适用的写 "n/a"，没有填写的去掉这一项。',
        ),
        (
            "sections.evaluation.figures.satisfaction_percent",
            97.55,
            'sections.evaluation.figures.satisfaction_percent：最多 1 位小数。不适用的写 "n/a"，没有填写的去掉这一项。',
        ),
        (
            "sections.evaluation.figures.satisfaction_percent",
            123456.5,
            "sections.evaluation.figures.satisfaction_percent：数字过大，最多 5 位。"
            '不适用的写 "n/a"，没有填写的去掉这一项。',
        ),
        (
            "sections.on_request.figures.fees_charged",
            "12元",
            "sections.on_request.figures.fees_charged：应为数字，或 n/a。",
        ),
        ("sections.proactive.figures.total_is_approximate", "也许", None),
        ("sections.proactive.figures.channels.0.channel", "radio", None),
    ],
)
def test_a_field_that_does_not_fit_is_named_with_the_reason_in_chinese(path, value, fault):
    data = past().to_json()
    container, key = at(data, path)
    container[key] = value
    [told] = faults_of(data)
    assert told == fault if fault else told.startswith(f"{path}：应为")


@pytest.mark.parametrize(
    ("missing", "fault"),
    [
        ("schema", "缺少 schema，应为 disclosure-report/1。"),
        ("province", "province：缺少这一项。"),
        ("school.slug", "school.slug：缺少这一项。"),
        ("year", "year：缺少这一项。"),
    ],
)
def test_what_must_be_there_is_missed(missing, fault):
    data = past().to_json()
    container, key = at(data, missing)
    del container[key]
    assert faults_of(data) == [fault]


def test_every_fault_of_a_file_is_told_at_once():
    data = past().to_json() | {"year": "2019", "title": 1}
    assert faults_of(data) == ["year：应为整数。", "title：应为文字。"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\xff\xfe{}", "不是 UTF-8 编码的文本（第 1 个字节起无法识别）。"),
        ("{}".encode("utf-16"), "不是 UTF-8 编码的文本（第 1 个字节起无法识别）。"),
        (b"", "不是有效的 JSON：第 1 行第 1 个字符附近有误。"),
        (b'{"a": 1,\n}', "不是有效的 JSON：第 2 行第 1 个字符附近有误。"),
        (b"[" * 100_000, "不是一份报告：括号嵌套过深。"),
        (b'{"year": ' + b"9" * 5000 + b"}", "含有位数过多的数字。"),
        (b'{"year": NaN}', "含有 JSON 不允许的数值 NaN。"),
        (b'{"year": -Infinity}', "含有 JSON 不允许的数值 -Infinity。"),
        (b'{"year": 1, "year": 2}', "year：同一层里出现了两次，无法判断以哪一个为准。"),
        (b"[]", "应为一组项目，写在 { } 中。"),
        (b"null", "应为一组项目，写在 { } 中。"),
        (b'"report"', "应为一组项目，写在 { } 中。"),
    ],
)
def test_a_file_that_is_no_report_is_refused(content, fault):
    assert faults_of(content) == [fault]


def test_half_a_character_is_refused():
    for spoilt in ({"title": "\ud800"}, {"\ud800": 1}, {"notes": "\udfff"}):
        assert faults_of(past().to_json() | spoilt) == ["含有不完整的字符，无法识别。"]


def test_a_byte_order_mark_is_no_fault():
    assert parse(b"\xef\xbb\xbf" + json.dumps(past().to_json()).encode())[0] == past()


def test_unknown_keys_are_named_and_passed_over():
    document, notices = parse(json.dumps(past().to_json() | {"colour": 1, "颜色": 2}).encode())
    assert document == past()
    assert notices == ["以下内容本系统不认识，未载入：colour、颜色。"]


def test_every_kind_of_error_that_reading_can_give_has_its_sentence():
    """Spoil each field of a full report in turn with something of each kind: no error is left without words."""
    spoils = (
        None,
        True,
        0.5,
        -1,
        10**30,
        float("1e400"),
        "x",
        "长" * 1000,
        [],
        {},
        [1],
        {"a": 1},
        "\ud800",
        "2020-13-01",
    )

    def places(value, path=()):
        yield path
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, inner in children:
            yield from places(inner, (*path, key))

    full = past().to_json()
    for path in places(full):
        if not path:
            continue
        for spoil in spoils:
            data = json.loads(json.dumps(full))
            container, key = at(data, ".".join(map(str, path)))
            container[key] = spoil
            try:
                parse(json.dumps(data).encode())
            except Unfit as refusal:
                assert all(fault.reason for fault in refusal.faults)  # noqa: PT017 — a KeyError would be the failure


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"province__office": ""}, Fault("系统里还没有这个省份，请写明由哪个单位审核。", "province.office")),
        ({"school__level": "大学"}, "school.level"),
        ({"year": 2099}, Fault("2099 年还没有到。", "year")),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_left_behind(change, fault):
    with pytest.raises(Unfit) as refusal:
        load(factories.full_document(**{"year": PAST} | change), publish=True)
    [told] = refusal.value.faults
    assert told == fault or told.field == fault
    assert rows() == [0] * 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"province__name": "丙省"}, "province.name"),
        ({"province__name": "丙省", "province__code": "93"}, "province.code"),
        ({"school__name": "别的学院"}, "school.name"),
        ({"school__slug": "another-slug"}, "school.slug"),
        ({"school__slug": "another-slug", "school__name": "别的学院", "school__code": "9100000001"}, "school.code"),
    ],
)
def test_what_contradicts_the_portal_is_refused(change, field):
    load(past(), publish=True)
    School.objects.update(code="9100000001")
    before = rows()
    with pytest.raises(Unfit) as refusal:
        load(past(**change), publish=True)
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert rows() == before


@pytest.mark.django_db
def test_figures_that_contradict_each_other_are_refused_with_their_place_in_the_file():
    document = past(
        sections__on_request__figures__by_applicant={
            "campus": {"received": 4, "refused": 4, "refused_by": {"privacy": 2}}
        },
        sections__proactive__figures__total=5,
    )
    with pytest.raises(Unfit) as refusal:
        load(document, publish=True)
    assert [fault.field for fault in refusal.value.faults] == [
        "sections.proactive.figures.total",
        "sections.on_request.figures.received",
        "sections.on_request.figures.refused",
        "sections.on_request.figures.refused_by.privacy",
        "sections.on_request.figures.by_applicant.campus.refused",
    ]
    assert rows() == [0] * 7


@pytest.mark.django_db
def test_a_draft_is_loaded_with_its_faults_and_they_are_told():
    loaded = load(past(sections__proactive__figures__total=5))
    assert loaded.result is Result.LOADED
    assert [notice.split("：")[:2] for notice in loaded.notices] == [
        ["发布前须改正", "sections.proactive.figures.total"]
    ]


def test_every_finding_has_a_place_in_the_file(school, campaign):
    """A path that leads nowhere in a full report would send whoever mends the file astray."""
    from disclosure import checks
    from tests.disclosure.test_checks import CONTEXT, FAULTS

    for faults in FAULTS.values():
        for document, *_ in faults:
            for finding in checks.run(document, CONTEXT):
                path = loading.json_path(finding)
                steps = [step for step in path.split(".") if not step.isdigit()]
                model = Document
                for step in steps:
                    fields = getattr(model, "model_fields", None)
                    assert fields is None or step in fields, path
                    inner = fields[step].annotation if fields else None
                    model = inner if hasattr(inner, "model_fields") else None


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_command_loads_what_fits_and_tells_of_the_rest(tmp_path):
    good = as_file(tmp_path, past(), "a.json")
    bad = as_file(tmp_path, past(), "b.json", year="2019")
    (tmp_path / "readme.txt").write_text("别的文件")
    out, status = run(tmp_path, publish=True)
    assert status == 1
    assert out.splitlines() == [
        f"已载入并发布  {good}：甲省明德学院{PAST - 1}-{PAST}学年度报告",
        f"未载入  {bad}",
        "    year：应为整数。",
        "",
        "已载入并发布 1 份；未载入 1 个文件。",
    ]
    assert Publication.objects.count() == 1


@pytest.mark.django_db
def test_the_command_run_twice_says_that_nothing_has_changed(tmp_path):
    path = as_file(tmp_path, past())
    assert run(path, publish=True)[1] == 0
    out, status = run(path, path, tmp_path, publish=True)
    assert status == 0
    assert out.splitlines() == [
        f"已存在且内容相同，未改动  {path}：甲省明德学院{PAST - 1}-{PAST}学年度报告",
        "",
        "已存在且内容相同，未改动 1 份。",
    ]


@pytest.mark.django_db
def test_paths_that_hold_no_report_are_told_one_by_one(tmp_path):
    nothing, empty, link = tmp_path / "nothing", tmp_path / "empty", tmp_path / "link.json"
    huge, fifo = tmp_path / "huge.json", tmp_path / "pipe.json"
    empty.mkdir()
    link.symlink_to(tmp_path / "gone.json")
    huge.write_bytes(b" " * (loading.LARGEST_FILE + 1))
    os.mkfifo(fifo)
    out, status = run(nothing, empty, link, huge, fifo)
    assert status == 1
    assert out.splitlines() == [
        f"未载入  {nothing}",
        "    文件不存在。",
        f"未载入  {empty}",
        "    文件夹里没有 .json 文件。",
        f"未载入  {link}",
        "    这是一个链接，它指向的文件不存在。",
        f"未载入  {huge}",
        "    文件超过 5 MB，不像是一份报告。",
        f"未载入  {fifo}",
        "    不是普通文件，无法读取。",
        "",
        "未载入 5 个文件。",
    ]


@pytest.mark.django_db
def test_a_name_that_is_no_text_can_be_told(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff.json"
    with open(path, "wb"):
        pass
    out, status = run(tmp_path)
    assert status == 1
    assert "\ufffd.json" in out


def test_an_error_of_pydantic_that_is_new_would_be_noticed():
    """The sentences are found by the type of the error; the branches of a union are told as one fault."""
    errors = [
        ErrorDetails(type="int_type", loc=("figures", "received", "constrained-int"), msg="", input="3"),
        ErrorDetails(type="literal_error", loc=("figures", "received", "literal['n/a']"), msg="", input="3"),
    ]
    assert [fault.field for fault in loading._faults({"figures": {"received": "3"}}, errors)] == ["figures.received"]


def test_all_sections_can_be_missing():
    document, _ = parse(json.dumps(past().to_json() | {"sections": {}}).encode())
    assert all(document.sections[key].is_absent for key in MANDATED)
