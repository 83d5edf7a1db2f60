"""The school's earlier reports for the one that is being written: started from, taken over part by part, shown beside.

What is taken over is the pure rule of ``carry_over``; here it is written, under the report's lock, and only where nothing
stands that somebody has written.
"""

from dataclasses import dataclass

from django.db import transaction

from disclosure.checks.carried import blanks_in
from disclosure.drafting import carry_over, saving
from disclosure.models import Campaign, Publication, Report, Submission
from disclosure.models.assembly import assemble, complete, default_title, parts_of
from disclosure.report import diff
from disclosure.report.document import Document
from disclosure.report.enums import Decision, SectionKey
from disclosure.report.sections import SECTIONS, Section
from disclosure.richtext import placeholders as blanks
from disclosure.workflow import permissions, transitions
from disclosure.workflow.transitions import Refused
from schools.actor import Actor
from schools.audit import record
from schools.enums import EventType
from schools.models import School

NOT_THERE = "没有可以沿用的往年报告。可能是报告刚刚撤回公开，请返回工作台重新选择。"


# --- reading ----------------------------------------------------------------------------------------------------------


def publications_before(school_id: int, year: int) -> list[Publication]:
    """What the school has published for earlier years, the last first, without the documents.

    A school that moved to another province has its reports still; one that was withdrawn is not among them.
    """
    found = Publication.objects.current().filter(school=school_id, year__lt=year)
    return list(found.defer("document").order_by("-year"))


def last_before(school_id: int, year: int) -> Publication | None:
    """The last of them, or None."""
    return next(iter(publications_before(school_id, year)), None)


def source_of(publication: Publication) -> carry_over.Source:
    """A publication as something to start from, the contacts as the school had handed them in.

    What the public does not see of its own contacts the school may well see again in its own draft.
    """
    submission = Submission.objects.filter(publication=publication, decision=Decision.APPROVED).first()
    public = publication.read()
    return carry_over.Source(public, submission.read().contacts if submission else public.contacts)


@dataclass(frozen=True)
class Forecast:
    """What one part of an earlier report would bring: whether anything, and how many blanks would be to fill in."""

    section: Section
    is_carried: bool
    blanks: int


def forecast(publication: Publication, school: School, campaign: Campaign) -> list[Forecast]:
    """What taking over ``publication`` would bring to each part of a new report, in report order."""
    source = source_of(publication)
    aim = carry_over.Aim(school.name, campaign.label, campaign.province.code)
    told = []
    for key, section in SECTIONS.items():
        values, _ = taken = carry_over.carried(source, key, aim) or ({}, {})
        told.append(Forecast(section, any(taken), sum(blanks.count(text) for text in values.values())))
    return told


@dataclass(frozen=True)
class Side:
    """What one part says, to be read: its single lines with their names, and its running text (HTML)."""

    lines: list[tuple[str, str]]
    html: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.html and not any(text for _, text in self.lines)


@dataclass(frozen=True)
class Beside:
    """One part of an earlier report beside what stands in the draft now."""

    publication: Publication
    old: Side
    new: Side
    changes: diff.PartDiff
    figures: list[diff.FigureChange]

    @property
    def is_comparable(self) -> bool:
        """Whether both sides say something; else there is nothing to mark."""
        if self.changes.key in (SectionKey.HEAD, SectionKey.CONTACTS):
            return not (self.old.is_empty or self.new.is_empty)
        return bool(self.old.html and self.new.html)


def beside(report: Report, key: SectionKey, publication: Publication) -> Beside:
    """Part ``key`` of ``publication`` beside that of ``report`` (loaded by ``assembly.complete``)."""
    source = source_of(publication)
    old = source.public.model_copy(update={"contacts": source.contacts})
    new = assemble(report)
    return Beside(
        publication,
        _side(old, key),
        _side(new, key),
        diff.compare_part(key, old, new),
        diff.figures_beside(old, new, key),
    )


def _side(document: Document, key: SectionKey) -> Side:
    if key is SectionKey.CONTACTS:
        return Side([(label, text) for label, text in diff.people(document).items() if text])
    if key is not SectionKey.HEAD:
        return Side([], document.sections[key].body)
    head = [(label, text) for label, text in diff.head_lines(document) if text]
    return Side(head, document.preamble)


def blanks_left(document: Document, key: SectionKey) -> int:
    """How many blanks stand in part ``key`` of ``document``."""
    return sum(number for place, _, _, number in blanks_in(document) if place is key)


def is_from(report: Report, year: int) -> bool:
    """Whether any part of ``report`` was taken over from ``year`` and still is as it came."""
    return any(part.carried_from == year for _, part in parts_of(report))


def is_untouched(report: Report) -> bool:
    """Whether no part was ever saved."""
    return all(section.of(report).version == 0 for section in SECTIONS.values())


