"""Interchange file → report: read, and either loaded whole or refused with every reason. Never overwrites.

What is loaded goes the way of the screens: the same document, the same checks, the same workflow, acted by the portal
itself. A report of a campaign that is over is backfilled (补录): what it lacks it may lack.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError as ModelError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from disclosure import checks
from disclosure.evaluation import judge
from disclosure.models import Campaign, Report
from disclosure.models.assembly import assemble, complete, disassemble
from disclosure.report.document import DAY_YEARS, MAX_ROWS, Document, ProvinceHead, SchoolHead, unknown_keys
from disclosure.report.enums import Action, Applicant, Decision, SectionKey, Status
from disclosure.workflow import transitions
from schools.actor import SYSTEM
from schools.audit import record
from schools.enums import EventType
from schools.models import Province, School

LARGEST_FILE = 5 * 1024 * 1024  # bytes; the longest real report has 20 kB


@dataclass(frozen=True)
class Fault:
    """One reason why a file does not fit: ``field`` is its dotted path in the JSON, or "" for the whole file."""

    reason: str
    field: str = ""

    def __str__(self):
        return f"{self.field}：{self.reason}" if self.field else self.reason


class Unfit(Exception):
    """A file that is refused; ``faults`` holds every reason that could be told at once."""

    def __init__(self, *faults: Fault):
        super().__init__("；".join(map(str, faults)))
        self.faults = faults


class Result(StrEnum):
    """What became of a file that fits."""

    LOADED = "已载入为草稿"
    PUBLISHED = "已载入并发布"
    UNCHANGED = "已存在且内容相同，未改动"
    PUBLISHED_NOW = "已存在且内容相同，现已发布"


@dataclass(frozen=True)
class Loaded:
    """The report of a file that fits, what became of it, and what whoever loads should know."""

    report: Report
    result: Result
    notices: tuple[str, ...] = ()


# --- reading ----------------------------------------------------------------------------------------------------------


def load_file(path: Path, publish: bool = False) -> Loaded:
    """Load the report in the file at ``path``; raises ``Unfit``, and then nothing has changed."""
    document, notices = parse(_bytes_of(path))
    loaded = load(document, publish=publish)
    return Loaded(loaded.report, loaded.result, (*notices, *loaded.notices))


def _bytes_of(path: Path) -> bytes:
    if path.is_symlink() and not path.exists():
        raise Unfit(Fault("这是一个链接，它指向的文件不存在。"))
    if not path.exists():
        raise Unfit(Fault("文件不存在。"))
    if not path.is_file():
        raise Unfit(Fault("不是普通文件，无法读取。"))
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unfit(Fault(f"无法读取：{error.strerror}。")) from error
    if len(content) > LARGEST_FILE:
        raise Unfit(Fault(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，不像是一份报告。"))
    return content


def parse(content: bytes) -> tuple[Document, list[str]]:
    """The document in the bytes of a file, and notices of what was passed over. Raises ``Unfit``."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit(Fault(f"不是 UTF-8 编码的文本（第 {error.start + 1} 个字节起无法识别）。")) from error
    data = _json(text)
    try:
        document = Document.read(data)
    except ValidationError as error:
        raise Unfit(*_faults(data, error.errors())) from error
    unknown = unknown_keys(data, document)
    notices = [f"以下内容本系统不认识，未载入：{'、'.join(unknown)}。"] if unknown else []
    return document, notices


def _json(text: str):
    try:
        data = json.loads(text, object_pairs_hook=_without_repetition, parse_constant=_no_such_number)
        json.dumps(data, ensure_ascii=False).encode()
        return data
    except UnicodeEncodeError as error:
        # Half a surrogate pair, which JSON can write and no database or page can hold.
        raise Unfit(Fault("含有不完整的字符，无法识别。")) from error
    except json.JSONDecodeError as error:
        raise Unfit(Fault(f"不是有效的 JSON：第 {error.lineno} 行第 {error.colno} 个字符附近有误。")) from error
    except RecursionError as error:
        raise Unfit(Fault("不是一份报告：括号嵌套过深。")) from error
    except ValueError as error:  # a whole number of thousands of digits
        raise Unfit(Fault("含有位数过多的数字。")) from error


def _without_repetition(pairs: list[tuple[str, object]]) -> dict:
    """Of a key given twice JSON parsers keep one at will: which of the two was meant, only the sender knows."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unfit(Fault("同一层里出现了两次，无法判断以哪一个为准。", twice))
    return found


def _no_such_number(name: str):
    raise Unfit(Fault(f"含有 JSON 不允许的数值 {name}。"))


# --- pydantic's errors in Chinese -------------------------------------------------------------------------------------

_REASONS = {
    "missing": "缺少这一项。",
    "string_type": "应为文字。",
    "string_too_long": "最多 {max_length} 个字。",
    "string_too_short": "不能为空。",
    "too_long": "最多 {max_length} 个字。",
    "too_short": "不能为空。",
    "int_type": "应为整数。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than_equal": "不能大于 {le}。",
    "finite_number": "应为数字。",
    "decimal_type": "应为数字。",
    "decimal_parsing": "应为数字。",
    "decimal_max_places": "最多 {decimal_places} 位小数。",
    "decimal_max_digits": "数字过大，最多 {max_digits} 位。",
    "decimal_whole_digits": "数字过大，小数点前最多 {whole_digits} 位。",
    "bool_type": "应为 true 或 false。",
    "bool_parsing": "应为 true 或 false。",
    "literal_error": "应为 {expected}。",
    "enum": "应为 {expected} 之一。",
    "model_type": "应为一组项目，写在 {{ }} 中。",
    "tuple_type": "应为列表，写在 [ ] 中。",
    "value_error": "{error}。",
}
_PATTERNS = {
    "slug": "只能用小写字母、数字和连字符，例如 hunan-daxue。",
    "province.code": "应为两位数字，例如 43。",
    "school.code": "应为十位数字。",
}
_NOT_APPLICABLE_TOO = '不适用的写 "n/a"，没有填写的去掉这一项。'


def _plainly(match: re.Match) -> str:
    """A list as pydantic writes it, 'a', 'b' or 'c', as Chinese does."""
    return "" if match[0] == "'" else "、"


def _faults(data, errors: Iterable[ErrorDetails]) -> list[Fault]:
    """One fault a field. A field that may be a number or "n/a" gives an error for each: they are told as one."""
    by_field: dict[str, list[ErrorDetails]] = {}
    for error in errors:
        by_field.setdefault(_path(data, error), []).append(error)
    return [Fault(_reason(field, alternatives), field) for field, alternatives in by_field.items()]


def _path(data, error: ErrorDetails) -> str:
    """The dotted path of an error in ``data``, without the names pydantic gives to the branches of a union."""
    steps = []
    for step in error["loc"]:
        known = isinstance(data, list) if isinstance(step, int) else isinstance(data, dict)
        if not known:
            break
        steps.append(str(step))
        data = data[step] if isinstance(step, int) else data.get(step)
    return ".".join(steps)


def _reason(field: str, alternatives: list[ErrorDetails]) -> str:
    first = next((error for error in alternatives if error["type"] != "literal_error"), alternatives[0])
    kind, values = first["type"], first.get("ctx", {})
    if kind == "string_pattern_mismatch":
        sentence = next(words for end, words in _PATTERNS.items() if field.endswith(end))
    elif kind.startswith("date"):
        sentence = "应为日期，写作 2023-08-31。"
    else:
        words = {name: re.sub(r"'|, | or ", _plainly, str(value)) for name, value in values.items()}
        sentence = _REASONS[kind].format(**words)
    if first["type"] != "literal_error" and len(alternatives) > 1:
        sentence += _NOT_APPLICABLE_TOO
    return sentence


# --- loading ----------------------------------------------------------------------------------------------------------


def load(document: Document, publish: bool = False) -> Loaded:
    """Make ``document`` a report, in one transaction; with ``publish`` a public one. Raises ``Unfit``.

    Province, school and campaign are made where they are missing. A report that is there already with the same
    content stays as it is (and is published, if it still is a draft and shall be); with other content it is refused.
    """
    try:
        with transaction.atomic():
            return _load(document, publish)
    except IntegrityError as error:
        raise Unfit(Fault("系统里同时有人建立了同一份报告，请稍后重新载入。")) from error


def _load(document: Document, publish: bool) -> Loaded:
    if document.year > timezone.localdate().year:
        raise Unfit(Fault(f"{document.year} 年还没有到。", "year"))
    province = _province(document)
    school = _school(document, province)
    # What is there already is compared, not entered.
    if not Report.objects.filter(school=school, campaign__year=document.year).exists():
        _must_be_enterable(document)
    campaign = _campaign(document, province)
    notices = _master_data_notices(document, school)
    there = complete(Report.objects.filter(school=school, campaign=campaign)).first()
    if there:
        _must_be_the_same(document, there)
        if publish and there.status == Status.DRAFT and not there.is_correction:
            return Loaded(_publish(there), Result.PUBLISHED_NOW, notices)
        return Loaded(there, Result.UNCHANGED, notices)
    try:
        report = transitions.create_report(
            campaign, school, SYSTEM, EventType.REPORT_LOADED, backfilled=campaign.is_overdue
        )
    except transitions.Refused as refusal:
        raise Unfit(Fault(str(refusal), "year")) from refusal
    disassemble(document, complete(Report.objects.filter(pk=report.pk)).get())
    report = complete(Report.objects.filter(pk=report.pk)).get()
    if publish:
        return Loaded(_publish(report), Result.PUBLISHED, notices)
    blocking = (f"发布前须改正：{Fault(one.finding.sentence, json_path(one.finding))}" for one in judge(report).errors)
    return Loaded(report, Result.LOADED, (*notices, *blocking))


def _must_be_enterable(document: Document) -> None:
    """Refuse what the forms would not take either, though a stored report may hold it."""
    figures = document.sections
    lists = {
        "sections.overview.figures.rules": figures.overview.figures.rules,
        "sections.proactive.figures.channels": figures.proactive.figures.channels,
        "contacts": document.contacts,
    }
    days = {
        "period.start": document.period.start,
        "period.end": document.period.end,
        "signature.date": document.signature.date,
        "confidentiality_review.date": document.confidentiality_review.date,
    }
    faults = [
        Fault(f"最多 {MAX_ROWS} 行，文件里有 {len(rows)} 行。", field)
        for field, rows in lists.items()
        if len(rows) > MAX_ROWS
    ]
    faults += [
        Fault(f"{day.year} 年不合理，请核对年份。", field)
        for field, day in days.items()
        if day and day.year not in DAY_YEARS
    ]
    if faults:
        raise Unfit(*faults)


def _province(document: Document) -> Province:
    head = document.province
    province = Province.objects.filter(code=head.code).first()
    if province is None:
        if not head.office:
            raise Unfit(Fault("系统里还没有这个省份，请写明由哪个单位审核。", "province.office"))
        return _created(Province(code=head.code, name=head.name, office=head.office), "province")
    if province.name != head.name:
        raise Unfit(Fault(f"代码 {head.code} 在系统里是「{province.name}」，不是「{head.name}」。", "province.name"))
    return province


def _school(document: Document, province: Province) -> School:
    head = document.school
    school = School.objects.select_related("province").filter(slug=head.slug).first()
    if school is None:
        same_name = School.objects.filter(name=head.name).first()
        if same_name:
            raise Unfit(Fault(f"「{head.name}」在系统里的网址名称是 {same_name.slug}，与文件不同。", "school.slug"))
        same_code = head.code and School.objects.filter(code=head.code).first()
        if same_code:
            raise Unfit(Fault(f"学校标识码 {head.code} 在系统里属于「{same_code.name}」。", "school.code"))
        known = head.model_dump() | {"code": head.code or None}
        school = _created(School(province=province, **known), "school")
        record(EventType.SCHOOL_ADDED, SYSTEM, school)
        return school
    if school.name != head.name:
        raise Unfit(Fault(f"网址名称 {head.slug} 在系统里属于「{school.name}」，不是「{head.name}」。", "school.name"))
    if school.province_id != province.pk:
        raise Unfit(Fault(f"「{school.name}」在系统里属于{school.province.name}。", "province.code"))
    return school


def _campaign(document: Document, province: Province) -> Campaign:
    """The campaign of the document's year; where there was none, one with the dates that the document suggests."""
    campaign = Campaign.objects.select_related("province").filter(province=province, year=document.year).first()
    if campaign:
        return campaign
    year, (start, end) = document.year, _default_period(document)
    campaign = _created(
        Campaign(
            province=province,
            year=year,
            label=f"{year - 1}-{year}学年度" if start.year < end.year else f"{year}年度",
            period_start=start,
            period_end=end,
            opens_on=date(year, 9, 1),
            # The ministry's date, and at least a month after the period.
            closes_on=max(date(year, 10, 31), end + timedelta(days=30)),
            addressee=document.addressee,
        ),
        "period",
    )
    record(EventType.CAMPAIGN_ADDED, SYSTEM, campaign)
    return campaign