def is_free(report: Report, key: SectionKey) -> bool:
    """Whether what part ``key`` would take over stands over nothing that somebody has written."""
    part, campaign = SECTIONS[key].of(report), report.campaign
    defaults = {
        "title": default_title(report.school.name, campaign.label),
        "addressee": campaign.addressee,
        "heading": SECTIONS[key].heading,
    }
    if key is SectionKey.CONTACTS:
        people = part.people.all()
        return not any((one.name, one.position, one.office_phone, one.mobile, one.email) for one in people)
    columns = [column for row in carry_over.CARRIED for column in row.columns.get(key, ())]
    return all(getattr(part, column) in ("", defaults.get(column, "")) for column in columns)


def offered_to_all(report: Report, actor: Actor) -> Publication | None:
    """The earlier report that the whole of ``report``, still untouched, could be started from; None where it is not so."""
    if permissions.why_not_carry_over(actor, report) or not is_untouched(report):
        return None
    return last_before(report.school_id, report.campaign.year)


def may_take_over(report: Report, key: SectionKey, actor: Actor) -> bool:
    """Whether the page of part ``key`` offers to take over that of an earlier report, if there is one."""
    return (
        permissions.why_not_carry_over(actor, report) is None
        and permissions.why_not_edit(actor, report, key) is None
        and not SECTIONS[key].of(report).carried_from
        and is_free(report, key)
    )


# --- writing ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def start(campaign: Campaign, year: int, actor: Actor) -> Report:
    """The report of the actor's school in ``campaign``, begun from that of ``year``.

    One in which something stands already is given back as it is, so that a double click, or a colleague a moment
    earlier, does no harm. Raises ``Refused``; then nothing was begun.
    """
    report = transitions.start(campaign, actor)
    if not is_untouched(complete(Report.objects.filter(pk=report.pk)).get()):
        return report
    take_over(report.pk, year, actor)
    return report


@transaction.atomic
def take_over(report_id: int, year: int, actor: Actor, keys=tuple(SectionKey)) -> tuple[SectionKey, ...]:
    """Write what carries over from the report of ``year`` into those of the parts ``keys`` that are free; which they were.

    Figures and everything else that stands in them stay. Raises ``Refused`` with the reason.
    """
    Report.objects.select_for_update().get(pk=report_id)
    report = complete(Report.objects.filter(pk=report_id)).get()
    if reason := permissions.why_not_carry_over(actor, report):
        raise Refused(reason)
    publication = Publication.objects.current().filter(school=report.school_id, year=year).first()
    if publication is None or year >= report.campaign.year:
        raise Refused(NOT_THERE)
    source = source_of(publication)
    aim = carry_over.Aim(report.school.name, report.campaign.label, report.campaign.province.code)
    contents = {}
    for key in keys:
        part = SECTIONS[key].of(report)
        if is_free(report, key) and (taken := carry_over.carried(source, key, aim)):
            values, rows = taken
            contents[key] = (saving.Content(values | {"carried_from": year}, rows, part.unparsed), part.version)
    if contents:
        saving.save_parts(report_id, contents, actor)
        record(
            EventType.REPORT_CARRIED_OVER,
            actor,
            report,
            year=year,
            publication=publication.number,
            sections=[key.value for key in contents],
        )
    return tuple(contents)


def take_over_part(report_id: int, key: SectionKey, year: int, actor: Actor) -> None:
    """The same for one part. Raises ``Refused`` where something stands there, or last year had nothing."""
    if take_over(report_id, year, actor, (key,)):
        return
    report = complete(Report.objects.filter(pk=report_id)).get()
    if SECTIONS[key].of(report).carried_from == year:
        return  # a second click
    if is_free(report, key):
        raise Refused(f"{year}年的报告没有「{SECTIONS[key].title}」的内容，这里没有可以沿用的。")
    raise Refused("这一部分已经有内容，没有用上年的内容覆盖。请打开上年内容对照，需要的段落可以复制过来。")


@transaction.atomic
def confirm(report_id: int, key: SectionKey, base_version: int | None, actor: Actor) -> bool:
    """Note that what part ``key`` took over still holds; whether there was anything to confirm.

    ``base_version`` is what the person has seen, None where that is not told. Raises ``Refused`` or ``saving.Locked``.
    """
    Report.objects.select_for_update().get(pk=report_id)
    report = complete(Report.objects.filter(pk=report_id)).get()
    if reason := permissions.why_not_edit(actor, report, key):
        raise saving.Locked(reason)
    part = SECTIONS[key].of(report)
    if not part.carried_from:
        return False
    if part.version != base_version:
        raise Refused("这一部分在您打开之后又有改动，没有确认。请看过现在的内容再确认。")
    if left := blanks_left(assemble(report), key):
        raise Refused(
            f"这一部分还有 {left} 处{blanks.BLANK}，不能确认。请先改成今年的内容；改好保存之后，就不用再确认了。"
        )
    year, part.carried_from = part.carried_from, None
    part.save(update_fields=["carried_from"])
    record(EventType.CARRIED_CONFIRMED, actor, report, section=key.value, year=year)
    return True