def _default_period(document: Document) -> tuple[date, date]:
    """The document's own period, if it can be one; else the school year."""
    start, end = document.period.start, document.period.end
    if start and end and start <= end:
        return start, end
    return date(document.year - 1, 9, 1), date(document.year, 8, 31)


def _created(thing, path: str):
    """Save a new row after the validation a form would give it."""
    try:
        thing.full_clean()
    except ModelError as error:
        raise Unfit(
            *(
                Fault("".join(messages), path if field == "__all__" else f"{path}.{field}")
                for field, messages in error.message_dict.items()
            )
        ) from error
    thing.save()
    return thing


def _master_data_notices(document: Document, school: School) -> tuple[str, ...]:
    said, known = document.school.model_dump(), _school_head(school).model_dump()
    differing = [f"school.{name}" for name, value in said.items() if value and value != known[name]]
    return (f"以下内容与系统中的学校信息不同，以系统为准：{'、'.join(differing)}。",) if differing else ()


def _school_head(school: School) -> SchoolHead:
    return SchoolHead(
        slug=school.slug,
        name=school.name,
        code=school.code or "",
        level=school.level,
        ownership=school.ownership,
        city=school.city,
    )


def _must_be_the_same(document: Document, there: Report) -> None:
    """Refuse a document that says something else than the report in the database does, in private or in public."""
    known = [assemble(there)]
    approved = there.submissions.filter(decision=Decision.APPROVED).order_by("-number").first()
    if approved:
        known.append(approved.read())
    known += [one.public() for one in known]
    if _comparable(document, there) in {_comparable(one, there) for one in known}:
        return
    raise Unfit(
        Fault(
            f"系统里已有{there.school.name} {there.campaign.year} 年的报告（{Status(there.status).label}），内容不同。"
            "载入不会覆盖已有的报告；如需修改，请在系统里更正。"
        )
    )


def _comparable(document: Document, there: Report) -> str:
    """The hash of what the report itself says: names, codes and the remark on the source are not the report's."""
    province = there.school.province
    return document.model_copy(
        update={
            "province": ProvinceHead(code=province.code, name=province.name, office=province.office),
            "school": _school_head(there.school),
            "notes": "",
        }
    ).hash


def _publish(report: Report) -> Report:
    try:
        transitions.perform(Action.SUBMIT, report.pk, SYSTEM)
        return transitions.perform(Action.APPROVE, report.pk, SYSTEM)
    except transitions.NotReady as refusal:
        blocking = [one.finding for one in refusal.judgement.errors]
        raise Unfit(*(Fault(finding.sentence, json_path(finding)) for finding in blocking)) from refusal
    except transitions.Refused as refusal:
        raise Unfit(Fault(str(refusal))) from refusal


# --- where a finding stands in the file -------------------------------------------------------------------------------

_HEAD_PATHS = {
    "period_start": "period.start",
    "period_end": "period.end",
    "signature_organisation": "signature.organisation",
    "signature_date": "signature.date",
    "confidentiality_reviewer": "confidentiality_review.reviewer",
    "confidentiality_date": "confidentiality_review.date",
}


def json_path(finding: checks.Finding) -> str:
    """The dotted path, in the interchange form, of the field a finding is about."""
    name = finding.field
    if finding.section is SectionKey.HEAD:
        return _HEAD_PATHS.get(name, name)
    if finding.section is SectionKey.CONTACTS:
        return name.replace("people-", "contacts.").replace("-", ".") or "contacts"
    section = f"sections.{finding.section.value}"
    if name in ("", "heading", "body"):
        return f"{section}.{name}".rstrip(".")
    column, _, row = name.rpartition("-")
    if column in Applicant:
        row = row.replace("refused_", "refused_by.")
        name = row if column == Applicant.TOTAL else f"by_applicant.{column}.{row}"
    return f"{section}.figures.{name.replace('-', '.')}"
